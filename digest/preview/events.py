"""Server-sent events by hand: a line of text for whoever listens, the moment a build is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

_HEARTBEAT = 15.0  # seconds; a comment that finds out whether anybody is still there


class Events:
    """Everyone who listens. All of it happens on the server's event loop."""

    def __init__(self, heartbeat: float = _HEARTBEAT) -> None:
        self._heartbeat = heartbeat
        self._listeners: set[asyncio.Queue[str]] = set()
        self._closed = False

    def tell(self, event: str) -> None:
        """Send `event` to everyone."""
        for listener in self._listeners:
            listener.put_nowait(event)

    def close(self) -> None:
        """End every stream, since the server waits for them when it stops."""
        self._closed = True
        self.tell("")

    async def stream(self) -> AsyncIterator[bytes]:
        """The frames for one listener, until the server stops or the listener goes."""
        listener: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(listener)
        try:
            yield b"retry: 1000\n\n"
            while not (self._closed and listener.empty()) and (frame := await self._frame(listener)):
                yield frame
        finally:
            self._listeners.discard(listener)

    async def _frame(self, listener: asyncio.Queue[str]) -> bytes:
        """The next frame; empty at the end."""
        try:
            event = await asyncio.wait_for(listener.get(), self._heartbeat)
        except TimeoutError:
            return b": still here\n\n"
        return f"event: {event}\ndata:\n\n".encode() if event else b""
