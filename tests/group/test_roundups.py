"""A letter of many stories glues none of them, and is no story with its next edition."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.group import group, roundups
from digest.group.roundups import ABOUT, ALIKE, ASKED, COLUMN, COPIED, FEWEST, NEAR, UNLIKE, likeness
from digest.model import Article
from digest.settings import GroupTable
from tests.group.made import FERRY_RIVAL, joined
from tests.made import FERRY, SEEN, WEIR, article

MATCH = (
    "Corran Rovers beat Ondra United 3-1 on Saturday and lead the northern league before the winter break. "
    "Lena Fisk scored twice and hit the bar shortly before the end. Coach Anton Bree praised his defence."
)
PRIZE = (
    "The novelist Sana Okoye has won the Tamarisk Prize for a book about beekeepers, the jury announced in Valmere. "
    "She will share the money with her translators. The jury had read ninety books since spring."
)
# One opening of each story, as letters have them.
LETTER = "Good morning. " + " ".join(text.partition(". ")[0] + "." for text in (FERRY, WEIR, MATCH, PRIZE))
TRAM = (
    "Good morning. Line 4 does not run between the zoo and the lower market today. "
    "The handball women need a draw tonight. It will be nine degrees and bright, so take the bicycle."
)
TRAM_AGAIN = (
    "Good morning. Line 4 runs again, all the way to the zoo. "
    "The handball women drew, which was enough for the semi-final. Rain from the west after noon; leave the bicycle at home."
)


def week() -> list[Article]:
    texts = {"ferry": FERRY, "rival": FERRY_RIVAL, "weir": WEIR, "match": MATCH, "prize": PRIZE}
    return [article(name, text, title=text.partition(". ")[0][:60]) for name, text in texts.items()]


def column(two: str = TRAM_AGAIN, hours: int = 24, source: str = "Harbour Post", title: str = "Morning briefing") -> list[Article]:
    return [
        article("one", TRAM, title="Morning briefing"),
        article("two", two, title=title, source=source, published=SEEN + timedelta(hours=hours)),
    ]


def test_a_round_up_stands_alone_and_its_stories_apart() -> None:
    letter = article("letter", LETTER, title="The week in four stories")
    assert joined(*week(), letter) == [{"ferry", "rival"}]
    found = {one.id: found for found in group([*week(), letter], GroupTable()) for one in found.articles}
    misses = found["letter"].near_misses
    assert {miss.reason for miss in misses} == {"a round-up: what is near to it is not near to one another"}
    assert all(dict(miss.link.signals)[UNLIKE] < ALIKE for miss in misses)


def test_two_editions_of_one_column_are_no_story() -> None:
    assert joined(*column()) == []
    (miss, *_) = group(column(), GroupTable())[0].near_misses
    assert miss.reason == "veto: two editions of one column"
    assert dict(miss.link.signals)[COLUMN] == 1


@pytest.mark.parametrize("other", [{"hours": 3}, {"source": "Daily Gull"}, {"title": "Your morning briefing"}, {"two": TRAM}])
def test_of_one_day_of_two_outlets_of_two_titles_and_reprinted_they_may_be_one(other: dict[str, str | int]) -> None:
    assert joined(*column(**other)) == [{"one", "two"}]  # type: ignore[arg-type] # fields of one mixed table


@given(
    values=st.lists(st.integers(0, 8), min_size=28, max_size=28),
    block=st.integers(1, 9),
)
@settings(max_examples=60, deadline=None)
def test_likeness_is_what_a_plain_reading_gives(values: list[int], block: int) -> None:
    pairs = [(pair, value / 10) for pair, value in zip(combinations(range(8), 2), values, strict=True) if value]
    left, right = (np.array([pair[at] for pair, _ in pairs], np.int64) for at in (0, 1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roundups, "_BLOCK", block)
        found = likeness(8, left, right, np.array([value for _, value in pairs]))
    known = dict(pairs) | {pair[::-1]: value for pair, value in pairs}
    for at in range(8):
        near = sorted(
            (other for other in range(8) if NEAR <= known.get((at, other), 0) < COPIED), key=lambda other: (-known[at, other], other)
        )
        near = [other for other in near[:ASKED] if known[at, other] >= np.float32(ABOUT) * np.float32(known[at, near[0]])]
        alike = [pair in known for pair in combinations(near, 2)]
        assert found[at] == pytest.approx(sum(alike) / len(alike)) if len(near) >= FEWEST else np.isnan(found[at])
