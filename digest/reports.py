"""What each command reports when it is done: in words for a person, as JSON for a program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from digest import outbox
from digest.evaluate.measures import Measured
from digest.exchange import article_rows
from digest.gather import sources
from digest.gather.feed import FeedSource
from digest.gather.opml import Outline, written
from digest.model import Article, Failure, Handover, Issue, Standing
from digest.pipeline import Gathered, Outcome
from digest.sending import Sent
from digest.settings import Settings
from digest.store import Health, Store
from digest.terminal import failures, passage, say, say_json, table, told, warn
from digest.text import counted


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
    """Issues with their files and articles, what waits, deliveries, the health of sources."""
    place = settings.path(settings.paths.outbox)
    there = set(outbox.names(place))
    issues: list[dict[str, Any]] = [
        {
            "id": issue.id,
            "opens": issue.window.opens.isoformat(),
            "closes": issue.window.closes.isoformat(),
            "files": sorted(outbox.read_json(place, issue.id, outbox.MANIFEST)["files"]) if issue.id in there else [],
            "articles": list(store.contents(issue.id)),
            "receipts": [f"{receipt.delivery}: {receipt.recipient}" for receipt in store.receipts(issue.id)],
            "handovers": _rows(store.handovers(issue.id)),
        }
        for issue in store.issues()
    ]
    health = store.health()
    if as_json:
        rows = [
            {**asdict(row), "last_success": _iso(row.last_success), "last_new": _iso(row.last_new), "silent_days": _silent(row, now)}
            for row in health
        ]
        say_json({"issues": issues, "waiting": store.waiting(), "sources": rows})
        return
    if issues:
        heads = ("issue", "closed", "articles", "files", "delivered")
        table(heads, [(row["id"], row["closes"][:16], len(row["articles"]), len(row["files"]), len(row["receipts"])) for row in issues])
    else:
        say("No issue yet: `digest build` makes the first.")
    say(f"{counted(store.waiting(), 'article')} waiting for the next issue")
    if health:
        columns = ("source", "last answer", "last new", "silent for", "failures in a row", "cause")
        table(columns, [(row.name, _day(row.last_success), _day(row.last_new), _days(row, now), row.failures, row.cause) for row in health])


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


def _measured_row(one: Measured) -> dict[str, Any]:
    scores = {
        what: {"precision": round(score.precision, 4), "recall": round(score.recall, 4), "f1": round(score.f1, 4)}
        for what, score in one.scores
    }
    return {"name": one.name, "of": one.size, "scores": scores, "remarks": list(one.remarks)}
