"""How fast documents are cleaned and taken apart, beside trafilatura on the same pages.

Run: `.venv/bin/python benchmarks/clean.py [PAGES]` (default 300). The pages are made up and differ from
one another; about 3 kB of text each. Processor time of this process, so that other work on the
machine counts less. Exits with 1 below FLOOR articles a second.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape

from trafilatura import extract

from digest.clean import clean
from digest.model import Document
from digest.settings import CleanTable

FLOOR = 400  # articles of 3 kB a second, on one core that has nothing else to do
SIZE = 3000  # characters of text a page
OPTIONS = CleanTable()
NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
_WHO = (
    "the harbour board|a miller from Brey|the night watch|Ida Holm|the council of Garve|a young biologist|the orchestra|two dockers".split(
        "|"
    )
)
_DID = "voted to rebuild|measured|sold|found a crack in|painted|gave up|wrote about|counted".split("|")
_WHAT = "the old weir|nine hives|a cargo of planks|the swing bridge|three sluices|the timetable|an oak|the pier".split("|")
_WHEN = (
    "on Monday|after the storm|before breakfast|in the autumn of 1998|for the third time|within a week|at dusk|against all advice".split(
        "|"
    )
)


def page(number: int) -> tuple[str, str]:
    """The plain text and the HTML of one made-up report, with some furniture around it."""
    choices = itertools.product(_WHO, _DID, _WHAT, _WHEN)
    told = [f"{who} {did} {what} {when}, and {number * 7 % 97} people saw it.".capitalize() for who, did, what, when in choices]
    paragraphs: list[str] = []
    at = number * 37 % len(told)
    while sum(map(len, paragraphs)) < SIZE:
        paragraphs.append(" ".join(told[(at + step * 613) % len(told)] for step in range(4)))
        at += 1
    title = f"Report number {number}: {told[at % len(told)][:40]}"
    lines = [
        "Sign up for our newsletter",
        title,
        "By Tor Lund",
        *paragraphs,
        "Photo: Ida Holm",
        "Read more: The lighthouse that moved",
        "© 2026",
    ]
    body = "".join(f"<p>{escape(line)}</p>" for line in lines[2:])
    head = f"<head><title>{escape(title)} | Tide</title></head>"
    article = f"<article><h1>{escape(title)}</h1>{body}</article>"
    return "\n\n".join(lines), f"<html lang='en'>{head}<body><nav>Home News Sport</nav>{article}<footer>Tide</footer></body></html>"


def rate(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Texts a second; the first warms what is loaded once."""
    work(texts[0])
    began = time.process_time()
    for text in texts:
        work(text)
    return len(texts) / (time.process_time() - began)


def cleaned(media: str) -> Callable[[str], object]:
    """A function that cleans one text of that media type."""
    return lambda text: clean(Document("bench", "a", media, text.encode(), NOW, "utf-8"), OPTIONS, NOW, UTC)


def main(pages: int) -> int:
    """Measure, print a table, and say whether the floor holds."""
    made = [page(number) for number in range(pages)]
    plain, markup = [text for text, _ in made], [text for _, text in made]
    mean = sum(map(len, plain)) / len(plain) / SIZE
    base = rate(extract, markup) * mean
    rows = [("trafilatura.extract, HTML", base), ("digest, HTML", rate(cleaned("text/html"), markup) * mean)]
    rows.append(("digest, plain text", rate(cleaned("text/plain"), plain) * mean))
    for name, found in rows:
        print(f"{name:28} {found:7.0f} articles of 3 kB a second   {found / base:5.1f}x")
    return 0 if min(found for _, found in rows[1:]) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
