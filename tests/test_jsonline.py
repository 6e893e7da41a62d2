"""Lines of JSON are those of the standard library, whoever writes them."""

from __future__ import annotations

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.jsonline import read, written

TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)  # lone surrogates too
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_line_is_what_the_standard_library_writes_and_comes_back(values: object) -> None:
    line = written(values)
    assert line == json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert read(line) == values
    assert "\n" not in line


def test_every_character_is_written_as_the_standard_library_does() -> None:
    whole = "".join(chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert written(whole) == json.dumps(whole, ensure_ascii=False)


@pytest.mark.parametrize("text", ["", "{", "[1,]", "x"])
def test_what_is_no_json_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of either library, each with words of its own
        read(text)
