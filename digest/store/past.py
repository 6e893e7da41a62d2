"""What an issue knows of the issues before it, and leaves to those after: frozen with it, as references.

Every revision of an article is kept for good, so a pair of its id and its stamp is the text as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from digest.model import Article, Batch, Past
from digest.store import tables
from digest.store.articles import article, payload
from digest.store.database import Database
from digest.text import sha

REPORTS = 3  # of a story that ran: the lead and so many others, less one, are what its reader knows


class Recall(Database):
    """What stories earlier issues told."""

    def past(self, issues: Iterable[str]) -> tuple[Past, ...]:
        """The stories of these issues, in their order, as they were told then."""
        found: list[Past] = []
        contents = tables.contents
        with self._transaction() as connection:
            for issue in issues:
                frame = _frame_of(connection, issue)
                rows = connection.execute(select(contents.c.article, contents.c.sha).where(contents.c.issue == issue))
                stamps = {row.article: row.sha for row in rows}
                for told in frame.get("told", ()):
                    known = [[one, stamps[one]] for one in told[:REPORTS] if one in stamps]
                    found.append(Past(issue, _articles(connection, known)))
        return tuple(one for one in found if one.articles)

    def leads(self, issue: str) -> tuple[str, ...]:
        """The ids of the leads of `issue` as it was last frozen; none where it never was."""
        with self._transaction() as connection:
            return tuple(told[0] for told in _frame_of(connection, issue).get("told", ()))


def recollection(batch: Batch) -> Mapping[str, Any]:
    """The part of a batch that is about other issues and other builds, for its frame."""
    earlier = [{"issue": past.issue, "articles": [[one.id, sha(payload(one))] for one in past.articles]} for past in batch.earlier]
    return {"earlier": earlier, "led": list(batch.led), "told": [list(told) for told in batch.told]}


def recollected(connection: Connection, frame: Mapping[str, Any]) -> tuple[tuple[Past, ...], tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """`earlier`, `led` and `told` of the batch whose frame this is; empty in a frame from before there were any."""
    earlier = tuple(Past(past["issue"], _articles(connection, past["articles"])) for past in frame.get("earlier", ()))
    return earlier, tuple(frame.get("led", ())), tuple(tuple(told) for told in frame.get("told", ()))


def _frame_of(connection: Connection, issue: str) -> Mapping[str, Any]:
    found = connection.execute(select(tables.issues.c.frame).where(tables.issues.c.id == issue)).scalar()
    frame: Mapping[str, Any] = json.loads(found) if found else {}
    return frame


def _articles(connection: Connection, known: Iterable[list[str]]) -> tuple[Article, ...]:
    revisions, articles = tables.revisions, tables.articles
    found = []
    for identity, stamp in known:
        row = connection.execute(
            select(articles.c.first_seen, revisions.c.payload)
            .join(articles, articles.c.id == revisions.c.article)
            .where(revisions.c.article == identity, revisions.c.sha == stamp)
        ).first()
        if row is not None:
            found.append(article(identity, row.first_seen, row.payload))
    return tuple(found)
