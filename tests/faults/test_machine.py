"""The ledger under any order of events: gather, look, build, send, crash, restart, time, clocks, settings."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from digest import calendar, outbox, pipeline
from digest import closing as windows
from digest.errors import DeliveryError, DigestError
from digest.model import Article, Issue, Parcel, Reply, Stage, Standing
from digest.render.record import Record
from digest.settings import DeliverTable, DigestTable, ScheduleTable, Settings, SourceTable
from digest.store import Store, opened
from tests.made import article

BEGIN = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)  # the clocks of Berlin and Santiago change within days
ZONES = ["Europe/Berlin", "America/Santiago", "Pacific/Auckland"]
CLOSES = {
    "weekly": ["Sun 02:30", "Sun 00:00", "Wed 18:00"],
    "daily": ["02:30", "18:00"],
    "monthly": ["last 18:00"],
    "cron": ["0 7 * * mon,thu"],
}


class Kill(BaseException):
    """Nothing catches it, as nothing catches a kill."""


@dataclass
class World:
    """The other side of the deliveries, and the step at which the process dies."""

    arrived: ClassVar[list[tuple[str, str]]] = []
    answers: ClassVar[list[Standing]] = []
    dies_in: ClassVar[int] = 0

    @classmethod
    def step(cls) -> None:
        """One step that changes something; the process may die before it."""
        if cls.dies_in:
            cls.dies_in -= 1
            if cls.dies_in == 0:
                raise Kill


@dataclass(frozen=True)
class Post:
    """Answers as the machine says."""

    name: str
    repeatable: bool = False

    @classmethod
    def from_settings(cls, table: DeliverTable, settings: Settings) -> Post:  # noqa: ARG003 - the shape of a DeliveryKind
        return cls(table.name)

    def recipients(self) -> tuple[str, ...]:
        return ("ada", "ines")

    def deliver(self, parcel: Parcel, recipient: str) -> Reply:
        World.step()
        standing = World.answers.pop() if World.answers else Standing.TAKEN
        if standing is Standing.WAITING:
            raise DeliveryError("does not answer")
        if standing in {Standing.TAKEN, Standing.UNKNOWN}:
            World.arrived.append((parcel.issue, recipient))
        World.step()
        return Reply(standing, "said so")


class Steps(Store):
    """A store that may be killed before and after each of its writing transactions."""

    def freeze(self, *args: object, **options: object) -> None:
        World.step()
        super().freeze(*args, **options)  # type: ignore[arg-type]
        World.step()

    def publish(self, *args: object, **options: object) -> None:
        World.step()
        super().publish(*args, **options)  # type: ignore[arg-type]
        World.step()

    def claim(self, *args: object) -> None:
        World.step()
        super().claim(*args)  # type: ignore[arg-type]
        World.step()

    def settle(self, *args: object) -> None:
        World.step()
        super().settle(*args)  # type: ignore[arg-type]
        World.step()


def plain(issue: Issue, settings: Settings) -> Parcel:
    """The record alone: what an issue looks like is tried elsewhere, and takes most of the time."""
    return Parcel(issue.id, Record(settings).render(issue))


class Newsroom(RuleBasedStateMachine):
    """A newsroom whose articles are put into the store directly; everything behind that is the program."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(pipeline, "render", plain)
        self.root = Path(tempfile.mkdtemp())
        World.arrived.clear()
        World.answers.clear()
        World.dies_in = 0
        self.now, self.number = BEGIN, 0
        self.gathered: dict[str, Article] = {}
        self.settings = Settings(
            root=self.root,
            file=self.root / "digest.toml",
            digest=DigestTable(timezone="Europe/Berlin", closes="Sun 02:30", max_age=timedelta(days=400)),
            sources=[SourceTable(name="inbox", path="inbox")],
            deliver=[DeliverTable(name="post", kind="tests.faults.test_machine:Post", give_up=timedelta(days=2))],
            schedule=ScheduleTable(least=0),
        )
        (self.root / "inbox").mkdir()
        self.store = self._opened()

    def _opened(self) -> Store:
        made = opened(self.root / "var/digest.sqlite3")
        made.__class__ = Steps
        return made

    def teardown(self) -> None:
        self.patch.undo()
        self.store.close()
        shutil.rmtree(self.root)

    def _do(self, work: object) -> None:
        """Work of a process: it may die, and then the next one recovers; an expected error changes nothing of the promises."""
        assert callable(work)
        try:
            with suppress(DigestError):
                pipeline.recover(self.settings, self.store, self.now)
                work()
        except Kill:
            World.dies_in = 0
            self.store.close()
            self.store = self._opened()

    @initialize(zone=st.sampled_from(ZONES))
    def begin(self, zone: str) -> None:
        self._change(timezone=zone)

    @rule(count=st.integers(1, 3), known=st.booleans())
    def gather(self, count: int, known: bool) -> None:
        """Some articles come in, with a date or without one."""
        for _ in range(count):
            self.number += 1
            text = f"Report {self.number}: the tide came in at pier {self.number * 7919 % 1009} and the warden of it wrote that down."
            published = self.now - timedelta(hours=self.number % 30) if known else None
            made = article(f"a{self.number:04}", text, title=f"Tide {self.number}", first_seen=self.now, published=published)
            self.gathered[made.id] = made
            self.store.add([made])

    @rule(hours=st.sampled_from([1, 7, 25, 24 * 6, 24 * 8, 24 * 30]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours, minutes=17)

    @rule()
    def look(self) -> None:
        """What `digest schedule` does at each look."""

        def work() -> None:
            windows.close_due(self.settings, self.store, self.now, lambda _: None)
            pipeline.send_due(self.settings, self.store, self.now)

        self._do(work)

    @rule()
    def build(self) -> None:
        """What `digest build` does; never two at one moment."""
        self.now += timedelta(minutes=1)
        self._do(lambda: pipeline.publish(self.settings, self.store, pipeline.build(self.settings, self.store, self.now), self.now))

    @rule()
    def send(self) -> None:
        issues = self.store.issues()
        if issues:
            self._do(lambda: pipeline.send_again(self.settings, self.store, issues[-1].id, self.now))

    @rule(steps=st.integers(1, 25))
    def dies_soon(self, steps: int) -> None:
        World.dies_in = steps

    @rule(answers=st.lists(st.sampled_from([Standing.REFUSED, Standing.LATER, Standing.UNKNOWN, Standing.WAITING]), max_size=3))
    def other_side_misbehaves(self, answers: list[Standing]) -> None:
        World.answers[:] = answers

    @rule(zone=st.sampled_from(ZONES))
    def zone_changes(self, zone: str) -> None:
        self._change(timezone=zone)

    @rule(period=st.sampled_from(sorted(CLOSES)), at=st.integers(0, 2))
    def period_changes(self, period: str, at: int) -> None:
        self._change(period=period, closes=CLOSES[period][at % len(CLOSES[period])])

    @rule(missed=st.sampled_from(["latest", "all", "skip"]), review=st.booleans())
    def policy_changes(self, missed: str, review: bool) -> None:
        table = ScheduleTable.model_validate({"missed": missed, "least": 0, "review": timedelta(hours=3 if review else 0)})
        self.settings = self.settings.model_copy(update={"schedule": table})

    @precondition(lambda self: any(entry.stage is Stage.DRAFT for entry in self.store.ledger()))
    @rule()
    def release(self) -> None:
        draft = next(entry for entry in self.store.ledger() if entry.stage is Stage.DRAFT)
        self._do(lambda: windows.release(self.settings, self.store, draft.id, self.now, lambda _: None))

    @rule()
    def clock_is_set_back(self) -> None:
        """A look and a build by a clock that is wrong change nothing but what was gathered."""
        right, before = self.now, self.store.issues()
        self.now -= timedelta(days=400)
        if before and not World.dies_in and all(entry.stage is not Stage.BUILT for entry in self.store.ledger()):
            with suppress(DigestError):
                pipeline.publish(self.settings, self.store, pipeline.build(self.settings, self.store, self.now), self.now)
                raise AssertionError("an issue was built before the last one")
            assert self.store.issues() == before
        self.now = right

    def _change(self, **values: object) -> None:
        table = DigestTable.model_validate({**self.settings.digest.model_dump(), **values})
        self.settings = self.settings.model_copy(update={"digest": table})
        assert next(calendar.closings(table.rule(), self.settings.zone(), self.now)).at > self.now

    @invariant()
    def windows_are_contiguous_and_one_a_period(self) -> None:
        closed = [entry for entry in self.store.ledger() if entry.stage is not Stage.CLAIMED]
        assert len({entry.id for entry in closed}) == len(closed)
        assert all(left.window.closes <= right.window.opens for left, right in pairwise(closed)), closed
        gaps = [(left, right) for left, right in pairwise(closed) if left.window.closes != right.window.opens]
        assert not gaps, gaps
        assert all(entry.window.opens < entry.window.closes <= self.now for entry in closed)

    @invariant()
    def every_article_is_in_one_issue_or_waits(self) -> None:
        issues = [entry.id for entry in self.store.issues()]
        used = [one for issue in issues for one in self.store.contents(issue)]
        assert len(used) == len(set(used))
        frozen = {
            one for entry in self.store.ledger() if entry.stage in (Stage.BUILT, Stage.DRAFT) for one in self.store.contents(entry.id)
        }
        waiting = {one.id for one in self.store.candidates("", self.now + timedelta(days=4000))}
        assert set(used) | frozen | waiting == set(self.gathered)
        assert not set(used) & waiting

    @invariant()
    def what_the_ledger_calls_published_is_up_and_whole(self) -> None:
        up = outbox.names(self.root / "outbox")
        for entry in self.store.issues():
            assert entry.id in up
            assert outbox.parcel(self.root / "outbox", entry.id).files

    @invariant()
    def nobody_is_served_twice(self) -> None:
        assert len(World.arrived) == len(set(World.arrived)), World.arrived
        for one in self.store.handovers():
            if one.standing is Standing.TAKEN:
                assert (one.issue, one.recipient) in World.arrived


Newsroom.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestNewsroom = Newsroom.TestCase
