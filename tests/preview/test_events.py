"""Server-sent events, frame by frame."""

from __future__ import annotations

import asyncio

from digest.preview.events import Events


def test_everyone_is_told_and_streams_end() -> None:
    async def listen() -> list[list[bytes]]:
        events = Events()
        streams = [events.stream(), events.stream()]
        heard = [[await anext(stream)] for stream in streams]
        for event in ("rebuilt", "failed"):
            events.tell(event)
        events.close()
        for stream, frames in zip(streams, heard, strict=True):
            frames.extend([frame async for frame in stream])
        return heard

    for frames in asyncio.run(listen()):
        assert frames[0] == b"retry: 1000\n\n"
        assert frames[1:] == [b"event: rebuilt\ndata:\n\n", b"event: failed\ndata:\n\n"]


def test_a_listener_hears_events_in_order() -> None:
    async def listen() -> list[bytes]:
        events = Events()
        stream = events.stream()
        await anext(stream)
        for event in ("rebuilt", "failed"):
            events.tell(event)
        heard = [await anext(stream), await anext(stream)]
        events.close()
        return [*heard, *[frame async for frame in stream]]

    assert asyncio.run(listen()) == [b"event: rebuilt\ndata:\n\n", b"event: failed\ndata:\n\n"]


def test_a_silent_stream_beats_and_who_has_gone_is_forgotten() -> None:
    async def listen() -> bytes:
        events = Events(heartbeat=0.01)
        stream = events.stream()
        await anext(stream)
        beat = await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]
        events.tell("rebuilt")
        assert not events._listeners
        return beat

    assert asyncio.run(listen()) == b": still here\n\n"


def test_a_stream_after_the_end_ends_at_once() -> None:
    async def listen() -> list[bytes]:
        events = Events()
        events.close()
        return [frame async for frame in events.stream()]

    assert asyncio.run(listen()) == [b"retry: 1000\n\n"]
