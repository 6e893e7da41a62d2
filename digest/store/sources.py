"""How each source fares, and what it left for its next run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from digest.store import tables
from digest.store.articles import moment, time
from digest.store.database import Database


@dataclass(frozen=True, slots=True)
class Health:
    """How a configured source has fared: when it last answered, when it last brought something new."""

    name: str
    last_success: datetime | None
    last_new: datetime | None
    failures: int
    cause: str


class Sources(Database):
    """What is known of the sources beside their articles."""

    def note_health(self, source: str, now: datetime, new: int, cause: str) -> None:
        """Enter how a source fared in this run: `cause` is empty where it answered."""
        table = tables.sources
        with self._transaction(writes=True) as connection:
            row = connection.execute(select(table).where(table.c.name == source)).first()
            values: dict[str, Any] = {
                "failures": (row.failures if row else 0) + 1 if cause else 0,
                "cause": cause,
                "last_success": (row.last_success if row else None) if cause else moment(now),
                "last_new": moment(now) if new else (row.last_new if row else None),
            }
            statement = update(table).where(table.c.name == source) if row else insert(table)
            connection.execute(statement.values(values if row else values | {"name": source}))

    def remember(self, source: str, state: Mapping[str, Any]) -> None:
        """Keep what a source wants to know at its next run, in place of what it knew: anything that JSON can hold."""
        value = json.dumps(dict(state), ensure_ascii=False, sort_keys=True)
        with self._transaction(writes=True) as connection:
            connection.execute(delete(tables.state).where(tables.state.c.name == source))
            connection.execute(insert(tables.state).values(name=source, value=value))

    def restore_state(self, source: str, value: str) -> None:
        """Keep what an older store remembered of a source, where it is still JSON."""
        try:
            found = json.loads(value)
        except ValueError:
            return
        if isinstance(found, dict):
            self.remember(source, found)

    def recall(self, source: str) -> dict[str, Any]:
        """What `remember` kept of a source; empty where it kept nothing."""
        with self._transaction() as connection:
            value = connection.execute(select(tables.state.c.value).where(tables.state.c.name == source)).scalar()
        found: dict[str, Any] = json.loads(value) if value else {}
        return found

    def health(self) -> tuple[Health, ...]:
        """How every source fared, by name."""
        with self._transaction() as connection:
            rows = connection.execute(select(tables.sources).order_by(tables.sources.c.name)).all()
        return tuple(
            Health(
                row.name,
                time(row.last_success) if row.last_success else None,
                time(row.last_new) if row.last_new else None,
                row.failures,
                row.cause,
            )
            for row in rows
        )
