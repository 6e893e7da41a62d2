"""What is kept between runs: articles, the ledger of issues, receipts, the health of sources.

SQLite through SQLAlchemy Core, the only package that knows either. Every method is one transaction;
a trial copy in memory serves previews and dry runs, which consume nothing.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, create_engine
from sqlalchemy.pool import StaticPool

from digest.errors import StoreError
from digest.folders import made
from digest.store.articles import Added, Articles
from digest.store.database import advice, engine, reading
from digest.store.handovers import Handovers
from digest.store.kept import Spared
from digest.store.ledger import Entry, Ledger
from digest.store.migrate import bring_up
from digest.store.past import Recall
from digest.store.sources import Health, Sources
from digest.store.tables import SCHEMA

__all__ = ["SCHEMA", "Added", "Entry", "Health", "Store", "opened", "trial"]


class Store(Articles, Ledger, Recall, Handovers, Sources, Spared):
    """The store at one place; made by `opened` or `trial`."""


def opened(place: Path) -> Store:
    """The store in the file `place`, made where it is missing, brought to our schema; raises StoreError."""
    try:
        made(place.parent)
    except OSError as error:
        raise StoreError(
            f"cannot be made: {error.strerror}", where=str(place), fix="mend `paths.store` or the rights of its folder"
        ) from None
    return _checked(Store(engine(URL.create("sqlite", database=str(place))), str(place)))


def trial(place: Path) -> Store:
    """A copy in memory of the store at `place` (empty where there is none): what happens in it is gone after."""
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        if place.exists():
            with reading(place) as source:
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_master")  # takes the lock: backup() alone would wait for it for ever
                source.backup(memory)
    except (OSError, sqlite3.Error) as error:
        memory.close()
        raise StoreError(f"cannot be read: {error}", where=str(place), fix=advice(str(error))) from None
    return _checked(Store(create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool), str(place)))


def _checked(store: Store) -> Store:
    """The store with its tables, brought to our schema."""
    try:
        with store._transaction(writes=True) as connection:
            bring_up(connection, store._place)
    except StoreError:
        store.close()
        raise
    return store
