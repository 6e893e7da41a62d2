"""Stories to sections: what leads, what stands where, what is a headline, what is left out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Group, Kind, Section, Story
from digest.rank import Ranked, ordered, rank
from digest.settings import RankTable, SectionTable
from digest.text import word_count
from tests.made import FERRY, WEIR, article, story

SECTIONS = (
    SectionTable(name="coast", title="Coast and harbour", match=["ferry", "tide"]),
    SectionTable(name="town", title="The town", match=["weir", "council"]),
)


def single(number: int, *, source: str = "Harbour Post", title: str = "Quiet days", text: str = FERRY, **about: str) -> Story:
    """A story of one report, one report an outlet unless it is named."""
    return story(article(f"a{number:02}", text, title=title, source=source, section=about.get("section", "")))


def wide(number: int, outlets: int, *, title: str = "Quiet days") -> Story:
    """A story that several outlets told in their own words."""
    reports = [article(f"a{number:02}-{at}", title=title, source=f"Paper {at}") for at in range(outlets)]
    return story(*reports, id=f"story-a{number:02}")


def ranked(
    *stories: Story, sections: tuple[SectionTable, ...] = SECTIONS, weights: dict[str, float] | None = None, **options: object
) -> Ranked:
    return rank(in_order(stories, weights), RankTable.model_validate({"lead": False} | options), sections)


def in_order(stories: Sequence[Story], weights: dict[str, float] | None = None) -> list[Story]:
    """The stories as their groups rank."""
    groups = [_group(one) for one in stories]
    of = {min(article.id for article in group.articles): one for group, one in zip(groups, stories, strict=True)}
    found = ordered(groups, weights or {}, lambda group: max(word_count(article.text) for article in group.articles))
    return [of[min(article.id for article in group.articles)] for group in found]


def _group(told: Story) -> Group:
    copies = {member.article.id: member.copy_of for member in told.members if member.copy_of}
    return Group(tuple(member.article for member in told.members), copies=copies)


def places(found: Ranked) -> dict[str, list[str]]:
    return {section.name: [one.lead.id for one in section.stories] for section in found.sections}


def test_the_story_told_most_widely_leads() -> None:
    found = ranked(single(1), wide(2, 3), wide(3, 2), lead=True)
    assert found.sections[0] == Section("lead", "The lead", "lead", found.sections[0].stories)
    assert places(found) == {"lead": ["a02-0"], "more": ["a03-0", "a01"]}
    assert found.sections[0].stories[0].reasons == ("place: the lead, with 3 outlets and 3 origins",)


def test_copies_tell_less_than_reports() -> None:
    copied = story(article("a01"), article("a02", source="Paper 1"), article("a03", source="Paper 2"), copies={"a02": "a01", "a03": "a01"})
    reported = story(article("b01"), article("b02", source="Paper 1"), article("b03", source="Paper 2"))
    assert places(ranked(copied, reported)) == {"coast": ["b01", "a01"]}


def test_an_outlet_counts_by_its_weight() -> None:
    stories = (single(1, source="Alder Post"), single(2, source="Birch Post"))
    assert places(ranked(*stories)) == {"more": ["a01", "a02"]}
    assert places(ranked(*stories, weights={"Birch Post": 2.0})) == {"more": ["a02", "a01"]}
    assert places(ranked(*stories, weights={"Alder Post": 0.0})) == {"more": ["a02", "a01"]}


def test_of_stories_told_as_widely_the_longer_comes_first() -> None:
    assert places(ranked(single(1), single(2, text=f"{FERRY} {WEIR}"))) == {"more": ["a02", "a01"]}


def test_a_story_without_a_summary_does_not_lead() -> None:
    empty = story(article("a01", ""), article("a02", "", source="Tide Weekly"))
    assert places(ranked(empty, single(3), lead=True)) == {"lead": ["a03"], "coast": ["a01"]}
    assert places(ranked(empty, lead=True)) == {"coast": ["a01"]}


@pytest.mark.parametrize(
    ("about", "section"),
    [
        ({"section": "Tide"}, "coast"),
        ({"section": "COAST news"}, "coast"),
        ({"section": "council"}, "town"),
        ({"title": "Ferry late"}, "coast"),
        ({"title": "Cats and the dogs of Marrow"}, "more"),
        ({"title": "Town waits"}, "town"),
        ({"title": "Ferry council meets", "section": "council"}, "town"),
        ({}, "more"),
    ],
)
def test_a_story_stands_where_its_labels_and_headline_say(about: dict[str, str], section: str) -> None:
    found = ranked(single(1, **about))
    assert list(places(found)) == [section]
    title = {"coast": "Coast and harbour", "town": "The town", "more": "More stories"}[section]
    assert found.sections[0].stories[0].reasons == (f"place: 1 outlet, section “{title}”",)


def test_a_tag_says_more_than_a_headline_and_a_label_more_than_a_tag() -> None:
    tagged = story(article("a01", title="Ferry late", tags=("weir",)))
    assert list(places(ranked(tagged))) == ["town"]
    labelled = story(article("a01", title="Quiet", section="tide", tags=("weir",)))
    assert list(places(ranked(labelled))) == ["coast"]


def test_the_lead_report_says_twice_what_the_story_is_about() -> None:
    found = story(article("a01", title="Ferry late"), article("a02", title="Weir shut", source="Tide Weekly"))
    assert list(places(ranked(found))) == ["coast"]


def test_sections_keep_the_order_of_the_settings() -> None:
    found = ranked(single(1), wide(2, 2, title="Weir shut"), single(3, title="Ferry late"))
    assert list(places(found)) == ["coast", "town", "more"]
    assert [section.title for section in found.sections] == ["Coast and harbour", "The town", "More stories"]


def test_without_sections_all_stands_under_more() -> None:
    assert places(ranked(single(1, title="Ferry late"), sections=())) == {"more": ["a01"]}


def test_a_full_section_sends_the_rest_to_the_headlines() -> None:
    found = ranked(*(single(at, source=f"Paper {at}") for at in range(4)), per_section=2)
    assert places(found) == {"more": ["a00", "a01"], "brief": ["a02", "a03"]}
    assert found.sections[-1].form == "brief"
    assert found.sections[-1].stories[0].reasons == ("place: in brief, for section “More stories” has its 2 stories",)


def test_a_reason_calls_the_rest_as_the_issue_does() -> None:
    stories = [single(at, source=f"Paper {at}") for at in range(2)]
    found = rank(stories, RankTable(lead=False, per_section=1), (), rest="Weitere Themen")
    reasons = [one.reasons for section in found.sections for one in section.stories]
    assert reasons == [("place: 1 outlet, section “Weitere Themen”",), ("place: in brief, for section “Weitere Themen” has its 1 story",)]


def test_one_source_does_not_fill_the_issue() -> None:
    found = ranked(*(single(at) for at in range(3)), single(3, source="Tide Weekly"), per_source=2)
    assert places(found) == {"more": ["a00", "a01", "a03"], "brief": ["a02"]}
    assert found.sections[-1].stories[0].reasons == ("place: in brief, for Harbour Post leads 2 stories already",)


def test_the_lead_counts_for_its_source() -> None:
    assert places(ranked(single(1), single(2), lead=True, per_source=1)) == {"lead": ["a01"], "brief": ["a02"]}


def test_an_issue_has_at_most_so_many_stories() -> None:
    found = ranked(*(single(at, source=f"Paper {at}", title=("Ferry late", "Quiet")[at % 2]) for at in range(4)), stories=3)
    assert places(found) == {"coast": ["a00", "a02"], "more": ["a01"], "brief": ["a03"]}
    assert found.sections[-1].stories[0].reasons == ("place: in brief, for the issue has its 3 stories",)


def test_a_few_lines_from_one_outlet_are_a_headline() -> None:
    found = ranked(
        single(1, text="The ferry is late."), story(article("a02", "The weir is shut."), article("a03", "Shut.", source="Tide Weekly"))
    )
    assert places(found) == {"coast": ["a02"], "brief": ["a01"]}
    assert found.sections[-1].stories[0].reasons == ("place: in brief, for its text has fewer than 60 words",)


def test_what_finds_no_room_is_left_out_article_by_article_with_the_reason() -> None:
    found = ranked(wide(1, 3), wide(2, 2), single(3), stories=1, brief=0)
    assert places(found) == {"more": ["a01-0"]}
    assert found.left_out == ()
    assert found.closed == "no room: the issue has its 1 story, and In brief is full"


def test_what_finds_no_room_while_others_may_is_left_out_article_by_article_with_the_reason() -> None:
    found = ranked(wide(1, 3), wide(2, 2), single(3), per_section=1, brief=0)
    assert places(found) == {"more": ["a01-0"]}
    assert [(one.article.id, one.reason) for one in found.left_out] == [
        (name, "no room: section “More stories” has its 1 story, and In brief is full") for name in ("a02-0", "a02-1", "a03")
    ]
    assert found.closed == ""


def test_no_story_is_asked_for_when_none_can_find_room() -> None:
    asked: list[str] = []

    def coming() -> Iterator[Story]:
        for number in range(9):
            asked.append(f"a{number:02}")
            yield single(number, source=f"Paper {number}")

    found = rank(coming(), RankTable(lead=False, stories=2, brief=1), SECTIONS)
    assert asked == ["a00", "a01", "a02"]
    assert found.closed == "no room: the issue has its 2 stories, and In brief is full"
    found = rank(coming(), RankTable(lead=False, per_section=1, brief=1), ())
    assert asked[3:] == ["a00", "a01"]
    assert found.closed == "no room: every section has its 1 story, and In brief is full"


def test_an_issue_of_nothing_has_no_sections() -> None:
    assert ranked(lead=True) == Ranked((), ())


TITLES = st.sampled_from(["Ferry late", "Weir shut", "Quiet days", ""])
STORIES = st.lists(st.tuples(st.integers(1, 4), TITLES, st.sampled_from([FERRY, WEIR, "Short.", ""]), st.sampled_from(Kind)), max_size=14)


@given(made=STORIES, seed=st.integers(), lead=st.booleans(), caps=st.tuples(*[st.integers(0, 5)] * 3), per_section=st.integers(1, 3))
@settings(max_examples=120, deadline=None)
def test_every_story_stands_once_in_any_order(
    made: list[tuple[int, str, str, Kind]], seed: int, lead: bool, caps: tuple[int, ...], per_section: int
) -> None:
    stories = [
        story(*(article(f"{number}-{at}", text, title=title, source=f"Paper {at}", kind=kind) for at in range(outlets)))
        for number, (outlets, title, text, kind) in enumerate(made)
    ]
    options = RankTable(lead=lead, stories=caps[0], brief=caps[1], per_source=caps[2], per_section=per_section)
    found = rank(in_order(stories), options, SECTIONS)
    shuffled = list(stories)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - any order will do
    assert rank(in_order(shuffled), options, SECTIONS) == found
    shown = [member.article.id for section in found.sections for one in section.stories for member in one.members]
    left_out = [one.article.id for one in found.left_out]
    every = sorted(member.article.id for one in stories for member in one.members)
    assert sorted(shown + left_out) == every or (found.closed and set(shown + left_out) < set(every))
    assert len(set(shown + left_out)) == len(shown + left_out)
    full = [section for section in found.sections if section.form == "full"]
    assert all(0 < len(section.stories) <= per_section for section in full)
    assert sum(len(section.stories) for section in full) <= caps[0]
    leads = Counter(one.lead.source for section in full for one in section.stories)
    assert all(count <= caps[2] for count in leads.values())
    assert all(one.reasons for section in found.sections for one in section.stories)


def test_only_what_finds_room_is_written_out() -> None:
    asked: list[str] = []

    def written(told: Story) -> Story:
        asked.append(told.id)
        return replace(told, title="Written")

    stories = [single(number, source=f"Paper {number}") for number in range(9)]
    options = RankTable.model_validate({"lead": True, "stories": 2, "brief": 1})
    found = rank(in_order(stories), options, SECTIONS, written)
    shown = [one for section in found.sections for one in section.stories]
    assert len(shown) == len(asked) == len(set(asked)) == 4
    assert {one.title for one in shown} == {"Written"}
    assert all(one.reasons[-1].startswith("place: ") for one in shown)
    assert found.left_out == ()
