"""Checks of an issue as it is rendered: what mail programs demand and readers need, in words where it falls short. Pure.

    files ─→ one Report a form ─→ the preview, `digest check`, the tests

What only a browser can tell, contrast and widths, is in `tests/render/test_browser.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from digest.model import File
from digest.render.checks.check import Check, Finding, Subject
from digest.render.checks.html import PAGE, Html
from digest.render.checks.mail import HTML, MESSAGE, Mail
from digest.render.checks.text import CHECKS, Text

__all__ = ["Finding", "Report", "mail_html", "reports"]


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks say of one form: which file, the names of all checks, and those that were not passed."""

    form: str
    file: str
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]


def reports(files: Iterable[File]) -> tuple[Report, ...]:
    """A report on each form of an issue that is among its files."""
    found = {file.name: file.content for file in files}
    return tuple(make(form, name, found) for form, name, make in _FORMS if name in found)


def mail_html(files: Iterable[File]) -> int:
    """How many bytes the HTML of the mail has, of which Gmail shows the first 102,000."""
    return sum(len(Mail(file.content).html.encode()) for file in files if file.name == "issue.eml")


def _report(form: str, name: str, checks: tuple[Check[Subject], ...], subject: Subject) -> Report:
    findings = tuple(found for check in checks if (found := check.of(subject)))
    return Report(form, name, tuple(check.name for check in checks), findings)


def _page(found: Mapping[str, bytes]) -> Html:
    return Html(found.get("issue.html", b"").decode("utf-8", "replace"))


def _text(found: Mapping[str, bytes]) -> Text:
    return Text(found["issue.txt"].decode("utf-8", "replace"), _page(found))


_Make = Callable[[str, str, Mapping[str, bytes]], Report]
# In the order in which they are told.
_FORMS: tuple[tuple[str, str, _Make], ...] = (
    ("Mail, its HTML", "issue.eml", lambda form, name, found: _report(form, name, HTML, Mail(found[name]))),
    ("Mail, its message and text", "issue.eml", lambda form, name, found: _report(form, name, MESSAGE, Mail(found[name]))),
    ("Web page", "issue.html", lambda form, name, found: _report(form, name, PAGE, _page(found))),
    ("Text", "issue.txt", lambda form, name, found: _report(form, name, CHECKS, _text(found))),
)
