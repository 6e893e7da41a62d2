"""What must stand in a text before a pattern can match there: so that most patterns are never tried.

A hundred patterns on every sentence took most of the time of cleaning. Nearly each of them holds some
letters that a match cannot do without, and to look for those is a hundred times as fast. Of `(?:got|have)
a (?:tip|story)` one of the last two must be there, and one of the first two: hardly a report has both.
Of a whole document first its grams are asked, three letters in a row: a set answers at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

_LEAST = 3  # letters that are worth looking for; two of other scripts than Latin
_GRAM = 3  # letters
_COMMON = "eaitnrosludcmhpgbfvkwyzqjx"  # the commonest first, over the languages that we read
_MOST = 3  # sets of words of one pattern; more of them rule out little more
_SIGNS = "{}[]|+©✓"  # so rare in a report that one is worth looking for
_HAN = "\u3400"  # from here on one letter is a word

Needs = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern by the name of its rule, and sets of words of which each has one in every match; none: it is always tried."""

    rule: str
    words: re.Pattern[str]
    needs: Needs = ()
    keys: Needs = ()  # for each of these words, the gram that a text with it has

    @classmethod
    def of(cls, rule: str, text: str, flags: int = re.IGNORECASE) -> Pattern:
        """The pattern that `text` says."""
        needs = needed(text, flags)
        return cls(rule, re.compile(text, flags), needs, tuple(tuple(map(_key, some)) for some in needs))


def grams(lower: str) -> AbstractSet[str]:
    """Three letters in a row of each word of a text, given in lower case, and each letter by itself."""
    return {word[at : at + _GRAM] for word in set(lower.split()) for at in range(len(word) - _GRAM + 1)} | set(lower)


def likely(patterns: Iterable[Pattern], lower: str, found: AbstractSet[str]) -> tuple[Pattern, ...]:
    """The patterns that can match somewhere in a long text, given in lower case with its grams: as `possible`, and faster there."""
    kept = []
    for pattern in patterns:
        for some, keys in zip(pattern.needs, pattern.keys, strict=True):
            for need, key in zip(some, keys, strict=True):
                if key in found and need in lower:
                    break
            else:
                break
        else:
            kept.append(pattern)
    return tuple(kept)


def possible(patterns: Iterable[Pattern], lower: str) -> tuple[Pattern, ...]:
    """The patterns that can match somewhere in a text, given in lower case."""
    kept = []
    for pattern in patterns:  # plain loops: a generator for each pattern took as long as the looking
        for some in pattern.needs:
            for need in some:
                if need in lower:
                    break
            else:
                break
        else:
            kept.append(pattern)
    return tuple(kept)


def _key(word: str) -> str:
    """The rarest gram of a word, or a letter where it has none: of `newsletter` it is `wsl`, of `{{` the brace."""
    found = [part[at : at + _GRAM] for part in word.split() for at in range(len(part) - _GRAM + 1)] or list(word.strip())
    return max(found, key=lambda gram: sum(map(_rarity, gram)))


def _rarity(letter: str) -> int:
    return _COMMON.find(letter) if letter in _COMMON else len(_COMMON)


def needed(pattern: str, flags: int = 0) -> Needs:
    """Sets of words in lower case: a match of `pattern` holds at least one word of each; nothing where none is sure."""
    try:
        parsed = re._parser.parse(pattern, flags)  # type: ignore[attr-defined] # the one reader of patterns that there is
    except AttributeError:  # a Python that keeps it elsewhere: slower, and the same matches
        return ()
    found = sorted({tuple(sorted(words)) for words in _sure(parsed)}, key=_telling, reverse=True)
    return tuple(found[:_MOST])


def _telling(words: Sequence[str]) -> tuple[int, int, Sequence[str]]:
    """How much a set of words rules out: one long word most, many short ones least."""
    return min(map(len, words)), -len(words), words


def _sure(parsed: Iterable[Any]) -> Iterator[frozenset[str]]:
    """The sets of words that a sequence cannot do without."""
    run = ""
    for operation, argument in parsed:
        if str(operation) == "LITERAL":
            run += chr(argument).lower()
            continue
        yield from _worth(run)
        run = ""
        yield from _inside(str(operation), argument)
    yield from _worth(run)


def _worth(word: str) -> Iterator[frozenset[str]]:
    """The word by itself, if it is rare enough."""
    letters = word.strip()
    if len(letters) >= (_LEAST if letters.isascii() else 2) or any(sign in _SIGNS or sign >= _HAN for sign in letters):
        yield frozenset({word})


def _inside(name: str, argument: Any) -> Iterator[frozenset[str]]:
    if name == "SUBPATTERN":
        yield from _sure(argument[-1])
    elif name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"} and argument[0] >= 1:
        yield from _sure(argument[2])
    elif name == "BRANCH":
        best = [max(_sure(branch), key=lambda words: _telling(sorted(words)), default=None) for branch in argument[1]]
        if all(best):  # a branch that needs nothing spoils it
            yield frozenset().union(*(words for words in best if words))
