"""What every test may lean on: one fixed moment in one fixed zone, where the shared material stands, and one Chromium for all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.store import database
from tests.preview.chromium import Page, program

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


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Started once: a Chromium takes seconds to start, and a page takes none. Take `browser`, which is clean."""
    if program() is None:
        assert os.environ.get("CI") != "true", "Chromium is missing"
        pytest.skip("Chromium is missing")
    with Page(tmp_path_factory.mktemp("chromium")) as page:
        yield page


@pytest.fixture
def browser(chromium: Page) -> Page:
    """An empty page in which nothing of the test before is left."""
    chromium.clear()
    return chromium
