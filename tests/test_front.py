"""The front of an issue: subject, preheader, foreword, counts, coverage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.front import front
from digest.model import Batch, Coverage, Failure, Issue, LeftOut, Note, Quote, Section, Story
from digest.settings import DigestTable
from tests.made import FERRY, WEIR, article, batch, settings, story

FERRY_STORY = story(article("a1"), article("a2", source="Tide Weekly"), copies={"a2": "a1"})
WEIR_STORY = story(article("a3", WEIR, title="Crack closes the old weir", source="Tide Weekly"))
MADE_OF = batch(*(member.article for one in (FERRY_STORY, WEIR_STORY) for member in one.members))


def issue(*stories: Story, made_of: Batch = MADE_OF, form: str = "full", left_out: tuple[LeftOut, ...] = ()) -> Issue:
    sections = (Section("more", "More stories", form, stories),) if stories else ()
    return front(settings(Path(), title="The Ellery Week"), made_of, sections, left_out)


def titled(title: str) -> Story:
    return replace(FERRY_STORY, title=title)


def test_an_issue_carries_what_it_was_made_of() -> None:
    left_out = (LeftOut(article("a9"), "no room"),)
    found = issue(FERRY_STORY, WEIR_STORY, left_out=left_out)
    assert (found.id, found.number, found.title, found.window) == ("2026-W47", 1, "The Ellery Week", MADE_OF.window)
    assert (found.language, found.timezone) == ("en", "UTC")
    assert list(found.articles) == ["a1", "a2", "a3"]
    assert found.left_out == left_out
    assert found.stories == (FERRY_STORY, WEIR_STORY)


def test_the_subject_names_two_topics_where_there_is_room() -> None:
    assert issue(titled("Ferry aground"), titled("Weir shut")).subject == "Ferry aground · Weir shut"
    assert issue(titled("Ferry Morning Star runs aground off Port Ellery"), WEIR_STORY).subject == (
        "Ferry Morning Star runs aground off Port Ellery"
    )
    assert issue(titled("Ferry aground")).subject == "Ferry aground"
    assert issue().subject == "The Ellery Week"


@given(st.text(max_size=90), st.text(max_size=90))
def test_a_subject_is_one_line_of_at_most_60_characters(first: str, second: str) -> None:
    found = issue(titled(first), titled(second))
    assert len(found.subject) <= 60
    assert len(found.subject.splitlines()) <= 1
    assert 40 <= len(found.preheader) <= 140
    assert len(found.preheader.splitlines()) <= 1


def test_the_preheader_tells_what_else_is_in_it() -> None:
    short = [titled(number) for number in ("One", "Two", "Three", "Four", "Five")]
    assert issue(*short).preheader == "Also: Two; Three; Four. 5 stories from 2 sources, 2 min to read."
    long = titled("Crack closes the old weir at Upper Tamsin for a month")
    assert issue(FERRY_STORY, long).preheader == f"Also: {long.title}"
    assert issue(FERRY_STORY).preheader.startswith("1 story from 2 sources, 1 min to read. Everything")


def test_the_editors_foreword_goes_before_the_counts() -> None:
    assert issue(FERRY_STORY, made_of=replace(MADE_OF, foreword="**Hello**")).foreword == "**Hello**"


def test_without_an_editor_the_foreword_tells_how_far_the_reports_agree() -> None:
    apart = replace(FERRY_STORY, notes=(Note("differ", ("Tide Weekly",), "x"), Note("opposed", ("Tide Weekly",), "x")))
    own = replace(FERRY_STORY, origins=2)
    some = replace(own, outlets=("A", "B", "C"))
    one, two = "Two outlets told the lead story, all in the same words.", "Two outlets told the lead story, each in its own words."
    assert issue(FERRY_STORY, WEIR_STORY).foreword == f"{one} One more story was told by one outlet alone."
    assert issue(own, WEIR_STORY, WEIR_STORY).foreword == f"{two} Two more stories were each told by one outlet alone."
    assert issue(some, apart, own).foreword == (
        "Three outlets told the lead story, two of them in their own words. Two more stories were told by more than one outlet. "
        "In one story the reports disagree."
    )
    assert issue(WEIR_STORY).foreword == "A single story, told by one outlet alone."
    assert issue(WEIR_STORY, WEIR_STORY).foreword == "Two stories, each told by one outlet alone."


def test_an_issue_without_stories_says_so() -> None:
    assert issue().foreword == "3 reports came in, and no story was fit to print."
    assert issue(made_of=batch(article())).foreword == "1 report came in, and no story was fit to print."


def test_reading_time_counts_what_a_reader_sees() -> None:
    quote = Quote("a2", 0, 3, "The ferry ran aground")
    noted = replace(FERRY_STORY, notes=(Note("adds", ("Tide Weekly",), "Tide Weekly adds", (quote,)),))
    assert issue(FERRY_STORY).words == 6 + len(FERRY.split())
    assert issue(noted).words == issue(FERRY_STORY).words + 4
    assert issue(replace(FERRY_STORY, summary=None)).words == 6
    assert issue(noted, form="brief").words == 6
    assert issue().minutes == 1
    assert issue(*[FERRY_STORY] * 20).minutes == round(20 * (6 + len(FERRY.split())) / 230)


def test_coverage_names_every_outlet_and_every_source_that_was_silent_or_failed() -> None:
    failures = (Failure("mail", "", "cannot be read"), Failure("Tide Weekly", "week.jsonl:3", "is not JSON"))
    made_of = replace(MADE_OF, feeds=("inbox", "mail", "quiet"), failures=failures)
    found = issue(WEIR_STORY, made_of=made_of)
    assert found.failures == failures
    assert found.coverage == (
        Coverage("Tide Weekly", 2, 1, "partly"),
        Coverage("Harbour Post", 1, 0, "ok"),
        Coverage("mail", 0, 0, "failed"),
        Coverage("quiet", 0, 0, "silent"),
    )


@pytest.mark.parametrize("language", ["de", "fr", "es", "zh", "ar"])
def test_the_front_speaks_the_language_of_the_settings(language: str) -> None:
    chosen = settings(Path()).model_copy(update={"digest": DigestTable.model_validate({"language": language})})
    found = front(chosen, MADE_OF, (Section("more", "More stories", "full", (FERRY_STORY, WEIR_STORY)),), ())
    assert found.language == language
    assert 40 <= len(found.preheader) <= 140
    assert "reported" not in found.foreword
    assert not set("{}") & set(found.foreword + found.preheader)
