"""Mail on this machine: a Maildir, an mbox file, or a folder of .eml files.

A mail in a Maildir is known by its name, which it keeps; of an mbox file that only grew, the mails
behind the known end are read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from digest.errors import DocumentError, SettingsError, failure
from digest.gather.files import looked_at, opened, shown
from digest.gather.folder import FolderSource
from digest.gather.mail import Mails
from digest.gather.mbox import behind
from digest.gather.seen import Row, Seen, trusts
from digest.gather.told import Wrong, told
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
    trusts: str = field(default="", compare=False)
    seen: Seen = field(default_factory=Seen, compare=False)
    end: dict[str, int] = field(default_factory=dict, compare=False)  # of an mbox: its bytes and mails

    @classmethod
    def from_settings(cls, table: SourceTable, settings: Settings) -> MailboxSource:
        """The source that `[[sources]]` describes; raises SettingsError where it names no path."""
        if not table.path:
            raise SettingsError(f"the source {table.name!r} has no `path`", fix='add path = "~/Maildir"')
        path = settings.path(table.path)
        return cls(table.name, path, table.language, table.section, table.max_file_size, trusts(table, settings))

    def with_state(self, state: Mapping[str, Any]) -> MailboxSource:
        """This source, knowing the mails of its last run."""
        return replace(self, seen=Seen.recalled(state, self.trusts, lasting=self._is_maildir()), end=dict(state.get("end", {})))

    def state(self) -> dict[str, Any]:
        """The mails of this run; to be remembered once their articles are stored."""
        return self.seen.state() | {"end": self.end}

    def stands(self, document: str) -> bool:
        """Whether a mail was passed over in this run, since it was read before."""
        return self.seen.stands(document)

    def passed(self) -> int:
        """How many were passed over in this run."""
        return len(self.seen.passed)

    def wrong(self, failures: Sequence[Failure], now: datetime) -> None:
        """What cleaning found wrong with the mails, to be told again as long as they stand."""
        self.seen.wrong(failures, now)

    def documents(self, now: datetime) -> Iterator[Document | Failure]:
        """The documents of every new mail; the same mail twice is one, as mailing lists bring it by two ways."""
        twice: set[str] = set()
        try:
            for found in self._every(now):
                if isinstance(found, DocumentError):
                    yield failure(found, self.name)
                elif isinstance(found, Failure):
                    yield found
                elif not (found.hints.id and (stamp := sha(found.hints.id, found.content)) in twice):
                    twice.update([stamp] if found.hints.id else [])
                    yield told(found, self.name, self.name, self.language, self.section)
        except OSError as error:
            cause = f"cannot be opened: {error.strerror}"
            yield Failure(self.name, shown(self.path.name), cause, "it must be a mailbox that you may read")

    def _every(self, now: datetime) -> Iterator[Document | DocumentError | Failure]:
        if self._is_maildir():
            return self._maildir(now)
        if self.path.is_dir():
            include = ("*.eml", "*.mbox", "*.eml.gz", "*.mbox.gz")
            return FolderSource(self.name, self.path, include=include, max_file_size=self.max_file_size, seen=self.seen).documents(now)
        return self._mbox(now)

    def _is_maildir(self) -> bool:
        return (self.path / "cur").is_dir()

    def _mbox(self, now: datetime) -> Iterator[Document | DocumentError | Failure]:
        where = shown(self.path.name)
        if not self.path.exists():
            yield DocumentError("there is no such mailbox", where=where, fix="make it, or mend `path` in the settings")
            return
        try:
            row = self.seen.row(where, now)
            if row and row[0] and row[0] == self.seen.stamp(looked_at(self.path)):
                self.seen.passes(where, where, row)
                yield from self.seen.failures(where)
            else:
                with opened(self.path) as stream, Mails() as mails:
                    yield from self._behind(row, stream, mails, now)
            self.seen.answered = now.isoformat()
        except DocumentError as error:
            yield DocumentError(error.cause, where=error.where or where, fix=error.fix)

    def _behind(self, row: Row, stream: IO[bytes], mails: Mails, now: datetime) -> Iterator[Document | DocumentError | Failure]:
        """The mails behind those that were read before, if those stand as they stood; else all."""
        where = shown(self.path.name)
        lines = behind(stream, self.end.get("size", 0) if row else 0, row[1] if row else "")
        self.seen.passed.update(f"{where}#{number}" for number in range(1, lines.mails + 1))
        wrong = Wrong(Failure(*values) for values in row[3]) if lines.mails and len(row) > 2 else Wrong()
        yield from wrong.told
        for found in mails.stream(where, lines, now, self.max_file_size, lines.mails):
            if isinstance(found, Document):
                yield found
            elif wrong.tells(bad := failure(found, self.name)):
                yield bad
        yield from wrong.rest(self.name, where)
        after = os.fstat(stream.fileno())
        stamp = self.seen.sure(after, now) if after.st_size == lines.size else ""
        self.seen.keep(where, where, [stamp, lines.hash()], wrong.told, now)
        self.end["size"] = lines.size

    def _maildir(self, now: datetime) -> Iterator[Document | DocumentError | Failure]:
        """A mail's name there is the part before `:`; what follows are flags, which change when it is read."""
        with Mails() as mails:
            for file in sorted(self._files(), key=lambda file: file.name):
                unique, _, flags = file.name.partition(":2,")
                if _PASSED_OVER & set(flags):
                    continue
                where = shown(unique)
                try:
                    fresh = self.seen.fresh(unique, where, file, self.max_file_size, now)
                    if fresh is None:
                        yield from self.seen.failures(unique)
                    else:
                        yield from mails.eml(where, fresh.content, now)
                        self.seen.keep(unique, where, fresh.row, (), now)
                except DocumentError as error:
                    yield DocumentError(error.cause, where=where, fix=error.fix)
        self.seen.answered = now.isoformat() if self.seen.files else ""

    def _files(self) -> Iterator[Path]:
        for folder in ("cur", "new"):
            if (self.path / folder).is_dir():
                yield from (file for file in (self.path / folder).iterdir() if not file.name.startswith("."))
