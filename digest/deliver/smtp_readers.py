"""Who gets the mail: addresses from the settings and from a file, checked before anything is sent.

The only module that knows idna: a domain is kept in the letters that DNS knows, so that one mailbox
is one recipient however its domain was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import idna

from digest.errors import SettingsError
from digest.text import cut, one_line, visible

# What stands before the @ without quotation marks (RFC 5322, 3.2.3), or any letter outside ASCII (RFC 6531).
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+)*")
_FORM = re.compile(r"(?:\"(?P<quoted>[^\"<>]*)\"|(?P<name>[^\"<>]*?))\s*<(?P<address>[^<>]*)>")
_LARGEST = 32 * 2**20  # bytes: half a million readers
_SHOWN = 5  # mistakes that are told at once


@dataclass(frozen=True, slots=True)
class Reader:
    """One recipient. `address` is its identity in the store; its domain is in lower case and ASCII."""

    address: str
    name: str = ""


def reader(line: str) -> Reader:
    """`ada@quay.example`, `Ada <ada@…>` or `"Brand, Ada" <ada@…>`; raises ValueError, which says what is wrong."""
    if visible(line) != line or "\n" in line or "\t" in line:
        raise ValueError("holds a line break or another sign that cannot be seen")
    line = line.strip()
    found = _FORM.fullmatch(line)
    name = (found["quoted"] or found["name"] or "") if found else ""
    return Reader(_address((found["address"] if found else line).strip()), cut(name.strip(), 60))


def _address(text: str) -> str:
    local, _, domain = text.rpartition("@")
    if not local or not domain:
        raise ValueError("is no mail address")
    if not _LOCAL.fullmatch(local) or len(local.encode()) > 64:
        raise ValueError(f"is no mail address: {cut(local, 70)!r} cannot stand before the @")
    address = f"{local}@{_domain(domain)}"
    if len(address.encode()) > 254:
        raise ValueError("is longer than a mail address may be")
    return address


def _domain(domain: str) -> str:
    """A domain as DNS knows it, by today's rules: the standard library's are older and turn `ß` into another domain's `ss`."""
    try:
        found = idna.encode(domain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        raise ValueError(f"has no domain behind the @: {cut(str(error), 100)}") from None
    if not re.search(r"[a-z]", found.rpartition(".")[2]) or found.endswith("."):
        raise ValueError("has no domain behind the @: a name is needed, not a number")
    return found


def readers(listed: Iterable[str], file: Path | None) -> dict[str, Reader]:
    """Everyone by address, each once, first come; raises SettingsError, which names every line that is wrong (the first five)."""
    mistakes: list[str] = []
    found: dict[str, Reader] = {}
    for place, line in (*((f"`recipients`[{number}]", line) for number, line in enumerate(listed, 1)), *(_lines(file) if file else ())):
        try:
            one = reader(line)
        except ValueError as error:
            mistakes.append(f"{place}: {cut(line, 60)!r} {error}")
        else:
            found.setdefault(one.address.casefold(), one)
    if mistakes:
        more = f"\n  and {len(mistakes) - _SHOWN} more" if len(mistakes) > _SHOWN else ""
        raise SettingsError(
            "\n  ".join(mistakes[:_SHOWN]) + more,
            where=str(file or ""),
            fix="write one address a line, ada@quay.example or Ada <ada@quay.example>; nothing was sent",
        )
    return {one.address: one for one in found.values()}


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    """The lines of the file that hold something, with their places; `#` begins a comment at the start or behind a space."""
    try:
        if not file.is_file():
            raise FileNotFoundError(2, "there is no such file")
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        cause = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else f"cannot be read: {error.strerror or error}"
        raise SettingsError(cause, where=str(file), fix="`recipients_file` must name a text file, one address a line") from None
    if len(content) > _LARGEST:
        raise SettingsError("is too large for a list of readers", where=str(file), fix="name the right file in `recipients_file`")
    for number, line in enumerate(content.split("\n"), 1):
        bare = re.sub(r"(^|\s)#.*", "", line.removesuffix("\r"))
        if one_line(bare):
            yield f"line {number}", bare
