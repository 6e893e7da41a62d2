"""Words of newsrooms that say one thing, reduced to one stem: two reports seldom use the same.

The files of `thesaurus/` hold them, a row each, in the languages that we read: English | German | French | Spanish, irregular forms
written out. The first word names the row, and a word is in one row; `laid_off` is two words in a row. A longer German word counts as the
row of its end (`baukosten`). What is counted has its own rows in `quantities/classes.py`. A word in no row is its own first letters
without its ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from digest.notes.quantities.classes import class_of
from digest.text import words

_ENDINGS = re.compile(r"(?:ings?|edly|ed|ies|es|s|ern|en|er|em|e|n)$")
# Files of the thesaurus: where words of two rows have one stem, it is the first's.
_FIELDS = ("common", "figures", "emergencies", "business", "public_life", "science_culture_sport")
SYNONYM = "="  # heads the stem of a row, which no word does
_LEFT = 3  # letters that an ending leaves at least
_LENGTH, _LEAST = 6, 3  # letters of a word that count, and that it has at least
_JOINED, _GERMAN = 10, 5  # letters of a compound, and of the word that it ends in, at least
_EMPTY = frozenset(
    "the and that this with from for was were had has have been are will would could said says say told according also more than about "
    "after over its their his her they them who which when where there into out not but while other some one two "
    "spokesman spokeswoman spokesperson statement announced announce announces added officials official reporters "
    "der die das den dem des und ein eine einer einem einen mit von für auf aus bei nach sich nicht auch als wie ist war sind waren wurde "
    "wurden werden hat haben hatte sagte sagten teilte mitteilte laut zufolge sprecher sprecherin angaben mitgeteilt "
    "les des une dans sur pour par est sont été avec selon los las una con por para del más según que "
    "million millions billion thousand millionen milliarden percent per cent prozent monday tuesday wednesday thursday friday saturday "
    "sunday montag dienstag mittwoch donnerstag freitag samstag sonntag".split()
)


def _bare(word: str) -> str:
    """A word without its ending, and without the German `ge` of what was done."""
    if len(word) > _LENGTH and word.startswith("ge") and word.endswith(("t", "en")):
        word = word[2:]
    found = _ENDINGS.search(word)
    if found and found.start() >= _LEFT:
        word = word[: found.start()]
    return word[:-1] if len(word) > _LEFT and word[-1] == word[-2] else word


def entries() -> Iterator[tuple[str, str, str]]:
    """Every entry of the thesaurus: the stem of its row, the word, and `en`, `de`, `fr` or `es`."""
    files = [Path(__file__).parent / "thesaurus" / f"{field}.txt" for field in _FIELDS]
    for line in (line for file in files for line in file.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            parts = [part.split() for part in line.split("|")]
            for language, entries in zip(("en", "de", "fr", "es"), parts, strict=False):
                yield from ((SYNONYM + parts[0][0], entry, language) for entry in entries)


_ROWS = tuple(entries())
_ONE = {word: row for row, word, _ in _ROWS if "_" not in word}
_ONE_BARE = {_bare(word): row for row, word, _ in reversed(_ROWS) if "_" not in word and len(word) > _LEFT}
_PAIRS = {(first, second): row for row, word, _ in _ROWS if "_" in word for first, second in [word.split("_")]}
_HEADS = {word: row for row, word, language in _ROWS if language == "de" and "_" not in word and len(word) >= _GERMAN}


def _of_compound(word: str) -> str:
    """The row of the German word that a compound ends in, the longest; empty where it ends in none."""
    if len(word) < _JOINED:
        return ""
    return next((_HEADS[word[at:]] for at in range(3, len(word) - _GERMAN + 1) if word[at:] in _HEADS), "")


@lru_cache(maxsize=1 << 14)  # a word comes again and again
def stem(word: str) -> str:
    """What stands for a case-folded word and for those that say the same; empty for one that says nothing."""
    if len(word) < _LEAST or word[0].isdigit() or word in _EMPTY:
        return ""
    bare = _bare(word)
    return _ONE.get(word) or _ONE_BARE.get(bare) or _of_compound(word) or class_of(bare)[:_LENGTH]


def each_stem(told: Sequence[str]) -> list[str]:
    """The stem of each of these case-folded words in a row; two that say one thing together have it at the first."""
    found = [stem(word) for word in told]
    for at, pair in enumerate(pairwise(told)):
        if pair in _PAIRS:
            found[at : at + 2] = [_PAIRS[pair], ""]
    return found


def stems(text: str) -> list[str]:
    """The stems of the words of a text that say something, in order."""
    return [found for found in each_stem(words(text)) if found]
