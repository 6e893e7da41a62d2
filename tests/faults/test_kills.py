"""A real `digest` killed at calls all over a round, then gone on with: every promise still holds.

The shim counts each call by which the program, SQLite included, changes something in the newsroom: opening for
writing, write, fsync, ftruncate, rename, mkdir, unlink. `python -m tests.faults` breaks at every one of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.world import CLOSES, ERRORS, ROUND, Breaker, breaker, kept, newsroom, readable, second_week, whole
from tests.rooms import Room

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not (shutil.which("cc") or shutil.which("gcc")), reason="no C compiler for the shim")]
KILLS, FAULTS = 60, 8  # in the gate; of faults, for each error
ISSUES = ["2026-W46", "2026-W47"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Breaker]:
    with breaker(tmp_path_factory.mktemp("shim")) as made:
        yield made


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory, broken: Breaker) -> Room:
    """A newsroom with one issue out and the second week waiting."""
    room = newsroom(tmp_path_factory.mktemp("seed") / "room")
    done = broken.run(room.root, *ROUND, CLOSES[0])
    assert done.status == 0, done.output
    second_week(room)
    return room


@pytest.fixture(scope="module")
def calls(seed: Room, broken: Breaker, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the round that is broken does, call by call."""
    room = copy(seed, tmp_path_factory.mktemp("count"))
    return broken.calls(room.root, *ROUND, CLOSES[1])


def copy(seed: Room, place: Path) -> Room:
    """The newsroom and what has arrived, in a place of their own."""
    shutil.copytree(seed.root, place / "room")
    shutil.copy(seed.root.parent / "world.txt", place / "world.txt")
    return Room(place / "room")


def chosen(total: int, count: int) -> list[int]:
    """Calls spread over the whole round, the first and the last among them."""
    return sorted({1 + round(number * (total - 1) / (count - 1)) for number in range(count)})


def test_a_round_does_all_that_is_to_be_broken(calls: list[str]) -> None:
    """Otherwise a pass would say nothing."""
    assert len(calls) > 200
    assert {"open", "write", "pwrite64", "fsync", "fdatasync", "mkdir", "unlink"} <= set(calls)
    assert {"rename", "renameat2"} & set(calls)


@pytest.mark.parametrize("kind", ["k", "a"], ids=["before the call", "after it"])
def test_killed_anywhere_the_next_round_keeps_every_promise(
    seed: Room, broken: Breaker, calls: list[str], tmp_path: Path, kind: str
) -> None:
    faults = []
    for at in chosen(len(calls), KILLS // 2):
        room = copy(seed, tmp_path / str(at))
        done = broken.run(room.root, *ROUND, CLOSES[1], kind=kind, at=at)
        assert done.status == -9 or at >= len(calls) - 3, (at, done)
        found = (readable(room, broken) if at % 5 == 0 else []) + whole(room)
        again = broken.run(room.root, *ROUND, CLOSES[1])
        found += kept(room, broken, ISSUES, 3, verify=at % 5 == 0)
        faults += [f"killed at call {at}, {calls[at - 1]}: {fault}; the next round said: {again.output}" for fault in found]
        shutil.rmtree(tmp_path / str(at))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("error", sorted(ERRORS))
def test_whatever_fails_the_last_good_issue_stands_and_the_next_round_goes_on(
    seed: Room, broken: Breaker, calls: list[str], tmp_path: Path, error: str
) -> None:
    total = calls.count("open") if error == "EMFILE" else len(calls)
    faults = []
    for at in chosen(total, FAULTS):
        room = copy(seed, tmp_path / str(at))
        done = broken.run(room.root, *ROUND, CLOSES[1], kind="e", at=at, error=error)
        found = whole(room)
        if done.status not in (0, 1) or "Traceback" in done.output:
            found.append(f"ended with {done.status}: {done.output}")
        again = broken.run(room.root, *ROUND, CLOSES[1])
        found += kept(room, broken, ISSUES, 3, verify=at % 5 == 0)
        faults += [f"{error} at call {at}: {fault}; the next round said: {again.output}" for fault in found]
        shutil.rmtree(tmp_path / str(at))
    assert not faults, "\n".join(faults)


def test_killed_again_and_again_it_still_comes_to_an_end(seed: Room, broken: Breaker, calls: list[str], tmp_path: Path) -> None:
    """Recovery is broken too, at growing distances, until it gets through."""
    room = copy(seed, tmp_path)
    for at in range(3, len(calls), 17):
        if broken.run(room.root, *ROUND, CLOSES[1], kind="k", at=at).status == 0:
            break
    assert broken.run(room.root, *ROUND, CLOSES[1]).status in (0, 1)
    assert not [fault for fault in kept(room, broken, ISSUES, 3) if "unknown" not in fault]
