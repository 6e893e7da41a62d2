"""The ledger: one row an issue, and the articles that it is made of, frozen with it.

    claimed → (draft →) built → published → delivered, or skipped

An issue is frozen in one transaction before any file of it is written, and its articles are marked as used in
the one that records it as published, after its folder is durable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from digest.model import Batch, Failure, Handover, Stage, Window
from digest.store import tables
from digest.store.articles import add_revisions, article, moment, payload, time
from digest.store.database import Database
from digest.store.handovers import enrol
from digest.store.past import recollected, recollection
from digest.text import sha

_OUT = (Stage.PUBLISHED, Stage.DELIVERED)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger.

    `planned`: closed by the calendar, not by hand; `until`: when a draft goes out by itself, None where it is held;
    `remark`: why it is skipped or held.
    """

    id: str
    number: int
    window: Window
    stage: Stage
    entered: datetime
    planned: bool = False
    until: datetime | None = None
    remark: str = ""


class Ledger(Database):
    """Which windows were claimed, and what became of them."""

    def ledger(self) -> tuple[Entry, ...]:
        """Every window that was ever claimed, oldest first."""
        table = tables.issues
        with self._transaction() as connection:
            rows = connection.execute(select(table).order_by(table.c.closes, table.c.number)).all()
        return tuple(_entry(row) for row in rows)

    def issues(self) -> tuple[Entry, ...]:
        """The issues that were put up, oldest first."""
        return tuple(entry for entry in self.ledger() if entry.stage in _OUT)

    def contents(self, issue: str) -> tuple[str, ...]:
        """The ids of the articles that `issue` took up, shown or left out."""
        table = tables.contents
        with self._transaction() as connection:
            return tuple(connection.execute(select(table.c.article).where(table.c.issue == issue).order_by(table.c.article)).scalars())

    def claim(self, issue: str, window: Window, now: datetime) -> None:
        """Take a window of the calendar, before anything is gathered for it; one that is taken stays as it is."""
        with self._transaction(writes=True) as connection:
            if _row(connection, issue) is None:
                _insert(connection, issue, window, Stage.CLAIMED, now, planned=True)

    def let_go(self, issues: Iterable[str]) -> None:
        """Give back windows that were claimed and that the settings know no more."""
        with self._transaction(writes=True) as connection:
            connection.execute(delete(tables.issues).where(tables.issues.c.id.in_(list(issues)) & (tables.issues.c.stage == Stage.CLAIMED)))

    def skip(self, issue: str, window: Window, now: datetime, why: str) -> None:
        """Close a window without an issue, and say why; its articles wait."""
        with self._transaction(writes=True) as connection:
            connection.execute(delete(tables.contents).where(tables.contents.c.issue == issue))
            if _row(connection, issue) is None:
                _insert(connection, issue, window, Stage.SKIPPED, now)
            _set(connection, issue, stage=Stage.SKIPPED, entered=moment(now), planned=1, until=None, remark=why)

    def freeze(self, batch: Batch, now: datetime, *, planned: bool = False, until: datetime | None = None) -> None:
        """Enter all that an issue is made of, in one transaction, before any file of it is written; a draft where `until` is given."""
        with self._transaction(writes=True) as connection:
            _freeze(connection, batch, Stage.DRAFT if until else Stage.BUILT, now, until)
            _set(connection, batch.issue, planned=int(planned))

    def hold(self, issue: str, until: datetime | None, why: str) -> None:
        """Say when a draft goes out by itself; None: not before somebody says so."""
        with self._transaction(writes=True) as connection:
            _set(connection, issue, until=moment(until) if until else None, remark=why)

    def publish(self, issue: str, now: datetime, handovers: Iterable[Handover] = ()) -> None:
        """Enter that an issue is durably in the outbox, mark its articles as used, and enrol its recipients: one transaction."""
        with self._transaction(writes=True) as connection:
            _publish(connection, issue, now)
            enrol(connection, handovers)

    def record(self, batch: Batch, now: datetime | None = None) -> None:
        """Enter an issue that is in the outbox already, all at once."""
        with self._transaction(writes=True) as connection:
            _freeze(connection, batch, Stage.BUILT, now or batch.window.closes, None)
            _publish(connection, batch.issue, now or batch.window.closes)

    def finish(self, issue: str, now: datetime) -> None:
        """Enter that every recipient's answer to a published issue is final."""
        with self._transaction(writes=True) as connection:
            _set(connection, issue, stage=Stage.DELIVERED, entered=moment(now))

    def next_number(self) -> int:
        """The number of an issue that has none yet; what was claimed or skipped takes none."""
        with self._transaction() as connection:
            return int(connection.execute(select(func.max(tables.issues.c.number))).scalar() or 0) + 1

    def batch(self, issue: str) -> Batch | None:
        """What `issue` was made of, as it was then; None where the ledger does not know it or nothing is frozen yet."""
        contents, revisions, articles = tables.contents, tables.revisions, tables.articles
        with self._transaction() as connection:
            row = _row(connection, issue)
            if row is None or not row.frame:
                return None
            found = connection.execute(
                select(articles.c.first_seen, revisions.c.article, revisions.c.payload)
                .join(contents, (contents.c.article == revisions.c.article) & (contents.c.sha == revisions.c.sha))
                .join(articles, articles.c.id == contents.c.article)
                .where(contents.c.issue == issue)
                .order_by(contents.c.article)
            ).all()
            frame = json.loads(row.frame)
            recalled = recollected(connection, frame)
        return Batch(
            row.id,
            row.number,
            Window(time(row.opens), time(row.closes)),
            tuple(article(item.article, item.first_seen, item.payload) for item in found),
            tuple(Failure(**failure) for failure in frame["failures"]),
            tuple(frame["feeds"]),
            frame["foreword"],
            *recalled,
        )


def _freeze(connection: Connection, batch: Batch, stage: Stage, now: datetime, until: datetime | None) -> None:
    connection.execute(delete(tables.contents).where(tables.contents.c.issue == batch.issue))
    if _row(connection, batch.issue) is None:
        _insert(connection, batch.issue, batch.window, stage, now)
    _set(
        connection,
        batch.issue,
        number=batch.number,
        opens=moment(batch.window.opens),
        closes=moment(batch.window.closes),
        frame=_frame(batch),
        stage=stage,
        entered=moment(now),
        until=moment(until) if until else None,
        remark="",
    )
    wordings = [(one.id, sha(text), text) for one in batch.articles for text in [payload(one)]]
    add_revisions(connection, wordings)
    if wordings:
        rows = [{"issue": batch.issue, "article": one, "sha": stamp} for one, stamp, _ in wordings]
        connection.execute(insert(tables.contents), rows)


def _publish(connection: Connection, issue: str, now: datetime) -> None:
    articles, contents = tables.articles, tables.contents
    connection.execute(update(articles).where(articles.c.issue == issue).values(issue=None))
    taken = select(contents.c.article).where(contents.c.issue == issue)
    connection.execute(update(articles).where(articles.c.id.in_(taken)).values(issue=issue))
    _set(connection, issue, stage=Stage.PUBLISHED, entered=moment(now), until=None)


def _row(connection: Connection, issue: str) -> Row[Any] | None:
    return connection.execute(select(tables.issues).where(tables.issues.c.id == issue)).first()


def _insert(connection: Connection, issue: str, window: Window, stage: Stage, now: datetime, *, planned: bool = False) -> None:
    values = {"opens": moment(window.opens), "closes": moment(window.closes), "stage": stage, "entered": moment(now)}
    connection.execute(insert(tables.issues).values(id=issue, number=0, frame="", planned=int(planned), until=None, remark="", **values))


def _set(connection: Connection, issue: str, **values: Any) -> None:
    connection.execute(update(tables.issues).where(tables.issues.c.id == issue).values(**values))


def _entry(row: Row[Any]) -> Entry:
    window = Window(time(row.opens), time(row.closes))
    until = time(row.until) if row.until else None
    return Entry(row.id, row.number, window, Stage(row.stage), time(row.entered), bool(row.planned), until, row.remark)


def _frame(batch: Batch) -> str:
    """What an issue is made of beside its articles."""
    frame = {"failures": [asdict(failure) for failure in batch.failures], "feeds": batch.feeds, "foreword": batch.foreword}
    frame |= recollection(batch)
    return json.dumps(frame, ensure_ascii=False, sort_keys=True)
