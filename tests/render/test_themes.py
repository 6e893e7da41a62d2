"""Themes: the user's files first, the shipped ones for the rest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from digest.errors import RenderError, SettingsError
from digest.render import check, parcel, theme_digest
from digest.render.specimen import specimen
from digest.render.themes import changed, theme_of
from digest.shipped import folder

from . import made_up


def test_the_shipped_theme_is_found(tmp_path: Path) -> None:
    check(made_up.settings(tmp_path))
    assert (folder("templates") / "default" / "issue.html.j2").is_file()


def test_installed_files_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_shipped" / "templates").mkdir(parents=True)
    monkeypatch.setattr("digest.shipped._PACKAGE", tmp_path)
    assert folder("templates") == tmp_path / "_shipped" / "templates"
    assert folder("config") == tmp_path.parent / "config"


def test_an_unknown_theme_is_named_with_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "templates" / "evening").mkdir(parents=True)
    with pytest.raises(SettingsError) as caught:
        check(made_up.settings(tmp_path, theme="evning"))
    told = str(caught.value)
    assert "`digest.theme` is 'evning'" in told
    assert "did you mean 'evening'?" in told
    assert "brief, briefing, default, evening, plain, report" in told
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["../default", "_macros", "", "."])
def test_no_path_is_a_theme(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        check(made_up.settings(tmp_path, theme=name))


def test_a_users_file_overrides_and_the_rest_is_shipped(tmp_path: Path) -> None:
    plain = parcel(made_up.full(), made_up.settings(tmp_path)).files
    home = tmp_path / "templates" / "default"
    home.mkdir(parents=True)
    (home / "issue.txt.j2").write_text("Mine: {{ issue.title }}\n", "utf-8")
    files = {file.name: file.content for file in parcel(made_up.full(), made_up.settings(tmp_path)).files}
    assert files["issue.txt"] == b"Mine: The Weekly Digest\n"
    assert files["issue.html"] == plain[0].content


def test_a_theme_of_ones_own_needs_only_its_colours(tmp_path: Path) -> None:
    home = tmp_path / "templates" / "evening"
    home.mkdir(parents=True)
    sheet = (folder("templates") / "default" / "style.css").read_text("utf-8")
    (home / "style.css").write_text(sheet.replace("#b3261e", "#123456"), "utf-8")
    page = parcel(made_up.full(), made_up.settings(tmp_path, theme="evening")).files[0].content.decode()
    assert "color:#123456" in page
    assert "b3261e" not in page


def test_a_users_macro_overrides(tmp_path: Path) -> None:
    home = tmp_path / "templates" / "_macros"
    home.mkdir(parents=True)
    shipped = (folder("templates") / "_macros" / "text.j2").read_text("utf-8")
    (home / "text.j2").write_text(shipped.replace('{{ say("reported", names=outlets(reports(one)))|wrap }}', "Heard too from"), "utf-8")
    assert "Heard too from" in parcel(made_up.full(), made_up.settings(tmp_path)).files[2].content.decode()


def test_the_digest_follows_every_file_that_is_used(tmp_path: Path) -> None:
    settings = made_up.settings(tmp_path)
    shipped = theme_digest(settings)
    assert shipped == theme_digest(settings)
    home = tmp_path / "templates" / "default"
    home.mkdir(parents=True)
    (home / "issue.txt.j2").write_bytes((folder("templates") / "default" / "issue.txt.j2").read_bytes())
    (home / ".issue.txt.j2.swp").write_text("half", "utf-8")
    assert theme_digest(settings) == shipped, "the same files by another way, and a hidden one"
    (home / "issue.txt.j2").write_text("other", "utf-8")
    changed = theme_digest(settings)
    assert changed != shipped
    macros = tmp_path / "templates" / "_macros"
    macros.mkdir()
    (macros / "more.j2").write_text("x", "utf-8")
    assert theme_digest(settings) != changed


def test_a_missing_or_unreadable_sheet_is_named(tmp_path: Path) -> None:
    theme = theme_of(made_up.settings(tmp_path))
    with pytest.raises(RenderError, match=r"has no nowhere\.css"):
        theme.read("nowhere.css")
    home = tmp_path / "templates" / "default"
    home.mkdir(parents=True)
    (home / "style.css").write_bytes(b"\xff\xfe")
    with pytest.raises(RenderError, match="cannot be read") as caught:
        parcel(made_up.full(), made_up.settings(tmp_path))
    assert caught.value.where == str(home / "style.css")


@pytest.mark.parametrize("name", ["default", "briefing", "brief", "report", "plain"])
def test_each_shipped_theme_makes_every_form(name: str, tmp_path: Path) -> None:
    settings = made_up.settings(tmp_path, theme=name)
    made = {file.name: file.content.decode() for file in parcel(specimen(settings), settings).files}
    assert {"issue.html", "issue.md", "issue.txt", "issue.eml"} < made.keys()
    assert "Crack in a pier shuts the bridge" in made["issue.html"]


def test_a_theme_of_ones_own_is_tried_on_an_issue_that_has_everything(tmp_path: Path) -> None:
    home = tmp_path / "templates" / "default"
    home.mkdir(parents=True)
    (home / "issue.txt.j2").write_text("{% for one in issue.failures %}\n{{ one.reason }}\n{% endfor %}", "utf-8")
    with pytest.raises(RenderError, match="has no attribute 'reason'") as caught:
        parcel(made_up.empty(), made_up.settings(tmp_path))
    assert caught.value.where == f"{home / 'issue.txt.j2'}:2"


def test_templates_as_shipped_are_not_ones_own(tmp_path: Path) -> None:
    settings = made_up.settings(tmp_path)
    assert not changed(settings)
    shutil.copytree(folder("templates"), tmp_path / "templates")
    assert not changed(settings)
    (tmp_path / "templates" / "_words" / "en.toml").write_text("", "utf-8")
    assert changed(settings)
