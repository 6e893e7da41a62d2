"""Group to lead: the report that a good editor would put on top, with the reasons, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import dropwhile

from digest.model import Article, Group, Kind, Quote
from digest.text import counted, dateline, sentences, word_count

# Reports before everything that comments on them; in the order in which they may lead.
_RANK = (Kind.ARTICLE, Kind.BRIEF, Kind.EXPLAINER, Kind.LIVE, Kind.INTERVIEW, Kind.EDITORIAL, Kind.OPINION)
_FULL = 700  # words: a longer report is no fuller to a reader of a digest
_BLOATED = 1800  # words: a longer one is a page of several things, or a transcript
_HEADING = 18  # words that a heading inside a text has at most
_THIN = 60  # words: a shorter one hardly tells the story
_GREETING = re.compile(r"(?:good (?:morning|afternoon|evening)|dear|hello|hi|welcome|guten|liebe|bonjour|chers?|buenos)\b", re.IGNORECASE)
_GREETS = 6  # sentences within which a greeting is over
_OPENS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』"}  # and what closes it


@dataclass(frozen=True, slots=True)
class Choice:
    """The lead of a group, why it leads, and the other articles in the order they are to be named."""

    lead: Article
    others: tuple[Article, ...]
    reasons: tuple[str, ...]


def pick(group: Group, weights: Mapping[str, float], language: str = "en") -> Choice:
    """Choose the lead; the order of `group.articles` does not matter.

    `weights` are the outlets' weights of the settings (1 where there is none); `language` is the
    issue's own: a reader can check a lead in it.
    """
    tests = _tests(group, weights, language)
    ordered = sorted(group.articles, key=lambda article: (*(-test(article) for _, test in tests), article.source, article.id))
    lead, others = ordered[0], tuple(ordered[1:])
    return Choice(lead, others, _reasons(lead, others, tests))


Test = tuple[str, Callable[[Article], float]]


def _tests(group: Group, weights: Mapping[str, float], language: str) -> tuple[Test, ...]:
    """What decides, first to last; a higher value leads. Each comes with the words that say so."""
    return (
        ("has a text", lambda article: float(word_count(article.text) > 0)),
        ("is in the language of the issue", lambda article: float(article.language in {language, ""})),
        ("is an original, not a copy", lambda article: float(article.id not in group.copies)),
        ("reports, where others comment", lambda article: -float(_RANK.index(article.kind))),
        ("tells more than a few lines", lambda article: float(word_count(article.text) >= _THIN)),
        ("keeps to the story", lambda article: float(word_count(article.text) <= _BLOATED)),
        ("comes from a source with more weight", lambda article: weights.get(article.source, 1.0)),
        ("is the fullest report", lambda article: min(word_count(article.text), _FULL) // 50),
        ("is the latest report", lambda article: (article.published or article.first_seen).timestamp()),
    )


def _reasons(lead: Article, others: tuple[Article, ...], tests: tuple[Test, ...]) -> tuple[str, ...]:
    """Why the lead leads: against each test, over how many it won that were still in the race."""
    if not others:
        return ("lead: the only report",)
    reasons = []
    race = others
    for words, test in tests:
        beaten = [other for other in race if test(other) < test(lead)]
        if beaten:
            reasons.append(f"lead: {words} (before {counted(len(beaten), 'other')})")
        race = tuple(other for other in race if test(other) == test(lead))
    return tuple(reasons) or ("lead: first by name among equals",)


def summary(article: Article, most_words: int) -> Quote | None:
    """The opening sentences of a text, whole, up to `most_words`; None where there is no text.

    A dateline is passed over, headings before the first sentence and a greeting above one are too, and
    one after it ends the summary. The cut never falls inside a quotation, unless it opens in the first sentence and does not
    close within twice the limit; a sentence too long for the limit is taken only where it is the first.
    """
    begin = dateline(article.text)
    spans = [(max(begins, begin), last) for begins, last in sentences(article.text) if last > begin]
    spans = list(dropwhile(lambda span: _is_heading(article.text, *span), spans)) or spans
    spans = _past_greeting(article.text, spans)
    start = end = whole = -1
    said = 0
    for first, last in spans:
        length = word_count(article.text[first:last])
        full = said + length > most_words and whole == end
        if start >= 0 and (full or said > 2 * most_words or _is_heading(article.text, first, last)):
            break
        start, end = (first if start < 0 else start), last
        said += length
        whole = end if _closed(article.text[start:end]) else whole
    return Quote.of(article, start, whole if whole >= 0 else end) if start >= 0 else None


def _past_greeting(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences below the first heading, where a letter says good morning above it."""
    if not spans or not _GREETING.match(text, spans[0][0]):
        return spans
    below = list(dropwhile(lambda span: not _is_heading(text, *span), spans[:_GREETS]))
    return spans[_GREETS - len(below) + 1 :] if below and len(spans) > _GREETS else spans


def _is_heading(text: str, start: int, end: int) -> bool:
    """A few words that are a paragraph of their own and end in no stop."""
    alone = text[max(0, start - 1) : start] in {"", "\n"} and text[end : end + 1] in {"", "\n"}
    return alone and word_count(text[start:end]) <= _HEADING and text[start:end].rstrip("\"'”’»)」』")[-1:] not in ".!…。！:;"


def _closed(said: str) -> bool:
    """Every quotation mark that opens in the passage closes in it; a paragraph may open anew what is open."""
    still: list[str] = []
    for mark in said:
        if still and mark in _OPENS[still[-1]]:
            still.pop()
        elif mark in _OPENS and mark not in still[-1:]:
            still.append(mark)
    return not still and said.count('"') % 2 == 0
