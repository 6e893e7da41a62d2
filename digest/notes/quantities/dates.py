"""Days that a text names: `10 January`, `Jan. 20, 2025`, `20. Januar`, `1月20日`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.notes.quantities.heads import heads

_MONTHS = (
    "january jan januar jänner janvier enero",
    "february feb februar février febrero",
    "march mar märz mars marzo",
    "april apr avril abril",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet julio",
    "august aug août agosto",
    "september sept sep septembre septiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre diciembre",
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_WHOLE = frozenset(names.split()[0] for names in _MONTHS) | {
    name for name in _NUMBER if len(name) > 4
}  # no abbreviation: a stop ends the sentence
_NAMES = "|".join(sorted(_NUMBER, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?: of| de)? (?P<month>{_NAMES})\b\.?(?:,? (?:de )?(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b(?P<month>{_NAMES})\b\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\.\d|[:/]|\d)(?:, (?P<year>(?:19|20)\d\d)\b)?", re.IGNORECASE
)
_DATELINE = re.compile(r" ?(?:\([^)]{2,30}\) ?)?[-–—] ")
_HEAD = 40  # letters of a sentence in which a dateline ends
_HEADS = frozenset(name[:3] for name in _NUMBER)
_DIGIT = re.compile(r"\d")
_CHINESE = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


@dataclass(frozen=True, slots=True)
class Day:
    """A day of some year (0: not said)."""

    start: int
    end: int
    year: int
    month: int
    day: int


def days(text: str) -> list[Day]:
    """Every day that `text` names with its month, in order."""
    if not _DIGIT.search(text) or (_HEADS.isdisjoint(heads(text)) and "月" not in text):
        return []
    found = sorted(_found(text), key=lambda one: (one.start, -one.end))
    taken: list[Day] = []
    for one in found:
        if _DATELINE.match(text, one.end) and one.start < _HEAD:
            continue  # `Jan 11 (Reuters) - `, which says when it was written
        if not taken or one.start >= taken[-1].end:
            taken.append(one)
    return taken


def _found(text: str) -> Iterator[Day]:
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _CHINESE):
        for match in pattern.finditer(text):
            name = match["month"]
            month = _NUMBER.get(name.casefold(), 0) or (int(name) if name.isdigit() else 0)
            if name[:1].islower() and name.casefold() in {"may", "mar", "march"} and pattern is not _CHINESE:
                continue  # `may 12`, `march 12`: words first
            if 1 <= month <= 12 and 1 <= int(match["day"]) <= 31:
                end = match.start() + len(match.group().rstrip(".,")) if name.casefold() in _WHOLE else match.end()
                yield Day(match.start(), end, int(match["year"] or 0), month, int(match["day"]))
