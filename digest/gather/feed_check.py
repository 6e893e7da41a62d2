"""What a parsed feed is worth: whether it is one, what is odd about it, which ids in it can be relied on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from digest.errors import DocumentError
from digest.text import counted, one_line


def own(entry: dict[str, Any], counts: Counter[str]) -> dict[str, Any]:
    """The entry without an id, or an id and a link, that other entries have too: they say nothing of it."""
    if counts[entry["id"]] == 1 or (entry["id"] and entry["id"] == entry["url"] and counts[entry["id"]] == 2):
        return entry
    return {**entry, "id": "", "url": entry["url"] if counts[entry["url"]] == 1 else ""}


def remarks(feed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is worth saying of a feed that could be read: (cause, fix)."""
    if feed["left"]:
        yield f"has {counted(feed['left'], 'entry', 'entries')} beyond those taken from one feed", "nothing, where the newest stand first"
    if feed["empty"]:
        yield f"has {counted(feed['empty'], 'entry', 'entries')} without title, link and text", "tell those who run it"
    if not feed["entries"]:
        yield "is a feed without entries", "nothing, where there is nothing new to tell; else look at it in a browser"


def check(feed: dict[str, Any]) -> None:
    """Raises DocumentError for what is no feed, with the feed that it names where it names one."""
    if feed["page"]:
        named = one_line(feed["alternates"][0])[:500] if feed["alternates"] else ""
        fix = f'set url = "{named}", the feed that it names' if named else "look on it for a link to its feed, and set url to that"
        raise DocumentError("is a web page, not a feed", fix=fix)
    if not feed["entries"] and (feed["cause"] or not feed["version"]):
        cause = f"is no feed that can be read: {one_line(feed['cause'])}" if feed["cause"] else "is no feed"
        raise DocumentError(cause, fix="set url to an RSS, Atom or JSON feed")
