"""build() and publish(): nothing lost, nothing sent twice, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest import composing, outbox, pipeline, store
from digest.errors import OutboxError, SettingsError, SourceError
from digest.group import group
from digest.model import Document, Failure, Hints, Member, Relation
from digest.settings import Settings, SourceTable
from tests.conftest import NOW
from tests.rooms import AS_OF, BEES, CHESS, FIRE, INBOX, ISSUE, Room, listing, process, stories, titles

SHELF = '\n[[deliver]]\nname = "shelf"\nkind = "directory"\npath = "shelf"\n'
BESIDE = ("feed.json", "feed.xml", "index.html")
LATER = NOW + timedelta(hours=3)
NEXT_WEEK = NOW + timedelta(days=7)


@dataclass(frozen=True)
class Broken:
    """A source that hands over one document and then breaks as a whole."""

    name: str

    @classmethod
    def from_settings(cls, table: SourceTable, settings: Settings) -> Broken:  # noqa: ARG003 - the shape of a SourceKind
        return cls(table.name)

    def documents(self, now: datetime) -> Iterator[Document | Failure]:
        yield Document(self.name, "first", "text/plain", CHESS.encode(), now, hints=Hints(title="Before the break"))
        raise SourceError("hung up", where="line 2", fix="call again")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room.made(tmp_path / "room").with_reports()


def test_build_writes_nothing_but_the_store(room: Room) -> None:
    before = set(listing(room.root))
    settings = room.settings()
    with closing(store.opened(settings.path(settings.paths.store))) as opened:
        issue, _ = pipeline.build(settings, opened, NOW)
    assert issue.stories
    assert set(listing(room.root)) - before == {"var", "var/digest.sqlite3"}


def test_build_consumes_nothing(room: Room) -> None:
    settings = room.settings()
    with closing(store.opened(settings.path(settings.paths.store))) as opened:
        first, _ = pipeline.build(settings, opened, NOW)
        second, _ = pipeline.build(settings, opened, NOW)
        assert opened.waiting() == 4
        assert opened.issues() == ()
    assert first == second


def test_a_trial_leaves_every_file_as_it_was(room: Room) -> None:
    room.build()
    room.report("Moor Mail", "late", "A late report", BEES.replace("honey", "mead"))
    before = listing(room.root)
    settings = room.settings()
    with closing(store.trial(settings.path(settings.paths.store))) as trial:
        issue, _ = pipeline.build(settings, trial, LATER)
    assert "A late report" in {article.title for article in issue.articles.values()}
    assert listing(room.root) == before


def test_a_dry_run_leaves_every_file_as_it_was_and_makes_none(room: Room) -> None:
    before = listing(room.root)
    told = room.built("--dry-run")
    assert told.exit_code == 0
    assert "nothing was written, nothing consumed" in told.stdout
    assert listing(room.root) == before
    room.built()
    after = listing(room.root)
    room.report("Moor Mail", "late", "A late report", BEES.replace("honey", "mead"))
    between = listing(room.root)
    room.built("--dry-run", as_of=NEXT_WEEK.isoformat())
    assert listing(room.root) == between
    assert set(between) - set(after) == {"inbox/Moor Mail/late.json"}


def test_publish_records_after_the_parcel_is_up(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = room.settings()
    with closing(store.opened(settings.path(settings.paths.store))) as opened:
        built = pipeline.build(settings, opened, NOW)

        def full(*_: object) -> Path:
            assert opened.issues() == ()
            raise OutboxError("cannot be written: disk full", where="outbox", fix="make room")

        with monkeypatch.context() as patched:
            patched.setattr(outbox, "put", full)
            with pytest.raises(OutboxError, match="disk full"):
                pipeline.publish(settings, opened, built, NOW)
        assert opened.waiting() == 4
        assert opened.issues() == ()
        done = pipeline.publish(settings, opened, built, NOW)
        assert done.place == room.outbox / ISSUE
        assert opened.waiting() == 0
        assert [row.id for row in opened.issues()] == [ISSUE]
        assert set(opened.contents(ISSUE)) == set(built[0].articles)


def test_an_issue_that_cannot_be_recorded_is_made_again_with_the_same_bytes(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(store.Store, "publish", killed)
        with pytest.raises(KeyboardInterrupt):
            room.build()
    up = listing(room.outbox)
    room.build()
    assert listing(room.outbox) == {**up, **{name: (room.outbox / name).read_bytes() for name in BESIDE}}


def test_a_second_build_at_the_same_moment_gives_the_same_bytes(room: Room) -> None:
    room.built()
    first = listing(room.outbox)
    assert room.built().exit_code == 0
    assert listing(room.outbox) == first
    assert len(first) == 7 + len(BESIDE)  # the folder, its five forms, the manifest


@pytest.mark.parametrize("as_of", [AS_OF, "2026-11-22T17:00:00Z", "2026-11-23T02:00:00+09:00"])
def test_the_same_moment_in_any_offset_gives_the_same_bytes(tmp_path: Path, as_of: str) -> None:
    here, there = (Room.made(tmp_path / name).with_reports() for name in ("here", "there"))
    here.built()
    there.built(as_of=as_of)
    assert listing(there.outbox) == listing(here.outbox)
    assert there.run("verify", ISSUE).exit_code == 0


def test_two_fresh_newsrooms_give_the_same_bytes_whatever_the_hash_seed_and_the_zone(tmp_path: Path) -> None:
    found = []
    for number, (seed, zone, locale) in enumerate((("0", "UTC", "C"), ("4242", "Pacific/Auckland", "C.UTF-8"))):
        room = Room.made(tmp_path / f"a folder {number}" / "room").with_reports()
        room.report("Third Voice", "copy", "Blaze takes rope store", FIRE)
        room.file("Third Voice/broken.jsonl", '{"id": 1,')
        done = process("build", "--as-of", AS_OF, cwd=room.root, PYTHONHASHSEED=seed, TZ=zone, LC_ALL=locale)
        assert done.returncode == 0, done.stderr
        found.append(listing(room.outbox))
    assert found[0] == found[1]
    assert {f"{ISSUE}/{name}" for name in ("issue.html", "issue.md", "issue.txt", "issue.eml", "issue.json", "manifest.json")} <= set(
        found[0]
    )


def verified(room: Room, issue: str = ISSUE) -> tuple[str, ...]:
    settings = room.settings()
    with closing(store.trial(settings.path(settings.paths.store))) as opened:
        return pipeline.verify(settings, opened, issue)


def test_verify_finds_the_same_bytes(room: Room) -> None:
    room.build()
    assert verified(room) == ()


def test_verify_rests_on_the_store_and_not_on_the_inbox(room: Room) -> None:
    room.build()
    for path in (room.root / "inbox").rglob("*.json"):
        path.unlink()
    assert verified(room) == ()


def test_verify_names_the_flipped_byte(room: Room) -> None:
    room.build()
    file = room.outbox / ISSUE / "issue.md"
    content = bytearray(file.read_bytes())
    content[7] ^= 1
    file.write_bytes(content)
    (told,) = verified(room)
    assert told.startswith("issue.md: differs from byte 7 on")


def test_verify_names_a_missing_file_and_a_strange_one(room: Room) -> None:
    room.build()
    (room.outbox / ISSUE / "issue.txt").unlink()
    (room.outbox / ISSUE / "notes.doc").write_text("mine")
    told = " | ".join(verified(room))
    assert "issue.txt: cannot be read" in told
    assert "notes.doc: is not of this issue" in told


def test_verify_names_changed_settings(room: Room) -> None:
    room.build()
    room.config.write_text(room.config.read_text().replace("The Quay", "The Pier"))
    told = verified(room)
    assert told[0] == "the settings changed since the issue was built"
    assert any(line.startswith("issue.html: differs") for line in told)


def test_verify_names_an_issue_that_the_ledger_does_not_know(room: Room) -> None:
    room.build()
    with pytest.raises(OutboxError, match="knows no issue '2026-W01'") as caught:
        verified(room, "2026-W01")
    assert ISSUE in caught.value.fix


def test_articles_that_arrive_later_go_into_the_next_issue_and_never_twice(room: Room) -> None:
    first, _, _ = room.build()
    room.report("Moor Mail", "late", "A late report on mead", BEES.replace("honey", "mead"), published="2026-11-21T09:00:00+01:00")
    second, made_of, _ = room.build(NEXT_WEEK)
    assert second.id == "2026-W48"
    assert second.number == 2
    assert [article.title for article in second.articles.values()] == ["A late report on mead"]
    assert not first.articles.keys() & second.articles.keys()
    assert made_of.window.opens == first.window.closes
    third, _, _ = room.build(NEXT_WEEK + timedelta(days=7))
    assert not third.articles
    assert [verified(room, name) for name in (ISSUE, "2026-W48")] == [(), ()]


def test_until_it_is_delivered_an_issue_takes_up_what_comes_in_its_week(room: Room) -> None:
    room.build()
    room.report("Moor Mail", "late", "A late report on mead", BEES.replace("honey", "mead"))
    again, _, _ = room.build(LATER)
    assert again.id == ISSUE
    assert again.number == 1
    assert len(again.articles) == 5
    assert "A late report on mead" in titles(room.record())


def test_a_changed_headline_is_an_update_of_the_same_article(room: Room) -> None:
    first, _, _ = room.build()
    room.report("Moor Mail", "chess", "Six-year-old holds valley champion", CHESS)
    again, _, _ = room.build(LATER)
    assert again.articles.keys() == first.articles.keys()
    assert "Six-year-old holds valley champion" in titles(room.record())


def test_a_receipt_makes_the_next_build_a_correction(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", SHELF).with_reports()
    _, _, done = room.build()
    assert [(receipt.issue, receipt.delivery, receipt.recipient) for receipt in done.receipts] == [(ISSUE, "shelf", "shelf")]
    delivered = listing(room.root / "shelf" / ISSUE)
    room.report("Moor Mail", "late", "A late report on mead", BEES.replace("honey", "mead"))
    issue, _, again = room.build(LATER)
    assert issue.id == "2026-W47.2"
    assert [article.title for article in issue.articles.values()] == ["A late report on mead"]
    assert [receipt.issue for receipt in again.receipts] == ["2026-W47.2"]
    assert listing(room.root / "shelf" / ISSUE) == delivered
    assert verified(room, ISSUE) == verified(room, "2026-W47.2") == ()


def test_the_issue_that_is_out_stands_where_nothing_came(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", SHELF).with_reports()
    room.build()
    files = listing(room.root)
    for moment in (NOW, LATER):
        issue, _, done = room.build(moment)
        assert issue.id == ISSUE
        assert done.receipts == ()
        assert done.place == room.outbox / ISSUE
    after = listing(room.root)
    assert {name for name in after if after[name] != files.get(name)} <= {"var/digest.sqlite3"}


def test_what_fails_while_an_issue_stands_is_told_and_changes_nothing_that_is_out(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", SHELF).with_reports()
    room.build()
    files = listing(room.outbox)
    room.file("Moor Mail/empty.txt", "")
    told = room.built(as_of=LATER.isoformat())
    assert told.exit_code == 0
    assert "Moor Mail/empty.txt is empty" in told.stdout
    assert listing(room.outbox) == files
    for path in (room.outbox / ISSUE).iterdir():
        path.unlink()
    room.built(as_of=LATER.isoformat())
    assert listing(room.outbox) == files
    assert verified(room) == ()


def test_a_delivery_that_comes_later_gets_the_very_bytes_that_are_out(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", SHELF).with_reports()
    room.build()
    more = SHELF.replace("shelf", "annex")
    room.config.write_text(room.config.read_text().replace("The Quay", "The Pier") + more)
    _, _, done = room.build(LATER)
    assert [receipt.delivery for receipt in done.receipts] == ["annex"]
    assert listing(room.root / "annex") == listing(room.root / "shelf")


def test_a_folder_that_lost_the_issue_gets_it_again(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", SHELF).with_reports()
    room.build()
    there = listing(room.outbox)
    for path in (room.outbox / ISSUE).iterdir():
        path.unlink()
    room.build(LATER)
    assert listing(room.outbox) == there


def test_each_delivery_happens_once_and_a_failure_is_named(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", SHELF + SHELF.replace("shelf", "blocked")).with_reports()
    (room.root / "blocked").write_text("a file stands where the folder should be")
    told = room.built()
    assert told.exit_code == 1
    assert "delivered to shelf: shelf" in told.stdout
    assert "not delivered to blocked" in told.stdout
    assert str(room.root / "blocked") in told.stdout
    assert (room.outbox / ISSUE / "issue.html").exists()
    (room.root / "blocked").unlink()
    told = room.built()
    assert told.exit_code == 0
    assert "delivered to blocked: blocked" in told.stdout
    assert "delivered to shelf" not in told.stdout
    assert listing(room.root / "blocked") == listing(room.root / "shelf")
    with closing(store.opened(room.root / "var/digest.sqlite3")) as opened:
        assert [receipt.delivery for receipt in opened.receipts(ISSUE)] == ["blocked", "shelf"]


def test_an_empty_issue_never_replaces_a_good_one(room: Room) -> None:
    room.build()
    good = listing(room.outbox)
    (room.root / "var/digest.sqlite3").unlink()
    for path in (room.root / "inbox").rglob("*.json"):
        path.unlink()
    told = room.built()
    assert told.exit_code == 1
    assert "has no story, and one with stories stands there" in told.stderr
    assert listing(room.outbox) == good
    with closing(store.opened(room.root / "var/digest.sqlite3")) as opened:
        assert opened.issues() == ()


def test_the_first_issue_may_be_empty_and_says_so(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room")
    told = room.built()
    assert told.exit_code == 0
    assert room.record()["sections"] == []
    assert room.built().exit_code == 0  # an empty one may replace an empty one
    assert verified(room) == ()


def test_the_foreword_of_the_edits_shows(room: Room) -> None:
    edits = room.root / "config" / "edits" / f"{ISSUE}.toml"
    edits.parent.mkdir(parents=True)
    edits.write_text('foreword = "A *smoky* week on the quay."\n')
    room.build()
    assert "<em>smoky</em>" in room.page("issue.html")
    assert "A smoky week on the quay." in room.page("issue.txt")
    assert room.record()["foreword"] == "A *smoky* week on the quay."
    edits.write_text('foreword = "Something else."\n')
    assert verified(room) == ()


def test_two_documents_with_one_id_are_both_kept_and_named(room: Room) -> None:
    room.report("Moor Mail", "again", "Mead is the new honey", BEES.replace("honey", "mead"), id="chess")
    issue, _, _ = room.build()
    assert {"Mead is the new honey", "Six-year-old draws with valley chess champion"} <= {found.title for found in issue.articles.values()}
    (named,) = issue.failures
    assert named.where == "Moor Mail/chess.json"
    assert "has the id or address of Moor Mail/again.json" in named.cause
    again, _, _ = room.build(LATER)
    assert again.articles.keys() == issue.articles.keys()


def test_what_failed_is_taken_up_when_it_is_mended(room: Room) -> None:
    broken = room.file("Moor Mail/tide.json", '{"title": "Tide tables reprinted", "text": "The har')
    first, _, _ = room.build()
    assert [failure.where for failure in first.failures] == ["Moor Mail/tide.json"]
    broken.write_text('{"title": "Tide tables reprinted", "text": "The harbour office has reprinted the tide tables for the whole year."}')
    second, _, _ = room.build(NEXT_WEEK)
    assert [article.title for article in second.articles.values()] == ["Tide tables reprinted"]
    assert second.failures == ()


def test_a_source_that_breaks_as_a_whole_never_stops_an_issue(tmp_path: Path) -> None:
    stranger = '\n[[sources]]\nname = "Stranger"\nkind = "tests.test_pipeline:Broken"\n'
    room = Room.made(tmp_path / "room", sources=stranger + INBOX).with_reports()
    issue, _, _ = room.build()
    assert issue.failures == (Failure("Stranger", "line 2", "hung up", "call again"),)
    assert {"Before the break", "Heather honey runs out of jars"} <= {article.title for article in issue.articles.values()}


def test_a_silent_source_and_a_missing_folder_are_in_the_coverage(tmp_path: Path) -> None:
    more = '\n[[sources]]\nname = "Quiet"\npath = "quiet"\n\n[[sources]]\nname = "Gone"\npath = "gone"\n'
    room = Room.made(tmp_path / "room", sources=INBOX + more).with_reports()
    (room.root / "quiet").mkdir()
    room.build()
    status = {row["source"]: row["status"] for row in room.record()["coverage"]}
    assert status == {"Gannet Gazette": "ok", "Moor Mail": "ok", "Quiet": "silent", "Gone": "failed"}
    with closing(store.opened(room.root / "var/digest.sqlite3")) as opened:
        health = {row.name: row for row in opened.health()}
    assert health["Gone"].failures == 1
    assert "no such folder" in health["Gone"].cause
    assert health["Quiet"].failures == 0
    assert health["Inbox"].last_new == NOW


def test_one_event_is_one_story_with_its_outlets_and_origins(room: Room) -> None:
    room.report("Third Voice", "copy", "Blaze takes rope store", FIRE)
    room.build()
    lead = stories(room.record())[0]
    assert {member["source"] for member in lead["members"]} == {"Gannet Gazette", "Moor Mail", "Third Voice"}
    assert lead["origins"] == 2
    (copy,) = (member for member in lead["members"] if member["relation"] == "copy")
    assert copy["copy_of"] in {member["article"] for member in lead["members"]}
    assert sum(member["relation"] == "lead" for member in lead["members"]) == 1


def test_a_copy_that_leads_by_its_weight_has_its_original_as_a_copy(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room").with_reports()
    room.report("Third Voice", "copy", "Blaze takes rope store", FIRE, published="2026-11-19T12:00:00+01:00")
    issue, batch, _ = room.build()
    story = next(story for story in issue.stories if len(story.members) > 1)
    copy = next(member for member in story.members if member.copy_of).article
    found = group(batch.articles, room.settings().group)
    (bundle,) = (one for one in found if copy.id in one.copies)
    original = bundle.copies[copy.id]
    assert composing._copies(bundle, copy) == {original: copy.id}
    assert composing._copies(bundle, story.lead).keys() == {copy.id}
    three = replace(bundle, copies={copy.id: original, "third": original})
    assert composing._copies(three, copy) == {original: copy.id, "third": copy.id}


def test_the_lead_story_has_room_for_more_words(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", "\n[notes]\nsummary_words = 10\nlead_words = 200\n").with_reports()
    issue, _, _ = room.build()
    first, *others = (story.summary for story in issue.stories if story.summary)
    assert len(first.text.split()) > 30
    assert others
    assert all(len(found.text.split()) < 30 for found in others)


def test_progress_is_told_from_nothing_to_all(room: Room) -> None:
    told: list[tuple[str, int, int]] = []
    settings = room.settings()
    with closing(store.trial(Path("nowhere"))) as trial:
        pipeline.build(settings, trial, NOW, lambda *step: told.append(step))
    assert [step for step, _, _ in told][:2] == ["gather", "gather"]
    assert told[1] == ("gather", 1, 1)
    assert told[-1][0] == "write"
    assert told[-1][1] == told[-1][2] > 0
    composing.silent("gather", 0, 1)


def test_gather_counts_documents_articles_new_and_changed(room: Room) -> None:
    settings = room.settings()
    with closing(store.opened(settings.path(settings.paths.store))) as opened:
        first = pipeline.gather(settings, opened, NOW)
        room.report("Moor Mail", "chess", "Another headline", CHESS)
        second = pipeline.gather(settings, opened, LATER)
    assert (first.documents, first.articles, first.new, first.changed, first.failures) == (4, 4, 4, 0, ())
    assert (second.new, second.changed) == (0, 1)


def test_cleaned_keeps_nothing(room: Room) -> None:
    before = listing(room.root)
    found, failed = pipeline.cleaned(room.settings(), NOW)
    assert len(found) == 4
    assert failed == ()
    assert listing(room.root) == before


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ('[group]\nengines = ["exakt"]\n', "`group.engines` is 'exakt'; did you mean 'exact'?"),
        ('[notes]\nnoters = ["ads"]\n', "`notes.noters` is 'ads'; did you mean 'adds'?"),
        ('[[deliver]]\nname = "a"\nkind = "directry"\npath = "x"\n', "`deliver[1].kind` is 'directry'; did you mean 'directory'?"),
    ],
)
def test_check_names_the_file_the_key_and_the_nearest_word(tmp_path: Path, more: str, key: str) -> None:
    room = Room.made(tmp_path / "room", more)
    with pytest.raises(SettingsError) as caught:
        pipeline.check(room.settings())
    assert key in caught.value.cause
    assert caught.value.where == str(room.config)
    assert "allowed" in caught.value.fix


def test_members_hold_the_lead_first(room: Room) -> None:
    issue, _, _ = room.build()
    for story in issue.stories:
        assert story.members[0] == Member(story.lead, Relation.LEAD, origin=story.lead.id)
        assert story.title == story.lead.title


def test_the_manifest_lists_every_file_with_its_hash(room: Room) -> None:
    room.build()
    manifest = json.loads(room.page("manifest.json"))
    assert set(manifest["files"]) == {path.name for path in (room.outbox / ISSUE).iterdir()} - {"manifest.json"}
    assert manifest["opens"] == "2026-11-15T18:00:00+01:00"
    assert manifest["closes"] == AS_OF
