"""The front of an issue: subject, preheader, foreword, counts, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import reduce

from digest.model import QUIET, Batch, Coverage, Issue, LeftOut, Section, Story
from digest.settings import Settings
from digest.text import cut, word_count
from digest.words import Words, words_of

_WORDS_A_MINUTE = 230
_APART = {"figures", "differ", "opposed"}  # kinds of notes on reports that disagree
_SHORTEST, _LONGEST = 40, 140  # characters of a preheader: what lists of mails show behind the subject


def front(settings: Settings, made_of: Batch, sections: tuple[Section, ...], left_out: tuple[LeftOut, ...]) -> Issue:
    """The issue that these sections make."""
    stories = [story for section in sections for story in section.stories]
    said = words_of(settings)
    words = sum(_words(story) if section.form != "brief" else word_count(story.title) for section in sections for story in section.stories)
    minutes = max(1, round(words / _WORDS_A_MINUTE))
    return Issue(
        id=made_of.issue,
        number=made_of.number,
        title=settings.digest.title,
        language=settings.digest.language,
        timezone=settings.digest.timezone,
        window=made_of.window,
        sections=sections,
        subject=_subject(stories, settings.digest.title),
        preheader=_preheader(stories, made_of, minutes, said),
        foreword=made_of.foreword or _foreword(stories, made_of, said),
        words=words,
        minutes=minutes,
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


def _preheader(stories: Sequence[Story], made_of: Batch, minutes: int, said: Words) -> str:
    """What stands behind the subject in the list of mails: other headlines, 40 to 140 characters."""
    outlets = {article.source for article in made_of.articles}
    counts = said.say(
        "pre_counts",
        stories=said.say("stories", n=len(stories)),
        sources=said.say("sources", n=len(outlets)),
        minutes=said.say("minutes", n=minutes),
    )
    also = cut(said.say("pre_also", titles="; ".join(story.title for story in stories[1:4])), 90) if len(stories) > 1 else ""
    for found in (also, f"{also}. {counts}" if also else "", f"{counts} {said.say('pre_quiet')}"):
        if len(found) >= _SHORTEST:
            break
    return cut(found, _LONGEST)


def _foreword(stories: Sequence[Story], made_of: Batch, said: Words) -> str:
    """What the counts in the masthead do not say, where the editor wrote nothing: how far the reports agree with each other."""
    if not stories:
        return said.say("fore_none", reports=said.say("reports", n=len(made_of.articles)))
    top, *rest = stories
    outlets = len(top.outlets)
    key = {1: "fore_same", outlets: "fore_each"}.get(top.origins, "fore_top")
    shared = sum(len(story.outlets) > 1 for story in rest)
    apart = sum(any(note.kind in _APART for note in story.notes) for story in stories)
    parts = [said.write(key, n=outlets, own=top.origins)] if outlets > 1 else []
    parts += [said.write("fore_shared", n=shared)] if shared else [said.write("fore_rest", n=len(rest))] if rest and parts else []
    parts += [said.write("fore_apart", n=apart)] if apart else []
    return reduce(lambda first, then: said.say("then", first=first, next=then), parts or [said.write("fore_alone", n=len(stories))])


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
