"""Floors under the notes, on the labelled stories of notes/. Never lower one without saying why."""

from __future__ import annotations

import pytest

from digest.evaluate.measures import Measured
from digest.evaluate.notes import stories

# On the 253 stories that are open, a few points below what was measured in November 2026. Precision of conflicts was .95 (floor .93)
# while the weights were fitted to these alone; now a hundred stories of plain news count too, and on those held back it rose from .88
# to .94: docs/notes/notes.md.
PRECISION = {"differ": 0.92, "updated": 0.94, "agree": 0.95, "told apart": 0.95, "opposed": 0.9, "adds": 0.94, "origins": 0.97}
RECALL = {"differ": 0.4, "updated": 0.65, "agree": 0.4, "opposed": 0.07, "adds": 0.97}

# On the 182 of plain news, which are open too; 80 of them came last: conflicts .75 / .26 while nobody had read them.
NEWS = {"differ": 0.9, "updated": 0.8, "agree": 0.95, "told apart": 0.9, "adds": 0.95, "origins": 0.95}
NEWS_RECALL = {"differ": 0.24, "updated": 0.38, "agree": 0.15}

# On 49 more, which came after those: conflicts .76 / .25 while nobody had read them.
RECENT = {"differ": 0.85, "updated": 0.8, "agree": 0.9, "told apart": 0.9, "adds": 0.95, "origins": 0.95}
RECENT_RECALL = {"differ": 0.2, "updated": 0.4, "agree": 0.2}

# On the 56 that are held back: all 31 conflicts and 20 of 22 updates that are shown are right. Of denials one is shown, and it is wrong:
# too few for a floor. Updates and agreements had floors of .5 and .45 for their recall while only twenty stories were held back.
HELD = {"differ": 0.9, "updated": 0.85, "agree": 0.9, "told apart": 0.95, "adds": 0.95, "origins": 0.97}
HELD_RECALL = {"differ": 0.24, "updated": 0.42, "agree": 0.26}

# On 26 that came later and are held back too: 24 of 27 conflicts and 10 of 13 updates.
LATER = {"differ": 0.82, "updated": 0.7, "agree": 0.9, "told apart": 0.9, "adds": 0.95, "origins": 0.95}
LATER_RECALL = {"differ": 0.38, "updated": 0.3, "agree": 0.33}

# On 38 that came last and are held back too: 28 of 29 conflicts, 14 of 15 updates, 6 of 7 agreements.
LATEST = {"differ": 0.92, "updated": 0.88, "agree": 0.8, "told apart": 0.93, "adds": 0.95, "origins": 0.95}
LATEST_RECALL = {"differ": 0.27, "updated": 0.36, "agree": 0.09}

FLOORS = (
    ("notes", PRECISION, RECALL),
    ("notes: plain news", NEWS, NEWS_RECALL),
    ("notes: plain news, latest", RECENT, RECENT_RECALL),
    ("notes: held back", HELD, HELD_RECALL),
    ("notes: held back, later ones", LATER, LATER_RECALL),
    ("notes: held back, latest", LATEST, LATEST_RECALL),
)


@pytest.fixture(scope="module")
def every() -> dict[str, Measured]:
    return {one.name: one for one in stories()}


@pytest.mark.parametrize(("name", "kind", "floor"), [(name, kind, floor) for name, floors, _ in FLOORS for kind, floor in floors.items()])
def test_what_is_noted_is_right(every: dict[str, Measured], name: str, kind: str, floor: float) -> None:
    measured = every[name]
    assert dict(measured.scores)[kind].precision >= floor, [line for line in measured.remarks if f"wrong {kind}" in line]


@pytest.mark.parametrize(("name", "kind", "floor"), [(name, kind, floor) for name, _, floors in FLOORS for kind, floor in floors.items()])
def test_what_is_there_is_noted(every: dict[str, Measured], name: str, kind: str, floor: float) -> None:
    measured = every[name]
    assert dict(measured.scores)[kind].recall >= floor, [line for line in measured.remarks if f"missed {kind}" in line]
