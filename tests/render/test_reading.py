"""Counts, times and anchors."""

from __future__ import annotations

from dataclasses import replace

from digest.model import Coverage, Kind
from digest.render import reading

from . import made_up


def test_minutes_are_at_least_one() -> None:
    short = made_up.article(1, "A", "T", "Two words.")
    assert reading.minutes(short) == 1
    assert reading.minutes(replace(short, text="word " * 690)) == 3


def test_kinds_are_named_unless_plain() -> None:
    plain = made_up.article(1, "A", "T", "x")
    assert reading.kind(plain) == ""
    assert reading.kind(replace(plain, kind=Kind.INTERVIEW)) == "Interview"


def test_bars_are_whole_and_never_too_long() -> None:
    rows = (Coverage("A", 300, 7, "ok"), Coverage("B", 1, 1, "ok"), Coverage("C", 0, 0, "silent"), Coverage("D", 3, 9, "ok"))
    issue = replace(made_up.empty(), coverage=rows)
    bars = reading.bars(issue)
    assert [bar.row.source for bar in bars] == ["A", "B", "D"]
    assert all(bar.used + bar.unused + bar.empty == 100 and min(bar.used, bar.unused, bar.empty) >= 0 for bar in bars)
    assert reading.bars(made_up.empty()) == []
    assert reading.quiet(issue, "silent") == ["C"]


def test_what_was_left_out_is_capped_and_counted() -> None:
    groups, rest = reading.left_out(made_up.full())
    assert [(reason, len(articles)) for reason, articles in groups] == [("below the count of stories", 29), ("a list of tips", 1)]
    assert rest == 4


def test_anchors_are_githubs_and_unlike() -> None:
    issue = made_up.full()
    twice = replace(issue, sections=(issue.sections[1], replace(issue.sections[1], stories=()), *issue.sections[4:]))
    assert reading.slugs(issue)[2] == "trade--work"
    assert reading.slugs(twice)[:2] == ["around-the-sound", "around-the-sound-1"]
