"""SEAM Renderer: an issue as files. `parcel()` makes them all; `check()` tells early what is wrong.

To add a form that a template can make, add a row in `forms.py`; for any other, a class with one
method `render` and a line in `RENDERERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol

from digest.model import File, Issue, Parcel
from digest.render.eml import Eml
from digest.render.forms import HTML, MARKDOWN, TEXT
from digest.render.record import Record
from digest.render.specimen import specimen
from digest.render.templates import Template
from digest.render.themes import changed, theme_digest, theme_of
from digest.settings import Settings

__all__ = ["RENDERERS", "Renderer", "check", "parcel", "theme_digest"]


class Renderer(Protocol):
    """Makes files of an issue; the same issue gives the same bytes."""

    def render(self, issue: Issue) -> tuple[File, ...]:
        """The files of one form; raises RenderError."""
        ...


# In the order in which the files stand in a parcel.
RENDERERS: Mapping[str, Callable[[Settings], Renderer]] = {
    "html": partial(Template, HTML),
    "markdown": partial(Template, MARKDOWN),
    "text": partial(Template, TEXT),
    "eml": Eml,
    "record": Record,
}


def parcel(issue: Issue, settings: Settings) -> Parcel:
    """The issue in every form, ready for the outbox, which adds the manifest. Raises RenderError.

    A theme with files of the newsroom's own is first tried on an issue that has everything.
    """
    if changed(settings):
        _rehearsed(settings, theme_digest(settings))
    return Parcel(issue.id, _files(issue, settings))


def _files(issue: Issue, settings: Settings) -> tuple[File, ...]:
    return tuple(file for make in RENDERERS.values() for file in make(settings).render(issue))


_tried: set[str] = set()


def _rehearsed(settings: Settings, theme: str) -> None:
    """Try the theme once as it is now; a preview builds many times."""
    if theme not in _tried:
        _files(specimen(settings), settings)
        _tried.add(theme)


def check(settings: Settings) -> None:
    """Raise SettingsError where `digest.theme` names no theme."""
    theme_of(settings)
