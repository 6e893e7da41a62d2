"""Stories of earlier issues: found, told as updates, left out where nothing is new; from one issue to the next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.continued import brought_up
from digest.model import Past
from tests.made import FERRY, WEIR, article, settings, story
from tests.notes.test_adds import NEW
from tests.rooms import CHESS, FIRE, Room, stories

PAST = (Past("2026-W46", (article("p1"),)), Past("2026-W46", (article("p2", WEIR, title="Weir closed above Marrow Bridge"),)))


def test_a_story_is_found_among_those_that_ran(tmp_path: Path) -> None:
    new = story(article("a1", f"{NEW} {FERRY}", title="Ferry off Port Ellery to be lifted on Saturday"))
    shown, left_out = brought_up([new], PAST, settings(tmp_path))
    assert [note.issue for note in shown[0].notes if note.kind == "earlier"] == ["2026-W46"]
    assert left_out == []


def test_what_says_nothing_new_is_left_out_and_listed(tmp_path: Path) -> None:
    shown, left_out = brought_up([story(article("a1"))], PAST, settings(tmp_path))
    assert shown == []
    assert [(one.article.id, one.reason) for one in left_out] == [("a1", "ran in 2026-W46, and nothing is new")]


def test_another_story_stays_as_it_is(tmp_path: Path) -> None:
    other = story(article("a1", CHESS, title="Valley chess cup for schoolchildren"))
    assert brought_up([other], PAST, settings(tmp_path)) == ([other], [])
    assert brought_up([other], (), settings(tmp_path)) == ([other], [])


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room.made(tmp_path / "room")


def put(room: Room, name: str, text: str, title: str, published: str) -> None:
    file = room.root / "inbox" / "Quay Courier" / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"id": name, "title": title, "text": text, "published": published, "language": "en"}), encoding="utf-8")


LATER = (
    "Police arrested a watchman over the fire that destroyed the rope store on Gannet Quay. Inspector Hanna Vole said on Tuesday that a "
    "blue signal lamp had been found under burnt coils of hemp, and that the harbour master, Odile Brand, had identified its owner. "
    "Gannet Quay stays closed until surveyors have finished, and forty firefighters were thanked in the town hall."
)


def test_an_issue_knows_the_one_before_and_is_rebuilt_from_the_store(room: Room) -> None:
    put(room, "fire", FIRE, "Fire destroys rope store on Gannet Quay", "2026-11-19T09:00:00+01:00")
    put(room, "chess", CHESS, "Valley chess cup in Lower Tarn", "2026-11-19T09:00:00+01:00")
    assert room.built(as_of="2026-11-22T18:00:00+01:00").exit_code == 0
    put(room, "watchman", LATER, "Watchman arrested over rope store fire on Gannet Quay", "2026-11-24T09:00:00+01:00")
    assert room.built(as_of="2026-11-29T18:00:00+01:00").exit_code == 0
    record = room.record("2026-W48")
    notes = [note for one in stories(record) for note in one["notes"] if note["kind"] == "earlier"]
    assert [note["issue"] for note in notes] == ["2026-W47"]
    assert room.run("verify", "2026-W48").exit_code == 0
    assert room.run("verify", "2026-W47").exit_code == 0
