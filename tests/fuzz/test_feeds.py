"""Whatever a feed holds: documents or a failure, in bounded time and memory; never anything else."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from digest.clean import clean
from digest.errors import DocumentError, SourceError
from digest.gather import feed as feeds
from digest.gather.feed import FeedSource
from digest.gather.feed_json import json_feed
from digest.gather.inflate import decoded
from digest.gather.markup import alternates, plain
from digest.model import Document, Failure
from digest.sandbox import Sandbox
from digest.settings import CleanTable
from tests.conftest import NOW, ZONE
from tests.fuzz.hostile_feeds import hostile
from tests.peaks import peak

SECONDS = 4.0  # what a feed may take here; in earnest it is 20


@pytest.fixture(scope="module")
def parser() -> Iterator[Sandbox]:
    with Sandbox("digest.gather.feed_parse:parse", SECONDS, 300 * 2**20) as made:
        yield made


def taken(file: Path, content: bytes) -> list[Document | Failure]:
    file.write_bytes(content)
    return list(FeedSource("Hostile", path=file).documents(NOW))


@pytest.mark.slow
def test_hostile_feeds_give_documents_or_failures(tmp_path: Path, parser: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PARSER", parser)
    made = list(hostile())
    assert len(made) >= 300
    documents = failures = 0
    for name, content in made:
        began = time.monotonic()
        for found in taken(tmp_path / "feed.xml", content):
            if isinstance(found, Failure):
                assert found.cause, name
                assert found.fix, name
                failures += 1
            else:
                documents += 1
                assert len(found.uri) <= 2000, name
        assert time.monotonic() - began < SECONDS + 3, name
    assert documents > 100
    assert failures > 50
    assert peak(parser) < 300e6


def test_what_comes_of_broken_feeds_can_be_cleaned(tmp_path: Path, parser: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PARSER", parser)
    for name, content in list(hostile(200))[40:]:
        for found in taken(tmp_path / "feed.xml", content):
            if isinstance(found, Document):
                with contextlib.suppress(DocumentError):
                    assert clean(found, CleanTable(), NOW, ZONE).articles, name


@rules(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=400)
    | st.text("<>&;!?[]-/= '\"rssitemchannel", max_size=200).map(lambda text: b"<rss><channel>" + text.encode())
)
def test_any_bytes_give_documents_or_failures(tmp_path: Path, parser: Sandbox, content: bytes) -> None:
    before, feeds.PARSER = feeds.PARSER, parser
    try:
        assert all(isinstance(found, Document | Failure) for found in taken(tmp_path / "feed.xml", content))
    finally:
        feeds.PARSER = before


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20), lambda one: st.lists(one, max_size=4), max_leaves=8
)
_ITEM = st.dictionaries(
    st.sampled_from(["id", "url", "title", "content_html", "content_text", "authors", "author", "tags", "date_published"]), _VALUES
)


@rules(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_ITEM, max_size=4))
def test_any_values_make_a_json_feed(items: list[object]) -> None:
    try:
        found = json_feed(json.dumps({"items": items}).encode(), "http://x.example/")
    except DocumentError:
        assert any(word in json.dumps(items) for word in ("NaN", "Infinity"))
        return
    for entry in found["entries"]:
        assert all(isinstance(entry[name], str) for name in ("id", "title", "url", "published", "language", "html", "text"))
        assert all(isinstance(name, str) for name in (*entry["authors"], *entry["tags"]))


@given(st.binary(max_size=200), st.sampled_from(["gzip", "deflate", ""]))
def test_any_body_is_inflated_or_refused(content: bytes, encoding: str) -> None:
    with contextlib.suppress(SourceError):
        assert len(decoded([content], encoding, 1000)) <= 1000


@given(st.text(max_size=300))
def test_any_text_is_a_title_and_a_page(text: str) -> None:
    assert isinstance(plain(text), str)
    assert all(isinstance(found, str) for found in alternates(text.encode("utf-8", "replace"), "http://x.example/"))
