"""The archive page and the feeds of issues."""

from __future__ import annotations

import json
import re
import warnings
import xml.etree.ElementTree as ET
from dataclasses import asdict
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped] # ships no types
import pytest
from jsonschema import Draft202012Validator

from digest.errors import RenderError
from digest.model import File
from digest.render.archive import Shelved, archive, read, shelved
from digest.settings import Settings
from tests.rooms import ISSUE, Room

from .made_up import empty, full, settings

NS = {"a": "http://www.w3.org/2005/Atom"}
STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
# JSON Feed 1.1 as its specification words it, of the parts that we write.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://"},
        "language": {"type": "string", "pattern": "^[a-z]{2}"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "content_html"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string", "pattern": "^https?://"},
                    "title": {"type": "string"},
                    "summary": {"type": "string"},
                    "content_html": {"type": "string"},
                    "date_published": {"type": "string", "pattern": STAMP.pattern},
                    "date_modified": {"type": "string", "pattern": STAMP.pattern},
                    "language": {"type": "string"},
                },
            },
        },
    },
}


def one(number: int, **more: Any) -> Shelved:
    """An issue of the `number`-th week of a year and a half."""
    year, week = divmod(number - 1, 40)
    moment = f"{2025 + year}-{1 + week // 4:02}-{1 + 7 * (week % 4):02}T18:00:00+01:00"
    values = {"id": f"{2025 + year}-W{week + 1:02}", "number": number, "title": "The Quay", "subject": f"Tide {number} & <more>"}
    counts = {"preheader": "What came in.", "opens": moment, "closes": moment, "stories": 2, "minutes": 4}
    lines = {"headlines": (f"Weir {number} lowered", "Brücke gesperrt"), "languages": ("en", "de")}
    return Shelved(**{**values, **counts, **lines, **more})


def made(options: Settings, *found: Shelved) -> dict[str, str]:
    return {file.name: file.content.decode() for file in archive(options, found)}


def test_what_the_manifest_keeps_is_read_again_and_nothing_else_is() -> None:
    kept = json.loads(json.dumps(shelved(full())))
    found = read(kept)
    assert found is not None
    assert json.loads(json.dumps(asdict(found))) == kept
    assert len(found.headlines) == len(found.languages) == found.stories == len(full().stories)
    assert read({**kept, "languages": []}) is not None
    del kept["languages"]  # written before languages were
    assert read(kept) is not None
    for wrong in (
        {},
        {**kept, "closes": "soon"},
        {**kept, "closes": "2026-11-22"},
        {**kept, "number": "1"},
        {**kept, "x": 1},
        {**kept, "id": ""},
    ):
        assert read(wrong) is None
    assert read({**kept, "headlines": None}) is None


def test_issues_stand_by_year_newest_first_whatever_order_they_came_in(tmp_path: Path) -> None:
    issues = [one(number) for number in (3, 45, 41, 1)]
    files = made(settings(tmp_path), *issues)
    page = files["index.html"]
    assert re.findall(r'<h2 id="year-\d+">(\d+)</h2>', page) == ["2026", "2025"]
    assert re.findall(r'<h3><a href="([^"]+)">', page) == [
        f"{2025 + year}-W{week:02}/issue.html" for year, week in ((1, 5), (1, 1), (0, 3), (0, 1))
    ]
    assert made(settings(tmp_path), *reversed(issues)) == files
    assert "Tide 45 &amp; &lt;more&gt;" in page
    assert '<li lang="de"><bdi>Brücke gesperrt</bdi></li>' in page


def test_nothing_to_show_is_said(tmp_path: Path) -> None:
    files = made(settings(tmp_path))
    assert "No issue yet." in files["index.html"]
    assert feedparser.parse(files["feed.xml"]).bozo == 0
    assert json.loads(files["feed.json"])["items"] == []


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "zh", "ar"])
@pytest.mark.parametrize("public", ["", "https://digest.example/news"])
def test_the_feeds_are_valid_and_say_the_same(language: str, public: str, tmp_path: Path) -> None:
    options = settings(tmp_path, public_url=public, language=language, title="Quay & <Tide>\x00")
    issues = [one(number) for number in range(1, 61)]
    files = made(options, *issues)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        parsed = feedparser.parse(files["feed.xml"])
    assert parsed.bozo == 0
    root = ET.fromstring(files["feed.xml"])  # noqa: S314 - written a line ago
    assert_atom(root, public)
    found = json.loads(files["feed.json"])
    Draft202012Validator(JSON_FEED).validate(found)
    entries = root.findall("a:entry", NS)
    assert len(entries) == 50
    assert [entry.findtext("a:id", "", NS) for entry in entries] == [item["id"] for item in found["items"]]
    assert [entry.findtext("a:content", "", NS) for entry in entries] == [item["content_html"] for item in found["items"]]
    assert root.findtext("a:updated", "", NS) == found["items"][0]["date_published"] == "2026-05-22T17:00:00Z"
    assert (found.get("feed_url"), found["items"][0].get("url")) == (
        (f"{public}/feed.json", f"{public}/2026-W20/issue.html") if public else (None, None)
    )


def assert_atom(root: ET.Element, public: str) -> None:
    """What RFC 4287 asks of a feed and its entries, each counted."""
    for element in (root, *root.findall("a:entry", NS)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", NS)) == 1, name
        assert STAMP.fullmatch(element.findtext("a:updated", "", NS))
        assert re.fullmatch(r"tag:[a-z.]+,\d{4}:digest(/[\w.-]+)?", element.findtext("a:id", "", NS))
    assert root.find("a:author/a:name", NS) is not None
    identities = [entry.findtext("a:id", "", NS) for entry in root.findall("a:entry", NS)]
    assert len(set(identities)) == len(identities)
    itself = [link.get("href") for link in root.findall("a:link[@rel='self']", NS)]
    assert itself == ([f"{public}/feed.xml"] if public else [])
    allowed = {"id", "title", "updated", "published", "link", "summary", "content", "author", "entry", "name"}
    assert {element.tag.rpartition("}")[2] for element in root.iter()} - {"feed"} <= allowed
    assert all(entry.find("a:link[@rel='alternate']", NS) is not None for entry in root.findall("a:entry", NS))


def test_ids_stay_when_the_pages_move_and_the_title_changes(tmp_path: Path) -> None:
    def identities(options: Settings) -> list[str]:
        return re.findall("<id>(.*?)</id>", made(options, one(1), one(2))["feed.xml"])

    assert identities(settings(tmp_path)) == identities(settings(tmp_path, public_url="https://a.example", title="Other"))


def test_a_long_issue_is_cut_in_the_feed_with_a_word_on_the_rest(tmp_path: Path) -> None:
    issue = one(1, headlines=tuple(f"Headline {number}" for number in range(300)), languages=(), stories=300)
    files = made(settings(tmp_path), issue)
    assert "and 240 more stories" in files["feed.xml"]
    assert "Headline 60" not in files["feed.xml"]
    assert "Headline 299" in files["index.html"]


def test_the_page_runs_its_own_script_alone(tmp_path: Path) -> None:
    page = made(settings(tmp_path), one(1))["index.html"]
    assert page.count("<script") == 1
    assert re.search(
        r"default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;; script-src &#x27;sha256-[\w+/=]+&#x27;",
        page,
    )
    assert " onsubmit" not in page


def test_ones_own_archive_comes_first_and_its_mistakes_are_told(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "default"
    own.mkdir(parents=True)
    (own / "archive.html.j2").write_text("{{ title }}\n{{ nothing_such }}", "utf-8")
    with pytest.raises(RenderError, match="nothing_such") as told:
        archive(settings(tmp_path), [one(1)])
    assert told.value.where.endswith("archive.html.j2:2")
    (own / "archive.html.j2").write_text("{{ title }}: {{ total }}", "utf-8")
    assert made(settings(tmp_path), one(1))["index.html"] == "The Weekly Digest: 1"
    (own / "archive.js").write_text("</script>", "utf-8")
    with pytest.raises(RenderError, match="may not hold markup"):
        archive(settings(tmp_path), [one(1)])


def test_an_issue_without_stories_has_an_entry_too(tmp_path: Path) -> None:
    found = read(shelved(empty()))
    assert found is not None
    files = archive(settings(tmp_path, language="ar"), [found])
    assert all(isinstance(file, File) for file in files)
    assert 'dir="rtl"' in files[0].content.decode()


NASTY = '</title><script>alert(1)</script> & "quoted" \' \x08\ufffe \ud800 \u202eabc'


def test_no_headline_does_harm_even_where_a_manifest_was_tampered_with(tmp_path: Path) -> None:
    files = made(settings(tmp_path), one(1, id="2026-W47", subject=NASTY, preheader=NASTY, headlines=(NASTY,), languages=(NASTY,)))
    assert files["index.html"].count("<script>") == 1
    assert all("<script>alert" not in content for name, content in files.items() if name != "feed.json")
    assert "<script>alert" not in json.loads(files["feed.json"])["items"][0]["content_html"]
    assert feedparser.parse(files["feed.xml"]).bozo == 0


def test_an_issue_comes_back_as_it_was_shelved_and_the_page_is_written_only_when_it_changes(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room").with_reports()
    issue, _, _ = room.build()
    found = read(shelved(issue))
    assert found is not None
    assert (found.id, found.stories, len(found.headlines)) == (ISSUE, 3, 3)
    page = room.outbox / "index.html"
    assert ISSUE in page.read_text(encoding="utf-8")
    before = page.stat().st_mtime_ns
    room.run("gather")
    assert page.stat().st_mtime_ns == before
