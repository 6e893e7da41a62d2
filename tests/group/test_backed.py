"""Weak links count where a third report speaks for them, and not where a whole subject is as near."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.group.backed import ABOUT, BACKS, CROWD, FIRM, OF_ONE, UNBACKED, Backing
from digest.group.join import AVERAGE

WEAK = (UNBACKED + FIRM) / 2
Pair = tuple[int, int]
Scores = dict[Pair, float]


def backing(count: int, scores: Scores, copies: frozenset[Pair] = frozenset(), parts: frozenset[Pair] = frozenset()) -> dict[Pair, bool]:
    """Of each link, whether it stands."""
    pairs = sorted(scores)
    left, right = np.array(pairs, np.int64).reshape(-1, 2).T
    copied, of_one = (np.array([pair in some for pair in pairs], np.bool_) for some in (copies, parts))
    found = Backing.of(count, left, right, np.array([scores[pair] for pair in pairs]), copied=copied, parts=of_one)
    return {pair: not fails for pair, fails in zip(pairs, found.fails.tolist(), strict=True)}


def test_what_does_not_stand_joins_nothing() -> None:
    assert UNBACKED < AVERAGE < FIRM


def test_a_weak_link_needs_a_third_report_that_is_near_to_both() -> None:
    assert backing(2, {(0, 1): WEAK}) == {(0, 1): False}
    assert backing(2, {(0, 1): FIRM}) == {(0, 1): True}
    assert backing(3, {(0, 1): WEAK, (0, 2): BACKS, (1, 2): BACKS})[0, 1]
    assert not backing(3, {(0, 1): WEAK, (0, 2): FIRM, (1, 2): BACKS - 0.01})[0, 1]


def test_a_copy_of_one_of_the_two_speaks_for_nothing() -> None:
    links = {(0, 1): WEAK, (0, 2): WEAK, (1, 2): 1.0}
    assert backing(3, links)[0, 1]
    assert not backing(3, links, frozenset({(1, 2)}))[0, 1]


def test_parts_of_one_document_need_a_firm_link() -> None:
    links = {(0, 1): WEAK, (0, 2): BACKS, (1, 2): BACKS}
    assert backing(3, links)[0, 1]
    assert not backing(3, links, parts=frozenset({(0, 1)}))[0, 1]
    assert backing(3, links | {(0, 1): FIRM}, parts=frozenset({(0, 1)}))[0, 1]


def test_in_a_subject_of_many_articles_a_weak_link_does_not_stand() -> None:
    some, many = (dict.fromkeys(combinations(range(count), 2), WEAK) for count in (CROWD + 1, CROWD + 2))
    assert all(backing(CROWD + 1, some).values())
    assert not any(backing(CROWD + 2, many).values())


def test_in_a_large_event_firm_links_speak_for_the_weak_ones() -> None:
    count = CROWD + 3
    links = dict.fromkeys(combinations(range(count), 2), 0.9) | {(0, 1): WEAK}
    assert backing(count, links)[0, 1]


def plainly(count: int, scores: Scores, copies: frozenset[Pair], pair: Pair) -> bool:
    """The rule, read plainly."""

    def score(one: int, two: int) -> float:
        return scores.get((min(one, two), max(one, two)), 0.0)

    def backs(one: int, two: int, least: float) -> bool:
        return score(one, two) >= least and (min(one, two), max(one, two)) not in copies

    if not UNBACKED < scores[pair] < FIRM:
        return True
    left, right = pair
    others = [at for at in range(count) if at not in pair]
    near = max(sum(score(end, at) >= ABOUT * scores[pair] for at in range(count) if at != end) for end in pair)
    firm = sum(backs(left, at, FIRM) and backs(right, at, BACKS) for at in others)
    firm += sum(backs(right, at, FIRM) and backs(left, at, BACKS) for at in others)
    backed = any(backs(left, at, BACKS) and backs(right, at, BACKS) for at in others)
    return backed and (near <= CROWD or firm >= OF_ONE * near)


@given(data=st.data(), count=st.integers(2, 10))
@settings(max_examples=80, deadline=None)
def test_what_stands_is_what_a_plain_reading_of_the_rule_says(data: st.DataObject, count: int) -> None:
    pairs = list(combinations(range(count), 2))
    values = st.sampled_from([-1.0, 0.0, 0.1, 0.21, 0.32, 0.37, 0.43, 0.5, 0.56, 0.61, 0.7, 0.9])
    scores = data.draw(st.dictionaries(st.sampled_from(pairs), values, min_size=1))
    copies = frozenset(data.draw(st.sets(st.sampled_from(sorted(scores)))))
    assert backing(count, scores, copies) == {pair: plainly(count, scores, copies, pair) for pair in scores}
