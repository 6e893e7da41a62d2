"""A page from outside, opened in Chromium by somebody who presses everything; a server counts what it asks for."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.preview.chromium import Page

# Opens every fold; what would lead away to the web is held back, after a look at where it leads. Tells how many things can be pressed.
_READY = """(() => {
  window.__schemes = new Set();
  addEventListener('click', (event) => {
    const link = event.composedPath().find((one) => one.href !== undefined);
    if (link && /^(https?|mailto):$/.test(link.protocol)) event.preventDefault();
  }, true);
  for (const fold of document.querySelectorAll('summary')) fold.click();
  window.__things = [...document.querySelectorAll('a, area, button, input, form, [onclick], iframe, object, embed, [tabindex]')];
  return window.__things.length;
})()"""
# Presses some of them: each lays the page out anew, so that a page of thousands gives no answer for minutes.
_PRESS = """((from, to) => {
  for (const one of window.__things.slice(from, to)) {
    window.__schemes.add(one.protocol ?? one.localName);
    one.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
    one.focus?.({preventScroll: true});
    if (one.click) one.click();
  }
  return [...window.__schemes].sort();
})"""
_PORTION = 500
_ICON = "/favicon.ico"  # what Chromium asks for by itself
_FIXED = "[...document.body.querySelectorAll('*')].filter((one) => !['static', 'relative'].includes(getComputedStyle(one).position)).length"


@dataclass
class Hits:
    """A server on this machine: `pages` by path, and every other request that came in."""

    base: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)


@contextmanager
def counting() -> Iterator[Hits]:
    """The server, for as long as it is needed."""
    hits = Hits()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = hits.pages.get(self.path)
            if page is None and self.path != _ICON:
                hits.others.append(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page or b"")

        do_POST = do_HEAD = do_GET  # noqa: N815 - as above

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hits.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield hits
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True)
class Opened:
    """What was seen of a page: what ran, what it asked for, its words, where its links lead, how wide it is, what lies over it."""

    ran: object
    asked: tuple[str, ...]
    words: str
    schemes: tuple[str, ...]
    width: int
    fixed: int


def pressed(page: Page) -> list[str]:
    """Press everything on the page, some at a time; the schemes of its links, and what else can be pressed."""
    schemes: list[str] = []
    for start in range(0, page.tell(_READY), _PORTION):
        schemes = page.tell(f"{_PRESS}({start}, {start + _PORTION})")
    return schemes


def opened(page: Page, hits: Hits, content: bytes, width: int = 1200) -> Opened:
    """Open a page, press everything on it, and wait for what that set off."""
    path = f"/page{len(hits.pages)}"
    hits.pages[path] = content
    page.resize(width, 900)
    page.requests.clear()
    page.expect(len(content))
    page.open(hits.base + path)
    page.wait(f"location.pathname === {path!r} && document.readyState === 'complete'", page.patience)
    page.tell("document.querySelectorAll('details').forEach((one) => one.open = true)")
    words, wide, fixed = page.tell("document.body.innerText"), page.tell("document.documentElement.scrollWidth"), page.tell(_FIXED)
    schemes = pressed(page)
    time.sleep(0.1)  # for what was set off
    ran = page.tell(f"location.pathname === {path!r} ? window.__ran ?? null : 'led away to ' + location")
    hits.pages[path] = b""
    return Opened(
        ran, tuple(one for one in page.requests if one not in {hits.base + path, hits.base + _ICON}), words, tuple(schemes), wide, fixed
    )
