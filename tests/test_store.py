"""The store: nothing lost, nothing used twice, nothing half-written, and every trouble with a way out."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import StoreError
from digest.model import Article, Failure, Handover, Kind, Receipt, Removal, Standing
from digest.store import Added, Health, Store, database, opened, trial
from tests.conftest import NOW
from tests.made import SEEN, WEIR, article, batch

HOUR = timedelta(hours=1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "var" / "digest.sqlite3"


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    with closing(opened(place)) as made:
        yield made


def ids(articles: tuple[Article, ...]) -> list[str]:
    return [one.id for one in articles]


def test_an_article_is_taken_in_once(store: Store) -> None:
    assert store.add([article("a1"), article("a2", WEIR)]) == Added(2, 0)
    assert store.add([article("a1"), article("a2", WEIR)]) == Added(0, 0)
    assert ids(store.candidates("2026-W47", NOW)) == ["a1", "a2"]


def test_one_call_may_hold_an_article_and_its_revision(store: Store) -> None:
    assert store.add([article(title="Ferry aground"), article(title="Ferry afloat")]) == Added(1, 1)
    assert [one.title for one in store.candidates("2026-W47", NOW)] == ["Ferry afloat"]


def test_a_changed_headline_is_the_same_article(store: Store) -> None:
    store.add([article()])
    assert store.add([article(title="Ferry is afloat again")]) == Added(0, 1)
    (found,) = store.candidates("2026-W47", NOW)
    assert found == article(title="Ferry is afloat again")


def test_a_changed_text_is_the_same_article(store: Store) -> None:
    store.add([article()])
    assert store.add([article(text=WEIR)]) == Added(0, 1)
    (found,) = store.candidates("2026-W47", NOW)
    assert found.text == WEIR


def test_a_change_taken_back_is_a_change_too(store: Store) -> None:
    store.add([article()])
    store.add([article(title="Ferry is afloat again")])
    assert store.add([article()]) == Added(0, 1)
    assert store.candidates("2026-W47", NOW) == (article(),)


def test_when_an_article_was_first_seen_stays(store: Store) -> None:
    store.add([article(first_seen=SEEN)])
    store.add([article(title="Later", first_seen=NOW)])
    (found,) = store.candidates("2026-W47", NOW)
    assert found.first_seen == SEEN


def test_being_seen_again_changes_nothing(store: Store) -> None:
    store.add([article(first_seen=SEEN)])
    assert store.add([article(first_seen=NOW)]) == Added(0, 0)


def test_a_changed_article_stays_used(store: Store) -> None:
    store.add([article()])
    store.record(batch(article()))
    assert store.add([article(title="Ferry is afloat again")]) == Added(0, 1)
    assert store.candidates("2026-W48", NOW + timedelta(days=7)) == ()
    assert store.waiting() == 0


def test_what_another_issue_used_is_no_candidate(store: Store) -> None:
    store.add([article("a1"), article("a2", WEIR)])
    store.record(batch(article("a1")))
    assert ids(store.candidates("2026-W48", NOW)) == ["a2"]
    assert ids(store.candidates("2026-W47", NOW)) == ["a1", "a2"]
    assert store.waiting() == 1


def test_what_was_seen_after_the_close_is_no_candidate(store: Store) -> None:
    store.add([article("at", first_seen=NOW), article("late", first_seen=NOW + timedelta(microseconds=1))])
    assert ids(store.candidates("2026-W47", NOW)) == ["at"]


def test_candidates_come_in_the_order_of_their_ids(store: Store) -> None:
    store.add([article("b"), article("c"), article("a")])
    assert ids(store.candidates("2026-W47", NOW)) == ["a", "b", "c"]


def test_an_issue_gives_back_what_was_recorded(store: Store) -> None:
    failures = (Failure("Tide Weekly", "Tide Weekly/week.jsonl:7", "is not JSON", "mend that line"), Failure("inbox", "", "“odd” — 奇"))
    made = batch(article("a1"), article("a2", WEIR), failures=failures, feeds=("inbox", "mail"), foreword="# Hello\n\n“all” of you 🌊")
    store.add(made.articles)
    store.record(made)
    assert store.batch("2026-W47") == made
    assert store.contents("2026-W47") == ("a1", "a2")


def test_an_issue_gives_back_its_articles_as_they_were(store: Store) -> None:
    store.add([article()])
    store.record(batch(article()))
    store.add([article(title="Ferry is afloat again", text=WEIR)])
    found = store.batch("2026-W47")
    assert found is not None
    assert found.articles == (article(),)


def test_an_issue_that_the_ledger_does_not_know_is_none(store: Store) -> None:
    assert store.batch("2026-W01") is None
    assert store.contents("2026-W01") == ()
    assert store.issues() == ()


def test_an_issue_recorded_again_frees_what_it_drops_and_marks_what_it_takes(store: Store) -> None:
    store.add([article("a1"), article("a2"), article("a3")])
    store.record(batch(article("a1"), article("a2")))
    store.record(batch(article("a2"), article("a3"), number=4, foreword="again"))
    assert store.contents("2026-W47") == ("a2", "a3")
    assert ids(store.candidates("2026-W48", NOW)) == ["a1"]
    (row,) = store.issues()
    assert (row.id, row.number) == ("2026-W47", 4)
    found = store.batch("2026-W47")
    assert found is not None
    assert found.foreword == "again"


def test_recording_is_all_or_nothing(store: Store) -> None:
    store.add([article("a1"), article("a2")])
    store.record(batch(article("a1")))
    before = store.batch("2026-W47")
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        store.record(batch(article("a2"), article("never-added"), foreword="half"))
    assert store.batch("2026-W47") == before
    assert ids(store.candidates("2026-W48", NOW)) == ["a2"]


def test_the_ledger_is_told_oldest_first(store: Store) -> None:
    store.record(batch(issue="2026-W48", number=2, closes=NOW + timedelta(days=7)))
    store.record(batch(issue="2026-W47.2", number=3))
    store.record(batch(issue="2026-W47", number=1))
    assert [issue.id for issue in store.issues()] == ["2026-W47", "2026-W47.2", "2026-W48"]
    assert store.issues()[0].window == batch().window


WAITING = Handover("2026-W47", "web", "www", Standing.WAITING, NOW)


def test_a_recipient_is_enrolled_once_and_settled_in_place(store: Store) -> None:
    store.record(batch())
    store.enrol([WAITING, replace(WAITING, recipient="mirror")])
    taken = replace(WAITING, standing=Standing.TAKEN, at=NOW + HOUR, first=NOW, tries=2, detail="250 queued")
    store.settle(taken)
    store.enrol([WAITING])
    assert store.handovers("2026-W47") == (replace(WAITING, recipient="mirror"), taken)
    assert store.handovers() == store.handovers("2026-W47")
    assert store.handovers("2026-W48") == ()
    assert store.receipts("2026-W47") == (Receipt("2026-W47", "web", "www", NOW + HOUR),)


def test_a_handover_comes_back_as_it_went_in(store: Store) -> None:
    store.record(batch())
    later = replace(WAITING, standing=Standing.LATER, first=NOW, tries=3, due=NOW + HOUR, detail="450 “later”\n4.7.1")
    store.enrol([later])
    assert store.handovers("2026-W47") == (later,)


def test_a_handover_needs_an_issue(store: Store) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        store.enrol([WAITING])


def test_handovers_outlive_a_second_recording(store: Store) -> None:
    store.record(batch())
    store.enrol([WAITING])
    store.record(batch(number=2))
    assert len(store.handovers("2026-W47")) == 1


def test_health_counts_failures_in_a_row_and_keeps_the_last_good_day(store: Store) -> None:
    store.note_health("inbox", NOW, 3, "")
    store.note_health("inbox", NOW + HOUR, 0, "gone")
    store.note_health("inbox", NOW + 2 * HOUR, 0, "still gone")
    store.note_health("absent", NOW, 0, "no such folder")
    assert store.health() == (Health("absent", None, None, 1, "no such folder"), Health("inbox", NOW, NOW, 2, "still gone"))
    store.note_health("inbox", NOW + 3 * HOUR, 0, "")
    assert store.health()[1] == Health("inbox", NOW + 3 * HOUR, NOW, 0, "")
    store.note_health("inbox", NOW + 4 * HOUR, 1, "")
    assert store.health()[1] == Health("inbox", NOW + 4 * HOUR, NOW + 4 * HOUR, 0, "")


def test_what_is_kept_outlives_the_program(place: Path) -> None:
    with closing(opened(place)) as first:
        first.add([article()])
    with closing(opened(place)) as second:
        assert second.candidates("2026-W47", NOW) == (article(),)


def test_what_spares_the_next_run_work_is_kept_in_place_of_what_was(store: Store) -> None:
    assert store.kept() == {}
    store.keep({"one": b"1", "two": b"2"})
    store.keep({"two": b"a name says its content, so nobody looks at it again", "three": b""})
    assert store.kept() == {"two": b"2", "three": b""}
    store.keep({})
    assert store.kept() == {}


def test_a_path_with_odd_characters_names_the_file_it_says(tmp_path: Path) -> None:
    place = tmp_path / "news room?mode=memory#50%" / "a&b.sqlite3"
    with closing(opened(place)) as made:
        made.add([article()])
    assert place.is_file()
    with closing(trial(place)) as copy:
        assert copy.waiting() == 1


def test_a_trial_knows_what_the_file_knows_and_never_touches_it(place: Path, store: Store) -> None:
    store.add([article("a1")])
    store.close()
    os.utime(place, ns=(1, 1))
    before = place.read_bytes()
    with closing(trial(place)) as copy:
        copy.add([article("a2", WEIR)])
        copy.record(batch(article("a1"), article("a2", WEIR)))
        assert copy.contents("2026-W47") == ("a1", "a2")
        assert copy.waiting() == 0
    assert place.read_bytes() == before
    assert place.stat().st_mtime_ns == 1
    assert [entry.name for entry in place.parent.iterdir()] == [place.name]


def test_a_trial_works_where_there_is_no_file_and_makes_none(place: Path) -> None:
    with closing(trial(place)) as copy:
        assert copy.add([article()]) == Added(1, 0)
        assert copy.issues() == ()
    assert not place.parent.exists()


def test_a_trial_works_in_a_folder_that_nobody_may_write(place: Path, store: Store) -> None:
    store.add([article()])
    store.close()
    place.chmod(0o444)
    place.parent.chmod(0o555)
    try:
        with closing(trial(place)) as copy:
            assert copy.waiting() == 1
    finally:
        place.parent.chmod(0o755)


def test_a_store_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match=r"cannot be made: .*exists") as caught:
        opened(tmp_path / "var" / "digest.sqlite3")
    assert "paths.store" in caught.value.fix


@pytest.mark.parametrize("open_it", [opened, trial])
def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path, open_it: Callable[[Path], Store]) -> None:
    with pytest.raises(StoreError, match=r"unable to open|disk I/O") as caught:
        open_it(tmp_path)
    assert caught.value.where == str(tmp_path)
    assert caught.value.fix


def test_a_store_that_may_only_be_read_says_so(place: Path, store: Store) -> None:
    store.close()
    with closing(_read_only(place)) as barred, pytest.raises(StoreError, match="readonly") as caught:
        barred.add([article()])
    assert "the right to write there" in caught.value.fix


def _read_only(place: Path) -> Store:
    """The rights of a file do not bind root, so the connection itself is barred from writing."""
    made = opened(place)
    with made._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    return made


@pytest.mark.parametrize("open_it", [opened, trial])
def test_a_damaged_file_is_left_as_it_is_and_named(place: Path, open_it: Callable[[Path], Store]) -> None:
    place.parent.mkdir()
    place.write_bytes(b"this was a store once" * 400)
    with pytest.raises(StoreError, match="not a database") as caught:
        open_it(place)
    assert caught.value.where == str(place)
    assert "digest store rebuild" in caught.value.fix
    assert place.read_bytes() == b"this was a store once" * 400


@pytest.mark.parametrize("open_it", [opened, trial])
def test_a_torn_file_is_named(place: Path, store: Store, open_it: Callable[[Path], Store]) -> None:
    store.add([article(str(number), WEIR * 9) for number in range(40)])
    store.close()
    place.write_bytes(place.read_bytes()[:5000] + b"\xff" * 9000)
    with pytest.raises(StoreError, match="malformed") as caught:
        open_it(place).candidates("2026-W47", NOW)
    assert "digest store rebuild" in caught.value.fix


@pytest.mark.parametrize("open_it", [opened, trial])
def test_the_file_of_another_version_is_refused_and_left_alone(place: Path, store: Store, open_it: Callable[[Path], Store]) -> None:
    store.close()
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("UPDATE about SET value = '99'")
        connection.execute("DROP TABLE sources")
    before = place.read_bytes()
    with pytest.raises(StoreError, match="has schema 99, this program reads 1, 2") as caught:
        open_it(place)
    assert caught.value.fix == "use the version that wrote it"
    assert place.read_bytes() == before


@pytest.fixture
def locked(place: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store whose file another program holds, and one's own patience cut short."""
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    store.add([article("a1")])
    store.close()
    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield store
        other.execute("ROLLBACK")


def test_a_locked_store_says_who_holds_it(place: Path, locked: Store) -> None:
    locked.close()
    with pytest.raises(StoreError, match="locked") as caught:
        opened(place)
    assert caught.value.fix == "another digest is at work on it: wait until it is done"


def test_a_trial_of_a_locked_store_does_not_wait_for_ever(place: Path, locked: Store) -> None:
    locked.close()
    with pytest.raises(StoreError, match="cannot be read: database is locked") as caught:
        trial(place)
    assert "another digest is at work" in caught.value.fix


def test_a_full_disk_loses_nothing(store: Store) -> None:
    store.add([article("a1")])
    with store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="full") as caught:
        store.add([article("a2", WEIR * 900), article("a3", WEIR * 900)])
    assert "make room" in caught.value.fix
    assert ids(store.candidates("2026-W47", NOW)) == ["a1"]


def test_of_two_runs_at_once_each_article_is_taken_in_once(place: Path, store: Store) -> None:
    with closing(opened(place)) as other:
        assert store.add([article("a1")]) == Added(1, 0)
        assert other.add([article("a1"), article("a2")]) == Added(1, 0)
        assert store.add([article("a2", WEIR)]) == Added(0, 1)


def test_a_lost_file_system_is_an_error_of_the_store(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", gone)
    with pytest.raises(StoreError, match=r"cannot be read: .*Permission denied"):
        trial(place)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ODD = [
    "\u200f\u05e9\u05dc\u05d5\u05dd\u200e \u202eabc",
    "“quoted” 'it''s' \"so\"; DROP TABLE articles;--",
    "one\ntwo\r\n\tthree\x00",
    "🌊👩\u200d🚀",
    "e\u0301é",
    "%s {x} :name ?",
]
TEXTS = NAMES | st.sampled_from(ODD)
ARTICLES = st.builds(
    article,
    id=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | st.sampled_from(ODD),
    text=TEXTS,
    title=TEXTS,
    source=TEXTS,
    feed=TEXTS,
    url=TEXTS,
    published=st.none() | st.sampled_from([SEEN, NOW - timedelta(days=3000, microseconds=7)]),
    authors=st.lists(TEXTS, max_size=3).map(tuple),
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    section=TEXTS,
    language=TEXTS,
    kind=st.sampled_from(Kind),
    removed=st.lists(st.builds(Removal, TEXTS, TEXTS), max_size=2).map(tuple),
)


@given(found=st.lists(ARTICLES, unique_by=lambda one: one.id, max_size=4), foreword=TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_an_article_says_comes_back_unchanged(tmp_path: Path, found: list[Article], foreword: str) -> None:
    with closing(trial(tmp_path / "none")) as store:
        made = batch(*sorted(found, key=lambda one: one.id), foreword=foreword)
        store.add(found)
        assert {one.id: one for one in store.candidates("2026-W47", NOW)} == {one.id: one for one in found}
        store.record(made)
        back = store.batch("2026-W47")
        assert back is not None
        assert {one.id: one for one in back.articles} == {one.id: one for one in found}
        assert back.foreword == foreword


def test_a_copy_of_the_file_is_a_whole_store(place: Path, store: Store, tmp_path: Path) -> None:
    store.add([article()])
    store.record(batch(article()))
    store.close()
    shutil.copy(place, tmp_path / "backup.sqlite3")
    with closing(opened(tmp_path / "backup.sqlite3")) as copy:
        assert copy.batch("2026-W47") == batch(article())
