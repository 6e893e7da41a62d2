"""The articles of the store: each taken in once by its id, with every revision that an issue may have used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from digest import jsonline
from digest.model import Article, Kind, Removal, Stage
from digest.store import tables
from digest.store.database import Database
from digest.text import sha

_PORTION = 500  # ids in one question
_KEPT = tuple(field.name for field in fields(Article) if field.name != "first_seen")


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: articles never seen before, and known ones whose text or title changed."""

    new: int
    changed: int


class Articles(Database):
    """What was gathered and cleaned."""

    def add(self, articles: Iterable[Article]) -> Added:
        """Take in articles by id: a new one is inserted once, a known one gets a new revision if it changed."""
        new = changed = 0
        table = tables.articles
        with self._transaction(writes=True) as connection:
            known = {row.id: row.sha for row in connection.execute(select(table.c.id, table.c.sha))}
            for article in articles:
                text = payload(article)
                stamp = sha(text)
                if article.id not in known:
                    connection.execute(insert(table).values(id=article.id, sha=stamp, first_seen=moment(article.first_seen)))
                    new += 1
                elif known[article.id] != stamp:
                    connection.execute(update(table).where(table.c.id == article.id).values(sha=stamp))
                    changed += 1
                else:
                    continue
                known[article.id] = stamp
                add_revision(connection, article.id, stamp, text)
        return Added(new, changed)

    def known(self, ids: Iterable[str]) -> dict[str, Article]:
        """Those of these articles that are kept, as they stand now."""
        table, revisions = tables.articles, tables.revisions
        asked = list(ids)
        found: dict[str, Article] = {}
        with self._transaction() as connection:
            for at in range(0, len(asked), _PORTION):
                rows = connection.execute(
                    select(table.c.first_seen, revisions.c.article, revisions.c.payload)
                    .join(revisions, (revisions.c.article == table.c.id) & (revisions.c.sha == table.c.sha))
                    .where(table.c.id.in_(asked[at : at + _PORTION]))
                )
                found |= {row.article: article(row.article, row.first_seen, row.payload) for row in rows}
        return found

    def candidates(self, issue: str, seen_by: datetime) -> tuple[Article, ...]:
        """Articles that `issue` may take up: seen by then, in no other issue and frozen for none; in the order of their ids."""
        table = tables.articles
        frozen = (
            select(tables.contents.c.article)
            .join(tables.issues, tables.issues.c.id == tables.contents.c.issue)
            .where(tables.issues.c.stage.in_([Stage.DRAFT, Stage.BUILT]) & (tables.issues.c.id != issue))
        )
        free = (table.c.issue.is_(None)) | (table.c.issue == issue)
        return self._as_they_stand(free & (table.c.first_seen <= moment(seen_by)) & table.c.id.not_in(frozen))

    def unpublished(self) -> tuple[Article, ...]:
        """Every article that no issue showed yet, also those that are frozen for one; in the order of their ids."""
        return self._as_they_stand(tables.articles.c.issue.is_(None))

    def _as_they_stand(self, chosen: ColumnElement[bool]) -> tuple[Article, ...]:
        table, revisions = tables.articles, tables.revisions
        with self._transaction() as connection:
            rows = connection.execute(
                select(table.c.first_seen, revisions.c.article, revisions.c.payload)
                .join(revisions, (revisions.c.article == table.c.id) & (revisions.c.sha == table.c.sha))
                .where(chosen)
                .order_by(table.c.id)
            ).all()
        return tuple(article(row.article, row.first_seen, row.payload) for row in rows)

    def waiting(self) -> int:
        """How many articles are in no issue yet."""
        table = tables.articles
        with self._transaction() as connection:
            return connection.execute(select(func.count()).select_from(table).where(table.c.issue.is_(None))).scalar_one()


def add_revision(connection: Connection, identity: str, stamp: str, text: str) -> None:
    """Keep one wording of an article, once."""
    add_revisions(connection, [(identity, stamp, text)])


def add_revisions(connection: Connection, wordings: Sequence[tuple[str, str, str]]) -> None:
    """Keep wordings of articles, each `(id, stamp, payload)` once: twenty thousand in a few statements."""
    table = tables.revisions
    for at in range(0, len(wordings), _PORTION):
        portion = wordings[at : at + _PORTION]
        ids = [identity for identity, _, _ in portion]
        known = {(row.article, row.sha) for row in connection.execute(select(table.c.article, table.c.sha).where(table.c.article.in_(ids)))}
        new = {(one, stamp): {"article": one, "sha": stamp, "payload": text} for one, stamp, text in portion if (one, stamp) not in known}
        if new:
            connection.execute(insert(table), list(new.values()))


def moment(found: datetime) -> str:
    """In UTC with microseconds, so that text order is time order."""
    return found.astimezone(UTC).isoformat(timespec="microseconds")


def time(text: str) -> datetime:
    """What `moment` wrote."""
    return datetime.fromisoformat(text)


def payload(found: Article) -> str:
    """All of an article but when it was first seen, as canonical JSON: equal text, equal stamp."""
    values = {name: getattr(found, name) for name in _KEPT}
    values["removed"] = [{"rule": removal.rule, "text": removal.text} for removal in found.removed]
    values["published"] = found.published.isoformat() if found.published else None
    return jsonline.written(values)


def article(identity: str, first_seen: str, text: str) -> Article:
    """What `payload` wrote, with the moment that it leaves out."""
    values: Mapping[str, Any] = jsonline.read(text)
    return Article(
        **{
            **values,
            "id": identity,
            "first_seen": time(first_seen),
            "published": time(values["published"]) if values["published"] else None,
            "authors": tuple(values["authors"]),
            "tags": tuple(values["tags"]),
            "kind": Kind(values["kind"]),
            "removed": tuple(Removal(**removal) for removal in values["removed"]),
        }
    )
