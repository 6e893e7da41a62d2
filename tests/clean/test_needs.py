"""The letters that a pattern cannot do without: never a match lost, and few patterns tried."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.clean.furniture import ALWAYS, MARKS, PASSAGES, TAIL
from digest.clean.needs import Needs, Pattern, grams, likely, needed, possible

TABLES = [*ALWAYS, *MARKS, *PASSAGES, *TAIL]


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("cookie", (("cookie",),)),
        ("(?:accept|reject) all", (("accept", "reject"), (" all",))),
        ("(?:got|have) a (?:tip|story)", (("story", "tip"), ("got", "have"))),
        ("a|bcd", ()),
        (r"\w+ subscribers?", ((" subscriber",),)),
        ("(?:x{0,3}yes)+", (("yes",),)),
        ("(?:print)?", ()),
        ("(?:print|to)", ()),
        ("扫码", (("扫码",),)),
        (r"\{\{x", (("{{x",),)),
        (" a ", ()),
    ],
)
def test_needs_of_a_pattern(pattern: str, needs: Needs) -> None:
    assert needed(pattern, re.IGNORECASE) == needs


def test_most_patterns_of_the_tables_need_something() -> None:
    assert sum(bool(pattern.needs) for pattern in TABLES) >= 0.98 * len(TABLES)


@pytest.mark.parametrize("pattern", TABLES, ids=lambda pattern: pattern.words.pattern[:40])
@settings(deadline=None, max_examples=8)
@given(data=st.data())
def test_whatever_a_pattern_matches_holds_what_it_needs(pattern: Pattern, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(pattern.words))
    match = pattern.words.search(text)
    assert match
    lower = text.lower().replace("ſ", "s").replace("ı", "i").replace("i̇", "i").replace("\u212a", "k")
    assert possible([pattern], lower)
    assert likely([pattern], lower, grams(lower))
