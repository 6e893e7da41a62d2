"""A mail holds what fits, best first, and says what it leaves to the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from digest.model import Issue
from digest.render.budget import MOST_BYTES, Shown, by_rank, fitted, whole
from digest.render.forms import HTML
from digest.render.templates import Template

from . import made_up

MANY = made_up.many(300)


def page(shown: Shown) -> bytes:
    """A page of 2,000 bytes a story, 200 a headline, 1,000 for itself."""
    full = sum(len(section.stories) for section in shown.sections)
    return f"{full} {len(shown.rest)} {shown.beyond} ".encode().ljust(1000 + 2000 * full + 200 * len(shown.rest), b".")


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (620_000, b"300 0 0 "),
        (600_980, b"299 1 0 "),
        (100_000, b"45 40 215 "),
        (12_000, b"1 40 259 "),
        (8_980, b"2 10 288 "),
        (2_980, b"0 0 300 "),
        (200, b"0 0 300 "),
    ],
)
def test_as_many_as_fit(most: int, expected: bytes) -> None:
    made, shown = fitted(MANY, page, most)
    assert page(shown) == made
    assert made.startswith(expected)
    full, rest, beyond = map(int, made.split(b" ")[:3])
    assert full + rest + beyond == 300
    assert len(made) <= most or (full, rest) == (0, 0)


def test_the_best_come_first() -> None:
    ordered = by_rank(MANY)
    assert ordered[0] == MANY.sections[0].stories[0]
    full = [story for section in MANY.sections[1:-1] for story in section.stories]
    assert sorted((story.origins for story in full), reverse=True) == [story.origins for story in ordered[1 : len(full) + 1]]
    assert {story.id for story in ordered[len(full) + 1 :]} == {story.id for story in MANY.sections[-1].stories}
    assert whole(MANY).sections == MANY.sections


@pytest.mark.parametrize("public", ["", "https://digest.example/weekly"])
def test_a_mail_of_300_stories(public: str, tmp_path: Path) -> None:
    settings = made_up.settings(tmp_path, public_url=public)
    mail = Template(HTML, settings, mail=True).render(MANY)[0].content
    assert MOST_BYTES - 6_000 < len(mail) <= MOST_BYTES
    text = mail.decode()
    assert "300 stories" in text
    found = LexborHTMLParser(text)
    shown = len(found.css("h3"))
    assert shown >= 15
    ordered = by_rank(MANY)
    left = re.search(r"… and (\d+) more stories\.", text)
    assert left is not None
    assert int(left[1]) == 300 - shown - 40
    for story in ordered[:shown]:
        assert found.css_first(f'h3 a[href="{story.lead.url}"]')
    if public:
        anchors = {str(link.attributes["href"]) for link in found.css(f'a[href^="{public}/2026-W47/issue.html#story-"]')}
        page_of = LexborHTMLParser(Template(HTML, settings).render(MANY)[0].content)
        assert len(anchors) == 40
        assert all(page_of.css_first(f"[id='{anchor.split('#')[1]}']") for anchor in anchors)


def test_a_story_costs_at_most_1600_bytes(tmp_path: Path) -> None:
    settings = made_up.settings(tmp_path, public_url="https://digest.example")

    def size(issue: Issue) -> int:
        return len(Template(HTML, settings, mail=True).render(issue)[0].content)

    assert (size(made_up.many(40)) - size(made_up.one())) / 39 <= 1_600
