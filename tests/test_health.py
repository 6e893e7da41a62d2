"""Sources that went silent, and what a source leaves for its next run."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.front import front
from digest.health import silent
from digest.model import QUIET
from digest.pipeline import build, publish
from digest.settings import load
from digest.store import Store, opened, trial
from tests.conftest import NOW


def test_a_source_is_silent_only_where_it_always_brought_something() -> None:
    every, some = [{"A", "B"}, {"A", "B", "C"}], [{"A"}, {"B"}]
    found = silent(["A", "B", "C"], {"B"}, (), every)
    assert [(failure.source, failure.cause.startswith(QUIET), bool(failure.fix)) for failure in found] == [("A", True, True)]
    assert silent(["A"], (), {"A"}, every) == ()
    assert silent(["A"], (), (), some) == ()
    assert silent(["A"], (), (), every[:1]) == ()


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A newsroom with two sources, two issues old, in the third of which one source brings nothing."""
    file = tmp_path / "digest.toml"
    tables = [f'[[sources]]\nname = "{name}"\npath = "{name}"\n' for name in ("A", "B")]
    file.write_text("".join(tables), encoding="utf-8")
    return file


def put(room: Path, name: str, day: int) -> None:
    folder = room.parent / name
    folder.mkdir(exist_ok=True)
    words = f"The harbour of day {day} was told of by {name}, and the weir of number {day} held."
    (folder / f"{day}.txt").write_text(f"Weir {day} of {name}\n\n{words}", encoding="utf-8")


def test_silence_is_said_in_the_issue_and_counted_in_its_coverage(room: Path) -> None:
    settings = load(room)
    store = opened(settings.path(settings.paths.store))
    for week, names in enumerate(("AB", "AB", "B")):
        now = NOW + timedelta(weeks=week)
        for name in names:
            put(room, name, week)
        issue, made_of = build(settings, store, now)
        publish(settings, store, (issue, made_of), now)
    assert [(failure.source, failure.cause.startswith(QUIET)) for failure in issue.failures] == [("A", True)]
    assert {row.source: row.status for row in issue.coverage} == {"A": "silent", "B": "ok"}
    assert store.batch(issue.id) == made_of
    assert front(settings, made_of, (), ()).failures == issue.failures
    store.close()
    run = CliRunner().invoke(main, ["status", "--json", "--config", str(room)])
    rows = {row["name"]: row for row in json.loads(run.output)["sources"]}
    assert rows["A"]["last_new"] < rows["B"]["last_new"]
    assert isinstance(rows["A"]["silent_days"], int)
    told = CliRunner().invoke(main, ["status", "--config", str(room)])
    assert "silent for" in told.output


def test_what_a_source_leaves_is_kept_for_its_next_run(tmp_path: Path) -> None:
    store = opened(tmp_path / "store.sqlite3")
    assert store.recall("A") == {}
    store.remember("A", {"etag": "é", "pages": {"x": 1}})
    store.remember("B", {})
    store.remember("A", {"etag": "2"})
    assert store.recall("A") == {"etag": "2"}
    copy: Store = trial(tmp_path / "store.sqlite3")
    copy.remember("A", {"etag": "3"})
    copy.close()
    assert store.recall("A") == {"etag": "2"}
    store.close()
