"""How long the notes of a large issue take: 2,000 made-up articles in 300 stories, on one core: `python benchmarks/notes.py`."""

from __future__ import annotations

import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest import composing
from digest.model import Article, Group
from digest.pick import pick
from digest.settings import Settings, SourceTable

ARTICLES, STORIES, SENTENCES = 2000, 300, 24  # and sentences a report: about 400 words
LIMIT = 10.0  # seconds
_NOW = datetime(2026, 11, 22, tzinfo=UTC)
_WORDS = [
    f"{start}{middle}{end}"
    for start in ("bal", "cor", "den", "fir", "gar")
    for middle in ("an", "el", "is", "o")
    for end in ("ta", "ble", "nd", "rk", "s")
]
_FIGURES = (
    "At least {0} people were killed and {1} injured in {2}, police said",
    "The repairs will cost {0} million crowns, the council of {2} said",
    "About {0},200 homes lost power in {2}",
    "{2} denied reports that the works will close and {0} jobs go",
    "Shares in {2} fell {0} per cent on Tuesday",
)


def made() -> list[Group]:
    """Stories of reports that share names and half of their sentences, with figures in every third one."""
    chance = random.Random(7)  # noqa: S311 - made-up news
    groups: list[list[Article]] = [[] for _ in range(STORIES)]
    common = [[_sentence(chance, f"Place{number}") for _ in range(SENTENCES)] for number in range(STORIES)]
    for number in range(ARTICLES):
        story = number % STORIES
        told = [chance.choice(common[story]) if chance.random() < 0.5 else _sentence(chance, f"Place{story}") for _ in range(SENTENCES)]
        published = _NOW - timedelta(hours=chance.randrange(100))
        text = "\n\n".join(" ".join(told[at : at + 4]) for at in range(0, SENTENCES, 4))
        groups[story].append(
            Article(f"a{number}", f"Paper {number % 40}", "f", "d", told[0][:60], text, _NOW, published=published, language="en")
        )
    return [Group(tuple(articles)) for articles in groups]


def _sentence(chance: random.Random, place: str) -> str:
    if chance.random() < 0.34:
        return chance.choice(_FIGURES).format(chance.randrange(2, 90), chance.randrange(2, 90), place) + "."
    return " ".join(chance.choice(_WORDS) for _ in range(14)).capitalize() + f" in {place}."


def main() -> int:
    """Print the time of each step; 1 where both together are over the limit."""
    settings = Settings(root=Path(), file=Path(), sources=[SourceTable(name="made", path=".")])
    groups = made()
    start = time.process_time()
    choices = [pick(group, {}) for group in groups]
    picked = time.process_time() - start
    stories = [composing.annotated(group, choice, settings) for group, choice in zip(groups, choices, strict=True)]
    took = time.process_time() - start
    print(f"{ARTICLES} articles in {STORIES} stories, {sum(len(story.notes) for story in stories)} notes")
    print(f"leads {picked:.1f} s, notes {took - picked:.1f} s of one core")
    return int(took > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
