"""Hostile text from an inbox of JSON files to everything that stands in the outbox, by the commands a person runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import feedparser  # type: ignore[import-untyped] # ships no types
import pytest

from tests.preview.chromium import Page
from tests.preview.newsrooms import running
from tests.rooms import ISSUE, Room

from .made import canary, hostile, name
from .pages import Hits, opened
from .test_forms import ALL, HIDDEN, STEP, assert_harmless, hits, mail
from .vectors import PRODUCT, vectors

__all__ = ["hits"]  # a fixture

pytestmark = pytest.mark.browser
ROOM = (
    '\n[mail]\nunsubscribe = "https://digest.example/out"\n'
    "\n[group]\nengines = ['exact']\n[rank]\nstories = 5000\nper_section = 5000\nper_source = 5000\nbrief = 5000\nbrief_words = 0\n"
)
CHOSEN = range(0, 3000, 1 if ALL else STEP * 3)


def reports(base: str) -> Iterator[dict[str, object]]:
    """A canary and a hostile report for each text, as JSON Lines have them."""
    texts = vectors(f"{base}/hit")
    for number in CHOSEN:
        for one in (canary(number), hostile(number, texts[number])):
            told = {part: getattr(one, part) for part in ("id", "title", "url", "section", "language", "authors", "tags", "text")}
            yield {**told, "source": one.source, "published": "2026-11-19T09:00:00+01:00"}


@pytest.fixture(scope="module")
def room(hits: Hits, tmp_path_factory: pytest.TempPathFactory) -> Room:
    made = Room.made(tmp_path_factory.mktemp("hostile") / "room", ROOM)
    made.file("week.jsonl", "\n".join(map(json.dumps, reports(hits.base))))
    told = made.built()
    assert told.exit_code == 0, told.output[:2000]
    assert not HIDDEN.search(told.output)
    assert PRODUCT not in told.output
    return made


def test_every_form_in_the_outbox_is_harmless(room: Room, hits: Hits, browser: Page) -> None:
    canaries = [name(number) for number in CHOSEN]
    assert_harmless(opened(browser, hits, room.page("issue.html").encode(), 375), canaries, "issue.html")
    text, shown = mail((room.outbox / ISSUE / "issue.eml").read_bytes())
    assert_harmless(opened(browser, hits, shown), [], "mail.html")
    for words in (room.page("issue.md"), room.page("issue.txt"), text.decode()):
        assert [one for one in canaries if one not in words] == []
        assert not HIDDEN.search(words)
        assert PRODUCT not in words
    assert hits.others == []


def test_archive_and_feeds_are_harmless(room: Room, hits: Hits, browser: Page) -> None:
    canaries = [name(number) for number in CHOSEN]
    found = opened(browser, hits, (room.outbox / "index.html").read_bytes(), 375)
    assert found.width <= 375
    assert_harmless(found, canaries, "index.html")
    parsed = feedparser.parse((room.outbox / "feed.xml").read_bytes())
    assert parsed.bozo == 0
    assert len(parsed.entries) == 1
    items = json.loads((room.outbox / "feed.json").read_text("utf-8"))["items"]
    assert_harmless(opened(browser, hits, f"<!DOCTYPE html><body>{items[0]['content_html']}".encode()), [], "feed")
    assert hits.others == []


def test_the_other_commands_print_nothing_that_a_terminal_obeys(room: Room) -> None:
    for command in (("status",), ("explain", ISSUE), ("verify", ISSUE)):
        told = room.run(*command)
        assert told.exit_code == 0, told.output[:500]
        assert not HIDDEN.search(told.output)


def test_the_preview_is_harmless(room: Room, hits: Hits, browser: Page) -> None:
    slowest = 60 + len(CHOSEN) / 10  # seconds: the build of thousands of reports alone takes a minute
    with running(room.config, slowest) as there:
        browser.resize(1200, 900)
        browser.requests.clear()
        browser.expect(len(room.page("issue.html").encode()))
        browser.open(there.address)
        browser.wait("!document.querySelector('.next') && document.querySelector('iframe') !== null", slowest)
        for key in "123456":
            browser.press(key)
            browser.wait(
                f"document.querySelector('[aria-current]') === document.querySelectorAll('.tabs a')[{int(key) - 1}]", browser.patience
            )
        browser.tell("[...document.querySelectorAll('summary')].forEach((one) => one.click())")
        assert browser.tell("window.__ran ?? null") is None
        assert PRODUCT not in browser.tell("document.body.innerText")
        asked = [one for one in browser.requests if not re.match(re.escape(there.address), one)]
        assert [one for one in asked if not one.startswith(("about:", "blob:"))] == []
    assert hits.others == []
