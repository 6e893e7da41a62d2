"""`digest evaluate split`: documents against the items that a person reads in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.errors import UsageError
from digest.evaluate.split import Item, cases, is_found, measured_cases, measured_spans
from tests.clean.made import only

FLOOR = 0.95  # F1 on the shipped cases; 0.98 when this was written
FLOOR_HELD = 0.84  # on those that no rule was tuned on; 0.855 when this was written
WEIR = "The river board agreed on Monday to lower the weir at Saltreach by a hand’s breadth before the autumn rain sets in for good."
TRAM = "The night tram will run every twenty minutes again after a winter in which it hardly ran at all, and six drivers were trained."


def test_the_shipped_cases_are_taken_apart() -> None:
    found, held = cases()
    assert int(found.size.split()[0]) >= 200
    assert dict(found.scores)["items"].f1 >= FLOOR, found.remarks
    assert dict(held.scores)["items"].f1 >= FLOOR_HELD, held.remarks


def test_an_item_is_found_by_its_words_and_its_title() -> None:
    article = only(f"Weir to be lowered\n\n{WEIR}")
    assert is_found(Item("Weir to be lowered", WEIR), article)
    assert not is_found(Item("Night tram returns", WEIR), article)
    assert not is_found(Item("Weir to be lowered", TRAM), article)
    assert not is_found(Item("Weir to be lowered", f"{WEIR} {TRAM}"), article)
    assert not is_found(Item("Weir to be lowered", WEIR[:60]), article)


def case(place: Path, name: str, text: str, items: list[dict[str, str]]) -> None:
    (place / name).mkdir()
    (place / name / "input.txt").write_text(text)
    (place / name / "expected.jsonl").write_text("".join(json.dumps(item) + "\n" for item in items))


def test_an_article_that_is_no_item_counts_against_it(tmp_path: Path) -> None:
    case(tmp_path, "right", f"Weir lowered\n\n{WEIR}", [{"title": "Weir lowered", "body": WEIR}])
    case(tmp_path, "wrong", f"Night tram\n\n{TRAM}", [{"title": "Weir lowered", "body": WEIR}])
    found = measured_cases(tmp_path)
    assert (dict(found.scores)["items"].precision, dict(found.scores)["items"].recall) == (0.5, 0.5)
    assert found.size == "2 items, 2 documents"
    assert found.remarks == ("wrong: missed “Weir lowered”", "wrong: no item “Night tram”")


def test_a_document_that_cannot_be_read_gives_nothing(tmp_path: Path) -> None:
    case(tmp_path, "empty", " ", [{"title": "Weir lowered", "body": WEIR}])
    assert dict(measured_cases(tmp_path).scores)["items"].f1 == 0.0


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(f"Weir lowered\n\n{WEIR}")
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps({"document": "a.txt", "title": "Weir lowered", "start": 14, "end": 14 + len(WEIR)}) + "\n\n")
    return file


def test_spans_of_documents_are_measured_by_the_command(gold: Path) -> None:
    told = CliRunner().invoke(main, ["evaluate", "split", str(gold), str(gold.parent), "--json"])
    assert json.loads(told.stdout)[0]["scores"] == {"items": {"precision": 1.0, "recall": 1.0, "f1": 1.0}}


@pytest.mark.parametrize("row", ["{", "[]", "{}", '{"document": "b.txt", "title": "x", "start": 0, "end": 1}', '{"document": "a.txt"}'])
def test_a_row_that_names_no_span_is_told(gold: Path, row: str) -> None:
    gold.write_text(gold.read_text() + row + "\n")
    with pytest.raises(UsageError) as caught:
        measured_spans(gold, gold.parent)
    assert caught.value.where == f"{gold}:3"


def test_what_is_no_case_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no case"):
        measured_cases(tmp_path)
    with pytest.raises(UsageError, match="cannot be read"):
        measured_spans(tmp_path / "no", tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "expected.jsonl").write_text('{"title": "x"}\n')
    with pytest.raises(UsageError, match="has a row without"):
        measured_cases(tmp_path)
    (tmp_path / "a" / "expected.jsonl").write_text("")
    with pytest.raises(UsageError, match=r"has no `input\.\*`"):
        measured_cases(tmp_path)
