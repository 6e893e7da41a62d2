"""A batch to its issue: grouped, each story under its lead, ranked, and of those that are shown the notes and the evidence. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.caps import within
from digest.continued import brought_up
from digest.front import front
from digest.group import Grouping, Kept, grouping
from digest.model import Article, Batch, Group, Issue, LeftOut, Member, Relation, Section, Story
from digest.notes import annotate, origins
from digest.pick import Choice, pick, summary
from digest.rank import ordered, rank
from digest.settings import Settings
from digest.text import sha
from digest.window import fresh
from digest.words import words_of

_AHEAD = 4  # stories drafted and held against those of earlier issues at once, for each that an issue has room for: few weeks have more

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
    groups = ordered(found.groups(), weights, found.length)
    drafts = _Drafts(settings, made_of, weights)
    ranked = rank(drafts.stories(groups, progress), settings.rank, settings.sections, drafts.written, rest=words_of(settings).say("more"))
    progress("write", len(groups), len(groups))
    sections = tuple(_with_room(section, settings) for section in ranked.sections)
    sections = _explained(sections, found, {name: one for name, (one, _) in drafts.of.items()})
    left_out = (*ranked.left_out, *drafts.told)
    return front(settings, made_of, sections, (*left_out, *_untried(groups, sections, left_out, ranked.closed), *old))


@dataclass(frozen=True, slots=True)
class _Drafts:
    """Groups as stories, some at a time as ranking asks for them: of each the group and the choice that it was made of.

    `told` are the articles of stories that ran in an earlier issue and bring nothing new.
    """

    settings: Settings
    made_of: Batch
    weights: Mapping[str, float]
    of: dict[str, tuple[Group, Choice]] = field(default_factory=dict)
    told: list[LeftOut] = field(default_factory=list)

    def stories(self, groups: Sequence[Group], progress: Progress) -> Iterator[Story]:
        """The stories in the order of their groups, each under its lead, and what ran before as an update."""
        room = self.settings.rank
        step = _AHEAD * (1 + room.stories + room.brief)
        for begin in range(0, len(groups), step):
            progress("write", begin, len(groups))
            some = [self._drafted(group) for group in groups[begin : begin + step]]
            shown, told = brought_up(some, self.made_of.earlier, self.settings)
            self.told.extend(told)
            yield from shown

    def written(self, story: Story) -> Story:
        """One of these stories with its summary and its notes."""
        return _written(story, *self.of[story.id], self.settings)

    def _drafted(self, group: Group) -> Story:
        choice = pick(group, self.weights, self.settings.digest.language, self.made_of.led)
        story = _sketched(group, choice)
        self.of[story.id] = group, choice
        return story


def _untried(groups: Sequence[Group], sections: Iterable[Section], left_out: Iterable[LeftOut], why: str) -> Iterator[LeftOut]:
    """The articles of all other groups: those that came when there was no room any more."""
    named = {member.article.id for section in sections for story in section.stories for member in story.members}
    named |= {left.article.id for left in left_out}
    yield from (LeftOut(article, why) for group in groups for article in group.articles if article.id not in named)


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
