"""Hostile and huge texts for all that cleaning reads by itself: no traceback, no time or memory that grows with the square."""

from __future__ import annotations

import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.clean import clean, opened, taught
from digest.clean.dates import parsed
from digest.clean.draft import plain_blocks
from digest.clean.learnt import Counts, learnt
from digest.errors import DocumentError
from digest.model import Document
from digest.mojibake import mended
from digest.settings import CleanTable
from tests.conftest import NOW, ZONE

SIZE = 100_000
SECONDS = 1.0  # the slowest takes .8 where others are at work; what was quadratic once took 4 and more
MEMORY = 15_000_000  # of a fifth of that
MEDIA = ("text/plain", "text/html", "text/markdown")
PIECES = {
    "less": "<",
    "stars": "*",
    "bold": "**a** ",
    "brackets": "[",
    "links": "[a](b) ",
    "parentheses": "(",
    "spaces": " ",
    "dots": ".",
    "sentences": "It rained. ",
    "glued": "rain.Snow fell in Brey ",
    "quotes": "“",
    "heads": "A Headline Without End\n\n",
    "markdown heads": "# Headline\n\n",
    "html heads": "<h2>Headline</h2>\n",
    "items": "1. One thing\n",
    "rules": "---\n\n",
    "addresses": "https://a.example/b ",
    "records": "T https://a.example/b Tue, 17 Nov 2026 08:00:00 +0000 x ",
    "years": "1999 ",
    "dates": "17 November 2026 ",
    "templates": "{{ ",
    "instructions": "[IMPORTANT: ",
    "sign up": "Sign up to receive a thing. ",
    "keywords": "Keywords: a, ",
    "pairs": "Ã©",
    "captions": "It is seen here in 2023.\nA headline of some words\n",
    "title case": "The Long Title Of It ",
    "unspaced": "海州港",
    "speech": "A B: yes?\n\n",
    "cells": "<table><tr><td>",
    "styles": '<b style="font-weight:bold">a</b>',
}


def much(piece: str, size: int, media: str) -> Document:
    return Document("inbox", "a", media, ("A title\n\n" + piece * (size // len(piece.encode()))).encode(), NOW, "utf-8")


def seconds(document: Document) -> float:
    """Processor time, since others may be at work on the machine."""
    began = time.process_time()
    with suppress(DocumentError):  # nothing but furniture
        clean(document, CleanTable(), NOW, ZONE)
    return time.process_time() - began


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("media", MEDIA)
def test_much_of_anything_is_cleaned_in_time(media: str, piece: str) -> None:
    took = seconds(much(piece, SIZE, media))
    if took > SECONDS:  # a slow machine, or time that grows with the square: sixteenfold over a quarter of the text
        assert took < 8 * seconds(much(piece, SIZE // 4, media))


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("media", MEDIA)
def test_much_of_anything_is_cleaned_in_little_space(media: str, piece: str) -> None:
    document = much(piece, SIZE // 5, media)  # to count what is allotted takes four times as long
    tracemalloc.start()
    seconds(document)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MEMORY


ALPHABET = st.one_of(
    st.sampled_from(
        [*PIECES.values(), "By Ida Holm\n", "• ", "\n\n", "\n", "Read more", "Weir lowered", "<p>", "<a href='x'>", "\0", "\u202e"]
    ),
    st.text(max_size=8),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(ALPHABET, max_size=60), st.sampled_from(MEDIA), st.booleans())
def test_any_text_is_cleaned_or_refused(pieces: list[str], media: str, mail: bool) -> None:
    document = Document("inbox", "a", media, "".join(pieces).encode("utf-8", "replace"), NOW, "utf-8", mail=mail)
    try:
        found = clean(document, CleanTable(), NOW, ZONE)
    except DocumentError:
        return
    for article in found.articles:
        assert article.title
        assert article.text == "\n\n".join(" ".join(part.split()) for part in article.text.split("\n\n"))


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=400))
def test_the_parts_take_any_text(text: str) -> None:
    plain_blocks(text)
    parsed(text, ZONE)
    mended(text)
    read = opened(Document("inbox", "a", "text/plain", ("word " + text.replace("\0", " ")).encode("utf-8", "replace"), NOW, "utf-8"))
    assert learnt(Counts(), [("a", read.draft)]).documents == 1
    assert set(taught({}, [read])) == {"inbox"}
