"""A note of the editor's or on the author at the head of a report: it is about the text, and says nothing of what happened."""

from __future__ import annotations

import re

from digest.model import Article
from digest.text import paragraphs, word_count

_LONGEST = 60  # words of a note on the author
_BRACKETS = {"【": "】", "[": "]", "(": ")", "（": "）"}
_EDITORS = re.compile(
    r"[【\[(（]?\s*(?:editors?[’']?s?[’']? note|a note from the editors?|anm(?:erkung|\.)? d(?:er|\.) red(?:aktion|\.)"
    r"|note de la rédaction|ndlr|nota (?:del editor|de la redacción)|编者按|编者注|編者按|ملاحظة (?:المحرر|من المحرر))(?!\w)",
    re.IGNORECASE,
)
# What only a note on an author says.
_VIEWS = re.compile(
    r"\b(?:views|opinions) expressed\b|\bgeäußerten? (?:meinung|ansichten)\b|\bopinions exprimées\b|\bopiniones expresadas\b", re.IGNORECASE
)
_IS = re.compile(
    r",? (?:is|was|are|teaches|writes|works|leads|heads|directs|edits|covers|serves|ist|war|lehrt|schreibt|arbeitet|leitet|est|enseigne"
    r"|écrit|dirige|es|enseña|escribe|trabaja)\b"
)


def past_notes(article: Article, begin: int = 0) -> int:
    """Where the text itself begins, from `begin` on, behind notes at its head; `begin` where it is nothing but notes."""
    start = begin
    while (end := _end(article, start)) > start:
        start = end
        while article.text[start : start + 1].isspace():
            start += 1
    return start if start < len(article.text) else begin


def opens_note(article: Article, start: int) -> bool:
    """Whether a note of the editor's begins there."""
    return _EDITORS.match(article.text, start) is not None


def _end(article: Article, start: int) -> int:
    """Where the note that begins at `start` ends; `start` where none does."""
    first = next(paragraphs(article.text[start:]), (0, 0))
    if opens_note(article, start):
        closes = _BRACKETS.get(article.text[start : start + 1], "")
        closed = article.text.find(closes, start) + 1 if closes else 0
        return closed or start + first[1]
    words = article.text[start : start + first[1]]
    if word_count(words) <= _LONGEST and (_VIEWS.search(words) or _on_author(article, words)):
        return start + first[1]
    return start


def _on_author(article: Article, words: str) -> bool:
    """Whether a paragraph begins with the author's own name, and says what that person is."""
    said = words.casefold()
    return any(said.startswith(name := author.casefold().strip()) and name and _IS.match(said, len(name)) for author in article.authors)
