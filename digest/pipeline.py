"""The only module that knows the order of the steps.

    Source ─documents→ Document ─clean→ Article ─store→ Article* ─engines→ Link* ─join→ Group
           ─pick→ lead ─notes→ Story ─rank→ Section ─→ Issue                          build()
    Issue ─render→ Parcel(File*) ─outbox→ folder ─deliver→ Receipt*                   publish()

`build()` touches nothing but the store; `publish()` is the only door out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from digest import __version__, health, outbox
from digest.clean import Cleaned, Opened, finished, furniture_of, opened, taught
from digest.composing import Progress, compose, silent
from digest.deliver import deliveries
from digest.errors import DigestError, OutboxError, SettingsError, StoreError, each, failure
from digest.gather import PassingOver, Remembering, Source, read, sources
from digest.group import Kept, engines
from digest.model import (
    Article,
    Batch,
    Document,
    Failure,
    Issue,
    Parcel,
    Receipt,
    Stage,
    Window,
)
from digest.notes import noters
from digest.render import archive, theme_digest
from digest.render import check as check_theme
from digest.render import parcel as render
from digest.sending import Sent, enrolments, is_out, mend, send, unfinished
from digest.settings import Settings, load_edits
from digest.store import Store
from digest.text import counted, sha
from digest.window import Due, corrected, in_time, name_of, set_back, window

_LESSONS = "learnt: "  # before a source's name: what its documents taught, beside what the source itself remembers
_AT_ONCE = 2000  # documents held at once, and learnt from before any of them is cleaned


def check(settings: Settings) -> None:
    """Resolve every name in the settings (kinds, engines, noters, theme); raises SettingsError."""
    try:
        sources(settings)
        engines(settings.group)
        noters(settings.notes)
        deliveries(settings)
        check_theme(settings)
    except SettingsError as error:
        raise SettingsError(error.cause, where=error.where or str(settings.file), fix=error.fix) from error


def check_edits(settings: Settings, now: datetime) -> None:
    """Read the editor's decisions for the issue that is closed at `now`: a mistake is told before anything is made."""
    load_edits(settings, name_of(settings.digest.period, now, settings.zone()))


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one round over the sources brought."""

    documents: int
    articles: int
    new: int
    changed: int
    failures: tuple[Failure, ...]
    passed: int = 0  # files and mails that did not change


def gather(settings: Settings, store: Store, now: datetime, progress: Progress = silent) -> Gathered:
    """Read every source, clean what it brings, and keep it in the store."""
    failures: list[Failure] = []
    taken: dict[str, Article] = {}
    found = [_recalling(source, store) for source in sources(settings)]
    documents = new = changed = passed = 0
    for number, (source, handed) in enumerate(read(found, now)):
        progress("gather", number, len(found))
        told: list[Failure] = []  # by the source, then by cleaning
        wrong: list[Failure] = []
        got = _Counted(_documents(source, handed, told))
        made, lessons = _cleaned(got, settings, now, store.recall(_LESSONS + source.name), wrong)
        articles = tuple(_distinct(made, taken, wrong))
        documents += got.number
        if isinstance(source, PassingOver):
            articles = tuple(_beside(articles, source, store, wrong))
            source.wrong(wrong, now)
            passed += source.passed()
        told = sorted([*told, *wrong], key=_place) if isinstance(source, PassingOver) else [*told, *wrong]
        failures.extend(told)
        added = store.add(articles)
        if got.number:
            store.remember(_LESSONS + source.name, lessons)
        new, changed = new + added.new, changed + added.changed
        answered = got.number > 0
        if isinstance(source, Remembering):
            state = source.state()
            answered = answered or state.get("answered") == now.isoformat()
            store.remember(source.name, state)
        store.note_health(source.name, now, added.new, told[0].cause if told and not answered else "")
    progress("gather", len(found), len(found))
    return Gathered(documents, len(taken), new, changed, tuple(failures), passed)


class _Counted:
    """Documents on their way, counted: not all are held, since those of a first run may be very many."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents, self.number = documents, 0

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            self.number += 1
            yield document


def _recalling(source: Source, store: Store) -> Source:
    """The source with what it left at its last run, where it leaves anything."""
    return source.with_state(store.recall(source.name)) if isinstance(source, Remembering) else source


def _documents(source: Source, handed: Iterable[Document | Failure], failures: list[Failure]) -> Iterator[Document]:
    """What a source hands over; where it breaks as a whole, the others go on."""
    try:
        for found in handed:
            if isinstance(found, Failure):
                failures.append(found)
            else:
                yield found
    except DigestError as error:
        failures.append(failure(error, source.name))


def _cleaned(
    documents: Iterable[Document], settings: Settings, now: datetime, lessons: Mapping[str, Any], failures: list[Failure]
) -> tuple[tuple[Cleaned, ...], Mapping[str, Any]]:
    """A source's documents cleaned, and what they taught: up to _AT_ONCE are read before the first is cleaned."""
    made: list[Cleaned] = []
    zone, coming = settings.zone(), iter(documents)
    while some := tuple(islice(coming, _AT_ONCE)):
        read = tuple(each(some, opened, _outlet, failures))
        lessons = taught(lessons, read)
        known = {outlet: furniture_of(lessons, outlet) for outlet in sorted({one.outlet for one in read})}
        work = partial(_finished, settings=settings, now=now, zone=zone, known=known)
        made.extend(each(read, work, lambda one: one.outlet, failures))
    return tuple(made), lessons


def _finished(read: Opened, settings: Settings, now: datetime, zone: tzinfo, known: Mapping[str, frozenset[str]]) -> Cleaned:
    return finished(read, settings.clean, now, zone, known[read.outlet])


def _outlet(document: Document) -> str:
    return document.hints.outlet or document.source


def _distinct(cleaned: Iterable[Cleaned], taken: dict[str, Article], failures: list[Failure]) -> Iterator[Article]:
    """Every article once: a second one with the id of the first gets an id of its own, and is named."""
    for one in cleaned:
        failures.extend(one.failures)
        for article in one.articles:
            first = taken.get(article.id)
            if first is not None:
                article = _renamed(article, first, failures)  # noqa: PLW2901 - the same article, under another id
            taken[article.id] = article
            yield article


def _place(failure: Failure) -> str:
    """The order of failures in a source: where they are, numbers as numbers; the same when some are told again from an earlier run."""
    return re.sub(r"\d+", lambda found: found[0].zfill(12), failure.where)


def _renamed(article: Article, first: Article, failures: list[Failure]) -> Article:
    cause = f"has the id or address of {first.document}"
    failures.append(Failure(article.source, article.document, cause, "give each its own; both were kept"))
    return replace(article, id=sha(article.id, article.document)[:12])


def _beside(articles: Sequence[Article], source: PassingOver, store: Store, failures: list[Failure]) -> Iterator[Article]:
    """The articles, beside those of the documents that were passed over: what has the id of one of those is no update of it.

    The same text by two ways, as mailing lists bring it, is one article.
    """
    kept = store.known(article.id for article in articles)
    for article in articles:
        first = kept.get(article.id)
        if first is None or first.document == article.document or first.feed != article.feed or not source.stands(first.document):
            yield article
        elif (first.title, first.text) != (article.title, article.text):
            yield _renamed(article, first, failures)


def cleaned(settings: Settings, now: datetime) -> tuple[tuple[Article, ...], tuple[Failure, ...]]:
    """What the sources bring, cleaned, and kept nowhere."""
    failures: list[Failure] = []
    taken: dict[str, Article] = {}
    for source, handed in read(sources(settings), now):
        documents = _documents(source, handed, failures)
        made, _ = _cleaned(documents, settings, now, {}, failures)
        taken |= {article.id: article for article in _distinct(made, taken, failures)}
    return tuple(taken.values()), tuple(failures)


def batch(
    settings: Settings, store: Store, now: datetime, failures: Sequence[Failure] = (), planned: Due | None = None, *, newest: bool = True
) -> Batch:
    """All that an issue is made of: its window, its articles, what failed.

    With a window of the calendar (`planned`) the issue is that window's; `newest`: no later one is due. Without one it
    is closed by hand, at `now`: once an issue was delivered, what came since makes a correction (`2026-W47.2`), and
    where nothing came, the issue that is out stands, with what failed now. Raises StoreError where the clock is set back.
    """
    ledger = [entry for entry in store.ledger() if entry.stage is not Stage.CLAIMED]
    base = planned.name if planned else name_of(settings.digest.period, now, settings.zone())
    sent = [entry.id for entry in ledger if is_out(store, entry.id)]
    name = base if planned else corrected(base, sent)
    _check_clock([entry.window.closes for entry in ledger], now)
    articles = store.candidates(name, now)
    if planned:
        articles = in_time(articles, planned.window.closes, newest=newest)
    out = None if planned else next((store.batch(found) for found in reversed(sent) if found.split(".")[0] == base), None)
    if out and not articles:
        return at_home(settings, replace(out, failures=tuple(failures)))
    earlier = [entry for entry in ledger if entry.id != name]
    feeds = tuple(source.name for source in sources(settings))
    silences = health.silent(
        feeds,
        {article.feed for article in articles},
        {failure.source for failure in failures},
        [{article.feed for article in found.articles} for entry in earlier[-health.ISSUES :] if (found := store.batch(entry.id))],
    )
    made_of = Batch(
        name,
        next((entry.number for entry in ledger if entry.id == name and entry.number), store.next_number()),
        planned.window if planned else window(settings.digest.period, now, max((entry.window.closes for entry in earlier), default=None)),
        articles,
        (*failures, *silences),
        feeds,
        load_edits(settings, name).foreword,
        store.past(issue.id for issue in earlier[-settings.notes.earlier :] if settings.notes.earlier),
        store.leads(name),
    )
    return at_home(settings, made_of)


def _check_clock(closed: Sequence[datetime], now: datetime) -> None:
    latest = max(closed, default=now)
    if latest > now:
        fix = "set the clock right, or give a later --as-of; nothing was written, and the last good issue stands"
        raise StoreError(set_back(latest, now), fix=fix)


def at_home(settings: Settings, made_of: Batch) -> Batch:
    """The batch with its window in the newsroom's zone, whatever offset the moment was given or kept in."""
    opens, closes = (moment.astimezone(settings.zone()) for moment in (made_of.window.opens, made_of.window.closes))
    return replace(made_of, window=Window(opens, closes))


def composed(settings: Settings, store: Store, made_of: Batch, progress: Progress = silent) -> Issue:
    """The issue that a batch gives, with what the last run left to spare work, and leaving that for the next."""
    kept = Kept.read(store.kept())
    issue = compose(settings, made_of, progress, kept)
    store.keep(kept.written())
    return issue


def build(settings: Settings, store: Store, now: datetime, progress: Progress = silent) -> tuple[Issue, Batch]:
    """Gather, then compose the issue that closes at `now`; touches nothing but the store."""
    gathered = gather(settings, store, now, progress)
    made_of = batch(settings, store, now, gathered.failures)
    issue = composed(settings, store, made_of, progress)
    return issue, replace(made_of, told=tuple(tuple(member.article.id for member in story.members) for story in issue.stories))


def pack(settings: Settings, issue: Issue, made_of: Batch) -> Parcel:
    """The issue in all its forms, with the manifest."""
    found = render(issue, settings)
    listed = outbox.manifest(found, made_of, settings.fingerprint(), theme_digest(settings), __version__, shelved=archive.shelved(issue))
    return replace(found, files=(*found.files, listed))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What publishing did: where the issue stands, what reached whom, what did not."""

    place: Path
    receipts: tuple[Receipt, ...]
    failures: tuple[Failure, ...]


def publish(
    settings: Settings,
    store: Store,
    built: tuple[Issue, Batch],
    now: datetime,
    folder: Path | None = None,
    *,
    planned: bool = False,
) -> Outcome:
    """Put the issue up, enter it in the ledger, deliver it where it has no receipt yet.

        freeze → render aside, sync, rename → published → archive → deliver

    What it is made of is frozen first, so that a run that is cut short is finished by the next; its articles are marked
    as used once the parcel is durable. Nothing that lacks what an issue has replaces it: raises OutboxError. Published is
    published: what was delivered to one is handed to the others as it stands.
    """
    issue, made_of = built
    place = folder or settings.path(settings.paths.outbox)
    out = store.batch(issue.id) if is_out(store, issue.id) else None
    if out:
        made_of = at_home(settings, out)
        issue = compose(settings, made_of)
    found = pack(settings, issue, made_of)
    if out and issue.id in outbox.names(place):
        put_up, found = place / issue.id, _as_put_up(place, found)
    else:
        _check_worth(place, issue, made_of)
        if not out:
            store.freeze(made_of, now, planned=planned)
        put_up = _put_up(settings, store, found, now, place, new=not out)
    outbox.discard(drafts(settings), issue.id)
    sent = send(settings, store, found, now)
    return Outcome(put_up, sent.receipts, sent.failures)


def _put_up(settings: Settings, store: Store, found: Parcel, now: datetime, place: Path, *, new: bool = True) -> Path:
    """What is frozen goes up, is entered as published, and stands in the archive."""
    handovers = enrolments(settings, store, found.issue, now)
    put_up = outbox.put(place, found)
    if new:
        store.publish(found.issue, now, handovers)
    shelve(settings, place)
    return put_up


def _check_worth(place: Path, issue: Issue, made_of: Batch) -> None:
    """Raise OutboxError where an issue would lose what the one that stands there has."""
    if issue.id not in outbox.names(place):
        return
    fix = "see `digest status`; if the store was lost or is an old copy, `digest store rebuild` takes the outbox in"
    if not issue.stories and outbox.read_json(place, issue.id, "issue.json")["sections"]:
        raise OutboxError("has no story, and one with stories stands there", where=str(place / issue.id), fix=fix)
    lost = set(outbox.read_json(place, issue.id, outbox.MANIFEST).get("articles", ())) - {article.id for article in made_of.articles}
    if lost:
        cause = f"lacks {counted(len(lost), 'article')} of the one that stands there"
        raise OutboxError(cause, where=str(place / issue.id), fix=fix)


def shelve(settings: Settings, place: Path) -> None:
    """The archive and the feed of all issues in an outbox, made anew where they changed; raises OutboxError."""
    found = (archive.read(outbox.read_json(place, name, outbox.MANIFEST).get("archive", {})) for name in outbox.names(place))
    outbox.put_beside(place, archive.archive(settings, [one for one in found if one]))


def recover(settings: Settings, store: Store, now: datetime) -> tuple[str, ...]:
    """Finish or undo what an interrupted run left, in words; nothing where nothing was left. Raises DigestError.

    Frozen issues go up, what was being handed over is settled, leftovers of the outbox are cleared, and the archive
    is brought up to date. Run before anything else that writes, under the lock.
    """
    place = settings.path(settings.paths.outbox)
    told = [f"{name}: what an interrupted run left in the outbox was cleared" for name in outbox.sweep(place)]
    for entry in store.ledger():
        made_of = store.batch(entry.id) if entry.stage is Stage.BUILT else None
        if made_of:
            made_of = at_home(settings, made_of)
            _put_up(settings, store, pack(settings, compose(settings, made_of), made_of), now, place)
            told.append(f"{entry.id}: was frozen by a run that was cut short; it is up now")
    told += [f"{one.issue}: {one.delivery}: {one.recipient}: {one.standing.value}: {one.detail}" for one in mend(settings, store, now)]
    for entry in store.ledger():
        made_of = store.batch(entry.id) if entry.stage is Stage.DRAFT and entry.id not in outbox.names(drafts(settings)) else None
        if made_of:
            made_of = at_home(settings, made_of)
            outbox.put(drafts(settings), pack(settings, compose(settings, made_of), made_of))
            told.append(f"{entry.id}: the draft is in its place again")
    if outbox.names(place):
        shelve(settings, place)
    return tuple(told)


def send_due(settings: Settings, store: Store, now: datetime) -> Sent:
    """Hand every issue of the ledger to those who are due now; what cannot be read is told and stops no other."""
    done, failures = [], []
    for issue in unfinished(store, now):
        try:
            done.append(send_again(settings, store, issue, now, at_once=False))
        except OutboxError as error:
            failures.append(failure(error, issue))
    return Sent(tuple(receipt for sent in done for receipt in sent.receipts), (*failures, *(one for sent in done for one in sent.failures)))


def drafts(settings: Settings) -> Path:
    """The folder in which issues wait for the editor; no reader sees it."""
    return settings.path(settings.paths.store).parent / "drafts"


def draft(settings: Settings, store: Store, built: tuple[Issue, Batch], now: datetime, until: datetime) -> Path:
    """Freeze an issue that goes out at `until`, and put it where the editor can look at it; raises OutboxError."""
    issue, made_of = built
    found = pack(settings, issue, made_of)
    store.freeze(made_of, now, planned=True, until=until)
    return outbox.put(drafts(settings), found)


def _as_put_up(place: Path, found: Parcel) -> Parcel:
    files = (replace(file, content=outbox.read(place, found.issue, file.name)) for file in found.files)
    return replace(found, files=tuple(files))


def send_again(settings: Settings, store: Store, issue: str, now: datetime, *, new: bool = False, at_once: bool = True) -> Sent:
    """Hand an issue of the outbox, as it stands there, to those who have no final answer yet; raises OutboxError."""
    place = settings.path(settings.paths.outbox)
    if issue not in {entry.id for entry in store.issues()}:
        raise OutboxError(f"the ledger knows no issue {issue!r}", where=str(place), fix=_known(store))
    return send(settings, store, outbox.parcel(place, issue), now, new=new, at_once=at_once)


def _known(store: Store) -> str:
    return f"issues in the ledger: {', '.join(found.id for found in store.issues()[-6:]) or 'none yet'}"


def verify(settings: Settings, store: Store, issue: str) -> tuple[str, ...]:
    """Where the outbox differs from the issue rebuilt from the store; nothing where it is the same bytes."""
    made_of = store.batch(issue)
    place = settings.path(settings.paths.outbox)
    if made_of is None:
        raise OutboxError(f"the ledger knows no issue {issue!r}", where=str(place), fix=_known(store))
    made_of = at_home(settings, made_of)
    listed = outbox.read_json(place, issue, outbox.MANIFEST)
    changed = [
        f"{what} changed since the issue was built"
        for what, then, now in (
            ("the settings", listed.get("settings"), settings.fingerprint()),
            ("the theme", listed.get("theme"), theme_digest(settings)),
            ("the program", listed.get("digest"), __version__),
        )
        if then != now
    ]
    return (*changed, *outbox.differences(place, issue, pack(settings, compose(settings, made_of), made_of)))
