"""Dates as sources write them. Nothing here reads the clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from digest.text import word_count

_LONGEST = 200  # characters of what is said to be a date
_FIRST_YEAR = 1600  # no newspaper is older; programs that know no date write the year 1
_YEAR = re.compile(r"\d{4}(?<!\d{5})(?!\d)")  # begins with what is rare, and is soon found
_DIGIT = re.compile(r"\d")
_AROUND = 40  # characters before and behind a year in which the rest of its date stands
_DATE_LINE = 60  # characters of a line that is nothing but a date
_LINE_WORDS = 6  # words beside a date on a line that is about the date
_DATELINE = re.compile(r"\s*(?:\([^)]{1,40}\)|/[^/]{1,40}/)?\s*(?:[—–:|]|-\s)")

# The first three letters (or all of a shorter name) of the months in English, German, French, Spanish.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv enero ene",
            "feb february februar février févr fevrier febrero",
            "mar march märz mars marzo mrz",
            "apr april avril avr abril abr",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet juil julio",
            "aug august août aout agosto ago",
            "sep sept september septembre septiembre",
            "oct october oktober octobre octubre okt",
            "nov november novembre noviembre",
            "dec december dezember décembre dez diciembre dic",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CLOCK = r"(?:,?\s+(?:at |um |à )?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2}))?(?P<half>)"),
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?P<hour>)(?P<minute>)(?P<half>)"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th)? (?:de |of )?(?P<name>{_MONTH})\.?,? (?:de )?(?P<year>\d{{4}})\b{_CLOCK}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<name>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b{_CLOCK}", re.IGNORECASE),
)
_IN_FIGURES = _FORMS[:2]
_BEGINNINGS = tuple(sorted({name[:3] for name in _MONTHS}))


def parsed(text: str, zone: tzinfo) -> datetime | None:
    """The moment that `text` says, in `zone` where it names none; None where it says none."""
    text = text.strip()[:_LONGEST]
    found = _iso(text) or _mail_date(text) or next((date.moment for date in _written(text, zone)), None)
    if found is None or found.year < _FIRST_YEAR:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class _Date:
    """A date found in a line: with a time of day or without, at `start` to `end`."""

    moment: datetime
    timed: bool
    start: int
    end: int


def _written(line: str, zone: tzinfo) -> list[_Date]:
    """The dates written in `line`, in order; looked for around its years, which is a hundred times as fast."""
    found: dict[tuple[int, int], _Date] = {}
    for year in _YEAR.finditer(line):
        begin = max(0, year.start() - _AROUND)
        around = line[begin : year.end() + _AROUND]
        for match in (match for form in _forms_in(around) for match in form.finditer(around)):
            moment = _moment(match, zone)
            start, end = begin + match.start(), begin + match.end()
            if moment is not None and moment.year >= _FIRST_YEAR and start < year.end() and end > year.start():
                found[start, end] = _Date(moment, bool(match["hour"]), start, end)
    return sorted(found.values(), key=lambda date: (date.start, date.end))


def _forms_in(text: str) -> tuple[re.Pattern[str], ...]:
    """The forms of a date that can stand in a text: a year beside the name of no month is soon passed over."""
    lower = text.lower()
    return _FORMS if any(begin in lower for begin in _BEGINNINGS) else _IN_FIGURES


def is_date(line: str) -> bool:
    """A line that says a date, a weekday perhaps, and nothing else."""
    if len(line) > _DATE_LINE or not _DIGIT.search(line):
        return False
    return any(word_count(line[: found.start()] + line[found.end() :]) <= 1 for form in _forms_in(line) if (found := form.search(line)))


def own_date(lines: Iterable[str], zone: tzinfo) -> datetime | None:
    """The date that a text gives itself in these lines from its head.

    One with a time of day, else one on a line of its own or in a dateline: a date in the middle of
    a sentence is what the text is about, not when it was written.
    """
    alone: datetime | None = None
    for line in lines:
        for date in _written(line, zone):
            if date.timed:
                return date.moment
            if alone is None and _stands_alone(line, date):
                alone = date.moment
    return alone


def _stands_alone(line: str, date: _Date) -> bool:
    before, after = line[: date.start], line[date.end :]
    if word_count(before) + word_count(after) <= _LINE_WORDS and not after.rstrip().endswith((".", "!", "?")):
        return True
    return word_count(before) <= _LINE_WORDS and bool(_DATELINE.match(after))


def _moment(match: re.Match[str], zone: tzinfo) -> datetime | None:
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else _MONTHS[parts["name"].casefold()]
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"][0] in "pP" else 0)
    try:
        return datetime(int(parts["year"]), month, int(parts["day"]), hour, minute, tzinfo=zone)
    except ValueError:
        return None


def is_future(moment: datetime, now: datetime) -> bool:
    """Later than a day from `now`: clocks and zones differ by less."""
    return moment > now + timedelta(days=1)
