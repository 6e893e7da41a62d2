"""Stories that ran in an earlier issue: found by the engines, told as updates, left out where nothing is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.group import group
from digest.model import LeftOut, Past, Story
from digest.notes import updated
from digest.pick import summary
from digest.settings import Settings

# The weakest link between the lead of a story and one of an earlier issue that makes it the same story. Stronger than
# what joins two reports of one week: a wrong Update is worse than a missed one. See docs/notes/notes.md.
CONTINUED = 0.55


def brought_up(stories: Sequence[Story], earlier: Sequence[Past], settings: Settings) -> tuple[list[Story], list[LeftOut]]:
    """The stories, those that ran in an earlier issue with a note on what is new; and what has nothing new."""
    ran = {story.lead.id: past for story, past in _matches(stories, earlier, settings)}
    shown: list[Story] = []
    left_out: list[LeftOut] = []
    for story in stories:
        past = ran.get(story.lead.id)
        if not past:
            shown.append(story)
            continue
        room = summary(story.lead, max(settings.notes.summary_words, settings.notes.lead_words))
        new = updated(story, past, (room,) if room else ())
        if new:
            shown.append(new)
        else:
            left_out += [LeftOut(member.article, f"ran in {past.issue}, and nothing is new") for member in story.members]
    return shown, left_out


def _matches(stories: Sequence[Story], earlier: Sequence[Past], settings: Settings) -> Iterator[tuple[Story, Past]]:
    """Each story with the latest that it continues: the engines put the two leads, dates aside, into one group, by a strong link."""
    ran = {past.articles[0].id: past for past in earlier}  # the last issue that led with it counts
    leads = {story.lead.id: story for story in stories}
    known = {identity: past.articles[0] for identity, past in ran.items() if identity not in leads}
    undated = [replace(article, published=None) for article in (*known.values(), *(story.lead for story in stories))] if known else []
    best: dict[str, tuple[float, str]] = {}
    for link in (link for found in group(undated, settings.group) for link in found.links):
        for one, other in ((link.left, link.right), (link.right, link.left)):
            if one in leads and other in known and link.score >= CONTINUED:
                best[one] = max(best.get(one, (0.0, "")), (link.score, other))
    yield from ((leads[one], ran[other]) for one, (_, other) in sorted(best.items()))
