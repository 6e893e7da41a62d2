"""`digest evaluate`: two files of groups against each other, and sets by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.errors import UsageError
from digest.evaluate import SETS, evaluated
from digest.evaluate.clusters import compared
from digest.evaluate.measures import Measured, Score

GOLD = '{"id": "a", "gold_cluster": 1}\n{"id": "b", "gold_cluster": 1}\n\n{"id": "c", "gold_cluster": 1}\n{"id": "d", "gold_cluster": 2}\n'
FOUND = '{"id": "a", "story": "s1"}\n{"id": "b", "story": "s1"}\n{"id": "c", "story": "s2"}\n{"id": "d", "story": "s2"}\n'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(GOLD)
    found.write_text(FOUND)
    return gold, found


def test_two_files_are_compared(files: tuple[Path, Path]) -> None:
    one = compared(*files)
    assert one.size == "4 articles, 2 stories"
    assert dict(one.scores) == {"pairwise": Score(1 / 2, 1 / 3), "b-cubed": Score(3 / 4, 2 / 3)}
    assert not one.remarks


def test_an_id_that_was_not_grouped_stands_alone_and_is_told(files: tuple[Path, Path]) -> None:
    gold, found = files
    found.write_text('{"id": "a", "story": "s1"}\n{"id": "x", "story": "s1"}\n')
    one = compared(gold, found)
    assert dict(one.scores)["pairwise"] == Score(1.0, 0.0)
    assert one.remarks == ("3 of 4 ids are not in found.jsonl, for instance 'b'",)


@pytest.mark.parametrize("line", ["{", '{"id": "a"}', '{"story": 1}', "[]", "[" * 100_000])
def test_a_row_that_cannot_be_read_is_named(files: tuple[Path, Path], line: str) -> None:
    gold, found = files
    found.write_text(FOUND + line + "\n")
    with pytest.raises(UsageError) as caught:
        compared(gold, found)
    assert caught.value.where == f"{found}:5"


def test_what_is_not_there_is_named(files: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        compared(files[0], tmp_path / "no")
    with pytest.raises(UsageError, match="no labelled row"):
        compared(Path("/dev/null"), files[1])
    with pytest.raises(UsageError, match="no labelled set is called 'moon'"):
        evaluated("moon")


def test_the_command_prints_a_table_and_json(files: tuple[Path, Path]) -> None:
    names = [str(file) for file in files]
    said = CliRunner().invoke(main, ["evaluate", *names])
    assert said.exit_code == 0
    assert [line.split()[1:5] for line in said.output.splitlines()[1:]] == [
        ["pairwise", "0.500", "0.333", "0.400"],
        ["b-cubed", "0.750", "0.667", "0.706"],
    ]
    rows = json.loads(CliRunner().invoke(main, ["evaluate", "--json", *names]).output)
    assert rows[0]["scores"]["pairwise"] == {"precision": 0.5, "recall": 0.3333, "f1": 0.4}
    assert CliRunner().invoke(main, ["evaluate", "a", "b", "c"]).exit_code == 2


def test_without_a_name_every_set_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """What each of them comes to has its own tests; measured here again they would take two minutes."""
    score = (("pairwise", Score(0.5, 0.5)),)
    small = {name: lambda name=name: (Measured(name, "of 2", score, ()),) for name in SETS}
    monkeypatch.setattr("digest.evaluate.SETS", small)
    said = CliRunner().invoke(main, ["evaluate"])
    assert said.exit_code == 0
    assert [line.split()[0] for line in said.output.splitlines()[1:]] == list(small) == ["split", "stories", "notes"]
