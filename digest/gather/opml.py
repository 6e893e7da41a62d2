"""Lists of feeds as OPML: one table of the settings that stands for many feeds, and the way back.

Read by expat itself, which tells of a DOCTYPE before it follows it: there is none in a list of feeds,
and with none there are no entities.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit
from xml.parsers import expat

from digest.errors import DocumentError, SettingsError
from digest.gather.feed import FeedSource, client
from digest.gather.files import read
from digest.gather.seen import trusts
from digest.model import Document, Failure
from digest.settings import Settings, SourceTable
from digest.text import cut, one_line
from digest.urls import safe

_LARGEST = 5 * 2**20
_MOST = 2000  # feeds of one list
_DEEPEST = 50
_FIX = "export the list again from the program that wrote it"


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed of a list: its name, its address, and the outline that it stands in."""

    name: str
    url: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class OpmlSource:
    """The feeds of the list in `path`, each made like `like`."""

    name: str
    path: Path
    like: FeedSource

    @classmethod
    def from_settings(cls, table: SourceTable, settings: Settings) -> OpmlSource:
        """The list that `[[sources]]` describes; raises SettingsError where it names no file."""
        if not table.path:
            raise SettingsError(f"the list of feeds {table.name!r} has no `path`", fix='add path = "config/sources.opml"')
        made_by = trusts(table, settings)
        feed = FeedSource("", "", None, client(table, settings), table.language, table.section, table.full_text, made_by)
        return cls(table.name, settings.path(table.path), feed)

    def expanded(self, taken: Collection[str]) -> list[FeedSource]:
        """A source for each feed, under names that are not `taken`; raises SettingsError."""
        try:
            found = outlines(read_list(self.path))
        except DocumentError as error:
            raise SettingsError(error.cause, where=str(self.path), fix=error.fix) from None
        names = set(taken)
        made = []
        for outline in found:
            name = next(name for name in _names(outline) if name not in names)
            names.add(name)
            made.append(replace(self.like, name=name, url=outline.url, section=outline.section or self.like.section, found={}))
        return made

    def documents(self, now: datetime) -> Iterator[Document | Failure]:
        """What its feeds bring, one after the other, for those who take the list as one source."""
        for feed in self.expanded(()):
            yield from feed.documents(now)


def _names(outline: Outline) -> Iterator[str]:
    """The name in the list; where two feeds have one, with the host, then with a number."""
    yield outline.name
    host = urlsplit(outline.url).hostname or ""
    yield f"{outline.name} ({host})"
    yield from (f"{outline.name} ({host} {number})" for number in range(2, _MOST + 2))


def read_list(path: Path) -> bytes:
    """The bytes of a list; raises DocumentError where it is no file, or too large."""
    return read(path, _LARGEST)


def outlines(content: bytes) -> list[Outline]:
    """The feeds in a list, each address once; raises DocumentError for what is none."""
    found: dict[str, Outline] = {}
    above: list[str] = []
    seen: list[str] = []

    def begin(tag: str, told: dict[str, str]) -> None:
        seen.append(tag.lower())
        if len(above) >= _DEEPEST or len(found) >= _MOST:
            raise DocumentError(f"has more than {_MOST} feeds or {_DEEPEST} levels", fix="make several lists of it")
        told = {name.lower(): one_line(value) for name, value in told.items()}
        name = cut(told.get("title") or told.get("text") or "", 200)
        url = safe(told.get("xmlurl"))
        if tag.lower() == "outline" and url:
            found.setdefault(url, Outline(name or urlsplit(url).hostname or url, url, next((part for part in reversed(above) if part), "")))
        above.append(name if tag.lower() == "outline" and not url else "")

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = _no_doctype
    reader.StartElementHandler = begin
    reader.EndElementHandler = lambda _: above.pop()
    try:
        reader.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise DocumentError(f"is no OPML: {error}", fix=_FIX) from None
    if not seen or seen[0] != "opml":
        raise DocumentError("is no OPML: it begins with another element", fix=_FIX)
    return list(found.values())


def _no_doctype(*_: object) -> NoReturn:
    raise DocumentError("has a DOCTYPE, which no list of feeds needs", fix="take it out")


def written(title: str, feeds: Iterable[Outline]) -> list[str]:
    """The lines of the feeds as OPML 2.0, those of one section under one outline."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"  <head><title>{_shown(title)}</title></head>", "  <body>"]
    for section, group in groupby(sorted(feeds, key=lambda feed: feed.section), key=lambda feed: feed.section):
        inside = "      " if section else "    "
        rows = [f'{inside}<outline type="rss" text="{_shown(feed.name)}" xmlUrl="{_shown(feed.url)}"/>' for feed in group]
        lines += [f'    <outline text="{_shown(section)}">', *rows, "    </outline>"] if section else rows
    return [*lines, "  </body>", "</opml>"]


def _shown(text: str) -> str:
    return escape(one_line(text))
