"""A floor under the quality of grouping, on labelled articles. Never lower it without saying why."""

from __future__ import annotations

import json

import pytest

from digest.evaluate.measures import Score, b_cubed, pairwise
from digest.group import group
from digest.settings import GroupTable
from tests.conftest import SHARED
from tests.made import article

# Measured on ../shared/bench/ecb.jsonl (982 articles, 86 events, each with a look-alike; ECB+, CC BY 3.0; read without
# dates) with the defaults of [group]: B-cubed F1 0.936, pairwise F1 0.907 in November 2026. The floors stand about two
# points below that: a change of a threshold may move a few articles, and must not lose more.
B_CUBED, PAIRWISE = 0.92, 0.88
ECB = SHARED / "bench" / "ecb.jsonl"


def test_a_perfect_grouping_measures_one() -> None:
    gold = {"a": 1, "b": 1, "c": 2}
    assert pairwise(gold, {"a": "x", "b": "x", "c": "y"}) == b_cubed(gold, {"a": "x", "b": "x", "c": "y"}) == Score(1, 1)


def test_measures_are_those_of_a_worked_example() -> None:
    gold, found = {"a": 1, "b": 1, "c": 1, "d": 2}, {"a": "x", "b": "x", "c": "y", "d": "y"}
    assert pairwise(gold, found) == Score(1 / 2, 1 / 3)
    assert b_cubed(gold, found) == Score(3 / 4, 2 / 3)
    assert pairwise(gold, found).f1 == pytest.approx(0.4)


def test_a_grouping_of_nothing_is_measured_too() -> None:
    gold, alone = {"a": 1, "b": 1}, {"a": "x", "b": "y"}
    assert pairwise(gold, alone) == Score(1.0, 0.0)
    assert pairwise({"a": 1, "b": 2}, alone) == Score(1.0, 1.0)
    assert Score(0.0, 0.0).f1 == 0.0


@pytest.mark.slow
@pytest.mark.skipif(not ECB.is_file(), reason="../shared/bench/ecb.jsonl, the labelled articles, is not beside the repository")
def test_stories_are_told_apart_as_well_as_they_were() -> None:
    rows = [json.loads(line) for line in ECB.read_text(encoding="utf-8").splitlines()]
    articles = [
        article(row["id"], row["text"], title=row["title"] or "", source="", published=None, language=row["lang"] or "") for row in rows
    ]
    groups = group(articles, GroupTable())
    found = {one.id: number for number, story in enumerate(groups) for one in story.articles}
    gold = {row["id"]: row["gold_cluster"] for row in rows}
    assert b_cubed(gold, found).f1 >= B_CUBED
    assert pairwise(gold, found).f1 >= PAIRWISE
