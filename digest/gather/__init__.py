"""SEAM Source: where documents come from.

A source is a frozen dataclass whose fields are its options. To add one, write a class with
`documents()` and a `from_settings()`, and name it below or as `kind = "module:Class"`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from digest.errors import SettingsError
from digest.gather.folder import FolderSource
from digest.gather.imap import ImapSource
from digest.gather.mailbox import MailboxSource
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
    """A source that may know something of its earlier runs; it is kept once the articles are in the store."""

    def with_state(self, state: Mapping[str, Any]) -> Source: ...

    def state(self) -> dict[str, Any]: ...


class SourceKind(Protocol):
    """What a kind of source must offer: to be made from its table of the settings."""

    def from_settings(self, table: SourceTable, settings: Settings) -> Source: ...


SOURCES: dict[str, SourceKind] = {"folder": FolderSource, "mailbox": MailboxSource, "imap": ImapSource}


def sources(settings: Settings) -> tuple[Source, ...]:
    """Every configured source, in the order of the settings; raises SettingsError."""
    made = []
    for number, table in enumerate(settings.sources, 1):
        key = f"sources[{number}].kind"
        try:
            made.append(_kind(table.kind, key).from_settings(table, settings))
        except SettingsError as error:
            raise SettingsError(error.cause, where=str(settings.file), fix=error.fix) from error
    return tuple(made)


def _kind(kind: str, key: str) -> SourceKind:
    found = find(kind, SOURCES, key)
    if not hasattr(found, "from_settings"):
        raise SettingsError(f"`{key}` is {kind!r}, which is no source", fix="name a class with `from_settings`")
    return found
