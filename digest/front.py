"""The front of an issue: subject, preheader, foreword, counts, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from digest.model import QUIET, Batch, Coverage, Issue, LeftOut, Section, Story
from digest.settings import Settings
from digest.text import counted, cut, word_count

_WORDS_A_MINUTE = 230


def front(settings: Settings, made_of: Batch, sections: tuple[Section, ...], left_out: tuple[LeftOut, ...]) -> Issue:
    """The issue that these sections make."""
    stories = [story for section in sections for story in section.stories]
    words = sum(_words(story) if section.form != "brief" else word_count(story.title) for section in sections for story in section.stories)
    return Issue(
        id=made_of.issue,
        number=made_of.number,
        title=settings.digest.title,
        language=settings.digest.language,
        timezone=settings.digest.timezone,
        window=made_of.window,
        sections=sections,
        subject=_subject(stories, settings.digest.title),
        preheader=_preheader(stories),
        foreword=made_of.foreword or _foreword(stories, made_of),
        words=words,
        minutes=max(1, round(words / _WORDS_A_MINUTE)),
        left_out=left_out,
        failures=made_of.failures,
        coverage=_coverage(made_of, stories),
        articles={article.id: article for article in made_of.articles},
    )


def _words(story: Story) -> int:
    """The words that a reader of the issue reads of a story."""
    quotes = sum(word_count(quote.text) for note in story.notes for quote in note.quotes)
    return word_count(story.title) + (word_count(story.summary.text) if story.summary else 0) + quotes


def _subject(stories: Sequence[Story], title: str) -> str:
    """Two concrete topics in at most 60 characters."""
    if not stories:
        return title
    lead = cut(stories[0].title, 60)
    if len(stories) > 1 and len(lead) < 32:
        return f"{lead} · {cut(stories[1].title, 57 - len(lead))}"
    return lead


def _preheader(stories: Sequence[Story]) -> str:
    """What stands behind the subject in the list of mails: other headlines, 40 to 110 characters."""
    if len(stories) < 2:
        return "Everything your sources brought since the last issue, on one page."
    return cut("Also: " + "; ".join(story.title for story in stories[1:4]), 90)


def _foreword(stories: Sequence[Story], made_of: Batch) -> str:
    """Two sentences of counts, where the editor wrote none."""
    outlets = {article.source for article in made_of.articles}
    if not stories:
        return f"{counted(len(made_of.articles), 'report')} came in, and no story was fit to print."
    shared = sum(1 for story in stories if len(story.outlets) > 1)
    reports, sources = counted(len(made_of.articles), "report"), counted(len(outlets), "source")
    first = f"{reports} from {sources} make {counted(len(stories), 'story', 'stories')}."
    top = stories[0]
    told = f"{counted(len(top.outlets), 'outlet')} told the first one, {counted(top.origins, 'of them', 'of them')} in their own words"
    return f"{first} {told}; {counted(shared, 'story was', 'stories were')} reported by more than one."


def _coverage(made_of: Batch, stories: Sequence[Story]) -> tuple[Coverage, ...]:
    """Every outlet that brought something, then the sources that brought nothing or failed.

    One that brought something, and of which something could not be read now, is there in part.
    """
    brought = Counter(article.source for article in made_of.articles)
    used = Counter(member.article.source for story in stories for member in story.members)
    feeds = {article.feed for article in made_of.articles}
    failed = {failure.source for failure in made_of.failures if not failure.cause.startswith(QUIET)}
    most_first = sorted(brought.items(), key=lambda row: (-row[1], row[0]))
    rows = [Coverage(name, count, used[name], "partly" if name in failed else "ok") for name, count in most_first]
    rows += [Coverage(name, 0, 0, "failed") for name in sorted(failed - brought.keys())]
    rows += [Coverage(name, 0, 0, "silent") for name in made_of.feeds if name not in feeds | failed | brought.keys()]
    return tuple(rows)
