"""What stands between a report and the lead: a cut, a wall, a teasing headline, telling something else; and what keeps it there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.model import Article, Group, Removal
from digest.pick import pick
from digest.pick.headline import telling
from digest.pick.middle import middle
from digest.pick.whole import is_whole
from tests.made import FERRY, SEEN, WEIR, article

LONG = f"{FERRY} {WEIR}"


@pytest.mark.parametrize(
    "end",
    [
        " The captain said that …",
        " The captain said that...",
        " The captain said [+2314 chars]",
        " Continue reading",
        " Read the full story at Tide Weekly.",
        " Subscribe now to read this story.",
        " This article is for subscribers only.",
        " Weiterlesen",
        " Lire la suite »",
        " and the captain of the other ship, which had sailed from Corran, told",
    ],
)
def test_a_text_that_was_cut_or_walled_is_not_whole(end: str) -> None:
    assert not is_whole(article(text=FERRY + end))


@pytest.mark.parametrize("text", ["", FERRY, f"{FERRY} “All are safe.”", f"{FERRY}\n\nBy Ada Finch", f"{FERRY} (dpa)", "船晚了。"])
def test_a_text_that_ends_is_whole(text: str) -> None:
    assert is_whole(article(text=text))


def test_a_wall_that_cleaning_took_out_still_tells() -> None:
    assert not is_whole(article(removed=(Removal("furniture", "Already a subscriber? Sign in to continue."),)))
    assert is_whole(article(removed=(Removal("furniture", "Share this story."),)))


def test_a_whole_report_leads_before_a_fuller_one_that_is_cut() -> None:
    choice = pick(Group((article("a", f"{LONG} The captain said …"), article("b", FERRY))), {})
    assert choice.lead.id == "b"
    assert choice.reasons[0] == "lead: is whole, not cut short or behind a wall (before 1 other)"


@pytest.mark.parametrize(
    "title", ["What we know about the ferry off Port Ellery", "Why did the ferry run aground?", "Here’s why the ferry ran aground", "Ferry"]
)
def test_a_headline_that_teases_says_nothing(title: str) -> None:
    assert telling([article("a", title=title), article("b")]) == {"b"}


def test_a_headline_says_what_a_report_opens_with() -> None:
    assert telling([article("a"), article("b", title="Minister opens new museum in capital")]) == {"a"}


def test_the_report_of_something_else_does_not_lead() -> None:
    others = [article(f"o{number}", FERRY, source=f"Paper {number}") for number in range(3)]
    outlier = article("x", " ".join(f"{word}x" for word in LONG.split()), source="Moor Echo")
    near = middle(Group((*others, outlier)))
    assert [one for one, holds in near.items() if not holds] == ["x"]
    assert pick(Group((*others, outlier)), {}).lead.id != "x"


def test_of_two_nobody_is_the_outlier() -> None:
    assert all(middle(Group((article("a", FERRY), article("b", WEIR)))).values())


def later(hours: float, identity: str, text: str = FERRY) -> Article:
    return article(identity, text, published=SEEN + timedelta(hours=hours), source=f"Paper {identity}")


def test_of_reports_as_full_the_later_leads() -> None:
    assert pick(Group((later(0, "a"), later(30, "b"))), {}).lead.id == "b"


def test_an_aftermath_does_not_lead_for_being_later() -> None:
    assert pick(Group((later(0, "a", LONG), later(30, "b"))), {}).lead.id == "a"


def test_a_lead_stays_until_something_better_came() -> None:
    led, fuller = later(0, "a"), later(2, "b", LONG)
    assert pick(Group((led, fuller)), {}).lead.id == "b"
    kept = pick(Group((led, fuller)), {}, led={"a"})
    assert kept.lead.id == "a"
    assert "lead: led an earlier build of this issue (before 1 other)" in kept.reasons
    assert pick(Group((led, fuller)), {"Paper b": 2.0}, led={"a"}).lead.id == "b"
    assert pick(Group((later(0, "a", f"{FERRY} He said …"), fuller)), {}, led={"a"}).lead.id == "b"


def test_a_second_build_of_the_same_gives_the_same_reasons() -> None:
    group = Group((later(0, "a", LONG), later(2, "b")))
    first = pick(group, {})
    assert pick(group, {}, led={first.lead.id}) == first
