"""One mail as a document.

The `compat32` policy and our own decoding: the modern policy raises on, or hangs over, headers
that real mail has. Headers are capped before they are decoded.
"""

from __future__ import annotations

import email
from collections.abc import Iterator
from datetime import datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from itertools import islice

from digest.errors import DocumentError
from digest.model import Document, Hints
from digest.text import one_line

_HEADER = 2000  # characters of a header that are looked at
_PARTS = 200  # parts of a mail that are looked at
# What the standard library's parser raises for mails nested or broken in ways that it did not expect.
_BROKEN = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def mail_document(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    """The HTML part of the mail, or else its plain text; raises DocumentError where there is neither."""
    try:
        message = email.message_from_bytes(content)
        part = _body(message)
        if part is None:
            raise DocumentError("is a mail without text", where=uri, fix="remove it from the folder")
        hints = Hints(title=_header(message, "Subject") or None, published=_header(message, "Date") or None)
        yield Document("", uri, part.get_content_type(), _payload(part), fetched, _charset(part), hints)
    except _BROKEN:
        raise DocumentError("is a mail that cannot be taken apart", where=uri, fix="save its text as .txt or .html instead") from None


def _body(message: Message) -> Message | None:
    """The first HTML part that holds anything, or else the first such plain one; no attachment."""
    texts: dict[str, Message] = {}
    for part in islice(message.walk(), _PARTS):
        kind = part.get_content_type()
        if kind in {"text/html", "text/plain"} and part.get_content_disposition() != "attachment" and _payload(part).strip():
            texts.setdefault(kind, part)
    return texts.get("text/html") or texts.get("text/plain")


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _charset(part: Message) -> str | None:
    found = part.get_param("charset")
    return found if isinstance(found, str) else None


def _header(message: Message, name: str) -> str:
    """The header as a line of text, its encoded words decoded, bytes that nobody declared taken as UTF-8."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")[:_HEADER]
    raw = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
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
