"""UTF-8 that somebody read as cp1252 or Latin-1 (`CafÃ©`, `donâ€™t`), read right again; also where it happened twice.

Right text is never touched: what could be words in some language (`MAÇÃ”`, `ABBÉ”`) is mended only
where the rest of the text leaves no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_TIMES = 3  # how often in a row it has happened, at most
# What cp1252 shows for the bytes 80 to 9F; the five bytes that it leaves open show as controls.
_SHOWN = {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}}
_FOLLOW = "[\x80-\xbf" + "".join(_SHOWN) + "]"
_RUN = re.compile(f"(?:[\xc2-\xdf]{_FOLLOW}|[\xe0-\xef]{_FOLLOW}{{2}}|[\xf0-\xf4]{_FOLLOW}{{3}})+")
_FIRST = re.compile("[\xc2-\xf4]")  # which most texts do not hold
_SIGN = re.compile("[\xc2\xc3][\xa1-\xaa\xac-\xba\xbc-\xbf]|\xe2\u20ac|\xe2\x80")  # pairs that no language writes
_LEADS = re.compile("[\xc2-\xc5\xe2]")
_SHARE = 0.8  # of the letters that could begin such a pair, those that do, where only their number speaks for it
_LEAST = 3  # such pairs; or letters of another script in a row


@dataclass(frozen=True, slots=True)
class Mended:
    """A text read right, and the first words that were wrong; none where nothing was."""

    text: str
    wrong: str = ""


def mended(text: str) -> Mended:
    """`text` with what was read in the wrong charset read in the right one."""
    first = _RUN.search(text) if _FIRST.search(text) else None
    if first is None:
        return Mended(text)
    read = _right({found.group() for found in _RUN.finditer(text)})
    good = _good(text, read)
    made = _RUN.sub(lambda found: read[found.group()] if found.group() in good else found.group(), text)
    return Mended(made, text[max(0, first.start() - 20) : first.end() + 20]) if made != text else Mended(text)


def _good(text: str, read: Mapping[str, str]) -> frozenset[str]:
    """The runs that are to be read anew, seeing what all of them would be."""
    latin = {run for run, made in read.items() if _is_latin(made)}
    count = sum(len(read[found.group()]) for found in _RUN.finditer(text) if found.group() in latin)
    many = count >= _LEAST and count >= _SHARE * sum(1 for _ in _LEADS.finditer(text))
    good = latin if many or any(map(_SIGN.search, latin)) else set()
    for is_script, least in ((_is_near, _LEAST), (_is_far, _LEAST - 1)):
        script = {run for run, made in read.items() if is_script(made)}
        good |= script if any(len(read[run]) >= least for run in script) else set()
    return frozenset(good)


def _right(runs: Iterable[str]) -> dict[str, str]:
    """Each run read as UTF-8, as often as the text was read wrong; nothing for one that is none."""
    read = {run: _decoded(run) for run in runs}
    for _ in range(_TIMES - 1):
        again = {run: _RUN.sub(lambda found: _decoded(found.group()) or found.group(), made) for run, made in read.items()}
        if not any(_SIGN.search(made) or _is_script(again[run]) for run, made in read.items() if again[run] != made):
            break
        read = again
    return read


def _decoded(run: str) -> str:
    try:
        return bytes(_SHOWN.get(char, ord(char)) for char in run).decode("utf-8")
    except (UnicodeDecodeError, ValueError):
        return ""


def _is_latin(read: str) -> bool:
    """Letters and signs of the languages of Europe."""
    return bool(read) and all("\xa0" <= char <= "\u017f" or "\u2010" <= char <= "\u2044" or char in "€™" for char in read)


def _is_script(read: str) -> bool:
    return len(read) >= _LEAST and (_is_near(read) or _is_far(read))


def _is_near(read: str) -> bool:
    """Greek, Cyrillic, Hebrew or Arabic: several letters in a row come about by no accident."""
    return bool(read) and all("\u0370" <= char <= "\u06ff" for char in read)


def _is_far(read: str) -> bool:
    """The scripts of East Asia."""
    return bool(read) and all("\u3000" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" or "\uff00" <= char <= "\uffef" for char in read)
