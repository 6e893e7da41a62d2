"""What a template asks of an issue: counts, times, anchors. Pure; nothing here knows a form."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.model import Article, Coverage, Issue, Kind, Section
from digest.text import one_line, word_count

# The reading speed behind `Issue.minutes`.
_WORDS_A_MINUTE = 230
_LEFT_OUT = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the coverage: whole hundredths of the longest bar for used, unused and empty."""

    row: Coverage
    used: int
    unused: int
    empty: int


def minutes(article: Article) -> int:
    """How long the whole report takes to read."""
    return max(1, round(word_count(article.text) / _WORDS_A_MINUTE))


def kind(article: Article) -> str:
    """`Opinion`, `Interview` …; nothing for a plain article."""
    return "" if article.kind is Kind.ARTICLE else article.kind.value.capitalize()


def count(section: Section) -> int:
    """How many stories stand in a section."""
    return len(section.stories)


def sources(issue: Issue) -> int:
    """How many outlets the issue's reports came from."""
    return len({article.source for article in issue.articles.values()})


def bars(issue: Issue) -> list[Bar]:
    """The outlets that brought something, as rows with a bar."""
    heard = [row for row in issue.coverage if row.gathered > 0]
    most = max((row.gathered for row in heard), default=1)
    return [_bar(row, most) for row in heard]


def quiet(issue: Issue, status: str) -> list[str]:
    """The names of the outlets whose status is `silent` or `failed`."""
    return [row.source for row in issue.coverage if row.status == status]


def left_out(issue: Issue) -> tuple[list[tuple[str, list[Article]]], int]:
    """The articles left out that a page shows, by reason, and how many more there are."""
    groups: dict[str, list[Article]] = {}
    for left in issue.left_out[:_LEFT_OUT]:
        groups.setdefault(one_line(left.reason), []).append(left.article)
    return list(groups.items()), max(0, len(issue.left_out) - _LEFT_OUT)


def slugs(issue: Issue) -> list[str]:
    """The name that GitHub gives the heading of each section, in order; headings before it count."""
    seen: dict[str, int] = {}
    _slug(issue.title, seen)
    _slug("In this issue", seen)
    found = []
    for section in issue.sections:
        found.append(_slug(section.title, seen))
        if section.form != "brief":
            for story in section.stories:
                _slug(story.title, seen)
    return found


def _slug(title: str, seen: dict[str, int]) -> str:
    base = re.sub(r"[^\w\- ]", "", one_line(title).lower()).replace(" ", "-")
    times = seen[base] = seen.get(base, -1) + 1
    return f"{base}-{times}" if times else base


def _bar(row: Coverage, most: int) -> Bar:
    length = max(1, round(100 * row.gathered / most))
    used = min(length, round(100 * row.used / most))
    return Bar(row, used, length - used, 100 - length)
