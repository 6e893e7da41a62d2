"""The opening of a report as its summary: whole sentences, never cut inside a quotation. Extract, never generate."""

from __future__ import annotations

import re
from itertools import dropwhile

from digest.model import Article, Quote
from digest.pick.asides import opens_note, past_notes
from digest.text import dateline, sentences, word_count

_HEADING = 18  # words that a heading inside a text has at most
_GREETING = re.compile(r"(?:good (?:morning|afternoon|evening)|dear|hello|hi|welcome|guten|liebe|bonjour|chers?|buenos)\b", re.IGNORECASE)
_GREETS = 6  # sentences within which a greeting is over
_OPENS = {"“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』"}  # and what closes it


def summary(article: Article, most_words: int) -> Quote | None:
    """The opening sentences of a text, whole, up to `most_words`; None where there is no text.

    A dateline is passed over, and so are notes on the author or of the editor's, headings before the first sentence and a
    greeting above one; a heading or a note after it ends the summary. The cut never falls inside a quotation, unless it opens in
    the first sentence and does not close within twice the limit; a sentence too long for the limit is taken only where it is the
    first.
    """
    begin = past_notes(article)
    begin += dateline(article.text[begin:])
    spans = [(max(begins, begin), last) for begins, last in sentences(article.text) if last > begin]
    spans = list(dropwhile(lambda span: _is_heading(article.text, *span), spans)) or spans
    spans = _past_greeting(article.text, spans)
    start = end = whole = -1
    said = 0
    for first, last in spans:
        length = word_count(article.text[first:last])
        full = said + length > most_words and whole == end
        if start >= 0 and (full or said > 2 * most_words or _is_heading(article.text, first, last) or opens_note(article, first)):
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
