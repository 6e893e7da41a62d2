"""Texts to words as arrays, against a plain reading of one character after the other."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.group import letters
from digest.group.scan import LONGEST, Words, scanned


def hashes(text: str) -> list[int]:
    return [int(one) for one in scanned([text]).hash]


def plainly(text: str) -> list[str]:
    """The words of `text` by a loop over its characters: as `scanned` cuts them, before folding."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text[:LONGEST])
    kinds = letters.kinds()
    text = "".join(character for character in text if kinds[ord(character)] & letters.KIND != letters.MARK)
    kind = [int(kinds[ord(character)] & letters.KIND) for character in text]
    for at, one in enumerate(kind):
        if one == letters.JOINT:
            inside = 0 < at < len(kind) - 1 and text[at - 1].isdecimal() and text[at + 1].isdecimal()
            kind[at] = letters.DIGIT if inside else letters.BREAK
    found, at = [], 0
    while at < len(text):
        end = at + 1
        if kind[at] == letters.PAIRED:
            if end < len(text) and kind[end] == letters.PAIRED:
                found.append(text[at : at + 2])
            elif not (at and kind[at - 1] == letters.PAIRED):
                found.append(text[at])
        elif kind[at] in {letters.LETTER, letters.DIGIT}:
            while end < len(text) and kind[end] in {letters.LETTER, letters.DIGIT}:
                end += 1
            found.append(text[at:end])
        at = end
    return found


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Élysée", "ELYSEE"),
        ("Zürich", "Zu\u0308rich"),
        ("Łódź", "lodz"),
        ("Ёлка", "елка"),
        ("Αθήνα", "ΑΘΗΝΑ"),
        ("إلى", "الى"),
        ("الحُكُومَة", "الحكومة"),
        ("ＤＩＧＥＳＴ", "digest"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_case_accents_points_and_width_do_not_make_another_word(left: str, right: str) -> None:
    assert hashes(left) == hashes(right)


@pytest.mark.parametrize(("left", "right"), [("weir", "wire"), ("мир", "мор"), ("한국", "한글"), ("1.5", "15"), ("a", "b"), ("का", "की")])
def test_other_words_have_other_hashes(left: str, right: str) -> None:
    assert hashes(left) != hashes(right)


def test_words_figures_and_pairs_are_told_apart() -> None:
    found = scanned(["The Tide's 3.5 m, 1,200 boats. 港口新闻 x", "", "Late"])
    assert list(found.length) == [3, 4, 1, 3, 1, 5, 5, 2, 2, 2, 1, 4]
    assert list(found.text) == [0] * 11 + [2]
    assert list(found.place) == [*range(11), 0]
    assert list(np.flatnonzero(found.digit)) == [3, 5]
    assert list(np.flatnonzero(found.paired)) == [7, 8, 9]
    assert list(np.flatnonzero(found.opens)) == [0, 7, 11]
    assert list(np.flatnonzero(found.capital)) == [0, 1, 11]


def test_a_stem_is_the_head_of_a_word() -> None:
    found = scanned(["harbours harboured harbor"])
    assert found.stem[0] == found.stem[1] != found.stem[2]


def test_runs_of_letters_mark_the_ends_of_their_word() -> None:
    found = scanned(["tide x", "Tide"], grams=True)
    assert list(np.bincount(found.gram_word)) == [4, 1, 4]
    assert list(found.gram[:4]) == list(found.gram[5:])
    assert len(set(found.gram.tolist())) == 5


def test_a_text_is_read_so_far_and_no_further() -> None:
    assert len(scanned(["wave " * 1_000_000]).hash) == LONGEST // 5 + 1


WORDS = st.text("aBé 1.,'港ท\u0301\u0640اЁ\n\ud800🌊ǅ", max_size=40) | st.text(max_size=40)


@given(texts=st.lists(WORDS, max_size=4))
@settings(max_examples=300, deadline=None)
def test_words_are_those_of_a_plain_loop(texts: list[str]) -> None:
    found = scanned(texts)
    for at, text in enumerate(texts):
        words = plainly(text)
        assert found.length[found.text == at].tolist() == [len(word) for word in words]
        assert found.hash[found.text == at].tolist() == [one for word in words for one in alone(word).hash.tolist()]


def alone(word: str) -> Words:
    return scanned([word])


@settings(max_examples=60)
@given(st.text(st.characters(max_codepoint=0xFF)))
def test_a_block_of_bytes_has_the_words_that_it_has_among_other_letters(text: str) -> None:
    """A block that fits into bytes is translated as bytes; the same text beside a Greek one is not."""
    alone, beside = scanned([text]), scanned([text, "λόγος"])
    count = len(alone.hash)
    assert count == len(beside.hash) - 1
    for name in ("hash", "stem", "length", "capital", "opens", "digit", "paired"):
        assert getattr(alone, name).tolist() == getattr(beside, name)[:count].tolist()
