"""Every theme in every language passes every gate, on an issue of everything, of one story and of 300, the sample and the seeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

import pytest

from digest import pipeline, store
from digest.model import Issue
from digest.render.checks.clients import features, lacking, unsupported
from digest.render.checks.mail import Mail
from digest.render.eml import Eml
from digest.settings import DigestTable, SourceTable, load
from digest.shipped import folder
from tests.conftest import SHARED

from . import made_up
from .gates import GATES, counted, findings

THEMES = sorted(home.name for home in folder("templates").iterdir() if home.is_dir() and not home.name.startswith("_"))
LANGUAGES = ("en", "de", "fr", "es", "zh", "ar")
PUBLIC = {"public_url": "https://digest.example", "unsubscribe": "https://digest.example/u"}


@cache
def issue(name: str) -> Issue | None:
    """An issue by its name; None for the seeds where they are not."""
    if name == "sample":
        return built(folder("sample") / "digest.toml", None)
    if name == "seeds":
        return None if not (SHARED / "seeds").is_dir() else built(None, SHARED / "seeds")
    made: dict[str, Callable[[], Issue]] = {
        "full": made_up.full,
        "one": made_up.one,
        "many": made_up.many,
        "sixty": partial(made_up.many, 60),
    }
    return made[name]()


def built(config: Path | None, inbox: Path | None) -> Issue:
    """The issue that the pipeline makes of a newsroom, or of a folder of texts, each of them a source."""
    files = sorted(inbox.glob("*.txt")) if inbox else []
    settings = load(config) if config else made_up.settings(Path()).model_copy(
        update={
            "sources": [SourceTable(name=file.stem[:3], path=str(inbox), include=[file.name]) for file in files],
            "root": Path("/nonexistent"),
            "digest": DigestTable.model_validate({"max_age": "120 days"}),
        }
    )  # fmt: skip
    now = settings.digest.as_of or datetime.fromisoformat("2025-04-21T12:00:00+00:00")
    with closing(store.trial(Path("/nonexistent/store"))) as opened:
        return pipeline.build(settings, opened, now)[0]


def mail(theme: str, language: str, name: str, tmp_path: Path) -> Mail:
    found = issue(name)
    if found is None:
        pytest.skip("the seeds are not here")
    settings = made_up.settings(tmp_path, theme=theme, language=language, **PUBLIC)
    return Mail(Eml(settings).render(replace(found, language=language))[0].content)


def cases() -> Iterator[tuple[str, str, str]]:
    for theme in THEMES:
        yield from ((theme, language, name) for language in LANGUAGES for name in ("full", "one", "seeds", "sample"))
    # An issue of 300 takes the longest: every theme in English, and every other language in one of them.
    yield from ((theme, "en", "many") for theme in THEMES)
    yield from ((theme, language, "many") for theme, language in zip(THEMES, LANGUAGES[1:], strict=True))


@pytest.mark.parametrize(("theme", "language", "name"), list(cases()))
def test_a_mail_passes_every_gate(theme: str, language: str, name: str, tmp_path: Path) -> None:
    found = mail(theme, language, name, tmp_path)
    assert findings(found) == []


def test_there_are_as_many_gates_as_the_best_are_measured_by() -> None:
    assert len(GATES) >= 44
    assert len(THEMES) >= 5


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
