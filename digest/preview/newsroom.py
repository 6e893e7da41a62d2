"""What a preview builds, and the folders it rests on."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest import pipeline
from digest.errors import DigestError
from digest.model import Issue, Parcel
from digest.settings import Settings, load
from digest.shipped import folder
from digest.store import trial


@dataclass(frozen=True, slots=True)
class Built:
    """A good build: the issue, its files, and the address it is sent from."""

    issue: Issue
    parcel: Parcel
    sender: str


class Newsroom:
    """Builds the newest issue of one settings file from a copy of the store that nobody keeps."""

    def __init__(self, settings_file: Path, now: Callable[[], datetime]) -> None:
        self.settings_file, self._now = settings_file, now
        self._folders: tuple[Path, ...] = ()
        with suppress(DigestError):  # told by the first build
            self._folders = _folders(load(settings_file))

    def folders(self) -> tuple[Path, ...]:
        """Where an issue comes from, by the last settings that could be read; a folder may be missing."""
        return self._folders

    def build(self) -> Built:
        """Read everything anew and build; raises DigestError."""
        settings = load(self.settings_file)
        self._folders = _folders(settings)
        pipeline.check(settings)
        with closing(trial(settings.path(settings.paths.store))) as store:
            issue, batch = pipeline.build(settings, store, settings.digest.as_of or self._now())
        return Built(issue, pipeline.pack(settings, issue, batch), settings.mail.sender)


def _folders(settings: Settings) -> tuple[Path, ...]:
    """Sources, templates and edits; the shipped templates too, for whoever works on those."""
    named = [source.path for source in settings.sources if source.path]
    named += [settings.paths.templates, settings.paths.edits]
    return tuple(dict.fromkeys((*map(settings.path, named), folder("templates"))))
