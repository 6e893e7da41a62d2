"""A made-up issue with everything in it that an issue can have: what a theme of one's own is tried on.

A template that names a missing field only where a source failed would otherwise break in the week in
which one does. All names and news in it are fiction.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digest.model import (
    Article,
    Coverage,
    Failure,
    Issue,
    Kind,
    LeftOut,
    Member,
    Note,
    Quote,
    Relation,
    Section,
    Story,
    Value,
    Window,
)
from digest.settings import Settings

_OPENS = datetime(2026, 11, 16, tzinfo=UTC)
_DIVERS = "Divers found a crack as long as a bus in the second pier of the bridge. It will stay shut for 5 weeks."
_HARBOUR = "The harbour master counts on 6 weeks. Nobody had looked at the pier for 11 years."


def specimen(settings: Settings) -> Issue:
    """The issue, in the language of the settings."""
    lead, other, brief = _lead(), _opinion(), _story(_article(9, "Lantern Review", "A moss thought lost is found", "It grows."))
    sections = (
        Section("lead", "The lead", "lead", (lead,)),
        Section("world", "World", "full", (other, _story(_article(8, "", "", "Words without a headline.", url="")))),
        Section("brief", "In brief", "brief", (brief,)),
    )
    shown = [member.article for section in sections for story in section.stories for member in story.members]
    left = [_article(100 + number, "Parish Notes", f"Autumn fair, day {number}", "Stalls.") for number in range(32)]
    return Issue(
        id="2026-W47",
        number=47,
        title=settings.digest.title,
        language=settings.digest.language,
        timezone=settings.digest.timezone,
        window=Window(_OPENS, _OPENS + timedelta(days=7)),
        sections=sections,
        subject="Crack shuts the bridge",
        preheader="Also: a moss thought lost is found on a school wall",
        foreword="A week of things that were *thought* solid; the [divers’ report](https://sound.example/report) says more.",
        words=900,
        minutes=4,
        left_out=tuple(LeftOut(article, "no room") for article in left),
        failures=(Failure("Gull Radio", "inbox/gull.xml", "ends in the middle", "ask for it again"), Failure("Tide", "", "is silent")),
        coverage=(
            *(Coverage(f"Outlet {number}", 20 - number, number % 3, "ok") for number in range(15)),
            Coverage("Tide", 3, 1, "partly"),
            Coverage("Lighthouse Quarterly", 0, 0, "silent"),
            Coverage("Gull Radio", 0, 0, "failed"),
        ),
        articles={article.id: article for article in (*shown, *left)},
    )


def _article(number: int, source: str, title: str, text: str, *, language: str = "en", url: str | None = None) -> Article:
    return Article(
        id=f"a{number}",
        source=source,
        feed="inbox",
        document=f"inbox/{number}.txt",
        title=title,
        text=text,
        first_seen=_OPENS,
        url=f"https://news.example/{number}" if url is None else url,
        published=_OPENS + timedelta(hours=20 * number) if number < 8 else None,
        tags=("harbour", "bridges") if number < 8 else (),
        language=language,
        kind=Kind.ARTICLE if number != 7 else Kind.OPINION,
    )


def _story(lead: Article, *others: Article, copies: tuple[Article, ...] = (), notes: tuple[Note, ...] = ()) -> Story:
    members = (
        Member(lead, Relation.LEAD),
        *(Member(article, Relation.REPORT) for article in others),
        *(Member(article, Relation.COPY, lead.id) for article in copies),
    )
    outlets = tuple(dict.fromkeys(member.article.source for member in members))
    summary = _quote(lead, lead.text) if others or copies else None
    return Story(f"s{lead.id}", lead.title, lead, members, outlets, 1 + len(others), summary, notes)


def _lead() -> Story:
    first = _article(1, "Harbour Post", "Crack in a pier shuts the bridge", _DIVERS)
    second = _article(2, "Morning Star", "Bridge shut for six weeks", _HARBOUR)
    third = _article(3, "صوت القرية", "إغلاق الجسر", "قال مهندسون إن الجسر سيبقى مغلقا.", language="ar")
    values = (Value("5 weeks", first.source, _quote(first, "5 weeks")), Value("6 weeks", second.source, _quote(second, "6 weeks")))
    notes = (
        Note("adds", (second.source,), "Morning Star adds", (_quote(second, "Nobody had looked at the pier for 11 years."),)),
        *(Note(kind, (first.source, second.source), "", (), "how long it stays shut", values) for kind in ("differ", "updated", "agree")),
        Note("opposed", (first.source, second.source), "", (_quote(first, "It will stay shut"), _quote(second, "Nobody had looked"))),
        Note("earlier", (first.source,), "", issue="2026-W46"),
        Note("own", (third.source,), "صوت القرية has a picture", (_quote(third, third.text),)),
    )
    return _story(first, second, third, copies=(_article(4, "Ledger", "Crack shuts bridge", _DIVERS),), notes=notes)


def _opinion() -> Story:
    opinion = _article(7, "Harbour Post", "Let the old cannery go", "Nobody has canned a fish there since the war.", url="")
    return _story(opinion, *(_article(20 + number, f"Outlet {number}", f"Cannery, part {number}", "More.") for number in range(9)))


def _quote(article: Article, words: str) -> Quote:
    start = article.text.index(words)
    return Quote.of(article, start, start + len(words))
