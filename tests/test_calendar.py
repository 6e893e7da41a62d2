"""When windows close: as many as there are periods, whatever the clocks do."""

# ruff: noqa: DTZ001, DTZ007 - times on the wall have no zone: that is what is tested

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.calendar import Closing, Rule, closings, instant, last_closing, rule

# Half an hour of summer time (Lord Howe), two a year around Ramadan (Casablanca), midnight changes (Santiago, Beirut), odd offsets.
ZONES = [
    "Europe/Berlin",
    "America/Santiago",
    "America/New_York",
    "Pacific/Auckland",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "UTC",
]
TIMES = ["Sun 02:30", "Sun 00:00", "Sun 18:00", "Mon 00:00", "Sat 23:59", "Sun 03:00", "Fri 02:00"]
BERLIN, SANTIAGO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Santiago")


def between(found: Rule, zone: ZoneInfo, first: datetime, last: datetime) -> list[Closing]:
    made: list[Closing] = []
    for closing in closings(found, zone, first - timedelta(microseconds=1)):
        if closing.at >= last:
            return made
        made.append(closing)
    raise AssertionError("closings ended")


@pytest.mark.parametrize("closes", TIMES)
@pytest.mark.parametrize("zone", ZONES)
def test_every_week_from_2024_to_2030_closes_once(zone: str, closes: str) -> None:
    there = ZoneInfo(zone)
    found = between(rule("weekly", closes), there, datetime(2024, 1, 1, tzinfo=there), datetime(2030, 12, 30, tzinfo=there))
    assert len(found) == 365
    assert len({one.name for one in found}) == 365
    assert all(left.at < right.at for left, right in pairwise(found))
    for one in found:
        local = one.at.astimezone(there)
        year, week, _ = local.isocalendar()
        assert one.name == f"{year}-W{week:02}"
        early = local.replace(tzinfo=None) - datetime.combine(local.date(), datetime.strptime(closes[4:], "%H:%M").time())
        assert timedelta(0) <= early <= timedelta(hours=1)  # a skipped time closes right behind the gap, at the end of it
        assert f"{local:%a}" == closes[:3]


@pytest.mark.parametrize(
    ("local", "zone", "expected"),
    [
        (datetime(2026, 3, 29, 2, 30), BERLIN, "2026-03-29T03:00:00+02:00"),
        (datetime(2026, 3, 29, 2, 0), BERLIN, "2026-03-29T03:00:00+02:00"),
        (datetime(2026, 10, 25, 2, 30), BERLIN, "2026-10-25T02:30:00+02:00"),
        (datetime(2026, 9, 6, 0, 0), SANTIAGO, "2026-09-06T01:00:00-03:00"),
        (datetime(2026, 4, 4, 23, 30), SANTIAGO, "2026-04-04T23:30:00-03:00"),
        (datetime(2026, 11, 22, 18, 0), BERLIN, "2026-11-22T18:00:00+01:00"),
        (datetime(2011, 12, 30, 12, 0), ZoneInfo("Pacific/Apia"), "2011-12-31T00:00:00+14:00"),
    ],
)
def test_a_time_on_the_wall_is_one_moment(local: datetime, zone: ZoneInfo, expected: str) -> None:
    assert instant(local, zone).astimezone(zone).isoformat() == expected
    assert instant(local, zone).tzinfo is UTC


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=2)),
    st.sampled_from(ZONES),
)
@settings(max_examples=300)
def test_later_on_the_wall_is_never_earlier(local: datetime, later: timedelta, zone: str) -> None:
    there = ZoneInfo(zone)
    assert instant(local, there) <= instant(local + later, there)


def test_a_day_that_a_zone_left_out_has_no_window() -> None:
    apia = ZoneInfo("Pacific/Apia")
    found = between(rule("daily", "00:00"), apia, datetime(2011, 12, 28, tzinfo=apia), datetime(2012, 1, 2, tzinfo=apia))
    assert [one.name for one in found] == ["2011-12-28", "2011-12-29", "2011-12-30", "2012-01-01"]
    assert all(left.at < right.at for left, right in pairwise(found))


def names(period: str, closes: str, first: str, count: int) -> list[str]:
    return [
        f"{one.name} {one.at.astimezone(BERLIN):%a %d %H:%M}"
        for one in islice(closings(rule(period, closes), BERLIN, datetime.fromisoformat(first)), count)
    ]


def test_days_months_and_their_ends() -> None:
    assert names("daily", "07:30", "2026-03-28T12:00+01:00", 2) == ["2026-03-29 Sun 29 07:30", "2026-03-30 Mon 30 07:30"]
    assert names("monthly", "last 18:00", "2028-01-31T18:00+01:00", 2) == ["2028-02 Tue 29 18:00", "2028-03 Fri 31 18:00"]
    assert names("monthly", "31 08:00", "2026-03-31T08:00+02:00", 2) == ["2026-04 Thu 30 08:00", "2026-05 Sun 31 08:00"]
    assert names("monthly", "1 08:00", "2026-11-22T18:00+01:00", 1) == ["2026-12 Tue 01 08:00"]
    assert names("weekly", "Wednesday 9:05", "2026-11-22T18:00+01:00", 1) == ["2026-W48 Wed 25 09:05"]
    assert names("weekly", "", "2026-11-22T17:59+01:00", 1) == ["2026-W47 Sun 22 18:00"]


def test_cron_expressions() -> None:
    assert names("cron", "0 7 * * mon,thu", "2026-11-22T18:00+01:00", 3) == [
        "2026-11-23 Mon 23 07:00",
        "2026-11-26 Thu 26 07:00",
        "2026-11-30 Mon 30 07:00",
    ]
    assert names("cron", "0,30 6-7 * * *", "2026-11-22T06:00+01:00", 3) == [
        "2026-11-22T0630 Sun 22 06:30",
        "2026-11-22T0700 Sun 22 07:00",
        "2026-11-22T0730 Sun 22 07:30",
    ]
    assert names("cron", "0 9 13 * fri", "2026-11-01T00:00+01:00", 3) == [  # either day will do, as in cron
        "2026-11-06 Fri 06 09:00",
        "2026-11-13 Fri 13 09:00",
        "2026-11-20 Fri 20 09:00",
    ]
    assert names("cron", "15 */12 1 jan-jun/5 *", "2026-01-01T00:15+01:00", 2) == [
        "2026-01-01T1215 Thu 01 12:15",
        "2026-06-01T0015 Mon 01 00:15",
    ]
    assert names("cron", "0 0 29 2 *", "2026-01-01T00:00+01:00", 1) == ["2028-02-29 Tue 29 00:00"]
    assert names("cron", "0 8 * * 7", "2026-11-22T18:00+01:00", 1) == names("cron", "0 8 * * 0", "2026-11-22T18:00+01:00", 1)


def test_an_hourly_expression_never_closes_twice_at_one_moment() -> None:
    day = between(rule("cron", "0 * * * *"), BERLIN, datetime(2026, 3, 29, tzinfo=BERLIN), datetime(2026, 3, 30, tzinfo=BERLIN))
    assert len(day) == 23
    day = between(rule("cron", "0 * * * *"), BERLIN, datetime(2026, 10, 25, tzinfo=BERLIN), datetime(2026, 10, 26, tzinfo=BERLIN))
    assert len(day) == 24  # of 25 hours: the doubled one closes once
    assert len({one.name for one in day}) == 24


def fires(fields: str, day: date, hour: int, minute: int) -> bool:
    """Cron's rule the slow way, for plain numbers: the reference."""
    at = fields.split()
    wanted = [
        set(range(low, high + 1)) if text == "*" else set(map(int, text.split(",")))
        for text, low, high in zip(at, (0, 0, 1, 1, 0), (59, 23, 31, 12, 6), strict=True)
    ]
    by_month, by_week = day.day in wanted[2], day.isoweekday() % 7 in wanted[4]
    on = (by_month or by_week) if at[2] != "*" and at[4] != "*" else (by_month and by_week)
    return minute in wanted[0] and hour in wanted[1] and day.month in wanted[3] and on


def field(low: int, high: int) -> st.SearchStrategy[str]:
    return st.just("*") | st.lists(st.integers(low, high), min_size=1, max_size=3).map(lambda found: ",".join(map(str, found)))


@given(st.tuples(st.integers(0, 59), st.integers(0, 23), field(1, 28), field(1, 12), field(0, 6)))
@settings(max_examples=60, deadline=None)
def test_cron_against_trying_every_minute(parts: tuple[int, int, str, str, str]) -> None:
    text = " ".join(map(str, parts))
    first = datetime(2026, 1, 1, tzinfo=UTC)
    expected = [day for number in range(500) if fires(text, day := (first + timedelta(days=number)).date(), parts[1], parts[0])]
    found = between(rule("cron", text), ZoneInfo("UTC"), first, first + timedelta(days=500))
    assert [one.at.date() for one in found] == expected


@pytest.mark.parametrize(
    ("period", "closes", "told"),
    [
        ("weekly", "18:00", "must be a time such as Sun 18:00"),
        ("weekly", "Sonntag 18:00", "must begin with a day of the week"),
        ("weekly", "Sun 24:00", "must be a time such as"),
        ("daily", "Sun 18:00", "must be a time such as 18:00"),
        ("daily", "6 pm", "must be a time such as"),
        ("monthly", "32 18:00", "must begin with a day of the month"),
        ("monthly", "first 18:00", "must begin with a day of the month"),
        ("cron", "", "five fields of cron"),
        ("cron", "0 18 * *", "five fields of cron"),
        ("cron", "60 18 * * *", "'60' is not from 0 to 59"),
        ("cron", "0 18 * * someday", "'someday' is not from 0 to 7"),
        ("cron", "0 18 * * */0", "has no step"),
        ("cron", "0 18 20-10 * *", "runs backwards"),
        ("cron", "0 18 30 2 *", "never comes"),
    ],
)
def test_a_rule_that_means_nothing_is_told(period: str, closes: str, told: str) -> None:
    with pytest.raises(ValueError, match=told.replace("*", r"\*")):
        rule(period, closes)


def test_the_newest_closing() -> None:
    weekly = rule("weekly", "Sun 18:00")
    at = datetime(2026, 11, 22, 18, 0, tzinfo=BERLIN)
    assert last_closing(weekly, BERLIN, at) == Closing("2026-W47", at.astimezone(UTC))
    assert last_closing(weekly, BERLIN, at - timedelta(microseconds=1)) == Closing("2026-W46", (at - timedelta(days=7)).astimezone(UTC))
    leap = last_closing(rule("cron", "0 0 29 2 *"), BERLIN, at)
    assert leap is not None
    assert leap.name == "2024-02-29"
