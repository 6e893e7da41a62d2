"""The outbox: parcels go up whole, are read back by name, and tell where they were changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from digest import outbox
from digest.errors import OutboxError
from digest.model import Parcel
from tests.made import article, batch, parcel

PAGE = parcel(issue_html="<p>Ferry aground 🌊</p>", issue_txt="Ferry aground")


def whole(made: Parcel = PAGE) -> Parcel:
    """The parcel with its manifest."""
    listed = outbox.manifest(made, batch(article("a1"), article("a2"), issue=made.issue), "settings-sha", "theme-sha", "1.2.3")
    return replace(made, files=(*made.files, listed))


def test_the_manifest_says_what_the_parcel_holds_and_was_made_of() -> None:
    listed = whole().files[-1]
    values = json.loads(listed.content)
    page = PAGE.files[0].content
    assert (listed.name, listed.media_type) == ("manifest.json", "application/json")
    assert values["files"]["issue.html"] == {"sha256": hashlib.sha256(page).hexdigest(), "bytes": len(page), "media_type": "text/plain"}
    assert list(values["files"]) == ["issue.html", "issue.txt"]
    assert values["articles"] == ["a1", "a2"]
    assert (values["issue"], values["digest"], values["settings"], values["theme"]) == ("2026-W47", "1.2.3", "settings-sha", "theme-sha")
    assert (values["opens"], values["closes"]) == ("2026-11-15T18:00:00+01:00", "2026-11-22T18:00:00+01:00")


def test_a_parcel_is_read_back_as_it_went_up(tmp_path: Path) -> None:
    made = whole()
    assert outbox.put(tmp_path, made) == tmp_path / "2026-W47"
    for file in made.files:
        assert outbox.read(tmp_path, "2026-W47", file.name) == file.content
    assert outbox.read_json(tmp_path, "2026-W47", outbox.MANIFEST)["issue"] == "2026-W47"
    assert outbox.differences(tmp_path, "2026-W47", made) == ()


def test_the_names_are_those_of_whole_issues_oldest_first(tmp_path: Path) -> None:
    assert outbox.names(tmp_path / "none") == ()
    for issue in ("2026-W47", "2026-W46", "2026-W47.2"):
        outbox.put(tmp_path, whole(replace(PAGE, issue=issue)))
    outbox.put(tmp_path, replace(PAGE, issue="no-manifest"))
    (tmp_path / "index.html").write_text("index")
    (tmp_path / "2026-W47").rename(tmp_path / ".2026-W47.old")
    assert outbox.names(tmp_path) == ("2026-W46", "2026-W47.2")
    assert outbox.names(tmp_path / "index.html") == ()


def test_an_issue_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match="there is no issue '2026-W01'") as caught:
        outbox.read(tmp_path, "2026-W01", "issue.html")
    assert caught.value.fix == "issues here: none yet"
    for number in range(41, 48):
        outbox.put(tmp_path, whole(replace(PAGE, issue=f"2026-W{number}")))
    for ask in (
        lambda: outbox.read(tmp_path, "2026-W01", "issue.html"),
        lambda: outbox.read_json(tmp_path, "2026-W01", "issue.json"),
        lambda: outbox.differences(tmp_path, "2026-W01", whole()),
    ):
        with pytest.raises(OutboxError, match="there is no issue '2026-W01'") as caught:
            ask()
        assert caught.value.fix == "issues here: 2026-W42, 2026-W43, 2026-W44, 2026-W45, 2026-W46, 2026-W47"
        assert caught.value.where == str(tmp_path)


@pytest.mark.parametrize("issue", ["../x", "..", ".", "", "/etc", ".2026-W47.old", "a/../2026-W47"])
def test_a_name_that_leads_elsewhere_is_no_issue(tmp_path: Path, issue: str) -> None:
    place = tmp_path / "outbox"
    outbox.put(place, whole())
    outbox.put(tmp_path, whole(replace(PAGE, issue="x")))
    with pytest.raises(OutboxError, match="there is no issue"):
        outbox.read(place, issue, "issue.html")
    with pytest.raises(OutboxError, match="is no name for a folder"):
        outbox.put(place, replace(whole(), issue=issue))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["outbox", "x"]


@pytest.mark.parametrize("name", ["../2026-W46/issue.html", "..", "", "/etc/hostname", "nul\0"])
def test_a_file_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    outbox.put(tmp_path, whole())
    outbox.put(tmp_path, whole(replace(PAGE, issue="2026-W46")))
    with pytest.raises(OutboxError, match="is no name of a file"):
        outbox.read(tmp_path, "2026-W47", name)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    outbox.put(tmp_path, whole())
    with pytest.raises(OutboxError, match="No such file") as caught:
        outbox.read(tmp_path, "2026-W47", "issue.eml")
    assert caught.value.where == str(tmp_path / "2026-W47" / "issue.eml")


@pytest.mark.parametrize(
    ("text", "cause"), [("{", "Expecting"), ("[" * 100_000, "recursion"), ("[1]", "holds a list, not an object"), ("\udcff", "decode")]
)
def test_broken_json_is_an_error_of_the_outbox(tmp_path: Path, text: str, cause: str) -> None:
    outbox.put(tmp_path, whole())
    (tmp_path / "2026-W47" / "issue.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(OutboxError, match=f"is broken: .*{cause}"):
        outbox.read_json(tmp_path, "2026-W47", "issue.json")


def test_one_changed_byte_is_found_with_its_place(tmp_path: Path) -> None:
    place = outbox.put(tmp_path, whole())
    content = bytearray((place / "issue.html").read_bytes())
    content[7] ^= 1
    (place / "issue.html").write_bytes(content)
    assert outbox.differences(tmp_path, "2026-W47", whole()) == ("issue.html: differs from byte 7 on (25 bytes here, 25 rebuilt)",)


def test_a_torn_file_differs_where_it_ends(tmp_path: Path) -> None:
    place = outbox.put(tmp_path, whole())
    (place / "issue.txt").write_text("Ferry")
    assert outbox.differences(tmp_path, "2026-W47", whole()) == ("issue.txt: differs from byte 5 on (5 bytes here, 13 rebuilt)",)


def test_missing_and_strange_files_are_found(tmp_path: Path) -> None:
    place = outbox.put(tmp_path, whole())
    (place / "issue.txt").unlink()
    (place / "notes.txt").write_text("mine")
    (place / "attic").mkdir()
    assert outbox.differences(tmp_path, "2026-W47", whole()) == (
        "issue.txt: cannot be read: No such file or directory",
        "attic: is not of this issue",
        "notes.txt: is not of this issue",
    )


def test_an_outbox_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(OutboxError, match=r"cannot be written: .*exists") as caught:
        outbox.put(tmp_path / "outbox", whole())
    assert caught.value.where == str(tmp_path / "outbox" / "2026-W47")
    assert "no issue was touched" in caught.value.fix


def test_an_outbox_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def barred(_: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", barred)
    with pytest.raises(OutboxError, match="cannot be read: Permission denied"):
        outbox.names(tmp_path)
