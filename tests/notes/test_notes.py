"""Noters in order, by name or by `module:Class`."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from digest.errors import SettingsError
from digest.model import Note, Story
from digest.notes import annotate, noters
from digest.settings import NotesTable
from tests.made import FERRY, article, story
from tests.notes.test_adds import NEW

STORY = story(
    article("a1"), article("a2", source="Tide Weekly"), article("a3", f"{FERRY} {NEW}", source="Lake Courier"), copies={"a2": "a1"}
)


class CountingNoter:
    """Counts the notes that others made before it."""

    name = "counting"

    def __init__(self, options: NotesTable) -> None:
        self.options = options

    def notes(self, story: Story) -> Iterable[Note]:
        yield Note(self.name, (), f"{len(story.notes)} before")


def test_every_noter_adds_its_notes_in_order() -> None:
    found = annotate(STORY, NotesTable())
    assert [note.kind for note in found.notes] == ["copies", "adds"]
    assert [note.kind for note in annotate(STORY, NotesTable(noters=["adds", "copies"])).notes] == ["adds", "copies"]
    assert annotate(STORY, NotesTable(noters=[])) == STORY


def test_options_reach_the_noter() -> None:
    assert [note.kind for note in annotate(STORY, NotesTable(adds=0)).notes] == ["copies"]


def test_a_stranger_sees_the_notes_before_it() -> None:
    options = NotesTable(noters=["copies", "tests.notes.test_notes:CountingNoter"])
    assert [noter.name for noter in noters(options)] == ["copies", "counting"]
    assert annotate(STORY, options).notes[-1].line == "1 before"


def test_a_noter_that_there_is_not_is_named_with_the_nearest() -> None:
    with pytest.raises(SettingsError, match=r"`notes.noters` is 'ads'; did you mean 'adds'\?"):
        noters(NotesTable(noters=["ads"]))
