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

# On the 102 of plain news, which are open too.
NEWS = {"differ": 0.9, "updated": 0.8, "agree": 0.95, "told apart": 0.9, "adds": 0.95, "origins": 0.95}
NEWS_RECALL = {"differ": 0.24, "updated": 0.38, "agree": 0.15}

# On the 56 that are held back: 34 of 36 conflicts and 22 of 25 updates that are shown are right. Of denials one is shown, and it is wrong:
# too few for a floor. Updates and agreements had floors of .5 and .45 for their recall while only twenty stories were held back.
HELD = {"differ": 0.9, "updated": 0.85, "agree": 0.9, "told apart": 0.95, "adds": 0.95, "origins": 0.97}
HELD_RECALL = {"differ": 0.24, "updated": 0.42, "agree": 0.26}


@pytest.fixture(scope="module")
def every() -> tuple[Measured, ...]:
    return stories()


@pytest.fixture(scope="module")
def measured(every: tuple[Measured, ...]) -> Measured:
    return every[0]


@pytest.fixture(scope="module")
def news(every: tuple[Measured, ...]) -> Measured:
    return every[1]


@pytest.fixture(scope="module")
def held(every: tuple[Measured, ...]) -> Measured:
    return every[2]


@pytest.mark.parametrize("kind", NEWS)
def test_what_is_noted_of_plain_news_is_right(news: Measured, kind: str) -> None:
    assert dict(news.scores)[kind].precision >= NEWS[kind], [line for line in news.remarks if f"wrong {kind}" in line]


@pytest.mark.parametrize("kind", NEWS_RECALL)
def test_what_is_there_is_noted_of_plain_news(news: Measured, kind: str) -> None:
    assert dict(news.scores)[kind].recall >= NEWS_RECALL[kind]


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
