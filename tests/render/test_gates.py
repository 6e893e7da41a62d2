"""Every theme in every language passes every gate, on an issue of everything, of one story and of 300, the sample and the seeds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.render.checks.clients import features, lacking, unsupported
from digest.render.checks.mail import Mail
from digest.render.eml import Eml
from digest.shipped import folder
from tests.conftest import SHARED

from .gates import GATES, counted, findings
from .issues import CASES, LANGUAGES, THEMES, issue, made


def mail(theme: str, language: str, name: str, tmp_path: Path) -> Mail:
    found, settings = made(theme, language, name, tmp_path)
    return Mail(Eml(settings).render(found)[0].content)


def cases() -> Iterator[tuple[str, str, str]]:
    for theme in THEMES:
        yield from ((theme, language, name) for language in LANGUAGES for name in ("full", "one", "seeds", "sample"))
    yield from ((theme, language, "many") for theme, language in CASES)  # an issue of 300 takes the longest


@pytest.mark.parametrize(("theme", "language", "name"), list(cases()))
def test_a_mail_passes_every_gate(theme: str, language: str, name: str, tmp_path: Path) -> None:
    found = mail(theme, language, name, tmp_path)
    assert findings(found) == []


def test_there_are_as_many_gates_as_the_best_are_measured_by() -> None:
    assert len(GATES) >= 44
    assert set(THEMES) == {home.name for home in folder("templates").iterdir() if home.is_dir() and not home.name.startswith("_")}


def test_the_gates_can_be_failed(tmp_path: Path) -> None:
    """Each of these faults is seen by the gate that is about it."""
    found = mail("default", "en", "full", tmp_path).content.decode().replace("=\r\n", "")
    faults = {
        "language on html": ('<html lang=3D"en"', "<html"),
        "layout tables say so": ('<table role=3D"presentation" style', "<table style"),
        "one click unsubscribes": ("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", ""),
        "an article for screen readers": ('aria-roledescription=3D"email"', ""),
        "dark mode declared": ("color-scheme: light dark", "color: red"),
        "no leftovers of templates": ("A week of things", "A {{ week }} of things"),
        "links say where they lead": (">diver=E2=80=99s report<", ">here<"),
        "a signature mark before the footer": ("\r\n--=20\r\n", "\r\n"),
    }
    for gate, (right, wrong) in faults.items():
        assert right in found, gate
        told = GATES[gate].of(Mail(found.replace(right, wrong).encode()))
        assert told, gate
        assert told.wrong, gate
        assert told.fix, gate


def test_a_text_that_says_far_more_than_the_html_is_found(tmp_path: Path) -> None:
    found, settings = made("default", "en", "many", tmp_path)
    settings = settings.model_copy(update={"digest": settings.digest.model_copy(update={"public_url": ""})})
    told = GATES["text and HTML say the same"].of(Mail(Eml(settings).render(found)[0].content))
    assert told
    assert "different words" in told.wrong


def test_the_features_of_a_mail_are_seen(tmp_path: Path) -> None:
    found = mail("default", "en", "full", tmp_path)
    assert {"css-padding", "css-max-width", "css-display-none", "html-table", "css-unit-px", "html-dir"} <= features(found.page.elements)
    assert 0 < sum(unsupported(found.page.elements).values()) <= 14


def test_the_data_on_clients_is_what_it_was_made_of() -> None:
    data = SHARED / "email" / "caniemail.json"
    if not data.is_file():
        pytest.skip("the data of caniemail.com is not here")
    assert counted(json.loads(data.read_text("utf-8"))["data"]) == lacking()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_a_story_costs_at_most_1600_bytes(theme: str, language: str, tmp_path: Path) -> None:
    for name in ("sample", "sixty"):
        found = issue(name)
        assert found is not None
        assert len(mail(theme, language, name, tmp_path).html.encode()) <= 1600 * len(found.stories), name
