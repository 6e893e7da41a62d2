"""What a template asks of an issue: counts, times, anchors. Pure; nothing here knows a form."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from digest.model import Article, Coverage, Failure, Issue, Kind, Section, Story
from digest.text import cut, one_line, word_count
from digest.words import Words

# The reading speed behind `Issue.minutes`.
_WORDS_A_MINUTE = 230
_LEFT_OUT = 30
_TITLE = 300  # characters: no headline is longer, and one story must not fill a whole mail
# The sections that rank makes by itself, as it calls them.
_EVERY = {"lead": "The lead", "brief": "In brief", "more": "More stories"}


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


def kind(article: Article, words: Words) -> str:
    """`Opinion`, `Interview` …; nothing for a plain article."""
    return "" if article.kind is Kind.ARTICLE else words.say("briefly" if article.kind is Kind.BRIEF else article.kind.value)


def title_of(section: Section, words: Words) -> str:
    """A section's title; those that every issue has are put into its language."""
    own = section.title != _EVERY.get(section.name)
    return section.title if own else words.say(section.name)


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
    """The names of the outlets whose status is `silent`, `partly` or `failed`."""
    return [row.source for row in issue.coverage if row.status == status]


def fault(failure: Failure) -> tuple[str, str]:
    """Where something could not be read, and the rest of the sentence: why, and what mends it."""
    source, where = one_line(failure.source), one_line(failure.where)
    place = where if source in where else f"{source}, {where}" if where else source
    return place, " — ".join(part for one in (failure.cause, failure.fix) if (part := one_line(one)))


def left_out(issue: Issue) -> tuple[list[tuple[str, list[Article]]], int]:
    """The articles left out that a page shows, by reason, and how many more there are."""
    groups: dict[str, list[Article]] = {}
    for left in issue.left_out[:_LEFT_OUT]:
        groups.setdefault(one_line(left.reason), []).append(left.article)
    return list(groups.items()), max(0, len(issue.left_out) - _LEFT_OUT)


def slugs(issue: Issue, words: Words) -> list[str]:
    """The name that GitHub gives the heading of each section, in order; headings before it count."""
    seen: dict[str, int] = {}
    titles = headlines(issue)
    _slug(issue.title, seen)
    _slug(words.say("contents"), seen)
    found = []
    for section in issue.sections:
        found.append(_slug(title_of(section, words), seen))
        if section.form != "brief":
            for story in section.stories:
                _slug(titles[story.id], seen)
    return found


def most_told(issue: Issue, most: int = 5) -> list[Story]:
    """The stories that most outlets told, at least two, the first one first where as many did."""
    shared = [story for story in issue.stories if len(story.outlets) > 1]
    return sorted(shared, key=lambda story: -len(story.outlets))[:most]


def headlines(issue: Issue) -> dict[str, str]:
    """The title of each story by its id; with its outlet behind it where another story has the same one."""
    titles = {story.id: cut(story.title, _TITLE) for story in issue.stories}
    times = Counter(title.casefold() for title in titles.values())
    doubled = {story.id: one_line(story.lead.source) for story in issue.stories if times[titles[story.id].casefold()] > 1}
    return {key: f"{title} ({doubled[key]})" if key in doubled else title for key, title in titles.items()}


def _slug(title: str, seen: dict[str, int]) -> str:
    base = re.sub(r"[^\w\- ]", "", one_line(title).lower()).replace(" ", "-")
    times = seen[base] = seen.get(base, -1) + 1
    return f"{base}-{times}" if times else base


def _bar(row: Coverage, most: int) -> Bar:
    length = max(1, round(100 * row.gathered / most))
    used = min(length, round(100 * row.used / most))
    return Bar(row, used, length - used, 100 - length)
