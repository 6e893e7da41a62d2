"""Which files of a folder are wanted, by patterns as a shell has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import translate

# What browsers, curl, rsync and others call a file that is not all there yet.
_UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart")


class Globs:
    """`include` and `exclude`, compiled: a folder may hold very many files.

    `*` matches any text, `/` too; `**/` any folders or none. A pattern is matched against the path
    from the source's folder, and against the bare name.
    """

    def __init__(self, include: Sequence[str], exclude: Sequence[str]) -> None:
        self._include, self._exclude = _compiled(include), _compiled(exclude)

    def want(self, relative: str, name: str) -> bool:
        """Whether a file is wanted; one that is still being written, if it is wanted under its final name."""
        if name.startswith(".") or name.endswith("~"):
            return False
        final = unfinished(name)
        if final:
            relative, name = relative[: len(relative) - len(name) + len(final)], final
        return self._matches(self._include, relative, name) and not self._matches(self._exclude, relative, name)

    @staticmethod
    def _matches(pattern: re.Pattern[str], relative: str, name: str) -> bool:
        return bool(pattern.match(relative) or (relative != name and pattern.match(name)))


def unfinished(name: str) -> str:
    """The final name of a file whose name says that it is still being written; "" for any other."""
    lower = name.lower()
    return next((name[: -len(suffix)] for suffix in _UNFINISHED if lower.endswith(suffix) and len(lower) > len(suffix)), "")


def _compiled(globs: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, globs)) or r"(?!)", re.DOTALL)


def _pattern(glob: str) -> str:
    """A glob as a regular expression that must match to the end."""
    return r"(?:.*/)?".join(_inner(part) for part in glob.split("**/")) + r"\Z"


def _inner(part: str) -> str:
    """What `fnmatch` makes of a part, out of its wrapping `(?s:…)\\Z`."""
    whole = translate(part)
    return f"(?:{whole[whole.index(':') + 1 : whole.rindex(')')]})"
