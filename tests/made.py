"""Made-up articles, stories, batches and parcels. Every name and all news in them are fiction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from digest.model import Article, Batch, Failure, File, Kind, Member, Note, Parcel, Quote, Relation, Removal, Story, Window
from digest.settings import DeliverTable, DigestTable, Settings, SourceTable
from tests.conftest import NOW

SEEN = NOW - timedelta(days=2)

FERRY = (
    "The ferry Morning Star ran aground off Port Ellery on Tuesday evening with 84 passengers on board. "
    "Lifeboats from two harbours took everyone off before midnight, the coastguard said. "
    "Captain Ines Albrook told the harbour office that the rudder had stopped answering in the narrow channel. "
    "Divers will look at the hull on Thursday, and the island of Little Skerry has no crossing until then. "
    "The owner, Brightwater Lines, has chartered a smaller boat for medicine and mail."
)
WEIR = (
    "Engineers closed the old weir above Marrow Bridge on Wednesday after a crack opened in its northern wall. "
    "Three hundred people in the lower town were asked to sleep elsewhere until the water has fallen. "
    "Mayor Tobias Renn said that the wall had been inspected in spring and that nothing had been found. "
    "The river board expects repairs to last until March and to cost four million crowns. "
    "Schools in the lower town will teach from home, and the covered market has moved to the station yard."
)


def article(
    id: str = "a1",  # noqa: A002 - the noun's own name for it
    text: str = FERRY,
    *,
    title: str = "Ferry runs aground off Port Ellery",
    source: str = "Harbour Post",
    feed: str = "inbox",
    url: str = "",
    first_seen: datetime = SEEN,
    published: datetime | None = SEEN,
    authors: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    section: str = "",
    language: str = "en",
    kind: Kind = Kind.ARTICLE,
    removed: tuple[Removal, ...] = (),
) -> Article:
    """One report; the ferry's unless its words are given."""
    return Article(
        id, source, feed, f"{source}/week.jsonl#1", title, text, first_seen, url, published, authors, tags, section, language, kind, removed
    )


def story(
    lead: Article,
    *others: Article,
    copies: dict[str, str] | None = None,
    notes: tuple[Note, ...] = (),
    summary: bool = True,
    id: str = "",  # noqa: A002 - the noun's own name for it
) -> Story:
    """A story told by `lead` and `others`, of which `copies` maps those that are copies to their originals."""
    copies = copies or {}
    members = [Member(lead, Relation.LEAD)]
    for other in others:
        original = copies.get(other.id)
        members.append(Member(other, Relation.COPY if original else Relation.REPORT, original))
    return Story(
        id or f"story-{lead.id}",
        lead.title,
        lead,
        tuple(members),
        tuple(dict.fromkeys(member.article.source for member in members)),
        len({member.article.source for member in members if member.copy_of is None}),
        Quote.of(lead, 0, len(lead.text)) if summary and lead.text else None,
        notes,
    )


def batch(
    *articles: Article,
    issue: str = "2026-W47",
    number: int = 1,
    closes: datetime = NOW,
    failures: tuple[Failure, ...] = (),
    feeds: tuple[str, ...] = ("inbox",),
    foreword: str = "",
) -> Batch:
    """What an issue of one week is made of."""
    return Batch(issue, number, Window(closes - timedelta(days=7), closes), articles, failures, feeds, foreword)


def parcel(issue: str = "2026-W47", **files: str) -> Parcel:
    """A parcel of text files; `issue_html` names `issue.html`."""
    return Parcel(issue, tuple(File(name.replace("_", "."), "text/plain", text.encode()) for name, text in files.items()))


def settings(root: Path, *, deliver: Sequence[DeliverTable] = (), title: str = "The Weekly Digest", language: str = "en") -> Settings:
    """The settings of a newsroom in `root` with one source."""
    return Settings(
        root=root,
        file=root / "digest.toml",
        digest=DigestTable.model_validate({"title": title, "language": language}),
        sources=[SourceTable(name="inbox", path="inbox")],
        deliver=list(deliver),
    )
