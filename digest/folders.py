"""A folder of files put into its place all at once: no reader ever sees half of it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from digest.model import File


def place_folder(parent: Path, name: str, files: Sequence[File]) -> Path:
    """Write `files` as the folder `parent/name`, durably, instead of one that is there; raises OSError.

    Written aside under a dot-name, synced, then renamed; where anything fails, the old folder stands as it
    stood. What an interrupted run left is cleared; where it was interrupted between its two renames, the
    old folder goes back into its place first.
    """
    for said in (name, *(file.name for file in files)):
        if not is_plain(said):
            raise OSError(errno.EINVAL, f"{said!r} is no name for a folder or a file in it")
    place, aside, old = parent / name, parent / f".{name}.new", parent / f".{name}.old"
    parent.mkdir(parents=True, exist_ok=True)
    if old.exists() and not place.exists():
        old.rename(place)
    for left in (aside, old):
        shutil.rmtree(left, ignore_errors=True)
    try:
        aside.mkdir()
        for file in files:
            _write(aside / file.name, file.content)
        _sync(aside)
        if place.exists():
            place.rename(old)
        aside.rename(place)
    except OSError:
        _back(place, aside, old)
        raise
    try:
        _sync(parent)
    except OSError:
        place.rename(aside)
        _back(place, aside, old)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return place


def is_plain(name: str) -> bool:
    """Whether `name` is one step of a path and not hidden: never `..`, `a/b` or `.x`."""
    return bool(name) and name[0] != "." and not {"/", "\\", "\0"} & set(name)


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


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
