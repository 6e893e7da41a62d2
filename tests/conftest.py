"""What every test may lean on: one fixed moment, in one fixed zone, and the shared material where it is there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 18, tzinfo=ZONE)
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def now() -> datetime:
    """Sunday evening, when a week's issue closes."""
    return NOW


@pytest.fixture
def shared() -> Path:
    """The folder of seeds and gold data beside the repository; a test that needs it is skipped without it."""
    if not SHARED.is_dir():
        pytest.skip("…/shared is absent")
    return SHARED
