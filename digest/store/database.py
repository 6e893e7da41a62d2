"""The file beneath the store: how it is opened, what a transaction is, and what to do when it fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from digest.errors import StoreError

PATIENCE = 10.0  # seconds to wait for another run to let go of the file
SYNCHRONOUS = "EXTRA"  # the folder is synced too, once the journal is gone


class Database:
    """A store's engine, and where it stands in words."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine, self._place = engine, place

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, *, writes: bool = False) -> Iterator[Connection]:
        """One transaction; one that writes takes the lock before it reads, so that two runs never decide on one state."""
        try:
            with self._engine.begin() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
                yield connection
        except DatabaseError as error:
            raise StoreError(f"the store failed: {error.orig}", where=self._place, fix=advice(str(error.orig))) from error


def engine(url: URL) -> Engine:
    """An engine whose every connection keeps its promises: foreign keys, and nothing said to be written that is not."""
    made = create_engine(url)

    @event.listens_for(made, "connect")
    def _set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")

    return made


@contextmanager
def reading(place: Path) -> Iterator[sqlite3.Connection]:
    """The file itself, for reading alone; raises sqlite3.Error.

    Opened for writing all the same: what a run that died in a commit left half-done is rolled back by whoever opens the
    file next, and nobody who may not write can do that.
    """
    with closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)) as connection:
        connection.execute("PRAGMA query_only = ON")
        yield connection


def advice(cause: str) -> str:
    """What a person can do about what SQLite says."""
    if "locked" in cause:
        return "another digest is at work on it: wait until it is done"
    if "readonly" in cause or "unable to open" in cause:
        return "give the user who runs digest the right to write there, or mend `paths.store`"
    if "full" in cause:
        return "make room on the disk and run the command again; nothing was half-written"
    return "if the file is damaged, `digest store check` says so and `digest store rebuild` makes it anew from the outbox and the sources"
