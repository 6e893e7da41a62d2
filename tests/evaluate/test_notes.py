"""`digest evaluate notes`: what counts as right, found and missed, on one story written for it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from digest.errors import UsageError
from digest.evaluate.measures import Score
from digest.evaluate.notes import measured

KILLED, RIVAL = "Twelve people were killed", "19 people were killed"
STORY: dict[str, Any] = {
    "language": "en",
    "about": "one conflict",
    "articles": [
        {
            "id": name,
            "source": source,
            "published": "2026-11-17T08:00:00+00:00",
            "title": "Ferry sinks off Port Ellery",
            "text": f"{killed} when the ferry Heron sank off Port Ellery, the coastguard said.{more}",
            "copy_of": None,
        }
        for name, source, killed, more in (
            ("a", "Harbour Post", KILLED, ""),
            ("b", "Coast Daily", RIVAL, " Divers from three navies reached the wreck before dawn with lamps and cameras."),
        )
    ],
    "differ": [{"subject": "killed", "spans": [{"article": "a", "text": KILLED}, {"article": "b", "text": RIVAL}]}],
    "updated": [],
    "agree": [],
    "compatible": [],
    "opposed": [],
    "adds": [{"article": "b", "text": "Divers from three navies reached the wreck before dawn with lamps and cameras."}],
    "not_adds": [],
    "origins": 2,
}


def scores(folder: Path, **changed: object) -> tuple[dict[str, Score], tuple[str, ...]]:
    (folder / "one.json").write_text(json.dumps({**copy.deepcopy(STORY), **changed}), encoding="utf-8")
    found = measured(folder)
    return dict(found.scores), found.remarks


def test_a_conflict_that_is_labelled_and_shown_is_right(tmp_path: Path) -> None:
    found, remarks = scores(tmp_path)
    assert {kind: found[kind] for kind in ("differ", "told apart", "adds", "origins")} == dict.fromkeys(
        ("differ", "told apart", "adds", "origins"), Score(1.0, 1.0)
    )
    assert remarks == ()


def test_what_is_shown_and_not_labelled_is_wrong(tmp_path: Path) -> None:
    found, remarks = scores(tmp_path, differ=[], adds=[])
    assert (found["differ"].precision, found["adds"].precision) == (0.0, 0.0)
    assert [line.split(":")[1].strip() for line in remarks] == ["wrong differ", "adds what the lead has"]


def test_a_conflict_shown_as_an_update_is_not_told_apart(tmp_path: Path) -> None:
    found, _ = scores(tmp_path, differ=[], updated=STORY["differ"])
    assert found["told apart"].precision == 0.0
    assert found["updated"].recall == 0.0


def test_what_is_labelled_and_not_shown_is_missed(tmp_path: Path) -> None:
    spans = [{"article": "a", "text": "Port Ellery"}, {"article": "b", "text": "the wreck"}]
    found, remarks = scores(tmp_path, agree=[{"subject": "nothing", "spans": spans}], origins=1)
    assert found["agree"].recall == 0.0
    assert found["origins"].precision == 0.0
    assert any("missed agree" in line for line in remarks)


def test_a_span_that_is_not_in_its_article_is_named_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"one\.json"):
        scores(tmp_path, adds=[{"article": "b", "text": "nowhere to be found"}])


def test_a_folder_without_stories_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no story"):
        measured(tmp_path)
