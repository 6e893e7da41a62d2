"""A newsroom at work: jobs under the lock of its store, each of which is told in the log and seen in the health file.

Nothing here knows when: `digest schedule` calls these jobs by timers, `digest schedule --once` one after the other.
"""

from __future__ import annotations

import json
import os
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from digest import lock, pipeline
from digest.closing import close_due, coming
from digest.errors import DigestError
from digest.folders import place_file
from digest.model import File
from digest.settings import Settings
from digest.store import Store, opened

HEALTH = "health.json"
Clock = Callable[[], datetime]


class Log(Protocol):
    """One line of the log: what happened, and whether it is a trouble."""

    def __call__(self, message: str, *, trouble: bool = False) -> None: ...


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What is run: the settings as they are read anew for each job, a clock, and a log."""

    load: Callable[[], Settings]
    now: Clock
    log: Log

    def job(self, work: str, do: Callable[[Settings, Store], None]) -> bool:
        """One job under the lock; an error is told and survived: the next look tries again. Whether it went well."""
        try:
            settings = self.load()
            place = settings.path(settings.paths.store)
            with lock.held(place, f"schedule ({work})"), closing(opened(place)) as store:
                for told in pipeline.recover(settings, store, self.now()):
                    self.log(told)
                do(settings, store)
                self.note_health(settings, store, "")
        except DigestError as error:
            self.log(f"{work}: {error}", trouble=True)
            self._note_trouble(str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours must not end the service; it is told whole, and seen in the health file
            self.log(f"{work}: a fault in the program:\n{traceback.format_exc()}", trouble=True)
            self._note_trouble(f"{type(error).__name__}: {error}")
        else:
            return True
        return False

    def gather(self, names: frozenset[str] | None = None) -> bool:
        """One round over some sources, or all."""

        def do(settings: Settings, store: Store) -> None:
            chosen = [table for table in settings.sources if names is None or table.name in names]
            found = pipeline.gather(settings.model_copy(update={"sources": chosen}), store, self.now())
            self.log(f"gathered {', '.join(table.name for table in chosen)}: {found.articles} articles, {found.new} new")
            for failure in found.failures:
                self.log(f"{failure.where or failure.source}: {failure.cause}", trouble=True)

        return self.job("gather", do)

    def look(self) -> bool:
        """Close what is due, let out drafts, and hand over what is due again."""

        def do(settings: Settings, store: Store) -> None:
            close_due(settings, store, self.now(), self.log)
            sent = pipeline.send_due(settings, store, self.now())
            for receipt in sent.receipts:
                self.log(f"{receipt.issue}: delivered to {receipt.delivery}: {receipt.recipient}")
            for failure in sent.failures:
                self.log(f"not delivered to {failure.source}: {failure.where}: {failure.cause}; {failure.fix}", trouble=True)

        return self.job("look", do)

    def next_closing(self) -> datetime | None:
        """When the next window closes; None where that cannot be told now."""
        try:
            settings = self.load()
            with closing(opened(settings.path(settings.paths.store))) as store:
                found = coming(settings, store, self.now())
        except DigestError:
            return None
        return found.at if found else None

    def note_health(self, settings: Settings, store: Store, trouble: str) -> None:
        """Write the health file: when it last ran well, what waits, what comes next."""
        found = coming(settings, store, self.now())
        values = {"waiting": store.waiting(), "next": found.name if found else None, "closes": found.at.isoformat() if found else None}
        self._write(settings, {"ok": not trouble, "trouble": trouble, **values})

    def _note_trouble(self, trouble: str) -> None:
        try:
            self._write(self.load(), {"ok": False, "trouble": trouble})
        except DigestError:
            return  # the settings cannot be read: that was told, and nobody knows where the file would stand

    def _write(self, settings: Settings, values: dict[str, Any]) -> None:
        content = json.dumps({"at": self.now().astimezone(UTC).isoformat(), "pid": os.getpid(), **values}, indent=1) + "\n"
        try:
            place_file(settings.path(settings.paths.store).parent, File(HEALTH, "application/json", content.encode()))
        except OSError as error:
            self.log(f"{HEALTH} cannot be written: {error.strerror or error}", trouble=True)


def read_health(settings: Settings) -> dict[str, Any]:
    """What the service wrote of itself last; empty where it never ran."""
    place = settings.path(settings.paths.store).parent / HEALTH
    try:
        found = json.loads(place.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def once(room: Newsroom) -> bool:
    """One whole round, for cron: gather, close what is due, hand over what is due. Whether all went well."""
    return room.gather() & room.look()
