"""Ages of people whom a text names: `Karen Moss, 46`, `the 46-year-old teacher Karen Moss`, `Karen Moss (46)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:[’'-][^\W\d_]+)*"
_YEARS = r"(?:[1-9]\d?|1[01]\d)"
_FIRST_NAME = rf"(?:{_NAME}|[A-Z]\.) "
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_FIRST_NAME})+(?P<name>{_NAME}),? (?:who is |aged |is |was )?(?P<age>{_YEARS})(?=[,.;)]|$| and\b| years old)",
        rf"\b(?P<name>{_NAME}), (?:who is |aged )(?P<age>{_YEARS})\b",
        rf"(?P<name>{_NAME}) \((?P<age>{_YEARS})\)",
        rf"\b(?P<age>{_YEARS})[- ]years?[- ]old (?:[a-z][\w-]* ){{0,4}}(?:{_NAME} )*(?P<name>{_NAME})\b(?! {_NAME})",
        rf"\b(?P<age>{_YEARS})[ -]?[Jj]ährigen? (?:{_NAME} )*(?P<name>{_NAME})\b(?! {_NAME})",
        rf"(?:{_FIRST_NAME})+(?P<name>{_NAME}), (?P<age>{_YEARS})(?: Jahre alt| ans\b| años\b)",
    )
)


@dataclass(frozen=True, slots=True)
class Age:
    """How old somebody is, and the surname as written."""

    start: int
    end: int
    years: int
    name: str


def ages(text: str) -> Iterator[Age]:
    """Every age that stands at a name, in order of the patterns, none twice."""
    taken: set[int] = set()
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            years, start = int(found["age"]), found.start("age")
            if start not in taken:
                taken.add(start)
                yield Age(start, found.end("age"), years, found["name"])
