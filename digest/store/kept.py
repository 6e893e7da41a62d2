"""What spares the next run work and changes none of its results: it may be thrown away at any time."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from digest.store import tables
from digest.store.database import Database


class Spared(Database):
    """Bytes by name."""

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` in place of what was kept by this name."""
        with self._transaction(writes=True) as connection:
            connection.execute(delete(tables.kept).where(tables.kept.c.name == name))
            if content:
                connection.execute(insert(tables.kept).values(name=name, content=content))

    def kept(self, name: str) -> bytes:
        """What `keep` kept; empty where it kept nothing."""
        with self._transaction() as connection:
            return connection.execute(select(tables.kept.c.content).where(tables.kept.c.name == name)).scalar() or b""
