"""`digest evaluate stories`: fictional news with labels, grouped with the settings that are shipped.

Each file of `tests/quality/stories` is a list of articles by itself: its rows carry `gold_cluster`, the
event they tell, and `copy_of`, the id of the text they were made from. The stories that the notes are measured on
are labelled for this too: their reports, laid into one week, are reports of so many events.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from digest.evaluate import notes
from digest.evaluate.measures import Measured, Score, b_cubed, pairwise
from digest.exchange import read_rows
from digest.group import group
from digest.model import Article
from digest.settings import GroupTable
from digest.shipped import folder
from digest.text import sha

_STORIES = ("pairwise", "b-cubed")
_SHOWN = 12  # wrong pairs named, at most
# Folders of the notes' stories.
_WEEKS = {
    "plain news": "news",
    "what is held back": "held",
    "the latest plain news": "recent",
    "the latest that is held back": "latest",
}
_MONDAY, _DAYS = datetime(2028, 1, 3, tzinfo=UTC), timedelta(days=5)


@dataclass(frozen=True, slots=True)
class _Found:
    """Labels and findings of one file, by id: the story of each article, and the text it is a copy of (its own id: of none)."""

    stories: Mapping[str, str]
    texts: Mapping[str, str]
    found_stories: Mapping[str, str]
    found_texts: Mapping[str, str]

    def scores(self) -> Mapping[str, Score]:
        """By name; `copies` are the pairs of articles that are one text."""
        return {
            "pairwise": pairwise(self.stories, self.found_stories),
            "b-cubed": b_cubed(self.stories, self.found_stories),
            "copies": pairwise(self.texts, self.found_texts),
        }


def measured() -> tuple[Measured, ...]:
    """Every file of the shipped set, its titles alone, and all files together (told apart, as they were grouped)."""
    files = sorted(folder("tests/quality/stories").glob("*.jsonl"))
    full = {file.stem: _found(file, titles=False) for file in files}
    parts = [_measured(f"stories: {name}", found) for name, found in full.items()]
    parts += [_measured(f"stories: {file.stem}, titles alone", _found(file, titles=True), _STORIES) for file in files]
    weeks = [
        _measured(f"stories: a week of {name}{title}", _week(folder(notes.PLACE) / place, titles=bool(title)), _STORIES)
        for name, place in _WEEKS.items()
        for title in ("", ", titles alone")
    ]
    return (*parts, _measured("stories: all", _together(full)), *weeks)


def _week(place: Path, titles: bool) -> _Found:
    """What the shipped settings make of the reports of labelled stories, each of which begins at some moment of one week."""
    rows: list[dict[str, Any]] = []
    articles = []
    for file in sorted(place.glob("*.json")):
        labels = json.loads(file.read_bytes())
        begins = _MONDAY + _DAYS * (int(sha(file.stem)[:8], 16) / 16**8)
        told = [notes.reported(row, labels["language"]) for row in labels["articles"]]
        first = min(article.published for article in told if article.published)
        for row, article in zip(labels["articles"], told, strict=True):
            name, published = f"{file.stem}/{article.id}", begins + ((article.published or first) - first)
            copied = f"{file.stem}/{row['copy_of']}" if row.get("copy_of") else None
            rows.append({"id": name, "gold_cluster": file.stem, "copy_of": copied})
            text = "" if titles else article.text
            articles.append(replace(article, id=name, text=text, published=published, first_seen=published))
    return compared(rows, articles)


def _measured(name: str, found: _Found, measures: tuple[str, ...] = (*_STORIES, "copies")) -> Measured:
    size = f"{len(found.stories)} articles, {len(set(found.stories.values()))} stories"
    scores = found.scores()
    return Measured(name, size, tuple((measure, scores[measure]) for measure in measures), tuple(_wrong(found)))


def _found(file: Path, titles: bool) -> _Found:
    """What the shipped settings make of a file."""
    with file.open("rb") as lines:
        articles = read_rows(lines, file.name)
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return compared(rows, [replace(article, text="") for article in articles] if titles else articles)


def compared(rows: Sequence[Mapping[str, Any]], articles: Iterable[Article]) -> _Found:
    """Labelled rows beside the groups that the articles of the same ids come to."""
    groups = group(articles, GroupTable(), evidence=False)
    copies = {copy: original for found in groups for copy, original in found.copies.items()}
    return _Found(
        {row["id"]: row["gold_cluster"] for row in rows},
        {row["id"]: row.get("copy_of") or row["id"] for row in rows},
        {article.id: str(number) for number, found in enumerate(groups) for article in found.articles},
        {row["id"]: copies.get(row["id"], row["id"]) for row in rows},
    )


def _together(parts: Mapping[str, _Found]) -> _Found:
    """Several files as one list of articles, none of which meets one of another file."""

    def told(name: str) -> dict[str, str]:
        return {f"{part}/{key}": f"{part}/{value}" for part, found in parts.items() for key, value in getattr(found, name).items()}

    return _Found(told("stories"), told("texts"), told("found_stories"), told("found_texts"))


def _wrong(found: _Found) -> Iterable[str]:
    """Stories that were mixed, each named once with the first article of each event in it."""
    groups: dict[str, dict[str, str]] = {}
    for key, label in found.found_stories.items():
        groups.setdefault(label, {}).setdefault(found.stories[key], key)
    mixed = [events for events in groups.values() if len(events) > 1]
    for events in mixed[:_SHOWN]:
        yield "one story of " + ", ".join(f"{event} ({key})" for event, key in events.items())
