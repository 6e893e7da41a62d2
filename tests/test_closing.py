"""Windows closed by the calendar: one issue each, contiguous, caught up, reviewed, thin, and never skipped in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest import pipeline, store
from digest.closing import close_due, coming, hold, missed, plan, release
from digest.errors import StoreError, UsageError
from digest.model import Stage
from digest.store import Entry, Store
from tests.conftest import NOW
from tests.made import WEIR
from tests.rooms import BEES, CHESS, FIRE, HEAD, Room

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
CLOSE = NOW  # Sunday 18:00 in Berlin
SCHEDULE = "\n[schedule]\nleast = 0\n"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room.made(tmp_path / "room", SCHEDULE).with_reports()


@contextmanager
def at_work(room: Room) -> Iterator[Store]:
    with closing(store.opened(room.root / "var/digest.sqlite3")) as opened:
        yield opened


def look(room: Room, now: datetime) -> list[str]:
    """One look at the clock; what was said."""
    told: list[str] = []
    with at_work(room) as opened:
        close_due(room.settings(), opened, now, told.append)
    return told


def ledger(room: Room) -> list[Entry]:
    with at_work(room) as opened:
        return list(opened.ledger())


def shape(room: Room) -> list[tuple[str, str]]:
    return [(entry.id, entry.stage.value) for entry in ledger(room)]


def articles(room: Room, issue: str) -> set[str]:
    return {row["title"] for row in room.record(issue)["articles"].values()}


def test_a_window_gets_its_issue_at_its_close_and_only_once(room: Room) -> None:
    look(room, CLOSE - WEEK)
    assert look(room, CLOSE - timedelta(seconds=1)) == []
    told = look(room, CLOSE + HOUR)
    assert told[0].startswith("2026-W47: ")
    assert look(room, CLOSE + 2 * HOUR) == []
    assert shape(room) == [("2026-W46", "published"), ("2026-W47", "published")]
    first, second = ledger(room)
    assert first.window.closes == second.window.opens
    assert second.window.closes == CLOSE
    assert second.planned


def test_what_was_published_after_the_close_waits_for_the_next(room: Room) -> None:
    room.report("Moor Mail", "monday", "Mead on Monday", BEES.replace("honey", "mead"), published="2026-11-23T09:00:00+01:00")
    look(room, CLOSE + 20 * HOUR)
    assert "Mead on Monday" not in articles(room, "2026-W47")
    assert len(articles(room, "2026-W47")) == 4
    look(room, CLOSE + WEEK)
    assert articles(room, "2026-W48") == {"Mead on Monday"}


def test_after_an_outage_the_latest_takes_everything_and_it_is_said(room: Room) -> None:
    look(room, CLOSE)
    room.report("Moor Mail", "mead", "Mead again", BEES.replace("honey", "mead"), published="2026-12-02T09:00:00+01:00")
    told = look(room, CLOSE + 3 * WEEK + HOUR)
    assert told[0].startswith("catching up: 2 windows closed while nothing ran (2026-W48, 2026-W49); missed = 'latest'")
    assert shape(room)[1:] == [("2026-W48", "skipped"), ("2026-W49", "skipped"), ("2026-W50", "published")]
    assert articles(room, "2026-W50") == {"Mead again"}
    assert all(left.window.closes == right.window.opens for left, right in pairwise(ledger(room)))
    assert "its articles are in 2026-W50" in ledger(room)[1].remark


def test_after_an_outage_each_gets_its_own(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", SCHEDULE + 'missed = "all"\n').with_reports()
    look(room, CLOSE)
    room.report("Moor Mail", "w48", "In week 48", BEES.replace("honey", "mead"), published="2026-11-25T09:00:00+01:00")
    room.report("Moor Mail", "w49", "In week 49", CHESS.replace("chess", "go"), published="2026-12-02T09:00:00+01:00")
    room.file("Moor Mail/undated.txt", "An undated note\n\n" + FIRE.replace("fire", "flood"))
    look(room, CLOSE + 2 * WEEK + 9 * HOUR)
    assert shape(room) == [("2026-W47", "published"), ("2026-W48", "published"), ("2026-W49", "published")]
    assert articles(room, "2026-W48") == {"In week 48"}
    assert articles(room, "2026-W49") == {"In week 49", "An undated note"}


def test_after_an_outage_what_was_missed_is_skipped_and_its_articles_wait(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", SCHEDULE + 'missed = "skip"\ngrace = "1h"\n').with_reports()
    told = look(room, CLOSE + 2 * HOUR)
    assert "2026-W47: skipped: missed: nothing ran when it closed; its articles wait for the next issue" in told
    look(room, CLOSE + WEEK + HOUR)
    assert shape(room) == [("2026-W47", "skipped"), ("2026-W48", "published")]
    assert len(articles(room, "2026-W48")) == 4


def test_a_run_that_is_cut_short_while_gathering_goes_on_with_its_window(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "gather", cut)
        with pytest.raises(KeyboardInterrupt):
            look(room, CLOSE + HOUR)
    assert shape(room) == [("2026-W47", "claimed")]
    look(room, CLOSE + 2 * HOUR)
    assert shape(room) == [("2026-W47", "published")]


def test_a_claim_that_the_settings_know_no_more_is_given_back(room: Room) -> None:
    with at_work(room) as opened:
        (one,) = plan(room.settings(), opened, CLOSE)
        opened.claim("2026-11", one.window, CLOSE)
    look(room, CLOSE)
    assert shape(room) == [("2026-W47", "published")]


def test_an_issue_closed_by_hand_is_closed_anew_by_the_calendar_until_somebody_has_it(room: Room) -> None:
    room.build(CLOSE - 3 * 24 * HOUR)
    opens = ledger(room)[0].window.opens
    room.report("Moor Mail", "late", "Mead at the weekend", BEES.replace("honey", "mead"), published="2026-11-21T09:00:00+01:00")
    with at_work(room) as opened:
        assert [one.name for one in missed(room.settings(), opened, CLOSE)] == ["2026-W47"]
        ahead = coming(room.settings(), opened, CLOSE - HOUR)
        assert ahead is not None
        assert ahead.name == "2026-W47"
    look(room, CLOSE)
    assert shape(room) == [("2026-W47", "published")]
    assert len(articles(room, "2026-W47")) == 5
    assert (ledger(room)[0].window.opens, ledger(room)[0].window.closes) == (opens, CLOSE)


def test_an_issue_that_somebody_has_is_the_issue_of_its_period(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", SCHEDULE + '\n[[deliver]]\nname = "shelf"\npath = "shelf"\n').with_reports()
    early = CLOSE - 3 * 24 * HOUR
    room.build(early)
    room.report("Moor Mail", "late", "Mead at the weekend", BEES.replace("honey", "mead"), published="2026-11-21T09:00:00+01:00")
    assert look(room, CLOSE) == []
    look(room, CLOSE + WEEK)
    assert shape(room) == [("2026-W47", "delivered"), ("2026-W48", "delivered")]
    assert ledger(room)[1].window.opens == early
    assert articles(room, "2026-W48") == {"Mead at the weekend"}


def test_a_thin_week_is_sent_skipped_or_noted_and_it_is_said(tmp_path: Path) -> None:
    for thin in ("send", "skip", "note"):
        head = HEAD + 'max_age = "30 days"\n'
        room = Room.made(tmp_path / thin, head=head, more=f'\n[schedule]\nleast = 4\nthin = "{thin}"\n').with_reports()
        told = look(room, CLOSE)
        assert any("only 3 stories, where `schedule.least` is 4" in line for line in told)
        assert shape(room) == [("2026-W47", "skipped" if thin == "skip" else "published")]
        if thin == "skip":
            with at_work(room) as opened:
                assert opened.waiting() == 4
            room.report("Moor Mail", "late", "A bridge closes", WEIR, published="2026-11-25T09:00:00+01:00")
            look(room, CLOSE + WEEK)
            assert len(articles(room, "2026-W48")) == 5
        else:
            assert ("A quiet time: 3 stories came in." in room.page("issue.txt")) is (thin == "note")


REVIEW = SCHEDULE + 'review = "3h"\n\n[[deliver]]\nname = "shelf"\npath = "shelf"\n'


def test_a_draft_waits_for_the_editor_and_goes_out_by_itself(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", REVIEW).with_reports()
    (told,) = look(room, CLOSE + HOUR)
    assert "a draft for the editor" in told
    assert "goes out at Sun 2026-11-22 22:00 unless held" in told
    assert (room.root / "var/drafts/2026-W47/issue.html").exists()
    assert not (room.outbox / "2026-W47").exists()
    with at_work(room) as opened:
        assert opened.waiting() == 4
        assert not opened.candidates("2026-W48", CLOSE + WEEK)
    assert look(room, CLOSE + 3 * HOUR) == []
    edits = room.root / "config/edits/2026-W47.toml"
    edits.parent.mkdir(parents=True)
    edits.write_text('foreword = "Read by the editor."\n')
    look(room, CLOSE + 4 * HOUR)
    assert shape(room) == [("2026-W47", "delivered")]
    assert "Read by the editor." in room.page("issue.txt")
    assert (room.root / "shelf/2026-W47/issue.html").exists()
    assert not (room.root / "var/drafts/2026-W47").exists()
    assert room.run("verify", "2026-W47").exit_code == 0


def test_a_draft_that_is_held_goes_out_when_it_is_released(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", REVIEW).with_reports()
    look(room, CLOSE)
    assert room.run("hold", "2026-W47", "--as-of", CLOSE.isoformat()).exit_code == 0
    assert look(room, CLOSE + 24 * HOUR) == []
    status = room.run("status").stdout
    assert "2026-W47: a draft, held since 2026-11-22 18:00" in status
    told = room.run("release", "2026-W47", "--as-of", (CLOSE + 25 * HOUR).isoformat())
    assert told.exit_code == 0, told.output
    assert "2026-W47: delivered to shelf: shelf" in told.stdout
    with at_work(room) as opened, pytest.raises(UsageError, match="is no draft"):
        release(room.settings(), opened, "2026-W47", CLOSE + 26 * HOUR, print)
    with at_work(room) as opened, pytest.raises(UsageError, match="is no draft"):
        hold(room.settings(), opened, "2026-W46", CLOSE)


def test_release_exits_with_1_where_a_delivery_failed(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", REVIEW).with_reports()
    look(room, CLOSE)
    (room.root / "shelf").write_text("in the way")
    told = room.run("release", "2026-W47", "--as-of", CLOSE.isoformat())
    assert told.exit_code == 1
    assert "2026-W47: not delivered to shelf" in told.stdout


def test_a_draft_whose_folder_is_lost_is_put_back(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", REVIEW).with_reports()
    look(room, CLOSE)
    for path in sorted((room.root / "var/drafts/2026-W47").iterdir()):
        path.unlink()
    with at_work(room) as opened:
        assert pipeline.recover(room.settings(), opened, CLOSE) == ("2026-W47: the draft is in its place again",)
    assert (room.root / "var/drafts/2026-W47/issue.html").exists()


def test_a_clock_that_is_set_back_is_told_and_changes_nothing(room: Room) -> None:
    look(room, CLOSE)
    with at_work(room) as opened:
        before = opened.ledger()
    told = room.built(as_of=(CLOSE - 3 * 24 * HOUR).isoformat())
    assert told.exit_code == 1
    assert "the clock says 2026-11-19 17:00 UTC, but the ledger has an issue that closed at 2026-11-22 17:00 UTC" in told.stderr
    assert look(room, CLOSE - 3 * 24 * HOUR) == []
    with at_work(room) as opened, pytest.raises(StoreError, match="the clock says"):
        pipeline.batch(room.settings(), opened, CLOSE - HOUR)
    with at_work(room) as opened:
        assert opened.ledger() == before


CHANGES = [
    ("Europe/Berlin", "Sun 02:30", date(2026, 3, 29)),  # an hour that is missing
    ("Europe/Berlin", "Sun 02:30", date(2026, 10, 25)),  # one that comes twice
    ("America/Santiago", "Sun 00:00", date(2026, 9, 6)),
    ("America/Santiago", "Sat 23:30", date(2026, 4, 5)),
]


@pytest.mark.parametrize(("zone", "closes", "change"), CHANGES)
def test_looks_at_odd_moments_find_one_window_a_week_and_no_article_between(tmp_path: Path, zone: str, closes: str, change: date) -> None:
    """The ledger itself, week after week through a change of the clocks."""
    there = ZoneInfo(zone)
    head = HEAD.replace("Europe/Berlin", zone) + f'closes = "{closes}"\nmax_age = "30 days"\n'
    room = Room.made(tmp_path / "room", SCHEDULE, head=head)
    midnight, number = datetime.combine(change, time(), there), 0
    now, end = midnight - timedelta(days=10), midnight + timedelta(days=16)
    with at_work(room) as opened:
        while now < end:
            number += 1
            text = f"Report number {number} says that the tide came in at pier {number} and that nobody was surprised by it at all."
            row = {"id": str(number), "title": f"Tide at pier {number}", "text": text, "published": now.isoformat(), "language": "en"}
            for left in (room.root / "inbox").rglob("*.json"):
                left.unlink()
            room.file(f"Moor Mail/{number}.json", json.dumps(row))
            pipeline.gather(room.settings(), opened, now)
            close_due(room.settings(), opened, now + timedelta(minutes=number % 7), lambda _: None)
            now += timedelta(hours=83, minutes=number % 59)
        found = opened.ledger()
        weeks = [entry.id for entry in found]
        assert len(weeks) == len(set(weeks)) == round((found[-1].window.closes - found[0].window.opens) / timedelta(days=7)) >= 4
        assert all(left.window.closes == right.window.opens for left, right in pairwise(found))
        used = [article for entry in found for article in opened.contents(entry.id)]
        assert len(used) == len(set(used))
        assert len(used) + opened.waiting() == number
        for entry in found:
            batch = opened.batch(entry.id)
            assert entry.stage is Stage.PUBLISHED
            assert batch is not None
            assert all(article.first_seen < entry.window.closes for article in batch.articles)
        assert found[-1].window.closes <= now.astimezone(UTC)
