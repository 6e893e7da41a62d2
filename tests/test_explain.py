"""`digest explain` reads what was recorded, and never decides anew."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from digest.errors import UsageError
from digest.explain import explained


def story(identity: str, title: str, *members: tuple[str, str, str, str | None]) -> dict[str, Any]:
    return {
        "id": identity,
        "title": title,
        "members": [
            {"article": article, "source": source, "title": title, "relation": relation, "copy_of": of}
            for article, source, relation, of in members
        ],
        "outlets": sorted({source for _, source, _, _ in members}),
        "origins": sum(of is None for _, _, _, of in members),
        "reasons": [f"lead: because of {identity}"],
        "links": [
            {
                "left": left[0],
                "right": right[0],
                "kind": "copy",
                "score": 0.9,
                "engine": "near",
                "signals": {"in order": 0.97, "title": 1.0},
            }
            for left, right in pairwise(members)
        ],
    }


FIRST = story("aa11", "Tide at 2 metres", ("x", "Quay", "lead", None), ("y", "Moor", "copy", "x"))
SECOND = story("bb22", "Mead festival", ("z", "Moor", "lead", None))
RECORD = {
    "sections": [{"title": "The lead", "stories": [FIRST]}, {"title": "Culture", "stories": [SECOND]}],
    "articles": {
        name: {"source": source, "title": f"Title {name}"} for name, source in (("x", "Quay"), ("y", "Moor"), ("z", "Moor"), ("o", "Old"))
    },
    "left_out": [{"article": "o", "reason": "no room"}],
}


def test_the_whole_issue_in_its_order_with_what_was_left_out() -> None:
    assert list(explained(RECORD)) == [
        "1. Tide at 2 metres  [aa11]",
        "   The lead · 2 reports, 2 outlets, 1 origin",
        "   lead: because of aa11",
        "2. Mead festival  [bb22]",
        "   Culture · 1 report, 1 outlet, 1 origin",
        "   lead: because of bb22",
        "Left out (1):",
        "  Title o (Old): no room",
    ]


def test_nothing_left_out_is_not_mentioned() -> None:
    assert not [line for line in explained(RECORD | {"left_out": []}) if "Left out" in line]


@pytest.mark.parametrize("name", ["1", "aa11", "TIDE at"])
def test_one_story_with_its_members_and_links(name: str) -> None:
    assert list(explained(RECORD, name))[3:] == [
        "   Members:",
        "     lead: Quay · Tide at 2 metres  [x]",
        "     copy of Quay: Moor · Tide at 2 metres  [y]",
        "   Links:",
        "     copy 0.9 by near: Quay [x] ~ Moor [y] (in order 0.97, title 1.0)",
    ]


def test_what_was_kept_apart_is_told_with_the_reason() -> None:
    apart = {"left": "o", "right": "x", "kind": "same_story", "score": 0.3, "engine": "story", "signals": {"cosine": 0.2}}
    near = FIRST | {"near_misses": [apart | {"reason": "too weak: 0.30 of 0.44"}]}
    record = RECORD | {"sections": [{"title": "The lead", "stories": [near]}]}
    assert list(explained(record, "1"))[-2:] == [
        "   Kept apart:",
        "     same_story 0.3 by story: Old [o] ~ Quay [x] (cosine 0.2): too weak: 0.30 of 0.44 · Title o",
    ]


def test_a_number_means_the_place_before_it_means_a_word_of_a_headline() -> None:
    assert next(explained(RECORD, "2")).startswith("2. Mead festival")


def test_a_story_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no story of this issue is called 'zzz'") as caught:
        list(explained(RECORD, "zzz"))
    assert caught.value.exit_code == 2
    assert "its number, its id or words" in caught.value.fix


def test_one_story_alone_has_no_links_to_tell() -> None:
    assert not [line for line in explained(RECORD, "bb22") if "Links" in line]
