"""Lists of feeds, in and out."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from digest.cli import main
from digest.errors import DocumentError, SettingsError
from digest.gather import sources
from digest.gather.feed import FeedSource
from digest.gather.opml import OpmlSource, Outline, outlines, written
from digest.model import Failure
from digest.settings import Settings, SourceTable, load
from tests.conftest import NOW

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Top" xmlUrl="http://top.example/feed"/>
<outline text="News &amp; Views"><outline title="Harbour Post" text="x" type="rss" xmlUrl="https://post.example/rss" htmlUrl="https://post.example/"/>
<outline text="Deep"><outline xmlUrl="https://gull.example/feed"/></outline><outline text=""><outline text="Flat" xmlurl="http://flat.example/f"/></outline></outline>
<outline text="Top" xmlUrl="http://other.example/feed"/><outline text="Top" xmlUrl="http://other.example/feed2"/>
<outline text="Again" xmlUrl="http://top.example/feed"/><outline text="Bad" xmlUrl="javascript:alert(1)"/><outline text="No feed"/>
</body></opml>"""


def test_a_list_names_its_feeds() -> None:
    assert outlines(LIST) == [
        Outline("Top", "http://top.example/feed"),
        Outline("Harbour Post", "https://post.example/rss", "News & Views"),
        Outline("gull.example", "https://gull.example/feed", "Deep"),
        Outline("Flat", "http://flat.example/f", "News & Views"),
        Outline("Top", "http://other.example/feed"),
        Outline("Top", "http://other.example/feed2"),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no OPML"),
        (b"hello", "is no OPML"),
        (b"<html/>", "is no OPML: it begins with another element"),
        (b"<opml><body>", "is no OPML"),
        (b"<?xml version='1.0' encoding='utf-7'?><opml/>", "is no OPML"),
        (b"<?xml version='1.0' encoding='shift_jis'?><opml/>", "is no OPML"),
        (b"<!DOCTYPE opml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><opml>&a;</opml>", "has a DOCTYPE"),
        ("<!DOCTYPE opml><opml/>".encode("utf-16"), "has a DOCTYPE"),
        (b"<opml>&nbsp;</opml>", "is no OPML"),
        (b"<opml>" + b"<outline>" * 100_000, "has more than 2000 feeds or 50 levels"),
        (b"<opml>" + b"".join(b"<outline xmlUrl='http://x.example/%d'/>" % number for number in range(2001)) + b"</opml>", "has more than"),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(DocumentError) as caught:
        outlines(content)
    assert caught.value.cause.startswith(told)
    assert caught.value.fix


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_refused(content: bytes) -> None:
    with contextlib.suppress(DocumentError):
        assert outlines(b"<opml>" + content) == []


def settings(root: Path, *tables: SourceTable) -> Settings:
    return Settings(root=root, file=root / "digest.toml", sources=list(tables))


def test_a_list_stands_for_its_feeds(tmp_path: Path) -> None:
    (tmp_path / "a.opml").write_bytes(LIST)
    (tmp_path / "b.opml").write_bytes(b"<opml><body><outline text='Flat' xmlUrl='http://b.example/'/></body></opml>")
    tables = [
        SourceTable(name="Harbour Post", path="in"),
        SourceTable(name="Feeds", kind="opml", path="a.opml", section="Misc", language="en", full_text=True, max_size=7),
        SourceTable(name="More", kind="opml", path="b.opml"),
    ]
    found = sources(settings(tmp_path, *tables))
    assert [source.name for source in found] == [
        "Harbour Post",
        "Top",
        "Harbour Post (post.example)",
        "gull.example",
        "Flat",
        "Top (other.example)",
        "Top (other.example 2)",
        "Flat (b.example)",
    ]
    top, post = found[1], found[2]
    assert isinstance(top, FeedSource)
    assert isinstance(post, FeedSource)
    assert (top.url, top.section, top.language, top.full_text, top.client.most) == ("http://top.example/feed", "Misc", "en", True, 7)
    assert post.section == "News & Views"
    assert top.found is not post.found


def test_a_list_taken_as_one_source_hands_over_what_its_feeds_do(tmp_path: Path) -> None:
    (tmp_path / "a.opml").write_bytes(b"<opml><body><outline text='A' xmlUrl='http://127.0.0.1:9/'/></body></opml>")
    source = OpmlSource.from_settings(SourceTable(name="Feeds", kind="opml", path="a.opml"), settings(tmp_path, SourceTable(name="x")))
    (found,) = source.documents(NOW)
    assert isinstance(found, Failure)
    assert found.source == "A"


@pytest.mark.parametrize(("path", "told"), [("", "has no `path`"), ("none.opml", "cannot be opened"), ("bad.opml", "is no OPML")])
def test_a_list_that_cannot_be_read_is_a_mistake_in_the_settings(tmp_path: Path, path: str, told: str) -> None:
    (tmp_path / "bad.opml").write_bytes(b"x")
    with pytest.raises(SettingsError) as caught:
        sources(settings(tmp_path, SourceTable(name="Feeds", kind="opml", path=path)))
    assert told in caught.value.cause
    assert caught.value.where.endswith(path or "digest.toml")
    assert caught.value.fix


def test_what_is_written_can_be_read() -> None:
    feeds = [Outline('A "b" <c> & \x1b', "https://x.example/?a=1&b='2'", "Ports & Piers"), Outline("B", "http://b.example/")]
    lines = written("Mine & yours", feeds)
    assert lines[1] == '<opml version="2.0">'
    assert outlines("\n".join(lines).encode()) == [feeds[1], Outline('A "b" <c> &', "https://x.example/?a=1&b='2'", "Ports & Piers")]


def test_a_newsroom_begins_with_a_list_and_gives_it_back(tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_bytes(LIST)
    run = CliRunner().invoke(main, ["init", str(tmp_path / "room"), "--empty", "--opml", str(tmp_path / "mine.opml")])
    assert run.exit_code == 0, run.output
    assert "config/sources.opml" in run.output
    assert [table.kind for table in load(tmp_path / "room" / "config" / "digest.toml").sources] == ["folder", "opml"]
    told = CliRunner().invoke(main, ["status", "--opml", "--config", str(tmp_path / "room" / "config" / "digest.toml")])
    assert told.exit_code == 0, told.output
    assert {feed.url for feed in outlines(told.output.encode())} == {feed.url for feed in outlines(LIST)}


@pytest.mark.parametrize("content", [b"x", b"<opml></opml>"])
def test_a_newsroom_is_not_begun_with_what_is_no_list(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "mine.opml").write_bytes(content)
    run = CliRunner().invoke(main, ["init", str(tmp_path / "room"), "--opml", str(tmp_path / "mine.opml")])
    assert run.exit_code == 2
    assert not (tmp_path / "room").exists()
