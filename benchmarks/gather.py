"""What gathering costs: a folder that did not change, and a feed beside the bare parser: `python benchmarks/gather.py`.

The files and the feed are made up on the spot, the same ones every time.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import feedparser  # type: ignore[import-untyped] # ships no types

from digest import pipeline
from digest.gather.feed import PARSER, FeedSource
from digest.gather.folder import FolderSource
from digest.settings import Settings, SourceTable
from digest.store import opened

FILES, FOLDERS = 20_000, 200
MANY = 200_000  # files that only the state of a source knows
ENTRIES, RUNS = 500, 7
LIMIT_FILES, LIMIT_FEED = 0.05, 2.0  # of the first run; of feedparser alone
_WORDS = (
    "the weir above town was lowered on friday after a night of rain while engineers counted boats at lock four and "
    "council members asked who had paid for gates that nobody had opened since spring"
).split()


def text(chance: random.Random, words: int) -> str:
    """A made-up report."""
    sentences = (" ".join(chance.choices(_WORDS, k=12)).capitalize() + "." for _ in range(max(1, words // 12)))
    return "\n\n".join(sentences)


def seconds(work: Callable[[], object]) -> float:
    """The wall time of it."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@contextmanager
def newsroom(files: int) -> Iterator[tuple[Settings, Path]]:
    """A newsroom with so many files in its inbox, written a while ago."""
    with tempfile.TemporaryDirectory() as place:
        root, chance = Path(place), random.Random(5)  # noqa: S311 - the same files every time
        for number in range(files):
            folder = root / "inbox" / f"{number % FOLDERS:03}"
            folder.mkdir(parents=True, exist_ok=True)
            record = {"title": f"Report {number}", "text": text(chance, 60), "language": "en", "date": "2026-11-17"}
            (folder / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")
        yield Settings(root=root, file=root / "digest.toml", sources=[SourceTable(name="Inbox", path="inbox")]), root


def folders() -> tuple[float, float, int]:
    """A first run over the files, a second one, and the bytes of the state between them."""
    with newsroom(FILES) as (settings, root):
        store = opened(root / "store.sqlite3")
        now = datetime.now(UTC) + timedelta(minutes=1)
        first = seconds(lambda: pipeline.gather(settings, store, now))
        second = seconds(lambda: pipeline.gather(settings, store, now + timedelta(minutes=1)))
        size = len(json.dumps(store.recall("Inbox")))
        store.close()
    return first, second, size


def states() -> float:
    """Reading and writing what is known of very many files, without the files."""
    row = ["1f4.18b0f3c2a1d4e5f6.18b0f3c2a1d4e5f6.3c0ffe", "0123456789abcdef" * 2]
    with tempfile.TemporaryDirectory() as place:
        store = opened(Path(place) / "store.sqlite3")
        files = {f"{number % FOLDERS:03}/report-{number}.json": row for number in range(MANY)}
        store.remember("Inbox", {"trusts": "", "files": files, "waiting": {}, "met": {}})

        def round_trip() -> None:
            source = FolderSource("Inbox", Path(place) / "none").with_state(store.recall("Inbox"))
            source.seen.files.update(source.seen.before)
            store.remember("Inbox", source.state())

        taken = seconds(round_trip)
        store.close()
    return taken


def feeds() -> tuple[float, float]:
    """The same feed through feedparser alone, and through the source with its child process (which is running)."""
    chance = random.Random(7)  # noqa: S311
    items = (
        f"<item><title>Report {at}</title><guid>{at}</guid><link>https://post.example/{at}</link>"
        f"<pubDate>Tue, 17 Nov 2026 14:30:00 GMT</pubDate><description>&lt;p&gt;{text(chance, 200)}&lt;/p&gt;</description></item>"
        for at in range(ENTRIES)
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{"".join(items)}</channel></rss>'.encode()
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as place, PARSER:
        file = Path(place) / "feed.xml"
        file.write_bytes(feed)
        source = FeedSource("Post", path=file)

        def ours() -> None:
            assert len(list(source.documents(now))) == ENTRIES  # noqa: S101

        def bare() -> None:
            feedparser.parse(BytesIO(feed), sanitize_html=False)

        turns = [(seconds(bare), seconds(ours)) for _ in range(RUNS + 1)][1:]
    return statistics.median(turn[0] for turn in turns), statistics.median(turn[1] for turn in turns)


def main() -> int:
    """Print the table; 1 where a ratio is over its limit."""
    bare, ours = feeds()
    print(f"feed of {ENTRIES} entries: feedparser {bare * 1000:.0f} ms, ours {ours * 1000:.0f} ms, {ours / bare:.2f}×")
    print(f"state of {MANY} files, read and written: {states():.2f} s")
    first, second, size = folders()
    print(f"{FILES} files: first run {first:.1f} s, second {second:.2f} s, {second / first:.4f} of it; state {size / 2**20:.1f} MiB")
    return int(second / first > LIMIT_FILES or ours / bare > LIMIT_FEED)


if __name__ == "__main__":
    sys.exit(main())
