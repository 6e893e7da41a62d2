"""The nouns of the digest: frozen records, standard library only.

Everything that one step hands to the next is one of these. All datetimes are aware.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class LinkKind(StrEnum):
    """What an engine claims of two articles."""

    COPY = "copy"
    SAME_STORY = "same_story"


class Relation(StrEnum):
    """What an article is to the story it stands in."""

    LEAD = "lead"
    COPY = "copy"
    REPORT = "report"


class Kind(StrEnum):
    """What sort of text an article is."""

    ARTICLE = "article"
    OPINION = "opinion"
    INTERVIEW = "interview"
    EXPLAINER = "explainer"
    FEATURE = "feature"
    EDITORIAL = "editorial"
    LIVE = "live"
    BRIEF = "brief"


class Stage(StrEnum):
    """How far an issue has come: its window is taken, it waits for the editor, it is frozen, in the outbox, with everybody; or nothing."""

    CLAIMED = "claimed"
    DRAFT = "draft"
    BUILT = "built"
    PUBLISHED = "published"
    DELIVERED = "delivered"
    SKIPPED = "skipped"


class Standing(StrEnum):
    """Where the handing over of an issue to one recipient stands.

    TAKEN and REFUSED are final. UNKNOWN: the line was lost when the other side may have had it all; it is never
    tried again by itself. SENDING is what an interrupted run leaves.
    """

    WAITING = "waiting"
    SENDING = "sending"
    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Hints:
    """What a source said of a document beside its text; every part may be missing."""

    id: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a source handed over, untouched.

    `uri` tells a person where it stands (`Harbour Post/week.jsonl#71`), `content` is in `charset`
    (None: not said, to be detected) and of `media_type` text/plain, text/markdown or text/html. A `mail`
    has a subject for a title, and links that go through the sender's counters.
    """

    source: str
    uri: str
    media_type: str
    content: bytes
    fetched: datetime
    charset: str | None = None
    hints: Hints = Hints()
    mail: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """A passage that cleaning took out, and the rule that did it."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One cleaned report. `source` is the outlet that a reader knows; `feed` the configured source."""

    id: str
    source: str
    feed: str
    document: str
    title: str
    text: str
    first_seen: datetime
    url: str = ""
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str = ""
    language: str = ""
    kind: Kind = Kind.ARTICLE
    removed: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An engine's claim that two articles belong together, with what it rests on.

    `left` < `right` (article ids); `score` in 0..1; `signals` are named numbers, sorted by name.
    """

    left: str
    right: str
    kind: LinkKind
    score: float
    engine: str
    signals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Miss:
    """A link that came to nothing: one end in a story, the other in another one, and why they did not join."""

    link: Link
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Articles joined by links, those links, and the nearest that did not join. `copies` maps a copy's id to its original's."""

    articles: tuple[Article, ...]
    links: tuple[Link, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    near_misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of a cleaned text: `text == articles[article].text[start:end]`, always."""

    article: str
    start: int
    end: int
    text: str

    @classmethod
    def of(cls, article: Article, start: int, end: int) -> Quote:
        """The span of `article.text`, with its words."""
        return cls(article.id, start, end, article.text[start:end])


@dataclass(frozen=True, slots=True)
class Value:
    """What one source says of what a note is about: as it is to be read (`19`), and the span that says it."""

    text: str
    source: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Note:
    """What the other sources bring to a story: a short line, and the quotes that prove it.

    `sources` are outlet names. `line` is made of outlets, figures and quoted spans only. A note on
    figures names what is counted (`subject`) and each source's value; one on an earlier issue, its id.
    """

    kind: str
    sources: tuple[str, ...]
    line: str
    quotes: tuple[Quote, ...] = ()
    subject: str = ""
    values: tuple[Value, ...] = ()
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """An article in a story; `copy_of` is the id of its original where it is a copy.

    `origin` is the id of the first article of the story with the same origin: one agency, one text, one
    publisher. Empty where it was not asked for.
    """

    article: Article
    relation: Relation
    copy_of: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """One event as told by one source or many. `members` holds the lead, first.

    `origins` counts independent tellings: copies of one text are one origin.
    `reasons` are recorded where they were decided, in order.
    """

    id: str
    title: str
    lead: Article
    members: tuple[Member, ...]
    outlets: tuple[str, ...]
    origins: int
    summary: Quote | None = None
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()
    reasons: tuple[str, ...] = ()
    near_misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Stories under one head. `form` is `lead` (one story, large), `full` or `brief` (headlines)."""

    name: str
    title: str
    form: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that is not shown, and why."""

    article: Article
    reason: str


QUIET = "has gone silent"  # how the cause of a Failure begins that is nothing but silence


@dataclass(frozen=True, slots=True)
class Failure:
    """An expected error that was survived: what, why, and what to do about it."""

    source: str
    where: str
    cause: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one outlet brought to the issue; `status` is `ok`, `partly`, `silent` or `failed`."""

    source: str
    gathered: int
    used: int
    status: str


@dataclass(frozen=True, slots=True)
class Window:
    """The time an issue speaks for, half-open: `opens <= t < closes`."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """A story as an earlier issue told it: its lead, then other reports of it."""

    issue: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """All that an issue is made of, frozen: the same batch and settings give the same issue.

    `earlier` are stories of the issues before, `led` the ids of the leads of an earlier build of this
    one. `told` is what became of it, for the issues to come: each story's article ids, the lead's first.
    """

    issue: str
    number: int
    window: Window
    articles: tuple[Article, ...]
    failures: tuple[Failure, ...] = ()
    feeds: tuple[str, ...] = ()
    foreword: str = ""
    earlier: tuple[Past, ...] = ()
    led: tuple[str, ...] = ()
    told: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """All that a template may see.

    `articles` holds every article shown or left out, by id. `minutes` is the reading time at 230
    words a minute; `foreword` is the editor's Markdown or two sentences of counts.
    """

    id: str
    number: int
    title: str
    language: str
    timezone: str
    window: Window
    sections: tuple[Section, ...]
    subject: str
    preheader: str
    foreword: str
    words: int
    minutes: int
    left_out: tuple[LeftOut, ...] = ()
    failures: tuple[Failure, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    articles: Mapping[str, Article] = field(default_factory=dict)

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story shown, in the order of the sections."""
        return tuple(story for section in self.sections for story in section.stories)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a parcel; `name` has no folder in it."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """An issue in all its forms, ready to leave."""

    issue: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a parcel reached one recipient of one delivery."""

    issue: str
    delivery: str
    recipient: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What a delivery says of one attempt: TAKEN, REFUSED, LATER or UNKNOWN, and the other side's own words.

    `after` is how long it asks to be left alone (Retry-After); it counts with LATER alone.
    """

    standing: Standing
    detail: str = ""
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """Where an issue stands with one recipient since `at`: tried `tries` times, first at `first`, again at `due`."""

    issue: str
    delivery: str
    recipient: str
    standing: Standing
    at: datetime
    first: datetime | None = None
    tries: int = 0
    due: datetime | None = None
    detail: str = ""
