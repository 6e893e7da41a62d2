"""The browser: each form of the newest issue, rebuilt when a file changes. Consumes and writes nothing.

    files ─watch→ Desk ─build→ Built ─web→ page, files, state
                    └─ Events ─→ the page shows the new build

Whatever is heavy is imported on the first call, so that other commands stay quick.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.preview.desk import Build
    from digest.preview.web import App

__all__ = ["app", "serve"]


def serve(
    settings_file: Path, now: Callable[[], datetime], host: str = "127.0.0.1", port: int = 8765, say: Callable[[str], None] = print
) -> None:
    """Show the issue at `host`:`port` until Ctrl-C; raises DigestError where the port cannot be had.

    `now` is the moment at which the issue closes, unless the settings fix one.
    """
    from digest.preview.server import serve as run  # noqa: PLC0415 - heavy

    run(settings_file, now, host, port, say)


def app(build: Build, say: Callable[[str], None] = print) -> App:
    """The pages alone, over one build made at once: no files are watched."""
    from digest.preview.desk import Desk  # noqa: PLC0415 - heavy, as are these
    from digest.preview.events import Events  # noqa: PLC0415
    from digest.preview.web import pages  # noqa: PLC0415

    desk = Desk(build, say)
    desk.rebuild()
    return pages(desk, Events())
