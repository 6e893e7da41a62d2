"""Dates as a reader writes them, in the issue's time zone. The only module that knows Babel."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from digest.model import Window

# `en` alone is American to Babel, where the day stands between month and year.
_LOCALES = {"en": "en_GB"}
_FULL, _YEARLESS, _DAY = "d MMMM y", "d MMMM", "d"


def day(moment: datetime, timezone: str, language: str) -> str:
    """`18 November`: the day of a report."""
    return _written(moment.astimezone(ZoneInfo(timezone)).date(), _YEARLESS, language)


def span(window: Window, timezone: str, language: str) -> str:
    """`16–22 November 2026`: the days of which the window holds the greater half.

    A week from Sunday 18:00 to Sunday 18:00, or from Monday 07:00 to Monday 07:00, has seven days for a
    reader, not eight.
    """
    zone, half = ZoneInfo(timezone), timedelta(hours=12)
    first = (window.opens.astimezone(zone) + half).date()
    last = (window.closes.astimezone(zone) - half).date()
    end = _written(last, _FULL, language)
    if first >= last:
        return end
    if first.year != last.year:
        return f"{_written(first, _FULL, language)} – {end}"
    if first.month != last.month:
        return f"{_written(first, _YEARLESS, language)} – {end}"
    return f"{_written(first, _DAY, language)}–{end}"


def _written(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=_LOCALES.get(language, language))
