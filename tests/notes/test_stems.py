"""Words of newsrooms that say one thing have one stem."""

from __future__ import annotations

import pytest

from digest.notes.figures.stems import ROWS, stem, stems


def test_no_word_is_in_two_rows() -> None:
    words = [word for row in ROWS for word in row.split()]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize(
    ("one", "two"),
    [("paid", "purchase"), ("fell", "dropped"), ("gestohlen", "stolen"), ("inmates", "cons"), ("ambulances", "ambulance")],
)
def test_words_for_one_thing_have_one_stem(one: str, two: str) -> None:
    assert stem(one) == stem(two) != ""


def test_words_that_say_nothing_have_none() -> None:
    assert stems("The police said that 12 of them were in it on Tuesday") == [stem("police")]
