"""A polite and careful GET: what a page or a feed is now, or that it has not changed.

The only module that knows httpx, which reads addresses and makes the TLS settings; `wire` has the
connections. One deadline holds for the whole of a fetch: look-ups, redirects, waits and the body.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from ssl import SSLContext

import httpx

from digest import __version__
from digest.errors import SourceError
from digest.gather.addresses import Resolver, lookup
from digest.gather.inflate import decoded, too_large
from digest.gather.refusal import refusal
from digest.gather.wire import Answer, BusyError, Line, left
from digest.text import one_line

_HOPS = 5  # redirects followed
_TRIES = 3
_WAIT = 10.0  # seconds that are waited for another try; a server that asks for more is left for the next run
_LONGEST = 2000  # characters of an address
_TAG = 500  # characters of an ETag that is kept
_AT_ONCE = 2  # fetches from one host at the same time
_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
_PERMANENT, _REDIRECTS = frozenset({301, 308}), frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: `status` 200 with its content, or 304. `moved` is where it is for good, if not at the address asked."""

    url: str
    status: int
    content: bytes = b""
    media_type: str = ""
    etag: str = ""
    modified: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """Fetches with these limits: `seconds` for the whole of it, `most` bytes, inflated.

    `resolve`, `pause` and `jitter` are what a test may want to hold.
    """

    agent: str = f"digest/{__version__}"
    seconds: float = 30.0
    most: int = 15 * 2**20
    allow_private: bool = False
    resolve: Resolver = lookup
    pause: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    line: type[Line] = Line  # what opens the connections

    def get(self, url: str, etag: str = "", modified: str = "") -> Fetched:
        """What is at `url`, unless it is what `etag` and `modified` stand for; raises SourceError, BusyError."""
        asked = _address(url)
        with _gate(asked.host):
            until = time.monotonic() + self.seconds
            attempt = 0
            while True:
                attempt += 1
                try:
                    return self._followed(asked, _headers(self.agent, etag, modified), until)
                except BusyError as error:
                    wait = error.wait if error.wait is not None else 2 ** (attempt - 2) * (1 + self.jitter())
                    if attempt == _TRIES or wait > min(_WAIT, left(until)):
                        raise
                    self.pause(wait)

    def _followed(self, asked: httpx.URL, headers: list[tuple[str, str]], until: float) -> Fetched:
        """One try: the answer at the end of the redirects."""
        here, moved, lasting = asked, "", True
        line = self.line(until, self.resolve, self.allow_private)
        for _ in range(_HOPS + 1):
            context = _context() if here.scheme == "https" else None
            try:
                with line.get(str(here), [("Host", here.netloc.decode()), *headers], context) as answer:
                    if answer.status not in _REDIRECTS or "location" not in answer.headers:
                        return replace(self._taken(here, answer), moved=moved)
            except SourceError as error:
                error.where = str(here)
                raise
            lasting = lasting and answer.status in _PERMANENT
            here = _target(here, answer.headers["location"])
            moved = str(here) if lasting else moved
        raise SourceError(f"is redirected more than {_HOPS} times", where=str(asked), fix="look at it in a browser, and mend url")

    def _taken(self, here: httpx.URL, answer: Answer) -> Fetched:
        etag, modified = _kept(answer, "etag"), _kept(answer, "last-modified")
        if answer.status == 304:
            return Fetched(str(here), 304, etag=etag, modified=modified)
        if answer.status != 200:
            raise refusal(answer)
        if int(answer.headers.get("content-length") or 0) > self.most:  # h11 let only digits through, twenty at most
            raise too_large(self.most)
        content = decoded(answer.body, answer.headers.get("content-encoding", ""), self.most)
        return Fetched(str(here), 200, content, one_line(answer.headers.get("content-type", ""))[:200], etag, modified)


def _kept(answer: Answer, name: str) -> str:
    """A header that is sent back at the next run, if it can be."""
    value = answer.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and len(value) <= _TAG else ""


def _headers(agent: str, etag: str, modified: str) -> list[tuple[str, str]]:
    found = [("User-Agent", agent), ("Accept", _ACCEPT), ("Accept-Encoding", "gzip, deflate")]
    return found + [(name, value) for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value]


def _address(text: str) -> httpx.URL:
    """The address as we ask it: http or https, a host, no password in it, no fragment; raises SourceError."""
    shown = one_line(text)[:200]
    try:
        url = httpx.URL(text.strip()) if len(text) <= _LONGEST else httpx.URL()
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL()
    if url.scheme not in {"http", "https"} or not url.host or not 0 < (80 if url.port is None else url.port) < 65536:
        raise SourceError("is no address on the web", where=shown, fix="name one that begins with http:// or https://")
    if url.userinfo:
        shown = shown.replace(url.userinfo.decode("latin-1"), "…")
        raise SourceError("has a name or password in its address", where=shown, fix="take it out: addresses end up in logs")
    return url.copy_with(fragment=None)


def _target(here: httpx.URL, location: str) -> httpx.URL:
    try:
        found = str(here.join(location.encode("latin-1").decode("utf-8", "replace")))
    except (httpx.InvalidURL, ValueError):
        found = location
    try:
        return _address(found)
    except SourceError as error:
        raise SourceError(f"is redirected to what {error.cause}", where=str(here), fix="look at it in a browser, and mend url") from None


@cache
def _context() -> SSLContext:
    return httpx.create_ssl_context()


_gates: dict[str, threading.Semaphore] = {}
_making = threading.Lock()


def _gate(host: str) -> threading.Semaphore:
    """What lets only so many fetches of this process through to a host."""
    with _making:
        return _gates.setdefault(host, threading.Semaphore(_AT_ONCE))
