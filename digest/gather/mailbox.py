"""Mail on this machine: a Maildir, an mbox file, or a folder of .eml files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.errors import DocumentError, SettingsError, failure
from digest.gather.files import opened, read, shown
from digest.gather.folder import FolderSource
from digest.gather.mail import Mails
from digest.gather.told import told
from digest.model import Document, Failure
from digest.settings import Settings, SourceTable
from digest.text import sha

_PASSED_OVER = frozenset("DT")  # the flags of a Maildir for drafts and for what is in the bin


@dataclass(frozen=True, slots=True)
class MailboxSource:
    """Every mail at `path`; the outlet is the sender's name. Nothing is marked, moved or written."""

    name: str
    path: Path
    language: str = ""
    section: str = ""
    max_file_size: int = 15 * 2**20

    @classmethod
    def from_settings(cls, table: SourceTable, settings: Settings) -> MailboxSource:
        """The source that `[[sources]]` describes; raises SettingsError where it names no path."""
        if not table.path:
            raise SettingsError(f"the source {table.name!r} has no `path`", fix='add path = "~/Maildir"')
        return cls(table.name, settings.path(table.path), table.language, table.section, table.max_file_size)

    def documents(self, now: datetime) -> Iterator[Document | Failure]:
        """The documents of every mail; the same mail twice is one, as mailing lists bring it by two ways."""
        seen: set[str] = set()
        try:
            for found in self._every(now):
                if isinstance(found, DocumentError):
                    yield failure(found, self.name)
                elif isinstance(found, Failure):
                    yield found
                elif not (found.hints.id and (stamp := sha(found.hints.id, found.content)) in seen):
                    seen.update([stamp] if found.hints.id else [])
                    yield told(found, self.name, self.name, self.language, self.section)
        except OSError as error:
            cause = f"cannot be opened: {error.strerror}"
            yield Failure(self.name, shown(self.path.name), cause, "it must be a mailbox that you may read")

    def _every(self, now: datetime) -> Iterator[Document | DocumentError | Failure]:
        if (self.path / "cur").is_dir():
            return self._maildir(now)
        if self.path.is_dir():
            return FolderSource(self.name, self.path, include=("*.eml", "*.mbox"), max_file_size=self.max_file_size).documents(now)
        return self._mbox(now)

    def _mbox(self, now: datetime) -> Iterator[Document | DocumentError]:
        where = shown(self.path.name)
        if not self.path.exists():
            yield DocumentError("there is no such mailbox", where=where, fix="make it, or mend `path` in the settings")
            return
        try:
            with opened(self.path) as stream, Mails() as mails:
                yield from mails.stream(where, stream, now, self.max_file_size)
        except DocumentError as error:
            yield DocumentError(error.cause, where=error.where or where, fix=error.fix)

    def _maildir(self, now: datetime) -> Iterator[Document | DocumentError]:
        """A mail's name there is the part before `:`; what follows are flags, which change when it is read."""
        with Mails() as mails:
            for file in sorted(self._files(), key=lambda file: file.name):
                unique, _, flags = file.name.partition(":2,")
                if _PASSED_OVER & set(flags):
                    continue
                where = shown(unique)
                try:
                    yield from mails.eml(where, read(file, self.max_file_size), now)
                except DocumentError as error:
                    yield DocumentError(error.cause, where=where, fix=error.fix)

    def _files(self) -> Iterator[Path]:
        for folder in ("cur", "new"):
            if (self.path / folder).is_dir():
                yield from (file for file in (self.path / folder).iterdir() if not file.name.startswith("."))
