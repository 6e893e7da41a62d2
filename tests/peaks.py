"""How much memory the child of one sandbox has had: that of all children of a test run says nothing of it."""

from __future__ import annotations

import re
from pathlib import Path

from digest.sandbox import Sandbox


def peak(sandbox: Sandbox) -> int:
    """The most bytes that the child held at once; 0 where there is no child, or no /proc to ask."""
    child = sandbox._child
    status = Path(f"/proc/{child.pid}/status") if child else None
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status and status.exists() else None
    return int(found[1]) * 1024 if found else 0
