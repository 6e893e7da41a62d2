"""Files opened with care: no link is followed, only regular files, the size known before a byte is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from digest.errors import DocumentError
from digest.text import one_line


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The regular file at `path`; raises DocumentError for a link, a pipe or a file that may not be read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        cause = f"cannot be opened: {getattr(error, 'strerror', '') or error}"
        raise DocumentError(cause, fix="it must be a file, not a link, that you may read") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise DocumentError("is no regular file", fix="remove it from the folder")
    with open(handle, "rb") as stream:  # noqa: PTH123 - a descriptor, opened without following links
        yield stream


def read(path: Path, limit: int, key: str = "max_file_size") -> bytes:
    """The bytes of the file at `path`, which has no more than `limit`, the setting `key`; raises DocumentError."""
    with opened(path) as stream:
        found = os.fstat(stream.fileno()).st_size
        if found > limit:
            raise oversize(found, limit, key)
        return stream.read(limit)


def oversize(found: int, limit: int, key: str = "max_file_size") -> DocumentError:
    """The error that names a thing over the limit, both in bytes."""
    return DocumentError(f"has {size(found)}, over the limit of {size(limit)}", fix=f"split it, or raise {key} for this source")


def size(number: int) -> str:
    """`3.0 MiB`, or bytes where they are few."""
    return f"{number / 2**20:.1f} MiB" if number >= 2**20 else f"{number} bytes"


def shown(relative: str) -> str:
    """A path as text that can be printed and stored: names of files are bytes, and hostile ones too."""
    return one_line(relative.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
