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

from digest.errors import DocumentError
from digest.model import Document, Hints
from digest.text import one_line

_HEADER = 2000  # characters of a header that are looked at
_PARTS = 200  # parts of a mail that are looked at


def mail_document(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    """The HTML part of the mail, or else its plain text; raises DocumentError where there is neither."""
    message = email.message_from_bytes(content)
    part = _body(message)
    if part is None:
        raise DocumentError("is a mail without text", where=uri, fix="remove it from the folder")
    payload = part.get_payload(decode=True)
    body = payload if isinstance(payload, bytes) else b""
    charset = _charset(part)
    hints = Hints(title=_header(message, "Subject") or None, published=_header(message, "Date") or None)
    yield Document("", uri, part.get_content_type(), body, fetched, charset, hints)


def _body(message: Message) -> Message | None:
    texts: dict[str, Message] = {}
    for number, part in enumerate(message.walk()):
        if number >= _PARTS:
            break
        kind = part.get_content_type()
        if kind in {"text/html", "text/plain"} and part.get_content_disposition() != "attachment":
            texts.setdefault(kind, part)
    return texts.get("text/html") or texts.get("text/plain")


def _charset(part: Message) -> str | None:
    found = part.get_param("charset")
    return found if isinstance(found, str) else None


def _header(message: Message, name: str) -> str:
    raw = str(message.get(name, ""))[:_HEADER]
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError):
        return one_line(raw)
    return one_line("".join(_piece(piece, charset) for piece, charset in pieces))


def _piece(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "utf-8", "replace")
    except LookupError:
        return piece.decode("utf-8", "replace")
