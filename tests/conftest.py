"""What every test may lean on: one fixed moment in one fixed zone, and where the shared material stands."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.store import database

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 18, tzinfo=ZONE)  # Sunday evening, when a week's issue closes
SHARED = Path(__file__).resolve().parents[2] / "shared"  # beside the repository; tests that need it are skipped without it


@pytest.fixture(autouse=True, scope="session")
def no_power_is_lost() -> Iterator[None]:
    """Nothing waits for the disk in this process: a slow one would take more time than all else.

    What must be on the disk, and when, `tests/faults` sees in processes of their own.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(database, "SYNCHRONOUS", "OFF")
        yield
