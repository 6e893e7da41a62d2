"""What the words of a pattern begin with: a pattern is tried only on a sentence that has a word with such a head.

One look-up in a set instead of a search through the sentence; most sentences have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = 3  # of a head, at most
_WORD = re.compile(r"[^\W_]+")
_LITERAL = re.compile(r"[^\W_]+")


@lru_cache(maxsize=64)  # each pattern asks for those of the sentence in turn
def heads(text: str) -> frozenset[str]:
    """The first one, two and three letters of each word."""
    words = set(_WORD.findall(text.lower()))
    return frozenset(word[:letters] for word in words for letters in range(1, _LETTERS + 1))


@dataclass(frozen=True, slots=True)
class Words:
    """A pattern that begins at the beginning of a word, and the heads that this word may have."""

    pattern: re.Pattern[str]
    heads: frozenset[str]

    @classmethod
    def of(cls, alternatives: str) -> Words:
        """Of alternatives of a regular expression, each of which begins with letters, or with a group of such."""
        pattern = re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])", re.IGNORECASE)
        return cls(pattern, frozenset(_heads(alternatives)))

    def search(self, text: str, sentence: str) -> bool:
        """Whether it is in `text`, a part of `sentence`."""
        return not self.heads.isdisjoint(heads(sentence)) and self.pattern.search(text) is not None


def _heads(alternatives: str) -> Iterator[str]:
    for one in _split(alternatives):
        if one.startswith("(?:"):
            group, rest = _group(one)
            yield from _heads(group)
            if rest[:1] == "?":
                yield from _heads(rest[1:])
        else:
            literal = _LITERAL.match(one)
            letters = literal.group() if literal else ""
            if literal and one[literal.end() : literal.end() + 1] in {"?", "*", "{"}:
                letters = letters[:-1]
            if not letters:
                raise ValueError(f"begins with no letter: {one}")
            yield letters[:_LETTERS].lower()


def _split(alternatives: str) -> Iterator[str]:
    """The alternatives, at bars outside of brackets."""
    depth = start = 0
    for at, char in enumerate(alternatives):
        depth += (char in "([") - (char in ")]")
        if char == "|" and depth == 0:
            yield alternatives[start:at]
            start = at + 1
    yield alternatives[start:]


def _group(one: str) -> tuple[str, str]:
    """What stands in the brackets that it begins with, and what follows."""
    depth = 0
    for at, char in enumerate(one):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return one[len("(?:") : at], one[at + 1 :]
    raise ValueError(f"has an open bracket: {one}")
