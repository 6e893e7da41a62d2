"""A store that an older program wrote is brought to our schema, whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from digest.errors import StoreError
from digest.model import Failure, Receipt, Stage
from digest.store import SCHEMA, migrate, opened, trial
from tests.conftest import NOW
from tests.made import WEIR, article, batch

DUMP = Path(__file__).with_name("schema-1.sql")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    place = tmp_path / "digest.sqlite3"
    with closing(sqlite3.connect(place)) as connection:
        connection.executescript(DUMP.read_text(encoding="utf-8"))
    return place


def test_everything_that_the_first_schema_held_is_there(old: Path) -> None:
    with closing(opened(old)) as store:
        first = batch(article("a1"), failures=(Failure("x", "y", "z"),), foreword="Hello")
        assert store.batch("2026-W47") == first
        assert store.batch("2026-W48") == batch(article("a2", WEIR), issue="2026-W48", number=2, closes=NOW + timedelta(days=7))
        assert [(entry.id, entry.number, entry.stage) for entry in store.ledger()] == [
            ("2026-W47", 1, Stage.DELIVERED),
            ("2026-W48", 2, Stage.PUBLISHED),
        ]
        assert store.receipts("2026-W47") == (Receipt("2026-W47", "web", "www", NOW),)
        assert store.receipts("2026-W48") == ()
        assert store.waiting() == 1
        assert store.recall("feed") == {"etag": "x"}
        assert [row.name for row in store.health()] == ["inbox"]


def test_what_was_brought_up_is_opened_again_and_written_to(old: Path) -> None:
    with closing(opened(old)) as store:
        store.freeze(batch(article("a3", WEIR, title="Waits"), issue="2026-W49", number=3, closes=NOW + timedelta(days=14)), NOW)
        store.publish("2026-W49", NOW)
    with closing(opened(old)) as store:
        assert store.waiting() == 0
        assert [entry.id for entry in store.issues()] == ["2026-W47", "2026-W48", "2026-W49"]
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT value FROM about WHERE key = 'schema'").fetchone() == (str(SCHEMA),)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_look_at_it_leaves_the_file_as_it_was(old: Path) -> None:
    before = old.read_bytes()
    with closing(trial(old)) as store:
        assert len(store.issues()) == 2
    assert old.read_bytes() == before


def test_a_step_that_fails_leaves_the_old_schema(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(connection: Connection) -> None:
        migrate._stages_and_handovers(connection)
        raise StoreError("broken off", where="here", fix="again")

    with monkeypatch.context() as patch:
        patch.setitem(migrate.STEPS, 1, half)
        with pytest.raises(StoreError, match="broken off"):
            opened(old)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT value FROM about WHERE key = 'schema'").fetchone() == ("1",)
        assert connection.execute("SELECT count(*) FROM receipts").fetchone() == (1,)
    with closing(opened(old)) as store:
        assert store.receipts("2026-W47")


def test_a_new_store_has_the_tables_of_a_migrated_one(old: Path, tmp_path: Path) -> None:
    opened(old).close()
    opened(tmp_path / "new.sqlite3").close()

    def columns(place: Path) -> dict[str, set[tuple[str, str, int]]]:
        with closing(sqlite3.connect(place)) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: {(row[1], row[2], row[3]) for row in connection.execute(f"PRAGMA table_info({name})")} for name in tables}

    assert columns(old) == columns(tmp_path / "new.sqlite3")
