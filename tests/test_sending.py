"""Handing an issue over: each recipient for itself, nobody twice, and what a crash cut short is unknown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from digest import pipeline, sending, store
from digest.errors import DeliveryError, OutboxError, UsageError
from digest.model import Parcel, Reply, Standing
from digest.settings import DeliverTable, Settings
from digest.store import Store
from tests.conftest import NOW
from tests.rooms import AS_OF, ISSUE, Room

POST = '\n[[deliver]]\nname = "post"\nkind = "tests.test_sending:Post"\n'
HOUR = timedelta(hours=1)


@dataclass
class World:
    """What is on the other side: who there is, what is answered, what arrived."""

    recipients: list[str] = field(default_factory=lambda: ["ada", "ines", "odile"])
    answers: dict[str, list[Reply | BaseException]] = field(default_factory=dict)
    arrived: list[tuple[str, str]] = field(default_factory=list)
    connections: list[str] = field(default_factory=list)
    unreachable: bool = False


class Post:
    """A delivery to a world that misbehaves as told."""

    world: ClassVar[World] = World()
    repeatable = False

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def from_settings(cls, table: DeliverTable, settings: Settings) -> Post:  # noqa: ARG003 - the shape of a DeliveryKind
        return cls(table.name)

    def recipients(self) -> tuple[str, ...]:
        return tuple(self.world.recipients)

    @contextmanager
    def connected(self) -> Iterator[Post]:
        if self.world.unreachable:
            raise DeliveryError("does not answer", where="mail.example:25", fix="look whether it is up")
        self.world.connections.append(self.name)
        yield self

    def deliver(self, parcel: Parcel, recipient: str) -> Reply:
        said = self.world.answers.get(recipient, [])
        answer = said.pop(0) if said else Reply(Standing.TAKEN, "250 queued")
        if isinstance(answer, BaseException):
            raise answer
        if answer.standing in {Standing.TAKEN, Standing.UNKNOWN}:
            self.world.arrived.append((parcel.issue, recipient))
        return answer


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    monkeypatch.setattr(Post, "world", made)
    return made


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room.made(tmp_path / "room", POST).with_reports()


@contextmanager
def at_work(room: Room) -> Iterator[Store]:
    with closing(store.opened(room.root / "var/digest.sqlite3")) as opened:
        yield opened


def standings(room: Room) -> dict[str, str]:
    with at_work(room) as opened:
        return {one.recipient: one.standing.value for one in opened.handovers(ISSUE)}


def test_each_recipient_has_an_answer_of_its_own(room: Room, world: World) -> None:
    world.answers = {"ada": [Reply(Standing.REFUSED, "550 no such user")], "ines": [Reply(Standing.LATER, "450 busy")]}
    _, _, done = room.build()
    assert [receipt.recipient for receipt in done.receipts] == ["odile"]
    assert standings(room) == {"ada": "refused", "ines": "later", "odile": "taken"}
    assert {failure.where: failure.cause for failure in done.failures} == {"ada": "refused: 550 no such user", "ines": "later: 450 busy"}
    assert world.connections == ["post"]


def test_sending_again_reaches_only_those_who_have_nothing(room: Room, world: World) -> None:
    world.answers = {"ada": [Reply(Standing.REFUSED, "550")], "ines": [Reply(Standing.LATER, "450")]}
    room.build()
    told = room.run("send", ISSUE, "--as-of", AS_OF)
    assert told.exit_code == 0
    assert "delivered to post: ines" in told.stdout
    assert sorted(world.arrived) == [(ISSUE, "ines"), (ISSUE, "odile")]
    assert room.run("send", ISSUE).exit_code == 0
    assert len(world.arrived) == 2


def test_what_was_put_off_waits_for_its_time_unless_a_person_asks(room: Room, world: World) -> None:
    world.answers = {"ada": [Reply(Standing.LATER, "450", after=HOUR)]}
    room.build()
    with at_work(room) as opened:
        assert not pipeline.send_again(room.settings(), opened, ISSUE, NOW + HOUR / 2, at_once=False).receipts
        assert pipeline.send_again(room.settings(), opened, ISSUE, NOW + HOUR, at_once=False).receipts


def test_what_is_unknown_is_never_sent_again_by_itself(room: Room, world: World) -> None:
    world.answers = {"ada": [Reply(Standing.UNKNOWN, "line lost behind the final dot")]}
    room.build()
    for _ in range(3):
        room.run("send", ISSUE)
    assert world.arrived.count((ISSUE, "ada")) == 1
    assert standings(room)["ada"] == "unknown"


@pytest.mark.parametrize(("answer", "arrived"), [("arrived", 1), ("again", 2)])
def test_a_person_settles_it(room: Room, world: World, answer: str, arrived: int) -> None:
    world.answers = {"ada": [Reply(Standing.UNKNOWN, "line lost")]}
    room.build()
    assert room.run("send", ISSUE, "--resolve", answer).exit_code == 0
    assert room.run("send", ISSUE).exit_code == 0
    assert world.arrived.count((ISSUE, "ada")) == arrived
    assert standings(room)["ada"] == "taken"


def test_a_refused_one_is_settled_by_name_and_a_stranger_is_named(room: Room, world: World) -> None:
    world.answers = {"ada": [Reply(Standing.REFUSED, "550")]}
    room.build()
    told = room.run("send", ISSUE, "--resolve", "again", "--to", "nobody")
    assert told.exit_code == 2
    assert "'nobody' is neither unknown nor refused" in told.stderr
    assert "nothing is unknown" in room.run("send", ISSUE, "--resolve", "again").stderr
    assert room.run("send", ISSUE, "--resolve", "again", "--to", "ada").exit_code == 0
    room.run("send", ISSUE)
    assert standings(room)["ada"] == "taken"


def test_doubles_instead_of_gaps_where_the_settings_say_so(room: Room, world: World) -> None:
    room.config.write_text(room.config.read_text() + "at_least_once = true\n")
    world.answers = {"ada": [Reply(Standing.UNKNOWN, "line lost")]}
    room.build()
    room.run("send", ISSUE)
    assert world.arrived.count((ISSUE, "ada")) == 2
    assert standings(room)["ada"] == "taken"


def test_a_run_that_is_broken_off_leaves_one_recipient_unknown(room: Room, world: World) -> None:
    world.answers = {"ines": [KeyboardInterrupt()]}
    with pytest.raises(KeyboardInterrupt):
        room.build()
    assert standings(room) == {"ada": "taken", "ines": "sending", "odile": "waiting"}
    told = room.run("send", ISSUE)
    assert told.exit_code == 0
    assert standings(room) == {"ada": "taken", "ines": "unknown", "odile": "taken"}
    assert sorted(world.arrived) == [(ISSUE, "ada"), (ISSUE, "odile")]


def test_what_was_broken_off_is_done_again_where_doubles_do_no_harm(room: Room, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Post, "repeatable", True)
    world.answers = {"ines": [KeyboardInterrupt()]}
    with pytest.raises(KeyboardInterrupt):
        room.build()
    assert room.run("send", ISSUE).exit_code == 0
    assert set(standings(room).values()) == {"taken"}


def test_a_fault_of_a_delivery_leaves_its_recipient_unknown_and_the_others_served(room: Room, world: World) -> None:
    world.answers = {"ada": [ZeroDivisionError("odd")]}
    _, _, done = room.build()
    assert [receipt.recipient for receipt in done.receipts] == ["ines", "odile"]
    assert done.failures[0].cause == "unknown: a fault in the delivery: ZeroDivisionError: odd"


def test_a_line_that_cannot_be_opened_puts_everybody_off(room: Room, world: World) -> None:
    world.unreachable = True
    _, _, done = room.build()
    assert set(standings(room).values()) == {"later"}
    assert done.failures[0].cause == "later: mail.example:25: does not answer; look whether it is up"
    world.unreachable = False
    assert room.run("send", ISSUE).exit_code == 0
    assert len(world.arrived) == 3


def test_new_recipients_get_an_old_issue_only_if_asked_and_those_who_left_nothing(room: Room, world: World) -> None:
    world.answers = {"ada": [Reply(Standing.LATER, "450")]}
    room.build()
    world.recipients = ["ines", "odile", "new"]
    room.run("send", ISSUE)
    assert standings(room) == {"ada": "refused", "ines": "taken", "odile": "taken"}
    room.run("send", ISSUE, "--new")
    assert standings(room)["new"] == "taken"
    assert sorted(recipient for _, recipient in world.arrived) == ["ines", "new", "odile"]


def test_an_issue_is_delivered_once_every_answer_is_final(room: Room, world: World) -> None:
    world.answers = {"ada": [Reply(Standing.LATER, "450")], "ines": [Reply(Standing.REFUSED, "550")]}
    room.build()
    with at_work(room) as opened:
        assert opened.issues()[0].stage.value == "published"
        pipeline.send_again(room.settings(), opened, ISSUE, NOW + HOUR)
        assert opened.issues()[0].stage.value == "delivered"


def test_what_may_have_arrived_is_changed_no_more(room: Room, world: World) -> None:
    world.recipients = ["ada"]
    world.answers = {"ada": [Reply(Standing.UNKNOWN, "line lost")]}
    room.build()
    room.report("Moor Mail", "late", "A late report on mead", "Mead is brewed on the moor again, and the village drinks it. " * 8)
    issue, _, _ = room.build(NOW + HOUR)
    assert issue.id == f"{ISSUE}.2"


def test_only_what_went_up_is_sent(room: Room, world: World) -> None:
    world.answers = {"ada": [Reply(Standing.LATER, "450")]}
    room.build()
    (room.outbox / ISSUE / "issue.eml").write_bytes(b"something else")
    told = room.run("send", ISSUE)
    assert told.exit_code == 1
    assert "is not what went up" in told.stderr
    assert (ISSUE, "ada") not in world.arrived


def test_an_issue_that_the_ledger_does_not_know_is_not_sent(room: Room, world: World) -> None:
    room.build()
    with at_work(room) as opened, pytest.raises(OutboxError, match="knows no issue '2026-W01'"):
        pipeline.send_again(room.settings(), opened, "2026-W01", NOW)
    assert len(world.arrived) == 3


def test_a_recipient_is_named_only_where_something_is_resolved(room: Room, world: World) -> None:
    assert world.arrived == []
    told = room.run("send", ISSUE, "--to", "ada")
    assert told.exit_code == 2
    assert "--to goes with --resolve" in told.stderr


def test_the_status_tells_where_each_handover_stands(room: Room, world: World) -> None:
    world.answers = {"ada": [Reply(Standing.LATER, "450 busy")]}
    room.build()
    (row,) = json.loads(room.run("status", "--json").stdout)["issues"]
    assert row["receipts"] == ["post: ines", "post: odile"]
    first = row["handovers"][0]
    assert (first["recipient"], first["standing"], first["detail"]) == ("ada", "later", "450 busy")
    sent = json.loads(room.run("send", ISSUE, "--json").stdout)
    assert sent["delivered"] == ["post: ada"]


def test_nothing_to_resolve_is_said(room: Room, world: World) -> None:
    room.build()
    assert world.connections
    with at_work(room) as opened, pytest.raises(UsageError, match="nothing is unknown"):
        sending.resolve(opened, ISSUE, (), NOW, arrived=True)
