"""What a template asks of a story: who told it, under which label, and what is quoted. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from digest.model import Article, Issue, Member, Note, Relation, Story
from digest.text import one_line


@dataclass(frozen=True, slots=True)
class Label:
    """An article under a name that no other article in its list has."""

    name: str
    article: Article


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, and the article that it may lead to."""

    text: str
    article: Article | None = None


_OWN_MARKS = ("“", '"', "«", "„", "「")


@dataclass(frozen=True, slots=True)
class Said:
    """A quoted span with its white space collapsed, and the article it stands in.

    `named`: whether the words before it say already whose it is.
    """

    text: str
    article: Article
    named: bool = False

    @property
    def marks(self) -> tuple[str, str]:
        """The quotation marks to set around it: none where the span begins with its own."""
        return ("", "") if self.text.startswith(_OWN_MARKS) else ("“", "”")


def reports(story: Story) -> list[Label]:
    """The story's other tellings, copies aside, each under its own label."""
    return _labelled(member for member in story.members[1:] if member.relation is not Relation.COPY)


def copies(story: Story) -> list[Label]:
    """The copies in a story, each under its own label."""
    return _labelled(member for member in story.members[1:] if member.relation is Relation.COPY)


def others(story: Story) -> list[Label]:
    """Every member but the lead, each under its own label."""
    return _labelled(story.members[1:])


def folded(story: Story) -> list[list[Piece]]:
    """The quiet lines about copies: the notes' own words with each copy's outlet linked in place.

    A copy that no line names is added to the last one, so that none is lost; save for an outlet's copy
    of its own text, which tells a reader nothing.
    """
    waiting = copies(story)
    lines = [_linked(one_line(note.line), waiting) for note in story.notes if note.kind == "copies"]
    waiting = [label for label in waiting if label.article.id not in _own(story)]
    if waiting:
        line = [Piece("The same text at " if not lines else "; the same text at ")]
        for number, label in enumerate(waiting):
            line += [Piece(", ")] * bool(number) + [Piece(label.name, label.article)]
        lines = [*lines[:-1], [*(lines[-1] if lines else []), *line]]
    return lines


def _own(story: Story) -> set[str]:
    """The copies that an outlet made of its own text."""
    outlet = {member.article.id: member.article.source for member in story.members}
    return {member.article.id for member in story.members if outlet.get(member.copy_of or "") == member.article.source}


def line(story: Story, note: Note, issue: Issue) -> list[Piece]:
    """The note's line with the outlets in it linked: to what is quoted of them, else to their report."""
    quoted = [Label(one_line(article.source), article) for quote in note.quotes for article in [issue.articles[quote.article]]]
    return _linked(one_line(note.line), [*quoted, *others(story)]) if one_line(note.line) else []


def notes(story: Story) -> list[Note]:
    """The notes to be shown in full: all but those about copies."""
    return [note for note in story.notes if note.kind != "copies"]


def said(note: Note, issue: Issue) -> list[Said]:
    """The note's quotes that its line does not show already; what all agree on is said without them."""
    if note.kind == "agree":
        return []
    line = one_line(note.line)
    found = [(one_line(quote.text), issue.articles[quote.article]) for quote in note.quotes]
    named = not note.values and len(note.sources) == 1  # where several speak, each quote says whose it is
    return [Said(text, article, named and one_line(article.source) in line) for text, article in found if text and text not in line]


def summary(story: Story, issue: Issue) -> Said | None:
    """The words that sum the story up, and where they stand."""
    quote = story.summary
    if quote is None or not one_line(quote.text):
        return None
    return Said(one_line(quote.text), issue.articles[quote.article], quote.article == story.lead.id)


def _labelled(members: Iterable[Member]) -> list[Label]:
    """Outlets as labels; a second report of one outlet is told apart by its number."""
    times: dict[str, int] = {}
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
