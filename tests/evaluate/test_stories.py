"""`digest evaluate stories`: the shipped labelled set, grouped and measured."""

from __future__ import annotations

from typing import Any

import pytest

from digest.evaluate import SETS, evaluated
from digest.evaluate.stories import compared
from tests.made import FERRY, WEIR, article

ROWS: list[dict[str, Any]] = [
    {"id": "a", "gold_cluster": "ferry", "copy_of": None},
    {"id": "b", "gold_cluster": "ferry", "copy_of": "a"},
    {"id": "c", "gold_cluster": "weir"},
]


def test_stories_and_copies_are_held_against_their_labels() -> None:
    found = compared(ROWS, [article("a"), article("b"), article("c", WEIR, title="Crack closes the old weir")])
    assert {name: score.f1 for name, score in found.scores().items()} == {"pairwise": 1, "b-cubed": 1, "copies": 1}


def test_what_is_found_wrongly_lowers_the_score() -> None:
    found = compared(ROWS, [article("a"), article("b", WEIR, title="Weir"), article("c", WEIR, title="Weir")])
    assert found.scores()["pairwise"].f1 == 0
    assert found.scores()["copies"].f1 == 0
    assert FERRY != WEIR


def test_the_shipped_set_is_measured_file_by_file_and_as_a_whole() -> None:
    assert "stories" in SETS
    parts = {part.name: part for part in evaluated("stories")}
    assert {"stories: tune", "stories: tune, titles alone", "stories: all"} <= set(parts)
    assert [name for name, _ in parts["stories: tune"].scores] == ["pairwise", "b-cubed", "copies"]
    assert [name for name, _ in parts["stories: tune, titles alone"].scores] == ["pairwise", "b-cubed"]
    # Reports that were written from scratch; b-cubed 0.928 and 0.850, precision 0.989 and 0.993, and 0.940 and 0.889, without a wrong pair,
    # on those that came after the rules. Before weak links were backed, the second was 0.736.
    weeks = (("plain news", 0.92), ("what is held back", 0.83), ("the latest plain news", 0.92), ("the latest that is held back", 0.87))
    for name, f1 in weeks:
        week = dict(parts[f"stories: a week of {name}"].scores)["b-cubed"]
        assert week.f1 >= f1
        assert week.precision >= 0.97
    # Measured in November 2026 with the shipped settings: b-cubed 0.801, precision 0.976, copies 1.0; the floors stand a little below.
    scores = dict(parts["stories: tune"].scores)
    assert scores["b-cubed"].f1 >= 0.79
    assert scores["b-cubed"].precision >= 0.92
    assert scores["copies"].f1 == pytest.approx(1.0, abs=0.03)
