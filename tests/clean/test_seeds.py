"""The measure on real newsletters: what a person reads in them is what comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.clean import clean
from digest.evaluate.split import measured_spans
from digest.gather.formats import documents
from digest.model import Article, Document
from digest.settings import CleanTable
from tests.conftest import NOW, SHARED, ZONE

FLOOR = 0.9  # F1; 1.0 when this was written

if not SHARED.is_dir():
    pytest.skip("…/shared is absent", allow_module_level=True)


@pytest.fixture(scope="module")
def seeds() -> dict[str, tuple[Article, ...]]:
    """The articles of each seed, by the name of its file."""
    return {file.name: tuple(cleaned(file)) for file in sorted((SHARED / "seeds").glob("*.txt"))}


def cleaned(file: Path) -> Iterator[Article]:
    for document in documents(file.name, file.read_bytes(), NOW):
        assert isinstance(document, Document)
        yield from clean(document, CleanTable(), NOW, ZONE).articles


def test_the_items_that_a_person_reads_are_found() -> None:
    found = measured_spans(SHARED / "gold" / "items.jsonl", SHARED / "seeds")
    assert dict(found.scores)["items"].f1 >= FLOOR, found.remarks


# The stories of the topic page, as read by eye: the file has no labels for it.
TOPICS = (
    "changed China’s AI",
    "state-backed AI fund",
    "annual NPC",
    "South Pacific",
    "one last time",
    "autonomous vehicle",
    "nuclear muscle",
)


def test_a_topic_page_of_stories_run_together_is_taken_apart(seeds: dict[str, tuple[Article, ...]]) -> None:
    (found,) = (articles for name, articles in seeds.items() if name.startswith("003"))
    assert len(found) == len(TOPICS)
    assert all(words in article.title for words, article in zip(TOPICS, found, strict=True))


def test_no_junk_is_in_any_article(seeds: dict[str, tuple[Article, ...]]) -> None:
    junk = {line for lines in json.loads((SHARED / "gold" / "junk.json").read_text(encoding="utf-8")).values() for line in lines}
    shown = " ".join(f"{article.title} {article.text}" for articles in seeds.values() for article in articles)
    assert {line for line in junk if line.casefold() in shown.casefold()} == set()


def test_every_seed_gives_articles_that_are_single_spaced(seeds: dict[str, tuple[Article, ...]]) -> None:
    assert len(seeds) == 5
    for article in (article for articles in seeds.values() for article in articles):
        assert article.text
        assert all(paragraph == " ".join(paragraph.split()) for paragraph in article.text.split("\n\n"))
