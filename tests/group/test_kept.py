"""What a run leaves for the next spares work, and never changes a result."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.group import Grouping, Kept, grouping, nearest, passed, story
from digest.model import Article
from digest.settings import GroupTable
from tests.made import SEEN, article

WORDS = [f"{sign}ord{number}" for number in range(30) for sign in "wW"] + ["12", "7,5", "Ärger", "平和", "。", "."]
STORIES = [" ".join(WORDS[(7 * number + step) % len(WORDS)] for step in range(70)) for number in range(5)]
TOLD = st.tuples(st.integers(0, 14), st.integers(0, 4), st.lists(st.integers(0, len(WORDS) - 1), max_size=12), st.integers(0, 9))
WEEK = st.lists(TOLD, max_size=14, unique_by=lambda told: told[0])


@pytest.fixture(autouse=True)
def _remember_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "FEWEST", 1)
    monkeypatch.setattr(passed, "FEWEST", 1)
    monkeypatch.setattr(story, "FEW", 6)
    monkeypatch.setattr(story, "SHARE", 2)
    monkeypatch.setattr(sys.modules["digest.group.tokens"], "_CHUNK", 600)


def week(rows: Sequence[tuple[int, int, list[int], int]]) -> list[Article]:
    """Reports that tell one of a few stories, each with words of its own; of one number, the text may be another in another week."""
    return [
        article(
            f"a{number}",
            " ".join([*(WORDS[at] for at in own), STORIES[told]]),
            title=" ".join(WORDS[at] for at in own[:5]),
            first_seen=SEEN + timedelta(minutes=number),
            published=SEEN + timedelta(hours=hours),
        )
        for number, told, own, hours in rows
    ]


def laid_bare(found: Grouping) -> list[object]:
    """All that a grouping says."""
    claims = [
        (claim.kind, claim.engine, *(part.tobytes() for part in (claim.left, claim.right, claim.scores, *claim.signals.values())))
        for claim in found.claims
    ]
    arrays = [getattr(found, part.name) for part in fields(Grouping)]
    return [claims, found.groups(), *(one.tobytes() for one in arrays if isinstance(one, np.ndarray))]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(WEEK, min_size=2, max_size=4))
def test_a_run_finds_what_one_that_knows_nothing_finds(weeks: list[list[tuple[int, int, list[int], int]]]) -> None:
    left: dict[str, bytes] = {}
    for number, rows in enumerate(weeks):
        kept = Kept.read(left)
        made = week(rows)
        found = grouping(made[::-1] if number % 2 else made, GroupTable(), kept=kept)
        assert laid_bare(found) == laid_bare(grouping(made, GroupTable()))
        left = kept.written()


def run(left: dict[str, bytes], made: Sequence[Article], **options: object) -> tuple[Kept, dict[str, bytes]]:
    kept = Kept.read(left)
    grouping(made, GroupTable.model_validate(options), kept=kept)
    return kept, kept.written()


MADE = week([(number, number % 5, [number, number + 1, number + 2], number % 7) for number in range(12)])


def test_only_what_is_new_passes_and_is_written() -> None:
    kept, first = run({}, MADE[:9])
    assert kept.tokens.passed == 9
    kept, second = run(first, MADE)
    assert kept.tokens.passed == 3
    tokens_of = [{name for name in left if Kept.read({name: left[name]}).tokens.chunks} for left in (first, second)]
    assert tokens_of[0] < tokens_of[1]
    kept, third = run(second, MADE)
    assert kept.tokens.passed == 0
    assert third == second


def test_an_article_with_another_text_or_title_passes_anew() -> None:
    _, left = run({}, MADE)
    kept, _ = run(left, [replace(MADE[0], text=MADE[0].text + "."), replace(MADE[1], title=""), *MADE[2:]])
    assert kept.tokens.passed == 2
    kept, _ = run(left, [replace(MADE[0], source="another", tags=("new",)), *MADE[1:]])
    assert kept.tokens.passed == 0


def test_articles_of_one_text_pass_once() -> None:
    kept, _ = run({}, [MADE[0], replace(MADE[0], id="b"), *MADE[1:]])
    assert kept.tokens.passed == 12


def test_what_went_away_is_forgotten() -> None:
    _, left = run({}, MADE)
    _, left = run(left, week([(number + 20, 0, [number] * 9, 0) for number in range(6)]))
    _, alone = run({}, week([(number + 20, 0, [number] * 9, 0) for number in range(6)]))
    assert left == alone
    assert run(left, [])[1].keys().isdisjoint(left)


def test_what_was_kept_for_other_engines_is_none() -> None:
    _, copies = run({}, MADE, engines=["exact", "near"])
    kept, whole = run(copies, MADE)
    assert kept.tokens.passed == 12
    assert whole == run({}, MADE)[1]
    assert not [name for name in run(whole, MADE, engines=["exact", "near"])[1] if name in whole]


def test_too_many_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passed, "MOST", 11)
    kept, left = run({}, MADE)
    assert not kept.tokens.written()
    assert left


def test_a_damaged_part_is_none_and_the_others_serve() -> None:
    _, left = run({}, MADE)
    for name in left:
        broken = left | {name: left[name][:-1] + b"?"}
        assert laid_bare(grouping(MADE, GroupTable(), kept=Kept.read(broken))) == laid_bare(grouping(MADE, GroupTable()))
        assert run(broken, MADE)[1].keys() >= left.keys() - {name}


def test_the_weeks_of_these_tests_have_copies_and_stories() -> None:
    assert {claim.engine for claim in grouping(MADE, GroupTable()).claims if len(claim)} == {"near", "story"}
