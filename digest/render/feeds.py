"""The feeds of issues: Atom (RFC 4287) and JSON Feed 1.1. Pure.

Times are the issues' own, never the clock's; an id is made of the sender's domain and the issue's id, and so stays
when the pages move (RFC 4151).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.render.speech import spoken
from digest.text import one_line
from digest.words import Words

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTRIES = 50  # readers ask for all of it every time
_HEADLINES = 60  # of an entry; a longer issue says how many more it has
_DAWN = datetime(1970, 1, 1, tzinfo=UTC)  # of a feed without issues


@dataclass(frozen=True, slots=True)
class Channel:
    """Whose feed it is: `base` is the outbox on the web, ending in a slash, or nothing; `authority` a domain."""

    title: str
    language: str
    base: str
    authority: str


@dataclass(frozen=True, slots=True)
class Line:
    """A headline and its language, which may be unknown."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue as archive and feeds show it: `place` is its page below the outbox, `facts` a line of number, days and counts."""

    id: str
    place: str
    subject: str
    summary: str
    updated: datetime
    year: int
    facts: str
    lines: tuple[Line, ...]


def atom(channel: Channel, entries: Sequence[Entry], words: Words) -> bytes:
    """feed.xml of the newest entries, which come first."""
    title, base = _xml(channel.title), _xml(channel.base)
    itself = f'  <link rel="self" type="application/atom+xml" href="{base}feed.xml"/>\n' if base else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_xml(channel.language)}">\n'
        f"  <id>{_xml(_tag(channel))}</id>\n"
        f"  <title>{title}</title>\n  <updated>{_stamp(max((entry.updated for entry in entries), default=_DAWN))}</updated>\n"
        f"  <author><name>{title}</name></author>\n{itself}"
        f'  <link rel="alternate" type="text/html" href="{base}index.html"/>\n'
        + "".join(_atom_entry(channel, entry, words) for entry in entries[:_ENTRIES])
        + "</feed>\n"
    ).encode()


def _atom_entry(channel: Channel, entry: Entry, words: Words) -> str:
    return (
        f"  <entry>\n    <id>{_xml(_tag(channel, entry))}</id>\n    <title>{_xml(entry.subject)}</title>\n"
        f"    <updated>{_stamp(entry.updated)}</updated>\n    <published>{_stamp(entry.updated)}</published>\n"
        f'    <link rel="alternate" type="text/html" href="{_xml(channel.base + entry.place)}"/>\n'
        f"    <summary>{_xml(entry.summary or entry.facts)}</summary>\n"
        f'    <content type="html">{_xml(_content(channel, entry, words))}</content>\n  </entry>\n'
    )


def json_feed(channel: Channel, entries: Sequence[Entry], words: Words) -> bytes:
    """feed.json of the newest entries, which come first."""
    places = {"home_page_url": f"{channel.base}index.html", "feed_url": f"{channel.base}feed.json"} if channel.base else {}
    items = [_item(channel, entry, words) for entry in entries[:_ENTRIES]]
    about = {"version": "https://jsonfeed.org/version/1.1", "title": one_line(channel.title), "language": channel.language}
    return (json.dumps(about | places | {"items": items}, ensure_ascii=False, indent=1) + "\n").encode()


def _item(channel: Channel, entry: Entry, words: Words) -> dict[str, str]:
    return {
        "id": _tag(channel, entry),
        **({"url": channel.base + entry.place} if channel.base else {}),
        "title": one_line(entry.subject),
        "summary": one_line(entry.summary or entry.facts),
        "content_html": _content(channel, entry, words),
        "date_published": _stamp(entry.updated),
        "date_modified": _stamp(entry.updated),
        "language": channel.language,
    }


def _content(channel: Channel, entry: Entry, words: Words) -> str:
    """The facts, the preheader and the headlines as HTML."""
    told = "".join(
        f"<li{spoken(line.language, channel.language)}>{html.escape(one_line(line.text))}</li>" for line in entry.lines[:_HEADLINES]
    )
    beyond = len(entry.lines) - _HEADLINES
    more = f"<p>{html.escape(words.say('beyond', n=beyond))}</p>" if beyond > 0 else ""
    summary = f"<p>{html.escape(one_line(entry.summary))}</p>" if entry.summary else ""
    return f"<p>{html.escape(one_line(entry.facts))}</p>{summary}{f'<ul>{told}</ul>' if told else ''}{more}"


def _tag(channel: Channel, entry: Entry | None = None) -> str:
    return f"tag:{channel.authority},{entry.year}:digest/{one_line(entry.id)}" if entry else f"tag:{channel.authority},2000:digest"


def _xml(text: str) -> str:
    return html.escape(_NOT_XML.sub("", one_line(text)))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
