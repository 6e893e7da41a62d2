"""What is kept between runs: articles, the ledger of issues, receipts, the health of sources.

SQLite through SQLAlchemy Core, the only module that knows either. Every method is one transaction;
a trial copy in memory serves previews and dry runs, which consume nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from digest.errors import StoreError
from digest.model import Article, Batch, Failure, Kind, Receipt, Removal, Window
from digest.text import sha

SCHEMA = 1
_PORTION = 500  # ids in one question
_PATIENCE = 10.0  # seconds to wait for another run to let go of the file

_meta = MetaData()
_about = Table("about", _meta, Column("key", String, primary_key=True), Column("value", String, nullable=False))
_articles = Table(
    "articles",
    _meta,
    Column("id", String, primary_key=True),
    Column("sha", String, nullable=False),
    Column("first_seen", String, nullable=False, index=True),
    Column("issue", String, ForeignKey("issues.id"), index=True),
)
_revisions = Table(
    "revisions",
    _meta,
    Column("article", String, ForeignKey("articles.id"), primary_key=True),
    Column("sha", String, primary_key=True),
    Column("payload", Text, nullable=False),
)
_issues = Table(
    "issues",
    _meta,
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("opens", String, nullable=False),
    Column("closes", String, nullable=False),
    Column("frame", Text, nullable=False),
)
_contents = Table(
    "contents",
    _meta,
    Column("issue", String, ForeignKey("issues.id"), primary_key=True),
    Column("article", String, primary_key=True),
    Column("sha", String, nullable=False),
)
_receipts = Table(
    "receipts",
    _meta,
    Column("issue", String, ForeignKey("issues.id"), primary_key=True),
    Column("delivery", String, primary_key=True),
    Column("recipient", String, primary_key=True),
    Column("at", String, nullable=False),
)
_sources = Table(
    "sources",
    _meta,
    Column("name", String, primary_key=True),
    Column("last_success", String),
    Column("last_new", String),
    Column("failures", Integer, nullable=False),
    Column("cause", Text, nullable=False),
)
_state = Table("state", _meta, Column("name", String, primary_key=True), Column("value", Text, nullable=False))


@dataclass(frozen=True, slots=True)
class Published:
    """A row of the ledger: an issue that was put up."""

    id: str
    number: int
    window: Window


@dataclass(frozen=True, slots=True)
class Health:
    """How a configured source has fared: when it last answered, when it last brought something new."""

    name: str
    last_success: datetime | None
    last_new: datetime | None
    failures: int
    cause: str


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: articles never seen before, and known ones whose text or title changed."""

    new: int
    changed: int


class Store:
    """The store at one place; made by `opened` or `trial`."""

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
            raise StoreError(f"the store failed: {error.orig}", where=self._place, fix=_advice(str(error.orig))) from error

    def add(self, articles: Iterable[Article]) -> Added:
        """Take in articles by id: a new one is inserted once, a known one gets a new revision if it changed."""
        new = changed = 0
        with self._transaction(writes=True) as connection:
            known = {row.id: row.sha for row in connection.execute(select(_articles.c.id, _articles.c.sha))}
            for article in articles:
                payload = _payload(article)
                stamp = sha(payload)
                if article.id not in known:
                    connection.execute(insert(_articles).values(id=article.id, sha=stamp, first_seen=_moment(article.first_seen)))
                    new += 1
                elif known[article.id] != stamp:
                    connection.execute(update(_articles).where(_articles.c.id == article.id).values(sha=stamp))
                    changed += 1
                else:
                    continue
                known[article.id] = stamp
                _add_revision(connection, article.id, stamp, payload)
        return Added(new, changed)

    def known(self, ids: Iterable[str]) -> dict[str, Article]:
        """Those of these articles that are kept, as they stand now."""
        asked = list(ids)
        found: dict[str, Article] = {}
        with self._transaction() as connection:
            for at in range(0, len(asked), _PORTION):
                rows = connection.execute(
                    select(_articles.c.first_seen, _revisions.c.article, _revisions.c.payload)
                    .join(_revisions, (_revisions.c.article == _articles.c.id) & (_revisions.c.sha == _articles.c.sha))
                    .where(_articles.c.id.in_(asked[at : at + _PORTION]))
                )
                found |= {row.article: _article(row.article, row.first_seen, row.payload) for row in rows}
        return found

    def candidates(self, issue: str, closes: datetime) -> tuple[Article, ...]:
        """Articles for `issue`: seen by its close and in no other issue; in the order of their ids."""
        with self._transaction() as connection:
            rows = connection.execute(
                select(_articles.c.first_seen, _revisions.c.article, _revisions.c.payload)
                .join(_revisions, (_revisions.c.article == _articles.c.id) & (_revisions.c.sha == _articles.c.sha))
                .where((_articles.c.issue.is_(None)) | (_articles.c.issue == issue))
                .where(_articles.c.first_seen <= _moment(closes))
                .order_by(_articles.c.id)
            ).all()
        return tuple(_article(row.article, row.first_seen, row.payload) for row in rows)

    def waiting(self) -> int:
        """How many articles are in no issue yet."""
        with self._transaction() as connection:
            return connection.execute(select(func.count()).select_from(_articles).where(_articles.c.issue.is_(None))).scalar_one()

    def issues(self) -> tuple[Published, ...]:
        """The ledger, oldest first."""
        with self._transaction() as connection:
            rows = connection.execute(select(_issues).order_by(_issues.c.closes, _issues.c.number)).all()
        return tuple(Published(row.id, row.number, Window(_time(row.opens), _time(row.closes))) for row in rows)

    def contents(self, issue: str) -> tuple[str, ...]:
        """The ids of the articles that `issue` took up, shown or left out."""
        with self._transaction() as connection:
            return tuple(
                connection.execute(select(_contents.c.article).where(_contents.c.issue == issue).order_by(_contents.c.article)).scalars()
            )

    def record(self, batch: Batch) -> None:
        """Enter an issue that is durably in the outbox, and mark its articles as used: one transaction."""
        with self._transaction(writes=True) as connection:
            connection.execute(update(_articles).where(_articles.c.issue == batch.issue).values(issue=None))
            connection.execute(delete(_contents).where(_contents.c.issue == batch.issue))
            values = {
                "number": batch.number,
                "opens": _moment(batch.window.opens),
                "closes": _moment(batch.window.closes),
                "frame": _frame(batch),
            }
            known = connection.execute(select(_issues.c.id).where(_issues.c.id == batch.issue)).first()
            if known:
                connection.execute(update(_issues).where(_issues.c.id == batch.issue).values(**values))
            else:
                connection.execute(insert(_issues).values(id=batch.issue, **values))
            for article in batch.articles:
                payload = _payload(article)
                _add_revision(connection, article.id, sha(payload), payload)
                connection.execute(insert(_contents).values(issue=batch.issue, article=article.id, sha=sha(payload)))
                connection.execute(update(_articles).where(_articles.c.id == article.id).values(issue=batch.issue))

    def batch(self, issue: str) -> Batch | None:
        """What `issue` was made of, as it was then; None where the ledger does not know it."""
        with self._transaction() as connection:
            row = connection.execute(select(_issues).where(_issues.c.id == issue)).first()
            if row is None:
                return None
            found = connection.execute(
                select(_articles.c.first_seen, _revisions.c.article, _revisions.c.payload)
                .join(_contents, (_contents.c.article == _revisions.c.article) & (_contents.c.sha == _revisions.c.sha))
                .join(_articles, _articles.c.id == _contents.c.article)
                .where(_contents.c.issue == issue)
                .order_by(_contents.c.article)
            ).all()
        frame = json.loads(row.frame)
        return Batch(
            row.id,
            row.number,
            Window(_time(row.opens), _time(row.closes)),
            tuple(_article(item.article, item.first_seen, item.payload) for item in found),
            tuple(Failure(**failure) for failure in frame["failures"]),
            tuple(frame["feeds"]),
            frame["foreword"],
        )

    def sign(self, receipt: Receipt) -> None:
        """Keep the proof that an issue reached a recipient; a second one for the same changes nothing."""
        key = {"issue": receipt.issue, "delivery": receipt.delivery, "recipient": receipt.recipient}
        with self._transaction(writes=True) as connection:
            if not connection.execute(select(_receipts).filter_by(**key)).first():
                connection.execute(insert(_receipts).values(**key, at=_moment(receipt.at)))

    def receipts(self, issue: str) -> tuple[Receipt, ...]:
        """Every proof of delivery of `issue`."""
        with self._transaction() as connection:
            rows = connection.execute(
                select(_receipts).where(_receipts.c.issue == issue).order_by(_receipts.c.delivery, _receipts.c.recipient)
            ).all()
        return tuple(Receipt(row.issue, row.delivery, row.recipient, _time(row.at)) for row in rows)

    def note_health(self, source: str, now: datetime, new: int, cause: str) -> None:
        """Enter how a source fared in this run: `cause` is empty where it answered."""
        with self._transaction(writes=True) as connection:
            row = connection.execute(select(_sources).where(_sources.c.name == source)).first()
            moment = _moment(now)
            values: dict[str, Any] = {
                "failures": (row.failures if row else 0) + 1 if cause else 0,
                "cause": cause,
                "last_success": (row.last_success if row else None) if cause else moment,
                "last_new": moment if new else (row.last_new if row else None),
            }
            statement = update(_sources).where(_sources.c.name == source) if row else insert(_sources)
            connection.execute(statement.values(values if row else values | {"name": source}))

    def remember(self, source: str, state: Mapping[str, Any]) -> None:
        """Keep what a source wants to know at its next run, in place of what it knew: anything that JSON can hold."""
        value = json.dumps(dict(state), ensure_ascii=False, sort_keys=True)
        with self._transaction() as connection:
            connection.execute(delete(_state).where(_state.c.name == source))
            connection.execute(insert(_state).values(name=source, value=value))

    def recall(self, source: str) -> dict[str, Any]:
        """What `remember` kept of a source; empty where it kept nothing."""
        with self._transaction() as connection:
            value = connection.execute(select(_state.c.value).where(_state.c.name == source)).scalar()
        found: dict[str, Any] = json.loads(value) if value else {}
        return found

    def health(self) -> tuple[Health, ...]:
        """How every source fared, by name."""
        with self._transaction() as connection:
            rows = connection.execute(select(_sources).order_by(_sources.c.name)).all()
        return tuple(
            Health(
                row.name,
                _time(row.last_success) if row.last_success else None,
                _time(row.last_new) if row.last_new else None,
                row.failures,
                row.cause,
            )
            for row in rows
        )


def opened(place: Path) -> Store:
    """The store in the file `place`, made where it is missing; raises StoreError."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot be made: {error.strerror}", where=str(place), fix="mend `paths.store` or the rights of its folder"
        ) from None
    return _checked(Store(_engine(URL.create("sqlite", database=str(place))), str(place)))


def trial(place: Path) -> Store:
    """A copy in memory of the store at `place` (empty where there is none): what happens in it is gone after."""
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        if place.exists():
            with closing(sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE)) as source:
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_master")  # takes the lock: backup() alone would wait for it for ever
                source.backup(memory)
    except (OSError, sqlite3.Error) as error:
        memory.close()
        raise StoreError(f"cannot be read: {error}", where=str(place), fix=_advice(str(error))) from None
    engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool)
    return _checked(Store(engine, str(place)))


def _engine(url: URL) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000:.0f}")
        connection.execute("PRAGMA synchronous = FULL")

    return engine


def _checked(store: Store) -> Store:
    """The store with its tables, if its schema is ours."""
    try:
        with store._transaction(writes=True) as connection:
            _meta.create_all(connection)
            found = connection.execute(select(_about.c.value).where(_about.c.key == "schema")).scalar()
            if found is None:
                connection.execute(insert(_about).values(key="schema", value=str(SCHEMA)))
            elif found != str(SCHEMA):
                raise StoreError(
                    f"has schema {found}, this program reads {SCHEMA}",
                    where=store._place,
                    fix="use the version that wrote it",
                )
    except StoreError:
        store.close()
        raise
    return store


def _advice(cause: str) -> str:
    if "locked" in cause:
        return "another digest is at work on it: wait until it is done"
    if "readonly" in cause or "unable to open" in cause:
        return "give the user who runs digest the right to write there, or mend `paths.store`"
    if "full" in cause:
        return "make room on the disk and run the command again; nothing was half-written"
    return "if the file is damaged, put it aside and build again: sources and outbox are untouched"


def _add_revision(connection: Connection, article: str, stamp: str, payload: str) -> None:
    known = connection.execute(select(_revisions.c.sha).where((_revisions.c.article == article) & (_revisions.c.sha == stamp))).first()
    if not known:
        connection.execute(insert(_revisions).values(article=article, sha=stamp, payload=payload))


def _moment(moment: datetime) -> str:
    """In UTC with microseconds, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _payload(article: Article) -> str:
    """All of an article but when it was first seen, as canonical JSON: equal text, equal stamp."""
    values = asdict(article)
    del values["first_seen"]
    values["published"] = article.published.isoformat() if article.published else None
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _article(identity: str, first_seen: str, payload: str) -> Article:
    values: Mapping[str, Any] = json.loads(payload)
    return Article(
        **{
            **values,
            "id": identity,
            "first_seen": _time(first_seen),
            "published": _time(values["published"]) if values["published"] else None,
            "authors": tuple(values["authors"]),
            "tags": tuple(values["tags"]),
            "kind": Kind(values["kind"]),
            "removed": tuple(Removal(**removal) for removal in values["removed"]),
        }
    )


def _frame(batch: Batch) -> str:
    """What an issue is made of beside its articles."""
    frame = {"failures": [asdict(failure) for failure in batch.failures], "feeds": batch.feeds, "foreword": batch.foreword}
    return json.dumps(frame, ensure_ascii=False, sort_keys=True)
