"""SEAM Noter: what the other sources bring to a story, with evidence.

A noter sees a story with its lead and members and returns notes. Extract, never generate: every
sentence attributed to a source is a span of its text. To add one, write a class with `name` and
`notes()`, and name it in NOTERS or as `module:Class`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from digest.model import Note, Story
from digest.notes.adds import AddsNoter
from digest.notes.copies import CopiesNoter
from digest.notes.earlier import updated
from digest.notes.figures import FiguresNoter
from digest.notes.opposed import OpposedNoter
from digest.notes.origins import Origins, origins
from digest.plugins import find
from digest.settings import NotesTable

__all__ = ["NOTERS", "Noter", "Origins", "annotate", "noters", "origins", "updated"]


class Noter(Protocol):
    """Makes notes on one story; `story.notes` are those of the noters before it."""

    @property
    def name(self) -> str: ...

    def notes(self, story: Story) -> Iterable[Note]: ...


NOTERS: dict[str, Callable[[NotesTable], Noter]] = {
    "copies": lambda _: CopiesNoter(),
    "figures": lambda options: FiguresNoter(options.figures),
    "opposed": lambda _: OpposedNoter(),
    "adds": lambda options: AddsNoter(options.adds, options.sentences),
}


def noters(options: NotesTable) -> tuple[Noter, ...]:
    """The configured noters, in order; raises SettingsError for one that there is not."""
    return tuple(find(name, NOTERS, "notes.noters")(options) for name in options.noters)


def annotate(story: Story, options: NotesTable) -> Story:
    """The story with the notes of every noter, in order."""
    for noter in noters(options):
        story = replace(story, notes=(*story.notes, *noter.notes(story)))
    return story
