"""Articles as rows: what `digest group` reads and writes, what `digest articles` prints."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from digest.errors import DigestError
from digest.exchange import article_rows, read_rows, write_rows
from digest.model import Article, Group, Kind, Removal


def rows(*values: object) -> list[bytes]:
    return [json.dumps(value).encode() + b"\n" for value in values]


def test_a_row_becomes_an_article() -> None:
    (found,) = read_rows(
        rows(
            {
                "id": 7,
                "title": "Tide",
                "text": "High water.",
                "source": "Quay",
                "url": "https://quay.example/7",
                "published": "2026-11-17T08:00:00+01:00",
                "language": "en",
                "extra": [1],
            }
        ),
        "in.jsonl",
    )
    assert (found.id, found.title, found.text, found.source, found.feed) == ("7", "Tide", "High water.", "Quay", "Quay")
    assert (found.url, found.language, found.document) == ("https://quay.example/7", "en", "in.jsonl:1")
    assert found.published == datetime(2026, 11, 17, 8, tzinfo=timezone(timedelta(hours=1)))


def test_what_a_row_does_not_say_is_empty() -> None:
    first, second, third = read_rows(
        rows({"id": "a", "title": "Only"}, {"id": "b", "text": "Only"}, {"id": "c", "title": None, "text": "x", "published": ""}), "-"
    )
    assert (first.title, first.text, first.source, first.published) == ("Only", "", "", None)
    assert (second.title, second.text) == ("", "Only")
    assert third.published is None


def test_lang_is_language_and_a_date_without_an_offset_is_in_utc() -> None:
    (found,) = read_rows(rows({"id": "a", "title": "x", "lang": "de", "published": "2026-11-17"}), "-")
    assert found.language == "de"
    assert found.published == datetime(2026, 11, 17, tzinfo=UTC)


def test_empty_lines_and_a_byte_order_mark_are_passed_over() -> None:
    found = read_rows([b'\xef\xbb\xbf{"id": "a", "title": "x"}\r\n', b"  \n", b'{"id": "b", "title": "y"}'], "-")
    assert [article.document for article in found] == ["-:1", "-:3"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"id": ' + b"9" * 5000 + b', "title": "x"}', "is not JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"null", "has no id"),
        (b'{"id": null, "title": "x"}', "has no id"),
        (b'{"id": true, "title": "x"}', "has no id"),
        (b'{"id": {}, "title": "x"}', "has no id"),
        (b'{"id": "\\ud800", "title": "x"}', "has no id"),
        (b'{"id": "c"}', "neither title nor text"),
        (b'{"id": "c", "title": 5, "text": "x"}', "neither title nor text"),
        (b'{"id": "a", "title": "x"}', "stands there twice"),
    ],
)
def test_a_row_that_is_none_is_named_with_its_line(line: bytes, words: str) -> None:
    with pytest.raises(DigestError, match=words) as caught:
        read_rows([b'{"id": "a", "title": "One"}\n', line], "in.jsonl")
    assert caught.value.where == "in.jsonl:2"
    assert caught.value.fix


def test_stories_are_numbered_by_their_first_article_and_copies_named() -> None:
    a, b, c = read_rows(rows(*({"id": name, "title": name} for name in "abc")), "-")
    out = io.StringIO()
    write_rows([Group((b,)), Group((a, c), (), {"c": "a"})], (c.id, b.id, a.id), out)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"id": "c", "story": "s1", "copy_of": "a"},
        {"id": "b", "story": "s2", "copy_of": None},
        {"id": "a", "story": "s1", "copy_of": None},
    ]


def test_an_article_as_a_row_has_the_keys_of_the_contract() -> None:
    made = Article(
        "a1",
        "Quay",
        "Inbox",
        "Quay/a.txt",
        "Tide",
        "High water.",
        datetime(2026, 11, 22, tzinfo=UTC),
        published=datetime(2026, 11, 17, tzinfo=UTC),
        authors=("Ann",),
        tags=("sea",),
        kind=Kind.BRIEF,
        removed=(Removal("cookies", "We use cookies"),),
    )
    (row,) = article_rows([made])
    assert list(row) == [
        *("id", "document", "source", "title", "text", "kind", "section", "tags", "authors", "published", "language", "url", "removed")
    ]
    assert (row["kind"], row["published"], row["authors"]) == ("brief", "2026-11-17T00:00:00+00:00", ["Ann"])
    assert row["removed"] == [{"rule": "cookies", "text": "We use cookies"}]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("May 03, 2013", datetime(2013, 5, 3, tzinfo=UTC)),
        ("Tue, 17 Nov 2026 08:00:00 +0000", datetime(2026, 11, 17, 8, tzinfo=UTC)),
        (5, None),
        ("soon", None),
    ],
)
def test_dates_are_read_as_they_are_written_and_no_date_is_none(said: object, meant: datetime | None) -> None:
    (found,) = read_rows(rows({"id": "a", "title": "x", "published": said}), "-")
    assert found.published == meant
