"""Files that did not change, files that did, and files that somebody still writes."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from digest import pipeline
from digest.gather import files, seen
from digest.gather.folder import FolderSource
from digest.gather.mailbox import MailboxSource
from digest.model import Article, Document, Failure
from digest.settings import Settings, SourceTable
from digest.store import Store, opened
from tests.conftest import NOW
from tests.gather.test_mailbox import FROM, letter, maildir, put

Remembered = FolderSource | MailboxSource
OLD = NOW - timedelta(hours=1)


def age(path: Path, moment: datetime = OLD) -> None:
    """All below `path` as if it had been written then."""
    for file in [path, *path.rglob("*")]:
        os.utime(file, (moment.timestamp(), moment.timestamp()))


@pytest.fixture(autouse=True)
def _old(monkeypatch: pytest.MonkeyPatch) -> None:
    """ctime, which no test can set, stands for the moment of the last writing that `utime` says."""
    plain = seen.Seen.sure

    def sure(self: seen.Seen, found: os.stat_result, now: datetime) -> str:
        return plain(replace(self, lasting=True), found, now) and self.stamp(found)

    monkeypatch.setattr(seen.Seen, "sure", sure)


def run(source: Remembered, state: dict[str, Any], now: datetime = NOW) -> tuple[list[str], list[Failure], dict[str, Any]]:
    """What the source brings after a run that left `state`: names of documents, failures, and the state that it leaves."""
    source = source.with_state(json.loads(json.dumps(state)))
    found = list(source.documents(now))
    documents = [one.uri for one in found if isinstance(one, Document)]
    return documents, [one for one in found if isinstance(one, Failure)], source.state()


@pytest.fixture
def opens(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were opened."""
    names: list[str] = []
    real = files.opened

    def opened_(path: Path) -> Any:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(files, "opened", opened_)
    return names


def test_what_did_not_change_is_not_opened(tmp_path: Path, opens: list[str]) -> None:
    for name in ("a.txt", "b/c.txt", "d.jsonl"):
        put(tmp_path / name, b'{"title": "The weir"}\n')
    age(tmp_path)
    source = FolderSource("Inbox", tmp_path)
    documents, failures, state = run(source, {})
    assert (documents, failures) == (["a.txt", "d.jsonl#1", "b/c.txt"], [])
    opens.clear()
    assert run(source, state) == ([], [], state)
    assert opens == []
    assert state["answered"] == NOW.isoformat()


def test_what_was_only_touched_is_opened_and_no_more(tmp_path: Path, opens: list[str]) -> None:
    put(tmp_path / "a.txt", b"The weir.")
    age(tmp_path)
    source = FolderSource("Inbox", tmp_path)
    _, _, state = run(source, {})
    age(tmp_path, OLD + timedelta(minutes=1))
    documents, _, after = run(source, state)
    assert (documents, opens) == ([], ["a.txt", "a.txt"])
    assert after != state
    assert run(source, after)[0] == []
    assert opens == ["a.txt", "a.txt"]


def test_what_changed_came_or_went_is_seen(tmp_path: Path) -> None:
    for name in "abc":
        put(tmp_path / f"{name}.txt", b"The weir.")
    age(tmp_path)
    source = FolderSource("Inbox", tmp_path)
    _, _, state = run(source, {})
    put(tmp_path / "b.txt", b"The lock.")
    put(tmp_path / "d.txt", b"The weir.")
    (tmp_path / "c.txt").unlink()
    age(tmp_path)
    documents, _, state = run(source, state)
    assert documents == ["b.txt", "d.txt"]
    assert sorted(state["files"]) == ["a.txt", "b.txt", "d.txt"]


def test_a_file_written_as_late_as_the_run_is_read_again(tmp_path: Path) -> None:
    file = put(tmp_path / "a.txt", b"The weir.")
    source = FolderSource("Inbox", tmp_path)
    for late in (timedelta(0), timedelta(seconds=-1), timedelta(days=1)):
        put(file, b"The weir.")
        age(tmp_path, NOW + late)
        _, _, state = run(source, {})
        file.write_bytes(b"The lock.")
        age(tmp_path, NOW + late)
        assert run(source, state)[0] == ["a.txt"]


def test_a_file_put_in_the_place_of_another_is_seen(tmp_path: Path) -> None:
    """Same size and time: the inode tells them apart, or the moment of the change."""
    file = put(tmp_path / "in" / "a.txt", b"The weir.")
    age(tmp_path)
    source = FolderSource("Inbox", tmp_path / "in")
    _, _, state = run(source, {})
    put(tmp_path / "b.txt", b"The lock.").replace(file)
    age(tmp_path)
    assert run(source, state)[0] == ["a.txt"]


def settings(root: Path, **tables: Any) -> Settings:
    plain = {"root": root, "file": root / "digest.toml", "sources": [{"name": "Inbox", "path": "in"}]}
    return Settings.model_validate(plain | tables)


@pytest.mark.parametrize(
    "changed",
    [
        {"sources": [{"name": "Inbox", "path": "in", "language": "de"}]},
        {"sources": [{"name": "Inbox", "path": "in", "fields": {"title": "a"}}]},
        {"clean": {"split": False}},
        {"digest": {"timezone": "Asia/Tokyo"}},
    ],
)
def test_other_settings_read_all_again(tmp_path: Path, changed: dict[str, Any]) -> None:
    put(tmp_path / "in" / "a.txt", b"The weir.")
    age(tmp_path)
    plain = settings(tmp_path)
    _, _, state = run(FolderSource.from_settings(plain.sources[0], plain), {})
    title = settings(tmp_path, digest={"title": "Other"})
    assert run(FolderSource.from_settings(title.sources[0], title), state)[0] == []
    other = settings(tmp_path, **changed)
    assert run(FolderSource.from_settings(other.sources[0], other), state)[0] == ["a.txt"]


def test_another_program_reads_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = settings(tmp_path)
    before = seen.trusts(found.sources[0], found)
    monkeypatch.setattr(seen, "_program", lambda: "another")
    assert seen.trusts(found.sources[0], found) != before


def test_what_is_wrong_in_a_file_is_told_at_every_run(tmp_path: Path, opens: list[str]) -> None:
    put(tmp_path / "a.jsonl", b'{"title": "A"}\n{\n{"title": "B"}\n')
    put(tmp_path / "b.json", b"{")
    put(tmp_path / "c.pdf", b"x")
    age(tmp_path)
    source = FolderSource("Inbox", tmp_path)
    documents, failures, state = run(source, {})
    assert (documents, len(failures)) == (["a.jsonl#1", "a.jsonl#3"], 3)
    opens.clear()
    assert run(source, state)[:2] == ([], failures)
    assert opens == ["b.json"]
    assert run(source, state, NOW + timedelta(days=1))[:2] == (documents, failures)


def test_of_a_file_with_very_much_wrong_in_it_the_first_is_told_and_the_rest_counted(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", b"{\n" * 100)
    put(tmp_path / "b", (FROM + b"\n\n") * 100)
    age(tmp_path)
    for source in (FolderSource("Inbox", tmp_path, include=("*.jsonl",)), MailboxSource("Inbox", tmp_path / "b")):
        _, failures, state = run(source, {})
        assert (len(failures), failures[-1].cause) == (21, "holds 80 more that cannot be read")
        assert run(source, state)[1] == failures


def test_a_file_that_grows_while_it_is_read_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path / "a.txt", b"The weir.")
    age(tmp_path)
    source = FolderSource("Inbox", tmp_path)
    real = os.fstat
    looks: list[int] = []

    def fstat(handle: int) -> os.stat_result:
        looks.append(handle)
        if len(looks) == 3:  # regular? size? and behind the reading
            file.write_bytes(b"The weir was lowered.")
        return real(handle)

    monkeypatch.setattr(os, "fstat", fstat)
    documents, failures, state = run(source, {})
    monkeypatch.undo()
    assert documents == []
    assert [(found.where, found.cause) for found in failures] == [
        ("a.txt", "changed while it was read: still being written, left for the next run")
    ]
    assert run(source, state)[:2] == (["a.txt"], [])


WHOLE = b'{"title": "A"}\n{"title": "B"}\n'


@pytest.mark.parametrize("tail", [b'{"title": "C', b'{"title": {"a": 1}', b"{", b'{"title": "\xc3', b"x"])
def test_lines_that_break_off_wait_until_they_stand_still(tmp_path: Path, tail: bytes) -> None:
    file = put(tmp_path / "a.jsonl", WHOLE + tail[:1])
    source = FolderSource("Inbox", tmp_path)
    state: dict[str, Any] = {}
    for content in (WHOLE + b"{", WHOLE + tail + b" "):
        put(file, content)
        age(tmp_path)
        documents, failures, state = run(source, state)
        assert documents == []
        assert [(found.where, found.cause) for found in failures] == [
            ("a.jsonl", "ends in the middle of a line: still being written, left for the next run")
        ]
        assert state["answered"]
    documents, failures, state = run(source, state)
    assert documents == ["a.jsonl#1", "a.jsonl#2"]
    assert [found.where for found in failures] == ["a.jsonl#3"]
    assert run(source, state)[:2] == ([], failures)
    put(file, WHOLE + b'{"title": "C"}\n')
    age(tmp_path)
    assert run(source, state)[:2] == (["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"], [])


@pytest.mark.parametrize("content", [WHOLE, WHOLE.rstrip(), b"\xef\xbb\xbf" + WHOLE.rstrip(), WHOLE.decode().rstrip().encode("utf-16")])
def test_whole_lines_are_taken_with_or_without_the_last_break(tmp_path: Path, content: bytes) -> None:
    put(tmp_path / "a.jsonl", content)
    assert run(FolderSource("Inbox", tmp_path), {})[:2] == (["a.jsonl#1", "a.jsonl#2"], [])


def test_where_there_is_no_next_run_nothing_waits(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", WHOLE + b"{")
    put(tmp_path / "b.txt.gz", gzip.compress(b"The weir.")[:-4])
    found = list(FolderSource("Inbox", tmp_path).documents(NOW))
    assert [one.uri for one in found if isinstance(one, Document)] == ["a.jsonl#1", "a.jsonl#2"]
    assert [one.cause.split(":")[0] for one in found if isinstance(one, Failure)] == ["is not JSON", "breaks off in the middle of its gzip"]


def test_a_packed_file_that_breaks_off_waits_until_it_stands_still(tmp_path: Path) -> None:
    packed = gzip.compress(random.Random(3).randbytes(3000).hex().encode())  # noqa: S311
    file = put(tmp_path / "a.txt.gz", packed[:2000])
    age(tmp_path)
    source = FolderSource("Inbox", tmp_path)
    documents, failures, state = run(source, {})
    assert (documents, [found.cause for found in failures]) == (
        [],
        ["breaks off in the middle of its gzip: still being written, left for the next run"],
    )
    _, failures, stuck = run(source, state)
    assert [(found.cause, found.fix) for found in failures] == [("breaks off in the middle of its gzip", "copy it again")]
    put(file, packed)
    age(tmp_path)
    assert run(source, stuck)[:2] == (["a.txt.gz"], [])


def test_packed_files_are_read_and_counted(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl.gz", gzip.compress(WHOLE[:15]) + gzip.compress(WHOLE[15:]))
    put(tmp_path / "b.json.GZ", gzip.compress(b'[{"title": "A"}]'))
    put(tmp_path / "c.mbox.gz", gzip.compress(FROM + letter(1) + FROM + letter(2)))
    put(tmp_path / "d.eml.gz", gzip.compress(letter(3)))
    put(tmp_path / "e.txt.gz", gzip.compress(b"x" * 10**6))
    put(tmp_path / "f.txt.gz", b"The weir.")
    put(tmp_path / "g.gz", gzip.compress(b"The weir."))
    put(tmp_path / "h.txt.gz", gzip.compress(b""))
    documents, failures, _ = run(FolderSource("Inbox", tmp_path, max_file_size=10**5), {})
    assert documents == ["a.jsonl.gz#1", "a.jsonl.gz#2", "b.json.GZ", "c.mbox.gz#1", "c.mbox.gz#2", "d.eml.gz"]
    assert [(found.where, found.cause.split(" (")[0]) for found in failures] == [
        ("e.txt.gz", "is larger than 100000 bytes once it is unpacked"),
        ("f.txt.gz", "is no gzip, or broken"),
        ("g.gz", "is in no format that we read"),
        ("h.txt.gz", "is empty"),
    ]
    assert all(found.fix for found in failures)


def test_a_maildir_is_known_by_its_names(tmp_path: Path, opens: list[str]) -> None:
    place = maildir(tmp_path)
    put(place / "new" / "1001.a", letter(1))
    put(place / "new" / "1002.a", b"\n")
    source = MailboxSource("Letters", place)
    age(place)
    documents, failures, state = run(source, {})
    assert (documents, [found.where for found in failures]) == (["1001.a"], ["1002.a"])
    (place / "new" / "1001.a").rename(place / "cur" / "1001.a:2,S")
    put(place / "cur" / "1003.a:2,", letter(3))
    age(place)
    opens.clear()
    assert run(source, state)[:2] == (["1003.a"], failures)
    assert opens == ["1002.a", "1003.a:2,"]


def test_a_folder_of_mails_is_known_too(tmp_path: Path, opens: list[str]) -> None:
    put(tmp_path / "a.eml", letter(1))
    put(tmp_path / "b.mbox", FROM + letter(2))
    age(tmp_path)
    source = MailboxSource("Letters", tmp_path)
    documents, _, state = run(source, {})
    assert documents == ["a.eml", "b.mbox#1"]
    opens.clear()
    assert run(source, state) == ([], [], state)
    assert opens == []


def mbox(*letters: bytes) -> bytes:
    return b"".join(FROM + one + b"\n" for one in letters)


def test_an_mbox_that_grew_is_read_from_where_it_ended(tmp_path: Path) -> None:
    first = mbox(letter(1), b"\n", letter(3))
    place = put(tmp_path / "Letters", first)
    age(tmp_path)
    source = MailboxSource("Letters", place)
    documents, failures, state = run(source, {})
    assert (documents, [found.where for found in failures]) == (["Letters#1", "Letters#3"], ["Letters#2"])
    assert run(source, state) == ([], failures, state)
    put(place, first + mbox(letter(4)))
    age(tmp_path)
    assert run(source, state)[:2] == (["Letters#4"], failures)
    age(tmp_path, OLD + timedelta(minutes=1))
    _, _, after = run(source, state)
    assert run(source, after)[:2] == ([], failures)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (mbox(letter(1), letter(2)), mbox(letter(2), letter(3), letter(4))),  # one taken out in front
        (mbox(letter(1)) + FROM + b"Subject: half", mbox(letter(1)) + FROM + b"Subject: half a letter\n\nThe weir.\n"),
        (mbox(letter(1), letter(2)), mbox(letter(1))),
        (mbox(letter(1), letter(2)), mbox(letter(2), letter(1))),
    ],
)
def test_an_mbox_that_did_more_than_grow_is_read_from_its_beginning(tmp_path: Path, before: bytes, after: bytes) -> None:
    place = put(tmp_path / "Letters", before)
    age(tmp_path)
    source = MailboxSource("Letters", place)
    _, _, state = run(source, {})
    put(place, after)
    age(tmp_path)
    assert run(source, state)[0] == [
        document.uri for document in MailboxSource("Letters", place).documents(NOW) if isinstance(document, Document)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path / "store.sqlite3")
    yield made
    made.close()


def kept(store: Store) -> dict[str, str]:
    return {article.document: article.text for article in store.candidates("2026-W47", NOW + timedelta(days=9))}


def record(text: str, identity: str = "7") -> bytes:
    return json.dumps({"id": identity, "title": "The weir", "text": text}).encode()


def test_articles_of_files_that_were_passed_over_stand(tmp_path: Path, store: Store) -> None:
    put(tmp_path / "in" / "a.json", record("The weir was lowered."))
    age(tmp_path / "in")
    found = settings(tmp_path)
    assert pipeline.gather(found, store, NOW).new == 1
    again = pipeline.gather(found, store, NOW)
    assert (again.documents, again.new, again.changed, again.failures, again.passed) == (0, 0, 0, (), 1)
    assert kept(store) == {"a.json": "The weir was lowered."}
    assert [health.cause for health in store.health()] == [""]


def test_another_file_with_the_id_of_one_passed_over_is_no_update_of_it(tmp_path: Path, store: Store) -> None:
    put(tmp_path / "in" / "a.json", record("The weir was lowered."))
    put(tmp_path / "in" / "b.json", record("The weir was raised."))
    age(tmp_path / "in")
    found = settings(tmp_path)
    first = pipeline.gather(found, store, NOW)
    assert [(one.where, one.cause) for one in first.failures] == [("b.json", "has the id or address of a.json")]
    assert pipeline.gather(found, store, NOW).failures == first.failures
    put(tmp_path / "in" / "b.json", record("The weir was raised by a hand."))
    put(tmp_path / "in" / "c.json", record("The weir was lost."))
    put(tmp_path / "in" / "d.json", record("The weir was lowered."))
    age(tmp_path / "in")
    last = pipeline.gather(found, store, NOW)
    assert [one.where for one in last.failures] == ["b.json", "c.json", "d.json"]
    assert kept(store)["a.json"] == "The weir was lowered."
    assert kept(store)["b.json"] == "The weir was raised by a hand."
    assert kept(store)["c.json"] == "The weir was lost."


def test_a_file_that_was_moved_is_an_update(tmp_path: Path, store: Store) -> None:
    file = put(tmp_path / "in" / "a.json", record("The weir was lowered."))
    age(tmp_path / "in")
    found = settings(tmp_path)
    pipeline.gather(found, store, NOW)
    file.rename(tmp_path / "in" / "b.json")
    gathered = pipeline.gather(found, store, NOW)
    assert (gathered.new, gathered.changed, gathered.failures) == (0, 1, ())
    assert kept(store) == {"b.json": "The weir was lowered."}


def test_what_cleaning_found_wrong_is_told_at_every_run_in_the_same_order(tmp_path: Path, store: Store) -> None:
    lines = [{"title": f"Letter {at}", "text": "The weir.", "date": "2031-01-01"} for at in range(12)]
    put(tmp_path / "in" / "a.jsonl", b"\n".join(json.dumps(line).encode() for line in lines) + b"\n{\n")
    put(tmp_path / "in" / "b.txt", b"\xff\xfe\x00")
    age(tmp_path / "in")
    found = settings(tmp_path)
    first = pipeline.gather(found, store, NOW)
    assert [one.where for one in first.failures] == [*(f"a.jsonl#{at}" for at in range(1, 14)), "b.txt"]
    second = pipeline.gather(found, store, NOW)
    assert (second.failures, second.documents) == (first.failures, 0)
    assert pipeline.gather(found, store, NOW + timedelta(days=1)).documents > 0


def test_a_source_that_was_passed_over_answered(tmp_path: Path, store: Store) -> None:
    put(tmp_path / "in" / "a.txt", b"The weir was lowered.")
    put(tmp_path / "in" / "b.pdf", b"x")
    age(tmp_path / "in")
    for days in range(3):
        pipeline.gather(settings(tmp_path), store, NOW + timedelta(days=days))
    (health,) = store.health()
    assert (health.failures, health.cause, health.last_success, health.last_new) == (0, "", NOW + timedelta(days=2), NOW)
    (tmp_path / "in").rename(tmp_path / "out")
    pipeline.gather(settings(tmp_path), store, NOW + timedelta(days=3))
    assert [health.cause for health in store.health()] == ["there is no such folder"]


def test_a_new_store_reads_all_again(tmp_path: Path, store: Store) -> None:
    put(tmp_path / "in" / "a.txt", b"The weir was lowered.")
    age(tmp_path / "in")
    found = settings(tmp_path)
    pipeline.gather(found, store, NOW)
    again = opened(tmp_path / "other.sqlite3")
    assert pipeline.gather(found, again, NOW).new == 1
    again.close()


def test_the_same_mail_in_a_later_part_of_an_mbox_is_one(tmp_path: Path, store: Store) -> None:
    place = put(tmp_path / "in", mbox(letter(1)))
    age(tmp_path)
    found = Settings(root=tmp_path, file=tmp_path / "digest.toml", sources=[SourceTable(name="Inbox", kind="mailbox", path="in")])
    assert pipeline.gather(found, store, NOW).new == 1
    put(place, mbox(letter(1), letter(1), letter(1, "The weir was raised.")))
    os.utime(place, (OLD.timestamp(), OLD.timestamp()))
    gathered = pipeline.gather(found, store, NOW)
    assert (gathered.new, gathered.changed, [one.where for one in gathered.failures]) == (1, 0, ["in#3"])
    assert sorted(kept(store)) == ["in#1", "in#3"]


def test_the_store_knows_articles_by_their_ids(store: Store) -> None:
    articles = [Article(f"{at:012}", "A", "A", f"{at}.txt", "T", "x", NOW) for at in range(1200)]
    store.add(articles)
    found = store.known([*(article.id for article in articles[:1100]), "none"])
    assert set(found.values()) == set(articles[:1100])
    assert store.known([]) == {}
