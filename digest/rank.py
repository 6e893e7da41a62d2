"""Stories to sections: what leads, what stands where, what is only a headline, what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from digest.model import Group, LeftOut, Section, Story
from digest.settings import RankTable, SectionTable
from digest.text import counted, word_count, words

_OUTLET, _ORIGIN, _REPORT = 1.0, 1.0, 1.0  # what an outlet, an independent telling, a report count
_LABEL, _TAG, _TITLE = 3, 2, 1  # what a section's word is worth in a section label, a tag, a headline
# Words of a section's title that name no subject.
_PLAIN = frozenset("a an and at by for from in of on or our the this to with your und der die das im in et le la les de des du".split())
_REST = SectionTable(name="more", title="More stories")


@dataclass(frozen=True, slots=True)
class Ranked:
    """The sections in the order of the page, what was tried and found no room, and why nothing further was tried (empty: all was)."""

    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]
    closed: str = ""


@dataclass(slots=True)
class _Room:
    """What is still free while the stories are laid out, best first."""

    options: RankTable
    written: Callable[[Story], Story]
    sections: Sequence[str]
    rest: str  # how the section of what fits no other is called
    full: dict[str, list[Story]] = field(default_factory=dict)
    brief: list[Story] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    by_source: Counter[str] = field(default_factory=Counter)

    def place(self, story: Story, section: SectionTable) -> None:
        """Put a story into its section, else among the headlines, else on the list of what is left out."""
        hindrance = self._hindrance(story, section)
        if not hindrance:
            self.by_source[story.lead.source] += 1
            self.full.setdefault(section.name, []).append(
                _because(self.written(story), f"place: {counted(len(story.outlets), 'outlet')}, section “{self.called(section)}”")
            )
        elif len(self.brief) < self.options.brief:
            self.brief.append(_because(self.written(story), f"place: in brief, for {hindrance}"))
        else:
            self.left_out.extend(LeftOut(member.article, f"no room: {hindrance}, and In brief is full") for member in story.members)

    def full_up(self) -> str:
        """Why no story whatever finds room any more; empty while one may."""
        if len(self.brief) < self.options.brief:
            return ""
        if sum(map(len, self.full.values())) >= self.options.stories:
            return f"the issue has its {counted(self.options.stories, 'story', 'stories')}"
        if all(len(self.full.get(name, ())) >= self.options.per_section for name in self.sections):
            return f"every section has its {counted(self.options.per_section, 'story', 'stories')}"
        return ""

    def called(self, section: SectionTable) -> str:
        """The title of a section as the issue has it; one without a title goes by its name."""
        return (self.rest if section is _REST else section.title) or section.name

    def _hindrance(self, story: Story, section: SectionTable) -> str:
        options = self.options
        if len(story.outlets) < 2 and word_count(story.lead.text) < options.brief_words:
            return f"its text has fewer than {options.brief_words} words"
        if sum(map(len, self.full.values())) >= options.stories:
            return f"the issue has its {counted(options.stories, 'story', 'stories')}"
        if len(self.full.get(section.name, ())) >= options.per_section:
            return f"section “{self.called(section)}” has its {counted(options.per_section, 'story', 'stories')}"
        if self.by_source[story.lead.source] >= options.per_source:
            return f"{story.lead.source} leads {counted(options.per_source, 'story', 'stories')} already"
        return ""


def ordered(groups: Iterable[Group], weights: Mapping[str, float], length: Callable[[Group], int]) -> list[Group]:
    """The groups as they rank, the most widely told first; of those told as widely, the one with the longest report (`length`)."""
    return sorted(groups, key=lambda group: (-_score(group, weights), -length(group), min(article.id for article in group.articles)))


def rank(
    stories: Iterable[Story],
    options: RankTable,
    sections: Sequence[SectionTable],
    written: Callable[[Story], Story] = lambda story: story,
    *,
    rest: str = _REST.title,
) -> Ranked:
    """Lay out the stories, which come best first; those that find room are `written` out.

    No story is asked for once none can find room any more: of ten thousand an issue shows forty. What was not asked for is
    not among those left out, and `closed` says why. `rest` is how the issue calls the section of what fits no other.
    """
    subjects = [(table, _subjects(table)) for table in sections]
    room = _Room(options, written, [table.name for table in (*sections, _REST)], rest)
    coming = iter(stories)
    top, before = _top(coming) if options.lead else (None, [])
    if top:
        room.by_source[top.lead.source] += 1
    coming = chain(before, coming)
    while not (closed := room.full_up()) and (story := next(coming, None)):
        room.place(story, _section(story, subjects))
    shown = [
        Section(table.name, table.title, "full", tuple(room.full[table.name])) for table in (*sections, _REST) if table.name in room.full
    ]
    if top:
        top = written(top)
        top = _because(top, f"place: the lead, with {counted(len(top.outlets), 'outlet')} and {counted(top.origins, 'origin')}")
        shown.insert(0, Section("lead", "The lead", "lead", (top,)))
    if room.brief:
        shown.append(Section("brief", "In brief", "brief", tuple(room.brief)))
    return Ranked(tuple(shown), tuple(room.left_out), closed and f"no room: {closed}, and In brief is full")


def _top(coming: Iterator[Story]) -> tuple[Story | None, list[Story]]:
    """The first story whose lead has a text, and those that came before it."""
    before: list[Story] = []
    for story in coming:
        if story.lead.text.strip():
            return story, before
        before.append(story)
    return None, before


def _because(story: Story, reason: str) -> Story:
    return replace(story, reasons=(*story.reasons, reason))


def _score(group: Group, weights: Mapping[str, float]) -> float:
    """How widely, how independently and how often a story was told, each outlet by its weight."""
    outlets = {article.source for article in group.articles}
    told = {article.source for article in group.articles if article.id not in group.copies}
    return sum(weights.get(outlet, 1.0) * (_OUTLET + (_ORIGIN if outlet in told else 0)) for outlet in sorted(outlets)) + _REPORT * len(
        group.articles
    )


def _section(story: Story, subjects: Sequence[tuple[SectionTable, set[str]]]) -> SectionTable:
    """The section whose words fit best what the reports themselves say they are about."""
    votes: Counter[str] = Counter()
    for number, member in enumerate(story.members):
        article = member.article
        factor = 2 if number == 0 else 1
        for text, worth in ((article.section, _LABEL), (" ".join(article.tags), _TAG), (article.title, _TITLE)):
            found = set(words(text))
            for table, subject in subjects:
                if not found.isdisjoint(subject):
                    votes[table.name] += worth * factor
    best = max((table for table, _ in subjects), key=lambda table: votes[table.name], default=_REST)
    return best if votes[best.name] else _REST


def _subjects(table: SectionTable) -> set[str]:
    return set(words(table.title)) - _PLAIN | set(words(" ".join(table.match)))
