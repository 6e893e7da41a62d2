"""Words, sentences, spans and keys."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.text import counted, cut, listed, one_line, paragraphs, sentences, sha, shingles, visible, word_count, words

SENTENCES = [
    ("The weir was lowered. Nobody cheered.", ["The weir was lowered.", "Nobody cheered."]),
    ("Dr. Holm met Mr. Lund on Mon. Morning fog lay on the river.", ["Dr. Holm met Mr. Lund on Mon. Morning fog lay on the river."]),
    ("J. R. Holm wrote it. A. Lund read it.", ["J. R. Holm wrote it.", "A. Lund read it."]),
    ("The toll has risen to 12. Two are missing.", ["The toll has risen to 12.", "Two are missing."]),
    ("Der 13. Gang war leer. Die Zahl stieg auf 19. Viele flohen.", ["Der 13. Gang war leer.", "Die Zahl stieg auf 19.", "Viele flohen."]),
    ("Am 12. November begann der Streik. Er endete bald.", ["Am 12. November begann der Streik.", "Er endete bald."]),
    ("Das gilt z. B. Wasser und Strom. Mehr nicht.", ["Das gilt z. B. Wasser und Strom.", "Mehr nicht."]),
    ("Das kostet z.B. Geld. Viel Geld.", ["Das kostet z.B. Geld.", "Viel Geld."]),
    ("Er sagte: „Wir gehen.“ Dann ging er.", ["Er sagte: „Wir gehen.“", "Dann ging er."]),
    ("Elle dit : « Non. » Puis elle partit.", ["Elle dit : « Non. »", "Puis elle partit."]),
    ("Er ging. »Halt!«", ["Er ging.", "»Halt!«"]),
    ("Sie rief: »Halt!« Niemand hielt.", ["Sie rief: »Halt!«", "Niemand hielt."]),
    ("He said no. They left.", ["He said no.", "They left."]),
    ("See No. 5 on page 3. It is torn.", ["See No. 5 on page 3.", "It is torn."]),
    ("Is it art. 5 or not? Nobody knows.", ["Is it art. 5 or not?", "Nobody knows."]),
    ("“Stop!” she said. “Now.” They stopped.", ["“Stop!” she said.", "“Now.”", "They stopped."]),
    ("It cost 3.5 million at example.com. That is all.", ["It cost 3.5 million at example.com.", "That is all."]),
    ("Well ... maybe. Well... No.", ["Well ... maybe.", "Well...", "No."]),
    ("河水上涨。村民撤离！谁来负责？无人回答", ["河水上涨。", "村民撤离！", "谁来负责？", "无人回答"]),
    ("他说：“快走。”然后离开。", ["他说：“快走。”", "然后离开。"]),
    ("ارتفع النهر. غادر السكان؟ لا أحد يعلم", ["ارتفع النهر.", "غادر السكان؟", "لا أحد يعلم"]),
    ("नदी बढ़ी। लोग गए।", ["नदी बढ़ी।", "लोग गए।"]),
    ("A heading\n\nThe text below it.", ["A heading", "The text below it."]),
    ("Yes!? no. Yes?! No.", ["Yes!? no.", "Yes?!", "No."]),
    (". Alone at the head.", [".", "Alone at the head."]),
    ("", []),
    (" \n ", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


STOPS = st.text(alphabet=st.sampled_from("aB1 .!?…。？\n\"“”«»()'é中ا؟"), max_size=60)


@given(STOPS | st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_sentences_and_paragraphs_are_sorted_slices_without_outer_space_that_lose_no_letter(text: str) -> None:
    for spans in (list(sentences(text)), list(paragraphs(text))):
        bounds = [0, *(bound for span in spans for bound in span), len(text)]
        assert bounds == sorted(bounds)
        assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
        assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("unit", [".", "!?", ".'", "\n", "a. ", "。", "“", " \n"])
def test_sentences_of_a_hostile_page_take_a_moment(unit: str) -> None:
    text = unit * (100_000 // len(unit)) + "x"
    began = time.process_time()
    assert list(sentences(text))
    assert list(paragraphs(text))
    assert time.process_time() - began < 2


def test_paragraphs_stand_between_empty_lines() -> None:
    text = " one\ntwo \n \n\n three"
    assert [text[start:end] for start, end in paragraphs(text)] == ["one\ntwo", "three"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc\x85d", "a\nb\nc\nd"),
        ("a\x0bb\x0cc", "a\nb\nc"),
        ("a\x00b\x1bc\x7fd\x9be", "a b c d e"),
        ("rope\u200bwalk\ufeff\u00ad", "ropewalk"),
        ("left\u202eright\u2066, \u200fok\u200e\u061c", "leftright, ok"),
        ("rope\u200dwalk \u200cAuf\u200clage", "ropewalk Auflage"),
        ("می\u200cخواهم کتاب\u200cها", "می\u200cخواهم کتاب\u200cها"),
        ("می\u200c\u200cخواهم\u200c.", "می\u200cخواهم."),
        ("क्\u200dष क्\u200cष ශ්\u200dරී", "क्\u200dष क्\u200cष ශ්\u200dරී"),
        ("👩\u200d👩\u200d👧 🏳️\u200d🌈 👩🏽\u200d🚀 ❤️\u200d🔥", "👩\u200d👩\u200d👧 🏳️\u200d🌈 👩🏽\u200d🚀 ❤️\u200d🔥"),
        ("👩\u200d \u200d👩\u200d\u202e👧", "👩 👩👧"),
        (
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        ),
        ("hidden\U000e0068\U000e0069 words", "hidden words"),
        ("葛\U000e0100 ⚠\ufe0f😀\U000e0150\U000e0151\U000e0152", "葛\U000e0100 ⚠\ufe0f😀\U000e0150"),
        ("z" + "\u0335" * 200 + "algo", "z" + "\u0335" * 5 + "algo"),
        ("nothing\u3164\u2800\uffa0to see", "nothing   to see"),
        ("one\u2028two\u2029three", "one two three"),
        ("half\ud800pair\udfff", "half\ufffdpair\ufffd"),
        ("flag\U000e0067\U000e007f!", "flag!"),
        ("tab\tstays", "tab\tstays"),
        ("café 河 ا 🚢", "café 河 ا 🚢"),
    ],
)
def test_visible_keeps_only_what_can_be_seen(raw: str, expected: str) -> None:
    assert visible(raw) == expected


@given(st.text(alphabet=st.characters(), max_size=40))
@settings(max_examples=100, deadline=None)
def test_one_line_is_printable_encodable_single_spaced_and_settled(text: str) -> None:
    line = one_line(text)
    line.encode("utf-8")
    assert line == " ".join(line.split())
    assert one_line(line) == line
    assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Weir, lowered!", ["the", "weir", "lowered"]),
        ("don’t it's", ["don’t", "it's"]),
        ("河水上涨", ["河水", "水上", "上涨"]),
        ("河", ["河"]),
        ("AI模型2026", ["ai", "模型", "2026"]),
        ("ひらがな", ["ひら", "らが", "がな"]),
        ("ﬁne ＡＢＣ", ["fine", "abc"]),
        ("snake_case", ["snake", "case"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("한국어 문장", ["한국어", "문장"]),
        ("नदी बढ़ी", ["नदी", "बढ़ी"]),
        ("كِتابٌ", ["كِتابٌ"]),
        ("می\u200cخواهم", ["میخواهم"]),
        ("--- …", []),
    ],
)
def test_words_are_what_a_reader_calls_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_two_characters_of_an_unspaced_script_count_as_a_word_and_an_accent_as_none() -> None:
    assert word_count("河水上涨了") == 3
    assert word_count("The weir, lowered") == 3
    assert word_count("cafe\u0301s open") == 2
    assert word_count("") == 0


def test_shingles_are_the_runs_of_words() -> None:
    assert shingles(["a", "b", "c", "d"]) == {"a b c", "b c d"}
    assert shingles(["a", "b", "c"]) == {"a b c"}
    assert shingles(["a"], 5) == {"a"}
    assert shingles([]) == set()


@given(st.lists(st.sampled_from("abc"), max_size=12), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_shingles_agree_with_a_plain_count(tokens: list[str], size: int) -> None:
    slow = {" ".join(tokens[at : at + size]) for at in range(max(1, len(tokens) - size + 1))} if tokens else set()
    assert shingles(tokens, size) == slow


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("The weir was lowered", 40, "The weir was lowered"),
        ("The weir was lowered", 13, "The weir…"),
        ("The weir, was lowered", 12, "The weir…"),
        ("Donaudampfschifffahrt", 8, "Donauda…"),
        ("two\nlines", 20, "two lines"),
    ],
)
def test_cut_ends_at_a_word(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


@given(st.text(max_size=80), st.integers(2, 60))
@settings(max_examples=100, deadline=None)
def test_cut_never_exceeds_its_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit


def test_listed_names_a_few_and_counts_the_rest() -> None:
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(["A", "B", "C", "D", "E"]) == "A, B, C (+2)"


def test_counted_agrees_in_number() -> None:
    assert [counted(1, "story", "stories"), counted(2, "story", "stories"), counted(0, "word")] == ["1 story", "2 stories", "0 words"]


def test_sha_keeps_its_parts_apart_and_takes_any_text() -> None:
    assert sha("ab", "c") != sha("a", "bc")
    assert sha("a") == sha(b"a")
    assert len(sha("\ud800")) == 64


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_words_of_plain_letters_are_those_of_any_text(text: str) -> None:
    """ASCII is read by a pattern of its own; a letter beyond it takes the other way."""
    assert [*words(text), "é"] == words(f"{text} é")
    assert word_count(text) + 1 == word_count(f"{text} é")
