"""Who else carried one text."""

from __future__ import annotations

from digest.model import Note, Story
from digest.notes.copies import CopiesNoter
from tests.made import article, story

LEAD = article("a1", source="Harbour Post")


def notes(found: Story) -> list[Note]:
    return list(CopiesNoter().notes(found))


def test_a_story_without_copies_has_nothing_to_say() -> None:
    assert notes(story(LEAD, article("a2", source="Tide Weekly"))) == []


def test_the_line_names_the_outlets_that_carried_the_lead() -> None:
    found = story(LEAD, article("a2", source="Tide Weekly"), article("a3", source="Lake Courier"), copies={"a2": "a1", "a3": "a1"})
    assert notes(found) == [Note("copies", ("Tide Weekly", "Lake Courier"), "Also carried by Tide Weekly and Lake Courier")]


def test_an_outlet_is_named_once() -> None:
    found = story(LEAD, article("a2", source="Tide Weekly"), article("a3", source="Tide Weekly"), copies={"a2": "a1", "a3": "a1"})
    assert notes(found)[0].sources == ("Tide Weekly",)


def test_a_reprint_in_the_outlet_itself_is_no_news() -> None:
    assert notes(story(LEAD, article("a2", source="Harbour Post"), copies={"a2": "a1"})) == []


def test_copies_of_another_report_name_that_report() -> None:
    found = story(LEAD, article("a2", source="Tide Weekly"), article("a3", source="Lake Courier"), copies={"a3": "a2"})
    assert notes(found) == [Note("copies", ("Lake Courier",), "The report of Tide Weekly was also carried by Lake Courier")]


def test_many_outlets_are_counted_and_all_are_sources() -> None:
    others = [article(f"b{number}", source=f"Paper {number}") for number in range(8)]
    (note,) = notes(story(LEAD, *others, copies={one.id: "a1" for one in others}))
    assert note.line == "Also carried by Paper 0, Paper 1, Paper 2, Paper 3, Paper 4 (+3)"
    assert len(note.sources) == 8
