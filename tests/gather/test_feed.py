"""Feeds, from a real server and from files: what becomes of their entries, and what goes wrong."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.clean import clean
from digest.errors import DocumentError, SettingsError
from digest.gather import read, sources
from digest.gather.feed import FeedSource
from digest.gather.feed_parse import parse
from digest.gather.fetch import Client
from digest.gather.files import read as read_file
from digest.gather.full_text import PAGES
from digest.gather.markup import alternates, plain
from digest.gather.page_parse import article
from digest.model import Document, Failure
from digest.pipeline import batch, gather
from digest.settings import CleanTable, Settings, SourceTable
from digest.store import opened
from tests.conftest import NOW, ZONE
from tests.gather.server import Server, made, running

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Harbour &amp;amp; Post</title><link>http://post.example/</link><language>en-gb</language>
<item><title>Ferry hits &lt;b&gt;mole&lt;/b&gt; at AT&amp;amp;T pier</title><link>/a</link><guid isPermaLink="false">7</guid>
<description>Short.</description>
<content:encoded><![CDATA[<p>The ferry <a href="b">hit</a> the mole.</p><script>alert(1)</script>]]></content:encoded>
<pubDate>Sun, 22 Nov 2026 06:00:00 -0500</pubDate><author>bob@post.example (Bob Reef)</author><category>Ports</category></item>
<item><title>Weir lowered</title><link>http://post.example/w</link></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="http://gull.example/news/"><title>Gull</title>
<entry><id>tag:gull.example,2026:1</id><title type="html">Caf&amp;eacute; &amp;lt;b&amp;gt;</title><link href="one"/>
<updated>2026-11-21T08:00:00+01:00</updated><author><name>Ada Kai</name></author><category term="x" label="Hafen"/><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Eins.</p></div></content></entry>
<entry><id>2</id><title type="text">A &lt;b&gt; &amp;amp; c</title><link href="two"/><summary type="text">1 &lt; 2</summary></entry>
</feed>"""

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="http://x.example/"><title>Old</title></channel>
<item rdf:about="http://x.example/1"><title>One</title><link>http://x.example/1</link><description>Text</description></item></rdf:RDF>"""

OLD = b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title><item><title>One</title><link>http://x.example/1</link></item></channel></rss>"""

JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Reef",
        "language": "en",
        "items": [
            {
                "id": 5,
                "url": "five",
                "title": "Five",
                "content_html": "<p>5</p>",
                "date_published": "2026-11-20T10:00:00Z",
                "authors": [{"name": "Jo"}, {"name": ""}, 3],
                "tags": ["a", 1],
                "language": "fr",
            },
            {"id": "6", "external_url": "http://other.example/6", "content_text": "six", "author": {"name": "Kim"}, "tags": "x"},
            {"id": True, "url": "http://[", "summary": "seven"},
            {"id": "8"},
            "nothing",
        ],
    }
).encode()


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(site: Server) -> Server:
    site.answers.clear()
    site.asked.clear()
    return site


def source(server: Server, **options: Any) -> FeedSource:
    return FeedSource("Post", server.url("/feed"), client=Client(allow_private=True, seconds=5, pause=lambda _: None), **options)


def gathered(source: FeedSource, now: datetime = NOW) -> tuple[list[Document], list[Failure]]:
    found = list(source.documents(now))
    return [part for part in found if isinstance(part, Document)], [part for part in found if isinstance(part, Failure)]


def failing(source: FeedSource, now: datetime = NOW) -> Failure:
    documents, failures = gathered(source, now)
    assert documents == []
    assert len(failures) == 1
    assert failures[0].source == source.name
    assert failures[0].fix
    return failures[0]


def test_an_rss_feed_becomes_documents(server: Server) -> None:
    server.answers["/feed"] = made(RSS, "Content-Type: application/rss+xml")
    (first, second), failures = gathered(source(server, section="Ports", language="de"))
    assert failures == []
    assert (first.source, first.uri, first.media_type, first.charset) == ("Post", server.url("/a"), "text/html", "utf-8")
    assert f'href="{server.url("/b")}"'.encode() in first.content
    hints = first.hints
    assert (hints.id, hints.title, hints.url) == ("7", "Ferry hits mole at AT&T pier", server.url("/a"))
    assert (hints.published, hints.authors, hints.tags) == ("2026-11-22T11:00:00+00:00", ("Bob Reef",), ("Ports",))
    assert (hints.outlet, hints.section, hints.language) == ("Post", "Ports", "en-gb")
    assert (second.content, second.hints.title, second.uri) == (b"", "Weir lowered", "http://post.example/w")
    found = clean(first, CleanTable(), NOW, ZONE).articles[0]
    assert found.text == "The ferry hit the mole."
    headline = clean(second, CleanTable(), NOW, ZONE).articles[0]
    assert (headline.title, headline.text) == ("Weir lowered", "")


def test_an_atom_feed_becomes_documents(server: Server) -> None:
    server.answers["/feed"] = made(ATOM)
    first, second = gathered(source(server))[0]
    assert (first.hints.title, first.hints.url, first.hints.language) == ("Café <b>", "http://gull.example/news/one", "de")
    assert (first.hints.authors, first.hints.tags, first.hints.published) == (("Ada Kai",), ("Hafen",), "2026-11-21T07:00:00+00:00")
    assert b"Eins." in first.content
    assert (second.hints.title, second.media_type, second.content) == ("A <b> &amp; c", "text/plain", b"1 < 2")


@pytest.mark.parametrize("content", [RDF, OLD])
def test_old_forms_are_read(server: Server, content: bytes) -> None:
    server.answers["/feed"] = made(content)
    (document,), failures = gathered(source(server))
    assert (document.hints.title, document.hints.url, failures) == ("One", "http://x.example/1", [])


def test_a_json_feed_becomes_documents(server: Server) -> None:
    server.answers["/feed"] = made(b"\xef\xbb\xbf" + JSON)
    (five, six, seven), failures = gathered(source(server))
    assert [found.cause for found in failures] == ["has 2 entries without title, link and text"]
    assert (five.hints.id, five.hints.url, five.media_type, five.content) == ("5", server.url("/five"), "text/html", b"<p>5</p>")
    assert (five.hints.authors, five.hints.tags, five.hints.language) == (("Jo",), ("a",), "fr")
    assert (six.hints.url, six.content, six.hints.authors, six.hints.tags) == ("http://other.example/6", b"six", ("Kim",), ())
    assert (seven.hints.id, seven.hints.url, seven.hints.language, seven.content) == (None, None, "en", b"seven")


@pytest.mark.parametrize("content", [b'{"items": NaN}', b'{"a": 1}', b"{" + b"[" * 100_000, b'{"items": [', b'{"items": "x"}'])
def test_json_that_is_no_feed_is_a_failure(server: Server, content: bytes) -> None:
    server.answers["/feed"] = made(content)
    assert failing(source(server)).cause in {"is broken JSON", "is JSON, and no feed"}


def item(charset: str) -> str:
    declared = f"<?xml version='1.0' encoding='{charset}'?>" if charset else ""
    return f"{declared}<rss version='2.0'><channel><item><title>Café</title></item></channel></rss>"


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (item("").encode(), "text/xml; charset=utf-8"),
        (item("").encode("latin-1"), "text/xml; charset=iso-8859-1"),
        (item("windows-1252").encode("cp1252"), "application/xml"),
        (item("utf-16").encode("utf-16"), "application/xml"),
        (item("utf-8").encode("latin-1"), "text/xml; charset=nonsense"),
        (item("").replace("é", "&eacute;").encode(), ""),
    ],
)
def test_odd_charsets_are_read(server: Server, content: bytes, headers: str) -> None:
    server.answers["/feed"] = made(content, f"Content-Type: {headers}")
    (document,), failures = gathered(source(server))
    assert (document.hints.title, failures) == ("Café", [])


def test_what_has_not_changed_brings_nothing_and_is_no_failure(server: Server) -> None:
    server.answers["/feed"] = made(RSS, 'ETag: "1"', "Last-Modified: Sun, 22 Nov 2026 06:00:00 GMT")
    first = source(server)
    gathered(first)
    state = first.state()
    assert state == {
        "url": server.url("/feed"),
        "etag": '"1"',
        "modified": "Sun, 22 Nov 2026 06:00:00 GMT",
        "pages": {},
        "trusts": "",
        "answered": NOW.isoformat(),
    }
    server.answers["/feed"] = made(b"", 'ETag: "2"', status="304 Not Modified")
    later = NOW + timedelta(hours=1)
    second = first.with_state(json.loads(json.dumps(state)))
    assert gathered(second, later) == ([], [])
    assert second.state() == {**state, "etag": '"2"', "answered": later.isoformat()}
    assert server.asked[1][1]["if-none-match"] == '"1"'


def test_the_tags_of_another_address_are_not_sent(server: Server) -> None:
    server.answers["/feed"] = made(RSS)
    gathered(source(server).with_state({"url": "http://old.example/", "etag": '"1"', "modified": "x"}))
    assert "if-none-match" not in server.asked[0][1]


def test_a_feed_that_failed_is_asked_for_whole_again(server: Server) -> None:
    server.answers["/feed"] = made(b"no feed", 'ETag: "1"')
    broken = source(server)
    assert failing(broken).cause.startswith("is no feed")
    assert broken.state().get("etag", "") == ""


def test_a_server_that_wants_to_be_left_alone_is(server: Server) -> None:
    server.answers["/feed"] = made(b"", "Retry-After: 7200", status="429 Slow")
    first = source(server)
    assert failing(first).cause == "answers 429: it is too busy"
    second = first.with_state(first.state())
    assert failing(second, NOW + timedelta(hours=1)).cause.startswith("asked to be left alone until 2026-11-22T20:00")
    assert len(server.asked) == 1
    server.answers["/feed"] = made(RSS)
    assert len(gathered(second, NOW + timedelta(hours=3))[0]) == 2
    server.answers["/feed"] = made(b"", status="429 Slow")
    assert failing(source(server)).where == server.url("/feed")


def test_a_feed_that_moved_for_good_is_told(server: Server) -> None:
    server.answers["/feed"] = made(b"", "Location: /new", status="301 Moved")
    server.answers["/new"] = made(RSS)
    documents, failures = gathered(source(server))
    assert len(documents) == 2
    assert failures == [Failure("Post", server.url("/feed"), f"has moved for good to {server.url('/new')}", "change its url to that")]


def test_a_web_page_names_the_feed_that_is_meant(server: Server) -> None:
    page = b'<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>'
    server.answers["/feed"] = made(page, "Content-Type: text/html")
    found = failing(source(server))
    assert found.cause == "is a web page, not a feed"
    assert found.fix == f'set url = "{server.url("/rss")}", the feed that it names'
    server.answers["/feed"] = made(b"<html></html>", "Content-Type: text/html")
    assert failing(source(server)).fix.startswith("look on it for a link")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"   \n", "is empty"),
        (b"hello", "is no feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "is no feed"),
        (b"<rss version='2.0'><channel><title>x</titl", "is no feed that can be read: "),
        (b"<svg/>", "is no feed"),
        (b'<!DOCTYPE r [<!ENTITY a "x">]><rss version="2.0"/>', "declares entities in its DOCTYPE"),
        (
            '<?xml version="1.0"?><!-- <a -->\n<!doctype r SYSTEM "a>b" [<!ENTITY % a SYSTEM "file:///etc/passwd">]><rss/>'.encode(
                "utf-16"
            ),
            "declares",
        ),
    ],
)
def test_what_is_no_feed_is_a_failure(server: Server, content: bytes, told: str) -> None:
    server.answers["/feed"] = made(content)
    assert failing(source(server)).cause.startswith(told)


def test_an_empty_feed_is_told_and_a_broken_one_gives_what_it_has(server: Server) -> None:
    server.answers["/feed"] = made(b'<rss version="2.0"><channel><title>x</title></channel></rss>')
    empty = source(server)
    assert failing(empty).cause == "is a feed without entries"
    assert empty.state()["answered"] == NOW.isoformat()
    server.answers["/feed"] = made(RSS[:-25])
    documents, failures = gathered(source(server))
    assert (len(documents), failures) == (2, [])


def test_ids_that_entries_share_are_not_taken_for_theirs(server: Server) -> None:
    items = "".join(f"<item><guid>0</guid><title>{name}</title></item>" for name in ("One", "Two"))
    server.answers["/feed"] = made(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    one, two = gathered(source(server))[0]
    assert one.hints.id is None
    assert one.uri != two.uri


def test_a_feed_can_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(ATOM)
    documents, failures = gathered(FeedSource("Gull", path=file))
    assert (len(documents), failures) == (2, [])
    assert failing(FeedSource("Gull", path=tmp_path / "none.xml")).cause == "cannot be opened: No such file or directory"
    link = tmp_path / "link.xml"
    link.symlink_to(file)
    assert failing(FeedSource("Gull", path=link)).cause.startswith("cannot be opened: ")


def test_a_file_that_did_not_change_is_not_parsed_again(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(ATOM)
    first = FeedSource("Gull", path=file, trusts="a")
    assert len(gathered(first)[0]) == 2
    again = first.with_state(first.state())
    assert gathered(again) == ([], [])
    assert again.state()["answered"] == NOW.isoformat()
    assert len(gathered(replace(first, trusts="b").with_state(again.state()))[0]) == 2
    file.write_bytes(RSS)
    assert len(gathered(first.with_state(again.state()))[0]) == 2


def test_other_settings_ask_for_the_whole_feed_again(server: Server) -> None:
    server.answers["/feed"] = made(ATOM, 'ETag: "1"')
    first = source(server)
    gathered(first)
    gathered(first.with_state(first.state()))
    gathered(replace(first, trusts="other").with_state(first.state()))
    assert [headers.get("if-none-match") for _, headers in server.asked] == [None, '"1"', None]


@pytest.mark.parametrize(
    "content",
    [
        b"<rss version='2.0'><channel><link>http://gull.example/news/</link><item><title>A</title><link>one</link></item></channel></rss>",
        b'{"home_page_url": "http://gull.example/news/", "items": [{"title": "A", "url": "one"}]}',
        b'{"feed_url": "http://gull.example/news/feed", "home_page_url": "http://x.example/", "items": [{"id": 1, "url": "one"}]}',
    ],
)
def test_links_in_a_file_are_made_whole_by_what_the_feed_says_of_itself(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "feed").write_bytes(content)
    ((document,), failures) = gathered(FeedSource("Gull", path=tmp_path / "feed"))
    assert (document.hints.url, failures) == ("http://gull.example/news/one", [])


def test_only_regular_files_within_the_limit_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b"x" * 11)
    for name, told in (
        ("pipe", "is no regular file"),
        ("large", "has 11 bytes, over the limit of 10 bytes"),
        ("a\0b", "cannot be opened: embedded null byte"),
    ):
        with pytest.raises(DocumentError) as caught:
            read_file(tmp_path / name, 10)
        assert caught.value.cause == told


def page(words: str) -> bytes:
    text = "".join(f"<p>{words} Weir {number} was lowered by the council on Monday after a long debate.</p>" for number in range(8))
    return made(
        f"<html><body><nav>Menu</nav><article><h1>Head</h1>{text}</article></body></html>".encode(),
        "Content-Type: text/html; charset=utf-8",
    )


def test_full_texts_are_fetched_once_where_they_are_wanted(server: Server) -> None:
    server.answers["/feed"] = made(RSS, 'ETag: "1"')
    server.answers["/a"] = page("Gale.")
    whole = source(server, full_text=True)
    (first, second), failures = gathered(whole)
    assert first.content.count(b"Gale.") == 8
    assert b"Menu" not in first.content
    assert second.content == b""
    assert [(found.where, found.cause.endswith("the feed's text stands in")) for found in failures] == [("http://post.example/w", True)]
    state = whole.state()
    assert state["etag"] == ""
    assert list(state["pages"]) == [server.url("/a")]
    again = whole.with_state(state)
    assert [document.uri for document in gathered(again)[0]] == ["http://post.example/w"]
    assert [path for path, _ in server.asked].count("/a") == 1
    assert list(again.state()["pages"]) == [server.url("/a")]


@pytest.mark.parametrize(
    "answer", [made(b"x", "Content-Type: application/pdf"), made(b"<html></html>", "Content-Type: text/html"), made(b"", status="500 No")]
)
def test_a_page_without_an_article_leaves_the_feeds_text(server: Server, answer: bytes) -> None:
    server.answers["/feed"] = made(RSS.replace(b"http://post.example/w", b"/w"))
    server.answers["/a"] = server.answers["/w"] = answer
    documents, failures = gathered(source(server, full_text=True))
    assert (len(documents), len(failures)) == (2, 2)
    assert b"ferry" in documents[0].content


def test_only_so_many_pages_are_fetched_in_a_run(server: Server) -> None:
    items = "".join(f"<item><link>/p{number}</link><title>{number}</title></item>" for number in range(PAGES + 5))
    server.answers["/feed"] = made(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    server.answers |= {f"/p{number}": page("Gale.") for number in range(PAGES + 5)}
    whole = source(server, full_text=True)
    documents, _ = gathered(whole)
    assert len(documents) == PAGES + 5
    assert len(server.asked) == PAGES + 1
    rest, _ = gathered(whole.with_state(whole.state()))
    assert [bool(document.content) for document in rest] == [True] * 5


def settings(root: Path, *tables: SourceTable) -> Settings:
    return Settings(root=root, file=root / "digest.toml", sources=list(tables))


def test_settings_make_a_feed(tmp_path: Path) -> None:
    table = SourceTable(
        name="A", kind="feed", url="https://x.example/f", language="de", section="L", full_text=True,
        allow_private=True, timeout=timedelta(seconds=7), max_size=1000,
    )  # fmt: skip
    found = sources(settings(tmp_path, table, SourceTable(name="B", kind="feed", path="b.xml")))
    assert isinstance(found[0], FeedSource)
    assert isinstance(found[1], FeedSource)
    assert (found[0].url, found[0].path, found[0].full_text, found[0].language, found[0].section) == (
        "https://x.example/f",
        None,
        True,
        "de",
        "L",
    )
    assert (found[0].client.seconds, found[0].client.most, found[0].client.allow_private) == (7, 1000, True)
    assert found[1].path == tmp_path / "b.xml"
    assert found[0].client.agent.startswith("digest/")
    public = Settings.model_validate(settings(tmp_path, table).model_dump() | {"digest": {"public_url": "https://news.example/"}})
    made_here = sources(public)[0]
    assert isinstance(made_here, FeedSource)
    assert made_here.client.agent.endswith(" (+https://news.example/)")
    for wrong in (SourceTable(name="A", kind="feed"), SourceTable(name="A", kind="feed", url="http://x.example/", path="x")):
        with pytest.raises(SettingsError, match="needs `url` or `path`"):
            sources(settings(tmp_path, wrong))


def test_what_waits_is_read_ahead_and_comes_in_order(server: Server, tmp_path: Path) -> None:
    server.answers["/feed"] = made(RSS)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("A\n\nText", encoding="utf-8")
    feed = SourceTable(name="Post", kind="feed", url=server.url("/feed"), allow_private=True)
    found = sources(settings(tmp_path, feed, SourceTable(name="In", path="in"), feed))
    told = [(one.name, [getattr(part, "uri", "") for part in handed]) for one, handed in read(found, NOW)]
    both = [server.url("/a"), "http://post.example/w"]
    assert told == [("Post", both), ("In", ["a.txt"]), ("Post", both)]


def test_a_run_remembers_once_its_articles_are_stored(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers["/feed"] = made(RSS, 'ETag: "1"')
    table = SourceTable(name="Post", kind="feed", url=server.url("/feed"), allow_private=True)
    made_here = settings(tmp_path, table)
    store = opened(tmp_path / "store.sqlite3")

    def full(_: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(store, "add", full)
        with pytest.raises(RuntimeError):
            gather(made_here, store, NOW)
    assert store.recall("Post") == {}
    assert gather(made_here, store, NOW).new == 2
    assert store.recall("Post")["etag"] == '"1"'
    server.answers["/feed"] = made(b"", status="304 Not Modified")
    later = NOW + timedelta(hours=1)
    assert gather(made_here, store, later).failures == ()
    (health,) = store.health()
    assert (health.last_success, health.last_new, health.failures) == (later, NOW, 0)
    server.answers["/feed"] = made(b"", status="404 Gone")
    assert len(gather(made_here, store, later).failures) == 1
    assert store.health()[0].cause == "answers 404"
    assert store.recall("Post")["etag"] == '"1"'
    assert batch(made_here, store, later).feeds == ("Post",)
    store.close()


def parsed(content: bytes, url: str = "http://f.example/feed") -> dict[str, Any]:
    return parse(json.dumps({"type": "", "url": url}).encode() + b"\n" + content)


def test_the_parser_by_itself() -> None:
    found = parsed(RSS)
    assert (found["title"], found["version"], found["cause"], found["page"]) == ("Harbour & Post", "rss20", "", False)
    assert parsed(ATOM)["entries"][1]["text"] == "1 < 2"
    assert parsed(b"<html><head><title>x</title>")["page"]
    assert parsed(JSON)["version"] == "json"
    assert parsed(b"<rss version='2.0'><channel></rss>")["cause"]
    with pytest.raises(DocumentError):
        parsed(b"<!DOCTYPE r [<!ENTITY a 'x'>]><rss/>")


@pytest.mark.parametrize(
    ("item", "name", "value"),
    [
        ("<pubDate>yesterday</pubDate>", "published", "yesterday"),
        ("<pubDate>Mon, 99 Foo 9999999 25:61:61</pubDate>", "published", "Mon, 99 Foo 9999999 25:61:61"),
        ("<link>http://[</link>", "url", ""),
        ("<author>bob@post.example</author>", "authors", []),
        ("<link>http://x.example/a b</link>", "url", "http://x.example/a b"),
    ],
)
def test_odd_parts_of_an_entry(item: str, name: str, value: object) -> None:
    (entry,) = parsed(f"<rss version='2.0'><channel><item><title>x</title>{item}</item></channel></rss>".encode())["entries"]
    assert entry[name] == value


def test_a_date_beyond_every_calendar_is_left_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.gather.feed_parse.timegm", lambda _: 10**20)
    (entry,) = parsed(RSS)["entries"][:1]
    assert entry["published"] == "Sun, 22 Nov 2026 06:00:00 -0500"


def test_the_words_of_a_title() -> None:
    assert plain(" a <b>c</b> &amp; 1 < 2 <!-- x --> ") == "a c & 1 < 2"
    assert plain(" <b> ", markup=False) == "<b>"


def test_the_feeds_that_a_page_names() -> None:
    content = b"""<link rel="stylesheet" href="x"><LINK REL="Alternate home" TYPE="application/atom+xml" HREF=" a ">
    <link rel=alternate type=text/html href=b>
    <link rel=alternate type="application/rss+xml"><link rel=alternate type="application/rss+xml" href="http://["><a href=x>"""
    assert alternates(content, "http://x.example/p/") == ["http://x.example/p/a"]


def test_the_article_of_a_page_by_itself() -> None:
    found = article(b'{"charset": null}\n' + page("Caf\u00e9.").partition(b"\r\n\r\n")[2])
    assert "Café." in found
    assert article(b'{"charset": "nonsense"}\n<html></html>') == ""


def test_a_feed_with_too_many_entries_says_how_many_were_left(server: Server) -> None:
    items = "".join(f"<item><title>Weir {number}</title></item>" for number in range(1003))
    server.answers["/feed"] = made(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    documents, failures = gathered(source(server))
    assert (len(documents), [found.cause for found in failures]) == (1000, ["has 3 entries beyond those taken from one feed"])


def test_a_json_feed_by_itself() -> None:
    found = parsed(JSON)
    assert [entry["id"] for entry in found["entries"]] == ["5", "6", ""]
    for broken in (b'{"items": [Infinity]}', b'{"items": ', b'{"items": {}}'):
        with pytest.raises(DocumentError):
            parsed(broken)
