"""The little that a feed's parser must know of HTML: the words of a title, and the feeds that a page names.

Standard library only: this runs in the sandbox, beside a parser that is not to be trusted.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

_FEEDS = re.compile(r"application/(rss\+xml|atom\+xml|feed\+json|json|rdf\+xml)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--.{0,500}?-->", re.DOTALL)
_SCOPE = 2**17  # bytes of a page in which it names its feeds
_MOST = 5


def plain(text: str, markup: bool = True) -> str:
    """The words of a title. Titles are markup in RSS, by habit if not by rule: `AT&amp;T`, `<b>Now</b>`."""
    return unescape(_TAG.sub("", text)).strip() if markup else text.strip()


def alternates(content: bytes, base: str) -> list[str]:
    """The addresses of the feeds that a page names in its head."""
    page = _Links()
    page.feed(content[:_SCOPE].decode("utf-8", "replace"))
    found = []
    for href in page.found[:_MOST]:
        try:
            found.append(urljoin(base, href))
        except ValueError:
            continue
    return found


class _Links(HTMLParser):
    """Collects `<link rel="alternate">` whose type is a feed's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "link" and "alternate" in told.get("rel", "").lower().split() and _FEEDS.match(told.get("type", "")) and told.get("href"):
            self.found.append(told["href"].strip())
