"""An mbox file as its mails, read as a stream: such files grow to gigabytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

# `From sender Tue Nov 17 14:30:00 2026`: with the time and the year that no sentence has there.
_BEGIN = re.compile(rb"From .{0,100}?\d\d?:\d\d.{0,40}?\d{4}")
_LONGEST = 998 * 4  # bytes of a line that are looked at together; SMTP allows 998
_ESCAPED = re.compile(rb">+From ")


def mails(stream: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """Each mail with its `>From ` unescaped; None for one of more than `limit` bytes.

    What stands before the first `From ` line belongs to no mail and is passed over.
    """
    lines: list[bytes] = []
    length, inside, fresh = 0, False, True  # fresh: the next piece is the beginning of a line
    while piece := stream.readline(_LONGEST):
        if fresh and _BEGIN.match(piece):
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
