"""A batch to its issue: grouped, each story under its lead, ranked, and of those that are shown the notes and the evidence. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from digest.caps import within
from digest.continued import brought_up
from digest.front import front
from digest.group import Grouping, Kept, grouping
from digest.model import Article, Batch, Group, Issue, Member, Relation, Section, Story
from digest.notes import annotate, origins
from digest.pick import Choice, pick, summary
from digest.rank import rank
from digest.settings import Settings
from digest.text import sha
from digest.window import fresh

Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """The progress of a run that tells nobody."""


def compose(settings: Settings, made_of: Batch, progress: Progress = silent, kept: Kept | None = None) -> Issue:
    """The issue that a batch gives: the same for the same batch and settings, whatever was `kept` of an earlier run.

    Only what finds room is written out, with its notes and its evidence: of ten thousand stories an issue shows forty.
    """
    weights = {name: table.weight for name, table in settings.outlets.items()}
    made_of = replace(made_of, articles=tuple(map(within, made_of.articles)))
    shown, old = fresh(made_of.articles, made_of.window.closes, settings.digest.max_age)
    progress("group", 0, 1)
    found = grouping(shown, settings.grouping(), kept=kept)
    chosen: dict[str, tuple[Group, Choice]] = {}
    stories = []
    groups = found.groups()
    for number, one in enumerate(groups):
        progress("write", number, len(groups))
        choice = pick(one, weights, settings.digest.language, made_of.led)
        stories.append(_sketched(one, choice))
        chosen[stories[-1].id] = one, choice
    progress("write", len(groups), len(groups))
    stories, told = brought_up(stories, made_of.earlier, settings)
    ranked = rank(stories, settings.rank, settings.sections, weights, lambda story: _written(story, *chosen[story.id], settings))
    sections = tuple(_with_room(section, settings) for section in ranked.sections)
    sections = _explained(sections, found, {name: one for name, (one, _) in chosen.items()})
    return front(settings, made_of, sections, (*ranked.left_out, *told, *old))


def annotated(found: Group, choice: Choice, settings: Settings) -> Story:
    """The story of a group under its lead, with its notes."""
    return replace(_written(_sketched(found, choice), found, choice, settings), links=found.links, near_misses=found.near_misses)


def _sketched(found: Group, choice: Choice) -> Story:
    """As much of a story as decides whether it is shown, and where."""
    copies = _copies(found, choice.lead)
    relations = ((article, copies.get(article.id)) for article in choice.others)
    others = (Member(article, Relation.COPY if original else Relation.REPORT, original) for article, original in relations)
    members = (Member(choice.lead, Relation.LEAD), *others)
    return Story(
        id=sha(*sorted(article.id for article in found.articles))[:10],
        title=choice.lead.title,
        lead=choice.lead,
        members=members,
        outlets=tuple(dict.fromkeys(member.article.source for member in members)),
        origins=0,
        reasons=choice.reasons,
    )


def _written(story: Story, found: Group, choice: Choice, settings: Settings) -> Story:
    """The story that was sketched of a group, with its summary, its origins and its notes."""
    families = {name: table.family for name, table in settings.outlets.items() if table.family}
    told = origins(replace(found, copies=_copies(found, choice.lead)), families, (choice.lead, *choice.others))
    whole = replace(
        story,
        members=tuple(replace(member, origin=told.of[member.article.id]) for member in story.members),
        origins=told.count,
        summary=summary(choice.lead, settings.notes.summary_words),
        reasons=(*choice.reasons, *told.reasons, *story.reasons[len(choice.reasons) :]),
        notes=(),
    )
    whole = annotate(whole, settings.notes)
    return replace(whole, notes=(*story.notes, *whole.notes))


def _explained(sections: Iterable[Section], found: Grouping, groups: Mapping[str, Group]) -> tuple[Section, ...]:
    """The sections, each story with the links inside it and what came near it."""
    sections = tuple(sections)
    named = [story.id for section in sections for story in section.stories]
    proofs = dict(zip(named, found.explained([groups[name] for name in named]), strict=True))
    return tuple(
        replace(
            section,
            stories=tuple(
                replace(story, links=proofs[story.id].links, near_misses=proofs[story.id].near_misses) for story in section.stories
            ),
        )
        for section in sections
    )


def _copies(found: Group, lead: Article) -> dict[str, str]:
    """Copy to original; where a copy leads (weight, language), its bundle counts as copies of it."""
    copies = dict(found.copies)
    if lead.id in copies:
        original = copies.pop(lead.id)
        copies = {copy: lead.id if of == original else of for copy, of in copies.items()} | {original: lead.id}
    return copies


def _with_room(section: Section, settings: Settings) -> Section:
    """The lead story has room for a longer summary."""
    if section.form != "lead":
        return section
    stories = tuple(replace(story, summary=summary(story.lead, settings.notes.lead_words)) for story in section.stories)
    return replace(section, stories=stories)
