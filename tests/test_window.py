"""Which time an issue speaks for, what it is called, and which articles are fresh."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import LeftOut, Window
from digest.window import corrected, fresh, name_of, window
from tests.conftest import NOW
from tests.made import article

BERLIN, AUCKLAND = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")


@pytest.mark.parametrize(
    ("period", "closes", "zone", "name"),
    [
        ("weekly", datetime(2026, 11, 22, 17, tzinfo=UTC), BERLIN, "2026-W47"),
        ("weekly", datetime(2026, 11, 22, 22, 59, tzinfo=UTC), BERLIN, "2026-W47"),
        ("weekly", datetime(2026, 11, 22, 23, tzinfo=UTC), BERLIN, "2026-W48"),
        ("weekly", datetime(2026, 11, 22, 12, tzinfo=UTC), AUCKLAND, "2026-W48"),
        ("weekly", datetime(2027, 1, 3, 12, tzinfo=UTC), UTC, "2026-W53"),
        ("weekly", datetime(2027, 1, 4, 12, tzinfo=UTC), UTC, "2027-W01"),
        ("weekly", datetime(2024, 12, 30, 12, tzinfo=UTC), UTC, "2025-W01"),
        ("daily", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), UTC, "2026-12-31"),
        ("daily", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), BERLIN, "2027-01-01"),
        ("monthly", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), UTC, "2026-12"),
        ("monthly", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), BERLIN, "2027-01"),
    ],
)
def test_an_issue_is_named_after_the_local_day_of_its_close(period: str, closes: datetime, zone: ZoneInfo, name: str) -> None:
    assert name_of(period, closes, zone) == name


def test_a_correction_takes_the_first_name_that_is_free() -> None:
    assert corrected("2026-W47", []) == "2026-W47"
    assert corrected("2026-W47", ["2026-W46"]) == "2026-W47"
    assert corrected("2026-W47", ["2026-W47"]) == "2026-W47.2"
    assert corrected("2026-W47", ["2026-W47.2", "2026-W47"]) == "2026-W47.3"
    assert corrected("2026-W47", ["2026-W47.2"]) == "2026-W47"


@pytest.mark.parametrize(("period", "days"), [("daily", 1), ("weekly", 7), ("monthly", 30)])
def test_the_first_window_is_one_period_long(period: str, days: int) -> None:
    assert window(period, NOW, None) == Window(NOW - timedelta(days=days), NOW)


def test_a_window_opens_where_the_last_one_closed() -> None:
    last = NOW - timedelta(days=17, hours=3)
    assert window("weekly", NOW, last) == Window(last, NOW)


def test_a_last_close_that_is_not_before_this_one_does_not_count() -> None:
    assert window("weekly", NOW, NOW) == Window(NOW - timedelta(days=7), NOW)
    assert window("weekly", NOW, NOW + timedelta(days=1)) == Window(NOW - timedelta(days=7), NOW)


@given(st.lists(st.integers(1, 10**7), min_size=1, max_size=9), st.integers(0, 10**7))
def test_every_moment_is_in_one_window(steps: list[int], at: int) -> None:
    windows = []
    last: datetime | None = None
    closes = NOW
    for step in steps:
        closes += timedelta(seconds=step)
        windows.append(window("weekly", closes, last))
        last = closes
    moment = windows[0].opens + timedelta(seconds=at)
    holding = [one for one in windows if one.opens <= moment < one.closes]
    assert len(holding) == (moment < windows[-1].closes)


def test_an_article_too_old_is_left_out_with_the_reason() -> None:
    young, edge = article("a1", published=NOW - timedelta(days=1)), article("a2", published=NOW - timedelta(days=10))
    old = article("a3", published=NOW - timedelta(days=12, seconds=1))
    assert fresh((young, edge, old), NOW, timedelta(days=10)) == (
        (young, edge),
        (LeftOut(old, "published more than 10 days before the issue closed (max_age)"),),
    )


def test_an_article_without_a_date_or_from_tomorrow_is_fresh() -> None:
    undated = article("a1", published=None, first_seen=NOW - timedelta(days=99))
    ahead = article("a2", published=NOW + timedelta(days=1))
    assert fresh((undated, ahead), NOW, timedelta(0)) == ((undated, ahead), ())
