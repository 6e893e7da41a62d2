"""Rival reports of one event are joined; two events of one sort are not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.group.story import StoryEngine
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
    assert link.score == pytest.approx(signals["cosine"] - 0.03, abs=0.002)


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
    assert joined(*two(published=SEEN + timedelta(days=7))) == [{"ferry-1", "ferry-2"}]
    assert joined(*two(published=SEEN + timedelta(days=7, seconds=1))) == []
    assert linked(StoryEngine(timedelta(days=1)), *two(published=SEEN + timedelta(days=2))) == []


def test_an_article_without_a_date_is_not_judged_by_time() -> None:
    (undated,) = linked(StoryEngine(), *two(published=None, first_seen=NOW + timedelta(days=90)))
    (dated,) = linked(StoryEngine(), *two())
    assert undated == dated


def test_days_between_two_reports_weaken_their_link() -> None:
    scores = [linked(StoryEngine(), *two(published=SEEN + timedelta(days=days)))[0].score for days in (0, 2, 6)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] - scores[2] == pytest.approx(0.12, abs=0.002)


def test_reports_that_speak_past_each_other_count_half() -> None:
    named = linked(
        StoryEngine(), article("a1", GULLWING, title="Gullwing lifts forecast"), article("a2", TARNMILL, title="Tarnmill lifts forecast")
    )
    (link,) = named
    assert link.score == pytest.approx(dict(link.signals)["cosine"] / 2, abs=0.002)


def test_what_everybody_writes_proposes_nothing() -> None:
    articles = [article(f"a{number:02}", f"Weather{number} for day{number}", title=f"outlook{number} weather") for number in range(13)]
    assert linked(StoryEngine(), *articles) == []


def test_each_article_keeps_only_its_strongest_neighbours() -> None:
    articles = [article(f"a{number:03}", FERRY, title="") for number in range(130)]
    assert len(linked(StoryEngine(), *articles)) == 0  # 130 of 130: all of their words are common
    others = [article(f"b{number:04}", " ".join(f"w{number}x{at}" for at in range(9)), title="") for number in range(2600)]
    links = linked(StoryEngine(), *articles, *others)
    assert 60 * 130 / 2 <= len(links) < 130 * 129 / 2
