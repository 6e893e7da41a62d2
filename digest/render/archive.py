"""What stands beside the issues in the outbox: the archive with a search in the page, and the feeds of issues. Pure.

All of it is made of what the manifests say of their issues, so that a thousand issues are quickly listed. Links are
relative, or begin with the public address where there is one. `feeds` writes the feeds.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby, zip_longest
from typing import Any

from digest.errors import RenderError
from digest.model import File, Issue, Window
from digest.render import feeds
from digest.render.dates import bounds, span
from digest.render.feeds import Entry, Line
from digest.render.forms import ARCHIVE, markup
from digest.render.templates import page
from digest.render.themes import theme_of
from digest.settings import Settings
from digest.text import one_line
from digest.urls import safe
from digest.words import Words, words_of


@dataclass(frozen=True, slots=True)
class Shelved:
    """What the archive tells of an issue; `headlines` are what the search in the page looks through, each with its language."""

    id: str
    number: int
    title: str
    subject: str
    preheader: str
    opens: str
    closes: str
    stories: int
    minutes: int
    headlines: tuple[str, ...]
    languages: tuple[str, ...] = ()


def shelved(issue: Issue) -> dict[str, Any]:
    """What the manifest says of an issue for the archive."""
    window = issue.window
    made = Shelved(
        issue.id,
        issue.number,
        one_line(issue.title),
        one_line(issue.subject),
        one_line(issue.preheader),
        window.opens.isoformat(),
        window.closes.isoformat(),
        len(issue.stories),
        issue.minutes,
        tuple(one_line(story.title) for story in issue.stories),
        tuple(one_line(story.lead.language) for story in issue.stories),
    )
    return asdict(made)


def read(values: Mapping[str, Any]) -> Shelved | None:
    """What `shelved` wrote; None for what is not of its shape."""
    try:
        lists = {key: tuple(map(str, values.get(key, ()))) for key in ("headlines", "languages")}
        found = Shelved(**{**values, **lists})
        moments = [datetime.fromisoformat(moment) for moment in (found.opens, found.closes)]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    fits = all(isinstance(value, int) for value in (found.number, found.stories, found.minutes))
    return found if fits and found.id and all(moment.tzinfo for moment in moments) else None


def archive(settings: Settings, found: Sequence[Shelved]) -> tuple[File, ...]:
    """`index.html`, `feed.xml` and `feed.json` of these issues, newest first; the same issues give the same bytes.

    Raises RenderError, where the theme has a mistake, with its file and line.
    """
    newest_first = sorted(found, key=lambda one: (datetime.fromisoformat(one.closes), one.number, one.id), reverse=True)
    words, base = words_of(settings), _base(settings)
    entries = [_entry(one, settings, words) for one in newest_first]
    told = feeds.Channel(settings.digest.title, settings.digest.language, base, settings.mail.sender.partition("@")[2].lower())
    return (
        File("index.html", "text/html", _page(settings, entries)),
        File("feed.xml", "application/atom+xml", feeds.atom(told, entries, words)),
        File("feed.json", "application/feed+json", feeds.json_feed(told, entries, words)),
    )


def _base(settings: Settings) -> str:
    public = safe(settings.digest.public_url).rstrip("/")
    return f"{public}/" if public else ""


def _entry(one: Shelved, settings: Settings, words: Words) -> Entry:
    window = Window(datetime.fromisoformat(one.opens), datetime.fromisoformat(one.closes))
    zone = settings.digest.timezone
    facts = (
        words.say("issue", n=one.number),
        span(window, zone, words),
        words.say("stories", n=one.stories),
        words.say("minutes", n=one.minutes),
    )
    lines = tuple(Line(text, language) for text, language in zip_longest(one.headlines, one.languages[: len(one.headlines)], fillvalue=""))
    subject = one.subject or one.title or one.id
    return Entry(
        one.id, f"{one.id}/issue.html", subject, one.preheader, window.closes, bounds(window, zone)[1].year, " · ".join(facts), lines
    )


def _page(settings: Settings, entries: Sequence[Entry]) -> bytes:
    theme = theme_of(settings)
    script, where = theme.read("archive.js")
    if "</" in script or "<!--" in script:
        raise RenderError("a script in a page may not hold markup", where=where, fix="take out whatever begins with `</` or `<!--`")
    names = {
        "title": settings.digest.title,
        "language": settings.digest.language,
        "base": _base(settings),
        "years": [(year, list(some)) for year, some in groupby(entries, lambda entry: entry.year)],
        "total": len(entries),
        "script": markup(script),
        "policy": f"default-src 'none'; style-src 'unsafe-inline'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'",
    }
    return page(ARCHIVE, settings, names)


def _hash(script: str) -> str:
    """By which a browser knows the one script that it may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
