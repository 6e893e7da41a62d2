"""Plain text: how wide it is on a terminal, where it breaks, and the numbers of its links."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from digest.text import one_line
from digest.urls import safe

COLUMNS = 72
# What may not begin a line in Chinese and Japanese, and the space before a link's number.
_NEVER_FIRST = " 、。，．：；？！）］｝」』】〉》”’…—"


def width(text: str) -> int:
    """The columns that `text` takes: two for a wide character, none for a combining mark."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def wrap(text: str, first: str = "", rest: str | None = None, columns: int = COLUMNS) -> str:
    """`text` in lines of at most `columns`, the first after `first` and each other one after `rest`.

    It breaks at spaces and between wide characters; an address is never broken, any other word
    only where it is longer than a whole line.
    """
    rest = " " * width(first) if rest is None else rest
    lines, line, used = [], first, width(first)
    empty = True
    for gap, word in _words(one_line(text), columns - width(rest)):
        if not empty and used + gap + width(word) > columns:
            lines.append(line)
            line, used, empty = rest, width(rest), True
        space = "" if empty else " " * gap
        line, used, empty = line + space + word, used + len(space) + width(word), False
    return "\n".join([*lines, line])


def tidy(text: str) -> str:
    """No more than one empty line in a row, no space at a line's end save in `-- `, one newline at the end."""
    text = re.sub(r"(?<!^--)[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


class Links:
    """Numbers for addresses, given out in order; `take` hands over those not listed yet."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._waiting: list[tuple[int, str, str]] = []

    def mark(self, url: str, label: str) -> str:
        """` [3]` for an address that may be a link, nothing for any other."""
        url = safe(url)
        if not url:
            return ""
        if url not in self._numbers:
            self._numbers[url] = len(self._numbers) + 1
            self._waiting.append((self._numbers[url], one_line(label), url))
        return f" [{self._numbers[url]}]"

    def take(self) -> list[tuple[int, str, str]]:
        """(number, label, address) of each link marked since the last call."""
        taken, self._waiting = self._waiting, []
        return taken


@cache
def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _words(text: str, columns: int) -> Iterator[tuple[int, str]]:
    """(columns of space before it, word) for everything that stays on one line."""
    for word in re.split(r" (?!\[\d+\])", text):  # a link's number stays with its words
        gap = 1
        for part in _parts(word):
            for piece in _pieces(part, columns):
                yield gap, piece
                gap = 0


def _parts(word: str) -> list[str]:
    """A word cut after its wide characters, closing marks kept with what they close."""
    if word.isascii():
        return [word]
    parts: list[str] = []
    for character in word:
        wide = _columns(character) == 2
        held = character in _NEVER_FIRST or _columns(character) == 0
        if parts and (held or parts[-1].endswith("\u200d") or not (wide or _columns(parts[-1][-1]) == 2)):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _pieces(word: str, columns: int) -> list[str]:
    """`word`, or its pieces of one line each where it is longer than that and no address."""
    if width(word) <= columns or re.search(r"https?://", word):
        return [word]
    pieces, used = [""], 0
    for character in word:
        if used + _columns(character) > columns:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += _columns(character)
    return pieces
