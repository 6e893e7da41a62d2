"""Languages in HTML: which attributes a text needs, and which names must be kept from turning a line round."""

from __future__ import annotations

import html
import re
import unicodedata

from digest.render.forms import markup
from digest.text import one_line

# Languages written from right to left in their usual script.
_RTL = frozenset("ar arc ckb dv fa ha-arab he khw ks ku-arab nqo pa-arab ps sd syr ug ur yi".split())
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def direction(language: str) -> str:
    """`rtl` or `ltr`, by the language's tag."""
    tag = language.lower()
    return "rtl" if tag in _RTL or tag.split("-")[0] in _RTL else "ltr"


def spoken(language: str, around: str) -> str:
    """` lang="de"` for a text inside one in `around`, with `dir` where that differs; nothing where both agree."""
    if not _TAG.fullmatch(language) or language.lower() == around.lower():
        return markup("")
    turned = direction(language) != direction(around)
    return markup(f' lang="{language}" dir="{direction(language)}"' if turned else f' lang="{language}"')


def turned(text: str, around: str) -> str:
    """` dir="ltr"` for a name in which a letter runs against the page in the language `around`, by its first letter; else nothing."""
    ways = [way for letter in text if (way := unicodedata.bidirectional(letter)) in {"L", "R", "AL"}]
    if not any((way == "L") == (direction(around) == "rtl") for way in ways):
        return markup("")
    return markup(f' dir="{"ltr" if ways[0] == "L" else "rtl"}"')


def isolated(text: str, around: str, *, mail: bool = False, alone: bool = False) -> str:
    """`text` in HTML, kept apart where a letter in it runs against the page in the language `around`.

    By `<bdi>`, which 19 of 28 mail clients drop: in a mail by a `<span>` with a direction. `alone`: neither a number nor another
    name follows in its line, so that a name of letters and spaces turns nothing round by itself.
    """
    shown, way = html.escape(one_line(text)), turned(text, around)
    if not way or (alone and all(letter.isalpha() or letter == " " for letter in one_line(text))):
        return markup(shown)
    return markup(f"<span{way}>{shown}</span>" if mail else f"<bdi>{shown}</bdi>")
