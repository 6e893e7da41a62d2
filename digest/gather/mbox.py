"""An mbox file as its mails, read as a stream: such files grow to gigabytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import IO, Protocol

# `From sender Tue Nov 17 14:30:00 2026`: with the time and the year that no sentence has there.
_BEGIN = re.compile(rb"From .{0,100}?\d\d?:\d\d.{0,40}?\d{4}")
_LONGEST = 998 * 4  # bytes of a line that are looked at together; SMTP allows 998
_ESCAPED = re.compile(rb">+From ")


class Lines(Protocol):
    """What gives its bytes line by line, as a file does."""

    def readline(self, size: int = -1, /) -> bytes: ...


class Counted:
    """An mbox file while it is read: the bytes and the mails so far, and the hash of all."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._fresh, self._digest = stream, True, hashlib.sha256()
        self.size = self.mails = 0

    def readline(self, size: int = -1, /) -> bytes:
        """The next line, or the next piece of one."""
        piece = self._stream.readline(size)
        self.mails += self._fresh and begins(piece)
        self._fresh = piece.endswith(b"\n")
        self._digest.update(piece)
        self.size += len(piece)
        return piece

    def hash(self) -> str:
        """The hash of what was read so far."""
        return self._digest.hexdigest()[:32]

    def is_at_mail(self) -> bool:
        """Whether a mail begins here, or the file is at its end."""
        line = self._stream.readline(_LONGEST)
        self._stream.seek(-len(line), 1)
        return not line or (self._fresh and begins(line))


def behind(stream: IO[bytes], end: int, known: str) -> Counted:
    """The file behind its first `end` bytes, if `known` is the hash of those and a mail begins there; else from its beginning."""
    lines = Counted(stream)
    while lines.size < end and lines.readline(_LONGEST):
        pass
    if lines.size == end and lines.hash() == known and lines.is_at_mail():
        return lines
    stream.seek(0)
    return Counted(stream)


def begins(line: bytes) -> bool:
    """Whether a mail begins with this line."""
    return bool(_BEGIN.match(line))


def mails(stream: Lines, limit: int) -> Iterator[bytes | None]:
    """Each mail with its `>From ` unescaped; None for one of more than `limit` bytes.

    What stands before the first `From ` line belongs to no mail and is passed over.
    """
    lines: list[bytes] = []
    length, inside, fresh = 0, False, True  # fresh: the next piece is the beginning of a line
    while piece := stream.readline(_LONGEST):
        if fresh and begins(piece):
            if inside:
                yield _mail(lines, length, limit)
            lines, length, inside = [], 0, True
        elif inside:
            length += len(piece)
            if length <= limit:
                lines.append(piece[1:] if fresh and _ESCAPED.match(piece) else piece)
            else:
                lines.clear()
        fresh = piece.endswith(b"\n")
    if inside:
        yield _mail(lines, length, limit)


def _mail(lines: list[bytes], length: int, limit: int) -> bytes | None:
    return b"".join(lines) if length <= limit else None
