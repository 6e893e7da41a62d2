"""JSON Feed, versions 1.0 and 1.1, to the values that `feed_parse` gives. Standard library only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn
from urllib.parse import urljoin

from digest.decode import text_of
from digest.errors import DocumentError

ENTRIES = 1000  # of one feed, the first ones
MANY = 20  # authors or tags of one entry
LINE = 2000  # characters of a title or an address
_FIX = "name a feed: RSS, Atom or JSON Feed"


def json_feed(content: bytes, url: str) -> dict[str, Any]:
    """The feed in `content`; raises DocumentError where it is none."""
    try:
        found = json.loads(text_of(content), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise DocumentError("is broken JSON", fix="try again later; if it stays so, tell those who run it") from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise DocumentError("is JSON, and no feed", fix=_FIX)
    language = _text(found.get("language"))
    base = url or _text(found.get("feed_url")) or _text(found.get("home_page_url"))
    entries = [_entry(item, found, base) for item in items[:ENTRIES] if isinstance(item, dict)]
    return {
        "title": _text(found.get("title")),
        "language": language,
        "version": "json",
        "alternates": [],
        "page": False,
        "left": max(0, len(items) - ENTRIES),
        "empty": len(items[:ENTRIES]) - sum(map(says_something, entries)),
        "cause": "",
        "entries": [entry for entry in entries if says_something(entry)],
    }


def says_something(entry: dict[str, Any]) -> bool:
    """Whether there is anything in an entry that a reader could use."""
    return bool(entry["title"] or entry["url"] or entry["html"] or entry["text"])


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _entry(item: dict[str, Any], feed: dict[str, Any], base: str) -> dict[str, Any]:
    html = _text(item.get("content_html"))
    people = list(_names(item)) or list(_names(feed))
    tags = item.get("tags")
    return {
        "id": _text(item.get("id")),
        "title": _text(item.get("title"))[:LINE],
        "url": joined(base, _text(item.get("url")) or _text(item.get("external_url"))),
        "published": _text(item.get("date_published")) or _text(item.get("date_modified")),
        "authors": people[:MANY],
        "tags": [tag for tag in tags if isinstance(tag, str)][:MANY] if isinstance(tags, list) else [],
        "language": _text(item.get("language")),
        "html": html,
        "text": "" if html else _text(item.get("content_text")) or _text(item.get("summary")),
    }


def _names(holder: dict[str, Any]) -> Iterator[str]:
    """`authors` as of version 1.1, `author` as of 1.0."""
    authors = holder.get("authors")
    for author in authors if isinstance(authors, list) else [holder.get("author")]:
        if isinstance(author, dict) and _text(author.get("name")):
            yield _text(author["name"])


def joined(base: str, link: str) -> str:
    """A link as it stands in a feed, made whole; nothing where that cannot be done."""
    try:
        return urljoin(base, link)[:LINE] if link else ""
    except ValueError:
        return ""


def _text(value: object) -> str:
    """Text, or a number written as one: ids are numbers now and then."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return value.strip() if isinstance(value, str) else ""
