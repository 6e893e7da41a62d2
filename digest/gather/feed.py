"""A feed, over the web or from a file: each entry becomes a document.

What a run leaves for the next (ETag, Last-Modified, pages already read, when to come back) is its
state; it is remembered only once the articles are stored, so that nothing is lost in between.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from digest import __version__
from digest.errors import DigestError, DocumentError, SettingsError
from digest.gather.feed_check import check, own, remarks
from digest.gather.fetch import Client, Fetched
from digest.gather.files import read
from digest.gather.full_text import PAGES, READER, full_text
from digest.gather.seen import hashed, trusts
from digest.gather.wire import BusyError
from digest.model import Document, Failure, Hints
from digest.sandbox import Sandbox
from digest.settings import Settings, SourceTable
from digest.text import one_line, sha

# 300 MiB in all: feedparser itself has 40, and 15 MiB of an ordinary feed take less than 200.
PARSER = Sandbox("digest.gather.feed_parse:parse", seconds=20, memory=300 * 2**20)
_LONGEST_PAUSE = timedelta(days=2)  # that a server may ask for


@dataclass(frozen=True, slots=True)
class FeedSource:
    """RSS, Atom or JSON Feed at `url`, or in the file `path`. `known` is the state of the run before."""

    name: str
    url: str = ""
    path: Path | None = None
    client: Client = field(default_factory=Client)
    language: str = ""
    section: str = ""
    full_text: bool = False
    trusts: str = field(default="", compare=False)
    known: Mapping[str, Any] = field(default_factory=dict, compare=False)
    found: dict[str, Any] = field(default_factory=dict, compare=False)
    waits: ClassVar[bool] = True  # for others to answer, so that several are read at once

    @classmethod
    def from_settings(cls, table: SourceTable, settings: Settings) -> FeedSource:
        """The source that `[[sources]]` describes; raises SettingsError where it names no feed, or two."""
        if bool(table.url) == bool(table.path):
            raise SettingsError(f"the feed {table.name!r} needs `url` or `path`, and not both", fix='add url = "https://…/feed.xml"')
        path = settings.path(table.path) if table.path else None
        made_by = trusts(table, settings)
        return cls(table.name, table.url, path, client(table, settings), table.language, table.section, table.full_text, made_by)

    def with_state(self, state: Mapping[str, Any]) -> FeedSource:
        """This source, knowing what its last run left. Where the settings or the program changed, it asks for the whole again."""
        if state.get("trusts") != self.trusts:
            state = {**state, "etag": "", "modified": ""}
        return replace(self, known=state, found={})

    def state(self) -> dict[str, Any]:
        """What this run leaves for the next; to be remembered once its articles are stored."""
        return {**self.known, "answered": "", "trusts": self.trusts, **self.found}

    def documents(self, now: datetime) -> Iterator[Document | Failure]:
        """One document for each entry; what is wrong with the feed, or with a page of it, as a Failure."""
        try:
            fetched = self._fetched(now)
            if fetched.moved:
                yield Failure(self.name, self.url, f"has moved for good to {fetched.moved}", "change its url to that")
            if fetched.status == 304:
                kept = {name: value for name, value in (("etag", fetched.etag), ("modified", fetched.modified)) if value}
            else:
                kept = {"url": self.url, "etag": fetched.etag, "modified": fetched.modified}
                with ExitStack() as users:
                    pages: dict[str, str] = {}
                    missed = yield from self._entries(fetched, users, now, pages)
                    self.found["pages"] = pages
                    if missed:  # the feed is asked for again, changed or not
                        kept |= {"etag": "", "modified": ""}
            self.found.update(kept, answered=now.isoformat())
        except BusyError as error:
            if error.wait:
                until = now + min(timedelta(seconds=error.wait), _LONGEST_PAUSE)
                self.found["until"] = [self.url, until.isoformat()]
            yield self._failure(error)
        except DigestError as error:
            yield self._failure(error)

    def _failure(self, error: DigestError) -> Failure:
        return Failure(self.name, one_line(error.where or self.url or (self.path.name if self.path else self.name)), error.cause, error.fix)

    def _fetched(self, now: datetime) -> Fetched:
        if self.path is not None:
            content = read(self.path, self.client.most, "max_size")
            tag = hashed(content)
            return Fetched(self.path.name, 304 if tag == self.known.get("etag") else 200, content, etag=tag)
        same = self.known.get("url") == self.url  # tags of another address are nothing to this one
        asked, until = self.known.get("until", ["", ""])
        if asked == self.url and now < datetime.fromisoformat(until):
            raise DocumentError(f"asked to be left alone until {until[:16]}", fix="nothing: it will be asked again then")
        return self.client.get(self.url, *((self.known.get("etag", ""), self.known.get("modified", "")) if same else ()))

    def _entries(
        self, fetched: Fetched, users: ExitStack, now: datetime, pages: dict[str, str]
    ) -> Generator[Document | Failure, None, int]:
        """The entries of the feed; `pages` collects those whose page was read. Returns how many pages were missed."""
        if not fetched.content.strip():
            raise DocumentError("is empty", fix="try again later; if it stays so, tell those who run it")
        head = json.dumps({"type": fetched.media_type, "url": fetched.url if self.url else ""}).encode()
        feed = users.enter_context(PARSER).run(head + b"\n" + fetched.content)
        check(feed)
        yield from (Failure(self.name, fetched.url, cause, fix) for cause, fix in remarks(feed))
        if self.full_text:
            users.enter_context(READER)
        counts = Counter(entry[name] for entry in feed["entries"] for name in ("id", "url"))
        asked = missed = 0
        for entry in feed["entries"]:
            document = self._document(own(entry, counts), feed, fetched, now)
            if not (self.full_text and entry["url"]):
                yield document
                continue
            stamp = sha(json.dumps(entry, sort_keys=True))[:16]
            if self.known.get("pages", {}).get(document.uri) == stamp:  # its article is in the store, with its full text
                pages[document.uri] = stamp
                continue
            asked += 1
            found = self._whole(document, entry["url"]) if asked <= PAGES else None
            if isinstance(found, Failure):
                yield found
            if isinstance(found, Document):
                pages[document.uri] = stamp
            else:
                missed += 1
            yield found if isinstance(found, Document) else document
        return missed

    def _whole(self, document: Document, url: str) -> Document | Failure:
        """The document with the text of its page, where that is more than the feed brought."""
        try:
            text = full_text(self.client, url).encode("utf-8", "replace")
        except DigestError as error:
            return Failure(self.name, one_line(error.where or url), f"its page {error.cause}; the feed's text stands in", error.fix)
        return replace(document, media_type="text/html", content=text) if len(text) > len(document.content) else document

    def _document(self, entry: dict[str, Any], feed: dict[str, Any], fetched: Fetched, now: datetime) -> Document:
        """An entry as a document."""
        place = entry["url"] or f"{fetched.url}#{entry['id'] or sha(entry['title'], entry['html'], entry['text'])[:12]}"
        hints = Hints(
            id=one_line(entry["id"])[:2000] or None,
            outlet=self.name,
            title=one_line(entry["title"]) or None,
            url=entry["url"] or None,
            published=one_line(entry["published"]) or None,
            authors=tuple(map(one_line, entry["authors"])),
            tags=tuple(map(one_line, entry["tags"])),
            section=self.section or None,
            language=entry["language"] or feed["language"] or self.language or None,
        )
        media, text = ("text/html", entry["html"]) if entry["html"] else ("text/plain", entry["text"])
        content = text.replace("\0", " ").encode("utf-8", "replace")
        return Document(self.name, one_line(place)[:2000], media, content, now, "utf-8", hints)


def client(table: SourceTable, settings: Settings) -> Client:
    """What fetches for a source: under its limits, and saying who asks."""
    address = settings.digest.public_url
    agent = f"digest/{__version__}" + (f" (+{address})" if address.isascii() and address else "")
    return Client(agent, table.timeout.total_seconds(), table.max_size, table.allow_private)
