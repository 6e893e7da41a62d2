"""Tells when a file that the issue rests on has changed. The only module that knows watchfiles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from functools import partial
from pathlib import Path

from watchfiles import Change, awatch
from watchfiles._rust_notify import WatchfilesRustInternalError

_TICK = 1000  # milliseconds; how soon a folder that was just made is noticed
_DEBOUNCE = 400  # milliseconds; a longer row of changes is told in parts
_PASSING = ("~", ".part", ".tmp", ".swp")  # what editors and downloads leave for a moment


async def watch(file: Path, folders: Callable[[], tuple[Path, ...]], changed: Callable[[], None], stop: asyncio.Event) -> None:
    """Call `changed` after each change of `file` or below `folders`, asked anew each time, until `stop` is set.

    An editor puts a new file in the place of the old one, so the file's folder is watched, not the file.
    """
    await asyncio.gather(_file(file, changed, stop), _below(folders, changed, stop))


async def _file(file: Path, changed: Callable[[], None], stop: asyncio.Event) -> None:
    while not stop.is_set():
        async for found in _changes((file.absolute().parent,), stop, lambda _, path: Path(path).name == file.name, recursive=False):
            if found:
                changed()


async def _below(folders: Callable[[], tuple[Path, ...]], changed: Callable[[], None], stop: asyncio.Event) -> None:
    """Watch whichever folders there are; begin anew when the settings name others, or one appears."""
    began = True
    while not stop.is_set():
        watched = _existing(folders())
        async with aclosing(_changes(watched, stop, partial(_counts, watched), recursive=True)) as rounds:
            async for found in rounds:
                if found or not began:
                    changed()
                began = True
                if _existing(folders()) != watched:
                    began = False  # what happened before the new watch stood is not lost: it counts as a change
                    break


async def _changes(
    paths: tuple[Path, ...], stop: asyncio.Event, counts: Callable[[Change, str], bool], *, recursive: bool
) -> AsyncGenerator[bool, None]:
    """True for each round of changes, False for each tick without; polls where the system cannot notify."""
    for polls in (None, True):
        try:
            async with aclosing(
                awatch(
                    *paths,
                    watch_filter=counts,
                    debounce=_DEBOUNCE,
                    stop_event=stop,
                    rust_timeout=_TICK,
                    yield_on_timeout=True,
                    force_polling=polls,
                    recursive=recursive,
                    ignore_permission_denied=True,
                )
            ) as rounds:
                async for found in rounds:
                    yield bool(found)
            break
        except (OSError, WatchfilesRustInternalError):
            await asyncio.sleep(_TICK / 1000)


def _existing(folders: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(folder for folder in folders if folder.exists())


def _counts(watched: tuple[Path, ...], _: Change, path: str) -> bool:
    """Whether a changed path can matter: hidden files and those of a moment are no part of an issue."""
    home = next((home for home in watched if Path(path).is_relative_to(home)), Path("/"))
    inner = Path(path).relative_to(home).parts
    return not any(part.startswith(".") for part in inner) and not path.endswith(_PASSING)
