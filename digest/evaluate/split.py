"""How well documents are taken apart into the items that a person reads in them: `digest evaluate split`.

The measure: an item is found when a produced article's text overlaps it, both ways at least OVERLAP
of the runs of five words, and their titles are alike; precision is over the articles produced, so
that one that matches no item counts against it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.clean import clean
from digest.errors import DigestError, UsageError
from digest.evaluate.measures import Measured, Score
from digest.gather.formats import documents
from digest.gather.mail import Mails, Reader
from digest.likeness import title_likeness
from digest.model import Article, Document
from digest.settings import CleanTable
from digest.shipped import folder
from digest.text import cut, shingles, words

OVERLAP = 0.8  # share of the runs of words, of the item's and of the article's
TITLE = 0.9  # likeness of the titles
_RUN = 5  # words
_NOW = datetime(2100, 1, 1, tzinfo=UTC)  # no date in a case lies in the future then
_CASES, _HELD = "tests/cases/split", "tests/cases/split-held"


@dataclass(frozen=True, slots=True)
class Item:
    """What a person reads in a document: the title, and the words that belong to it."""

    title: str
    body: str


def cases() -> tuple[Measured, ...]:
    """The shipped cases, folders with `input.*` and `expected.jsonl`: those the rules were tuned on, and those held back from it."""
    return (measured_cases(folder(_CASES)), measured_cases(folder(_HELD), "split: held back"))


def measured_cases(place: Path, name: str = "split") -> Measured:
    """The cases in the folders of `place`; raises UsageError where there is none, or one is broken."""
    found = {case.name: (_expected(case / "expected.jsonl"), case / _input(case)) for case in sorted(place.glob("*")) if case.is_dir()}
    if not found:
        raise UsageError("holds no case", where=str(place), fix="name a folder of folders with `input.*` and `expected.jsonl`")
    return _measured(name, {case: items for case, (items, _) in found.items()}, {case: file for case, (_, file) in found.items()})


def measured_spans(gold: Path, place: Path) -> Measured:
    """Rows `{document, title, start, end}` against what the documents in `place` are taken apart into.

    A span is in characters of the document, decoded as UTF-8. Raises UsageError, naming the row.
    """
    items: dict[str, list[Item]] = {}
    for where, row in _rows(gold):
        file = place / str(row.get("document"))
        try:
            text = file.read_text(encoding="utf-8")
            items.setdefault(file.name, []).append(Item(str(row["title"]), text[int(row["start"]) : int(row["end"])]))
        except (OSError, KeyError, TypeError, ValueError):
            raise UsageError("names no span of a document", where=where, fix=f"expected document (in {place}), title, start, end") from None
    return _measured(gold.name, items, {name: place / name for name in items})


def _measured(name: str, items: Mapping[str, Sequence[Item]], files: Mapping[str, Path]) -> Measured:
    found = produced = 0
    remarks: list[str] = []
    with Mails() as mails:  # one parser for all of them
        made_of = {document: tuple(articles(files[document], mails.readers())) for document in items}
    for document, expected in items.items():
        made = made_of[document]
        produced += len(made)
        missed = [item for item in expected if not any(is_found(item, article) for article in made)]
        found += len(expected) - len(missed)
        remarks.extend(f"{document}: missed “{cut(item.title, 60)}”" for item in missed)
        extra = [article for article in made if not any(is_found(item, article) for item in expected)]
        remarks.extend(f"{document}: no item “{cut(article.title, 60)}”" for article in extra)
    total = sum(map(len, items.values()))
    score = Score(found / produced if produced else 0.0, found / total if total else 0.0)
    return Measured(name, f"{total} items, {len(items)} documents", (("items", score),), tuple(remarks))


def is_found(item: Item, article: Article) -> bool:
    """Whether the article is the item, by the measure above."""
    if title_likeness(item.title, article.title) < TITLE:  # looked at first: it takes a hundredth of the time
        return False
    expected, made = (shingles(words(text), _RUN) for text in (item.body, article.text))
    return bool(made) and len(expected & made) >= OVERLAP * max(len(expected), len(made))


def articles(file: Path, readers: Mapping[str, Reader] | None = None) -> Iterator[Article]:
    """What one file is cleaned and taken apart into; what cannot be read gives nothing."""
    try:
        for document in documents(file.name, file.read_bytes(), _NOW, readers):
            if isinstance(document, Document):
                yield from clean(document, CleanTable(), _NOW, UTC).articles
    except DigestError:
        return


def _input(case: Path) -> str:
    name = next((file.name for file in sorted(case.iterdir()) if file.stem == "input"), "")
    if not name:
        raise UsageError("has no `input.*`", where=str(case), fix="add the document that is to be taken apart")
    return name


def _expected(file: Path) -> tuple[Item, ...]:
    rows = tuple(_rows(file))
    try:
        return tuple(Item(str(row["title"]), str(row["body"])) for _, row in rows)
    except KeyError as error:
        raise UsageError(f"has a row without {error}", where=str(file), fix='expected {"title": …, "body": …}') from None


def _rows(file: Path) -> Iterable[tuple[str, Mapping[str, Any]]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise UsageError("cannot be read", where=str(file), fix="name a file of JSON rows in UTF-8") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise UsageError("is no JSON object", where=f"{file}:{number}", fix="one object a line")
        yield f"{file}:{number}", row
