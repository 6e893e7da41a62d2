"""What spares the next run work and changes none of its results: it may be thrown away at any time."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, insert, select

from digest.store import tables
from digest.store.database import Database


class Spared(Database):
    """Bytes by name. A name says what its bytes are, as their hash does."""

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Keep these in place of all that was kept; what is kept by its name already is not written again."""
        table = tables.kept
        with self._transaction(writes=True) as connection:
            there = set(connection.execute(select(table.c.name)).scalars())
            gone, new = sorted(there - contents.keys()), sorted(contents.keys() - there)
            if gone:
                connection.execute(delete(table).where(table.c.name == bindparam("gone")), [{"gone": name} for name in gone])
            if new:
                connection.execute(insert(table), [{"name": name, "content": contents[name]} for name in new])

    def kept(self) -> dict[str, bytes]:
        """What `keep` kept."""
        with self._transaction() as connection:
            return {row.name: row.content for row in connection.execute(select(tables.kept))}
