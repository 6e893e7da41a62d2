"""Themes: folders of templates. A file is looked for in the user's theme, then in the shipped ones.

A theme need hold only what it changes: what it lacks comes from the shipped theme of its name, and
failing that from the default.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from digest.errors import RenderError, SettingsError
from digest.settings import Settings, nearest
from digest.shipped import folder
from digest.text import sha

_DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Theme:
    """The folders in which a theme's files are looked for, first one first."""

    name: str
    folders: tuple[Path, ...]

    def find(self, file: str) -> Path | None:
        """Where `file` of this theme stands, or None."""
        return next((path for home in self.folders if (path := home / file).is_file()), None)

    def read(self, file: str) -> tuple[str, str]:
        """The text of `file`, and where it stands; raises RenderError."""
        path = self.find(file)
        if path is None:
            raise RenderError(f"the theme {self.name!r} has no {file}", where=str(self.folders[0]), fix=f"add {file} to it")
        try:
            return path.read_text("utf-8"), str(path)
        except (OSError, UnicodeDecodeError) as error:
            raise RenderError(f"cannot be read: {error}", where=str(path), fix="it must be a UTF-8 text file") from error


def theme_of(settings: Settings) -> Theme:
    """The theme that the settings name; raises SettingsError where there is none."""
    roots = _roots(settings)
    chosen = settings.digest.theme
    found = _names(roots)
    if chosen not in found:
        raise SettingsError(
            f"`digest.theme` is {chosen!r}, and there is no such theme{nearest(chosen, found)}",
            where=str(settings.file),
            fix=f"themes in {roots[0]} and among the shipped ones: {', '.join(found)}",
        )
    homes = [root / name for name in dict.fromkeys((chosen, _DEFAULT)) for root in roots]
    return Theme(chosen, (*(home for home in homes if home.is_dir()), *roots))


def theme_digest(settings: Settings) -> str:
    """SHA-256 over every file that the theme could use, by name and content."""
    files: dict[str, Path] = {}
    theme = theme_of(settings)
    for home in theme.folders[: -len(_roots(settings))]:
        files |= {name: path for name, path in _files(home).items() if name not in files}
    for root in _roots(settings):
        for shared in ("_macros", "_words"):
            files |= {name: path for name, path in _files(root / shared, f"{shared}/").items() if name not in files}
    return sha(*(part for name in sorted(files) for part in (name, files[name].read_bytes())))


def changed(settings: Settings) -> bool:
    """Whether the newsroom's templates hold a file that differs from the shipped one of its name."""
    own, shipped = _roots(settings)
    return any(not (shipped / name).is_file() or (shipped / name).read_bytes() != path.read_bytes() for name, path in _files(own).items())


def _roots(settings: Settings) -> tuple[Path, ...]:
    return settings.path(settings.paths.templates), folder("templates")


def _names(roots: tuple[Path, ...]) -> list[str]:
    homes = (home for root in roots if root.is_dir() for home in root.iterdir() if home.is_dir())
    return sorted({home.name for home in homes if not home.name.startswith(("_", "."))})


def _files(home: Path, prefix: str = "") -> dict[str, Path]:
    """The files under `home` by name; an editor's hidden ones are no part of a theme."""
    found = (path for path in sorted(home.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {prefix + path.relative_to(home).as_posix(): path for path in found}
