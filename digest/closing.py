"""Closes windows by the calendar: what the ledger says is due, and nothing else, is built and put up.

    due windows → claim → gather → build → (draft →) publish, or skipped with a reason

A window is claimed before anything is gathered for it, so that a run that was cut short is gone on with. `window`
decides which windows are due and what becomes of missed ones; this module does it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from digest import composing, pipeline
from digest.calendar import Closing
from digest.errors import UsageError
from digest.model import Batch, Issue, Stage
from digest.sending import is_out
from digest.settings import Settings, load_edits
from digest.store import Entry, Store
from digest.text import counted
from digest.window import Due, caught_up, due, upcoming

Say = Callable[[str], None]


def plan(settings: Settings, store: Store, now: datetime) -> tuple[Due, ...]:
    """The windows that have closed and wait for their issue, oldest first, with the policy for missed ones applied."""
    closed = [entry for entry in store.ledger() if entry.stage is not Stage.CLAIMED]
    open_yet = _closed_by_hand(store, closed)
    taken = {entry.id for entry in closed} - {entry.id for entry in open_yet}
    last = max((entry.window.closes for entry in closed), default=None)
    found = due(settings.digest.rule(), settings.zone(), taken, last, now)
    begun = {entry.id: entry.window for entry in open_yet}
    found = tuple(replace(one, window=replace(one.window, opens=begun[one.name].opens)) if one.name in begun else one for one in found)
    return caught_up(found, settings.schedule.missed, settings.schedule.grace, now)


def _closed_by_hand(store: Store, closed: Sequence[Entry]) -> tuple[Entry, ...]:
    """The newest issue, where a person closed it and nobody has it yet: the calendar closes its window anew."""
    newest = closed[-1:]
    return tuple(entry for entry in newest if entry.stage is Stage.PUBLISHED and not entry.planned and not is_out(store, entry.id))


def coming(settings: Settings, store: Store, now: datetime) -> Closing | None:
    """The next window that closes."""
    closed = [entry for entry in store.ledger() if entry.stage is not Stage.CLAIMED]
    taken = {entry.id for entry in closed} - {entry.id for entry in _closed_by_hand(store, closed)}
    last = max((entry.window.closes for entry in closed), default=None)
    return upcoming(settings.digest.rule(), settings.zone(), taken, last, now)


def close_due(settings: Settings, store: Store, now: datetime, say: Say, progress: composing.Progress = composing.silent) -> bool:
    """Make the issue of every window that is due, and let out drafts whose time has come; whether anything was done.

    Says what it does, what it skips and why. Raises DigestError; the next run goes on where this one stopped.
    """
    released = _let_out(settings, store, now, say)
    found = plan(settings, store, now)
    if not found:
        return released
    _tell_missed(found, settings, now, say)
    for one in found:
        if one.skipped:
            store.skip(one.name, one.window, now, one.skipped)
            say(f"{one.name}: skipped: {one.skipped}")
    making = [one for one in found if not one.skipped]
    store.let_go({entry.id for entry in store.ledger() if entry.stage is Stage.CLAIMED} - {one.name for one in making})
    for one in making:
        store.claim(one.name, one.window, now)
    gathered = pipeline.gather(settings, store, now, progress) if making else None
    for one in making:
        newest = one is making[-1]
        failures = gathered.failures if gathered and newest else ()
        made_of = pipeline.batch(settings, store, now, failures, one, newest=newest)
        _make(settings, store, (pipeline.composed(settings, store, made_of, progress), made_of), now, say)
    return True


def _tell_missed(found: Sequence[Due], settings: Settings, now: datetime, say: Say) -> None:
    late = [one for one in found if now - one.window.closes > settings.schedule.grace]
    if late:
        names = ", ".join(one.name for one in late[:5]) + (" …" if len(late) > 5 else "")
        say(f"catching up: {counted(len(late), 'window')} closed while nothing ran ({names}); missed = {settings.schedule.missed!r}")


def _make(settings: Settings, store: Store, built: tuple[Issue, Batch], now: datetime, say: Say) -> None:
    """One issue, by the rules for thin weeks and for drafts."""
    issue, made_of = built
    thin = len(issue.stories) < settings.schedule.least
    few = f"only {counted(len(issue.stories), 'story', 'stories')}, where `schedule.least` is {settings.schedule.least}"
    if thin and settings.schedule.thin == "skip":
        store.skip(issue.id, made_of.window, now, f"{few}; its articles wait for the next issue")
        say(f"{issue.id}: skipped: {few}; its articles wait for the next issue")
        return
    if thin and settings.schedule.thin == "note" and not made_of.foreword:
        made_of = replace(made_of, foreword=f"A quiet time: {counted(len(issue.stories), 'story', 'stories')} came in.")
        issue = composing.compose(settings, made_of)
    if thin:
        say(f"{issue.id}: {few}")
    if settings.schedule.review:
        until = now + settings.schedule.review
        pipeline.draft(settings, store, (issue, made_of), now, until)
        say(_draft_told(settings, issue.id, until))
        return
    _tell(issue, pipeline.publish(settings, store, (issue, made_of), now, planned=True), say)


def _draft_told(settings: Settings, issue: str, until: datetime) -> str:
    place = pipeline.drafts(settings) / issue
    local = until.astimezone(settings.zone())
    edits = settings.path(settings.paths.edits) / f"{issue}.toml"
    return (
        f"{issue}: a draft for the editor: {place}/issue.html; it goes out at {local:%a %Y-%m-%d %H:%M} unless held: "
        f"`digest hold {issue}`; `digest release {issue}` sends it now; {edits} is read anew then"
    )


def _tell(issue: Issue, outcome: pipeline.Outcome, say: Say) -> None:
    say(f"{issue.id}: {issue.subject}: {counted(len(issue.stories), 'story', 'stories')}, up at {outcome.place}")
    for receipt in outcome.receipts:
        say(f"{issue.id}: delivered to {receipt.delivery}: {receipt.recipient}")
    for failure in outcome.failures:
        say(f"{issue.id}: not delivered to {failure.source}: {failure.where}: {failure.cause}; {failure.fix}")


def _let_out(settings: Settings, store: Store, now: datetime, say: Say) -> bool:
    waiting = [entry for entry in store.ledger() if entry.stage is Stage.DRAFT and entry.until and entry.until <= now]
    for entry in waiting:
        release(settings, store, entry.id, now, say)
    return bool(waiting)


def release(settings: Settings, store: Store, issue: str, now: datetime, say: Say) -> pipeline.Outcome:
    """Put a draft up and send it, with the editor's file as it is now; raises UsageError where it is none."""
    entry = _draft(store, issue)
    made_of = store.batch(entry.id)
    if made_of is None:
        raise UsageError("has nothing frozen", where=issue, fix="run `digest store check`")
    foreword = load_edits(settings, issue).foreword or made_of.foreword
    made_of = pipeline.at_home(settings, replace(made_of, foreword=foreword))
    composed = pipeline.composed(settings, store, made_of)
    outcome = pipeline.publish(settings, store, (composed, made_of), now, planned=True)
    _tell(composed, outcome, say)
    return outcome


def hold(settings: Settings, store: Store, issue: str, now: datetime) -> None:
    """Keep a draft until somebody releases it; raises UsageError where it is none."""
    _draft(store, issue)
    store.hold(issue, None, f"held since {now.astimezone(settings.zone()):%Y-%m-%d %H:%M}")


def missed(settings: Settings, store: Store, now: datetime) -> tuple[Due, ...]:
    """The windows that have closed and have no issue yet."""
    return tuple(one for one in plan(settings, store, now) if not one.skipped)


def _draft(store: Store, issue: str) -> Entry:
    found = {entry.id: entry for entry in store.ledger() if entry.stage is Stage.DRAFT}
    if issue not in found:
        raise UsageError("is no draft", where=issue, fix=f"drafts: {', '.join(found) or 'none'}; `digest status` lists every issue")
    return found[issue]
