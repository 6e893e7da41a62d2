"""A newsroom that is broken on purpose, and what must hold of it whatever happened."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.faults.post import RECIPIENTS
from tests.rooms import BEES, CHESS, FIRE, HEAD, Room

ROOT = Path(__file__).resolve().parents[2]
POST = '\n[[deliver]]\nname = "post"\nkind = "tests.faults.post:Post"\n'
SETTINGS = "\n[schedule]\nleast = 0\n" + POST + '\n[[deliver]]\nname = "shelf"\npath = "shelf"\n'
CLOSES = ("2026-11-15T18:00:00+01:00", "2026-11-22T18:00:00+01:00", "2026-11-29T18:00:00+01:00")
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES, "EMFILE": errno.EMFILE}
ROUND = ("schedule", "--once", "--as-of")


def compiled(folder: Path) -> Path:
    """The shim, compiled; raises FileNotFoundError where this machine has no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise FileNotFoundError("no C compiler")
    made = folder / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True, timeout=120)  # noqa: S603 - our own file
    return made


@dataclass
class Breaker:
    """Runs commands in processes that break at the n-th call that changes something in the newsroom."""

    zygote: subprocess.Popen[str]

    def run(self, room: Path, *arguments: str, kind: str = "c", at: int = 0, error: str = "EIO", trace: Path | None = None) -> Done:
        """One command in `room`; its exit code (negative: the signal that ended it) and its output."""
        output = room.parent / "output.txt"
        asked = {
            "arguments": [*arguments],
            "cwd": str(room),
            "root": str(room),
            "env": {"DIGEST_WORLD": str(room.parent / "world.txt")},
            "kind": kind,
            "at": at,
            "code": ERRORS[error],
            "opens": int(error == "EMFILE"),
            "output": str(output),
            "trace": str(trace or ""),
        }
        assert self.zygote.stdin is not None
        assert self.zygote.stdout is not None
        self.zygote.stdin.write(json.dumps(asked) + "\n")
        self.zygote.stdin.flush()
        status = json.loads(self.zygote.stdout.readline())["status"]
        return Done(status, output.read_text(encoding="utf-8", errors="replace"))

    def calls(self, room: Path, *arguments: str) -> list[str]:
        """The calls of a command that change something in `room`, by name, in order."""
        trace = room.parent / "trace.txt"
        done = self.run(room, *arguments, trace=trace)
        assert done.status == 0, done.output
        return [line.split()[1] for line in trace.read_text().splitlines()]


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    status: int
    output: str


@contextmanager
def breaker(folder: Path) -> Iterator[Breaker]:
    """A breaker with its own zygote; ended with the block."""
    environment = os.environ | {"LD_PRELOAD": str(compiled(folder)), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(Path(__file__).with_name("zygote.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as zygote:  # noqa: S603 - our own program
        try:
            yield Breaker(zygote)
        finally:
            assert zygote.stdin is not None
            zygote.stdin.close()
            try:
                zygote.wait(timeout=60)
            finally:
                zygote.kill()


def newsroom(folder: Path, more: str = SETTINGS) -> Room:
    """A newsroom with a week in its inbox, and two deliveries unless the settings are others."""
    room = Room.made(folder, more, head=HEAD + 'max_age = "60 days"\n')
    room.report("Gannet Gazette", "fire", "Fire destroys rope store", FIRE, published="2026-11-12T09:00:00+01:00")
    room.report("Moor Mail", "chess", "Six-year-old draws with champion", CHESS, published="2026-11-13T09:00:00+01:00")
    return room


def second_week(room: Room) -> None:
    """What comes in after the first issue, with an update of what it had."""
    room.report("Moor Mail", "bees", "Heather honey runs out of jars", BEES, published="2026-11-19T09:00:00+01:00")
    room.report("Moor Mail", "chess", "Six-year-old holds champion", CHESS, published="2026-11-13T09:00:00+01:00")


@dataclass
class Found:
    """What was found wrong; nothing is raised before all of it is known."""

    faults: list[str] = field(default_factory=list)

    def check(self, holds: bool, fault: str) -> None:
        if not holds:
            self.faults.append(fault)


def readable(room: Room, breaker: Breaker) -> list[str]:
    """Whoever looks first, before anything was put right, sees how things stand."""
    told = breaker.run(room.root, "status", "--json")
    return [] if told.status == 0 else [f"status, before anything else ran: {told.output}"]


def whole(room: Room) -> list[str]:
    """What a reader may see at any instant: whole issues, a whole archive, a whole store."""
    found = Found()
    for folder in (room.outbox, room.root / "shelf"):
        for entry in sorted(folder.iterdir()) if folder.exists() else []:
            if entry.name[0] == ".":
                continue
            if entry.is_dir():
                _check_issue(found, entry)
            else:
                text = entry.read_text(encoding="utf-8")
                found.check(text.rstrip().endswith(("</html>", "</feed>", "\n}")), f"{entry.name} is torn")
    store = room.root / "var/digest.sqlite3"
    if store.exists():
        with closing(sqlite3.connect(store)) as connection:  # plays a hot journal back, as the next run will
            found.check(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the store is broken")
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'issues'").fetchone():
                used = {row[0] for row in connection.execute("SELECT DISTINCT issue FROM articles WHERE issue IS NOT NULL")}
                up = {entry.name for entry in room.outbox.iterdir()} if room.outbox.exists() else set()
                found.check(used <= up, f"articles are marked as used by {used - up}, which is not up")
    return found.faults


def _check_issue(found: Found, entry: Path) -> None:
    try:
        listed = json.loads((entry / "manifest.json").read_bytes())["files"]
        found.check({file.name for file in entry.iterdir()} == {*listed, "manifest.json"}, f"{entry} has other files than its manifest")
        for name, facts in listed.items():
            found.check(sha256((entry / name).read_bytes()).hexdigest() == facts["sha256"], f"{entry / name} is torn")
    except (OSError, ValueError, KeyError) as error:
        found.check(False, f"{entry} is half an issue: {error}")


def kept(room: Room, breaker: Breaker, issues: list[str], articles: int, *, verify: bool = True) -> list[str]:
    """The promises, once a run went through: every article once, every window once, nobody twice, the same bytes.

    Without `verify` the bytes are compared with the manifest alone, not with a rebuild, and the store is not checked.
    """
    found = Found(whole(room))
    status = breaker.run(room.root, "status", "--json")
    found.check(status.status == 0, f"status: {status.output}")
    if status.status != 0:
        return found.faults
    told = json.loads(status.output)
    found.check([row["id"] for row in told["issues"]] == issues, f"issues: {[row['id'] for row in told['issues']]}")
    found.check(all(left["closes"] == right["opens"] for left, right in pairwise(told["windows"])), "windows are not contiguous")
    used = [article for row in told["issues"] for article in row["articles"]]
    found.check(len(used) == len(set(used)), "an article is in two issues")
    found.check(len(used) + told["waiting"] == articles, f"{len(used)} articles used and {told['waiting']} waiting of {articles}")
    found.check(
        sorted(entry.name for entry in room.outbox.iterdir()) == sorted([*issues, "feed.json", "feed.xml", "index.html"]), "leftovers"
    )
    _check_arrivals(found, room, told["issues"])
    page = (room.outbox / "index.html").read_text(encoding="utf-8")
    found.check(all(f"{issue}/issue.html" in page for issue in issues), "the archive lacks an issue")
    for command in (["store", "check"], *(["verify", issue] for issue in issues)) if verify else ():
        done = breaker.run(room.root, *command)
        found.check(done.status == 0, f"{' '.join(command)}: {done.output}")
    return found.faults


def _check_arrivals(found: Found, room: Room, rows: list[dict[str, Any]]) -> None:
    """Nobody twice; whoever has nothing is unknown; what is unknown is one at most, for a run has one at a time."""
    world = room.root.parent / "world.txt"
    arrived = world.read_text().splitlines() if world.exists() else []
    found.check(len(arrived) == len(set(arrived)), f"somebody was served twice: {arrived}")
    for row in rows if "[[deliver]]" in room.config.read_text(encoding="utf-8") else ():
        standings = {one["recipient"]: one["standing"] for one in row["handovers"] if one["delivery"] == "post"}
        found.check(set(standings) == set(RECIPIENTS), f"{row['id']}: recipients {standings}")
        for recipient, standing in standings.items():
            came = f"{row['id']} {recipient}" in arrived
            found.check(came or standing == "unknown", f"{row['id']}: {recipient} is {standing} and has nothing")
            found.check(standing in {"taken", "unknown"}, f"{row['id']}: {recipient} is {standing}")
        found.check(list(standings.values()).count("unknown") <= 1, f"{row['id']}: {standings}")
