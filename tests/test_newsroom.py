"""A new newsroom: whole, with the sample or empty, and nothing of the user's overwritten."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from digest.errors import DigestError
from digest.newsroom import lay_out, start_theme
from digest.pipeline import check
from digest.settings import load
from digest.shipped import folder
from tests.conftest import NOW
from tests.rooms import listing


def test_a_newsroom_has_settings_inbox_outbox_templates_and_edits(tmp_path: Path) -> None:
    made = lay_out(tmp_path / "room")
    assert all((tmp_path / "room" / name).exists() for name in made)
    assert {path.name for path in (tmp_path / "room").iterdir()} == {"config", "inbox", "outbox", "templates"}
    assert (tmp_path / "room/config/edits").is_dir()
    assert listing(tmp_path / "room/templates") == listing(folder("templates"))
    assert listing(tmp_path / "room/inbox") == listing(folder("sample") / "inbox")


def test_with_the_sample_the_moment_is_fixed_and_without_it_is_not(tmp_path: Path) -> None:
    lay_out(tmp_path / "sample")
    lay_out(tmp_path / "empty", empty=True)
    assert load(tmp_path / "sample/config/digest.toml").digest.as_of == NOW
    assert load(tmp_path / "empty/config/digest.toml").digest.as_of is None
    assert list((tmp_path / "empty/inbox").iterdir()) == []


def test_its_settings_are_those_that_ship_but_for_the_moment(tmp_path: Path) -> None:
    lay_out(tmp_path / "room")
    found = tomllib.loads((tmp_path / "room/config/digest.toml").read_text(encoding="utf-8"))
    shipped = tomllib.loads((folder("config") / "digest.toml").read_text(encoding="utf-8"))
    assert found["digest"].pop("as_of") == NOW.isoformat()
    assert found == shipped
    check(load(tmp_path / "room/config/digest.toml"))


def test_a_newsroom_that_is_there_is_refused_and_left_alone(tmp_path: Path) -> None:
    lay_out(tmp_path, empty=True)
    before = listing(tmp_path)
    with pytest.raises(DigestError, match="there is a newsroom here already") as caught:
        lay_out(tmp_path)
    assert caught.value.where == str(tmp_path / "config/digest.toml")
    assert listing(tmp_path) == before


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    for name in ("templates/default/issue.html.j2", "inbox/Harbour Post/2026-11-21-derby.html", "inbox/mine.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
    lay_out(tmp_path)
    assert (tmp_path / "templates/default/issue.html.j2").read_text() == "mine"
    assert (tmp_path / "inbox/Harbour Post/2026-11-21-derby.html").read_text() == "mine"
    assert (tmp_path / "inbox/mine.txt").read_text() == "mine"
    assert (tmp_path / "inbox/Harbour Post/2026-11-19-toll-23.html").exists()


def test_a_place_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "room"):
        with pytest.raises(DigestError, match="cannot be made: ") as caught:
            lay_out(place)
        assert caught.value.where == str(place)
        assert caught.value.fix == "name a folder that you may write to"


def test_a_theme_starts_as_a_copy_of_a_shipped_one(tmp_path: Path) -> None:
    made = start_theme(tmp_path / "templates", "evening", "brief")
    assert made == ("head.css", "issue.html.j2", "style.css")
    assert listing(tmp_path / "templates" / "evening") == listing(folder("templates") / "brief")


@pytest.mark.parametrize(
    ("name", "of", "told"),
    [
        ("evening", "defualt", "did you mean 'default'?"),
        ("evening", "_macros", "no such theme"),
        ("../evening", "default", "is no name of a theme"),
        ("_evening", "default", "is no name of a theme"),
        ("plain", "default", "there is a theme of that name"),
        ("mine", "default", "there is a theme of that name"),
    ],
)
def test_a_theme_that_cannot_be_started_is_told(name: str, of: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    before = listing(tmp_path)
    with pytest.raises(DigestError) as caught:
        start_theme(tmp_path, name, of)
    assert told in str(caught.value)
    assert listing(tmp_path) == before


def test_a_theme_cannot_be_made_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "templates").write_text("x", encoding="utf-8")
    with pytest.raises(DigestError, match="cannot be made"):
        start_theme(tmp_path / "templates", "evening", "default")
