"""Languages in HTML: which attributes a text needs, and which names must be kept from turning a line round."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

from digest.text import one_line

# Languages written from right to left in their usual script.
_RTL = frozenset("ar arc ckb dv fa ha-arab he khw ks ku-arab nqo pa-arab ps sd syr ug ur yi".split())
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def direction(language: str) -> str:
    """`rtl` or `ltr`, by the language's tag."""
    tag = language.lower()
    return "rtl" if tag in _RTL or tag.split("-")[0] in _RTL else "ltr"


def spoken(language: str, around: str) -> Markup:
    """` lang="de"` for a text inside one in `around`, with `dir` where that differs; nothing where both agree."""
    if not _TAG.fullmatch(language) or language.lower() == around.lower():
        return Markup("")
    turned = direction(language) != direction(around)
    return Markup(' lang="{}" dir="{}"').format(language, direction(language)) if turned else Markup(' lang="{}"').format(language)


def isolated(text: str) -> Markup:
    """`text` in HTML, inside `<bdi>` where a letter in it runs from right to left."""
    shown = escape(one_line(text))
    return Markup("<bdi>{}</bdi>").format(shown) if any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text) else shown
