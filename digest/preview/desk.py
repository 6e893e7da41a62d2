"""The last good build and what became of the newest one: a failed build never hides a good one."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from threading import Lock
from time import perf_counter
from typing import Any

from digest.errors import DigestError
from digest.model import Failure, File, Issue
from digest.preview.newsroom import Built
from digest.render.checks import Report, mail_html, reports
from digest.text import counted, one_line

Build = Callable[[], Built]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a visitor sees: one record, replaced whole, so that no request sees half a build.

    `at` is when `built` was made, which took `seconds`; `checks` are what its forms were found to be like, `mail_html` how many
    bytes the mail's HTML has; `mistake` is why a later build failed.
    """

    built: Built | None = None
    checks: tuple[Report, ...] = ()
    mail_html: int = 0
    at: datetime | None = None
    seconds: float = 0.0
    mistake: Failure | None = None


class Desk:
    """Builds, one at a time, and keeps what came of it."""

    def __init__(self, build: Build, say: Callable[[str], None]) -> None:
        self._build, self._say = build, say
        self._busy = Lock()
        self.shown = Shown()

    def rebuild(self) -> bool:
        """Build anew; False where that failed and the last good build stays."""
        with self._busy:
            start = perf_counter()
            try:
                built = self._build()
                seconds = perf_counter() - start
                checks, size = reports(built.parcel.files), mail_html(built.parcel.files)
            except DigestError as error:
                self._fail(Failure("", error.where, error.cause, error.fix))
            except Exception as error:  # noqa: BLE001 - a fault of ours is told on the page and here, and ends no preview
                self._say(traceback.format_exc())
                self._fail(Failure("", "", f"{type(error).__name__}: {error}", "a fault in the program: the terminal says where"))
            else:
                self.shown = Shown(built, checks, size, datetime.now(UTC), seconds)
                self._say(_told(built.issue, checks, seconds))
            return self.shown.mistake is None

    def _fail(self, mistake: Failure) -> None:
        self.shown = replace(self.shown, mistake=mistake)
        self._say("Not built: " + one_line(f"{mistake.where}: {mistake.cause}" if mistake.where else mistake.cause))

    def file(self, name: str) -> File | None:
        """A file of the last good build, by its exact name."""
        files = self.shown.built.parcel.files if self.shown.built else ()
        return next((file for file in files if file.name == name), None)

    def state(self) -> dict[str, Any]:
        """All that the page tells beside the issue itself."""
        shown = self.shown
        return {
            "at": shown.at.isoformat() if shown.at else None,
            "seconds": round(shown.seconds, 2),
            "mistake": asdict(shown.mistake) if shown.mistake else None,
            **(_state(shown.built) | _checked(shown) if shown.built else {"issue": None}),
        }


def _state(built: Built) -> dict[str, Any]:
    issue = built.issue
    return {
        "issue": {
            "id": issue.id,
            "number": issue.number,
            "title": issue.title,
            "language": issue.language,
            "sender": built.sender,
            "subject": issue.subject,
            "preheader": issue.preheader,
            "stories": len(issue.stories),
            "minutes": issue.minutes,
        },
        "files": {file.name: len(file.content) for file in built.parcel.files},
        "failures": [asdict(failure) for failure in issue.failures],
        "left_out": _left_out(issue),
    }


def _checked(shown: Shown) -> dict[str, Any]:
    return {"checks": [asdict(one) for one in shown.checks], "mail_html": shown.mail_html}


def _left_out(issue: Issue) -> list[dict[str, Any]]:
    """The articles that are not shown, by reason, the reason with most of them first."""
    ordered = sorted(issue.left_out, key=lambda one: one.reason)
    grouped = [(reason, [one.article for one in some]) for reason, some in groupby(ordered, lambda one: one.reason)]
    return [
        {"reason": reason, "articles": [{"title": one.title, "source": one.source, "language": one.language} for one in articles]}
        for reason, articles in sorted(grouped, key=lambda pair: -len(pair[1]))
    ]


def _told(issue: Issue, checks: Sequence[Report], seconds: float) -> str:
    stories = counted(len(issue.stories), "story", "stories")
    problems = f", {counted(len(issue.failures), 'problem')}" if issue.failures else ""
    short = sum(len(one.findings) for one in checks)
    findings = f", {counted(short, 'check')} not passed" if short else ""
    return f"Built {one_line(issue.id)} in {seconds:.1f} s: {stories}{problems}{findings}"
