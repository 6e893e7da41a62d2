"""Copies that need no comparing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.group.claims import once
from digest.group.exact import ExactEngine
from digest.model import Article, Link, LinkKind
from tests.group.made import HARBOUR, linked
from tests.made import FERRY, WEIR, article


def exact(*articles: Article) -> list[Link]:
    return linked(ExactEngine(), *articles)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("https://post.example/ferry", "http://www.post.example/ferry/"),
        ("https://post.example/ferry?utm_source=mail&id=7", "https://m.post.example/ferry?id=7#top"),
        ("https://post.example/ferry/amp", "https://amp.post.example/ferry?fbclid=x"),
    ],
)
def test_one_address_in_two_spellings_is_a_copy(left: str, right: str) -> None:
    (link,) = exact(article("a1", FERRY, url=left), article("a2", WEIR, url=right))
    assert link == Link("a1", "a2", LinkKind.COPY, 1.0, "exact", (("same address", 1.0),))


def test_two_pages_of_one_site_are_two() -> None:
    assert exact(article("a1", FERRY, url="https://post.example/?id=7"), article("a2", WEIR, url="https://post.example/?id=8")) == []


def test_one_text_in_other_case_and_punctuation_is_a_copy() -> None:
    (link,) = exact(article("a1", FERRY), article("a2", FERRY.upper().replace(",", " –").replace(". ", "!\n\n")))
    assert link == Link("a1", "a2", LinkKind.COPY, 1.0, "exact", (("same text", 1.0),))


def test_short_texts_are_alike_by_chance() -> None:
    assert exact(article("a1", "More to follow. Please reload the page."), article("a2", "More to follow. Please reload the page.")) == []


def test_missing_addresses_are_not_one_address() -> None:
    assert exact(article("a1", FERRY), article("a2", WEIR), article("a3", HARBOUR, url="javascript:alert(1)")) == []


def test_a_bucket_is_linked_in_a_row() -> None:
    assert [(link.left, link.right) for link in exact(article("c"), article("a"), article("b"))] == [("a", "b"), ("b", "c")]


def test_long_texts_that_part_after_their_head_are_not_one_text() -> None:
    head = " ".join(f"word{number}" for number in range(400))
    tails = [" ".join(f"{tail}{number}" for number in range(100)) for tail in ("left", "right")]
    assert exact(article("a1", f"{head} {tails[0]}"), article("a2", f"{head} {tails[1]}")) == []


@given(st.lists(st.integers(-(2**40), 2**40), max_size=40))
def test_each_number_stands_once_and_in_order(numbers: list[int]) -> None:
    assert once(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))
