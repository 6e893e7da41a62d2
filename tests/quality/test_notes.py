"""Floors under the notes, on the labelled stories of notes/. Never lower one without saying why."""

from __future__ import annotations

import pytest

from digest.evaluate.measures import Measured
from digest.evaluate.notes import stories

# On the 253 stories that are open, a few points below what was measured in November 2026. Recall of conflicts was .51 while they were shown
# from .8 on and twenty stories that are harder were not among them; what is unseen counts: docs/notes/notes.md.
PRECISION = {"differ": 0.93, "updated": 0.94, "agree": 0.95, "told apart": 0.95, "opposed": 0.9, "adds": 0.94, "origins": 0.97}
RECALL = {"differ": 0.4, "updated": 0.65, "agree": 0.4, "opposed": 0.07, "adds": 0.97}

# On the twenty that are held back, new ones: 7 of 8 conflicts and 9 of 11 updates that are shown are right. On the forty before, which were
# used up, ten of ten were; these floors (differ .9, updated and told apart .95) cannot be held on stories nobody has read.
HELD = {"differ": 0.85, "updated": 0.8, "agree": 0.95, "told apart": 0.93, "opposed": 0.95, "adds": 0.93, "origins": 0.97}
HELD_RECALL = {"differ": 0.16, "updated": 0.5, "agree": 0.45}


@pytest.fixture(scope="module")
def both() -> tuple[Measured, ...]:
    return stories()


@pytest.fixture(scope="module")
def measured(both: tuple[Measured, ...]) -> Measured:
    return both[0]


@pytest.fixture(scope="module")
def held(both: tuple[Measured, ...]) -> Measured:
    return both[1]


@pytest.mark.parametrize("kind", HELD)
def test_what_is_noted_is_right_where_nothing_was_tuned(held: Measured, kind: str) -> None:
    assert dict(held.scores)[kind].precision >= HELD[kind], [line for line in held.remarks if f"wrong {kind}" in line]


@pytest.mark.parametrize("kind", HELD_RECALL)
def test_what_is_there_is_noted_where_nothing_was_tuned(held: Measured, kind: str) -> None:
    assert dict(held.scores)[kind].recall >= HELD_RECALL[kind]


@pytest.mark.parametrize("kind", PRECISION)
def test_what_is_noted_is_right(measured: Measured, kind: str) -> None:
    assert dict(measured.scores)[kind].precision >= PRECISION[kind], [line for line in measured.remarks if f"wrong {kind}" in line]


@pytest.mark.parametrize("kind", RECALL)
def test_what_is_there_is_noted(measured: Measured, kind: str) -> None:
    assert dict(measured.scores)[kind].recall >= RECALL[kind], [line for line in measured.remarks if f"missed {kind}" in line]
