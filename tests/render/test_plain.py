"""Plain text: columns, breaks and numbered links."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.render.plain import COLUMNS, Links, tidy, width, wrap
from digest.text import one_line

WORDS = st.text(st.sampled_from("ab é中文。」اب\u0301 \t-—x"), max_size=300)


@given(WORDS, st.sampled_from(["", "- ", "  | "]), st.sampled_from([None, "", "    "]))
def test_lines_fit_and_nothing_is_lost(text: str, first: str, rest: str | None) -> None:
    lines = wrap(text, first, rest).split("\n")
    assert all(width(line) <= COLUMNS for line in lines)
    indent = " " * len(first) if rest is None else rest
    shown = lines[0][len(first) :] + "".join(line[len(indent) :] for line in lines[1:])
    assert shown.replace(" ", "") == one_line(text).replace(" ", "")


def test_wide_characters_count_twice_and_marks_nothing() -> None:
    assert width("中a\u0301") == 3
    assert wrap("中" * 40) == "中" * 36 + "\n" + "中" * 4


def test_a_closing_mark_begins_no_line() -> None:
    assert wrap("中" * 36 + "。文") == "中" * 35 + "\n" + "中。文"


def test_a_links_number_stays_with_its_words() -> None:
    assert wrap("x " * 35 + "last [12], more") == "x " * 34 + "x\nlast [12], more"
    assert wrap("中" * 35 + " [12]") == "中" * 34 + "\n中 [12]"


def test_an_address_is_never_broken_but_a_long_word_is() -> None:
    address = "https://a.example/" + "x" * 100
    assert wrap(f"see {address} now").split("\n") == ["see", address, "now"]
    assert wrap("y" * 100).split("\n") == ["y" * 72, "y" * 28]


def test_tidying_keeps_the_signature_mark() -> None:
    assert tidy("\n\na  \n\n\n\nb\n-- \nc\n\n") == "a\n\nb\n-- \nc\n"


def test_links_are_numbered_once_and_listed_once() -> None:
    links = Links()
    assert links.mark("https://a.example/1", "One") == " [1]"
    assert links.mark("https://a.example/1", "Again") == " [1]"
    assert links.mark("javascript:alert(1)", "No") == ""
    assert links.take() == [(1, "One", "https://a.example/1")]
    assert links.mark("https://a.example/2", "Two\n2") == " [2]"
    assert links.take() == [(2, "Two 2", "https://a.example/2")]
    assert links.take() == []


def test_a_family_of_emoji_is_not_torn_apart() -> None:
    family = "👩\u200d👩\u200d👧"
    assert all(
        line.strip() in {"", family, family * 2, family * 3} or line.replace(family, "") == "" for line in wrap(family * 40).split("\n")
    )
