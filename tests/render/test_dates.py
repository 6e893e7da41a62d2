"""Dates as a reader writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.model import Window
from digest.render.dates import day, span


@pytest.mark.parametrize(
    ("opens", "closes", "expected"),
    [
        ((2026, 11, 16), (2026, 11, 23), "16–22 November 2026"),
        ((2026, 11, 30), (2026, 12, 7), "30 November – 6 December 2026"),
        ((2026, 12, 28), (2027, 1, 4), "28 December 2026 – 3 January 2027"),
        ((2026, 11, 16), (2026, 11, 17), "16 November 2026"),
    ],
)
def test_a_window_is_said_by_its_days(opens: tuple[int, int, int], closes: tuple[int, int, int], expected: str) -> None:
    assert span(Window(datetime(*opens, tzinfo=UTC), datetime(*closes, tzinfo=UTC)), "UTC", "en") == expected


def test_the_time_zone_decides_the_day() -> None:
    late = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
    assert day(late, "UTC", "en") == "16 November"
    assert day(late, "Europe/Berlin", "en") == "17 November"
    assert day(late, "Europe/Berlin", "de") == "17. November" or day(late, "Europe/Berlin", "de") == "17 November"
