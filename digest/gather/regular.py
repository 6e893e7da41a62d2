"""One regular file, read whole: links are not followed, pipes not waited for, the size capped first."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from digest.errors import DocumentError


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of `path`; raises DocumentError where it is no regular file of at most `most` bytes."""
    where = path.name
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        cause = f"cannot be opened: {getattr(error, 'strerror', '') or error}"
        raise DocumentError(cause, where=where, fix="name a file, not a link, that you may read") from None
    with open(handle, "rb") as stream:  # noqa: PTH123 - a descriptor, opened without following links
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise DocumentError("is no regular file", where=where, fix="name a file")
        if found.st_size > most:
            raise DocumentError(f"has {found.st_size} bytes, over the limit of {most}", where=where, fix="raise max_size for this source")
        return stream.read(most)
