"""The issue as a reader with a light or a dark screen sees it, whatever the editor's own screen is.

A browser asks the system for the scheme, and a page cannot tell it otherwise. So the preview's copy
gets its media queries answered: one that asks for the chosen scheme is always true, the other never.
"""

from __future__ import annotations

import re

SCHEMES = ("light", "dark")

_STYLE = re.compile(r"(<style\b[^>]*>)(.*?)(</style>)", re.DOTALL | re.IGNORECASE)
_META = re.compile(r'(<meta name="(?:supported-)?color-schemes?" content=")[^"]*(")', re.IGNORECASE)
_ASKED = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.IGNORECASE)
_DECLARED = re.compile(r"(\b(?:supported-)?color-schemes?\s*:)[^;}]*", re.IGNORECASE)
_TRUE, _FALSE = "(min-width: 0)", "(max-width: 0)"


def shown_in(scheme: str, page: str) -> str:
    """`page` as in `scheme`. Only style sheets and meta tags change, never a word of an article."""
    return _META.sub(rf"\g<1>{scheme}\g<2>", _STYLE.sub(lambda found: found[1] + _answered(scheme, found[2]) + found[3], page))


def _answered(scheme: str, sheet: str) -> str:
    """Declarations first: once answered, no query is left that looks like one."""
    parts = _ASKED.split(sheet)
    plain = [_DECLARED.sub(rf"\g<1> {scheme}", part) for part in parts[::2]]
    asked = [_TRUE if found.lower() == scheme else _FALSE for found in parts[1::2]]
    return "".join(part for pair in zip(plain, [*asked, ""], strict=True) for part in pair)
