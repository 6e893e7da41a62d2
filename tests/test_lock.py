"""One digest at a time: the other says who is at work, and waits or leaves."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

import pytest

from digest import lock
from digest.errors import StoreError
from tests.rooms import AS_OF, ISSUE, Room, alongside, listing


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "var" / "digest.sqlite3"


def test_the_second_is_told_who_is_at_work(place: Path) -> None:
    with (
        lock.held(place, "build"),
        pytest.raises(StoreError, match=f"at work: digest build, process {os.getpid()}") as caught,
        lock.held(place, "send"),
    ):
        pass
    assert "--wait" in caught.value.fix
    with lock.held(place, "send"):
        assert json.loads((place.parent / "digest.sqlite3.lock").read_text())["work"] == "send"


def test_the_second_waits_where_it_is_asked_to(place: Path) -> None:
    told: list[str] = []
    entered, leave = threading.Event(), threading.Event()

    def first() -> None:
        with lock.held(place, "gather"):
            entered.set()
            leave.wait(10)

    worker = threading.Thread(target=first)
    worker.start()
    assert entered.wait(10)

    def waiting(who: str) -> None:
        told.append(who)
        leave.set()

    with lock.held(place, "build", wait=waiting):
        pass
    worker.join()
    assert told == [f"digest gather, process {os.getpid()}"]


def test_a_holder_that_left_no_name_is_told_all_the_same(place: Path) -> None:
    with lock.held(place, "build"):
        (place.parent / "digest.sqlite3.lock").write_bytes(b"\xff not json")
        with pytest.raises(StoreError, match="one that has just begun"), lock.held(place, "send"):
            pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(StoreError, match="cannot be locked") as caught, lock.held(tmp_path / "var" / "digest.sqlite3", "build"):
        pass
    assert "paths.store" in caught.value.fix


def test_a_process_that_is_killed_holds_nothing(place: Path) -> None:
    held = f"lock.held(Path({str(place)!r}), 'build')"
    code = f"from pathlib import Path; from digest import lock\nwith {held}: print('held', flush=True); input()"
    with alongside([sys.executable, "-c", code]) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=f"process {holder.pid}"), lock.held(place, "send"):
            pass
        holder.kill()
        holder.wait()
    with lock.held(place, "send"):
        pass


def test_of_two_commands_one_works_and_the_other_leaves_everything_alone(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room").with_reports()
    with lock.held(room.root / "var/digest.sqlite3", "schedule (look)"):
        before = listing(room.root)
        for command in (
            ["build", "--as-of", AS_OF],
            ["gather"],
            ["send", ISSUE],
            ["hold", ISSUE],
            ["release", ISSUE],
            ["store", "rebuild"],
        ):
            told = room.run(*command)
            assert told.exit_code == 1, command
            assert "another digest is at work: digest schedule (look)" in told.stderr
        assert listing(room.root) == before
        assert room.run("status").exit_code == 0
        assert room.built("--dry-run").exit_code == 0
    assert room.built("--wait").exit_code == 0
