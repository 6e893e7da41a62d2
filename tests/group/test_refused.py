"""What came near a story and did not join it is kept, with why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from digest.group import group
from digest.group.backed import BACKERS, CROWDED, PARTS
from digest.group.claims import VETO, Claims
from digest.group.join import AVERAGE, Guard
from digest.group.refused import MOST, refused
from digest.model import LinkKind
from digest.settings import GroupTable
from tests.made import SEEN, article

ARTICLES = [article(f"a{number}", f"Text {number}", published=SEEN + timedelta(days=number)) for number in range(8)]
WIDE = Guard(max_size=60, span=timedelta(days=30))


def claimed(*pairs: tuple[int, int, float], kind: LinkKind = LinkKind.SAME_STORY) -> Claims:
    left, right = (np.array([pair[at] for pair in pairs], np.int64) for at in (0, 1))
    return Claims(kind, "story", left, right, np.array([pair[2] for pair in pairs]), {"cosine": np.full(len(pairs), 0.5)})


def reasons(claims: list[Claims], story: list[int], guard: Guard = WIDE) -> dict[int, list[tuple[str, str, str]]]:
    found = refused(ARTICLES, claims, np.array(story), guard, np.ones(len(ARTICLES), np.bool_))
    return {first: [(miss.link.left, miss.link.right, miss.reason) for miss in misses] for first, misses in found.items()}


def test_a_weak_link_a_veto_and_an_average_say_what_they_were() -> None:
    claims = [claimed((0, 1, 0.9), (1, 2, 0.3), (1, 3, VETO), (0, 4, 0.6)), claimed((0, 5, VETO), kind=LinkKind.COPY)]
    found = reasons(claims, [0, 0, 2, 3, 4, 5, 6, 7])
    assert found[2] == [("a1", "a2", f"too weak: 0.30 of {AVERAGE:.2f}")]
    assert found[3] == [("a1", "a3", "veto: they count the same thing differently")]
    assert found[4] == [("a0", "a4", "the other reports of the two stories are too far apart")]
    assert found[5] == [("a0", "a5", "veto: made from one template")]
    assert 6 not in found
    assert len(found[0]) == MOST, "each kept once, from either side, and no more than MOST"


def test_a_weak_link_says_what_it_lacks() -> None:
    weak = claimed((0, 2, 0.35), (1, 3, 0.35), (4, 5, 0.5), (6, 7, 0.35))
    signals = {
        BACKERS: np.array([0.0, 2.0, 1.0, 1.0]),
        CROWDED: np.array([np.nan, 9.0, np.nan, np.nan]),
        PARTS: np.array([np.nan, np.nan, np.nan, 1.0]),
    }
    found = reasons([replace(weak, signals=signals)], list(range(8)))
    assert found[6] == [("a6", "a7", "too weak for two parts of one document")]
    assert found[0] == [("a0", "a2", "too weak by itself: no third report is near to both")]
    assert found[1] == [("a1", "a3", "too weak where 9 articles are about as near")]
    assert found[4] == [("a4", "a5", "the other reports of the two stories are too far apart")]


def test_bounds_of_size_and_time_are_named() -> None:
    claims = [claimed((0, 1, 0.9), (1, 7, 0.8))]
    story = [0, 0, 2, 3, 4, 5, 6, 7]
    assert reasons(claims, story, Guard(2, timedelta(days=30)))[7][0][2] == "together they are more than 2 articles"
    assert reasons(claims, story, Guard(60, timedelta(days=5)))[7][0][2] == "together they last longer than 5 days"


def test_of_one_other_story_the_nearest_pair_is_kept() -> None:
    claims = [claimed((0, 2, 0.35), (1, 2, 0.4), (0, 3, 0.31), (0, 4, 0.32), (0, 5, 0.33), (6, 7, 0.1))]
    found = reasons(claims, [0, 0, 2, 3, 4, 5, 6, 7])
    assert [pair[:2] for pair in found[0]] == [("a1", "a2"), ("a0", "a5"), ("a0", "a4")]
    assert 6 not in found, "too faint to be worth a line"


def test_the_twelfth_and_the_thirteenth_package_are_kept_apart_aloud() -> None:
    text = "The Union adopted its {} package of sanctions against Kordavia, which bars Lissel diamonds, tankers and Ostrova's banks."
    made = [article(name, text.format(name), title=f"Union adopts {name} package against Kordavia") for name in ("12th", "13th")]
    first, second = group(made, GroupTable())
    assert [miss.reason for miss in first.near_misses] == ["veto: they count the same thing differently"]
    assert first.near_misses == second.near_misses
    assert not group(made, GroupTable(), evidence=False)[0].near_misses
