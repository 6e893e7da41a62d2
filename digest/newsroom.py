"""A new newsroom on disk: settings, templates, an inbox, and the sample week in it if wanted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from digest.errors import DigestError, DocumentError, UsageError
from digest.gather.opml import outlines, read_list
from digest.settings import nearest
from digest.shipped import folder

_THEME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_AS_OF = re.compile(r"^# (as_of = .*)$", re.MULTILINE)


_TABLE = """[[sources]]                            # every feed in this list is a source of its own
name = "Feeds"
kind = "opml"
path = "config/sources.opml"

"""
_BEFORE = '# [outlets."'  # where in the settings another source goes


def lay_out(place: Path, empty: bool = False, opml: Path | None = None) -> tuple[str, ...]:
    """Make the newsroom `place`; returns what was made. Nothing that is there is overwritten.

    With the sample week in the inbox the settings fix the moment, so that the first build shows it
    in any year. `opml` is a list of feeds to follow. Raises DigestError where `place` holds a newsroom
    already or cannot be written, or the list cannot be read.
    """
    settings = place / "config" / "digest.toml"
    if settings.exists():
        raise DigestError("there is a newsroom here already", where=str(settings), fix="name another folder, or edit that file")
    feeds = _feeds(opml) if opml else b""
    try:
        (place / "inbox").mkdir(parents=True, exist_ok=True)
        (place / "outbox").mkdir(exist_ok=True)
        (place / "config" / "edits").mkdir(parents=True, exist_ok=True)
        _copied(folder("templates"), place / "templates")
        if not empty:
            _copied(folder("sample") / "inbox", place / "inbox")
        text = (folder("config") / "digest.toml").read_text(encoding="utf-8")
        if feeds:
            (place / "config" / "sources.opml").write_bytes(feeds)
            text = text.replace(_BEFORE, _TABLE + _BEFORE, 1)
        settings.write_text(text if empty else _AS_OF.sub(r"\1", text), encoding="utf-8")
    except OSError as error:
        raise DigestError(
            f"cannot be made: {error.strerror or error}", where=str(place), fix="name a folder that you may write to"
        ) from error
    return ("config/digest.toml", *(("config/sources.opml",) if feeds else ()), "inbox/", "templates/", "outbox/")


def start_theme(templates: Path, name: str, of: str) -> tuple[str, ...]:
    """Make the theme `name` in the folder `templates` a copy of the shipped theme `of`; returns its files.

    Raises UsageError where there is no such theme, or one of that name is there.
    """
    shipped = folder("templates")
    found = sorted(home.name for home in shipped.iterdir() if home.is_dir() and not home.name.startswith(("_", ".")))
    if of not in found:
        raise UsageError(f"--theme-from is {of!r}, and no such theme is shipped{nearest(of, found)}", fix=f"shipped are {', '.join(found)}")
    if not _THEME.fullmatch(name):
        raise UsageError(f"{name!r} is no name of a theme", fix="letters, digits and hyphens, such as evening-edition")
    home = templates / name
    if home.exists() or name in found:
        raise UsageError("there is a theme of that name", where=str(home), fix="choose another name, or edit that one")
    try:
        _copied(shipped / of, home)
    except OSError as error:
        raise DigestError(
            f"cannot be made: {error.strerror or error}", where=str(home), fix="name a folder that you may write to"
        ) from error
    return tuple(sorted(path.name for path in home.iterdir()))


def _copied(source: Path, place: Path) -> None:
    """Copy a folder of ours; a file that stands there already stays as it is."""
    for path in sorted(source.rglob("*")):
        to = place / path.relative_to(source)
        if path.is_dir():
            to.mkdir(parents=True, exist_ok=True)
        elif not to.exists():
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)


def _feeds(opml: Path) -> bytes:
    """The list, once it is known to be one."""
    try:
        content = read_list(opml)
        found = outlines(content)
    except DocumentError as error:
        raise UsageError(error.cause, where=str(opml), fix=error.fix) from None
    if not found:
        raise UsageError("names no feed", where=str(opml), fix="name a list of feeds in OPML")
    return content
