"""A folder of files put into its place all at once: no reader ever sees half of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from digest.model import File


def place_folder(parent: Path, name: str, files: Sequence[File]) -> Path:
    """Write `files` as the folder `parent/name`, durably, instead of one that is there; raises OSError.

    Written aside under a dot-name, synced, then renamed. What an interrupted run left is cleared; where
    it was interrupted between its two renames, the old folder goes back into its place first.
    """
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
        _sync(parent)
    except OSError:
        if old.exists() and not place.exists():
            old.rename(place)
        shutil.rmtree(aside, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return place


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
