"""Decides, and touches nothing: which recipients are due, and what an answer makes of a handover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest.model import Handover, Reply, Standing

FINAL = frozenset({Standing.TAKEN, Standing.REFUSED})
OUT = frozenset({Standing.TAKEN, Standing.SENDING, Standing.UNKNOWN})  # somebody has it, or may have it
# Five minutes, doubled each time up to six hours: what mail servers themselves do (RFC 5321, 4.5.4.1 asks for half an hour and more
# between tries, sooner at the beginning). Thirty-odd tries in five days.
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)


def pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    doublings = min(max(tries - 1, 0), 16)
    return min(_FIRST_PAUSE * (1 << doublings), _LONGEST_PAUSE)


def enrolled(
    issue: str, delivery: str, recipients: Iterable[str], known: Sequence[Handover], now: datetime, *, new: bool
) -> list[Handover]:
    """Rows for recipients that have none. Once an issue has its list, those who come later are added only if `new`."""
    here = {one.recipient for one in known if one.delivery == delivery}
    if here and not new:
        return []
    return [Handover(issue, delivery, recipient, Standing.WAITING, now) for recipient in dict.fromkeys(recipients) if recipient not in here]


def due(known: Iterable[Handover], now: datetime, *, at_once: bool, repeatable: bool) -> list[Handover]:
    """Those to be tried now: never tried, or put off until now (`at_once`: put off at all).

    What was broken off, or is unknown, is tried again only where doubles do no harm (`repeatable`).
    """
    chosen = {Standing.WAITING} | ({Standing.SENDING, Standing.UNKNOWN} if repeatable else set())
    put_off = [one for one in known if one.standing is Standing.LATER and (at_once or one.due is None or one.due <= now)]
    return sorted([*(one for one in known if one.standing in chosen), *put_off], key=lambda one: one.recipient)


def begun(one: Handover, now: datetime) -> Handover:
    """What is entered before an attempt: found after a crash, it says that nobody knows."""
    return replace(one, standing=Standing.SENDING, at=now, first=one.first or now, tries=one.tries + 1, due=None, detail="")


def answered(one: Handover, reply: Reply, now: datetime, give_up: timedelta) -> Handover:
    """What is entered after an attempt; what was put off for longer than `give_up` since the first try is refused."""
    if reply.standing is not Standing.LATER:
        return replace(one, standing=reply.standing, at=now, due=None, detail=reply.detail)
    if now - (one.first or now) >= give_up:
        return replace(one, standing=Standing.REFUSED, at=now, due=None, detail=f"given up after {one.tries} tries: {reply.detail}")
    return replace(one, standing=Standing.LATER, at=now, due=now + max(pause(one.tries), reply.after or timedelta(0)), detail=reply.detail)


def broken_off(one: Handover, now: datetime, *, repeatable: bool) -> Handover:
    """What becomes of an attempt that a crash cut short: unknown, or due again where doubles do no harm."""
    if repeatable:
        return replace(one, standing=Standing.WAITING, at=now, detail="a run was broken off here")
    return replace(one, standing=Standing.UNKNOWN, at=now, detail="a run was broken off while it was being handed over")


def resolved(one: Handover, *, arrived: bool, now: datetime) -> Handover:
    """What a person found out: it arrived, or it is to be sent again."""
    if arrived:
        return replace(one, standing=Standing.TAKEN, at=now, due=None, detail="said to have arrived")
    return replace(one, standing=Standing.WAITING, at=now, due=None, detail="to be sent again")


def left(one: Handover, now: datetime) -> Handover:
    """What becomes of one who is no longer a recipient and has nothing yet."""
    return replace(one, standing=Standing.REFUSED, at=now, due=None, detail="is no longer a recipient")
