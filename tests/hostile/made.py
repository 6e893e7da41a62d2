"""Issues in which every second story is a canary, and every other one is made of one hostile text in every field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from digest.caps import within
from digest.model import (
    Article,
    Coverage,
    Failure,
    Issue,
    Kind,
    LeftOut,
    Link,
    LinkKind,
    Member,
    Note,
    Quote,
    Relation,
    Section,
    Story,
    Value,
)
from digest.settings import DigestTable, GroupTable, MailTable, RankTable, Settings, SourceTable
from tests.conftest import NOW
from tests.render.made_up import CLOSES, OPENS, empty

SEEN = NOW - timedelta(days=2)
_SYLLABLES = "ba co di fu ga hel jo kir lum mo nar pel qui ros sut tam vil wex yor zan".split()


def settings(root: Path, theme: str = "default", **digest: str) -> Settings:
    """Settings with room for everything."""
    return Settings(
        root=root,
        file=root / "digest.toml",
        digest=DigestTable.model_validate({"theme": theme, "public_url": "https://digest.example"} | digest),
        sources=[SourceTable(name="inbox", path="inbox", outlets="folders")],
        rank=RankTable(stories=1000, per_section=1000, per_source=1000, brief=1000, brief_words=0),
        group=GroupTable(engines=["exact"]),  # made-up words are as alike as headlines of one event
        mail=MailTable(unsubscribe="https://digest.example/out"),
    )


def name(number: int) -> str:
    """What the headline of a canary begins with."""
    return f"Canary {number:05}"


def canary(number: int) -> Article:
    """A harmless report whose words no other has."""
    words = " ".join(f"{_SYLLABLES[(number * 7 + at) % 20]}{_SYLLABLES[(number * at + at * at) % 20]}{number}x{at}" for at in range(30))
    return Article(
        f"c{number}", f"Outlet {number}", "inbox", f"c{number}.json", f"{name(number)} sings of {words[:24]}", f"It sang: {words}.",
        SEEN, f"https://canary.example/{number}", SEEN, language="en",
    )  # fmt: skip


def hostile(number: int, text: str) -> Article:
    """A report with `text` in every field that comes from outside."""
    return Article(
        f"h{number}", text or "x", "inbox", text, text, f"{text}\n\n{text} {number}", SEEN,
        text if number % 2 else f"https://news.example/{text}", SEEN, (text, f"{text} too"), (text, f"{text}!", "harbour"), text, text,
        list(Kind)[number % len(Kind)],
    )  # fmt: skip


def articles(texts: Sequence[str], first: int = 0) -> Iterator[Article]:
    """Each text's report, and a canary before it."""
    for number, text in enumerate(texts, first):
        yield canary(number)
        yield hostile(number, text)


def told(texts: Sequence[str], first: int = 0) -> Issue:
    """An issue made by hand in which the texts stand wherever an issue can hold any."""
    stories = [story for number, text in enumerate(texts, first) for story in (_sung(number), _told(number, text))]
    half = len(stories) // 4 * 2
    left = [LeftOut(within(hostile(90_000 + number, text)), text) for number, text in enumerate(texts[:25])]
    shown = {member.article.id: member.article for story in stories for member in story.members}
    return replace(
        empty(),
        window=replace(empty().window, opens=OPENS, closes=CLOSES),
        subject=texts[0][:2000],
        preheader=texts[-1][:2000],
        sections=(Section("news", "News", "full", tuple(stories[:half])), Section("brief", "In brief", "brief", tuple(stories[half:]))),
        left_out=tuple(left),
        failures=tuple(Failure(text[:500], text[:500], text[:500], text[:500]) for text in texts),
        coverage=tuple(Coverage(text[:500], 3, 1, status) for text in texts for status in ("ok", "silent", "failed")),
        articles=shown | {one.article.id: one.article for one in left},
        words=1000,
        minutes=5,
    )


def _sung(number: int) -> Story:
    lead = canary(number)
    return Story(f"story-c{number}", lead.title, lead, (Member(lead, Relation.LEAD),), (lead.source,), 1, Quote.of(lead, 0, len(lead.text)))


def _told(number: int, text: str) -> Story:
    lead, copy, report = (within(hostile(number + add, text)) for add in (10_000, 20_000, 30_000))
    of = Quote.of(report, 0, len(report.text))
    notes = (
        Note("adds", (report.source,), f"{report.source} adds", (of,)),
        Note(
            "differ",
            (lead.source, report.source),
            text[:500],
            (of,),
            text[:500],
            (Value(text[:300], report.source, of), Value("19", lead.source, of)),
        ),
        Note("earlier", (lead.source,), text[:500], issue=text[:200] or "x"),
        Note("own kind", (lead.source,), text[:500]),
    )
    members = (Member(lead, Relation.LEAD), Member(copy, Relation.COPY, lead.id), Member(report, Relation.REPORT))
    link = Link(lead.id, report.id, LinkKind.SAME_STORY, 0.9, "story", ((text[:200] or "x", 0.5),))
    summary = Quote.of(lead, 0, len(lead.text))
    return Story(
        f"story {text[:50]} {number}", lead.title, lead, members, (lead.source, "B", "C"), 2, summary, notes, (link,), (text[:200],)
    )
