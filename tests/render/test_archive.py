"""The archive and the feed: valid, the same for the same issues, and harmless whatever a headline says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from digest.model import File
from digest.render.archive import Shelved, archive, read, shelved
from digest.settings import DigestTable, Settings
from tests.made import settings
from tests.rooms import ISSUE, Room

ATOM = "{http://www.w3.org/2005/Atom}"
ONE = Shelved(
    "2026-W47",
    47,
    "The Quay",
    "Fire on the quay",
    "And honey runs out",
    "2026-11-15T18:00:00+01:00",
    "2026-11-22T18:00:00+01:00",
    2,
    3,
    ("Fire", "Honey"),
)
NASTY = '</title><script>alert(1)</script> & "quoted" \' \x08\ufffe \ud800 \u202eabc'


def made(root: Path, *found: Shelved, public_url: str = "") -> tuple[File, File]:
    room: Settings = settings(root).model_copy(update={"digest": DigestTable(title="The Quay", public_url=public_url)})
    index, feed = archive(room, found)
    return index, feed


def test_an_issue_is_listed_and_fed(tmp_path: Path) -> None:
    index, feed = made(tmp_path, ONE, replace(ONE, id="2026-W48", number=48, subject="Newer", closes="2026-11-29T18:00:00+01:00"))
    page = index.content.decode()
    assert page.index("2026-W48/issue.html") < page.index("2026-W47/issue.html")
    assert "Issue 47" in page
    assert "<li data-line hidden>Honey</li>" in page
    tree = ElementTree.fromstring(feed.content)  # noqa: S314 - our own
    assert [entry.findtext(f"{ATOM}title") for entry in tree.findall(f"{ATOM}entry")] == ["Newer", "Fire on the quay"]
    assert tree.findtext(f"{ATOM}updated") == "2026-11-29T17:00:00Z"


def test_what_atom_demands_is_there_and_ids_are_stable(tmp_path: Path) -> None:
    def ids(feed: File) -> list[str | None]:
        tree = ElementTree.fromstring(feed.content)  # noqa: S314
        for part in (tree, *tree.findall(f"{ATOM}entry")):
            assert all(part.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
            assert part.find(f"{ATOM}link") is not None
        assert tree.find(f"{ATOM}author") is not None
        return [tree.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in tree.findall(f"{ATOM}entry"))]

    first = ids(made(tmp_path, ONE)[1])
    later = ids(made(tmp_path, ONE, replace(ONE, id="2026-W48", closes="2026-11-29T18:00:00+01:00"), public_url="https://q.example/d/")[1])
    assert first == ["tag:newsroom.example,2000:digest", "tag:newsroom.example,2026:digest/2026-W47"]
    assert set(first) < set(later)


def test_links_begin_with_the_public_address_where_there_is_one(tmp_path: Path) -> None:
    assert b'href="https://q.example/d/2026-W47/issue.html"' in made(tmp_path, ONE, public_url="https://q.example/d/")[1].content
    assert b'href="2026-W47/issue.html"' in made(tmp_path, ONE)[1].content


def test_no_headline_does_harm(tmp_path: Path) -> None:
    index, feed = made(tmp_path, replace(ONE, subject=NASTY, preheader=NASTY, headlines=(NASTY,)))
    assert b"<script>alert" not in index.content
    assert index.content.count(b"<script>") == 1
    ElementTree.fromstring(feed.content)  # noqa: S314
    assert b"<script>alert" not in feed.content


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    index, feed = made(tmp_path)
    assert b"No issue yet." in index.content
    assert ElementTree.fromstring(feed.content).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"  # noqa: S314


@pytest.mark.parametrize("values", [{}, {"id": "x"}, {"id": 1, "headlines": None}])
def test_what_is_no_entry_is_passed_over(values: dict[str, object]) -> None:
    assert read(values) is None


def test_an_issue_comes_back_as_it_was_shelved(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room").with_reports()
    issue, _, _ = room.build()
    found = read(shelved(issue))
    assert found is not None
    assert (found.id, found.stories, len(found.headlines)) == (ISSUE, 3, 3)
    assert ISSUE in (room.outbox / "index.html").read_text(encoding="utf-8")
    before = (room.outbox / "index.html").stat().st_mtime_ns
    room.run("gather")
    assert (room.outbox / "index.html").stat().st_mtime_ns == before
