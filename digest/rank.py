"""Stories to sections: what leads, what stands where, what is only a headline, what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.model import LeftOut, Section, Story
from digest.settings import RankTable, SectionTable
from digest.text import counted, word_count, words

_OUTLET, _ORIGIN, _REPORT = 1.0, 1.0, 1.0  # what an outlet, an independent telling, a report count
_LABEL, _TAG, _TITLE = 3, 2, 1  # what a section's word is worth in a section label, a tag, a headline
# Words of a section's title that name no subject.
_PLAIN = frozenset("a an and at by for from in of on or our the this to with your und der die das im in et le la les de des du".split())
_REST = SectionTable(name="more", title="More stories")


@dataclass(frozen=True, slots=True)
class Ranked:
    """The sections in the order of the page, and what found no room."""

    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(slots=True)
class _Room:
    """What is still free while the stories are laid out, best first."""

    options: RankTable
    written: Callable[[Story], Story]
    lengths: Mapping[str, int]  # words of the leads
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

    def called(self, section: SectionTable) -> str:
        """The title of a section as the issue has it; one without a title goes by its name."""
        return (self.rest if section is _REST else section.title) or section.name

    def _hindrance(self, story: Story, section: SectionTable) -> str:
        options = self.options
        if self.lengths[story.id] < options.brief_words and len(story.outlets) < 2:
            return f"its text has fewer than {options.brief_words} words"
        if sum(map(len, self.full.values())) >= options.stories:
            return f"the issue has its {counted(options.stories, 'story', 'stories')}"
        if len(self.full.get(section.name, ())) >= options.per_section:
            return f"section “{self.called(section)}” has its {counted(options.per_section, 'story', 'stories')}"
        if self.by_source[story.lead.source] >= options.per_source:
            return f"{story.lead.source} leads {counted(options.per_source, 'story', 'stories')} already"
        return ""


def rank(
    stories: Sequence[Story],
    options: RankTable,
    sections: Sequence[SectionTable],
    weights: Mapping[str, float],
    written: Callable[[Story], Story] = lambda story: story,
    *,
    rest: str = _REST.title,
) -> Ranked:
    """Lay out the stories; the order of `stories` does not matter. Those that find room are `written` out: most do not.

    `rest` is how the issue calls the section of what fits no other.
    """
    lengths = {story.id: word_count(story.lead.text) for story in stories}
    ordered = sorted(stories, key=lambda story: (-_score(story, weights), -lengths[story.id], story.id))
    subjects = [(table, _subjects(table)) for table in sections]
    room = _Room(options, written, lengths, rest)
    top = next((story for story in ordered if story.lead.text.strip()), None) if options.lead else None
    if top:
        room.by_source[top.lead.source] += 1
    for story in ordered:
        if story is not top:
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
    return Ranked(tuple(shown), tuple(room.left_out))


def _because(story: Story, reason: str) -> Story:
    return replace(story, reasons=(*story.reasons, reason))


def _score(story: Story, weights: Mapping[str, float]) -> float:
    """How widely, how independently and how often a story was told, each outlet by its weight."""
    told = {member.article.source for member in story.members if member.copy_of is None}
    outlets = sum(weights.get(outlet, 1.0) * (_OUTLET + (_ORIGIN if outlet in told else 0)) for outlet in story.outlets)
    return outlets + _REPORT * len(story.members)


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
