"""Floors under the notes, on the labelled stories of notes/. Never lower one without saying why."""

from __future__ import annotations

import pytest

from digest.evaluate.measures import Measured
from digest.evaluate.notes import stories

# On the 233 stories that are open, a few points below what was measured in November 2026. Recall was .85 (differ) and .94 (updated) while
# there were 67 of them and a rule for each; on stories that were new then it was .1 and .25. What is unseen counts: docs/notes/notes.md.
# Opposed was .1 until the forty that were held back joined, in which none was found.
PRECISION = {"differ": 0.93, "updated": 0.94, "agree": 0.95, "told apart": 0.95, "opposed": 0.9, "adds": 0.94, "origins": 0.97}
RECALL = {"differ": 0.49, "updated": 0.65, "agree": 0.42, "opposed": 0.08, "adds": 0.97}

# On stories that are held back. Of the forty that were until November 2026: 1.00 in all but adds (.96), with .19, .55 and .52 found.
HELD = {"differ": 0.9, "updated": 0.95, "agree": 0.95, "told apart": 0.95, "opposed": 0.95, "adds": 0.93, "origins": 0.97}
HELD_RECALL = {"differ": 0.16, "updated": 0.5, "agree": 0.45}


@pytest.fixture(scope="module")
def both() -> tuple[Measured, ...]:
    return stories()


@pytest.fixture(scope="module")
def measured(both: tuple[Measured, ...]) -> Measured:
    return both[0]


@pytest.fixture(scope="module")
def held(both: tuple[Measured, ...]) -> Measured:
    if len(both) == 1:
        pytest.skip("no story is held back: those that were are open now, and new ones are to be written")
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
