"""How long each part of an article may be: one table. What is cut off is on record as removed, with its rule.

Cleaning applies it to what comes in, and composing once more to what the store holds, which may be older than the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.model import Article, Removal
from digest.text import cut, one_line


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many `characters` of each of at most `most` values."""

    characters: int
    most: int = 1

    def rule(self, part: str) -> str:
        """How a removal names the cap."""
        return f"{part} beyond {self.characters:,} characters"

    def surplus(self, part: str) -> str:
        """How a removal names the values that are too many."""
        return f"{part} beyond the first {self.most}"


CAPS = {
    "title": Cap(300),  # seven lines on a phone; a headline that is longer is a text without one
    "source": Cap(120),  # it stands in every byline and every row of outlets
    "section": Cap(80),
    "authors": Cap(120, 50),  # a name with its titles; a study by hundreds names its first
    "tags": Cap(60, 12),
    "text": Cap(400_000),  # about 65,000 words, a book: no report; steps that compare sentences take seconds beyond it
}


def within(article: Article) -> Article:
    """`article` with every part inside its cap; the same record where nothing is cut."""
    if _fits(article):  # nearly every one of twenty thousand
        return article
    removed: list[Removal] = []
    made = replace(
        article,
        title=_short("title", article.title, removed),
        source=_short("source", article.source, removed),
        section=_short("section", article.section, removed),
        authors=tuple(_few("authors", article.authors, removed)),
        tags=tuple(_few("tags", article.tags, removed)),
        text=_text(article.text, removed),
    )
    return replace(made, removed=(*article.removed, *removed)) if removed else article


def _fits(article: Article) -> bool:
    alone = all(len(getattr(article, part)) <= cap.characters for part, cap in CAPS.items() if cap.most == 1)
    return alone and all(
        len(values := getattr(article, part)) <= cap.most and all(len(value) <= cap.characters for value in values)
        for part, cap in CAPS.items()
        if cap.most > 1
    )


def _short(part: str, value: str, removed: list[Removal]) -> str:
    cap = CAPS[part]
    if len(value) <= cap.characters:
        return value
    line = one_line(value)
    kept = cut(line, cap.characters)
    if kept != line:
        removed.append(Removal(cap.rule(part), line[len(kept) - 1 :].strip()))
    return kept


def _few(part: str, values: tuple[str, ...], removed: list[Removal]) -> Iterator[str]:
    most = CAPS[part].most
    yield from (_short(part, value, removed) for value in values[:most])
    removed.extend(Removal(CAPS[part].surplus(part), one_line(value)) for value in values[most:])


def _text(text: str, removed: list[Removal]) -> str:
    """Cut at the end of a paragraph, else at a space, where one stands in the last tenth; spans of what stays still fit."""
    cap = CAPS["text"]
    if len(text) <= cap.characters:
        return text
    least = cap.characters - cap.characters // 10
    ends = (text.rfind(mark, least, cap.characters) for mark in ("\n\n", " "))
    end = next((end for end in ends if end > 0), cap.characters)
    removed.append(Removal(cap.rule("text"), text[end:].strip()))
    return text[:end].rstrip()
