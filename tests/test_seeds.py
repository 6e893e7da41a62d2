"""Real input: five documents as they came, and what an issue of them must and must not show."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED
from tests.rooms import Room, stories

SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is absent: the real input is not part of the repository")

ISSUE = "2025-W17"
SOURCES = ("China.Table", "China Academy", "Foreign Policy", "GZERO Media", "The Red Report")


def junk() -> list[str]:
    file = SHARED / "gold" / "junk.json"
    return [part for parts in json.loads(file.read_bytes()).values() for part in parts] if file.exists() else []


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    tables = "".join(
        f'\n[[sources]]\nname = "{name}"\npath = "{SEEDS}"\ninclude = ["{number:03}*"]\n' for number, name in enumerate(SOURCES)
    )
    head = '[digest]\ntimezone = "Europe/Berlin"\nmax_age = "120 days"\n'
    made = Room.made(tmp_path_factory.mktemp("seeds") / "room", head=head, sources=tables)
    told = made.built(as_of="2025-04-21T07:00:00+02:00")
    assert told.exit_code == 0
    return made


@pytest.fixture(scope="module")
def record(room: Room) -> dict[str, Any]:
    return room.record(ISSUE)


def letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def test_nothing_failed_and_every_source_is_read(record: dict[str, Any]) -> None:
    assert record["failures"] == []
    assert {row["source"]: row["status"] for row in record["coverage"]} == dict.fromkeys(SOURCES, "ok")


def test_the_lead_is_deepseek_told_by_several_sources(record: dict[str, Any]) -> None:
    assert record["sections"][0]["name"] == "lead"
    lead = stories(record)[0]
    assert "deepseek" in f"{lead['title']} {record['articles'][lead['lead']]['text']}".lower()
    assert len(lead["outlets"]) >= 3
    assert lead["origins"] >= 3


@pytest.mark.parametrize("string", junk())
def test_no_junk_shows(room: Room, record: dict[str, Any], string: str) -> None:
    page = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", room.page("issue.html", ISSUE), flags=re.DOTALL))
    for name, text in (
        ("issue.html", page),
        ("issue.md", room.page("issue.md", ISSUE).replace("\\", "")),
        ("issue.txt", room.page("issue.txt", ISSUE)),
        ("issue.json", "\n".join(article["title"] + "\n" + article["text"] for article in record["articles"].values())),
    ):
        assert " ".join(string.split()).casefold() not in " ".join(text.split()).casefold(), name


def test_no_paragraph_of_the_first_document_is_there_twice(record: dict[str, Any]) -> None:
    paragraphs = [
        letters(paragraph)
        for article in record["articles"].values()
        if article["feed"] == "China.Table"
        for paragraph in article["text"].split("\n\n")
        if len(paragraph.split()) > 12
    ]
    assert len(paragraphs) > 20
    doubled = {paragraph for paragraph in paragraphs if paragraphs.count(paragraph) > 1}
    assert not doubled


@pytest.mark.parametrize("form", ["issue.txt", "issue.md"])
def test_no_line_of_prose_shows_twice(room: Room, form: str) -> None:
    lines = [letters(line) for line in room.page(form, ISSUE).splitlines() if len(line.split()) > 8]
    assert len(lines) == len(set(lines))


def test_every_report_is_shown_or_left_out(record: dict[str, Any]) -> None:
    members = [member["article"] for story in stories(record) for member in story["members"]]
    assert sorted(members + [one["article"] for one in record["left_out"]]) == sorted(record["articles"])


def test_every_quote_is_a_span(record: dict[str, Any]) -> None:
    quotes = [quote for story in stories(record) for note in story["notes"] for quote in note["quotes"]]
    quotes += [story["summary"] for story in stories(record) if story["summary"]]
    assert len(quotes) > 10
    assert all(record["articles"][one["article"]]["text"][one["start"] : one["end"]] == one["text"] for one in quotes)


def test_the_issue_is_rebuilt_byte_for_byte(room: Room) -> None:
    assert room.run("verify", ISSUE).stdout == f"{ISSUE}: the same bytes, file by file\n"
    assert Path(room.outbox / ISSUE / "issue.eml").stat().st_size > 1000
