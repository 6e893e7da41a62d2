"""Dates as a reader writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.model import Window
from digest.render.dates import day, span
from digest.words import Words

ENGLISH = Words("en", {})


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
    assert span(Window(datetime(*opens, tzinfo=UTC), datetime(*closes, tzinfo=UTC)), "UTC", ENGLISH) == expected


def test_the_time_zone_decides_the_day() -> None:
    late = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)
    assert day(late, "UTC", ENGLISH) == "16 November"
    assert day(late, "Europe/Berlin", ENGLISH) == "17 November"
    assert day(late, "Europe/Berlin", Words("de", {})) == "17. November"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "16.–22. November 2026"),
        ("fr", "16–22 novembre 2026"),
        ("zh", "2026年11月16日至22日"),
        ("ar", "16–22 نوفمبر 2026"),
    ],
)
def test_a_week_in_other_languages(language: str, expected: str) -> None:
    week = Window(datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
    assert span(week, "UTC", Words(language, {})) == expected
