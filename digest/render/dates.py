"""Dates as a reader writes them, in the issue's time zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from digest.model import Window
from digest.words import Words


def date_of(moment: datetime, timezone: str) -> date:
    """The day of a moment, for a reader in `timezone`."""
    return moment.astimezone(ZoneInfo(timezone)).date()


def day(moment: datetime, timezone: str, words: Words) -> str:
    """`18 November`: the day of a report."""
    return words.day(date_of(moment, timezone))


def bounds(window: Window, timezone: str) -> tuple[date, date]:
    """The first and the last day of which the window holds the greater half.

    A week from Sunday 18:00 to Sunday 18:00, or from Monday 07:00 to Monday 07:00, has seven days for a
    reader, not eight.
    """
    half = timedelta(hours=12)
    return date_of(window.opens + half, timezone), date_of(window.closes - half, timezone)


def span(window: Window, timezone: str, words: Words) -> str:
    """`16–22 November 2026`."""
    return words.days(*bounds(window, timezone))
