"""The issues that every theme is measured on, and which themes and languages; `DIGEST_GATES=all` takes every one in every one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

import pytest

from digest import pipeline, store
from digest.model import Issue
from digest.settings import DigestTable, Settings, SourceTable, load
from digest.shipped import folder
from tests.conftest import SHARED

from . import made_up

ALL = os.environ.get("DIGEST_GATES") == "all"
THEMES = ("default", "briefing", "brief", "report", "plain")
LANGUAGES = ("en", "de", "fr", "es", "zh", "ar")
# Every theme in English, and every other language in one of them; or all of them.
SOME = [*((theme, "en") for theme in THEMES), *zip(THEMES, ("ar", "zh", "fr", "de", "es"), strict=True)]
CASES = [(theme, language) for theme in THEMES for language in LANGUAGES] if ALL else SOME
NAMES = ("full", "one", "many", "sample", "seeds") if ALL else ("full",)
PUBLIC = {"public_url": "https://digest.example", "unsubscribe": "https://digest.example/u"}


@cache
def issue(name: str) -> Issue | None:
    """An issue by its name: made up (of everything, of 1, 60 or 300 stories), the sample, the seeds; None for those where they are not."""
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


def made(theme: str, language: str, name: str, tmp_path: Path) -> tuple[Issue, Settings]:
    """An issue in a language, and the settings to render it with; the test is skipped where its texts are not here."""
    found = issue(name)
    if found is None:
        pytest.skip("the seeds are not here")
    return replace(found, language=language), made_up.settings(tmp_path, theme=theme, language=language, **PUBLIC)
