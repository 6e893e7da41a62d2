"""Runs the preview: the pages, the watch and the builds on one loop. The only module that knows uvicorn."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from datetime import datetime
from pathlib import Path

import uvicorn

from digest.errors import DigestError
from digest.preview.desk import Desk
from digest.preview.events import Events
from digest.preview.newsroom import Newsroom
from digest.preview.watch import watch
from digest.preview.web import pages


def serve(settings_file: Path, now: Callable[[], datetime], host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; raises DigestError where the port cannot be had."""
    with closing(listen(host, port)) as listening:
        say(f"Preview at {_address(listening)} — Ctrl-C stops it")
        with suppress(KeyboardInterrupt):
            made(settings_file, now, host, say).run(sockets=[listening])
    say("Preview stopped")


class Server(uvicorn.Server):
    """uvicorn's, which ends the streams of events first: it would wait for them."""

    def __init__(self, config: uvicorn.Config, events: Events) -> None:
        super().__init__(config)
        self._events = events

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop answering, once nobody waits for an event any more."""
        self._events.close()
        await super().shutdown(sockets)


def made(settings_file: Path, now: Callable[[], datetime], host: str, say: Callable[[str], None]) -> Server:
    """A server of one newsroom, ready to run."""
    room, events = Newsroom(settings_file, now), Events()
    desk = Desk(room.build, say)

    @asynccontextmanager
    async def at_work(_: object) -> AsyncIterator[None]:
        changed, stop = asyncio.Event(), asyncio.Event()
        changed.set()
        building = asyncio.create_task(_build(desk, events, changed))
        watching = asyncio.create_task(watch(room.settings_file, room.folders, changed.set, stop))
        yield
        stop.set()
        building.cancel()
        await asyncio.gather(building, watching, return_exceptions=True)

    app = pages(desk, events, host, at_work)
    return Server(
        uvicorn.Config(app, log_config=None, log_level="error", server_header=False, http="h11", ws="none", lifespan="on"), events
    )


async def _build(desk: Desk, events: Events, changed: asyncio.Event) -> None:
    """Build whenever something has changed: one build at a time, and one for all changes during it."""
    while True:
        await changed.wait()
        changed.clear()
        events.tell("rebuilt" if await asyncio.to_thread(desk.rebuild) else "failed")


def listen(host: str, port: int) -> socket.socket:
    """A socket at `host`:`port` (0: any free port); raises DigestError."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        busy = error.errno == errno.EADDRINUSE
        cause = "something else listens there" if busy else f"cannot listen there: {error.strerror or error}"
        raise DigestError(cause, where=f"{host}:{port}", fix=f"choose another port, for instance --port {_next(port)}") from None


def _next(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8765


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
