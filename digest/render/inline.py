"""Class names to inline styles, learnt once from a theme's style sheet. Knows premailer and cssutils.

premailer drops, moves or fetches things when content passes through it, so none does: it is given
one empty element for each combination of classes, and the style it gives back is kept.
"""

from __future__ import annotations

import html
import logging
import re
from functools import cache
from typing import Any

from digest.errors import RenderError

_CLASSES = re.compile(r"[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*")
_STYLE = re.compile(r"""<p [^>]*\bstyle=(?:"([^"]*)"|'([^']*)')""")
# A backslash after the sign could spell the same word in escapes.
_IMPORT = re.compile(r"@\s*(import|[a-z-]*\\)", re.IGNORECASE)
_SELECTOR = re.compile(r"\.([a-z][a-z0-9-]*)")
_SIDES = re.compile(r"\b(?:left|right)\b(?![a-z])")
_SPACED = re.compile(r";?\s*letter-spacing:[^;}]*")
# padding or margin with four lengths: up, right, down, left.
_FOUR = re.compile(r"((?:padding|margin):\s*)([\w.-]+) ([\w.-]+) ([\w.-]+) ([\w.-]+)")
_SKELETON = '<!DOCTYPE html><html><head><title>-</title></head><body><p class="{}"></p></body></html>'


def checked(sheet: str, where: str) -> str:
    """`sheet` as it is; raises RenderError where it would fetch something or end its own element."""
    if _IMPORT.search(sheet):
        raise RenderError("a style sheet may not @import", where=where, fix="put the rules themselves into the theme")
    if "</" in sheet or "<!--" in sheet:
        raise RenderError("a style sheet may not hold markup", where=where, fix="take out whatever begins with `</` or `<!--`")
    return sheet


@cache
def names(sheet: str) -> frozenset[str]:
    """The class names that `sheet` has rules for."""
    return frozenset(_SELECTOR.findall(sheet))


@cache
def style(sheet: str, classes: str, where: str) -> str:
    """The declarations that `sheet` gives an element of these classes, fit for `style="…"`, unescaped."""
    if not _CLASSES.fullmatch(classes):
        raise RenderError(f"{classes!r} are no class names", where=where, fix="write lower-case words with single spaces between them")
    page = _inliner(classes, sheet, where).transform(pretty_print=False)
    if not page.startswith("<!DOCTYPE html>") or page.count("<p ") != 1 or "<link" in page:
        raise RenderError("premailer changed more than the styles", where=where, fix="keep to rules of one class each")
    found = _STYLE.search(page)
    declared = html.unescape(found[1] or found[2] or "") if found else ""
    return declared.replace('"', "'").replace("; ", ";").replace(", ", ",")


@cache
def mirrored(css: str) -> str:
    """`css` for a page that reads from right to left: left and right change places, and letters, which join there, are not set apart."""
    css = _SIDES.sub(lambda found: "right" if found[0] == "left" else "left", _SPACED.sub("", css))
    return _FOUR.sub(lambda found: f"{found[1]}{found[2]} {found[5]} {found[4]} {found[3]}", css)


def _inliner(classes: str, sheet: str, where: str) -> Any:
    """A premailer over an element of these classes; imported here because that takes a fifth of a second.

    It is given the rules that name one of them, or none at all: it tries each rule on the page, and a theme has sixty.
    """
    import cssutils  # type: ignore[import-untyped]  # noqa: PLC0415 - see above
    from premailer import Premailer  # type: ignore[import-untyped]  # noqa: PLC0415

    cssutils.log.setLevel(logging.CRITICAL)
    wanted = frozenset(classes.split())
    named = [(rule, _SELECTOR.findall(getattr(rule, "selectorText", ""))) for rule in _parsed(checked(sheet, where), where)]
    rules = [rule for rule, found in named if not found or wanted.intersection(found)]

    class Inliner(Premailer):  # type: ignore[misc]
        """premailer with a parser of ours: its own reads files and the network, whatever it is told."""

        def _parse_css_string(self, css_body: str, validate: bool = True) -> Any:  # noqa: ARG002
            return rules

    return Inliner(
        _SKELETON.format(classes),
        css_text=[sheet],
        strip_important=False,
        keep_style_tags=False,
        disable_leftover_css=True,
        allow_network=False,
        allow_loading_external_files=False,
        disable_validation=True,
        disable_basic_attributes=["align", "valign", "bgcolor", "width", "height"],
        align_floating_images=False,
        cache_css_parsing=True,
    )


@cache
def _parsed(sheet: str, where: str) -> Any:
    from xml.dom import DOMException  # noqa: PLC0415

    import cssutils  # noqa: PLC0415

    parser = cssutils.CSSParser(loglevel=logging.CRITICAL, raiseExceptions=True, validate=False, fetcher=fetch_nothing)
    try:
        return parser.parseString(sheet)
    except DOMException as error:
        raise RenderError(f"is no style sheet: {error}", where=where, fix="mend that rule") from error


def fetch_nothing(_url: str) -> tuple[str, bytes]:
    """What cssutils is given in place of a file or the network."""
    return "utf-8", b""
