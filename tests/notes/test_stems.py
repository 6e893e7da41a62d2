"""Words of newsrooms that say one thing have one stem."""

from __future__ import annotations

from collections import Counter

import pytest

from digest.notes.figures.stems import SYNONYM, entries, stem, stems


def test_no_word_is_in_two_rows() -> None:
    assert [word for word, times in Counter(word for _, word, _ in entries()).items() if times > 1] == []


def test_rows_are_named_by_their_first_word_and_two_words_are_no_more() -> None:
    told = list(entries())
    assert all(row.startswith(SYNONYM) and word.count("_") <= 1 for row, word, _ in told)
    assert {row.removeprefix(SYNONYM) for row, _, _ in told} <= {word for _, word, _ in told}
    assert {language for _, _, language in told} == {"en", "de", "fr", "es"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("paid", "purchase"),
        ("fell", "dropped"),
        ("gestohlen", "stolen"),
        ("inmates", "cons"),
        ("ambulances", "ambulance"),
        ("brückenkosten", "kosten"),
        ("jurors", "verdict"),
    ],
)
def test_words_for_one_thing_have_one_stem(one: str, two: str) -> None:
    assert stem(one) == stem(two) != ""


def test_two_words_that_say_one_thing_together_are_told_as_one() -> None:
    assert stems("40 workers were laid off") == stems("40 workers were dismissed")
    assert stems("a wall that was laid in stone") != stems("a wall that was dismissed in stone")


def test_words_that_say_nothing_have_none() -> None:
    assert stems("The police said that 12 of them were in it on Tuesday") == [stem("police")]
