"""A new newsroom on disk: settings, templates, an inbox, and the sample week in it if wanted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from digest.errors import DigestError
from digest.shipped import folder

_AS_OF = re.compile(r"^# (as_of = .*)$", re.MULTILINE)


def lay_out(place: Path, empty: bool = False) -> tuple[str, ...]:
    """Make the newsroom `place`; returns what was made. Nothing that is there is overwritten.

    With the sample week in the inbox the settings fix the moment, so that the first build shows it
    in any year. Raises DigestError where `place` holds a newsroom already or cannot be written.
    """
    settings = place / "config" / "digest.toml"
    if settings.exists():
        raise DigestError("there is a newsroom here already", where=str(settings), fix="name another folder, or edit that file")
    try:
        (place / "inbox").mkdir(parents=True, exist_ok=True)
        (place / "outbox").mkdir(exist_ok=True)
        (place / "config" / "edits").mkdir(parents=True, exist_ok=True)
        _copied(folder("templates"), place / "templates")
        if not empty:
            _copied(folder("sample") / "inbox", place / "inbox")
        text = (folder("config") / "digest.toml").read_text(encoding="utf-8")
        settings.write_text(text if empty else _AS_OF.sub(r"\1", text), encoding="utf-8")
    except OSError as error:
        raise DigestError(
            f"cannot be made: {error.strerror or error}", where=str(place), fix="name a folder that you may write to"
        ) from error
    return ("config/digest.toml", "inbox/", "templates/", "outbox/")


def _copied(source: Path, place: Path) -> None:
    """Copy a folder of ours; a file that stands there already stays as it is."""
    for path in sorted(source.rglob("*")):
        to = place / path.relative_to(source)
        if path.is_dir():
            to.mkdir(parents=True, exist_ok=True)
        elif not to.exists():
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)
