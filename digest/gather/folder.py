"""A folder of files. Links are not followed, only regular files are opened, sizes are capped first."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from digest.errors import DocumentError, SettingsError, failure
from digest.gather.files import read, shown
from digest.gather.formats import FORMATS, documents
from digest.gather.mail import Mails
from digest.gather.told import told
from digest.model import Document, Failure
from digest.settings import Settings, SourceTable


@dataclass(frozen=True, slots=True)
class FolderSource:
    """Every file below `path` that `include` matches and `exclude` does not.

    Patterns are matched against the path from the folder, with `/` between its parts, and against
    the bare file name. With `outlets = "folders"` the first sub-folder is the outlet's name.
    """

    name: str
    path: Path
    outlets: str = "one"
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    language: str = ""
    section: str = ""
    max_file_size: int = 15 * 2**20

    @classmethod
    def from_settings(cls, table: SourceTable, settings: Settings) -> FolderSource:
        """The source that `[[sources]]` describes; raises SettingsError where it names no folder."""
        if not table.path:
            raise SettingsError(f"the source {table.name!r} has no `path`", fix='add path = "inbox"')
        return cls(
            table.name,
            settings.path(table.path),
            table.outlets,
            tuple(table.include),
            tuple(table.exclude),
            table.language,
            table.section,
            table.max_file_size,
        )

    def documents(self, now: datetime) -> Iterator[Document | Failure]:
        """The documents of every file, in the order of their paths."""
        closed: list[OSError] = []
        with Mails() as mails:
            for relative in self._files(closed):
                yield from self._file(relative, now, mails)
        yield from map(self._closed, closed)

    def _file(self, relative: str, now: datetime, mails: Mails) -> Iterator[Document | Failure]:
        uri = shown(relative)
        outlet = self._outlet(uri)
        try:
            for found in documents(uri, self._read(relative), now, mails.readers()):
                if isinstance(found, DocumentError):
                    yield failure(found, outlet)
                else:
                    yield self._told(found, outlet)
        except DocumentError as error:
            yield Failure(outlet, error.where or uri, error.cause, error.fix)

    def _files(self, closed: list[OSError]) -> Iterator[str]:
        """The files that are wanted; folders that cannot be read are added to `closed`."""
        for folder, folders, files in os.walk(self.path, onerror=closed.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            linked = [name for name in folders if (Path(folder) / name).is_symlink()]
            closed.extend(OSError(errno.ELOOP, "is a link, and links are not followed", str(Path(folder) / name)) for name in linked)
            for name in sorted(files):
                relative = (Path(folder) / name).relative_to(self.path).as_posix()
                if self._wanted(relative, name):
                    yield relative

    def _closed(self, error: OSError) -> Failure:
        folder = Path(error.filename)
        if folder == self.path and isinstance(error, FileNotFoundError | NotADirectoryError):
            return Failure(self.name, shown(folder.name), "there is no such folder", "make it, or mend `path` in the settings")
        where = shown(os.path.relpath(folder, self.path)) if folder != self.path else shown(folder.name)
        return Failure(self.name, where, f"cannot be opened: {error.strerror}", "it must be a folder, not a link, that you may read")

    def _wanted(self, relative: str, name: str) -> bool:
        if name.startswith(".") or name.endswith(("~", ".part", ".tmp")):
            return False
        matches = [any(fnmatchcase(text, glob) for text in (relative, name)) for glob in self.include]
        return any(matches) and not any(fnmatchcase(text, glob) for glob in self.exclude for text in (relative, name))

    def _outlet(self, relative: str) -> str:
        first, slash, _ = relative.partition("/")
        return first if self.outlets == "folders" and slash else self.name

    def _read(self, relative: str) -> bytes:
        if Path(relative).suffix.lower() not in FORMATS:
            raise DocumentError(
                f"is in no format that we read ({', '.join(FORMATS)})", fix=f'leave it out with exclude = ["*{Path(relative).suffix}"]'
            )
        return read(self.path / relative, self.max_file_size)

    def _told(self, document: Document, outlet: str) -> Document:
        """The document with what the settings know of this source. A folder named by hand goes before a mail's sender."""
        if document.mail and outlet != self.name:
            document = replace(document, hints=replace(document.hints, outlet=outlet))
        return told(document, self.name, outlet, self.language, self.section)
