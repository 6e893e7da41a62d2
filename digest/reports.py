"""What each command reports when it is done: in words for a person, as JSON for a program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Any

from digest import calendar, closing, outbox
from digest.evaluate.measures import Measured
from digest.exchange import article_rows
from digest.gather import sources
from digest.gather.feed import FeedSource
from digest.gather.opml import Outline, written
from digest.model import Article, Failure, Handover, Issue, Stage, Standing
from digest.pipeline import Gathered, Outcome
from digest.rebuild import Rebuilt
from digest.render.checks import Report
from digest.sending import Sent
from digest.service import read_health
from digest.settings import Settings
from digest.store import Entry, Health, Store
from digest.terminal import failures, passage, say, say_json, table, told, warn
from digest.text import counted
from digest.window import set_back


def built(issue: Issue, outcome: Outcome | None, as_json: bool) -> None:
    """An issue that was put up, or with no outcome would be."""
    place = str(outcome.place) if outcome else None
    if as_json:
        found = {
            "issue": issue.id,
            "place": place,
            "subject": issue.subject,
            "stories": len(issue.stories),
            "articles": len(issue.articles),
            "left_out": len(issue.left_out),
            "delivered": [f"{receipt.delivery}: {receipt.recipient}" for receipt in outcome.receipts] if outcome else [],
            "failures": [asdict(failure) for failure in (*issue.failures, *(outcome.failures if outcome else ()))],
        }
        say_json(found)
        return
    failures(issue.failures, footer=True)
    say(f"Issue {issue.id}: {issue.subject}", "bold")
    reports, sources = (
        counted(len(issue.articles), "report"),
        counted(len({article.source for article in issue.articles.values()}), "source"),
    )
    stories = counted(len(issue.stories), "story", "stories")
    say(f"  {reports} from {sources}, {stories}, {issue.minutes} min to read; {counted(len(issue.left_out), 'report')} left out")
    if outcome is None:
        say("  dry run: nothing was written, nothing consumed")
        return
    for receipt in outcome.receipts:
        say(f"  delivered to {receipt.delivery}: {receipt.recipient}")
    for failure in outcome.failures:
        say(f"  not delivered to {failure.source}: {told(failure)}", "red")
    say(f"  {place}/issue.html  (and .md .txt .eml .json)")
    say(f"Next: open it in a browser, run `digest preview`, or ask `digest explain {issue.id}`")


def sent(handovers: Sequence[Handover], done: Sent, as_json: bool) -> None:
    """Where an issue stands with each recipient, after a round of sending."""
    if as_json:
        say_json({"delivered": [f"{receipt.delivery}: {receipt.recipient}" for receipt in done.receipts], "handovers": _rows(handovers)})
        return
    for receipt in done.receipts:
        say(f"  delivered to {receipt.delivery}: {receipt.recipient}")
    for failure in done.failures:
        say(f"  not delivered to {failure.source}: {told(failure)}", "red")
    counts = {standing: sum(one.standing is standing for one in handovers) for standing in Standing}
    say(", ".join(f"{count} {standing.value}" for standing, count in counts.items() if count) or "No recipients: add a [[deliver]] table.")


def _rows(handovers: Sequence[Handover]) -> list[dict[str, Any]]:
    """Handovers for programs."""
    return [{**asdict(one), "at": _iso(one.at), "first": _iso(one.first), "due": _iso(one.due)} for one in handovers]


def gathered(found: Gathered, as_json: bool) -> None:
    """One round over the sources."""
    if as_json:
        say_json({**asdict(found), "failures": [asdict(failure) for failure in found.failures]})
        return
    failures(found.failures)
    passed = f"; {counted(found.passed, 'file')} as before, passed over" if found.passed else ""
    say(f"{counted(found.documents, 'document')}: {counted(found.articles, 'article')}, {found.new} new, {found.changed} changed{passed}")


def articles(found: Sequence[Article], failed: Sequence[Failure], as_json: bool) -> None:
    """How documents were cleaned and split."""
    if as_json:
        say_json(list(article_rows(found)))
        warn(failed)
        return
    for article in found:
        say(f"{article.title}", "bold")
        facts = (article.source, article.kind.value, article.section, _day(article.published), article.language, ", ".join(article.authors))
        say("  " + " · ".join(fact for fact in facts if fact) + f" · {len(article.text.split())} words  [{article.id}]", "cyan")
        say(f"  {passage(article.text, 240)}")
        for removal in article.removed:
            say(f"  − {removal.rule}: {passage(removal.text)}", "dim red")
    failures(failed)
    say(f"{counted(len(found), 'article')}")


def status(settings: Settings, store: Store, now: datetime, as_json: bool) -> None:
    """Issues with their files and articles, what waits, deliveries, windows, the service, the health of sources."""
    place = settings.path(settings.paths.outbox)
    there = set(outbox.names(place))
    issues: list[dict[str, Any]] = [
        {
            "id": issue.id,
            "opens": issue.window.opens.isoformat(),
            "closes": issue.window.closes.isoformat(),
            "stage": issue.stage.value,
            "files": sorted(outbox.read_json(place, issue.id, outbox.MANIFEST).get("files", ())) if issue.id in there else [],
            "articles": list(store.contents(issue.id)),
            "receipts": [f"{receipt.delivery}: {receipt.recipient}" for receipt in store.receipts(issue.id)],
            "handovers": _rows(store.handovers(issue.id)),
        }
        for issue in store.issues()
    ]
    health = store.health()
    missed, coming, troubles = closing.missed(settings, store, now), closing.coming(settings, store, now), _troubles(store, now)
    if as_json:
        rows = [
            {**asdict(row), "last_success": _iso(row.last_success), "last_new": _iso(row.last_new), "silent_days": _silent(row, now)}
            for row in health
        ]
        ahead = {"id": coming.name, "closes": coming.at.isoformat()} if coming else None
        windows = {"windows": [_window_row(entry) for entry in store.ledger()], "missed": [one.name for one in missed], "next": ahead}
        more = {**windows, "troubles": troubles, "service": read_health(settings)}
        say_json({"issues": issues, "waiting": store.waiting(), "sources": rows, **more})
        return
    if issues:
        heads = ("issue", "closed", "articles", "files", "delivered", "stage")
        rows_shown = [
            (row["id"], _local(row["closes"], settings), *(len(row[what]) for what in ("articles", "files", "receipts")), row["stage"])
            for row in issues
        ]
        table(heads, rows_shown)
    else:
        say("No issue yet: `digest build` makes the first.")
    say(f"{counted(store.waiting(), 'article')} waiting for the next issue")
    for trouble in troubles:
        say(trouble, "red")
    if coming:
        say(f"{coming.name} closes at {coming.at.astimezone(settings.zone()):%a %Y-%m-%d %H:%M}")
    if issues and missed:  # a newsroom that is not scheduled misses nothing
        say(f"closed, and due at the next round of `digest schedule`: {', '.join(one.name for one in missed)}")
    _service(read_health(settings))
    if health:
        columns = ("source", "last answer", "last new", "silent for", "failures in a row", "cause")
        table(columns, [(row.name, _day(row.last_success), _day(row.last_new), _days(row, now), row.failures, row.cause) for row in health])


def _local(moment: str, settings: Settings) -> str:
    """A moment of the ledger, as a clock in the newsroom says it."""
    return f"{datetime.fromisoformat(moment).astimezone(settings.zone()):%Y-%m-%d %H:%M}"


def _window_row(entry: Entry) -> dict[str, Any]:
    """A line of the ledger for programs."""
    window = {"opens": entry.window.opens.isoformat(), "closes": entry.window.closes.isoformat()}
    more = {"planned": entry.planned, "until": _iso(entry.until), "remark": entry.remark}
    return {"id": entry.id, **window, "stage": entry.stage.value, **more}


def _troubles(store: Store, now: datetime) -> list[str]:
    """What a person should look at: drafts, skipped windows, unfinished issues, unanswered handovers, a clock set back."""
    told = []
    ledger = store.ledger()
    for entry in ledger:
        if entry.stage is Stage.DRAFT:
            told.append(f"{entry.id}: a draft, {f'goes out at {entry.until:%Y-%m-%d %H:%M} UTC' if entry.until else entry.remark}")
        elif entry.stage is Stage.SKIPPED:
            told.append(f"{entry.id}: skipped: {entry.remark}")
        elif entry.stage in (Stage.CLAIMED, Stage.BUILT):
            told.append(f"{entry.id}: a run was cut short here; the next one finishes it")
    told += [
        f"{one.issue}: {one.delivery}: {one.recipient}: {one.standing.value}: {one.detail}"
        for one in store.handovers()
        if one.standing not in (Standing.TAKEN, Standing.WAITING)
    ]
    latest = max((entry.window.closes for entry in ledger), default=now)
    return [*told, *([set_back(latest, now)] if latest > now else [])]


def _service(health: dict[str, Any]) -> None:
    if health:
        say(f"`digest schedule` was last at work at {str(health.get('at'))[:16]} UTC: {health.get('trouble') or 'all well'}")


def windows(settings: Settings, first: datetime, last: datetime | None, as_json: bool) -> None:
    """When windows close by the settings."""
    closings = calendar.closings(settings.digest.rule(), settings.zone(), first - timedelta(microseconds=1))
    found = list(takewhile(lambda one: one.at <= last, closings) if last else islice(closings, 10))
    if as_json:
        say_json([{"id": one.name, "closes": one.at.isoformat(), "local": one.at.astimezone(settings.zone()).isoformat()} for one in found])
        return
    table(
        ("issue", "closes", "UTC"),
        [(one.name, f"{one.at.astimezone(settings.zone()):%a %Y-%m-%d %H:%M %z}", f"{one.at:%Y-%m-%d %H:%M}") for one in found],
    )


def rebuilt(found: Rebuilt) -> None:
    """What was made anew."""
    for failure in found.failures:
        say(failure, "red")
    told = f"{counted(len(found.issues), 'issue')} with {counted(found.articles, 'article')} taken in from the outbox"
    say(f"{told}; {counted(found.waiting, 'waiting article')} saved")
    if found.unknown:
        say(f"{counted(found.unknown, 'handover')} unknown: nothing is sent again by itself")
        say("  `digest status` names them, `digest send ISSUE --resolve` settles them")
    if found.old:
        say(f"the old file is kept as {found.old}")
    say("Next: `digest gather` brings back what the sources still have")


def feeds(settings: Settings) -> None:
    """The feeds that are followed, as OPML for other programs."""
    found = [source for source in sources(settings) if isinstance(source, FeedSource) and source.url]
    for line in written(settings.digest.title, [Outline(source.name, source.url, source.section) for source in found]):
        say(line)


def _silent(row: Health, now: datetime) -> int | None:
    """Whole days since a source last brought something new; None where it never did."""
    return max(0, (now - row.last_new).days) if row.last_new else None


def _days(row: Health, now: datetime) -> str:
    days = _silent(row, now)
    return counted(days, "day") if days else ""


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def measured(found: Sequence[Measured], as_json: bool) -> None:
    """What `digest evaluate` measured: a table of precision, recall and F1, then single misses."""
    if as_json:
        say_json([_measured_row(one) for one in found])
        return
    rows = [
        (one.name, what, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", one.size)
        for one in found
        for what, score in one.scores
    ]
    table(("set", "measure", "precision", "recall", "F1", "of"), rows)
    for one in found:
        for remark in one.remarks:
            say(f"  {one.name}: {passage(remark)}")


def checked(found: Sequence[Report], as_json: bool) -> None:
    """What the checks of a rendered issue found: how many each form passed, and all that it did not."""
    if as_json:
        say_json([asdict(one) for one in found])
        return
    for one in found:
        short = len(one.findings)
        say(f"{one.form} ({one.file}): {len(one.checks) - short} of {len(one.checks)} checks passed", "yellow" if short else "green")
        for finding in one.findings:
            say(f"  {finding.name}: {finding.wrong} — {finding.fix}")


def _measured_row(one: Measured) -> dict[str, Any]:
    scores = {
        what: {"precision": round(score.precision, 4), "recall": round(score.recall, 4), "f1": round(score.f1, 4)}
        for what, score in one.scores
    }
    return {"name": one.name, "of": one.size, "scores": scores, "remarks": list(one.remarks)}
