"""Floors under the notes, on the labelled stories of notes/. Never lower one without saying why."""

from __future__ import annotations

import pytest

from digest.evaluate.measures import Measured
from digest.evaluate.notes import stories

# What issue 5 asks for on stories that were not seen while tuning (differ, told apart, adds); the others stand about five
# points below what was measured in November 2026. See docs/notes/notes.md.
PRECISION = {"differ": 0.95, "updated": 0.95, "agree": 0.9, "told apart": 0.95, "opposed": 0.9, "adds": 0.9, "origins": 0.9}
RECALL = {"differ": 0.7, "updated": 0.7, "agree": 0.4, "opposed": 0.25, "adds": 0.9}


@pytest.fixture(scope="module")
def measured() -> Measured:
    (found,) = stories()
    return found


@pytest.mark.parametrize("kind", PRECISION)
def test_what_is_noted_is_right(measured: Measured, kind: str) -> None:
    assert dict(measured.scores)[kind].precision >= PRECISION[kind], [line for line in measured.remarks if f"wrong {kind}" in line]


@pytest.mark.parametrize("kind", RECALL)
def test_what_is_there_is_noted(measured: Measured, kind: str) -> None:
    assert dict(measured.scores)[kind].recall >= RECALL[kind], [line for line in measured.remarks if f"missed {kind}" in line]
