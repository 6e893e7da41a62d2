"""How long an issue takes to render: `python benchmarks/render.py`; beside css-inline where that is installed."""

from __future__ import annotations

import importlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the tests' made-up issues, which no package holds

from digest.render import parcel
from digest.render.forms import HTML
from digest.render.templates import Template
from tests.render import made_up

RUNS = 5
LIMITS = {60: 0.5, 300: 2.0}  # seconds for all forms of so many stories


def seconds(work: Callable[[], object]) -> float:
    """The median of some runs, the first of which does not count: it learns the theme's styles."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def inlined(page: str) -> float | None:
    """What css-inline takes for the same page; None where it is not installed."""
    try:
        library = importlib.import_module("css_inline")
    except ImportError:
        return None
    return seconds(lambda: library.inline(page))


def main() -> int:
    """Print the table; 1 where a size is over its limit."""
    slow = 0
    with tempfile.TemporaryDirectory() as home:
        settings = made_up.settings(Path(home), public_url="https://digest.example", unsubscribe="https://digest.example/u")
        print(f"{'stories':<9}{'all forms':>11}{'page':>10}{'css-inline':>12}{'page to it':>12}")
        for count, limit in LIMITS.items():
            issue = made_up.many(count)
            page = Template(HTML, settings).render(issue)[0].content.decode()
            whole, alone = seconds(lambda: parcel(issue, settings)), seconds(lambda: Template(HTML, settings).render(issue))  # noqa: B023
            other = inlined(page)
            beside = f"{other * 1000:>9.1f} ms{alone / other:>11.1f}×" if other else f"{'-':>12}{'-':>12}"
            print(f"{count:<9}{whole * 1000:>8.0f} ms{alone * 1000:>7.0f} ms{beside}")
            slow |= whole > limit
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
