"""When windows close: a rule of local days and times, and the moments that it means.

Clocks that are changed do not change the number of windows: a time that a day skips means the first moment behind
the gap, a time that a day has twice means the first of the two. Every nominal day is looked at once, so that no
period comes twice or never; plain triggers fire 372 or 358 times in the 365 weeks from 2024 to 2030.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_HORIZON = timedelta(days=9 * 366)  # 29 February comes at least every eight years
DEFAULTS = {"daily": "18:00", "weekly": "Sun 18:00", "monthly": "last 18:00"}


@dataclass(frozen=True, slots=True)
class Rule:
    """On which local days windows close, at which times, and what the period that closes then is called."""

    falls_on: Callable[[date], bool]
    times: tuple[time, ...]
    name: Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a period: what it is called, and when it closes (UTC)."""

    name: str
    at: datetime


def rule(period: str, closes: str = "") -> Rule:
    """The rule of `digest.period` and `digest.closes`; raises ValueError, which says what is right."""
    if period == "cron":
        return _cron(closes)
    closes = closes or DEFAULTS[period]
    shape = {"daily": "18:00", "weekly": "Sun 18:00", "monthly": "1 18:00 or last 18:00"}[period]
    *day, clock = closes.split() or [""]
    found = _TIME.fullmatch(clock)
    if found is None or len(day) != (period != "daily"):
        raise ValueError(f"must be a time such as {shape}")
    at = time(int(found[1]), int(found[2]))
    return Rule(_falls_on(period, day[0].lower() if day else "", shape), (at,), _NAMES[period])


def _falls_on(period: str, day: str, shape: str) -> Callable[[date], bool]:
    if period == "daily":
        return lambda _: True
    if period == "weekly":
        names = _DAYS if day in _DAYS else _FULL
        if day not in names:
            raise ValueError(f"must begin with a day of the week, such as {shape}")
        return lambda found: found.weekday() == names.index(day)
    if day == "last":
        return lambda found: found.day == monthrange(found.year, found.month)[1]
    if not day.isdecimal() or not 1 <= int(day) <= 31:
        raise ValueError(f"must begin with a day of the month, such as {shape}")
    return lambda found: found.day == min(int(day), monthrange(found.year, found.month)[1])


def _week(local: datetime) -> str:
    year, week, _ = local.isocalendar()
    return f"{year}-W{week:02}"


def _day(local: datetime) -> str:
    return f"{local:%Y-%m-%d}"


def _month(local: datetime) -> str:
    return f"{local:%Y-%m}"


def _minute(local: datetime) -> str:
    return f"{local:%Y-%m-%dT%H%M}"


_NAMES: dict[str, Callable[[datetime], str]] = {"daily": _day, "weekly": _week, "monthly": _month}


def _cron(text: str) -> Rule:
    """The five fields of cron: minute, hour, day of month, month, day of week; where both days are given, either will do."""
    fields = text.lower().split()
    if len(fields) != 5:
        raise ValueError('must be five fields of cron, minute hour day month weekday: "0 18 * * sun"')
    minutes, hours = _field(fields[0], 0, 59), _field(fields[1], 0, 23)
    days, months = _field(fields[2], 1, 31), _field(fields[3], 1, 12, _MONTHS)
    weekdays = {day % 7 for day in _field(fields[4], 0, 7, ("sun", *_DAYS[:6]))}
    either = fields[2][0] != "*" and fields[4][0] != "*"

    def falls_on(found: date) -> bool:
        by_month, by_week = found.day in days, (found.weekday() + 1) % 7 in weekdays
        return found.month in months and ((by_month or by_week) if either else (by_month and by_week))

    times = tuple(time(hour, minute) for hour in sorted(hours) for minute in sorted(minutes))
    made = Rule(falls_on, times, _day if len(times) == 1 else _minute)
    if next(_nominal(made, date(2024, 1, 1)), None) is None:
        raise ValueError("never comes")
    return made


def _field(text: str, low: int, high: int, names: tuple[str, ...] = ()) -> set[int]:
    """One field of cron: `*`, `5`, `1-5`, `*/15`, `0-30/10`, names, and lists of these."""
    found: set[int] = set()
    for part in text.split(","):
        spread, _, step = part.partition("/")
        first, _, last = spread.partition("-")
        if step and (not step.isdecimal() or int(step) == 0):
            raise ValueError(f"must be fields of cron: {part!r} has no step")
        begin = low if spread == "*" else _number(first, low, high, names)
        end = high if spread == "*" or (step and not last) else _number(last or first, low, high, names)
        if begin > end:
            raise ValueError(f"must be fields of cron: {part!r} runs backwards")
        found |= set(range(begin, end + 1, int(step or 1)))
    return found


def _number(text: str, low: int, high: int, names: tuple[str, ...]) -> int:
    if text in names:
        return names.index(text) + low
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ValueError(f"must be fields of cron: {text!r} is not from {low} to {high}")
    return int(text)


def instant(local: datetime, zone: tzinfo) -> datetime:
    """The moment (UTC) that a clock on the wall of `zone` means by `local`, which has no zone.

    In the doubled hour the first; in a gap the first moment behind it, as cron runs what a change skipped.
    """
    early = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == local:
        return early
    before, after = local.replace(tzinfo=zone, fold=1).astimezone(UTC), early  # the change lies between: PEP 495
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == offset else (middle, after)
    return after


def closings(found: Rule, zone: tzinfo, after: datetime) -> Iterator[Closing]:
    """Every closing later than `after`, in order; a day that a zone left out altogether has none."""
    start = after.astimezone(zone).date() - timedelta(days=2)
    last = after.astimezone(UTC)
    for local in _nominal(found, start):
        at = instant(local, zone)
        if at > last:
            yield Closing(found.name(local), at)
            last = at


def last_closing(found: Rule, zone: tzinfo, by: datetime) -> Closing | None:
    """The newest closing that is not later than `by`."""
    for days in (2, 9, 40, 400, _HORIZON.days):
        newest = None
        for closing in closings(found, zone, by - timedelta(days=days)):
            if closing.at > by:
                break
            newest = closing
        if newest:
            return newest
    return None


def _nominal(found: Rule, start: date) -> Iterator[datetime]:
    """The local moments of a rule from `start` on, as the wall says them; ends where nothing comes in years."""
    empty = timedelta(0)
    day = start
    while empty < _HORIZON and day < date.max:
        if found.falls_on(day):
            empty = timedelta(0)
            yield from (datetime.combine(day, at) for at in found.times)
        empty += timedelta(days=1)
        day += timedelta(days=1)
