"""What the commands say on a terminal. The only module that knows rich.

Rich where a person looks on, plain lines elsewhere. Text from outside never reaches the terminal
with its control characters.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Any

from digest.composing import Progress
from digest.errors import DigestError
from digest.model import Failure
from digest.text import counted, cut, one_line

_STEPS = {"gather": "Gathering", "read": "Reading", "group": "Grouping", "write": "Writing notes"}
_SHOWN = 50  # failures told one by one; the rest is counted


def say(text: str = "", style: str = "") -> None:
    """One line on standard output."""
    if style and sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        Console().print(Text(text, style), soft_wrap=True)
    else:
        print(text)


def say_json(value: Any) -> None:
    """A value for programs."""
    print(json.dumps(value, ensure_ascii=not (sys.stdout.encoding or "").lower().startswith("utf"), indent=1))


def remark(text: str) -> None:
    """A line beside the output, on standard error."""
    print(f"digest: {one_line(text)}", file=sys.stderr)


def complain(error: DigestError) -> None:
    """An error on standard error, as it is: cause, place, fix."""
    lines = [one_line(line) for line in str(error).split("\n")]
    print("digest: " + "\n  ".join(lines), file=sys.stderr)


def failures(found: Sequence[Failure], footer: bool = False) -> None:
    """What was survived, each with its cause and what to do; `footer`: an issue shows it too."""
    if not found:
        return
    too = " (each is in the issue's coverage footer too)" if footer else ""
    say(f"{counted(len(found), 'problem')}, survived{too}:", "yellow")
    for failure in found[:_SHOWN]:
        say(f"  {told(failure)}")
    if len(found) > _SHOWN:
        say(f"  … and {len(found) - _SHOWN} more: all of them with --json")


def told(failure: Failure) -> str:
    """A failure in one line: where, why, and what to do."""
    line = f"{one_line(failure.where or failure.source)} {one_line(failure.cause)}"
    return f"{line} — {one_line(failure.fix)}" if failure.fix else line


def warn(found: Sequence[Failure]) -> None:
    """What was survived, on standard error: where standard output is for a program."""
    for failure in found:
        print(f"digest: {told(failure)}", file=sys.stderr)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns: drawn on a terminal, separated by two spaces elsewhere."""
    cells = [[one_line(str(cell)) for cell in row] for row in rows]
    if sys.stdout.isatty():
        from rich.box import SIMPLE
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        drawn = Table(*heads, box=SIMPLE, pad_edge=False)
        for row in cells:
            drawn.add_row(*(Text(cell) for cell in row))
        Console().print(drawn)
        return
    widths = [max(len(row[at]) for row in [list(heads), *cells]) for at in range(len(heads))]
    for row in [list(heads), *cells]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@contextmanager
def progress(quiet: bool = False, after: float = 0.0) -> Iterator[Progress]:
    """A bar a step on a terminal, one plain line a step on standard error elsewhere; nothing before `after` seconds have gone by."""
    begin = time.monotonic() + after
    if quiet or not sys.stderr.isatty():
        told: set[str] = set()

        def plain(step: str, done: int, total: int) -> None:  # noqa: ARG001 - the shape of Progress
            if step not in told and not quiet and time.monotonic() >= begin:
                told.add(step)
                print(f"{_STEPS[step]} …", file=sys.stderr)

        yield plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    with Bars(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def bar(step: str, done: int, total: int) -> None:
            if time.monotonic() < begin:
                return
            if step not in tasks:
                tasks[step] = bars.add_task(_STEPS[step], total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield bar


def passage(text: str, limit: int = 100) -> str:
    """A passage from outside, fit for one line of a terminal."""
    return cut(text, limit)


class Log:
    """The log of a service: a readable line an event, or an object a line for programs."""

    def __init__(self, as_json: bool, zone: tzinfo) -> None:
        self._as_json, self._zone = as_json, zone

    def __call__(self, message: str, *, trouble: bool = False) -> None:
        """One event, at this moment by the clock."""
        now = datetime.now(self._zone)
        if self._as_json:
            line = json.dumps({"at": now.isoformat(timespec="milliseconds"), "level": "error" if trouble else "info", "message": message})
        else:
            told = "\n  ".join(one_line(part) for part in message.splitlines())
            line = f"{now:%Y-%m-%d %H:%M:%S} {'! ' if trouble else ''}{told}"
        print(line, flush=True)
