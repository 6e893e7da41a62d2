"""The sentences that noters read."""

from __future__ import annotations

import pytest

from digest.notes.quantities import read
from digest.notes.spans import LONGEST, sentence_spans

PIECES = ("a.", "A b ", "1 ", "1.", "12 12 ", "1-", "one ", "No ", "the 5 ", "(", "€1", "5 of ", "A-", "1,", "x ")


def test_what_is_too_long_for_a_sentence_is_passed_over() -> None:
    long = "Word " * LONGEST
    assert sentence_spans(f"One is here. {long}. Two is there.") == ((0, 12), (len(long) + 15, len(long) + 28))


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_keeps_the_reading_of_figures(piece: str) -> None:
    text = f"In 5 {piece * 40_000}"
    read(text, "en")  # minutes, while every sentence was read
    read(text[: LONGEST - 1], "en")
