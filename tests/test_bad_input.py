"""Bad input, end to end: each is named with its cause in the output and in the issue; all else comes out; nothing is lost."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result

from tests.conftest import NOW
from tests.rooms import AS_OF, BEES, CHESS, FIRE, HEAD, INBOX, ISSUE, Room, process, titles

GHOST = '\n[[sources]]\nname = "Ghost"\npath = "not-there"\n'
WIDE = "\n[clean]\nsplit = false\n[rank]\nper_section = 99\nper_source = 99\nstories = 99\nbrief = 200\n"
LINES = 100
# Where it stands, and words of its cause.
BAD = {
    "Attic/empty.txt": "is empty",
    "Attic/blank.md": "is empty",
    "Attic/noise.txt": "is binary, not text",
    "Attic/noise.html": "is binary, not text",
    "Attic/picture.png": "is in no format that we read",
    "Attic/cut.json": "is not JSON",
    "Attic/cut.jsonl#3": "is not JSON",
    "Attic/cut.eml": "is a mail without text",
    "Attic/front.md:2": "has broken front matter",
    "Attic/big.txt": "has 200.0 MiB, over the limit of 15.0 MiB",
    "Attic/lines.jsonl#71": "is not JSON",
    "Attic/untitled.json": "has no title",
    "Attic/future.json": "is dated 3026-03-01, in the future",
    "Attic/twin-b.json": "has the id or address of Attic/twin-a.json",
    "Attic/pipe.txt": "is no regular file",
    "Attic/link.txt": "cannot be opened",
    "Ghost": "there is no such folder",
}
GOOD = {
    "Line 1 of a long list",
    "Line 70 of a long list",
    "Line 72 of a long list",
    f"Line {LINES} of a long list",
    "Before the cut",
    "Before the cut too",
    "A report from 3026",
    "The first twin",
    "The second twin",
    "Heather honey runs out of jars",
}


@dataclass(frozen=True)
class Run:
    room: Room
    told: Result


def row(identity: str, title: str, text: str, **more: str) -> str:
    return json.dumps({"id": identity, "title": title, "text": text, "language": "en", **more})


def fill(room: Room) -> Room:
    room.report("Moor Mail", "bees", "Heather honey runs out of jars", BEES)
    room.file("Attic/empty.txt", "")
    room.file("Attic/blank.md", " \n\n")
    room.file("Attic/noise.txt", bytes(range(256)) * 16)
    room.file("Attic/noise.html", b"<p>" + bytes(reversed(range(256))) * 16)
    room.file("Attic/picture.png", b"\x89PNG\r\n\x1a\n")
    room.file("Attic/cut.json", '{"title": "Cut short", "text": "The half of a')
    # With its last line ended: without, it would be taken for a file that is still being written.
    room.file(
        "Attic/cut.jsonl", "\n".join((row("c1", "Before the cut", CHESS), row("c2", "Before the cut too", FIRE), '{"id": "c3", "tit', ""))
    )
    room.file("Attic/cut.eml", "Subject: Nothing follows\nContent-Type: text/pl")
    room.file("Attic/front.md", "---\ntitle: [never closed\n---\nText.\n")
    os.truncate(room.file("Attic/big.txt", ""), 200 * 2**20)
    lines = [
        row(f"l{at}", f"Line {at} of a long list", f"The entry number {at} tells of parish {at * 7919} alone.")
        for at in range(1, LINES + 1)
    ]
    lines[70] = '{"id": "l71", "title": broken}'
    room.file("Attic/lines.jsonl", "\n".join(lines) + "\n")
    room.file("Attic/untitled.json", json.dumps({"id": "u", "text": "A gate was left open. The sheep were found in the church."}))
    room.file(
        "Attic/future.json",
        row("f", "A report from 3026", "Hovering carts are to be taxed by weight, the moon parish said.", published="3026-03-01"),
    )
    room.file("Attic/twin-a.json", row("twin", "The first twin", "The older of two sisters opened a bakery in Mill Lane on Monday."))
    room.file("Attic/twin-b.json", row("twin", "The second twin", "A locomotive from 1911 will pull the Advent train up the moor."))
    os.mkfifo(room.root / "inbox" / "Attic" / "pipe.txt")
    (room.root / "inbox" / "Attic" / "link.txt").symlink_to("/etc/hostname")
    return room


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    room = fill(Room.made(tmp_path_factory.mktemp("bad") / "room", WIDE, sources=INBOX + GHOST))
    return Run(room, room.built())


def test_the_build_succeeds(ran: Run) -> None:
    assert ran.told.exit_code == 0
    assert f"{len(BAD)} problems, survived" in ran.told.stdout


@pytest.mark.parametrize("where", BAD)
def test_it_is_named_in_the_output_with_its_cause(ran: Run, where: str) -> None:
    lines = [
        line for line in ran.told.stdout.splitlines() if line.startswith(f"  {where} " if where != "Ghost" else "  ") and BAD[where] in line
    ]
    assert len(lines) == 1
    assert " — " in lines[0], "no word on what to do"


@pytest.mark.parametrize("where", BAD)
def test_it_is_named_in_the_record_with_its_cause(ran: Run, where: str) -> None:
    failures = ran.room.record()["failures"]
    (found,) = (one for one in failures if where in {one["where"], one["source"]} and BAD[where] in one["cause"])
    assert found["fix"]
    assert len(failures) == len(BAD)


@pytest.mark.parametrize("where", BAD)
@pytest.mark.parametrize("form", ["issue.html", "issue.txt", "issue.md"])
def test_it_is_named_in_the_footer_with_its_cause(ran: Run, where: str, form: str) -> None:
    page = ran.room.page(form)
    if form == "issue.html":
        page = html.unescape(re.sub(r"<[^>]+>", " ", page))
    shown = "".join(char for char in page if char.isalnum())
    for part in (where, BAD[where]):
        assert "".join(char for char in part if char.isalnum()) in shown


@pytest.mark.parametrize("title", sorted(GOOD))
def test_every_other_article_still_comes_out(ran: Run, title: str) -> None:
    assert title in titles(ran.room.record())
    assert title in html.unescape(ran.room.page("issue.html"))


def test_nothing_is_lost_between_the_gathered_and_the_shown(ran: Run) -> None:
    record = ran.room.record()
    shown = {member["article"] for section in record["sections"] for story in section["stories"] for member in story["members"]}
    left = {one["article"] for one in record["left_out"]}
    assert shown | left == set(record["articles"])
    assert not shown & left
    assert len(record["articles"]) == LINES - 1 + 2 + 1 + 1 + 2 + 1  # lines, before the cut, untitled, future, twins, bees


def test_an_article_without_a_title_is_called_by_its_first_words(ran: Run) -> None:
    assert "A gate was left open." in titles(ran.room.record())


def test_a_date_in_the_year_3026_is_taken_as_undated(ran: Run) -> None:
    (found,) = (article for article in ran.room.record()["articles"].values() if article["title"] == "A report from 3026")
    assert found["published"] is None


def test_the_link_was_not_followed(ran: Run) -> None:
    assert "link.txt" not in {article["document"].rpartition("/")[2] for article in ran.room.record()["articles"].values()}


def test_what_is_mended_is_taken_up_and_nothing_else_comes_twice(ran: Run, tmp_path: Path) -> None:
    root = tmp_path / "mended"
    shutil.copytree(ran.room.root, root, symlinks=True, ignore=shutil.ignore_patterns("pipe.txt"))
    room = Room(root)
    room.file("Attic/cut.json", row("cut", "Mended at last", "The half of a report was found behind the desk, whole and dry."))
    good = (
        (root / "inbox" / "Attic" / "lines.jsonl")
        .read_text()
        .replace('"title": broken', '"title": "Line 71 of a long list", "text": "Here."')
    )
    room.file("Attic/lines.jsonl", good)
    assert room.built(as_of=NOW.replace(day=29).isoformat()).exit_code == 0
    articles = room.record("2026-W48")["articles"].values()
    assert {article["title"] for article in articles} == {"Mended at last", "Line 71 of a long list"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_and_a_folder_that_may_not_be_read_are_named(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room").with_reports()
    room.file("Locked/in.txt", "x")
    locked = [room.file("Moor Mail/locked.txt", "x"), room.root / "inbox" / "Locked"]
    for path in locked:
        path.chmod(0)
    try:
        told = room.built()
    finally:
        for path in locked:
            path.chmod(0o700)
    assert told.exit_code == 0
    assert "Moor Mail/locked.txt cannot be opened: Permission denied" in told.stdout
    assert re.search(r"Locked.*Permission denied", told.stdout)


def test_the_big_file_is_named_at_once_and_without_a_warning(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room").with_reports()
    os.truncate(room.file("Moor Mail/big.jsonl", ""), 200 * 2**20)
    done = process("build", "--as-of", AS_OF, cwd=room.root)
    assert done.returncode == 0
    assert "Moor Mail/big.jsonl has 200.0 MiB" in done.stdout
    assert done.stderr.splitlines() == ["Gathering …", "Grouping …", "Writing notes …"]
    assert len(room.record(ISSUE)["articles"]) == 4


HOSTILE = "Red \x1b[31mherring\x07 \u202egnirreh\u2066 \r\noverwritten\x9b2J"


@pytest.mark.parametrize(
    "command", [("build",), ("build", "--dry-run"), ("gather",), ("status",), ("explain", ISSUE), ("explain", ISSUE, "1")]
)
def test_no_control_of_a_title_reaches_the_terminal(tmp_path: Path, command: tuple[str, ...]) -> None:
    room = Room.made(tmp_path / "room", head=f'{HEAD}as_of = "{AS_OF}"\n')
    room.report(HOSTILE.replace("\r\n", " "), "red", HOSTILE, FIRE, authors=[HOSTILE], tags=[HOSTILE], section=HOSTILE)
    room.file(f"{HOSTILE}.json", "{")
    room.report("Moor Mail", "blue", HOSTILE, FIRE, id="red", source=HOSTILE)
    room.run("build")
    told = room.run(*command)
    assert told.exit_code == 0
    assert told.output
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", told.output)
