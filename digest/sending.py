"""Hands a parcel to every recipient that is due, each with a row of its own in the store.

    enrol → (for each that is due) begin → deliver → answer

The row says that an attempt began before it begins, so that what a crash cut short is known to be unknown.
`deliver.receipts` decides, this module does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.deliver import Delivery, deliveries, line, receipts
from digest.errors import DeliveryError, UsageError
from digest.model import Failure, Handover, Parcel, Receipt, Reply, Standing
from digest.settings import Settings
from digest.store import Store


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round of sending did: proofs of what was taken, and the rest in words."""

    receipts: tuple[Receipt, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """A delivery as the settings want it used."""

    delivery: Delivery
    repeatable: bool
    give_up: timedelta


def send(settings: Settings, store: Store, parcel: Parcel, now: datetime, *, new: bool = False, at_once: bool = True) -> Sent:
    """Hand the parcel to everyone who has no final answer yet and is due.

    Those who became recipients after the issue had its list get it only if `new`; `at_once` tries what was put off
    before its time.
    """
    handovers: list[Handover] = []
    for way in _ways(settings):
        handovers.extend(_round(store, way, parcel, now, new=new, at_once=at_once))
    if settings.deliver and all(one.standing in receipts.FINAL for one in store.handovers(parcel.issue)):
        store.finish(parcel.issue, now)
    taken = (one for one in handovers if one.standing is Standing.TAKEN)
    return Sent(
        tuple(Receipt(one.issue, one.delivery, one.recipient, one.at) for one in taken),
        tuple(told(one) for one in handovers if one.standing is not Standing.TAKEN),
    )


def _round(store: Store, way: _Way, parcel: Parcel, now: datetime, *, new: bool, at_once: bool) -> Iterator[Handover]:
    """One delivery's recipients, one after the other; what each handover came to."""
    delivery = way.delivery
    mine = [one for one in store.handovers(parcel.issue) if one.delivery == delivery.name]
    recipients = delivery.recipients()
    store.enrol(receipts.enrolled(parcel.issue, delivery.name, recipients, mine, now, new=new))
    mine = [one for one in store.handovers(parcel.issue) if one.delivery == delivery.name]
    waiting = receipts.due(mine, now, at_once=at_once, repeatable=way.repeatable)
    for one in [one for one in waiting if one.recipient not in recipients]:
        store.settle(receipts.left(one, now))
    waiting = [one for one in waiting if one.recipient in recipients]
    with ExitStack() as stack:
        try:
            connected = stack.enter_context(line(delivery)) if waiting else delivery
        except DeliveryError as error:
            yield from (_entered(store, receipts.begun(one, now), _later(error), now, way) for one in waiting)
            return
        for one in waiting:
            begun = receipts.begun(one, now)
            store.settle(begun)
            yield _entered(store, begun, _delivered(connected, parcel, one.recipient), now, way)


def _delivered(delivery: Delivery, parcel: Parcel, recipient: str) -> Reply:
    """One attempt; a fault of the delivery itself leaves its recipient unknown and stays loud in the detail."""
    try:
        return delivery.deliver(parcel, recipient)
    except DeliveryError as error:
        return _later(error)
    except Exception as error:  # noqa: BLE001 - a stranger's delivery that breaks must not stop the others, nor be tried blindly again
        return Reply(Standing.UNKNOWN, f"a fault in the delivery: {type(error).__name__}: {error}")


def _later(error: DeliveryError) -> Reply:
    return Reply(Standing.LATER, f"{error.where}: {error.cause}; {error.fix}" if error.where else error.cause)


def _entered(store: Store, one: Handover, reply: Reply, now: datetime, way: _Way) -> Handover:
    settled = receipts.answered(one, reply, now, way.give_up)
    store.settle(settled)
    return settled


def _ways(settings: Settings) -> tuple[_Way, ...]:
    made = deliveries(settings)
    return tuple(
        _Way(delivery, delivery.repeatable or table.at_least_once, table.give_up)
        for table, delivery in zip(settings.deliver, made, strict=True)
    )


def enrolments(settings: Settings, store: Store, issue: str, now: datetime) -> list[Handover]:
    """Rows for everybody that an issue is meant for when it is put up; raises DigestError where a list cannot be read."""
    known = store.handovers(issue)
    return [
        row
        for way in _ways(settings)
        for row in receipts.enrolled(issue, way.delivery.name, way.delivery.recipients(), known, now, new=False)
    ]


def unfinished(store: Store, now: datetime) -> tuple[str, ...]:
    """The issues that somebody is due to be handed now, in the order of their names."""
    return tuple(sorted({one.issue for one in store.handovers() if receipts.due([one], now, at_once=False, repeatable=False)}))


def is_out(store: Store, issue: str) -> bool:
    """Whether anybody has the issue, or may have it: then it is changed no more."""
    return any(one.standing in receipts.OUT for one in store.handovers(issue))


def mend(settings: Settings, store: Store, now: datetime) -> tuple[Handover, ...]:
    """Settle what an interrupted run left under way; what is unknown now is told."""
    repeatable = {way.delivery.name for way in _ways(settings) if way.repeatable}
    found = []
    for one in store.handovers():
        if one.standing is Standing.SENDING:
            settled = receipts.broken_off(one, now, repeatable=one.delivery in repeatable)
            store.settle(settled)
            found.append(settled)
    return tuple(found)


def resolve(store: Store, issue: str, recipients: tuple[str, ...], now: datetime, *, arrived: bool) -> tuple[Handover, ...]:
    """Enter what a person found out about the unknown handovers of `issue`: all of them, or those of some recipients.

    A recipient that is named may also be one that was refused. Raises UsageError for one that is neither.
    """
    open_ends = (Standing.UNKNOWN, Standing.REFUSED) if recipients else (Standing.UNKNOWN,)
    chosen = [one for one in store.handovers(issue) if one.standing in open_ends and (not recipients or one.recipient in recipients)]
    missing = sorted(set(recipients) - {one.recipient for one in chosen})
    if missing or not chosen:
        known = ", ".join(one.recipient for one in store.handovers(issue) if one.standing is Standing.UNKNOWN) or "nobody"
        cause = f"{missing[0]!r} is neither unknown nor refused" if missing else "nothing is unknown"
        raise UsageError(cause, where=issue, fix=f"unknown: {known}; `digest status` lists every recipient")
    settled = tuple(receipts.resolved(one, arrived=arrived, now=now) for one in chosen)
    for one in settled:
        store.settle(one)
    return settled


def told(one: Handover) -> Failure:
    """A handover without a receipt, in words."""
    fixes = {
        Standing.LATER: f"tried again at {one.due:%Y-%m-%d %H:%M %Z}" if one.due else "tried again",
        Standing.REFUSED: "final; see `digest send --resolve` if the address was mended",
        Standing.UNKNOWN: f"it may have arrived: look, then say `digest send {one.issue} --resolve arrived` or `… --resolve again`",
    }
    return Failure(one.delivery, one.recipient, f"{one.standing.value}: {one.detail}", fixes.get(one.standing, ""))
