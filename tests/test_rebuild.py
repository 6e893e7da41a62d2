"""A store that is lost, broken or old is made anew from the outbox, and nothing is shown or sent twice."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from digest import rebuild, store
from tests.conftest import NOW
from tests.made import WEIR
from tests.rooms import ISSUE, Room

WEEK = timedelta(days=7)
SHELF = '\n[[deliver]]\nname = "shelf"\npath = "shelf"\n'


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """Two issues out, one article waiting."""
    room = Room.made(tmp_path_factory.mktemp("seed") / "room", SHELF).with_reports()
    room.build()
    room.report("Moor Mail", "weir", "Old weir closed", WEIR, published="2026-11-25T09:00:00+01:00")
    room.build(NOW + WEEK)
    room.report("Moor Mail", "waits", "It waits", WEIR.replace("weir", "dam"), published="2026-11-30T09:00:00+01:00")
    room.run("gather", "--as-of", (NOW + WEEK + WEEK / 7).isoformat())
    return room


@pytest.fixture
def room(seed: Room, tmp_path: Path) -> Room:
    """The same newsroom, for one test alone."""
    return Room(shutil.copytree(seed.root, tmp_path / "room"))


def place(room: Room) -> Path:
    return room.root / "var/digest.sqlite3"


def status(room: Room) -> dict[str, object]:
    found: dict[str, object] = json.loads(room.run("status", "--json").stdout)
    return {name: found[name] for name in ("issues", "waiting", "windows")}


def test_a_whole_store_checks_well(room: Room) -> None:
    told = room.run("store", "check")
    assert told.exit_code == 0
    assert "whole" in told.stdout


def test_what_differs_is_named(room: Room) -> None:
    (room.outbox / ISSUE / "issue.md").write_text("changed")
    (room.outbox / "2026-W48").rename(room.outbox / "2026-W40")
    told = room.run("store", "check")
    assert told.exit_code == 1
    assert "2026-W40: is in the outbox, but not in the ledger" in told.stdout
    assert "2026-W48: is in the ledger, but not in the outbox" in told.stdout
    assert f"{ISSUE}: {room.outbox / ISSUE / 'issue.md'}: is not what went up" in told.stdout


def test_a_whole_store_made_anew_says_the_same(room: Room) -> None:
    before = status(room)
    told = room.run("store", "rebuild")
    assert told.exit_code == 0, told.output
    assert "2 issues with 5 articles taken in from the outbox; 1 waiting article saved" in told.stdout
    after = status(room)
    assert after["waiting"] == before["waiting"] == 1
    rows, rows_before = after["issues"], before["issues"]
    assert isinstance(rows, list)
    assert isinstance(rows_before, list)
    assert [row | {"stage": ""} for row in rows] == [row | {"stage": ""} for row in rows_before]
    assert room.run("store", "check").exit_code == 0
    for issue in (ISSUE, "2026-W48"):
        assert room.run("verify", issue).exit_code == 0
    assert (room.root / "var/digest.sqlite3.old-1").exists()


@pytest.mark.parametrize("damage", ["gone", "nonsense", "torn"])
def test_a_lost_store_is_made_anew_and_nothing_is_sent_again(room: Room, damage: str) -> None:
    content = place(room).read_bytes()
    if damage == "gone":
        place(room).unlink()
    else:
        place(room).write_bytes(b"nonsense" * 4000 if damage == "nonsense" else content[:5000] + b"\xff" * (len(content) - 5000))
    for path in (room.root / "shelf" / ISSUE).iterdir():
        path.unlink()
    if damage != "gone":
        assert room.run("store", "check").exit_code == 1
        assert room.built().exit_code == 1
    told = room.run("store", "rebuild")
    assert told.exit_code == 0, told.output
    assert "2 handovers unknown: nothing is sent again by itself" in told.stdout
    room.run("gather", "--as-of", (NOW + 2 * WEEK).isoformat())
    with closing(store.opened(place(room))) as opened:
        assert [entry.id for entry in opened.issues()] == [ISSUE, "2026-W48"]
        assert opened.waiting() == 1
    third, _, _ = room.build(NOW + 2 * WEEK)
    assert [article.title for article in third.articles.values()] == ["It waits"]
    assert room.run("verify", ISSUE).exit_code == 0


def test_what_waits_in_a_draft_is_not_lost_when_the_store_is_made_anew(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", '\n[schedule]\nleast = 0\nreview = "3h"\n').with_reports()
    assert room.run("schedule", "--once", "--as-of", NOW.isoformat()).exit_code == 0
    assert "4 waiting articles saved" in room.run("store", "rebuild").stdout
    assert room.run("schedule", "--once", "--as-of", (NOW + timedelta(minutes=5)).isoformat()).exit_code == 0
    assert room.run("release", ISSUE, "--as-of", (NOW + timedelta(hours=1)).isoformat()).exit_code == 0
    assert len(room.record()["articles"]) == 4


def test_a_run_that_died_in_a_commit_leaves_a_store_that_every_command_reads(room: Room) -> None:
    """Its journal is played back by whoever comes first, be it one that only looks."""
    (room.root / "old").mkdir()
    with closing(sqlite3.connect(place(room), isolation_level=None)) as dying:
        dying.execute("PRAGMA cache_size = 1")  # pages go to the file before the commit
        dying.execute("PRAGMA cache_spill = 1")
        dying.execute("BEGIN IMMEDIATE")
        dying.execute("UPDATE articles SET issue = NULL")
        dying.execute("UPDATE revisions SET payload = hex(randomblob(20000))")
        for path in (place(room), place(room).with_name("digest.sqlite3-journal")):
            (room.root / "old" / path.name).write_bytes(path.read_bytes())
        dying.execute("ROLLBACK")
    whole, later = status(room), (NOW + 2 * WEEK).isoformat()
    looks = (["status", "--json"], ["store", "check"], ["verify", ISSUE], ["build", "--dry-run", "--as-of", later])
    for look in (*looks, ["store", "rebuild"]):
        for path in (room.root / "old").iterdir():
            (place(room).parent / path.name).write_bytes(path.read_bytes())
        told = room.run(*look)
        assert told.exit_code == 0, (look, told.output)
        if look in looks:
            assert status(room) == whole
    assert "1 waiting article saved" in told.stdout


def test_a_store_that_is_made_anew_is_there_at_every_instant(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between the two steps, the old file still stands in its place."""

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    before = place(room).read_bytes()
    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        rebuild.rebuild(room.settings(), NOW + 2 * WEEK)
    assert place(room).read_bytes() == before
    monkeypatch.undo()
    assert room.run("store", "rebuild").exit_code == 0
    assert room.run("store", "check").exit_code == 0


def test_an_old_copy_of_the_store_does_not_spoil_what_is_out(room: Room) -> None:
    """listmonk#1801: an old backup sent an old campaign again."""
    with closing(sqlite3.connect(place(room))) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE articles SET issue = NULL WHERE issue = '2026-W48'")
        for table in ("contents", "handovers"):
            connection.execute(f"DELETE FROM {table} WHERE issue = '2026-W48'")  # noqa: S608 - our own words
        connection.execute("DELETE FROM articles WHERE id IN (SELECT id FROM articles WHERE issue IS NULL)")
        connection.execute("DELETE FROM issues WHERE id = '2026-W48'")
        connection.execute("DELETE FROM state")  # an old copy does not know which files were read since
    for path in (room.root / "inbox").rglob("weir.json"):
        path.unlink()
    good = (room.outbox / "2026-W48" / "issue.html").read_bytes()
    told = room.built(as_of=(NOW + WEEK).isoformat())
    assert told.exit_code == 1
    assert "lacks 1 article of the one that stands there" in told.stderr
    assert "digest store rebuild" in told.stderr
    assert (room.outbox / "2026-W48" / "issue.html").read_bytes() == good


def test_a_record_that_is_not_whole_is_told(room: Room) -> None:
    (room.outbox / ISSUE / "issue.json").write_text('{"id": "2026-W47"}')
    told = room.run("store", "rebuild")
    assert told.exit_code == 1
    assert f"{ISSUE}: its record is not whole" in told.stdout
    assert "1 issue with" in told.stdout
