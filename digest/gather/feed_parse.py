"""A feed to plain values. Runs in the sandbox only; the only module that knows feedparser.

What comes in is a line of JSON ({"type": the Content-Type, "url": where it stands}) and then the feed;
what goes out is {"title", "language", "version", "alternates", "page", "left", "empty", "cause", "entries": [{"id",
"title", "url", "published", "authors", "tags", "language", "html" or "text"}]}. feedparser gets bytes
that it can read, never a name that it would open; what it leaves in markup is for our own cleaner.
"""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXException

import feedparser  # type: ignore[import-untyped] # ships no types

from digest.errors import DocumentError
from digest.gather.feed_json import ENTRIES, LINE, MANY, joined, json_feed, says_something
from digest.gather.markup import alternates, plain

# A DOCTYPE that declares things of its own: entities that stand for files, or for gigabytes.
_PROLOG = re.compile(rb"(?:\s|\xef\xbb\xbf|\xfe\xff|\xff\xfe|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DECLARES = re.compile(rb"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+\[", re.IGNORECASE)
_MAILED = re.compile(r"\s*[^\s@]{1,100}@[^\s@]{1,200}(?: \((.{1,200})\))?\s*$")


def parse(request: bytes) -> dict[str, Any]:
    """The feed in `request`; raises DocumentError for one that must not be parsed."""
    head, _, content = request.partition(b"\n")
    told: dict[str, str] = json.loads(head)
    url = told["url"]
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return json_feed(content, url)
    _refuse_declarations(content)
    headers = {"content-location": url} | ({"content-type": told["type"]} if told["type"] else {})
    # A few entries are left to the feed's own markup: a base of its own, or none that can be joined.
    found = feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False, resolve_relative_uris=True)
    feed, version = found.feed, _text(found.get("version"))
    base = url or _text(feed.get("link"))  # a file stands nowhere
    entries = [_entry(entry, base, version) for entry in found.entries[:ENTRIES]]
    is_page = not entries and not version and bool(re.search(rb"<html|<!doctype html", content[:4096], re.IGNORECASE))
    return {
        "title": plain(_text(feed.get("title"))),
        "language": _text(feed.get("language")),
        "version": version,
        "alternates": alternates(content, url) if is_page else [],
        "page": is_page,
        "left": max(0, len(found.entries) - ENTRIES),
        "empty": sum(not says_something(entry) for entry in entries),
        "cause": _cause(found.get("bozo_exception")),
        "entries": [entry for entry in entries if says_something(entry)],
    }


def _refuse_declarations(content: bytes) -> None:
    narrow = content[: 2**16].replace(b"\0", b"")  # UTF-16 and UTF-32 say the same in more bytes
    prolog = _PROLOG.match(narrow)
    if prolog and _DECLARES.match(narrow, prolog.end()):
        raise DocumentError("declares entities in its DOCTYPE, which no feed needs", fix="ask those who run it for a feed without them")


def _cause(error: object) -> str:
    """What is broken; not what is only labelled wrongly, or nothing."""
    return str(error)[:300] if isinstance(error, SAXException) else ""


def _entry(entry: Any, base: str, version: str) -> dict[str, Any]:
    html, text = _longest(entry)
    title = entry.get("title_detail") or {}
    return {
        "id": _text(entry.get("id")),
        "title": plain(_text(title.get("value")), title.get("type") != "text/plain" or version.startswith("rss"))[:LINE],
        "url": joined(base, _text(entry.get("feedburner_origlink") or entry.get("link"))),
        "published": _moment(entry),
        "authors": list(dict.fromkeys(_authors(entry)))[:MANY],
        "tags": [plain(name) for tag in entry.get("tags") or () if (name := _text(tag.get("label")) or _text(tag.get("term")))][:MANY],
        "language": _text(title.get("language") or (entry.get("summary_detail") or {}).get("language")),
        "html": html,
        "text": text,
    }


def _longest(entry: Any) -> tuple[str, str]:
    """The longest of what an entry holds as its text: (markup, "") or ("", plain text)."""
    parts = [*(entry.get("content") or ()), entry.get("summary_detail") or {}]
    best: Any = max(parts, key=lambda part: len(_text(part.get("value"))), default={})
    value = _text(best.get("value"))
    return ("", value) if best.get("type") == "text/plain" else (value, "")


def _moment(entry: Any) -> str:
    """When an entry was published: as feedparser read it, or else in its own words."""
    for name in ("published", "updated", "created"):
        found = dict.get(entry, f"{name}_parsed")  # its own `get` takes one date for another, and warns
        if found:
            try:
                return datetime.fromtimestamp(timegm(found), UTC).isoformat()
            except (TypeError, ValueError, OverflowError, OSError):
                continue
    return _text(dict.get(entry, "published") or dict.get(entry, "updated"))


def _authors(entry: Any) -> Iterator[str]:
    """Names only. RSS has `bob@x.example (Bob)`, which feedparser takes apart well for some domains only."""
    mailed = _MAILED.match(_text(entry.get("author")))
    for name in [mailed[1] or ""] if mailed else [_text(author.get("name")) for author in entry.get("authors") or ()]:
        if name and "@" not in name:
            yield plain(name)


def _text(value: object) -> str:
    """What feedparser says is text, which over broken feeds it sometimes is not."""
    return value if isinstance(value, str) else ""
