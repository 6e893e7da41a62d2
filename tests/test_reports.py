"""What a command says when it is done."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest import pipeline, reports, store
from digest.model import Article, Failure, Receipt, Removal
from tests.conftest import NOW
from tests.rooms import ISSUE, Room

LOST = Failure("shelf", "/srv/shelf", "cannot be written: full", "make room")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room.made(tmp_path / "room").with_reports()


def test_a_build_tells_its_counts_its_deliveries_and_what_failed(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    room.file("Moor Mail/empty.txt", "")
    issue, _, done = room.build()
    outcome = pipeline.Outcome(done.place, (Receipt(ISSUE, "web", "www", NOW),), (LOST,))
    reports.built(issue, outcome, as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 problem, survived (each is in the issue's coverage footer too):"
    assert lines[1].startswith("  Moor Mail/empty.txt is empty")
    assert lines[2] == f"Issue {ISSUE}: {issue.subject}"
    assert lines[3] == "  4 reports from 2 sources, 3 stories, 1 min to read; 0 reports left out"
    assert lines[4] == "  delivered to web: www"
    assert lines[5] == "  not delivered to shelf: /srv/shelf cannot be written: full — make room"
    assert lines[6] == f"  {done.place}/issue.html  (and .md .txt .eml .json)"
    assert lines[7].startswith("Next: ")
    reports.built(issue, outcome, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["delivered"] == ["web: www"]
    assert [failure["source"] for failure in found["failures"]] == ["Moor Mail", "shelf"]


def test_a_dry_run_says_that_nothing_was_written(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    settings = room.settings()
    with closing(store.trial(Path("nowhere"))) as trial:
        issue, _ = pipeline.build(settings, trial, NOW)
    reports.built(issue, None, as_json=False)
    told = capsys.readouterr().out
    assert "nothing was written, nothing consumed" in told
    assert "issue.html" not in told
    reports.built(issue, None, as_json=True)
    assert json.loads(capsys.readouterr().out)["place"] is None


def test_articles_are_told_with_their_facts_and_what_was_removed(capsys: pytest.CaptureFixture[str]) -> None:
    made = Article(
        "a1",
        "Quay",
        "Inbox",
        "Quay/a.txt",
        "Tide",
        "High water. " * 40,
        NOW,
        published=datetime(2026, 11, 17, tzinfo=UTC),
        authors=("Ann", "Bo"),
        section="Sea",
        language="en",
        removed=(Removal("cookies", "We use\ncookies"),),
    )
    bare = Article("b2", "Moor", "Inbox", "b.txt", "Mead", "", NOW)
    reports.articles([made, bare], [LOST], as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["Tide", "  Quay · article · Sea · 2026-11-17 · en · Ann, Bo · 80 words  [a1]"]
    assert lines[2].endswith("…")
    assert lines[3] == "  − cookies: We use cookies"
    assert lines[5] == "  Moor · article · 0 words  [b2]"
    assert lines[-3:] == ["1 problem, survived:", "  /srv/shelf cannot be written: full — make room", "2 articles"]


def test_articles_as_json_leave_standard_output_to_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    reports.articles([], [LOST], as_json=True)
    told = capsys.readouterr()
    assert json.loads(told.out) == []
    assert told.err == "digest: /srv/shelf cannot be written: full — make room\n"


def test_gathered_tells_failures_first(capsys: pytest.CaptureFixture[str]) -> None:
    found = pipeline.Gathered(1, 2, 1, 0, (LOST,))
    reports.gathered(found, as_json=False)
    assert capsys.readouterr().out.splitlines()[-1] == "1 document: 2 articles, 1 new, 0 changed"
    reports.gathered(replace(found, documents=0, passed=7), as_json=False)
    assert capsys.readouterr().out.splitlines()[-1] == "0 documents: 2 articles, 1 new, 0 changed; 7 files as before, passed over"
    reports.gathered(found, as_json=True)
    assert json.loads(capsys.readouterr().out)["failures"] == [
        {"source": "shelf", "where": "/srv/shelf", "cause": "cannot be written: full", "fix": "make room"}
    ]


def test_status_names_the_source_that_fails_and_how_often(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = Room.made(tmp_path / "room", sources='\n[[sources]]\nname = "Gone"\npath = "gone"\n')
    settings = room.settings()
    with closing(store.trial(Path("nowhere"))) as trial:
        for _ in range(3):
            pipeline.gather(settings, trial, NOW)
        reports.status(settings, trial, NOW, as_json=False)
        told = capsys.readouterr().out
        reports.status(settings, trial, NOW, as_json=True)
    assert told.splitlines()[-1].split() == ["Gone", "3", "there", "is", "no", "such", "folder"]
    (source,) = json.loads(capsys.readouterr().out)["sources"]
    gone = {"name": "Gone", "last_success": None, "last_new": None, "failures": 3, "cause": "there is no such folder", "silent_days": None}
    assert source == gone


def test_status_of_a_newsroom_that_has_never_run(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(store.trial(Path("nowhere"))) as trial:
        reports.status(room.settings(), trial, NOW, as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "No issue yet: `digest build` makes the first.",
        "0 articles waiting for the next issue",
        "2026-W48 closes at Sun 2026-11-29 18:00",
    ]
