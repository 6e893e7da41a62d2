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
from digest.group import Kept, group, grouping
from digest.model import Article
from digest.settings import GroupTable

SIZES = (10_000, 100_000)
BESIDE = (1_000, 2_500, 5_000)  # articles on which the others run to their end beside this one
LIMITS = {10_000: 6.0, 100_000: 90.0, 1_000_000: 900.0}  # seconds of wall time on two cores
WORDS, LENGTH, OWN = 200_000, 430, 120
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_AT_ONCE = 1_000  # articles drawn at once
_SYLLABLES = tuple(a + b for a in "bcdfgklmnprstvz" for b in "aeiou")


def made(count: int) -> Iterator[Article]:
    """`count` articles; a copy's id names its original behind a stroke. Drawn by the thousand: making a million is no part of the time."""
    draw = np.random.default_rng(1)
    syllables = draw.integers(0, len(_SYLLABLES), (WORDS, 4))
    sizes = draw.integers(2, 5, WORDS)
    small = ["".join(_SYLLABLES[at] for at in row[:size]) for row, size in zip(syllables.tolist(), sizes.tolist(), strict=True)]
    vocabulary = np.array([*small, *(word.capitalize() for word in small)], np.object_)
    many, single = min(count, 1 << 16), min(count + _AT_ONCE, 1 << 18)  # events; two may be alike where more than the span lies between
    owns = draw.integers(2000, WORDS, (many + single, 60), np.int32)  # the words of an event's own
    frequent = np.cumsum(1 / np.arange(1, WORDS + 1))
    frequent /= frequent[-1]
    last: list[str] = []
    for begin in range(0, count, _AT_ONCE):
        numbers = np.arange(begin, begin + _AT_ONCE)
        told = draw.random(_AT_ONCE) < 0.7
        events = np.where(told, numbers // 4 % many, many + numbers % single)
        places = np.searchsorted(frequent, draw.random((_AT_ONCE, LENGTH)))
        own = owns[events[:, None], draw.integers(0, 60, (_AT_ONCE, OWN))]
        np.put_along_axis(places, draw.integers(0, LENGTH, (_AT_ONCE, OWN)), own, axis=1)
        places[:, ::12] += WORDS
        for number, copied, row in zip(numbers.tolist(), (draw.random(_AT_ONCE) < 0.1).tolist(), places, strict=True):
            if number == count:
                return
            copies = bool(last) and copied
            words = (
                [word for word, keep in zip(last, draw.random(len(last)) > 0.05, strict=True) if keep]
                if copies
                else vocabulary[row].tolist()
            )
            words += ["printed", "with", "leave"] * copies
            identity = f"a{number:07}|{number - 1:07}" if copies else f"a{number:07}"
            moment = BEGIN + timedelta(days=30 * number / max(count, 10_000))
            yield Article(identity, "made", "made", "made", " ".join(words[:9]), " ".join(words), moment, published=moment)
            last = [] if copies else words


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


def told(name: str, spent: float, wall: float, count: int, more: str = "") -> None:
    """One line of the table: processor time of all threads, articles a second of it, wall time."""
    print(f"{name:<34}{spent:>9.2f} s cpu{count / spent:>11.0f}/s{wall:>9.2f} s wall  {more}", flush=True)


def copies_measured(name: str, engine: Callable[[list[Article]], dict[str, str]], articles: list[Article]) -> None:
    """Prints the time and the F1 of the pairs of copies."""
    gold = {one.id: f"a{one.id.split('|')[1]}" if "|" in one.id else one.id.split("|")[0] for one in articles}
    wall, spent = time.perf_counter(), time.process_time()
    found = engine(articles)
    spent, wall = time.process_time() - spent, time.perf_counter() - wall
    told(name, spent, wall, len(articles), f"F1 of copies {pairwise(gold, found).f1:.3f}")


def beside(count: int) -> None:
    """This one and the others on `count` articles, in one process, each run to its end."""
    articles = list(made(count))
    group(articles[:200], GroupTable(), evidence=False)  # what is loaded and compiled once belongs to nobody's time
    for name, run in (
        (f"digest, {count:,}", lambda: group(articles, GroupTable(), evidence=False)),
        (f"naive design, {count:,}", lambda: naive(articles)),
    ):
        wall, spent = time.perf_counter(), time.process_time()
        run()
        told(name, time.process_time() - spent, time.perf_counter() - wall, count)
    for name, engine in (("digest, copies alone", our_copies), ("rensa", rensa_copies), ("datasketch", datasketch_copies)):
        copies_measured(f"{name}, {count:,}", engine, articles)


def alone(count: int) -> int:
    """One size in a process of its own, so that its peak of memory is its own; 1 where it is over its limit."""
    wall, spent, stories = measured(count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told(f"digest, {count:,} articles", spent, wall, count, f"{peak:.0f} MiB, {stories:,} stories")
    return int(wall > LIMITS.get(count, float("inf")))


def again(count: int) -> None:
    """`count` articles, then the same and ten new ones with what the first run left, then those without."""
    articles = list(made(count + 10))
    left: dict[str, bytes] = {}
    for name, some in (("", articles[:count]), (" and ten new", articles), (" and ten new, anew", articles)):
        wall, spent = time.perf_counter(), time.process_time()
        kept = Kept.read({} if "anew" in name else left)
        grouping(some, GroupTable(), kept=kept)
        left = kept.written()
        spent, wall = time.process_time() - spent, time.perf_counter() - wall
        size = sum(map(len, left.values())) / 1e6
        told(
            f"{count:,}{name}",
            spent,
            wall,
            len(some),
            f"{kept.tokens.passed:,} read, {kept.nearest.compared:,} compared, {size:.0f} MB kept",
        )


def main() -> int:
    """Every size, then the others on sizes that they come through."""
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    sizes = [int(argument) for argument in arguments] or list(SIZES)
    if "--again" in sys.argv:
        again(sizes[0])
        return 0
    if "--alone" in sys.argv:
        return alone(sizes[0])
    if "--beside" not in sys.argv:
        runs = [subprocess.run([sys.executable, __file__, "--alone", str(size)], check=False) for size in sizes]  # noqa: S603
        for count in BESIDE:
            beside(count)
        return max(run.returncode for run in runs)
    for count in sizes:
        beside(count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
