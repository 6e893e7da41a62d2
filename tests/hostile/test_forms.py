"""Hostile text in every field, through composing and every form, as it is seen in Chromium, in a mail program, by a reader of Markdown.

A sample runs with the suite; `DIGEST_HOSTILE=all` takes every text. Each page holds a canary beside each hostile story.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from digest.composing import compose
from digest.model import Issue
from digest.render import parcel
from digest.settings import Settings
from tests.made import batch
from tests.preview.chromium import Page

from .made import articles, name, settings, told
from .pages import Hits, Opened, counting, opened
from .vectors import PRODUCT, vectors

pytestmark = pytest.mark.browser

ALL = os.environ.get("DIGEST_HOSTILE") == "all"
BATCH = 40  # vectors a page, and as many canaries
STEP = 1 if ALL else 23
COUNT = len(vectors("http://127.0.0.1:1/hit"))
BATCHES = range(-(-len(range(0, COUNT, STEP)) // BATCH))
HEADERS = (
    "From To Subject Date Message-ID List-Id List-Unsubscribe List-Unsubscribe-Post Auto-Submitted MIME-Version Content-Type"
).split()  # fmt: skip
# What a page or a terminal takes for an order, or a reader cannot see.
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]")


def test_there_are_enough_of_them_and_always_the_same() -> None:
    assert COUNT > 3000
    assert vectors("http://a.example") == vectors("http://a.example")


@pytest.fixture(scope="module")
def hits() -> Iterator[Hits]:
    with counting() as found:
        yield found


def texts(hits: Hits, number: int) -> tuple[str, ...]:
    """The vectors of one batch."""
    return vectors(f"{hits.base}/hit")[::STEP][number * BATCH : (number + 1) * BATCH]


@pytest.mark.parametrize("number", BATCHES)
@pytest.mark.parametrize("way", ["composed", "told"])
def test_nothing_runs_nothing_is_asked_for_and_no_neighbour_is_lost(
    way: str, number: int, hits: Hits, browser: Page, tmp_path: Path
) -> None:
    chosen = texts(hits, number)
    theme = ("default", "briefing", "brief", "report", "plain")[number % 5]
    options = settings(tmp_path, theme)
    issue = compose(options, batch(*articles(chosen))) if way == "composed" else told(chosen)
    canaries = [name(at) for at in range(len(chosen))]
    files = forms(issue, options)
    for file, found in files.items():
        if file.endswith(".html"):
            seen = opened(browser, hits, found, 375 if file == "issue.html" else 1200)
            assert_harmless(seen, canaries if file != "mail.html" else [], file)
            assert hits.others == []
    for file in ("issue.txt", "mail.txt"):
        assert_plain(files[file].decode(), canaries)
    assert_told(files["issue.json"], canaries)


def forms(issue: Issue, options: Settings) -> dict[str, bytes]:
    """Every form of an issue, and as pages: the Markdown as a reader that lets HTML through shows it, and the mail's HTML."""
    files = {file.name: file.content for file in parcel(issue, options).files}
    read = MarkdownIt("commonmark").render(files["issue.md"].decode())
    files["markdown.html"] = f"<!DOCTYPE html><html><body>{read}</body></html>".encode()
    files["mail.txt"], files["mail.html"] = mail(files["issue.eml"])
    return files


def mail(content: bytes) -> tuple[bytes, bytes]:
    """The text and the HTML of a mail whose head is just as it should be."""
    found = BytesParser(policy=policy.default).parsebytes(content)
    assert list(found.keys()) == HEADERS
    assert found.defects == []
    assert content.isascii()
    head = content.partition(b"\r\n\r\n")[0]
    assert all(len(line) < 999 and not HIDDEN.search(line.decode()) for line in head.split(b"\r\n"))
    plain, page = found.iter_parts()
    text, shown = (str(part.get_content()).replace("\r\n", "\n") for part in (plain, page))
    return text.encode(), shown.encode()


def assert_harmless(found: Opened, canaries: list[str], what: str) -> None:
    assert found.ran is None, what
    assert found.asked == (), what
    own = {"input"} if what == "index.html" else set()  # the archive's search
    assert {one.rstrip(":") for one in found.schemes} <= {"http", "https", "mailto"} | own, what
    assert [one for one in canaries if one not in found.words] == [], what
    assert PRODUCT not in found.words, what
    assert found.fixed == 0, what
    assert not HIDDEN.search(found.words.replace("\t", " ")), what
    if what == "issue.html":
        assert found.width <= 375, what


def assert_plain(text: str, canaries: list[str]) -> None:
    assert [one for one in canaries if one not in text] == []
    assert not HIDDEN.search(text)
    assert PRODUCT not in text


def assert_told(content: bytes, canaries: list[str]) -> None:
    record = json.loads(content)
    titles = [story["title"] for section in record["sections"] for story in section["stories"]]
    assert {one for one in canaries if any(title.startswith(one) for title in titles)} == set(canaries)
    for section in record["sections"]:
        for story in section["stories"]:
            for quote in (quote for note in story["notes"] for quote in note["quotes"]):
                assert record["articles"][quote["article"]]["text"][quote["start"] : quote["end"]] == quote["text"]
