"""The story ran in an earlier issue: what its reader learns that was not told then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.model import Article, Note, Past, Quote, Story
from digest.notes.adds import content, new_sentences

KIND = "earlier"
_MOST = 2  # sentences that are quoted as new


def updated(story: Story, past: Past, told: Sequence[Quote] = ()) -> Story | None:
    """The story with a note on the issue in which it ran; None where no report says anything that was not told then.

    What is new is quoted from the lead, then from the other reports; `told` is shown elsewhere on the page (the
    summary) and not quoted again, though it may be what is new.
    """
    known = _known(past.articles)
    members = [member.article for member in story.members]
    if not any(new_sentences(article, set(known), 1) for article in members):
        return None
    quotes = next((found for article in members if (found := new_sentences(article, known, _MOST, told))), ())
    return _noted(story, past, quotes)


def _known(articles: Iterable[Article]) -> set[str]:
    return {word for article in articles for word in content(f"{article.title} {article.text}")}


def _noted(story: Story, past: Past, quotes: tuple[Quote, ...]) -> Story:
    sources = tuple(
        dict.fromkeys(member.article.source for quote in quotes for member in story.members if member.article.id == quote.article)
    )
    line = f"Update of {past.issue}: {past.articles[0].title}"
    note = Note(KIND, sources or (story.lead.source,), line, quotes, issue=past.issue)
    return replace(story, notes=(note, *story.notes), reasons=(*story.reasons, f"update: ran in {past.issue}"))
