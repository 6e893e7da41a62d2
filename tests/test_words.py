"""The words around the stories: every language has them all, with all its plural forms, and nothing to fill in by chance."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from digest.errors import RenderError
from digest.notes.quantities.roles import ROLES
from digest.settings import DigestTable
from digest.shipped import folder
from digest.words import Words, plural_forms, words_of
from tests.made import settings

LANGUAGES = get_args(DigestTable.model_fields["language"].annotation)
TEMPLATES = list(folder("templates").rglob("*.j2"))


def table(language: str) -> dict[str, Any]:
    return tomllib.loads((folder("templates") / "_words" / f"{language}.toml").read_text("utf-8"))


def names(forms: str | dict[str, str]) -> list[set[str]]:
    return [set(re.findall(r"\{(\w+)\}", text)) for text in (forms.values() if isinstance(forms, dict) else [forms])]


def test_six_languages_at_least() -> None:
    assert {"en", "de", "fr", "es", "zh", "ar"} <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word_and_asks_for_no_other_value(language: str) -> None:
    english, found = table("en"), table(language)
    assert list(found) == list(english)
    for key, forms in english.items():
        allowed = set().union(*names(forms))
        assert isinstance(found[key], dict) == isinstance(forms, dict), key
        assert all(asked <= allowed for asked in names(found[key])), key
        assert all(asked >= allowed - {"n"} for asked in names(found[key])) or key == "fore_top", key
        assert "" not in (found[key].values() if isinstance(found[key], dict) else [found[key]])


def test_what_figures_count_has_words_in_every_other_language() -> None:
    rows = table("roles")
    assert {role.name for role in ROLES} <= set(rows)
    assert all(set(row) == set(LANGUAGES) - {"en"} and all(row.values()) for row in rows.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_has_the_forms_of_its_language(language: str) -> None:
    for key, forms in table(language).items():
        if isinstance(forms, dict):
            assert set(forms) == plural_forms(language), key


def test_every_word_that_a_template_says_is_there() -> None:
    said = {key for path in TEMPLATES for key in re.findall(r'say\("(\w+)"', path.read_text("utf-8"))}
    assert len(said) > 30
    assert said <= set(table("en"))


def test_small_numbers_are_words_in_prose_where_the_language_has_them() -> None:
    said = {language: words_of(settings(Path(), language=language)) for language in LANGUAGES}
    told = [said["en"].write("fore_shared", n=number) for number in (1, 2, 12, 13)]
    assert [one.split(" more")[0] for one in told] == ["One", "Two", "Twelve", "13"]
    assert said["de"].write("fore_apart", n=3) == "Bei drei Themen gehen die Berichte auseinander."
    assert said["zh"].write("fore_apart", n=3) == said["zh"].say("fore_apart", n=3)
    assert all(len(str(one.table["numerals"]).split()) == 11 for one in said.values() if "numerals" in one.table)


def test_counts_are_written_as_the_language_does() -> None:
    english, arabic = words_of(settings(Path())), words_of(settings(Path(), language="ar"))
    assert [english.say("stories", n=number) for number in (0, 1, 2, 1200)] == ["0 stories", "1 story", "2 stories", "1,200 stories"]
    assert [arabic.say("stories", n=number) for number in (1, 2, 3, 11)] == ["خبر واحد", "خبران", "3 أخبار", "11 خبرًا"]


def test_ones_own_words_come_first(tmp_path: Path) -> None:
    home = tmp_path / "templates" / "_words"
    home.mkdir(parents=True)
    (home / "en.toml").write_text('brief = "Shorts"\n', "utf-8")
    found = words_of(settings(tmp_path))
    assert (found.say("brief"), found.say("more")) == ("Shorts", "More stories")


@pytest.mark.parametrize(
    ("key", "values", "told"),
    [
        ("storys", {}, "no words 'storys'; did you mean 'stories'?"),
        ("stories", {}, "no n is given"),
        ("adds", {}, "ask for {name}"),
    ],
)
def test_a_missing_word_or_value_is_told(key: str, values: dict[str, object], told: str) -> None:
    with pytest.raises(RenderError, match=re.escape(told)):
        words_of(settings(Path())).say(key, **values)


def test_a_missing_form_is_told() -> None:
    with pytest.raises(RenderError, match="no form 'other'"):
        Words("en", {"stories": {"one": "{n} story"}}, "x.toml").say("stories", n=2)


@pytest.mark.parametrize("text", ["brief = ", "brief = 3", "brief = { one = 1 }"])
def test_a_broken_table_is_named(text: str, tmp_path: Path) -> None:
    home = tmp_path / "templates" / "_words"
    home.mkdir(parents=True)
    (home / "en.toml").write_text(text, "utf-8")
    with pytest.raises(RenderError) as caught:
        words_of(settings(tmp_path))
    assert caught.value.where == str(home / "en.toml")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_days_of_a_week_fit_beside_each_other(language: str) -> None:
    week = [Words(language, {}).weekday(date(2026, 11, 16 + number)) for number in range(7)]
    assert all(1 <= len(day) <= 3 for day in week)
    assert len(set(week)) >= 6  # one-letter names of two days may be alike
