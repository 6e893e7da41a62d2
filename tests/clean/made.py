"""Documents made up in a line, and what cleaning makes of them."""

from __future__ import annotations

from digest.clean import Cleaned, clean
from digest.model import Article, Document, Hints
from digest.settings import CleanTable
from tests.conftest import NOW, ZONE

PLAIN, HTML, MARKDOWN = "text/plain", "text/html", "text/markdown"


def cleaned(
    text: str,
    media: str = PLAIN,
    *,
    uri: str = "note.txt",
    hints: Hints | None = None,
    options: CleanTable | None = None,
) -> Cleaned:
    """What `digest.clean` makes of a document that says `text`."""
    document = Document("inbox", uri, media, text.encode(), NOW, "utf-8", hints or Hints())
    return clean(document, options or CleanTable(), NOW, ZONE)


def articles(
    text: str, media: str = PLAIN, *, uri: str = "note.txt", hints: Hints | None = None, options: CleanTable | None = None
) -> tuple[Article, ...]:
    """The articles alone."""
    return cleaned(text, media, uri=uri, hints=hints, options=options).articles


def only(text: str, media: str = PLAIN, *, uri: str = "note.txt", hints: Hints | None = None, options: CleanTable | None = None) -> Article:
    """The one article that a document holds; fails where it holds more or none."""
    (found,) = articles(text, media, uri=uri, hints=hints, options=options)
    return found
