"""The measure on real newsletters: what a person reads in them is what comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.fuzz import token_set_ratio

from digest.clean import clean
from digest.gather.formats import documents
from digest.model import Article, Document
from digest.settings import CleanTable
from digest.text import shingles, words
from tests.conftest import NOW, SHARED, ZONE

FLOOR = 0.9  # F1; 1.0 when this was written
OVERLAP, TITLE = 0.8, 90

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


def runs(text: str) -> set[str]:
    return shingles(words(text), 5)


def is_found(item: dict[str, Any], article: Article) -> bool:
    span = runs((SHARED / "seeds" / item["document"]).read_text(encoding="utf-8")[item["start"] : item["end"]])
    made = runs(article.text)
    shared = len(span & made)
    enough = bool(made) and shared >= OVERLAP * len(span) and shared >= OVERLAP * len(made)
    return enough and token_set_ratio(item["title"], article.title) >= TITLE


def test_the_items_that_a_person_reads_are_found(seeds: dict[str, tuple[Article, ...]]) -> None:
    items = [json.loads(line) for line in (SHARED / "gold" / "items.jsonl").read_text(encoding="utf-8").splitlines()]
    made = [(name, article) for name in {item["document"] for item in items} for article in seeds[name]]
    found = sum(any(name == item["document"] and is_found(item, article) for name, article in made) for item in items)
    precision, recall = found / len(made), found / len(items)
    assert 2 * precision * recall / (precision + recall) >= FLOOR


def test_no_junk_is_in_any_article(seeds: dict[str, tuple[Article, ...]]) -> None:
    junk = {line for lines in json.loads((SHARED / "gold" / "junk.json").read_text(encoding="utf-8")).values() for line in lines}
    shown = " ".join(f"{article.title} {article.text}" for articles in seeds.values() for article in articles)
    assert {line for line in junk if line.casefold() in shown.casefold()} == set()


def test_every_seed_gives_articles_that_are_single_spaced(seeds: dict[str, tuple[Article, ...]]) -> None:
    assert len(seeds) == 5
    for article in (article for articles in seeds.values() for article in articles):
        assert article.text
        assert all(paragraph == " ".join(paragraph.split()) for paragraph in article.text.split("\n\n"))
