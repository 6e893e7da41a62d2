"""Which time an issue speaks for, what it is called, and which articles are in time and fresh enough for it.

The one definition that everything uses. A window is half-open, `opens <= t < closes`; it opens where the last
one closed, so that no moment is in two windows or in none. The ledger decides what is due, no timer does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from digest.calendar import Closing, Rule, closings, last_closing
from digest.model import Article, LeftOut, Window

_PERIODS = {"daily": timedelta(days=1), "weekly": timedelta(days=7), "monthly": timedelta(days=30), "cron": timedelta(days=7)}
Missed = Literal["latest", "all", "skip"]


def window(period: str, closes: datetime, last_closed: datetime | None) -> Window:
    """The window that closes at `closes`; the first one of a newsroom is one period long."""
    opens = last_closed if last_closed and last_closed < closes else closes - _PERIODS[period]
    return Window(opens, closes)


def name_of(period: str, closes: datetime, zone: tzinfo) -> str:
    """The id of an issue that is closed by hand then: `2026-W47`, `2026-11` or else `2026-11-22`."""
    local = closes.astimezone(zone)
    year, week, _ = local.isocalendar()
    return {"weekly": f"{year}-W{week:02}", "monthly": f"{local:%Y-%m}"}.get(period, f"{local:%Y-%m-%d}")


def corrected(name: str, taken: Sequence[str]) -> str:
    """`name`, or with `.2`, `.3`, … behind it: the first that is not taken."""
    number, found = 2, name
    while found in taken:
        found = f"{name}.{number}"
        number += 1
    return found


@dataclass(frozen=True, slots=True)
class Due:
    """A window that has closed and has no issue yet; `skipped` says why none is made, and is empty where one is."""

    name: str
    window: Window
    skipped: str = ""


def due(rule: Rule, zone: tzinfo, taken: Iterable[str], last: datetime | None, now: datetime) -> tuple[Due, ...]:
    """The windows that have closed by `now` and are in no ledger, oldest first; each opens where the one before it closed.

    `taken` are the names in the ledger, `last` when its last window closed. A ledger without any begins with the
    window that closed last.
    """
    if last is None:
        return _first(rule, zone, now)
    found, opens, known = [], last, set(taken)
    for closing in closings(rule, zone, last):
        if closing.at > now:
            break
        if closing.name not in known:
            found.append(Due(closing.name, Window(opens, closing.at)))
            opens = closing.at
    return tuple(found)


def _first(rule: Rule, zone: tzinfo, now: datetime) -> tuple[Due, ...]:
    newest = last_closing(rule, zone, now)
    if newest is None:
        return ()
    before = last_closing(rule, zone, newest.at - timedelta(microseconds=1))
    opens = before.at if before else newest.at - _PERIODS["weekly"]
    return (Due(newest.name, Window(opens, newest.at)),)


def upcoming(rule: Rule, zone: tzinfo, taken: Iterable[str], last: datetime | None, now: datetime) -> Closing | None:
    """The next closing that is not in the ledger."""
    known = set(taken)
    after = max(last, now) if last else now
    return next((closing for closing in closings(rule, zone, after) if closing.name not in known), None)


def caught_up(found: Sequence[Due], missed: Missed, grace: timedelta, now: datetime) -> tuple[Due, ...]:
    """What becomes of windows that were missed: the policy `missed`, applied.

    `latest`: one issue, of the newest window, takes what all of them have; `all`: each gets its own; `skip`: those that
    closed longer ago than `grace` get none, and what they have waits. None is passed over in silence.
    """
    if missed == "all" or not found:
        return tuple(found)
    newest = found[-1]
    if missed == "latest":
        why = f"missed: nothing ran when it closed; its articles are in {newest.name}"
        return (*(Due(one.name, one.window, why) for one in found[:-1]), newest)
    why = "missed: nothing ran when it closed; its articles wait for the next issue"
    return tuple(Due(one.name, one.window, why if now - one.window.closes > grace else "") for one in found)


def in_time(articles: Sequence[Article], closes: datetime, *, newest: bool) -> tuple[Article, ...]:
    """The articles that belong to a window that is closed by the calendar, or to one before it.

    Seen before its close; or, where a late round gathered it, published before it. What says no date and came late
    belongs to the newest window that is due.
    """
    return tuple(
        article
        for article in articles
        if article.first_seen < closes or (article.published < closes if article.published is not None else newest)
    )


def fresh(articles: Sequence[Article], closes: datetime, max_age: timedelta) -> tuple[tuple[Article, ...], tuple[LeftOut, ...]]:
    """The articles that may be shown, and those that are too old for it, with the reason."""
    shown, old = [], []
    for article in articles:
        if article.published is not None and closes - article.published > max_age:
            old.append(LeftOut(article, f"published more than {max_age.days} days before the issue closed (max_age)"))
        else:
            shown.append(article)
    return tuple(shown), tuple(old)


def set_back(closes: datetime, now: datetime) -> str:
    """What to say where the ledger has a window that closes later than `now`."""
    return (
        f"the clock says {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC, but the ledger has an issue that closed at {closes:%Y-%m-%d %H:%M} UTC"
    )
