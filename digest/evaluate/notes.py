"""How well the notes do on the labelled stories: `digest evaluate notes`.

The stories are those of `tests/quality/notes` (its README says how they are labelled). Each is taken
as one story with its first article in the lead; copies, origins and notes are the digest's own.

A note on figures is right where two of its values, of two reports, stand in spans of one labelled
group of its kind; a group is found where a right note says it. `told apart` is the share of right
figures, of conflicts and updates together, that stand in a note of the right kind. A sentence that a
report adds is right where it is labelled as new against the lead; recall is over the reports that
have such a sentence. A denial is right where both its quotes meet the labelled ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest import composing
from digest.errors import UsageError
from digest.evaluate.measures import Measured, Score
from digest.group import group
from digest.model import Article, Group, Note, Quote, Story, Value
from digest.pick import Choice
from digest.settings import NotesTable, Settings, SourceTable
from digest.shipped import folder
from digest.text import cut

PLACE = "tests/quality/notes"
_FIGURES = ("differ", "updated", "agree")
_SEEN = datetime(2100, 1, 1, tzinfo=UTC)
Span = tuple[str, int, int]


@dataclass(slots=True)
class _Count:
    """What came out of one kind: right of shown, found of labelled."""

    shown: int = 0
    right: int = 0
    labelled: int = 0
    found: int = 0

    def score(self) -> Score:
        return Score(self.right / self.shown if self.shown else 1.0, self.found / self.labelled if self.labelled else 1.0)


@dataclass(slots=True)
class Counts:
    """All kinds, and the single misses."""

    of: dict[str, _Count] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def __getitem__(self, kind: str) -> _Count:
        return self.of.setdefault(kind, _Count())

    def miss(self, name: str, kind: str, words: str) -> None:
        self.remarks.append(f"{name}: {kind}: {cut(words, 160)}")


def stories() -> tuple[Measured, ...]:
    """The shipped stories: those that the rules were tuned on, plain news that the weights were fitted to, and those held back."""
    place = folder(PLACE)
    parts = (
        ("news", "plain news"),
        ("recent", "plain news, latest"),
        ("held", "held back"),
        ("later", "held back, later ones"),
        ("latest", "held back, latest"),
    )
    return (measured(place), *(measured(place / name, f"notes: {words}") for name, words in parts))


def measured(place: Path, name: str = "notes") -> Measured:
    """The stories in the files of `place`; raises UsageError where there is none, or one is broken."""
    counts = Counts()
    files = sorted(place.glob("*.json"))
    if not files:
        raise UsageError("holds no story", where=str(place), fix="name a folder of labelled stories, one JSON file each")
    for file in files:
        try:
            labels = json.loads(file.read_bytes())
            story = told(labels)
            count(file.stem, labels, story, counts)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"is no labelled story: {error}", where=str(file), fix="see tests/quality/notes/README.md") from None
    scores = tuple((kind, counts[kind].score()) for kind in (*_FIGURES, "told apart", "opposed", "adds", "origins"))
    return Measured(name, f"{len(files)} stories", scores, tuple(counts.remarks))


def told(labels: Mapping[str, Any], notes: NotesTable | None = None) -> Story:
    """The story of a labelled file, with the digest's own copies, origins and notes (as `notes` says, else the usual ones)."""
    articles = [reported(row, labels["language"]) for row in labels["articles"]]
    settings = Settings(root=Path(), file=Path(), sources=[SourceTable(name="labelled", path=".")], notes=notes or NotesTable())
    found = group(articles, settings.group)
    copies = {copy: original for one in found for copy, original in one.copies.items()}
    links = tuple(link for one in found for link in one.links)
    choice = Choice(articles[0], tuple(articles[1:]), ())
    return composing.annotated(Group(tuple(articles), links, copies), choice, settings)


def reported(row: Mapping[str, Any], language: str) -> Article:
    """A report of a labelled file as an article."""
    published = datetime.fromisoformat(row["published"])
    text = str(row["text"])
    return Article(
        row["id"],
        row["source"],
        row["source"],
        "",
        row["title"],
        text,
        _SEEN,
        published=published,
        language=row.get("language") or language,
    )


def count(name: str, labels: Mapping[str, Any], story: Story, counts: Counts) -> None:
    texts = {row["id"]: row["text"] for row in labels["articles"]}
    groups = {kind: [[_span(texts, span) for span in group["spans"]] for group in labels[kind]] for kind in _FIGURES}
    _figures(name, groups, story.notes, texts, counts)
    _opposed(name, [(_span(texts, one["claim"]), _span(texts, one["denial"])) for one in labels["opposed"]], story.notes, counts)
    _adds(name, [_span(texts, one) for one in labels["adds"]], story, counts)
    count = counts["origins"]
    same = story.origins == labels["origins"]
    count.shown, count.labelled, count.right, count.found = count.shown + 1, count.labelled + 1, count.right + same, count.found + same
    if not same:
        counts.miss(name, "origins", f"{story.origins}, labelled {labels['origins']}")


def _figures(
    name: str, groups: Mapping[str, Sequence[Sequence[Span]]], notes: Sequence[Note], texts: Mapping[str, str], counts: Counts
) -> None:
    found: set[tuple[str, int]] = set()
    for note in notes:
        if note.kind not in _FIGURES:
            continue
        met = {(note.kind, at) for at, spans in enumerate(groups[note.kind]) if _says(note, spans, texts)}
        counts[note.kind].shown += 1
        counts[note.kind].right += bool(met)
        found |= met
        if not met:
            counts.miss(name, f"wrong {note.kind}", note.line)
        _tell_apart(note, groups, texts, counts)
    for kind in _FIGURES:
        counts[kind].labelled += len(groups[kind])
        counts[kind].found += sum(1 for at in range(len(groups[kind])) if (kind, at) in found)
        for at, spans in enumerate(groups[kind]):
            if (kind, at) not in found:
                counts.miss(name, f"missed {kind}", " · ".join(texts[one][start:end] for one, start, end in spans))


def _tell_apart(note: Note, groups: Mapping[str, Sequence[Sequence[Span]]], texts: Mapping[str, str], counts: Counts) -> None:
    """Whether a conflict or an update that is one of the two is the right one of the two."""
    if note.kind == "agree":
        return
    right = any(_says(note, spans, texts) for spans in groups[note.kind])
    other = any(_says(note, spans, texts) for spans in groups["updated" if note.kind == "differ" else "differ"])
    if right or other:
        count = counts["told apart"]
        count.shown, count.labelled = count.shown + 1, count.labelled + 1
        count.right, count.found = count.right + right, count.found + right


def _says(note: Note, spans: Sequence[Span], texts: Mapping[str, str]) -> bool:
    """Whether values of two reports stand in the spans of a group."""
    return len({value.quote.article for value in note.values if any(_stands(value, span, texts) for span in spans)}) >= 2


def _stands(value: Value, span: Span, texts: Mapping[str, str]) -> bool:
    """Whether the figure of a value stands in a span."""
    article, start, end = span
    quote = value.quote
    if article != quote.article or quote.end <= start or end <= quote.start:
        return False
    return _letters(value.text) in _letters(texts[article][start:end]) or _letters(texts[article][start:end]) in _letters(value.text)


def _letters(text: str) -> str:
    """What is left of a figure without its hedge's spacing."""
    return " ".join(text.casefold().split())


def _opposed(name: str, labelled: Sequence[tuple[Span, Span]], notes: Sequence[Note], counts: Counts) -> None:
    shown = [note for note in notes if note.kind == "opposed"]
    met = [
        {at for at, pair in enumerate(labelled) if _overlap(note.quotes[0], pair[0]) and _overlap(note.quotes[1], pair[1])}
        for note in shown
    ]
    count = counts["opposed"]
    count.shown, count.labelled = count.shown + len(shown), count.labelled + len(labelled)
    count.right += sum(1 for one in met if one)
    count.found += len(set().union(*met))
    for note, one in zip(shown, met, strict=True):
        if not one:
            counts.miss(name, "wrong opposed", " / ".join(quote.text for quote in note.quotes))
    for at, pair in enumerate(labelled):
        if not any(at in one for one in met):
            counts.miss(name, "missed opposed", f"{pair[0][0]} / {pair[1][0]}")


def _adds(name: str, labelled: Sequence[Span], story: Story, counts: Counts) -> None:
    quotes = [quote for note in story.notes if note.kind == "adds" for quote in note.quotes]
    right = [quote for quote in quotes if any(_overlap(quote, span) for span in labelled)]
    count = counts["adds"]
    count.shown, count.right = count.shown + len(quotes), count.right + len(right)
    reports = {span[0] for span in labelled} - {member.article.id for member in story.members if member.copy_of}
    count.labelled, count.found = count.labelled + len(reports), count.found + len(reports & {quote.article for quote in right})
    for quote in quotes:
        if quote not in right:
            counts.miss(name, "adds what the lead has", quote.text)


def _overlap(quote: Quote, span: Span) -> bool:
    return quote.article == span[0] and quote.start < span[2] and span[1] < quote.end


def _span(texts: Mapping[str, str], span: Mapping[str, str]) -> Span:
    at = texts[span["article"]].index(span["text"])
    return span["article"], at, at + len(span["text"])
