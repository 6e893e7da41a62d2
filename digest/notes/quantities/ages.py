"""Ages of people: whom a text names (`Karen Moss, 46`, `the 46-year-old teacher Karen Moss`) and whom it does not (`a woman aged 71`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:[’'-][^\W\d_]+)*"
_NOUN = r"(?!(?:from|of|in|at|near|with|who|whose|and|on|for|was|is|had) )[a-z][\w-]*"  # `a 58-year-old man from Carver City` is no City
_YEARS = r"(?:[1-9]\d?|1[01]\d)"
_FIRST_NAME = rf"(?:{_NAME}|[A-Z]\.) "
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_FIRST_NAME})+(?P<name>{_NAME}),? (?:who is |aged |is |was )?(?P<age>{_YEARS})(?=[,.;)](?!\d)|$| and\b| years old)",
        rf"\b(?P<name>{_NAME}), (?:who is |aged )(?P<age>{_YEARS})\b",
        rf"(?P<name>{_NAME}) \((?P<age>{_YEARS})\)",
        rf"\b(?P<age>{_YEARS})[- ]years?[- ]old (?:{_NOUN} ){{0,4}}(?:{_NAME} )*(?P<name>{_NAME})\b(?! {_NAME})",
        rf"\b(?P<age>{_YEARS})[ -]?[Jj]ährigen? (?:{_NAME} )+(?P<name>{_NAME})\b(?! {_NAME})",
        rf"(?:{_FIRST_NAME})+(?P<name>{_NAME}), (?P<age>{_YEARS})(?: Jahre alt| ans\b| años\b)",
    )
)
# Where no name stands at it: what else the sentence says tells whose age it is.
_UNNAMED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<age>{_YEARS})[- ]years?[- ]olds?\b",
        rf"\b[Aa]ged (?P<age>{_YEARS})\b(?! ?(?:to|and|or|-|–))",
        rf"\bat the age of (?P<age>{_YEARS})\b",
        rf"\b(?:who|he|she|He|She) (?:is|was) (?P<age>{_YEARS})(?=[.,;]| and\b| when\b)",
        rf"\b(?P<age>{_YEARS}) ?(?:Jahre alte[rnms]?\b|Jahre alt\b)",
        rf"\b(?P<age>{_YEARS})[ -]?[Jj]ährige[rnms]?\b",
        r"\b[A-ZÄÖÜ][a-zäöüß]+ (?:ist|war|wurde|sei) (?P<age>[2-9]\d)(?=[.,;])",
        rf"\bâgée?s? de (?P<age>{_YEARS}) ans\b",
        rf"\bde (?P<age>{_YEARS}) (?:ans|años)\b",
    )
)
# One of these stands in whatever the patterns find.
_TOLD = re.compile(
    r"[,(] ?\d{1,3}\b|\d[- ]year|(?:[Aa]ged|age of|is|was|ist|war|wurde|sei|[A-Z][^\W\d_]+) \d{1,3}\b|[Jj]ährig|\d Jahre|\d (?:ans|años)"
)


@dataclass(frozen=True, slots=True)
class Age:
    """How old somebody is, and the surname as written (empty: not said)."""

    start: int
    end: int
    years: int
    name: str


def ages(text: str) -> Iterator[Age]:
    """Every age, those at a name first, in order of the patterns, none twice."""
    if not _TOLD.search(text):
        return
    taken: set[int] = set()
    for pattern in (*_PATTERNS, *_UNNAMED):
        for found in pattern.finditer(text):
            years, start = int(found["age"]), found.start("age")
            if start not in taken:
                taken.add(start)
                yield Age(start, found.end("age"), years, found["name"] if "name" in pattern.groupindex else "")
