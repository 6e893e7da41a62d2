"""Each format at its best and at its worst."""

from __future__ import annotations

import codecs
import json
import time

import pytest

from digest.clean import clean
from digest.errors import DocumentError
from digest.gather.formats import FORMATS, documents
from digest.model import Document, Hints
from digest.settings import CleanTable
from tests.conftest import NOW, ZONE


def read(uri: str, content: bytes | str) -> list[Document | DocumentError]:
    return list(documents(uri, content.encode() if isinstance(content, str) else content, NOW))


def one(uri: str, content: bytes | str) -> Document:
    (found,) = read(uri, content)
    assert isinstance(found, Document)
    return found


def refused(uri: str, content: bytes | str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(uri, content)
    return caught.value


@pytest.mark.parametrize("suffix", sorted(FORMATS))
@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\0\0\0"])
def test_an_empty_file_of_any_format_is_named(suffix: str, content: bytes) -> None:
    error = refused(f"a{suffix}", content)
    assert (error.cause, error.where) == ("is empty", f"a{suffix}")


@pytest.mark.parametrize(
    ("uri", "media"), [("a.txt", "text/plain"), ("A.TEXT", "text/plain"), ("a.html", "text/html"), ("dir/a.htm", "text/html")]
)
def test_text_and_pages_are_handed_over_untouched(uri: str, media: str) -> None:
    found = one(uri, b"caf\xe9 \r\n x")
    assert (found.uri, found.media_type, found.content, found.fetched, found.charset) == (uri, media, b"caf\xe9 \r\n x", NOW, None)
    assert found.hints == Hints()


def test_a_date_in_the_name_of_a_file_is_its_date() -> None:
    assert one("week/2026-11-17-weir.txt", "x").hints.published == "2026-11-17"
    assert one("2026-11-17.html", "x").hints.published == "2026-11-17"
    assert one("2026-11-17/weir.txt", "x").hints.published is None
    assert one("12026-11-171.txt", "x").hints.published is None
    assert one("2026-11-17.md", "---\ndate: 2026-11-16\n---\nx").hints.published == "2026-11-16"


@pytest.mark.parametrize(
    "head",
    ['<meta charset="gb2312">', "<META http-equiv=Content-Type content='text/html; charset=gbk'>", "<meta charset=gb18030 />"],
)
def test_a_page_says_its_charset_in_its_head(head: str) -> None:
    page = one("a.html", head.encode() + "<p>河水上涨</p>".encode("gb18030"))
    article = clean(page, CleanTable(), NOW, ZONE).articles[0]
    assert article.text == "河水上涨"


FRONT = """---
title: "Weir lowered"
date: 2026-11-17 14:30:00
author: [Ida Holm, Tor Lund]
tags: water, mills; river
lang: en
source: Tide Weekly
link: https://tide.example/weir
section: Local
guid: 77
type: opinion
---
The weir was *lowered*.
"""


def test_front_matter_becomes_hints_and_leaves_the_text() -> None:
    found = one("a.md", FRONT)
    assert found.content == b"The weir was *lowered*.\n"
    assert found.hints == Hints(
        id="77",
        outlet="Tide Weekly",
        title="Weir lowered",
        url="https://tide.example/weir",
        published="2026-11-17T14:30:00",
        authors=("Ida Holm", "Tor Lund"),
        tags=("water", "mills", "river"),
        section="Local",
        language="en",
        kind="opinion",
    )


@pytest.mark.parametrize("content", [FRONT.replace("\n", "\r\n"), "\ufeff" + FRONT])
def test_front_matter_is_found_behind_a_mark_and_with_windows_line_ends(content: str) -> None:
    assert one("a.markdown", content).hints.title == "Weir lowered"


def test_empty_front_matter_says_nothing() -> None:
    found = one("a.md", "---\n---\nText.")
    assert (found.content, found.hints) == (b"Text.", Hints())


def test_text_between_two_rules_is_text() -> None:
    text = "---\nA pull quote\n---\nThe rest."
    assert one("a.md", text).content == text.encode()
    assert one("a.md", "No front matter.\n\n---\n").content == b"No front matter.\n\n---\n"


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: [open\nb: 1", 3),
        ("a: 1\nb: x: y", 3),
        ("date: 2026-13-45", 2),
        ("a: !!bool maybe", 2),
        ("a: !!timestamp soon", 2),
        ("a: !!int ''", 2),
        ("a: !!python/object:os.system x", 2),
        ("? [a]\n: b\n? {c: d}\n: e", 2),
    ],
)
def test_broken_front_matter_is_named_with_its_line(front: str, line: int) -> None:
    error = refused("a.md", f"---\n{front}\n---\nText.")
    assert error.cause == "has broken front matter"
    assert error.where.partition(":")[0] == "a.md"
    assert abs(int(error.where.partition(":")[2]) - line) <= 1


def test_front_matter_that_would_take_gigabytes_or_hours_is_refused_in_a_moment() -> None:
    levels = [f"l{at}: &l{at} [{', '.join([f'*l{at - 1}'] * 9)}]" for at in range(1, 12)]
    bomb = "\n".join(["l0: &l0 [x, x, x]", *levels, "tags: *l11"])
    began = time.process_time()
    for front in (bomb, "[" * 60_000):
        assert refused("a.md", f"---\n{front}\n---\nText.").cause == "has aliases or deep nesting in its front matter"
    assert refused("a.md", f"---\n{'a: b' * 20_000}\n---\nText.").cause == "has more than 64 kB of front matter"
    assert time.process_time() - began < 5  # hours, if aliases were followed


def test_an_absurd_number_in_front_matter_is_no_value() -> None:
    found = one("a.md", f"---\nid: 0x{'f' * 6000}\ntitle: 42\ndate: .nan\nsection: true\n---\nText.")
    assert (found.hints.id, found.hints.title, found.hints.published, found.hints.section) == (None, "42", None, None)


SHAPES = [
    {"title": "Weir", "text": "Lowered."},
    {"headline": "Weir", "body": "Lowered."},
    {"name": "Weir", "content_text": "Lowered."},
    {"title": "Weir", "text": " ", "summary": "Lowered."},
    {"title": {"name": "Weir"}, "content": "Lowered."},
]


@pytest.mark.parametrize("values", SHAPES)
def test_json_of_several_tools_says_the_same(values: dict[str, object]) -> None:
    found = one("a.json", json.dumps(values))
    assert (found.media_type, found.content, found.hints.title, found.uri) == ("text/plain", b"Lowered.", "Weir", "a.json")


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"items": rows}, lambda rows: {"version": 1, "articles": rows}])
def test_json_holds_one_or_a_list(wrap: object) -> None:
    assert callable(wrap)
    found = read("a.json", json.dumps(wrap([{"title": "A", "text": "a"}, {"title": "B", "text": "b"}])))
    assert [document.uri for document in found if isinstance(document, Document)] == ["a.json#1", "a.json#2"]


def test_json_says_markup_dates_names_and_tags() -> None:
    found = one(
        "a.json",
        json.dumps(
            {
                "content_html": "<p>Lowered.</p>",
                "date_published": 1795000000,
                "authors": [{"name": "Ida Holm"}, "Tor Lund", None, {"name": ""}, ["x"], 7],
                "keywords": "water | mills",
                "id": 7,
                "language": "en-GB",
            }
        ),
    )
    assert (found.media_type, found.content) == ("text/html", b"<p>Lowered.</p>")
    assert found.hints.published == "2026-11-18T11:06:40+00:00"
    assert found.hints.authors == ("Ida Holm", "Tor Lund", "7")
    assert found.hints.tags == ("water", "mills")
    assert (found.hints.id, found.hints.title) == ("7", None)


def test_a_date_that_no_calendar_holds_stays_as_its_digits() -> None:
    assert one("a.json", '{"title": "A", "date": 1e30}').hints.published == "1e+30"
    assert one("a.json", '{"title": "A", "date": true}').hints.published is None


def test_hints_are_single_lines_without_controls() -> None:
    found = one("a.json", '{"title": "A\\u0000\\n\\u202eB \\ud800", "text": "x\\u0000y \\ud800z"}')
    assert found.hints.title == "A B \ufffd"
    assert clean(found, CleanTable(), NOW, ZONE).articles[0].text == "x y ?z"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("{", "is not JSON: "),
        ('{"title": NaN}', "NaN is no JSON value"),
        ('{"title": -Infinity}', "-Infinity is no JSON value"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
        ('{"id": ' + "9" * 5000 + "}", "is not JSON that we read"),
        ('"text"', "holds no object and no list of objects"),
        ("3", "holds no object"),
        (b"\x7fELF\0\0\1\2", "is binary, not text"),
    ],
)
def test_json_that_cannot_be_read_is_named(content: bytes | str, cause: str) -> None:
    error = refused("a.json", content)
    assert cause in error.cause
    assert (error.where, bool(error.fix)) == ("a.json", True)


def test_a_record_without_title_and_text_is_an_error_and_its_neighbours_come_out() -> None:
    found = read("a.json", json.dumps([{"title": "A", "text": "a"}, {"id": 1}, "text", {"title": "B"}]))
    assert [part.uri if isinstance(part, Document) else (part.where, part.cause) for part in found] == [
        "a.json#1",
        ("a.json#2", "has neither title nor text"),
        ("a.json#3", "is no object"),
        "a.json#4",
    ]


LINES = [
    b'{"title": "A", "text": "a"}',
    b"",
    b'{"title": "B", "text": ',
    b"[" * 100_000,
    b'{"title": NaN}',
    b"\x7fELF\0\0\1\2",
    '{"title": "caf\xe9 \xfcber", "text": "gr\xf6\xdfer"}'.encode("cp1252"),
    b'["x"]',
    b'{"title": "C", "text": "c"}\r',
]


def test_a_broken_line_is_named_with_its_number_and_the_rest_comes_out() -> None:
    found = read("w.jsonl", b"\n".join(LINES))
    good = [(part.uri, part.hints.title) for part in found if isinstance(part, Document)]
    assert good[0] == ("w.jsonl#1", "A")
    assert good[-1] == ("w.jsonl#9", "C")
    bad = {part.where: part.cause for part in found if isinstance(part, DocumentError)}
    assert set(bad) == {"w.jsonl#3", "w.jsonl#4", "w.jsonl#5", "w.jsonl#6", "w.jsonl#8"}
    assert "line 1, column" in bad["w.jsonl#3"]
    assert "nested too deep" in bad["w.jsonl#4"]
    assert "binary" in bad["w.jsonl#6"]


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8])
def test_lines_of_any_unicode_encoding_are_read(mark: bytes) -> None:
    charset = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", codecs.BOM_UTF8: "utf-8"}[mark]
    found = read("w.ndjson", mark + '{"title": "河"}\n{"title": "水"}\n'.encode(charset))
    assert [part.hints.title for part in found if isinstance(part, Document)] == ["河", "水"]


def test_front_matter_in_toml_is_read_too() -> None:
    found = one("a.md", '+++\ntitle = "Weir closes"\ndate = 2026-11-21\n+++\n\nThe weir closed.\n')
    assert (found.hints.title, found.hints.published) == ("Weir closes", "2026-11-21")
    assert found.content.strip() == b"The weir closed."


def test_broken_front_matter_in_toml_is_named() -> None:
    assert refused("a.md", "+++\ntitle = \n+++\nText.").fix == "mend the TOML between the two `+++`"
