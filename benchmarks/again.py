"""A build after ten new articles, beside the first: `python benchmarks/again.py [ARTICLES]`, 20,000 unless told.

Made-up articles of 3 kB of one week, from fifty outlets, cut into sentences. Three builds of one issue, each in a process of its
own as a newsroom runs them: of all, of ten more, and of nothing new. `--profile` tells where the second one spends its time.
"""

from __future__ import annotations

import cProfile
import pstats
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from group import made  # the script beside this one

from digest import pipeline
from digest.model import Article
from digest.settings import load
from digest.store import opened

COUNT, MORE = 20_000, 10
LIMIT = 1.0  # seconds that the second build may take
NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
_SETTINGS = """[digest]
title = "Again"
language = "en"
timezone = "UTC"

[[sources]]
name = "made"
kind = "folder"
path = "inbox"
"""


def week(count: int) -> Iterator[Article]:
    """`count` articles of the seven days before NOW, and MORE that come last."""
    chance = random.Random(5)  # noqa: S311 - made-up news
    for number, article in enumerate(made(count + MORE)):
        words, told = article.text.split(), []
        while words:
            size = chance.randrange(8, 25)
            told.append(" ".join(words[:size]).capitalize() + ".")
            words = words[size:]
        moment = NOW - timedelta(days=6.9) + timedelta(days=6.8 * number / count)
        text = "\n\n".join(" ".join(told[at : at + 4]) for at in range(0, len(told), 4))
        outlet = f"Outlet {chance.randrange(50)}"
        yield replace(article, source=outlet, text=text, first_seen=moment, published=moment, language="en")


def built(root: Path) -> None:
    """One build and its publication, timed."""
    settings = load(root / "digest.toml")
    wall, spent = time.perf_counter(), time.process_time()
    with closing(opened(settings.path(settings.paths.store))) as store:
        pipeline.publish(settings, store, pipeline.build(settings, store, NOW), NOW)
    print(f"{time.perf_counter() - wall:.2f} {time.process_time() - spent:.2f}")


def profiled(root: Path) -> None:
    """The same, with the functions that take the longest."""
    profile = cProfile.Profile()
    profile.runcall(built, root)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(70)


def main() -> int:
    """Print the time of each build; 1 where the second is over the limit."""
    if "--once" in sys.argv or "--profiled" in sys.argv:
        (built if "--once" in sys.argv else profiled)(Path(sys.argv[2]))
        return 0
    sizes = [int(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    count = sizes[0] if sizes else COUNT
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "inbox").mkdir()
        (root / "digest.toml").write_text(_SETTINGS, encoding="utf-8")
        settings = load(root / "digest.toml")
        place, coming, took = settings.path(settings.paths.store), week(count), 0.0
        for name, some in ((f"{count:,} articles", count), (f"{MORE} more", MORE), ("nothing new", 0)):
            with closing(opened(place)) as store:
                store.add(islice(coming, some))
            way = "--profiled" if "--profile" in sys.argv and some == MORE else "--once"
            command = [sys.executable, __file__, way, folder]
            run = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this very script
            if way == "--once":
                wall, spent = map(float, run.stdout.split())
                print(f"{name:<20}{wall:>8.2f} s wall{spent:>9.2f} s cpu", flush=True)
                took = wall if some == MORE else took
            else:
                print(run.stdout)
    return int(took > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
