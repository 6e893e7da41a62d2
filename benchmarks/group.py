"""Grouping beside the naive design, rensa and datasketch, in one run: `python benchmarks/group.py [ARTICLES…]`.

Articles are made up of a vocabulary whose words are as frequent as Zipf says: 3 kB each over 30 days, seven of ten in
events with four tellers, each event with words of its own, one of ten an edited copy of the one before. The naive
design: rapidfuzz's token_set_ratio of all pairs of titles, and union-find. rensa and datasketch find copies
(MinHash, 128 permutations, three-word runs) and are installed with `.[bench]`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import numpy as np

from digest.evaluate.measures import pairwise
from digest.group import group
from digest.model import Article
from digest.settings import GroupTable

SIZES = (10_000, 100_000)
NAIVE = 10_000  # the naive design and the MinHash tools are not run on more articles than this
LIMITS = {10_000: 6.0, 100_000: 90.0, 1_000_000: 900.0}  # seconds of wall time on two cores
WORDS, LENGTH, OWN = 200_000, 430, 120
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_SYLLABLES = tuple(a + b for a in "bcdfgklmnprstvz" for b in "aeiou")


def made(count: int) -> Iterator[Article]:
    """`count` articles; a copy's id names its original behind a stroke."""
    draw = np.random.default_rng(1)
    syllables = draw.integers(0, len(_SYLLABLES), (WORDS, 4))
    sizes = draw.integers(2, 5, WORDS)
    vocabulary = ["".join(_SYLLABLES[at] for at in row[:size]) for row, size in zip(syllables.tolist(), sizes.tolist(), strict=True)]
    frequent = np.cumsum(1 / np.arange(1, WORDS + 1))
    frequent /= frequent[-1]
    last: list[str] = []
    for number in range(count):
        copied = last and draw.random() < 0.1
        if copied:
            words = [word for word in last if draw.random() > 0.05] + ["printed", "with", "leave"]
        else:
            event = number // 4 if draw.random() < 0.7 else count + number
            own = np.random.default_rng(event).integers(2000, WORDS, 60)
            places = np.searchsorted(frequent, draw.random(LENGTH))
            places[draw.integers(0, LENGTH, OWN)] = own[draw.integers(0, 60, OWN)]
            words = [vocabulary[at] for at in places.tolist()]
            words[::12] = [word.capitalize() for word in words[::12]]
        identity = f"a{number:07}|{number - 1:07}" if copied else f"a{number:07}"
        title, text = " ".join(words[:9]), " ".join(words)
        moment = BEGIN + timedelta(days=30 * number / max(count, 10_000))
        yield Article(identity, "made", "made", "made", title, text, moment, published=moment)
        last = [] if copied else words


def naive(articles: list[Article]) -> None:
    """All pairs of titles, and union-find."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where it is run

    titles = [article.title for article in articles]
    first = list(range(len(titles)))

    def root(at: int) -> int:
        while first[at] != at:
            at = first[at]
        return at

    for begin in range(0, len(titles), 500):
        scores = process.cdist(titles[begin : begin + 500], titles, scorer=fuzz.token_set_ratio, score_cutoff=70, workers=2)
        for one, two in zip(*np.nonzero(scores), strict=True):
            first[root(begin + int(one))] = root(int(two))


def rensa_copies(articles: list[Article]) -> dict[str, str]:
    """Copies by rensa's MinHash: the first earlier article that its index names and whose estimate is 0.4 or more."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415

    index = RMinHashLSH(threshold=0.4, num_perm=128, num_bands=32)
    hashes: list[RMinHash] = []
    found: dict[str, str] = {}
    for number, article in enumerate(articles):
        one = RMinHash(num_perm=128, seed=42)
        one.update(_runs(article))
        near = [at for at in index.query(one) if one.jaccard(hashes[at]) >= 0.4]
        found[article.id] = articles[min(near)].id if near else article.id
        index.insert(number, one)
        hashes.append(one)
    return found


def datasketch_copies(articles: list[Article]) -> dict[str, str]:
    """The same by datasketch."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    index = MinHashLSH(threshold=0.4, num_perm=128)
    found: dict[str, str] = {}
    for number, article in enumerate(articles):
        one = MinHash(num_perm=128)
        one.update_batch([run.encode() for run in _runs(article)])
        near = index.query(one)
        found[article.id] = articles[min(near)].id if near else article.id
        index.insert(number, one)
    return found


def our_copies(articles: list[Article]) -> dict[str, str]:
    """Copies by the engines exact and near."""
    groups = group(articles, GroupTable(engines=["exact", "near"]), evidence=False)
    copies = {copy: original for one in groups for copy, original in one.copies.items()}
    return {article.id: copies.get(article.id, article.id) for article in articles}


def _runs(article: Article) -> list[str]:
    words = article.text.lower().split()
    return list(dict.fromkeys(" ".join(words[at : at + 3]) for at in range(len(words) - 2)))


def measured(count: int) -> tuple[float, float, int]:
    """Wall seconds and processor seconds of grouping `count` articles, and how many stories they make."""
    articles = list(made(count)) if count <= LARGE else made(count)
    wall, spent = time.perf_counter(), time.process_time()
    stories = len(group(articles, GroupTable(), evidence=False))
    return time.perf_counter() - wall, time.process_time() - spent, stories


LARGE = 200_000  # above this, articles are made while they are read, as from a file; making them is then part of the time


def told(name: str, seconds: float, count: int, more: str = "") -> None:
    """One line of the table."""
    print(f"{name:<34}{seconds:>9.1f} s{count / seconds:>11.0f}/s  {more}", flush=True)


def copies_measured(name: str, engine: Callable[[list[Article]], dict[str, str]], articles: list[Article]) -> float:
    """Prints the time and the F1 of the pairs of copies; returns the seconds."""
    gold = {one.id: f"a{one.id.split('|')[1]}" if "|" in one.id else one.id.split("|")[0] for one in articles}
    start = time.perf_counter()
    found = engine(articles)
    seconds = time.perf_counter() - start
    told(name, seconds, len(articles), f"F1 of copies {pairwise(gold, found).f1:.3f}")
    return seconds


def alone(count: int) -> int:
    """One size in a process of its own, so that its peak of memory is its own; 1 where it is over its limit."""
    wall, spent, stories = measured(count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told(f"digest, {count:,} articles", wall, count, f"{spent:.1f} s of processor time, {peak:.0f} MiB, {stories:,} stories")
    return int(wall > LIMITS.get(count, float("inf")))


def main() -> int:
    """Every size, then the others on the least of them."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--alone"]
    sizes = [int(argument) for argument in arguments] or list(SIZES)
    if "--alone" in sys.argv:
        return alone(sizes[0])
    worst = 0
    for size in sizes:
        worst = max(worst, subprocess.run([sys.executable, __file__, "--alone", str(size)], check=False).returncode)  # noqa: S603
    articles = list(made(min(NAIVE, *sizes, NAIVE)))
    start = time.perf_counter()
    naive(articles)
    told(f"naive design, {len(articles):,}", time.perf_counter() - start, len(articles))
    for name, engine in (("digest, copies alone", our_copies), ("rensa", rensa_copies), ("datasketch", datasketch_copies)):
        copies_measured(name, engine, articles)
    return worst


if __name__ == "__main__":
    sys.exit(main())
