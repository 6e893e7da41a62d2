"""What turns the file of an older program into ours: one function a step, all of them in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, insert, select, update

from digest.errors import StoreError
from digest.store import tables
from digest.store.tables import SCHEMA, about, meta


def bring_up(connection: Connection, place: str) -> None:
    """Make the tables that are missing, and bring those of an older schema to ours; raises StoreError for a newer one."""
    about.create(connection, checkfirst=True)
    found = connection.execute(select(about.c.value).where(about.c.key == "schema")).scalar()
    if found is None:
        connection.execute(insert(about).values(key="schema", value=str(SCHEMA)))
    elif found not in {*map(str, STEPS), str(SCHEMA)}:
        cause = f"has schema {found}, this program reads {', '.join(map(str, [*STEPS, SCHEMA]))}"
        raise StoreError(cause, where=place, fix="use the version that wrote it")
    for step in range(int(found or SCHEMA), SCHEMA):
        STEPS[step](connection)
    meta.create_all(connection)
    connection.execute(update(about).where((about.c.key == "schema") & (about.c.value != str(SCHEMA))).values(value=str(SCHEMA)))


def _stages_and_handovers(connection: Connection) -> None:
    """1 → 2: issues get a stage (all there were are put up), and receipts become handovers."""
    for column in (
        "stage VARCHAR NOT NULL DEFAULT 'published'",
        "entered VARCHAR NOT NULL DEFAULT ''",
        "planned INTEGER NOT NULL DEFAULT 0",
        "until VARCHAR",
        "remark TEXT NOT NULL DEFAULT ''",
    ):
        connection.exec_driver_sql(f"ALTER TABLE issues ADD COLUMN {column}")
    connection.exec_driver_sql("UPDATE issues SET entered = closes")
    tables.handovers.create(connection)
    connection.exec_driver_sql(
        "INSERT INTO handovers (issue, delivery, recipient, standing, at, first, tries, due, detail) "
        "SELECT issue, delivery, recipient, 'taken', at, at, 1, NULL, '' FROM receipts"
    )
    connection.exec_driver_sql("UPDATE issues SET stage = 'delivered' WHERE id IN (SELECT issue FROM receipts)")
    connection.exec_driver_sql("DROP TABLE receipts")


STEPS: dict[int, Callable[[Connection], None]] = {1: _stages_and_handovers}
