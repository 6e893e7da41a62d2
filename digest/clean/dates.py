"""Dates as sources write them. Nothing here reads the clock."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

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


def parsed(text: str, zone: tzinfo) -> datetime | None:
    """The moment that `text` says, in `zone` where it names none; None where it says none."""
    text = text.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = _mail_date(text) or _written(text, zone)
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _mail_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(text: str, zone: tzinfo) -> datetime | None:
    found = written(text, zone)
    return found[0] if found else None


def written(text: str, zone: tzinfo) -> tuple[datetime, ...]:
    """The dates written in `text`, those with a time of day first, each group in order."""
    with_time: list[datetime] = []
    without: list[datetime] = []
    for form in _FORMS:
        for match in form.finditer(text):
            moment = _moment(match, zone)
            if moment is not None:
                (with_time if match["hour"] else without).append(moment)
    return (*with_time, *without)


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
