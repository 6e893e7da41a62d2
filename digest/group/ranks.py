"""What forbids or weakens a link, whatever else speaks for it: ranks that differ, titles that speak past each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.group import sparse
from digest.group.claims import once
from digest.group.tokens import WIDTH, Texts
from digest.model import Article

Places = NDArray[np.int64]
_MEASURES = frozenset(
    "magnitude quake earthquake inflation growth gdp cpi rate at of to by from in on a an the up down over under only just than".split()
)
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th|er|e|ème|\.(?= [A-ZÄÖÜ]))\s?(\w+)")
_ORDINAL_WORD = re.compile(rf"\b({'|'.join(_ORDINALS)}) (\w+)", re.IGNORECASE)
# A version follows its name (`Kestrel 2.1`) or says that it is one; any other figure is for rival reports to disagree on.
_VERSION = re.compile(
    r"\b(?:[vV]|(?i:version|release) |(?P<name>\w*[A-Z][\w-]*) )(?P<number>\d+\.\d+(?:\.\d+)*)\b"
    r"(?![\s-]*(?:%|°|percent|per|pc|points?|magnitude|degrees|[mb]illion|trillion|bn|k?m\b|kg|tonnes|miles|met(?:re|er)s|crowns|euros?|dollars))"
)
_COUNTS = re.compile(rf"\d|{'|'.join(_ORDINALS)}")  # what a title that counts has somewhere, in small letters
_LONGEST = 500  # characters of a title that are read for ranks

Ranks = Mapping[str, frozenset[str]]


def ranks(title: str) -> Ranks:
    """What a title counts by rank or version: `{"package": {"12"}}`."""
    title = title[:_LONGEST]
    found: dict[str, set[str]] = {}
    for number, noun in _ORDINAL.findall(title):
        found.setdefault(noun.casefold(), set()).add(number)
    for word, noun in _ORDINAL_WORD.findall(title):
        found.setdefault(noun.casefold(), set()).add(_ORDINALS[word.casefold()])
    for match in _VERSION.finditer(title):
        name = (match["name"] or "version").casefold()
        if name not in _MEASURES:
            found.setdefault(name, set()).add(match["number"])
    return {noun: frozenset(numbers) for noun, numbers in found.items()}


def contradict(one: Ranks, two: Ranks) -> bool:
    """Both count the same thing, and differently: the 12th and the 13th package."""
    return any(noun in two and not numbers & two[noun] for noun, numbers in one.items())


def differ(articles: Sequence[Article], left: Places, right: Places) -> NDArray[np.bool_]:
    """Of each pair, whether its titles count the same thing differently."""
    ends = once(np.concatenate((left, right))).tolist()
    told = {at: counted for at in ends if _COUNTS.search(articles[at].title.casefold()) and (counted := ranks(articles[at].title))}
    ranked = np.zeros(len(articles), np.bool_)
    ranked[list(told)] = True
    found = np.zeros(len(left), np.bool_)
    for at in np.flatnonzero(ranked[left] & ranked[right]).tolist():
        found[at] = contradict(told[int(left[at])], told[int(right[at])])
    return found


def speak_past(texts: Texts, left: Places, right: Places) -> NDArray[np.bool_]:
    """Of each pair, whether each title names somebody of whom the other article says nothing: two stories from one template."""
    named = np.diff(texts.heads.starts) > 0
    both = np.flatnonzero(named[left] & named[right])
    used = once(np.concatenate((left[both], right[both])))
    rows = np.zeros(len(texts), np.int64)
    rows[used] = np.arange(len(used))
    heads = _sets(texts.heads.starts, texts.heads.values, used)
    said = _sets(texts.views["words"].starts, texts.views["words"].features, used)
    found = np.zeros(len(left), np.bool_)
    for one, two in ((left, right), (right, left)):
        both = both[sparse.products(heads, rows[one[both]], rows[two[both]], said) == 0]
    found[both] = True
    return found


def _sets(starts: Places, features: NDArray[Any], rows: Places) -> sparse.Matrix:
    """The features of these rows, each as 1."""
    places, begins = sparse.picked(starts, rows)
    return sparse.matrix(begins, features[places], np.ones(len(places), np.float32), WIDTH)
