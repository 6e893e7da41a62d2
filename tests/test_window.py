"""Which time an issue speaks for, what it is called, and which articles are fresh."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.calendar import Closing, rule
from digest.model import LeftOut, Window
from digest.window import Due, caught_up, corrected, due, fresh, in_time, name_of, upcoming, window
from tests.conftest import NOW
from tests.made import article

BERLIN, AUCKLAND, LOS_ANGELES = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")


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


WEEKLY = rule("weekly", "Sun 18:00")
W46, W47, W48 = (datetime(2026, 11, day, 17, tzinfo=UTC) for day in (15, 22, 29))
HOUR = timedelta(hours=1)


def test_nothing_is_due_before_the_close_and_one_window_at_it() -> None:
    assert due(WEEKLY, BERLIN, ["2026-W46"], W46, W47 - timedelta(microseconds=1)) == ()
    assert due(WEEKLY, BERLIN, ["2026-W46"], W46, W47) == (Due("2026-W47", Window(W46, W47)),)


def test_each_window_opens_where_the_one_before_it_closed() -> None:
    assert due(WEEKLY, BERLIN, [], W46, W48) == (Due("2026-W47", Window(W46, W47)), Due("2026-W48", Window(W47, W48)))


def test_a_new_newsroom_begins_with_the_window_that_closed_last() -> None:
    assert due(WEEKLY, BERLIN, [], None, W48 - HOUR) == (Due("2026-W47", Window(W46, W47)),)


def test_a_period_in_the_ledger_gets_no_second_window() -> None:
    """Closed early by hand, or by another zone: the next one opens there."""
    early = W47 - timedelta(days=2)
    assert due(WEEKLY, BERLIN, ["2026-W47"], early, W48) == (Due("2026-W48", Window(early, W48)),)


@pytest.mark.parametrize("zones", [(BERLIN, AUCKLAND), (AUCKLAND, BERLIN), (BERLIN, LOS_ANGELES), (LOS_ANGELES, AUCKLAND)])
def test_across_a_change_of_zone_every_week_has_one_window(zones: tuple[ZoneInfo, ZoneInfo]) -> None:
    before, after = zones
    (first,) = due(WEEKLY, before, [], None, W47 + timedelta(days=2))
    found = [first, *due(WEEKLY, after, [first.name], first.window.closes, W47 + timedelta(days=23))]
    assert [one.name for one in found] == ["2026-W47", "2026-W48", "2026-W49", "2026-W50"]
    assert all(left.window.closes == right.window.opens for left, right in pairwise(found))


MISSED = (Due("2026-W46", Window(W46 - timedelta(days=7), W46)), Due("2026-W47", Window(W46, W47)))


def test_the_latest_takes_what_the_missed_ones_have() -> None:
    first, second = caught_up(MISSED, "latest", HOUR, W47 + HOUR)
    assert second == MISSED[1]
    assert "its articles are in 2026-W47" in first.skipped


def test_all_of_them_are_made_where_that_is_wanted() -> None:
    assert caught_up(MISSED, "all", HOUR, W48) == MISSED
    assert caught_up((), "latest", HOUR, W48) == ()


def test_those_older_than_the_grace_are_skipped_where_that_is_wanted() -> None:
    first, second = caught_up(MISSED, "skip", HOUR, W47 + HOUR)
    assert "wait for the next" in first.skipped
    assert second == MISSED[1]
    assert all(one.skipped for one in caught_up(MISSED, "skip", HOUR, W47 + HOUR + timedelta(microseconds=1)))


def test_what_comes_late_is_in_time_if_it_was_published_before_the_close() -> None:
    seen = article("seen", first_seen=W47 - HOUR, published=None)
    at = article("at", first_seen=W47, published=None)
    told = article("told", first_seen=W47 + HOUR, published=W47 - HOUR)
    after = article("after", first_seen=W47 + HOUR, published=W47)
    assert in_time([seen, at, told, after], W47, newest=False) == (seen, told)
    assert in_time([seen, at, told, after], W47, newest=True) == (seen, at, told)


def test_the_next_closing_is_one_that_is_not_taken() -> None:
    assert upcoming(WEEKLY, BERLIN, [], None, W47) == Closing("2026-W48", W48)
    assert upcoming(WEEKLY, BERLIN, ["2026-W48"], W47, W47) == Closing("2026-W49", W48 + timedelta(days=7))


@given(
    st.lists(
        st.tuples(st.integers(0, 40 * 24), st.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"])), max_size=12
    ),
    st.sampled_from(["Sun 02:30", "Sun 00:00", "Wed 23:59"]),
)
def test_whatever_the_zone_and_whenever_one_looks_windows_are_contiguous_and_one_a_period(looks: list[tuple[int, str]], at: str) -> None:
    ledger: list[Due] = []
    now = W46
    for hours, zone in looks:
        now += timedelta(hours=hours)
        last = max((one.window.closes for one in ledger), default=None)
        found = due(rule("weekly", at), ZoneInfo(zone), [one.name for one in ledger], last, now)
        assert all(one.window.closes <= now for one in found)
        ledger += found
    assert len({one.name for one in ledger}) == len(ledger)
    assert all(left.window.closes == right.window.opens < right.window.closes for left, right in pairwise(ledger))
