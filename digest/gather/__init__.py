"""SEAM Source: where documents come from.

A source is a frozen dataclass whose fields are its options. To add one, write a class with
`documents()` and a `from_settings()`, and name it below or as `kind = "module:Class"`. What it may
offer beside these: `with_state()` and `state()` to leave something for its next run, `stands()` and
`wrong()` where it passes over what it brought before, and `waits = True` to be read ahead, at once with
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from digest.errors import SettingsError
from digest.gather.feed import FeedSource
from digest.gather.folder import FolderSource
from digest.gather.imap import ImapSource
from digest.gather.mailbox import MailboxSource
from digest.gather.opml import OpmlSource
from digest.model import Document, Failure
from digest.plugins import find
from digest.settings import Settings, SourceTable


class Source(Protocol):
    """Hands over documents; what it cannot read it hands over as a Failure, and goes on."""

    @property
    def name(self) -> str: ...

    def documents(self, now: datetime) -> Iterator[Document | Failure]: ...


@runtime_checkable
class Remembering(Protocol):
    """A source that leaves a state for its next run: values that JSON can write.

    It is remembered only after what the source brought is stored. `answered` in it, where it is the
    moment of the run, says that the source was reached, also when it had nothing to bring.
    """

    def with_state(self, state: Mapping[str, Any]) -> Source: ...

    def state(self) -> dict[str, Any]: ...


@runtime_checkable
class PassingOver(Remembering, Protocol):
    """A source that does not bring again what did not change.

    `wrong` tells it, before its state is asked for, what was found wrong with what it brought in this
    run, so that it can be told at the next; `stands` says whether a document was passed over, `passed` how
    many files or mails were.
    """

    def wrong(self, failures: Sequence[Failure], now: datetime) -> None: ...

    def stands(self, document: str) -> bool: ...

    def passed(self) -> int: ...


class SourceKind(Protocol):
    """What a kind of source must offer: to be made from its table of the settings."""

    def from_settings(self, table: SourceTable, settings: Settings) -> Source: ...


SOURCES: dict[str, SourceKind] = {
    "folder": FolderSource,
    "feed": FeedSource,
    "opml": OpmlSource,
    "mailbox": MailboxSource,
    "imap": ImapSource,
}
_AT_ONCE = 8  # sources that wait for others, read at the same time


def sources(settings: Settings) -> tuple[Source, ...]:
    """Every configured source, in the order of the settings; raises SettingsError."""
    made: list[Source] = []
    names = {table.name for table in settings.sources}
    for number, table in enumerate(settings.sources, 1):
        key = f"sources[{number}].kind"
        try:
            source = _kind(table.kind, key).from_settings(table, settings)
            feeds = source.expanded(names) if isinstance(source, OpmlSource) else ()
            made.extend(feeds or [source])
            names.update(feed.name for feed in feeds)
        except SettingsError as error:
            raise SettingsError(error.cause, where=error.where or str(settings.file), fix=error.fix) from error
    return tuple(made)


def read(found: Sequence[Source], now: datetime) -> Iterator[tuple[Source, Iterable[Document | Failure]]]:
    """What each source hands over, in their order; those that wait for others are read ahead, several at once."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="gather") as pool:
        ahead = {
            number: pool.submit(lambda source=source: list(source.documents(now)))  # type: ignore[misc] # bound at once, on purpose
            for number, source in enumerate(found)
            if getattr(source, "waits", False)
        }
        try:
            for number, source in enumerate(found):
                yield source, _later(ahead.pop(number)) if number in ahead else source.documents(now)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _later(ahead: Future[list[Document | Failure]]) -> Iterator[Document | Failure]:
    """What was read ahead, or the error of that, once somebody asks for it."""
    yield from ahead.result()


def _kind(kind: str, key: str) -> SourceKind:
    found = find(kind, SOURCES, key)
    if not hasattr(found, "from_settings"):
        raise SettingsError(f"`{key}` is {kind!r}, which is no source", fix="name a class with `from_settings`")
    return found
