"""Runs a newsroom: wakes up, and lets the ledger say what is due. The only module that knows APScheduler.

    gather, by each source's interval ─┐
    look, every half minute            ├→ one thread, one job at a time, under the lock of the store
    close, at the next closing         ┘

A timer decides nothing here: each look asks the ledger which windows have closed, so that a machine that was off, a
clock that was set and a day that is skipped come to the same. All triggers count in UTC. `coalesce`: what piled up while
something ran is done once; `misfire_grace_time=None`: however late; `max_instances=1`: never twice at once.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor  # type: ignore[import-untyped]
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.date import DateTrigger  # type: ignore[import-untyped]
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]

from digest.service import Newsroom

_LOOK = timedelta(seconds=30)
_PATIENCE = 8.0  # seconds that work under way may still take when told to stop; systemd is promised ten


def serve(room: Newsroom, stop: threading.Event) -> bool:
    """Run until `stop` is set; False where work under way had to be cut short (the next start finishes it)."""
    settings = room.load()
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    busy = threading.Lock()

    def look() -> None:
        with busy:
            if stop.is_set():  # what was queued behind work under way is not begun any more
                return
            room.look()
            at = room.next_closing()
        if at and at > datetime.now(UTC) and not stop.is_set():  # with a fixed moment it may be long past
            scheduler.add_job(look, DateTrigger(at), id="close", replace_existing=True)

    def gather(names: frozenset[str]) -> None:
        with busy:
            if not stop.is_set():
                room.gather(names)

    begin = datetime.now(UTC)
    for every in sorted({table.every for table in settings.sources}):
        names = frozenset(table.name for table in settings.sources if table.every == every)
        scheduler.add_job(gather, IntervalTrigger(seconds=int(every.total_seconds())), (names,), next_run_time=begin)
    scheduler.add_job(look, IntervalTrigger(seconds=int(_LOOK.total_seconds())), next_run_time=begin)
    room.log(f"began: {len(settings.sources)} sources, {settings.digest.period} issues, missed = {settings.schedule.missed!r}")
    scheduler.start()
    stop.wait()
    scheduler.shutdown(wait=False)
    clean = busy.acquire(timeout=_PATIENCE)
    if clean:
        busy.release()  # the interpreter waits for the worker, and what is queued there takes it once more
    room.log("stopped" if clean else "stopped in the middle of its work; the next start finishes it")
    return clean


@contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that SIGTERM and SIGINT set: by a thread, since the one that is interrupted may hold the event's own lock."""
    stop = threading.Event()

    def told(*_: object) -> None:
        threading.Thread(target=stop.set).start()

    before = {number: signal.signal(number, told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
