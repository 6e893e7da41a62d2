"""One token pass an article, shared by every engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.model import Article
from digest.text import shingles, words

_HEAD_WORDS = 400  # a story is told at the head of a report; the rest is background
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w-]+")
_SMALL = re.compile(r"\b[a-zß-öø-ÿ][\w-]*")
_FULL_NAME = re.compile(r"(?<=[^\s.!?:“\"„«] )[A-ZÀ-ÖØ-Þ][\w-]+(?: [A-ZÀ-ÖØ-Þ][\w-]+)+")
_HEAD_LETTERS = 2500
# Written with a capital, and no names: all that happened on one Tuesday would be one story.
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march april may june july "
    "august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz mai juni juli oktober dezember".split()
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th|er|e|ème|\.(?= [A-ZÄÖÜ]))\s?(\w+)")
# A version follows its name (`Kestrel 2.1`) or says that it is one; any other figure is for rival reports to disagree on.
_VERSION = re.compile(
    r"\b(?:[vV]|(?i:version|release) |(?P<name>\w*[A-Z][\w-]*) )(?P<number>\d+\.\d+(?:\.\d+)*)\b"
    r"(?![\s-]*(?:%|°|percent|per|pc|points?|magnitude|degrees|[mb]illion|trillion|bn|k?m\b|kg|tonnes|miles|met(?:re|er)s|crowns|euros?|dollars))"
)
_MEASURES = frozenset(
    "magnitude quake earthquake inflation growth gdp cpi rate at of to by from in on a an the up down over under only just than".split()
)
_ORDINAL_WORDS = {
    word: str(number)
    for number, names in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
    for word in (names,)
}
_ORDINAL_WORD = re.compile(rf"\b({'|'.join(_ORDINAL_WORDS)}) (\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tokens:
    """An article as engines see it.

    `title` and `body` are its words, `shingles` the three-word runs of the whole body, `names` the
    words that it writes with a capital and never without (no days, no months), `full_names` the runs of capitals at its
    head (`Port Ellery`), `figures` the numbers, and
    `ordinals` what is counted by rank or version in the title: `{"package": {"12"}}`.
    """

    article: Article
    title: tuple[str, ...]
    body: tuple[str, ...]
    shingles: frozenset[str]
    names: frozenset[str]
    full_names: tuple[str, ...]
    figures: frozenset[str]
    ordinals: tuple[tuple[str, frozenset[str]], ...]

    @property
    def moment(self) -> datetime | None:
        """When the article was published, where that is known: when it was found says nothing of the event."""
        return self.article.published


def tokens(articles: Sequence[Article]) -> tuple[Tokens, ...]:
    """The tokens of each article, in their order."""
    return tuple(_tokens(article) for article in articles)


def _tokens(article: Article) -> Tokens:
    body = words(article.text)
    return Tokens(
        article,
        tuple(words(article.title)),
        tuple(body[:_HEAD_WORDS]),
        frozenset(shingles(body)),
        _names(article.text),
        tuple(" ".join(words(found)) for found in _FULL_NAME.findall(article.text[:_HEAD_LETTERS])),
        frozenset(_DIGITS.findall(article.text)),
        _ordinals(article.title),
    )


def _names(text: str) -> frozenset[str]:
    return frozenset(words(" ".join(_CAPITAL.findall(text)))) - frozenset(_SMALL.findall(text)) - _CALENDAR


def _ordinals(title: str) -> tuple[tuple[str, frozenset[str]], ...]:
    found: dict[str, set[str]] = {}
    for number, noun in _ORDINAL.findall(title):
        found.setdefault(noun.casefold(), set()).add(number)
    for word, noun in _ORDINAL_WORD.findall(title):
        found.setdefault(noun.casefold(), set()).add(_ORDINAL_WORDS[word.casefold()])
    for match in _VERSION.finditer(title):
        name = (match["name"] or "version").casefold()
        if name not in _MEASURES:
            found.setdefault(name, set()).add(match["number"])
    return tuple(sorted((noun, frozenset(numbers)) for noun, numbers in found.items()))


def differ_in_rank(left: Tokens, right: Tokens) -> bool:
    """Both titles count the same thing, and differently: the 12th and the 13th package."""
    other = dict(right.ordinals)
    return any(noun in other and not numbers & other[noun] for noun, numbers in left.ordinals)


def speak_past(left: Tokens, right: Tokens) -> bool:
    """Each title names somebody of whom the other article says nothing: two stories from one template."""
    ours, theirs = set(left.title) & left.names, set(right.title) & right.names
    return bool(ours and theirs) and not ours & {*right.title, *right.body} and not theirs & {*left.title, *left.body}
