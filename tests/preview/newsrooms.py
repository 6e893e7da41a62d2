"""A small newsroom on disk, and builds made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import httpx

from digest.model import Article, Failure, File, Issue, LeftOut, Parcel, Window
from digest.preview.newsroom import Built
from digest.preview.server import listen, made

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)

SETTINGS = """
[digest]
title = "The Small Paper"
as_of = 2026-11-22T18:00:00Z

[[sources]]
name = "Harbour Post"
path = "inbox"
"""

REPORTS = {
    "ferry": """# Council buys a second ferry

The council of Port Ellery voted on Friday for a second ferry, after a debate of six hours. The mayor said that the matter was closed.

The work begins in spring. It is to cost four million crowns, which the harbour pays from its dues, as the treasurer told the Post.
""",
    "bridge": """# Bridge over the sound is closed

Engineers found cracks in two pillars of the long bridge at Saltreach, and lorries must take the northern road until further notice.

Repairs could last through winter. Farmers fear for their milk, since the detour is forty kilometres; an inquiry was opened on Monday.
""",
}


def newsroom(root: Path) -> Path:
    """The settings file of a newsroom with one report in its inbox."""
    (root / "config").mkdir(parents=True)
    report(root, "ferry")
    file = root / "config" / "digest.toml"
    file.write_text(SETTINGS, "utf-8")
    return file


def report(root: Path, name: str) -> None:
    """Put one of the reports into the inbox."""
    (root / "inbox").mkdir(exist_ok=True)
    (root / "inbox" / f"2026-11-20-{name}.md").write_text(REPORTS[name], "utf-8")


def article(identity: str, title: str) -> Article:
    """An article with nothing in it but a title."""
    return Article(identity, "Harbour Post", "inbox", "a.md", title, "Text.", NOW)


PAGE = (
    "<!DOCTYPE html>\n<html><head><style>@media (prefers-color-scheme: dark) { .a { color: red } }</style></head>"
    "<body>On (prefers-color-scheme: dark)</body></html>"
)


def built(title: str = "The Small Paper", page: str = PAGE) -> Built:
    """A build made by hand: an issue without stories, a failure, three articles left out for two reasons."""
    left = (LeftOut(article("1", "Old news"), "old"), LeftOut(article("2", "A"), "no room"), LeftOut(article("3", "B"), "no room"))
    failures = (Failure("Gull", "gull.html", "is binary", "remove it"),)
    words = {"subject": "A second ferry", "preheader": "And more", "foreword": "", "words": 10, "minutes": 1}
    issue = Issue("2026-W47", 3, title, "en", "UTC", Window(NOW, NOW), (), left_out=left, failures=failures, **words)  # type: ignore[arg-type]
    files = (
        File("issue.html", "text/html", page.encode()),
        File("issue.md", "text/markdown", b"# <script>alert(1)</script>\n"),
        File("issue.txt", "text/plain", "Fähre\n".encode()),
        File("issue.eml", "message/rfc822", b"Subject: x\r\n\r\ny\r\n"),
        File("issue.json", "application/json", b"{}\n"),
        File("manifest.json", "application/json", b"{}\n"),
    )
    return Built(issue, Parcel("2026-W47", files), "digest@newsroom.example")


@dataclass
class Running:
    """A preview that runs in a thread; `lines` is what it said."""

    client: httpx.Client
    address: str
    lines: list[str] = field(default_factory=list)


@contextmanager
def running(settings_file: Path, patience: float = 20) -> Iterator[Running]:
    """A real server on a free port; `patience` is how many seconds its last build may take, which nothing can stop."""
    listening = listen("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with httpx.Client(base_url=address, timeout=20) as client:
        preview = Running(client, address)
        server = made(settings_file, lambda: NOW, "127.0.0.1", preview.lines.append)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield preview
        finally:
            server.should_exit = True
            thread.join(patience)
            listening.close()
    assert not thread.is_alive()
