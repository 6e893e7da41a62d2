"""Checks the store against the outbox, and makes a broken or lost one anew: from the outbox, and from what is left of it.

The records in the outbox hold every article that an issue took up, so nothing is ever shown twice. What waited for
the next issue is saved from the old file where that can be read, else it is gathered again. Who has what is saved
too; where it is lost, it is unknown, and nothing is sent again by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from digest import outbox
from digest.deliver import deliveries
from digest.errors import DigestError, OutboxError, StoreError
from digest.folders import sync
from digest.model import Article, Batch, Failure, Handover, Kind, Removal, Stage, Standing, Window
from digest.settings import Settings
from digest.store import Store, opened, trial
from digest.store.check import faults, saved

_PLACES = 1000  # names for old files, before something is wrong


def check(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the store, or between it and the outbox, in words; nothing where all is well."""
    place = settings.path(settings.paths.store)
    found = faults(place)
    if found:
        return tuple(f"{place}: {fault}" for fault in found)
    with closing(trial(place)) as store:
        return _against_outbox(settings, store)


def _against_outbox(settings: Settings, store: Store) -> tuple[str, ...]:
    place = settings.path(settings.paths.outbox)
    up, ledger = outbox.names(place), store.ledger()
    known = {entry.id: entry for entry in ledger}
    told = [f"{name}: is in the outbox, but not in the ledger: `digest store rebuild` takes it in" for name in up if name not in known]
    for entry in ledger:
        if entry.stage in (Stage.PUBLISHED, Stage.DELIVERED):
            told += _issue_faults(place, store, entry.id, there=entry.id in up)
        elif entry.stage is Stage.BUILT:
            told.append(f"{entry.id}: is frozen and not up: the next run finishes it")
    return tuple(told)


def _issue_faults(place: Path, store: Store, issue: str, *, there: bool) -> list[str]:
    if not there:
        return [f"{issue}: is in the ledger, but not in the outbox: `digest build` puts the newest up again"]
    try:
        outbox.parcel(place, issue)
        listed = outbox.read_json(place, issue, outbox.MANIFEST).get("articles", [])
    except OutboxError as error:
        return [f"{issue}: {error.where}: {error.cause}"]
    if sorted(listed) != list(store.contents(issue)):
        return [f"{issue}: holds other articles than the ledger says"]
    return []


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made anew: issues, articles in them, articles that waited; what could not be read; where the old file is."""

    issues: tuple[str, ...]
    articles: int
    waiting: int
    unknown: int
    failures: tuple[str, ...]
    old: Path | None


def rebuild(settings: Settings, now: datetime) -> Rebuilt:
    """Make the store anew, aside, and put it in place; the old file is kept beside it. Raises DigestError."""
    place = settings.path(settings.paths.store)
    aside = place.with_name(f".{place.name}.new")
    for left in (aside, aside.with_name(aside.name + "-journal")):
        left.unlink(missing_ok=True)
    failures: list[str] = []
    with closing(opened(aside)) as store:
        issues = _take_in(settings, store, failures)
        waiting = store.add(_waiting(place)).new
        for name, value in saved(place, "SELECT name, value FROM state"):
            store.restore_state(str(name), str(value))
        unknown = _handovers(settings, store, place, issues, now)
        articles = sum(len(store.contents(issue)) for issue in issues)
    return Rebuilt(tuple(issues), articles, waiting, unknown, tuple(failures), _put(aside, place))


def _put(aside: Path, place: Path) -> Path | None:
    """The new file in its place, the old one beside it under a name of its own: at every instant one of them stands there."""
    old = next(name for number in range(1, _PLACES) if not (name := place.with_name(f"{place.name}.old-{number}")).exists())
    try:
        there = place.exists()
        if there:
            _kept(place, old)
            journal = place.with_name(place.name + "-journal")
            if journal.exists():  # it belongs to the old file, and would spoil the new one
                journal.rename(old.with_name(old.name + "-journal"))
        aside.replace(place)
        sync(place.parent)
    except OSError as error:
        raise StoreError(f"cannot be replaced: {error.strerror}", where=str(place), fix="mend the rights of its folder") from error
    return old if there else None


def _kept(place: Path, old: Path) -> None:
    """The old file under its second name, and under its first too where the file system knows such links."""
    try:
        old.hardlink_to(place)
    except OSError:
        place.rename(old)


def _take_in(settings: Settings, store: Store, failures: list[str]) -> list[str]:
    """Every issue of the outbox into the ledger, oldest first; what cannot be read is told."""
    place = settings.path(settings.paths.outbox)
    batches = []
    for name in outbox.names(place):
        try:
            batches.append(_batch(outbox.read_json(place, name, "issue.json"), outbox.read_json(place, name, outbox.MANIFEST)))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            failures.append(f"{name}: its record is not whole: {type(error).__name__}: {error}")
        except DigestError as error:
            failures.append(f"{name}: {error.cause}")
    batches.sort(key=lambda batch: (batch.window.closes, batch.number, batch.issue))
    for batch in batches:
        store.add(batch.articles)
        store.record(batch)
    return [batch.issue for batch in batches]


def _batch(record: Mapping[str, Any], manifest: Mapping[str, Any]) -> Batch:
    articles = tuple(_article(values) for _, values in sorted(record["articles"].items()))
    return Batch(
        record["id"],
        record["number"],
        Window(datetime.fromisoformat(record["opens"]), datetime.fromisoformat(record["closes"])),
        articles,
        tuple(Failure(**failure) for failure in record["failures"]),
        tuple(manifest.get("feeds", sorted({article.feed for article in articles}))),
        str(manifest.get("foreword", "")),
    )


def _article(values: Mapping[str, Any]) -> Article:
    known = {field.name for field in fields(Article)}
    return Article(
        **{name: value for name, value in values.items() if name in known}
        | {
            "first_seen": datetime.fromisoformat(values["first_seen"]),
            "published": datetime.fromisoformat(values["published"]) if values["published"] else None,
            "authors": tuple(values["authors"]),
            "tags": tuple(values["tags"]),
            "kind": Kind(values["kind"]),
            "removed": tuple(Removal(**removal) for removal in values["removed"]),
        }
    )


def _waiting(place: Path) -> list[Article]:
    """The articles of the old file that were in no issue or in a draft, where they can still be read."""
    try:
        with closing(trial(place)) as store:
            return list(store.unpublished())
    except StoreError:
        return []


def _handovers(settings: Settings, store: Store, place: Path, issues: list[str], now: datetime) -> int:
    """What is known of who has what, saved; where nothing is, every recipient is unknown. How many are."""
    try:
        with closing(trial(place)) as old:
            kept = [one for one in old.handovers() if one.issue in issues]
    except StoreError:
        kept = []
    store.enrol(kept)
    known = {(one.issue, one.delivery) for one in kept}
    lost = [
        Handover(issue, delivery.name, recipient, Standing.UNKNOWN, now, detail="the store was made anew: nobody knows")
        for issue in issues
        for delivery in deliveries(settings)
        if (issue, delivery.name) not in known and not (place.exists() and not faults(place))
        for recipient in delivery.recipients()
    ]
    store.enrol(lost)
    return len(lost)
