"""What a source of files knows between runs, so that a file that did not change costs nothing.

A file is known by what the system says of it (size, times, inode), then by the hash of its content.
All is forgotten where the program, the source's settings or those of cleaning changed: then the same
bytes may give other articles. What was wrong in a file is known too, and told at every run.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from digest.gather.files import looked_at, taken
from digest.model import Failure
from digest.settings import Settings, SourceTable
from digest.text import sha

_GRAIN = 2 * 10**9  # ns: the coarsest clock of a file system in use (FAT) counts in steps of two seconds
_ITEM = re.compile(r" \(item \d+\)$")  # how cleaning names a story of a document

# [stamp, hash] of a file in which nothing was wrong, else [stamp, hash, day, failures]: kept by the
# ten thousand, so as plain as JSON. The stamp is "" where a later writing might leave it as it is.
Row = list[Any]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A file that is new or changed: its content, what the system said of it, and by what it is to be known."""

    content: bytes
    stamp: str
    row: Row


@dataclass(slots=True)
class Seen:
    """The files of one source in one run, beside those of the run before.

    `remembers` is false in a run that has no next one. `lasting` is for files that are never written
    again, only moved, as mails in a Maildir are. `answered` is when the source was last reached.
    """

    trusts: str = ""
    lasting: bool = False
    remembers: bool = False
    before: Mapping[str, Row] = field(default_factory=dict)
    waited: Mapping[str, str] = field(default_factory=dict)
    files: dict[str, Row] = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)  # documents' names of the files that were passed over
    read: dict[str, str] = field(default_factory=dict)  # … of those that were read, with their keys
    answered: str = ""

    @classmethod
    def recalled(cls, state: Mapping[str, Any], trusts: str, lasting: bool = False) -> Seen:
        """What the state of an earlier run says; nothing, where that rests on something else than `trusts`."""
        if state.get("trusts") != trusts:
            return cls(trusts, lasting, remembers=True)
        return cls(trusts, lasting, True, state["files"], state["waiting"])

    def state(self) -> dict[str, Any]:
        """What to know at the next run, made of what JSON can hold."""
        return {"answered": self.answered, "trusts": self.trusts, "files": self.files, "waiting": self.waiting}

    def fresh(self, name: str, uri: str, place: Path | str, limit: int, now: datetime) -> Fresh | None:
        """The file `name`, which documents call `uri`, if it is new or changed; raises DocumentError, UnfinishedError."""
        row = self.row(name, now)
        if row and row[0] and row[0] == self.stamp(looked_at(place)):
            self.passes(name, uri, row)
            return None
        content, found = taken(Path(place), limit)
        fresh = Fresh(content, self.stamp(found), [self.sure(found, now), hashed(content)])
        if row and row[1] == fresh.row[1]:
            self.passes(name, uri, [fresh.row[0], *row[1:]])
            return None
        return fresh

    def failures(self, name: str) -> tuple[Failure, ...]:
        """What was wrong in a file, when it was read."""
        row = self.files[name]
        return tuple(Failure(*told) for told in row[3]) if len(row) > 2 else ()

    def keep(self, name: str, uri: str, row: Row, failures: Sequence[Failure], now: datetime) -> None:
        """Know a file that was read, and what was wrong in it."""
        self.files[name] = row[:2]
        self.read[uri] = name
        self._add(name, failures, now)

    def wrong(self, failures: Sequence[Failure], now: datetime) -> None:
        """Know what was found wrong with documents only after they were handed over."""
        for failure in failures:
            name = self.read.get(_file(failure.where, self.read))
            if name is not None:
                self._add(name, [failure], now)

    def waits(self, name: str, stamp: str) -> bool:
        """Whether a file that seems unfinished is to wait: until it stands as it stood at the run before."""
        if not self.remembers or self.waited.get(name) == stamp:
            return False
        self.waiting[name] = stamp
        return True

    def stands(self, document: str) -> bool:
        """Whether a document is of a file that was passed over: it is still there, as it was."""
        return bool(_file(document, self.passed))

    def row(self, name: str, now: datetime) -> Row:
        """What is known of a file. With what was wrong in it, for a day only: a date in the future comes, the other file of an id goes."""
        row = self.before.get(name, [])
        return row if len(row) == 2 or row[2:3] == [_day(now)] else []

    def passes(self, name: str, uri: str, row: Row) -> None:
        """Pass a file over, and know it on."""
        self.files[name] = row
        self.passed.add(uri)

    def _add(self, name: str, failures: Sequence[Failure], now: datetime) -> None:
        stamp, content, *told = self.files[name]
        rows = [*(told[1] if told else []), *(list(astuple(failure)) for failure in failures)]
        self.files[name] = [stamp, content, _day(now), rows] if rows else [stamp, content]

    def stamp(self, found: os.stat_result) -> str:
        """What the system says of a file, as a text."""
        values = [found.st_size, found.st_mtime_ns]
        return ".".join(f"{value:x}" for value in (values if self.lasting else [*values, found.st_ctime_ns, found.st_ino]))

    def sure(self, found: os.stat_result, now: datetime) -> str:
        """The stamp, if a later writing is sure to change it: not where the file was written as late as this run began."""
        latest = found.st_mtime_ns if self.lasting else max(found.st_mtime_ns, found.st_ctime_ns)
        return self.stamp(found) if latest + _GRAIN < int(now.timestamp()) * 10**9 else ""


def trusts(table: SourceTable, settings: Settings) -> str:
    """SHA-256 over all that decides which articles a file becomes: the program, its source, the cleaning."""
    return sha(_program(), table.model_dump_json(), settings.clean.model_dump_json(), settings.digest.timezone)


@cache
def _program() -> str:
    """The program's own text, since its rules may change while its version stands."""
    return sha(*(path.read_bytes() for path in sorted(Path(__file__).resolve().parents[1].rglob("*.py"))))


def _file(document: str, files: Container[str]) -> str:
    """The file of a document, of `files`: `week.jsonl` of `week.jsonl#7 (item 2)`; "" where it is none of them."""
    name = _ITEM.sub("", document)
    while name and name not in files:
        name = name.rpartition("#")[0]
    return name


def hashed(content: bytes) -> str:
    """The hash by which a content is known."""
    return hashlib.sha256(content).hexdigest()[:32]


def _day(now: datetime) -> str:
    return now.astimezone(UTC).date().isoformat()
