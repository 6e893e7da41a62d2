"""The nouns: frozen, aware, standard library only."""

from __future__ import annotations

import ast
import sys
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path

import pytest

from digest import model
from digest.model import Article, Issue, Quote, Section, Story, Window
from tests.conftest import NOW

RECORDS = [value for value in vars(model).values() if isinstance(value, type) and is_dataclass(value)]


def article(text: str = "The weir was lowered.") -> Article:
    return Article("a1", "Tide Weekly", "inbox", "a.txt", "Weir lowered", text, NOW)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_is_frozen_slotted_and_explained(record: type) -> None:
    assert vars(record)["__dataclass_params__"].frozen
    assert "__slots__" in vars(record)
    assert (record.__doc__ or "").strip()
    assert not (record.__doc__ or "").startswith(f"{record.__name__}(")


def test_there_are_records() -> None:
    assert {"Document", "Article", "Issue", "Parcel"} <= {record.__name__ for record in RECORDS}


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_no_record_holds_a_list_or_a_dict_of_its_own(record: type) -> None:
    assert not [field.name for field in fields(record) if str(field.type).startswith(("list", "dict", "set"))]


def test_the_nouns_need_nothing_but_the_standard_library() -> None:
    tree = ast.parse(Path(model.__file__).read_text(encoding="utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {str(name).partition(".")[0] for name in modules} <= sys.stdlib_module_names


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        article().title = "Other"  # type: ignore[misc] # that it is frozen is what is tested


def test_a_quote_holds_the_words_of_its_span() -> None:
    quote = Quote.of(article(), 4, 8)
    assert (quote.article, quote.start, quote.end, quote.text) == ("a1", 4, 8, "weir")


def test_the_stories_of_an_issue_come_in_the_order_of_its_sections() -> None:
    first, second, third = (Story(name, name, article(), (), ("Tide Weekly",), 1) for name in "abc")
    sections = (Section("lead", "Lead", "lead", (second,)), Section("rest", "Rest", "full", (first, third)))
    issue = Issue("2026-W47", 1, "Digest", "en", "UTC", Window(NOW, NOW), sections, "", "", "", 0, 0)
    assert [story.id for story in issue.stories] == ["b", "a", "c"]
