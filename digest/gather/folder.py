"""A folder of files. Links are not followed, only regular files are opened, sizes are capped first."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from digest.errors import DocumentError, SettingsError, failure
from digest.gather.formats import FORMATS, documents
from digest.model import Document, Failure
from digest.settings import Settings, SourceTable
from digest.text import one_line


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
        for relative in self._files(closed):
            shown = _shown(relative)
            outlet = self._outlet(shown)
            try:
                for found in documents(shown, self._read(relative), now):
                    if isinstance(found, DocumentError):
                        yield failure(found, outlet)
                    else:
                        yield self._told(found, outlet)
            except DocumentError as error:
                yield Failure(outlet, error.where or shown, error.cause, error.fix)
        yield from map(self._closed, closed)

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
            return Failure(self.name, _shown(folder.name), "there is no such folder", "make it, or mend `path` in the settings")
        where = _shown(os.path.relpath(folder, self.path)) if folder != self.path else _shown(folder.name)
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
        try:
            handle = os.open(self.path / relative, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError as error:
            raise DocumentError(f"cannot be opened: {error.strerror}", fix="it must be a file, not a link, that you may read") from None
        with open(handle, "rb") as stream:  # noqa: PTH123 - a descriptor, opened without following links
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise DocumentError("is no regular file", fix="remove it from the folder")
            if found.st_size > self.max_file_size:
                raise DocumentError(
                    f"has {_size(found.st_size)}, over the limit of {_size(self.max_file_size)}",
                    fix="split it, or raise max_file_size for this source",
                )
            return stream.read(self.max_file_size)

    def _told(self, document: Document, outlet: str) -> Document:
        """The document with what the settings know of this source, where it does not say itself."""
        hints = document.hints
        hints = replace(
            hints,
            outlet=hints.outlet or outlet,
            language=hints.language or self.language or None,
            section=hints.section or self.section or None,
        )
        return replace(document, source=self.name, hints=hints)


def _shown(relative: str) -> str:
    """A path as text that can be printed and stored: names of files are bytes, and hostile ones too."""
    return one_line(relative.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _size(number: int) -> str:
    return f"{number / 2**20:.1f} MiB" if number >= 2**20 else f"{number} bytes"
