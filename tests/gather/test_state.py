"""What a source knows between runs: kept once the articles are, and only then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from digest import pipeline
from digest.gather import Remembering
from digest.gather.feed import FeedSource
from digest.gather.folder import FolderSource
from digest.gather.opml import OpmlSource
from digest.model import Document, Failure, Hints
from digest.settings import Settings, SourceTable
from digest.store import Store, opened
from tests.conftest import NOW


@dataclass(frozen=True)
class Counting:
    """Hands over one document a run, and knows how many there were."""

    name: str
    memory: dict[str, Any] = field(default_factory=dict)

    def with_state(self, state: Mapping[str, Any]) -> Counting:
        return replace(self, memory=dict(state))

    def state(self) -> dict[str, Any]:
        return self.memory

    def documents(self, now: datetime) -> Iterator[Document | Failure]:
        number = self.memory.get("number", 0) + 1
        yield Document(self.name, str(number), "text/plain", b"The weir was lowered.", now, hints=Hints(title=f"Letter {number}"))
        self.memory["number"] = number


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path / "store.sqlite3")
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(pipeline, "sources", lambda _: (Counting("Count"), FolderSource("Plain", tmp_path / "none")))
    return Settings(root=tmp_path, file=tmp_path / "digest.toml", sources=[SourceTable(name="Count")])


def test_a_source_knows_what_it_knew(settings: Settings, store: Store) -> None:
    assert [pipeline.gather(settings, store, NOW).new for _ in range(3)] == [1, 1, 1]
    assert store.recall("Count") == {"number": 3}
    assert store.recall("Plain")["files"] == {}
    assert store.recall("Other") == {}


def test_nothing_is_remembered_where_nothing_was_kept(settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Store, "add", broken)
    with pytest.raises(RuntimeError):
        pipeline.gather(settings, store, NOW)
    assert store.recall("Count") == {}


def test_the_store_keeps_what_json_can_hold_and_the_last_word_counts(store: Store) -> None:
    for state in ({"uid": 7, "größe": [1, None, {"a": "b"}]}, {}, {"uid": 8}):
        store.remember("Letters", state)
        assert store.recall("Letters") == state
    assert store.recall("Other") == {}


def test_only_a_source_that_remembers_is_asked(tmp_path: Path) -> None:
    assert isinstance(Counting("a"), Remembering)
    assert isinstance(FolderSource("a", tmp_path), Remembering)
    assert not isinstance(OpmlSource("a", tmp_path, FeedSource("b")), Remembering)
