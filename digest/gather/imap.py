"""Newsletters in a folder of an IMAP server: read only, each mail fetched once.

What was fetched is known by UIDVALIDITY and the last UID, kept between runs. The password never
stands in the settings.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from digest.errors import DocumentError, SettingsError, SourceError, failure
from digest.gather.files import oversize, read
from digest.gather.imap_client import Session, session
from digest.gather.imap_errors import Server
from digest.gather.mail import Mails
from digest.gather.told import told
from digest.model import Document, Failure
from digest.settings import Settings, SourceTable

_LONGEST = 4096  # bytes of a file that holds a password


@dataclass(frozen=True, slots=True)
class ImapSource:
    """The mails of one folder; the outlet is the sender's name. `since` counts where nothing was fetched yet."""

    name: str
    server: Server
    folder: str = "INBOX"
    password_env: str = ""
    password_file: Path | None = None
    since: timedelta = timedelta(days=30)
    max_mails: int = 200
    language: str = ""
    section: str = ""
    memory: dict[str, Any] = field(default_factory=dict, compare=False)

    @classmethod
    def from_settings(cls, table: SourceTable, settings: Settings) -> ImapSource:
        """The source that `[[sources]]` describes; raises SettingsError for what it lacks."""

        def wrong(cause: str, fix: str) -> SettingsError:
            return SettingsError(f"the source {table.name!r} {cause}", fix=fix)

        if not table.host:
            raise wrong("has no `host`", 'add host = "imap.newsroom.example"')
        if not table.user:
            raise wrong("has no `user`", 'add user = "desk@newsroom.example"')
        if bool(table.password_env) == bool(table.password_file):
            raise wrong("needs a `password_env` or a `password_file`, and one only", 'add password_env = "DESK_PASSWORD"')
        if table.starttls and table.port == 993:
            raise wrong("has `starttls` on port 993, where TLS is there from the start", "add port = 143, or take starttls out")
        if any(not value.isprintable() for value in (table.host, table.user, table.folder)):
            raise wrong("has signs in `host`, `user` or `folder` that cannot be printed", "take them out")
        server = Server(table.host, table.user, table.port, table.starttls, table.allow_private, largest=table.max_file_size)
        file = settings.path(table.password_file) if table.password_file else None
        return cls(table.name, server, table.folder, table.password_env, file, table.since, table.max_mails, table.language, table.section)

    def with_state(self, state: Mapping[str, Any]) -> ImapSource:
        """This source with what it knew at the end of an earlier run."""
        return replace(self, memory=dict(state))

    def state(self) -> dict[str, Any]:
        """What to know at the next run: how far this one came."""
        return dict(self.memory)

    def documents(self, now: datetime) -> Iterator[Document | Failure]:
        """The documents of the mails that were never fetched, in the order in which they came in."""
        try:
            with session(self.server, self._password()) as box, Mails() as mails:
                yield from self._news(box, mails, now)
        except SourceError as error:
            yield failure(error, self.name)

    def _news(self, box: Session, mails: Mails, now: datetime) -> Iterator[Document | Failure]:
        place = {"mailbox": f"{self.server.user}@{self.server.host}/{self.folder}", "validity": box.examine(self.folder)}
        known = {name: self.memory.get(name) for name in place} == place
        last = int(self.memory.get("uid", 0)) if known else 0
        uids = box.uids(last + 1, None if last else (now - self.since).date())
        taken = uids[: self.max_mails]
        sizes = box.sizes(taken)
        for uid in taken:
            if uid in sizes:
                yield from self._mail(box, mails, uid, sizes[uid], now)
            self.memory.update(place, uid=uid)
        if len(uids) > len(taken):
            more = f"holds {len(uids) - len(taken)} more new mails than the {len(taken)} of one run"
            yield Failure(self.name, self.folder, more, "they come at the next run; or raise max_mails for this source")

    def _mail(self, box: Session, mails: Mails, uid: int, size: int, now: datetime) -> Iterator[Document | Failure]:
        where = f"{self.folder};UID={uid}"
        try:
            if size > self.server.largest:
                raise oversize(size, self.server.largest)
            content = box.content(uid)
            for found in mails.eml(where, content, now) if content is not None else ():
                yield told(found, self.name, self.name, self.language, self.section)
        except DocumentError as error:
            yield Failure(self.name, where, error.cause, error.fix)

    def _password(self) -> str:
        if self.password_file is None:
            found = os.environ.get(self.password_env, "")
            told_by, fix = f"the environment variable {self.password_env}", "set it where digest runs"
        else:
            told_by, fix = f"the file {self.password_file.name}", "put the password into it, on one line"
            try:
                found = read(self.password_file, _LONGEST).decode("utf-8").rstrip("\r\n")
            except DocumentError as error:
                raise SourceError(f"{told_by}, which `password_file` names, {error.cause}", where=str(self.server), fix=fix) from None
            except UnicodeDecodeError:
                found = "\0"
        if not found or not found.isprintable():
            raise SourceError(f"{told_by} holds no password", where=str(self.server), fix=fix)
        return found
