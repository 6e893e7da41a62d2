"""Rival reports of one event are joined; two events of one sort are not."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.group import nearest, sparse, story
from digest.group.common import BACKGROUND, shares
from digest.group.join import AVERAGE
from digest.group.nearest import Nearest
from digest.group.story import (
    ALONE,
    CLOSE_LIKE,
    FRESH_DAYS,
    LIKE,
    NEIGHBOURS,
    OTHERS,
    PAST,
    STEADY,
    StoryEngine,
    background,
    rarities,
    together,
    vectors,
)
from digest.group.tokens import WIDTH, tokens
from digest.model import Article, LinkKind
from tests.conftest import NOW
from tests.group.made import FERRY_ELSEWHERE, FERRY_RIVAL, FIRE_CORRAN, FIRE_MARROW, GULLWING, TARNMILL, joined, linked
from tests.made import FERRY, SEEN, WEIR, article

MATCH_NORTH = (
    "Corran Rovers beat Marrow United 3-1 on Saturday and lead the northern league before the winter break. "
    "Lena Fisk scored twice for the Rovers and hit the bar shortly before the end. "
    "Coach Anton Bree praised his defence, which has let in four goals since August."
)
MATCH_SOUTH = (
    "Ondra Wheelers won 2-0 against Saltby Town on Saturday and climbed to second place in the southern league. "
    "Goalkeeper Mia Tolland held a penalty in the first half. "
    "The Wheelers will travel to Highmoor next week, where they have not won since 1998."
)
WEEK = (
    article("ferry-1"),
    article("ferry-2", FERRY_RIVAL, title="81 saved as Morning Star strikes sandbank", source="Tide Weekly"),
    article("ferry-3", FERRY_ELSEWHERE, title="Ferry rams pier at Lake Ondra", source="Lake Courier"),
    article("fire-1", FIRE_MARROW, title="Fire destroys grain store in Marrow"),
    article("fire-2", FIRE_CORRAN, title="Fire at Corran shipyard", source="Tide Weekly"),
    article("match-1", MATCH_NORTH, title="Rovers go top before the break"),
    article("match-2", MATCH_SOUTH, title="Wheelers climb to second place", source="Lake Courier"),
    article("results-1", GULLWING, title="Gullwing Foods lifts forecast"),
    article("results-2", TARNMILL, title="Tarnmill Paper lifts forecast"),
    article("weir", WEIR, title="Crack closes the old weir"),
)


def two(**changes: object) -> tuple[Article, Article]:
    """The two ferry reports, the second of them changed."""
    values: dict[str, object] = {"title": "81 saved as Morning Star strikes sandbank", "source": "Tide Weekly"} | changes
    return article("ferry-1"), article("ferry-2", FERRY_RIVAL, **values)  # type: ignore[arg-type] # each is of its parameter's type


def test_in_a_week_of_look_alikes_only_the_rival_reports_are_one_story() -> None:
    assert joined(*WEEK) == [{"ferry-1", "ferry-2"}]


def test_rival_reports_are_one_story_though_their_figures_differ() -> None:
    assert "84 passengers" in FERRY
    assert "81 people" in FERRY_RIVAL
    assert joined(*two()) == [{"ferry-1", "ferry-2"}]


def test_a_link_says_what_it_rests_on() -> None:
    (link,) = linked(StoryEngine(), *two(published=SEEN + timedelta(days=1, hours=12)))
    assert (link.left, link.right, link.kind, link.engine) == ("ferry-1", "ferry-2", LinkKind.SAME_STORY, "story")
    signals = dict(link.signals)
    assert list(signals) == ["cosine", "days apart"]
    assert signals["days apart"] == 1.5
    assert AVERAGE < link.score <= 1


def test_two_languages_are_never_compared() -> None:
    assert joined(*two(language="de")) == []


@pytest.mark.parametrize(
    ("left", "right", "stories"),
    [
        ("12th rescue of the season", "13th rescue of the season", []),
        ("12th rescue of the season", "Twelfth rescue of the season", [{"ferry-1", "ferry-2"}]),
        ("MorningStar 2.1 runs aground", "MorningStar 2.2 runs aground", []),
    ],
)
def test_ordinals_and_versions_that_differ_veto(left: str, right: str, stories: list[set[str]]) -> None:
    assert joined(article("ferry-1", title=left), article("ferry-2", FERRY_RIVAL, title=right)) == stories


def test_a_date_far_away_is_another_story() -> None:
    assert joined(*two(published=SEEN + timedelta(days=2))) == [{"ferry-1", "ferry-2"}]
    assert joined(*two(published=SEEN + timedelta(days=6))) == []
    assert linked(StoryEngine(), *two(published=SEEN + timedelta(days=7)))
    assert linked(StoryEngine(), *two(published=SEEN + timedelta(days=7, seconds=1))) == []
    assert linked(StoryEngine(timedelta(days=1)), *two(published=SEEN + timedelta(days=2))) == []


def test_two_that_are_hardly_alike_need_others_that_speak_for_them() -> None:
    left, right = np.array([[0, 1], [0, 2], [1, 2]], np.int64).T
    alone = together(left, right, np.array([ALONE - 0.01, 0.0, 0.0]), np.full(3, 2))
    nearer = together(left, right, np.array([ALONE, 0.0, 0.0]), np.full(3, 2))
    backed = together(left, right, np.array([ALONE - 0.01, 0.4, 0.4]), np.full(3, 2))
    assert alone[0] == pytest.approx(PAST * nearer[0], rel=0.05)
    assert backed[0] > nearer[0]


def test_an_article_without_a_date_is_not_judged_by_time() -> None:
    (undated,) = linked(StoryEngine(), *two(published=None, first_seen=NOW + timedelta(days=90)))
    (dated,) = linked(StoryEngine(), *two())
    assert undated == dated


def test_days_between_two_reports_weaken_their_link() -> None:
    scores = [linked(StoryEngine(), *two(published=SEEN + timedelta(days=days)))[0].score for days in (0, 2, 6)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[2]


def test_of_titles_those_of_one_moment_are_nearer() -> None:
    titles = (
        "Ferry Morning Star aground off Port Ellery, all saved",
        "Morning Star aground: owner charters a smaller boat for Little Skerry",
    )

    def score(published: datetime | None = SEEN) -> float:
        (link,) = linked(StoryEngine(), article("a1", "", title=titles[0]), article("a2", "", title=titles[1], published=published))
        return link.score

    undated, later = score(None), score(SEEN + timedelta(days=FRESH_DAYS))
    assert later < AVERAGE < undated < score(SEEN + timedelta(hours=1)) <= score()


def test_reports_that_speak_past_each_other_count_for_less() -> None:
    marrow, corran = FIRE_MARROW + " " + FERRY, FIRE_CORRAN + " " + FERRY
    named = linked(StoryEngine(), article("a1", marrow, title="Fire in Marrow"), article("a2", corran, title="Fire at Corran"))
    other = linked(StoryEngine(), article("a1", marrow, title="Fire in Marrow"), article("a2", corran, title="Fire at marrow"))
    assert named[0].score ** 2 < 0.75 * other[0].score ** 2


def test_what_everybody_writes_proposes_nothing() -> None:
    articles = [
        article(f"a{number:02}", "They have been at it again, and it was not theirs.", title="What it was all about")
        for number in range(13)
    ]
    assert linked(StoryEngine(), *articles) == []


def test_each_article_keeps_only_its_strongest_neighbours() -> None:
    articles = [article(f"a{number:03}", FERRY, title="") for number in range(130)]
    assert len(linked(StoryEngine(), *articles)) == 0  # all of their words are common
    others = [article(f"b{number:04}", " ".join(f"w{number}x{at}" for at in range(9)), title="") for number in range(2600)]
    links = linked(StoryEngine(), *articles, *others)
    assert NEIGHBOURS * 130 / 2 <= len(links) < 130 * 129 / 2


def plainly_together(product: list[list[float]], most: list[int], one: int, two: int) -> float:
    """The score of a pair by the rule, read plainly: each article and its nearest as a sum of vectors, then their cosine."""

    def seen(at: int) -> dict[int, float]:
        near = sorted(((value, -other) for other, value in enumerate(product[at]) if other != at and value >= CLOSE_LIKE), reverse=True)[
            : most[at]
        ]
        total = max(sum(value**2 for value, _ in near), STEADY)
        return {at: 1.0} | {-other: value**2 / total for value, other in near}

    def dot(left: dict[int, float], right: dict[int, float]) -> float:
        return sum(a * b * (1.0 if i == k else product[i][k]) for i, a in left.items() for k, b in right.items())

    left, right = seen(one), seen(two)
    score = min(1.0, dot(left, right) / math.sqrt(dot(left, left) * dot(right, right)))
    theirs = dot({at: left.get(at, 0.0) for at in (one, two)}, {at: right.get(at, 0.0) for at in (one, two)})
    others = dot(left, right) - theirs
    return score * PAST if product[one][two] < ALONE and others < OTHERS * dot(left, right) else score


@given(values=st.lists(st.integers(0, 99), min_size=45, max_size=45, unique=True), count=st.integers(2, 10))
@settings(max_examples=60, deadline=None)
def test_scores_are_those_of_a_plain_reading_of_the_rule(values: list[int], count: int) -> None:
    pairs = list(combinations(range(count), 2))
    product = [[0.0] * count for _ in range(count)]
    for (one, two), value in zip(pairs, values, strict=False):
        product[one][two] = product[two][one] = value / 100
    left, right = np.array(pairs, np.int64).T
    most = [1 + at % 4 for at in range(count)]
    scores = together(left, right, np.array([product[one][two] for one, two in pairs]), np.array(most))
    assert scores == pytest.approx([plainly_together(product, most, one, two) for one, two in pairs], abs=1e-4)


@pytest.mark.parametrize("block", [3, 7, 1000])
def test_pairs_are_those_of_all_pairs_however_the_articles_are_cut(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.group.story.BLOCK", block)
    made = [
        article(f"{one.id}-{day}", one.text, title=one.title, published=SEEN + timedelta(days=day)) for one in WEEK for day in (0, 3, 20)
    ]
    made.append(article("undated", FERRY, published=None))
    texts = tokens(made)
    found = StoryEngine().links(texts)
    ground = background(texts)
    rarity = {name: rarities(view, ground, shares(WIDTH) if name != "grams" else None) for name, view in texts.views.items()}
    dense = vectors(texts, 0, len(texts), rarity, np.full(len(texts), math.log(len(texts) + BACKGROUND + 0.5), np.float32)).toarray()
    expected = {
        (one, two)
        for one, two in combinations(range(len(texts)), 2)
        if dense[one] @ dense[two] > LIKE and not abs(texts.days[one] - texts.days[two]) > 7
    }
    assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) == expected


@pytest.mark.parametrize("count", [1, 2, 3, 8, 9])
def test_products_of_nothing_are_nobodys_neighbours(count: int) -> None:
    pairs = np.array(list(combinations(range(count), 2)), np.int64).reshape(-1, 2)
    for most in (1, 2, 8):
        found = sparse.nearest(sparse.graph(count, pairs[:, 0], pairs[:, 1], np.zeros(len(pairs))), np.full(count, most), CLOSE_LIKE)
        assert found.nnz == 0


def test_of_many_articles_the_first_ones_are_the_background_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "FEW", 40)
    made = [article(f"a{number:03}", FERRY, first_seen=SEEN + timedelta(minutes=number)) for number in range(100)]
    assert background(tokens(made[:40])).all()
    some, more = (tokens(made[:count]) for count in (97, 99))
    first = {one.id for one, counts in zip(some, background(some), strict=True) if counts}
    assert first == {one.id for one, counts in zip(more, background(more), strict=True) if counts}
    assert first == {one.id for one in made[:96]}
    late = [replace(one, published=SEEN - timedelta(minutes=number)) for number, one in enumerate(made[:99])]
    assert {one.id for one, counts in zip(tokens(late), background(tokens(late)), strict=True) if counts} == first


def test_what_a_run_left_changes_nothing_but_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story, "FEW", 40)
    monkeypatch.setattr(nearest, "FEWEST", 1)
    draw = Random(3)  # noqa: S311 - any draw will do
    vocabulary = [f"word{number}" for number in range(400)]
    made = [
        article(f"a{number:03}", " ".join(draw.choices(vocabulary, k=40)), title="", first_seen=SEEN + timedelta(minutes=number))
        for number in range(99)
    ]
    left = Nearest()
    StoryEngine(kept=left).links(tokens(made[:97]))
    left = Nearest(left.after)
    found, anew = (StoryEngine(kept=one).links(tokens(made)) for one in (left, Nearest()))
    assert left.compared == 2
    assert len(found)
    for one, two in ((found.left, anew.left), (found.right, anew.right), (found.scores, anew.scores)):
        assert one.tobytes() == two.tobytes()
