"""Looks whether the file of the store is whole, and saves from a broken one what can still be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from digest.store.database import reading

_MOST = 20  # faults told one by one


def faults(place: Path) -> tuple[str, ...]:
    """What SQLite finds wrong in the file, in its words; nothing where it is whole or there is none yet."""
    if not place.exists():
        return ()
    try:
        with reading(place) as connection:
            found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_MOST})") if row[0] != "ok"]
            lost = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    except sqlite3.Error as error:
        return (str(error),)
    return (*found, *(f"a row of {table} belongs to no row of {parent}" for table, _, parent, _ in lost))


def saved(place: Path, query: str) -> Iterator[tuple[object, ...]]:
    """The rows that can still be read, up to the first that cannot."""
    try:
        with reading(place) as connection:
            yield from connection.execute(query)
    except sqlite3.Error:
        return
