"""How long `digest --help` takes, beside a bare Python: `python benchmarks/startup.py`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

RUNS = 7
LIMIT = 0.4  # seconds for `digest --help`
_DIGEST = "from digest.cli import main; main(prog_name='digest')"
COMMANDS: dict[str, Sequence[str]] = {
    "python -c pass": (sys.executable, "-c", "pass"),
    "digest --help": (sys.executable, "-c", _DIGEST, "--help"),
    "digest build --help": (sys.executable, "-c", _DIGEST, "build", "--help"),
}


def seconds(command: Sequence[str]) -> float:
    """The wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - the commands above
    return time.perf_counter() - start


def measured() -> dict[str, float]:
    """The median of each command; they take turns, so that a busy moment hits all of them. The first turn warms the disk."""
    turns = [{name: seconds(command) for name, command in COMMANDS.items()} for _ in range(RUNS + 1)][1:]
    return {name: statistics.median(turn[name] for turn in turns) for name in COMMANDS}


def main() -> int:
    """Print the table; 1 where `digest --help` is over the limit."""
    found = measured()
    bare = found["python -c pass"]
    print(f"{'command':<22}{'median of ' + str(RUNS):>14}{'to python':>12}")
    for name, value in found.items():
        print(f"{name:<22}{value * 1000:>11.0f} ms{value / bare:>11.1f}×")
    return int(found["digest --help"] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
