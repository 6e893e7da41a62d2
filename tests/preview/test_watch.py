"""What counts as a change, and that none is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest
from watchfiles import Change, awatch

from digest.preview import watch as module
from digest.preview.watch import _counts, watch

Act = Callable[[], object]


async def _changes(file: Path, folders: Callable[[], tuple[Path, ...]], *acts: Act, patience: float = 3) -> list[bool]:
    """Whether each act is told as a change in time."""
    stop, changed = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(watch(file, folders, changed.set, stop))
    found = []
    for act in acts:
        await asyncio.sleep(0.4)
        changed.clear()
        act()
        try:
            await asyncio.wait_for(changed.wait(), patience)
        except TimeoutError:
            found.append(False)
        else:
            found.append(True)
    stop.set()
    await asyncio.wait_for(task, 10)
    return found


def replaced(file: Path) -> None:
    """As editors save: a new file in the place of the old one."""
    other = file.with_name("." + file.name)
    other.write_text("new", "utf-8")
    other.replace(file)


def test_the_settings_and_the_folders_are_watched(tmp_path: Path) -> None:
    file, inbox = tmp_path / "config" / "digest.toml", tmp_path / "inbox"
    for folder in (file.parent, inbox):
        folder.mkdir()
    file.write_text("old", "utf-8")
    acts = (
        lambda: file.write_text("x", "utf-8"),
        lambda: replaced(file),
        lambda: replaced(file),
        (inbox / "deep").mkdir,
        lambda: (inbox / "deep" / "a.md").write_text("x", "utf-8"),
        (inbox / "deep" / "a.md").unlink,
    )
    assert asyncio.run(_changes(file, lambda: (inbox,), *acts)) == [True] * len(acts)


def test_strangers_beside_the_settings_are_no_change(tmp_path: Path) -> None:
    file = tmp_path / "digest.toml"
    assert asyncio.run(_changes(file, lambda: (), lambda: (tmp_path / "other.txt").write_text("x", "utf-8"), patience=1)) == [False]


def test_a_folder_that_is_made_or_named_later_is_watched(tmp_path: Path) -> None:
    file, inbox, second = tmp_path / "config" / "digest.toml", tmp_path / "inbox", tmp_path / "second"
    file.parent.mkdir()
    second.mkdir()
    named = [inbox]
    acts = (
        inbox.mkdir,
        lambda: (inbox / "a.md").write_text("x", "utf-8"),
        lambda: named.append(second),
        lambda: (second / "a.md").write_text("x", "utf-8"),
    )
    assert asyncio.run(_changes(file, lambda: tuple(named), *acts)) == [True] * len(acts)


def test_where_the_system_cannot_notify_files_are_polled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*paths: Path, **how: Any) -> AsyncGenerator[Any, None]:
        if not how["force_polling"]:
            raise OSError("no watches left")
        return awatch(*paths, **how)

    monkeypatch.setattr(module, "awatch", refusing)
    monkeypatch.setattr(module, "_TICK", 100)
    file = tmp_path / "digest.toml"
    file.write_text("old", "utf-8")
    assert asyncio.run(_changes(file, lambda: (), lambda: None, lambda: file.write_text("a longer text", "utf-8")))[1]


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("/n/inbox/a.md", True),
        ("/n/inbox/.a.md.swp", False),
        ("/n/inbox/a.md~", False),
        ("/n/inbox/.git/index", False),
        ("/n/inbox/a.part", False),
        ("/.hidden/inbox/a.md", True),
        ("/elsewhere/a.md", True),
    ],
)
def test_what_counts(path: str, counts: bool) -> None:
    assert _counts((Path("/n/inbox"), Path("/.hidden/inbox")), Change.modified, path) is counts
