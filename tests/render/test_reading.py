"""Counts, times and anchors."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from digest.model import Coverage, Kind, Section
from digest.render import reading
from digest.words import Words, words_of

from . import made_up

ENGLISH = words_of(made_up.settings(Path()))


def test_minutes_are_at_least_one() -> None:
    short = made_up.article(1, "A", "T", "Two words.")
    assert reading.minutes(short) == 1
    assert reading.minutes(replace(short, text="word " * 690)) == 3


def test_kinds_are_named_unless_plain() -> None:
    plain = made_up.article(1, "A", "T", "x")
    assert reading.kind(plain, ENGLISH) == ""
    assert reading.kind(replace(plain, kind=Kind.INTERVIEW), ENGLISH) == "Interview"


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
    assert reading.slugs(issue, ENGLISH)[2] == "trade--work"
    assert reading.slugs(twice, ENGLISH)[:2] == ["around-the-sound", "around-the-sound-1"]


def test_two_stories_of_one_title_are_told_apart() -> None:
    issue = made_up.full()
    first, second = issue.sections[1].stories[:2]
    doubled = replace(issue, sections=(replace(issue.sections[1], stories=(first, replace(second, title=first.title.upper()))),))
    assert reading.headlines(doubled)[second.id] == f"{first.title.upper()} (Blatt am Sund)"
    assert reading.headlines(issue)[second.id] == second.title
    endless = replace(issue, sections=(replace(issue.sections[1], stories=(replace(first, title="x" * 900),)),))
    assert len(reading.headlines(endless)[first.id]) == 300


def test_the_sections_of_every_issue_speak_its_language() -> None:
    brief, own = Section("brief", "In brief", "brief", ()), Section("brief", "Shorts", "brief", ())
    assert [reading.title_of(one, Words("de", {"brief": "In Kürze"})) for one in (brief, own)] == ["In Kürze", "Shorts"]


def test_most_told_are_the_stories_of_most_outlets() -> None:
    assert [len(story.outlets) for story in reading.most_told(made_up.full())] == [6, 2, 2, 2, 2]
    assert reading.most_told(made_up.empty()) == []
