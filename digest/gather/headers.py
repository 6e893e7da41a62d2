"""The headers of a mail as values: decoded, capped, on one line.

The `compat32` policy and our own decoding: the modern policy raises on, or hangs over, headers
that real mail has.
"""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from digest.text import cut, one_line

_HEADER = 2000  # characters of a header that are looked at
_NAME = 100  # characters of a sender's name
# `"Name, of all" <address>` or `Name <address>`; then `address (Name)`; then whatever holds an @.
_NAMED = re.compile(r'\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<bare>[^"<]*))\s*<(?P<address>[^<>]*)>')
_COMMENTED = re.compile(r"\s*(?P<address>[^\s()<>]+@[^\s()<>]+)\s+\((?P<bare>[^()]*)\)")
_DOMAIN = re.compile(r"@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")


def header(message: Message, name: str) -> str:
    """The first header of that name as a line of text, its encoded words decoded; "" where there is none."""
    return _decoded(_raw(message, name))


def sender(message: Message) -> str:
    """Who a reader says it is from: the display name, else the domain of the address, else nothing."""
    raw = _raw(message, "From") or _raw(message, "Sender")
    found = _NAMED.match(raw) or _COMMENTED.match(raw)
    parts = found.groupdict() if found else {}
    name = cut(_decoded(re.sub(r"\\(.)", r"\1", parts.get("quoted") or parts.get("bare") or "")).strip("\"' "), _NAME)
    if name and "@" not in name:
        return name
    domain = _DOMAIN.search(parts.get("address") or raw)
    return domain[1].lower() if domain else ""


def identity(message: Message) -> str:
    """The Message-ID, where there is one."""
    found = re.search(r"<[^<>\s]{1,400}>", _raw(message, "Message-ID"))
    return one_line(found[0]) if found else ""


def published(message: Message) -> str:
    """The Date, else the moment at which the last server took the mail in."""
    return header(message, "Date") or header(message, "Received").rpartition(";")[2].strip()


def language(message: Message) -> str:
    """The first language that the mail says it is in."""
    found = _LANGUAGE.match(header(message, "Content-Language"))
    return found[0] if found else ""


def _raw(message: Message, name: str) -> str:
    """The header as it stands, bytes that nobody declared taken as UTF-8."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")[:_HEADER]
    return raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _decoded(raw: str) -> str:
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError):
        return one_line(raw)
    return one_line("".join(_piece(piece, charset) for piece, charset in pieces))


def _piece(piece: str | bytes, charset: str | None) -> str:
    """A part of a header. What stands between encoded words comes as bytes in Python's own escapes."""
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "raw-unicode-escape", "replace")
    except (LookupError, ValueError):
        return piece.decode("utf-8", "replace")
