"""Files opened with care: no link is followed, only regular files, the size known before a byte is read."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from digest.errors import DocumentError
from digest.text import one_line

_LEFT = "nothing: it is taken up once it does not change any more"


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The regular file at `path`; raises DocumentError for a link, a pipe or a file that may not be read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        linked = getattr(error, "errno", 0) == errno.ELOOP
        cause = f"cannot be opened: {'it is a link, and links are not followed' if linked else getattr(error, 'strerror', '') or error}"
        raise DocumentError(cause, fix="it must be a file, not a link, that you may read") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise DocumentError("is no regular file", fix="remove it from the folder")
    with open(handle, "rb") as stream:  # noqa: PTH123 - a descriptor, opened without following links
        yield stream


class UnfinishedError(DocumentError):
    """A file that somebody is still writing, as it seems: to be taken up at the next run."""

    def __init__(self, cause: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(f"{cause}: still being written, left for the next run", where=where, fix=fix or _LEFT)


def looked_at(place: Path | str) -> os.stat_result:
    """What the system knows of a file, not of what a link leads to; raises DocumentError."""
    try:
        return os.lstat(place)
    except OSError as error:  # gone since its folder was listed
        raise DocumentError(f"cannot be opened: {error.strerror}", fix="nothing, if it was moved on purpose") from None


def read(path: Path, limit: int, key: str = "max_file_size") -> bytes:
    """The bytes of the file at `path`, which has no more than `limit`, the setting `key`; raises DocumentError."""
    return taken(path, limit, key)[0]


def taken(path: Path, limit: int, key: str = "max_file_size") -> tuple[bytes, os.stat_result]:
    """The same, with what the system knew of the file when it was read; raises UnfinishedError where that changed meanwhile."""
    with opened(path) as stream:
        before = os.fstat(stream.fileno())
        if before.st_size > limit:
            raise oversize(before.st_size, limit, key)
        content = stream.read(limit)
        after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(content) != after.st_size:
        raise UnfinishedError("changed while it was read")
    return content, before


def oversize(found: int, limit: int, key: str = "max_file_size") -> DocumentError:
    """The error that names a thing over the limit, both in bytes."""
    return DocumentError(f"has {size(found)}, over the limit of {size(limit)}", fix=f"split it, or raise {key} for this source")


def size(number: int) -> str:
    """`3.0 MiB`, or bytes where they are few."""
    return f"{number / 2**20:.1f} MiB" if number >= 2**20 else f"{number} bytes"


def shown(relative: str) -> str:
    """A path as text that can be printed and stored: names of files are bytes, and hostile ones too."""
    return one_line(relative.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
