"""The labelled stories of notes/ are what their README says; how well the notes do on them is measured elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

STORIES = sorted((Path(__file__).parent / "notes").rglob("*.json"))
KEYS = {"language", "about", "articles", "differ", "updated", "agree", "compatible", "opposed", "adds", "not_adds", "origins"}


def spans(value: Any) -> Iterator[dict[str, str]]:
    """Every {"article", "text"} below `value`."""
    if isinstance(value, dict) and set(value) == {"article", "text"}:
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from spans(part)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_labelled_story_is_sound(path: Path) -> None:
    story = json.loads(path.read_text(encoding="utf-8"))
    assert set(story) == KEYS
    texts = {one["id"]: one["text"] for one in story["articles"]}
    assert 2 <= len(texts) == len(story["articles"]) <= 6
    assert all(one["copy_of"] is None or one["copy_of"] in texts for one in story["articles"])
    assert all(datetime.fromisoformat(one["published"]).tzinfo for one in story["articles"])
    labels = {key: story[key] for key in KEYS - {"articles", "language", "about", "origins"}}
    assert [one for one in spans(labels) if texts[one["article"]].count(one["text"]) != 1] == []
    assert 1 <= story["origins"] <= len(texts)


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_labels_do_not_contradict_one_another(path: Path) -> None:
    story = json.loads(path.read_text(encoding="utf-8"))
    published = {one["id"]: datetime.fromisoformat(one["published"]) for one in story["articles"]}
    lead = story["articles"][0]["id"]
    for group in story["differ"] + story["updated"] + story["compatible"]:
        assert len({one["article"] for one in group["spans"]}) >= 2
    for group in story["updated"]:
        times = [published[one["article"]] for one in group["spans"]]
        assert times == sorted(times)
    for group in story["agree"]:
        copies = {one["id"] for one in story["articles"] if one["copy_of"]}
        assert len({one["article"] for one in group["spans"]} - copies) >= 3
    assert all(one["article"] != lead for one in story["adds"] + story["not_adds"])
    assert not {one["text"] for one in story["adds"]} & {one["text"] for one in story["not_adds"]}


def test_there_are_stories() -> None:
    assert len(STORIES) >= 230
