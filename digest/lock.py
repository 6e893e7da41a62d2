"""One digest at a time: a lock on a file beside the store, which the system lets go of when its holder dies."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.errors import StoreError
from digest.folders import made

_STEP = 0.1  # seconds between two looks at a lock that is held


@contextmanager
def held(store: Path, work: str, *, wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock of the store at `store` while `work` is done; raises StoreError, which names who holds it.

    `wait`: wait until it is free, and tell who it is that one waits for.
    """
    place = store.with_name(store.name + ".lock")
    try:
        made(place.parent)
        handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        fix = "give the user who runs digest the right to write there, or mend `paths.store`"
        raise StoreError(f"cannot be locked: {error.strerror or error}", where=str(place), fix=fix) from error
    try:
        _take(handle, place, wait)
        _sign(handle, work)
        yield
    finally:
        os.close(handle)


def _take(handle: int, place: Path, wait: Callable[[str], None] | None) -> None:
    told = ""
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.EACCES}:
                raise StoreError(
                    f"cannot be locked: {error.strerror}", where=str(place), fix="put the store on a disk of this machine"
                ) from error
        else:
            return
        who = _holder(handle)
        if wait is None:
            raise StoreError(f"another digest is at work: {who}", where=str(place), fix="wait until it is done, or say --wait")
        if who != told:
            wait(who)
            told = who
        time.sleep(_STEP)


def _sign(handle: int, work: str) -> None:
    """Say in the file who holds it; where that fails, the lock holds all the same."""
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "work": work}).encode(), 0)
    except OSError:
        pass


def _holder(handle: int) -> str:
    try:
        found = json.loads(os.pread(handle, 4096, 0))
        return f"digest {found['work']}, process {int(found['pid'])}"
    except (OSError, ValueError, KeyError, TypeError):
        return "one that has just begun"
