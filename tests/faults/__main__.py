"""The long run: `python -m tests.faults` breaks three kinds of rounds at every call, in every way, and counts.

    python -m tests.faults [--minutes N] [--kinds kills|errors] [--scene 1|2|3] [--seed N]

It says what it did after each round, and ends with 1 where a promise was broken.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.world import CLOSES, ERRORS, ROUND, Breaker, breaker, kept, newsroom, readable, second_week, whole
from tests.rooms import Room


@dataclass(frozen=True)
class Scene:
    """A round to be broken: how the newsroom comes to it, the command, and what stands after it and a second try."""

    name: str
    make: Callable[[Breaker, Path], Room]
    command: tuple[str, ...]
    issues: list[str]
    articles: int


@dataclass(frozen=True)
class Order:
    """What is tried, in a random order that is the same for the same seed, and when it is enough (by the monotonic clock)."""

    kinds: tuple[str, ...]
    seed: int
    end: float


def _second(broken: Breaker, place: Path) -> Room:
    room = newsroom(place / "room")
    assert broken.run(room.root, *ROUND, CLOSES[0]).status == 0
    second_week(room)
    return room


def _first(broken: Breaker, place: Path) -> Room:  # noqa: ARG001 - the shape of Scene.make
    (place / "world.txt").touch()
    return newsroom(place / "room")


def _again(broken: Breaker, place: Path) -> Room:
    """An issue that nobody has yet stands in the outbox, and is built anew: the folders change places."""
    room = newsroom(place / "room", more="")
    (place / "world.txt").touch()
    assert broken.run(room.root, "build", "--as-of", "2026-11-20T09:00:00+01:00").status == 0
    second_week(room)
    return room


SCENES = (
    Scene("the second issue, three recipients and a folder", _second, (*ROUND, CLOSES[1]), ["2026-W46", "2026-W47"], 3),
    Scene("an issue built anew in its place", _again, ("build", "--as-of", "2026-11-21T09:00:00+01:00"), ["2026-W47"], 3),
    Scene("the first issue of a new newsroom", _first, (*ROUND, CLOSES[0]), ["2026-W46"], 2),
)


def tries(broken: Breaker, scene: Scene, place: Path, order: Order) -> Iterator[tuple[str, list[str]]]:
    """Break a scene at every call, until the order's end; what was broken, and the faults."""
    (place / "seed").mkdir()
    seed = scene.make(broken, place / "seed")
    (place / "count").mkdir()
    calls = broken.calls(_copied(seed, place / "count").root, *scene.command)
    todo = [(kind, at) for kind in order.kinds for at in range(1, len(calls) + 1)]
    random.Random(order.seed).shuffle(todo)  # noqa: S311 - an order, no secret
    for number, (kind, at) in enumerate(todo):
        if time.monotonic() > order.end:
            return
        error = kind if kind in ERRORS else "EIO"
        if error == "EMFILE" and calls[at - 1] != "open":
            continue
        here = place / f"{number}"
        here.mkdir()
        room = _copied(seed, here)
        done = broken.run(
            room.root,
            *scene.command,
            kind="e" if kind in ERRORS else kind,
            at=calls[:at].count("open") if error == "EMFILE" else at,
            error=error,
        )
        found = readable(room, broken) + whole(room)
        if kind in ERRORS and (done.status not in (0, 1) or "Traceback" in done.output):
            found.append(f"ended with {done.status}: {done.output}")
        again = broken.run(room.root, *scene.command)
        found += kept(room, broken, scene.issues, scene.articles, verify=number % 10 == 0)
        yield kind, [f"{scene.name}: {kind} at call {at}, {calls[at - 1]}: {fault}; then: {again.output}" for fault in found]
        shutil.rmtree(here)


def _copied(seed: Room, place: Path) -> Room:
    shutil.copytree(seed.root, place / "room")
    shutil.copy(seed.root.parent / "world.txt", place / "world.txt")
    return Room(place / "room")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--minutes", type=float, default=240.0)
    parser.add_argument("--kinds", choices=["kills", "errors"], default=None)
    parser.add_argument("--scene", type=int, choices=range(1, len(SCENES) + 1), default=None)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    kinds = {"kills": ("k", "a"), "errors": tuple(ERRORS), None: ("k", "a", *ERRORS)}[asked.kinds]
    faults: list[str] = []
    order = Order(kinds, asked.seed, time.monotonic() + asked.minutes * 60)
    with tempfile.TemporaryDirectory() as folder, breaker(Path(folder)) as broken:
        for number, scene in enumerate(SCENES if asked.scene is None else SCENES[asked.scene - 1 : asked.scene]):
            place = Path(folder) / str(number)
            place.mkdir()
            counts: dict[str, int] = {}
            for kind, found in tries(broken, scene, place, order):
                counts[kind] = counts.get(kind, 0) + 1
                faults += found
                if found or sum(counts.values()) % 50 == 0:
                    print(scene.name, counts, *found, sep="\n  ", flush=True)
            print(f"{scene.name}: {counts}, {len(faults)} faults so far", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
