"""Whatever comes in, documents and articles come out, or an error that names it; nothing else, ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.clean import clean
from digest.errors import DocumentError
from digest.gather.formats import FORMATS, documents
from digest.gather.mail import Mails, Reader
from digest.model import Document, Hints, Kind
from digest.settings import CleanTable
from tests.conftest import NOW, ZONE

Result = TypeVar("Result")
bounded = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Pieces that the readers look for: random bytes alone would never reach behind the first check.
PIECES = [
    b"---\n",
    b"title: x\n",
    b"date: 2026-11-17\n",
    b"? [a]\n",
    b"!!int ''\n",
    b"&a *a",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b":",
    b",",
    b'{"title": "x", ',
    b'"text": "y"}',
    b'"date": 1e400',
    b'"date": -99999999999999',
    b'"\\ud800"',
    b"NaN",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x93caf\xe9\x94",
    b"Subject: =?utf-8?B?",
    b"?=\n",
    b"=?idna?Q?=80?=",
    b"Content-Type: text/html; charset=",
    b"utf-7",
    b"undefined",
    b"punycode",
    b"Content-Type: multipart/mixed; boundary=x\n\n",
    b"--x\n",
    b"--x--\n",
    b"Content-Transfer-Encoding: base64\n",
    b"<p>",
    b"</p>",
    b"<div class=comment>",
    b"<table>",
    b"<svg>",
    b"<meta charset=utf-16>",
    b"<a href='http://[",
    b"<h2>Heading</h2>",
    b"<!--",
    b"]]>",
    b"&#xd800;",
    "河水上涨。".encode(),
]
WORDS = [
    "The weir was lowered.",
    "News",
    "Read more: ",
    "Weir lowered",
    "By Ida Holm",
    "IH: ",
    "• Tag",
    "\n",
    "\n\n",
    " ",
    "{{",
    "}}",
    "[IMPORTANT: ",
    "]",
    "17 November 2026, 99:99",
    "0001-01-01",
    "2026年13月45日",
    "https://tide.example/a ",
    "Mon, 17 Nov 2026 07:00:00 +0000 ",
    "<div>",
    "</b>",
    "<h2>",
    "# ",
    "“",
    "”",
    "Enter your email",
    "\u202e",
    "\ud800",
    "河。",
    "؟",
    "...",
    "Most Read ",
    "(Photo: ",
    "© ",
    "Copyright 2026",
    "Join the Conversation",
]

content = st.binary(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=25).map(b"".join)
text = st.text(max_size=100) | st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=40).map("".join)


def outcome(work: Callable[[], Result]) -> tuple[DocumentError | None, Result | None]:
    """What the work gave, or the one kind of error that it may raise."""
    try:
        return None, work()
    except DocumentError as error:
        return error, None


def accept(document: Document) -> None:
    """Clean it, and hold the articles to what every article promises."""
    error, found = outcome(lambda: clean(document, CleanTable(), NOW, ZONE))
    if found is None:
        assert error is not None
        assert error.where == document.uri
        return
    assert found.articles
    for article in found.articles:
        assert article.title == " ".join(article.title.split()) != ""
        assert all(part == " ".join(part.split()) != "" for part in article.text.split("\n\n") if article.text)
        assert article.published is None or article.published.utcoffset() is not None
        assert article.kind in Kind
        repr(article).encode("utf-8")
        (article.title + article.text + article.url + article.document).encode("utf-8")


@pytest.fixture(scope="module")
def readers() -> Iterator[dict[str, Reader]]:
    """The formats of mail, with one parser for all of the mails: to start one for each took most of the time."""
    with Mails() as mails:
        yield mails.readers()


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@given(content=content)
@bounded
def test_any_bytes_in_any_format_give_documents_or_a_named_error(suffix: str, readers: dict[str, Reader], content: bytes) -> None:
    uri = f"2026-11-17{suffix}"
    error, found = outcome(lambda: list(documents(uri, content, NOW, readers)))
    assert found is not None or (error is not None and error.cause)
    for document in found or ():
        if isinstance(document, DocumentError):
            assert document.where.startswith(uri)
        else:
            accept(document)


hints = st.builds(
    Hints,
    title=st.none() | text,
    url=st.none() | st.text(max_size=30),
    published=st.none() | st.sampled_from(["0001-01-01T00:00", "9999-12-31T23:59", "2026-11-17", "soon"]) | st.text(max_size=20),
    authors=st.lists(st.text(max_size=10), max_size=3).map(tuple),
    tags=st.lists(st.text(max_size=10), max_size=3).map(tuple),
    language=st.none() | st.text(max_size=6),
    kind=st.none() | st.text(max_size=6),
)


@given(
    text=text,
    media=st.sampled_from(["text/plain", "text/html", "text/markdown"]),
    uri=st.sampled_from(["a.txt", "a.eml", "a.jsonl#3"]),
    hints=hints,
    charset=st.sampled_from([None, "utf-8", "latin-1", "utf-7", "no-such"]),
)
@settings(bounded, max_examples=250)
def test_any_text_gives_articles_or_a_named_error(text: str, media: str, uri: str, hints: Hints, charset: str | None) -> None:
    accept(Document("inbox", uri, media, text.encode("utf-8", "surrogatepass"), NOW, charset, hints))
