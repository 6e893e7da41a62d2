"""What must stand in a text before a pattern can match there: so that most patterns are never tried.

A hundred patterns on every sentence took most of the time of cleaning. Nearly each of them holds some
letters that a match cannot do without, and to look for those is a hundred times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_LEAST = 3  # letters that are worth looking for; two of other scripts than Latin


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern by the name of its rule, and the words of which one must be there; none: it is always tried."""

    rule: str
    words: re.Pattern[str]
    needs: tuple[str, ...] = ()

    @classmethod
    def of(cls, rule: str, text: str, flags: int = re.IGNORECASE) -> Pattern:
        """The pattern that `text` says."""
        return cls(rule, re.compile(text, flags), needed(text, flags))


def possible(patterns: Iterable[Pattern], lower: str) -> tuple[Pattern, ...]:
    """The patterns that can match somewhere in a text, given in lower case."""
    kept = []
    for pattern in patterns:  # a plain loop: a generator for each pattern took as long as the looking
        for need in pattern.needs:
            if need in lower:
                break
        else:
            if pattern.needs:
                continue
        kept.append(pattern)
    return tuple(kept)


def needed(pattern: str, flags: int = 0) -> tuple[str, ...]:
    """Words in lower case of which a match of `pattern` holds at least one; nothing where none is sure."""
    try:
        parsed = re._parser.parse(pattern, flags)  # type: ignore[attr-defined] # the one reader of patterns that there is
    except AttributeError:  # a Python that keeps it elsewhere: slower, and the same matches
        return ()
    return tuple(sorted(_sure(parsed) or ()))


def _sure(parsed: Iterable[Any]) -> frozenset[str] | None:
    """The best set of words of a sequence: the one whose shortest word is longest."""
    found: list[frozenset[str]] = []
    run = ""
    for operation, argument in parsed:
        name = str(operation)
        if name == "LITERAL":
            run += chr(argument).lower()
            continue
        found.append(frozenset({run}))
        run = ""
        inner = _inside(name, argument)
        if inner:
            found.append(inner)
    found.append(frozenset({run}))
    good = [words for words in found if all(len(word) >= (_LEAST if word.isascii() else 2) for word in words)]
    return max(good, key=lambda words: (min(map(len, words)), -len(words), sorted(words)), default=None)


def _inside(name: str, argument: Any) -> frozenset[str] | None:
    if name == "SUBPATTERN":
        return _sure(argument[-1])
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"} and argument[0] >= 1:
        return _sure(argument[2])
    if name == "BRANCH":
        return _all_of([_sure(branch) for branch in argument[1]])
    return None


def _all_of(branches: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    """One word of each branch must do; a branch that needs none spoils it."""
    sure = [branch for branch in branches if branch]
    return frozenset().union(*sure) if len(sure) == len(branches) else None
