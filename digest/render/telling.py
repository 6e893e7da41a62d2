"""What a template asks of a story: who told it, under which label, and what is quoted. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from digest.model import Article, Issue, Kind, Member, Note, Quote, Relation, Story
from digest.render.dates import bounds, date_of
from digest.text import one_line
from digest.words import Words

# Kinds of notes whose line is made here of what the note holds, in the language of the issue.
FIGURES = frozenset({"figures", "differ", "updated", "agree", "rounded"})
_VERBS = {Kind.OPINION: "comments", Kind.EDITORIAL: "comments", Kind.INTERVIEW: "asks", Kind.EXPLAINER: "explains"}
_OWN_MARKS = ("“", '"', "«", "„", "「", "‘", "‹", "『")
_LONGEST_WEEK = 8  # days: a longer window is no week that a row of cells could show


@dataclass(frozen=True, slots=True)
class Label:
    """An article under a name that no other article in its list has."""

    name: str
    article: Article


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, and the article that it may lead to; `issue` is an earlier one's id."""

    text: str
    article: Article | None = None
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A quoted span with its white space collapsed, the article it stands in, and the marks to set around it.

    `named`: whether the words before it say already whose it is. No marks where the span brings its own.
    """

    text: str
    article: Article
    named: bool = False
    marks: tuple[str, str] = ("“", "”")


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a note on figures, and who says it."""

    text: str
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week that the issue speaks for, and how many reports of the story came out on it."""

    day: date
    count: int


def reports(story: Story) -> list[Label]:
    """The story's other tellings, copies aside, each under its own label."""
    return _labelled(story, (member for member in story.members[1:] if member.relation is not Relation.COPY))


def copies(story: Story) -> list[Label]:
    """The copies in a story, each under its own label."""
    return _labelled(story, (member for member in story.members[1:] if member.relation is Relation.COPY))


def others(story: Story) -> list[Label]:
    """Every member but the lead, each under its own label."""
    return _labelled(story, story.members[1:])


def folded(story: Story, words: Words) -> list[list[Piece]]:
    """The quiet lines about copies, one for each text that others carried: first the lead's, each outlet linked.

    An outlet's copy of its own text is not told: it says nothing to a reader.
    """
    outlet = {member.article.id: member.article.source for member in story.members}
    carried: dict[str, list[Label]] = {}
    for member in story.members[1:]:
        original = member.copy_of if member.copy_of in outlet else story.lead.id
        if member.relation is Relation.COPY and outlet[original or ""] != member.article.source:
            carried.setdefault(original or "", []).append(Label(one_line(member.article.source), member.article))
    lines = []
    for original, labels in sorted(carried.items(), key=lambda pair: pair[0] != story.lead.id):
        key, whose = ("same", {}) if original == story.lead.id else ("same_as", {"name": one_line(outlet[original])})
        names = _row(_first_of_each(labels), words)
        parts = words.parts(key, **whose, names=names)
        lines.append([piece for part in parts for piece in (names if part is names else [Piece(str(part))])])
    return lines


def line(story: Story, note: Note, issue: Issue, words: Words) -> list[Piece]:
    """The note's line with the outlets in it linked: to what is quoted of them, else to their report.

    What the kind and the parts of a note say is put into the issue's language; the line of any other kind stands as it is.
    """
    names = {label.article.id: label.name for label in reports(story)}
    articles = [issue.articles[quote.article] for quote in note.quotes]
    quoted = [Label(names.get(article.id, one_line(article.source)), article) for article in articles]
    if note.kind == "adds" and len({label.name for label in quoted}) == 1:
        key = _VERBS.get(quoted[0].article.kind, "adds")
        return [_piece(part, quoted[0]) for part in words.parts(key, name=quoted[0])]
    if note.kind in FIGURES and note.values:
        head = words.say("differ" if note.kind == "figures" else note.kind)
        subject = _counted(one_line(note.subject), words)
        return [Piece(f"{head}{words.say('colon')}{subject}" if subject else head)]
    if note.kind == "opposed" and note.quotes:
        return [Piece(words.say("opposed"))]
    if note.kind == "earlier" and note.issue:
        return [_piece(part, Piece(one_line(note.issue), issue=note.issue)) for part in words.parts("earlier", issue=note.issue)]
    plain = [Label(one_line(article.source), article) for article in articles]
    return _linked(one_line(note.line), [*plain, *others(story)]) if one_line(note.line) else []


def notes(story: Story) -> list[Note]:
    """The notes to be shown in full: all but those about copies."""
    return [note for note in story.notes if note.kind != "copies"]


def rows(note: Note, issue: Issue) -> list[Row]:
    """The values of a note on figures, each with all who say it, in the order of the note; a row begins with a capital."""
    if note.kind not in FIGURES:
        return []
    found: dict[str, list[Label]] = {}
    for value in note.values:
        text = one_line(value.text)
        found.setdefault(text[:1].upper() + text[1:], []).append(Label(one_line(value.source), issue.articles[value.quote.article]))
    return [Row(text, tuple(_first_of_each(labels))) for text, labels in found.items()]


def said(story: Story, note: Note, issue: Issue, words: Words) -> list[Said]:
    """The note's quotes that its line does not show already; for figures, the spans that prove them.

    What all agree on is said without them, and what the summary or a note before shows is not proved again.
    """
    line = "" if note.kind in {"adds", "opposed"} | FIGURES else one_line(note.line)
    told = {one_line(issue.articles[quote.article].source) for quote in note.quotes}
    named = note.kind == "adds" and len(told) == 1
    before = [quote for one in takewhile(lambda one: one is not note, notes(story)) for quote in _quotes(one)]
    before += [story.summary] if story.summary and note.kind in FIGURES else []
    found = [_said(quote, issue, words, named) for quote in _quotes(note) if not any(_within(quote, one) for one in before)]
    return [
        Said(part.text, part.article, named or one_line(part.article.source) in line, part.marks)
        for part in found
        if part.text and part.text not in line
    ]


def summary(story: Story, issue: Issue, words: Words) -> Said | None:
    """The words that sum the story up, and where they stand."""
    quote = story.summary
    if quote is None or not one_line(quote.text):
        return None
    return _said(quote, issue, words, quote.article == story.lead.id)


def tags(article: Article, most: int = 4) -> list[str]:
    """Its first tags, each once; one that only repeats the kind, which stands beside them, is not told."""
    found = dict.fromkeys(tag for one in article.tags if (tag := one_line(one)))
    return [tag for tag in found if tag.casefold() != article.kind.value][:most]


def week(story: Story, issue: Issue) -> list[Day]:
    """The days of the issue's week with the reports of each; nothing where too little was told to show."""
    first, last = bounds(issue.window, issue.timezone)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    told = [date_of(member.article.published, issue.timezone) for member in story.members if member.article.published]
    found = [Day(one, told.count(one)) for one in days]
    return found if 3 <= len(days) <= _LONGEST_WEEK and sum(day.count for day in found) >= 3 else []


def anchor(story: Story) -> str:
    """The name by which the page knows a story: letters, digits and hyphens alone."""
    return "story-" + re.sub(r"[^A-Za-z0-9]+", "-", story.id).strip("-")


def _counted(subject: str, words: Words) -> str:
    """What a note's figures count, `Pilgrims, killed`: the noun is a report's own, the role is put into the issue's language."""
    noun, comma, role = subject.rpartition(", ")
    key = f"role_{role.lower().replace(' ', '_')}"
    if key not in words.table:
        return subject
    said = words.say(key)
    return f"{noun}{words.say('comma')}{said}" if comma else said[:1].upper() + said[1:]


def _quotes(note: Note) -> list[Quote]:
    """What a note shows of the reports' words."""
    values = [value.quote for value in note.values if note.kind in FIGURES]
    return [] if note.kind == "agree" else list(dict.fromkeys((*note.quotes, *values)))


def _within(quote: Quote, other: Quote) -> bool:
    return quote.article == other.article and other.start <= quote.start and quote.end <= other.end


def _said(quote: Quote, issue: Issue, words: Words, named: bool) -> Said:
    text = one_line(quote.text)
    marks = ("", "") if text.startswith(_OWN_MARKS) else (words.say("opens"), words.say("closes"))
    return Said(text, issue.articles[quote.article], named, marks)


def _piece(part: object, named: Label | Piece) -> Piece:
    """A part of the words as a piece: their text, or the name in it."""
    if part is named or part == getattr(named, "issue", None):
        return Piece(named.name, named.article) if isinstance(named, Label) else named
    return Piece(str(part))


def _row(labels: list[Label], words: Words) -> list[Piece]:
    """Labels with the language's comma between them."""
    pieces = []
    for number, label in enumerate(labels):
        pieces += [Piece(words.say("comma"))] * bool(number) + [Piece(label.name, label.article)]
    return pieces


def _first_of_each(labels: Iterable[Label]) -> list[Label]:
    """Each name once."""
    found: dict[str, Label] = {}
    for label in labels:
        found.setdefault(label.name, label)
    return list(found.values())


def _labelled(story: Story, members: Iterable[Member]) -> list[Label]:
    """Outlets as labels; a second report of one outlet, the lead's too, is told apart by its number."""
    times = {one_line(story.lead.source): 1}
    found = []
    for member in members:
        name = one_line(member.article.source)
        times[name] = times.get(name, 0) + 1
        found.append(Label(name if times[name] == 1 else f"{name} ({times[name]})", member.article))
    return found


def _linked(line: str, waiting: list[Label]) -> list[Piece]:
    """`line` cut at the labels in `waiting`, which is emptied of those that were found."""
    names = sorted((label.name for label in waiting if label.name), key=len, reverse=True)
    if not names:
        return [Piece(line)]
    pieces = []
    for text in re.split(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)", line):
        label = next((label for label in waiting if label.name == text), None)
        if label:
            waiting.remove(label)
        if text:
            pieces.append(Piece(text, label.article if label else None))
    return pieces
