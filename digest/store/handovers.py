"""Where the handing over of each issue to each recipient stands: entered before it is tried, and when it was answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from digest.model import Handover, Receipt, Standing
from digest.store import tables
from digest.store.articles import moment, time
from digest.store.database import Database


class Handovers(Database):
    """One row for each issue, delivery and recipient."""

    def enrol(self, handovers: Iterable[Handover]) -> None:
        """Enter recipients that an issue is meant for; one that is entered already stays as it is."""
        with self._transaction(writes=True) as connection:
            enrol(connection, handovers)

    def settle(self, handover: Handover) -> None:
        """Enter where a handover stands now."""
        with self._transaction(writes=True) as connection:
            connection.execute(update(tables.handovers).filter_by(**_key(handover)).values(**_values(handover)))

    def handovers(self, issue: str | None = None) -> tuple[Handover, ...]:
        """Every handover, or those of one issue, by issue, delivery and recipient."""
        table = tables.handovers
        query = select(table).order_by(table.c.issue, table.c.delivery, table.c.recipient)
        with self._transaction() as connection:
            rows = connection.execute(query if issue is None else query.where(table.c.issue == issue)).all()
        return tuple(_handover(row) for row in rows)

    def receipts(self, issue: str) -> tuple[Receipt, ...]:
        """Every proof of delivery of `issue`."""
        taken = (one for one in self.handovers(issue) if one.standing is Standing.TAKEN)
        return tuple(Receipt(one.issue, one.delivery, one.recipient, one.at) for one in taken)


def enrol(connection: Connection, handovers: Iterable[Handover]) -> None:
    """Enter those that are not there."""
    for one in handovers:
        if not connection.execute(select(tables.handovers).filter_by(**_key(one))).first():
            connection.execute(insert(tables.handovers).values(**_key(one), **_values(one)))


def _key(one: Handover) -> dict[str, str]:
    return {"issue": one.issue, "delivery": one.delivery, "recipient": one.recipient}


def _values(one: Handover) -> dict[str, Any]:
    return {
        "standing": one.standing,
        "at": moment(one.at),
        "first": moment(one.first) if one.first else None,
        "tries": one.tries,
        "due": moment(one.due) if one.due else None,
        "detail": one.detail,
    }


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        row.issue,
        row.delivery,
        row.recipient,
        Standing(row.standing),
        time(row.at),
        time(row.first) if row.first else None,
        row.tries,
        time(row.due) if row.due else None,
        row.detail,
    )
