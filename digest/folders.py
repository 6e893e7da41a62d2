"""Files and folders put into their places all at once: no reader ever sees half of one.

write aside → fsync each file → fsync the folder → one rename → fsync of the parent
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from digest.model import File

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of renameat2(2)


def place_folder(parent: Path, name: str, files: Sequence[File]) -> Path:
    """Write `files` as the folder `parent/name`, durably, instead of one that is there; raises OSError.

    Written aside under a dot-name, synced, then put in place by one rename, which exchanges it for the old one
    where there is one. Where anything fails, the old folder stands as it stood. What an interrupted run left is
    cleared; where a system without exchanges was interrupted between two renames, the old folder goes back first.
    """
    for said in (name, *(file.name for file in files)):
        if not is_plain(said):
            raise OSError(errno.EINVAL, f"{said!r} is no name for a folder or a file in it")
    place, aside, old = parent / name, parent / f".{name}.new", parent / f".{name}.old"
    made(parent)
    swept(parent, name)
    try:
        aside.mkdir()
        for file in files:
            _write(aside / file.name, file.content)
        sync(aside)
        _put(aside, place, old)
    except OSError:
        _back(place, aside, old)
        raise
    try:
        sync(parent)
    except OSError:
        if not old.exists() and aside.exists():
            _exchanged(aside, place)
        else:
            place.rename(aside)
        _back(place, aside, old)
        raise
    for left in (aside, old):
        if left.exists():
            shutil.rmtree(left, ignore_errors=True)
    return place


def place_file(parent: Path, file: File) -> bool:
    """Write one file into `parent`, durably and all at once; False where the very same bytes stand there. Raises OSError."""
    place, aside = parent / file.name, parent / f".{file.name}.new"
    try:
        if place.read_bytes() == file.content:
            return False
    except FileNotFoundError:
        pass
    made(parent)
    try:
        _write(aside, file.content)
        aside.replace(place)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    sync(parent)
    return True


def swept(parent: Path, name: str) -> None:
    """Clear what an interrupted run left of the folder `name`, whose old content goes back into its place if it has none."""
    place, aside, old = parent / name, parent / f".{name}.new", parent / f".{name}.old"
    if old.exists() and not place.exists():
        old.rename(place)
    for left in (aside, old):
        if left.is_file():
            left.unlink(missing_ok=True)
        shutil.rmtree(left, ignore_errors=True)


def unfinished(parent: Path) -> tuple[str, ...]:
    """The names of which an interrupted run left something in `parent`."""
    try:
        found = [entry.name for entry in parent.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    ends = (".new", ".old")
    return tuple(sorted({name[1:-4] for name in found if name[0] == "." and name.endswith(ends) and is_plain(name[1:-4])}))


def is_plain(name: str) -> bool:
    """Whether `name` is one step of a path and not hidden: never `..`, `a/b` or `.x`."""
    return bool(name) and name[0] != "." and not {"/", "\\", "\0"} & set(name)


def made(folder: Path) -> None:
    """Make a folder and those above it that are missing, durably."""
    if folder.is_dir():
        return
    made(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)


def sync(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(aside: Path, place: Path, old: Path) -> None:
    """`aside` in its place: one rename, or two where the system cannot exchange folders."""
    if not place.exists():
        aside.rename(place)
    elif not _exchanged(aside, place):
        place.rename(old)
        aside.rename(place)


def _exchanged(left: Path, right: Path) -> bool:
    """Let two folders change places in one step; False where the system or its file system cannot. Raises OSError."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(left), _HERE, os.fsencode(right), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code), str(right))


def _back(place: Path, aside: Path, old: Path) -> None:
    """The old folder in its place again, if it was moved, and nothing beside it."""
    if old.exists() and not place.exists():
        old.rename(place)
    shutil.rmtree(aside, ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
