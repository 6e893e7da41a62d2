"""How much of an issue a mail can hold: Gmail shows the first 102 kB of its HTML and hides the rest. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from digest.model import Issue, Section, Story

# Gmail clips at 102,000 bytes. Mailing services add a pixel and rewrite each link, about 40 bytes longer.
MOST_BYTES = 96_000
_HEADLINES = (40, 10, 0)  # so many below the stories, fewer where even they do not fit
_CLOSE = 1500  # bytes: a page so near the limit has no room for another story


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an issue is shown where: sections whole, `rest` as headlines, `beyond` only counted."""

    sections: tuple[Section, ...]
    rest: tuple[Story, ...] = ()
    beyond: int = 0


def whole(issue: Issue) -> Shown:
    """All of it."""
    return Shown(issue.sections)


def fitted(issue: Issue, page: Callable[[Shown], bytes], most_bytes: int = MOST_BYTES) -> tuple[bytes, Shown]:
    """The page with as many stories as fit, best first, and what it shows; the next ones are headlines, and the last are counted.

    What is measured is the page itself, whatever the theme makes of a story. A page without any story that is
    still too large is given back as it is: nothing more can be taken from it.
    """
    shown = whole(issue)
    best = made = page(shown)
    if len(made) <= most_bytes:
        return made, shown
    ordered = by_rank(issue)
    too_many, too_large = len(ordered), len(made)
    for headlines in _HEADLINES:
        shown = _first(issue, ordered, 0, headlines)
        best = page(shown)
        if len(best) <= most_bytes:
            break
    fits = 0
    while too_many - fits > 1 and len(best) < most_bytes - _CLOSE:
        # Between the two sizes as if all stories were alike: three or four pages instead of nine.
        share = (most_bytes - len(best)) / max(1, too_large - len(best))
        middle = min(max(fits + 1, fits + int(share * (too_many - fits))), too_many - 1)
        tried = _first(issue, ordered, middle, headlines)
        made = page(tried)
        if len(made) <= most_bytes:
            best, shown, fits = made, tried, middle
        else:
            too_many, too_large = middle, len(made)
    return best, shown


def named(issue: Issue, shown: Shown) -> Shown:
    """The same with every other story as a headline, so that none is only counted."""
    told = {story.id for section in shown.sections for story in section.stories}
    return replace(shown, rest=tuple(story for story in by_rank(issue) if story.id not in told), beyond=0)


def by_rank(issue: Issue) -> list[Story]:
    """The lead, then the full stories by how many told them, in the order of the page where as many did, then the briefs."""
    places = [(section.form, story) for section in issue.sections for story in section.stories]
    order = {"lead": 0, "full": 1}
    return [story for _, story in sorted(places, key=lambda place: (order.get(place[0], 2), -place[1].origins, -len(place[1].outlets)))]


def _first(issue: Issue, ordered: list[Story], count: int, headlines: int) -> Shown:
    """The first `count` in their sections, the next as headlines."""
    kept = {story.id for story in ordered[:count]}
    sections = (replace(section, stories=tuple(one for one in section.stories if one.id in kept)) for section in issue.sections)
    rest = tuple(ordered[count : count + headlines])
    return Shown(tuple(section for section in sections if section.stories), rest, max(0, len(ordered) - count - headlines))
