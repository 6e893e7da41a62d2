"""A folder of files. Links are not followed, only regular files are opened, sizes are capped first.

What did not change since the last run is passed over (`digest.gather.seen`); what is still being
written is left for the next run, and told.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from digest.errors import DocumentError, SettingsError, failure
from digest.gather.files import UnfinishedError, shown
from digest.gather.formats import FORMATS, CutShortError, documents, format_of
from digest.gather.globs import Globs, unfinished
from digest.gather.mail import Mails, Reader
from digest.gather.records import Records, breaks_off
from digest.gather.seen import Fresh, Seen, trusts
from digest.gather.told import Wrong, told
from digest.model import Document, Failure
from digest.settings import FEEDS, Settings, SourceTable

_LINED = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, slots=True)
class FolderSource:
    """Every file below `path` that `include` matches and `exclude` does not.

    Patterns are matched against the path from the folder, with `/` between its parts, and against
    the bare file name. With `outlets = "folders"` the first sub-folder is the outlet's name. `fields`
    says where the records of another tool hold what, see `digest.gather.records`. Where `path` is a file,
    it is the only one.
    """

    name: str
    path: Path
    outlets: str = "one"
    include: tuple[str, ...] = ("*",)
    exclude: tuple[str, ...] = ()
    language: str = ""
    section: str = ""
    max_file_size: int = 15 * 2**20
    only: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    trusts: str = field(default="", compare=False)
    seen: Seen = field(default_factory=Seen, compare=False)
    met: dict[str, Any] = field(default_factory=dict, compare=False)

    @classmethod
    def from_settings(cls, table: SourceTable, settings: Settings) -> FolderSource:
        """The source that `[[sources]]` describes; raises SettingsError where it names no folder."""
        if not table.path:
            raise SettingsError(f"the source {table.name!r} has no `path`", fix='add path = "inbox"')
        path = settings.path(table.path)
        alone = (path.is_symlink() or path.exists()) and not path.is_dir()
        return cls(
            table.name,
            path.parent if alone else path,
            table.outlets,
            tuple(table.include),
            tuple(table.exclude),
            table.language,
            table.section,
            table.max_file_size,
            path.name if alone else "",
            table.fields.mapped(),
            trusts(table, settings),
        )

    def with_state(self, state: Mapping[str, Any]) -> FolderSource:
        """This source, knowing the files of its last run."""
        seen = Seen.recalled(state, self.trusts)
        return replace(self, seen=seen, met=dict(state.get("met", {})) if seen.before else {})

    def state(self) -> dict[str, Any]:
        """The files of this run; to be remembered once their articles are stored."""
        return self.seen.state() | {"met": self.met}

    def stands(self, document: str) -> bool:
        """Whether a document was passed over in this run, since its file did not change."""
        return self.seen.stands(document)

    def passed(self) -> int:
        """How many were passed over in this run."""
        return len(self.seen.passed)

    def wrong(self, failures: Sequence[Failure], now: datetime) -> None:
        """What cleaning found wrong with the documents, to be told again as long as they stand."""
        self.seen.wrong(failures, now)

    def documents(self, now: datetime) -> Iterator[Document | Failure]:
        """The documents of every file that is new or changed, in the order of their paths."""
        closed: list[OSError] = []
        records = Records(self.fields, self.met)
        with Mails() as mails:
            readers = records.readers() | mails.readers()
            for relative in self._files(closed):
                yield from self._file(relative, now, readers)
        if not any(Path(error.filename) == self.path for error in closed):
            self.seen.answered = now.isoformat() if self.seen.files or self.seen.waiting else ""
        yield from map(self._closed, closed)
        yield from (Failure(self.name, key, cause, fix) for key, cause, fix in records.unmet())

    def _file(self, relative: str, now: datetime, readers: Mapping[str, Reader]) -> Iterator[Document | Failure]:
        uri = shown(relative)
        outlet = self._outlet(uri)
        wrong = Wrong()
        try:
            _check_name(relative)
            place = os.path.join(self.path, relative)  # noqa: PTH118 - twenty thousand times a run
            fresh = self.seen.fresh(relative, uri, place, self.max_file_size, now)
            if fresh is None:
                yield from self.seen.failures(relative)
                return
            for one in self._whole(relative, fresh, now, readers):
                if isinstance(one, Document):
                    yield self._told(one, outlet)
                elif wrong.tells(bad := failure(one, outlet)):
                    yield bad
            yield from wrong.rest(outlet, uri)
            self.seen.keep(relative, uri, fresh.row, wrong.told, now)
        except DocumentError as error:
            yield Failure(outlet, error.where or uri, error.cause, error.fix)

    def _whole(self, relative: str, fresh: Fresh, now: datetime, readers: Mapping[str, Reader]) -> Iterator[Document | DocumentError]:
        """What the file holds; raises UnfinishedError where it breaks off, unless it stood so at the last run."""
        is_lines = PurePosixPath(relative).suffix.lower() in _LINED
        if is_lines and breaks_off(fresh.content) and self.seen.waits(relative, fresh.stamp):
            fix = "nothing: at the next run it is taken as it stands, if it has not changed"
            raise UnfinishedError("ends in the middle of a line", fix=fix)
        try:
            yield from documents(shown(relative), fresh.content, now, readers, self.max_file_size)
        except CutShortError as error:
            if self.seen.waits(relative, fresh.stamp):
                raise UnfinishedError(error.cause) from None
            raise

    def _files(self, closed: list[OSError]) -> Iterator[str]:
        """The files that are wanted; folders that cannot be read are added to `closed`."""
        if self.only:
            yield self.only
            return
        globs = Globs(self.include, self.exclude)
        root = os.fspath(self.path)
        for folder, folders, files in os.walk(root, onerror=closed.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            linked = [name for name in folders if (Path(folder) / name).is_symlink()]
            closed.extend(OSError(errno.ELOOP, "is a link, and links are not followed", str(Path(folder) / name)) for name in linked)
            inside = os.path.relpath(folder, root)
            for name in sorted(files):
                relative = name if inside == "." else f"{inside}/{name}"
                if globs.want(relative, name):
                    yield relative

    def _closed(self, error: OSError) -> Failure:
        folder = Path(error.filename)
        if folder == self.path and isinstance(error, FileNotFoundError | NotADirectoryError):
            return Failure(self.name, shown(folder.name), "there is no such folder", "make it, or mend `path` in the settings")
        where = shown(os.path.relpath(folder, self.path)) if folder != self.path else shown(folder.name)
        return Failure(self.name, where, f"cannot be opened: {error.strerror}", "it must be a folder, not a link, that you may read")

    def _outlet(self, relative: str) -> str:
        first, slash, _ = relative.partition("/")
        return first if self.outlets == "folders" and slash else self.name

    def _told(self, document: Document, outlet: str) -> Document:
        """The document with what the settings know of this source. A folder named by hand goes before a mail's sender."""
        if document.mail and outlet != self.name:
            document = replace(document, hints=replace(document.hints, outlet=outlet))
        return told(document, self.name, outlet, self.language, self.section)


def _check_name(relative: str) -> None:
    """Raises DocumentError for a file that need not be opened: its name says that it is not all there, or nothing for us."""
    if unfinished(relative):
        fix = "it is taken up under its final name; remove it if it was left over"
        raise UnfinishedError("has the name of a half-written file", fix=fix)
    if format_of(relative) not in FORMATS:
        raise DocumentError(f"is in no format that we read ({', '.join(FORMATS)})", fix=_other_way(relative))


def _other_way(relative: str) -> str:
    """What to do with a file that is no document."""
    suffix = PurePosixPath(relative).suffix.lower()
    if suffix == ".opml":
        return 'it is a list of feeds: name it in a source with kind = "opml", or run `digest init DIR --opml FILE`'
    if suffix in FEEDS:
        return 'if it is a feed, name it as `path` of a source with kind = "feed"; else leave it out with exclude'
    return f'leave it out with exclude = ["{"*" + suffix if suffix else PurePosixPath(relative).name}"]'
