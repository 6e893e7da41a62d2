"""What every test may lean on: one fixed moment in one fixed zone, and where the shared material stands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 18, tzinfo=ZONE)  # Sunday evening, when a week's issue closes
SHARED = Path(__file__).resolve().parents[2] / "shared"  # beside the repository; tests that need it are skipped without it
