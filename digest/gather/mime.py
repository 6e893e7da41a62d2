"""The bytes of a mail to its letter: which part is the text, and whose mail it really is.

Runs in the child process of `digest.sandbox`; what it answers with is made of what JSON can hold. A
forwarded mail is the mail inside; a signed wrapper is what was signed; of alternatives the HTML is
taken; attachments, pictures and invitations are nothing to read.
"""

from __future__ import annotations

import email
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from typing import Any

from digest.decode import text_of
from digest.errors import DocumentError
from digest.gather.flowed import ENCRYPTED, unflowed, unsigned
from digest.gather.headers import header, identity, language, published, sender
from digest.gather.signed import signed_content

_PARTS = 200  # parts of a mail that are looked at
_DEEPEST = 20  # levels of parts
_HEADERS = 1000  # headers of a mail; real ones have up to a hundred
_BOUNDARY = re.compile(r"(?m)^--([^\s\"\\]{1,70})[ \t]*\r?$")
# What the standard library's parser raises for mails nested or broken in ways that it did not expect.
_BROKEN = (AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def letters(content: bytes) -> list[dict[str, Any]]:
    """The mail in these bytes, or the ones forwarded in it; raises DocumentError where there is no text."""
    try:
        message = email.message_from_bytes(content)
        if len(message) > _HEADERS:
            raise DocumentError(f"has {len(message)} headers, over the limit of {_HEADERS}", fix="remove it")
        walk = _Walk()
        found = list(walk.mails(message, {}, 0))
        if not found and walk.encrypted:
            raise DocumentError("is an encrypted mail", fix="decrypt it, and save its text as .txt or .html")
        if not found:
            raise DocumentError("is a mail without text", fix="remove it from the folder")
    except _BROKEN:
        raise DocumentError("is a mail that cannot be taken apart", fix="save its text as .txt or .html instead") from None
    return found


@dataclass(slots=True)
class _Walk:
    """One walk over a mail, which counts the parts that it has seen."""

    parts: int = 0
    encrypted: bool = False

    def mails(self, message: Message, outer: dict[str, str], depth: int) -> Iterator[dict[str, Any]]:
        """The letters of the mails forwarded in this one, else its own."""
        told = {name: value or outer.get(name, "") for name, value in _told(message).items()}
        found = False
        for inner in self._forwarded(message, depth):
            for letter in self.mails(inner, told, depth + 1):
                found = True
                yield letter
        texts = [] if found else self._texts(message, depth)
        if texts:
            yield told | _letter(texts)

    def _children(self, part: Message, depth: int) -> list[Message]:
        """The parts in this one, as far as the limits go."""
        payload = part.get_payload() if depth <= _DEEPEST else []
        if isinstance(payload, str) and part.get_content_maintype() == "multipart":
            payload = _unbounded(payload)
        parts = [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []
        self.parts += len(parts)
        return parts[: max(0, len(parts) - max(0, self.parts - _PARTS))]

    def _forwarded(self, part: Message, depth: int) -> Iterator[Message]:
        if part.get_content_type() == "multipart/report":  # the mail that came back is our own
            return
        for child in self._children(part, depth):
            if part.get_content_maintype() == "message":
                yield _unwrapped(part, child)
            else:
                yield from self._forwarded(child, depth + 1)

    def _texts(self, part: Message, depth: int) -> list[Message]:
        """The parts that are the text, all HTML or all plain where they stand in one place."""
        kind = part.get_content_type()
        if kind in {"text/html", "text/plain"}:
            return self._text(part)
        if kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
            return self._opaque(part, depth)
        if part.get_content_maintype() != "multipart":
            return []
        self.encrypted = self.encrypted or kind == "multipart/encrypted"
        found = [texts for child in self._children(part, depth) if (texts := self._texts(child, depth + 1))]
        if kind in {"multipart/related", "multipart/signed"}:
            return found[0] if found else []
        if kind == "multipart/alternative":
            return next(filter(_is_html, found), found[0] if found else [])
        every = [text for texts in found for text in texts]
        return [text for text in every if text.get_content_type() == "text/html"] or every

    def _text(self, part: Message) -> list[Message]:
        content = _payload(part)
        if ENCRYPTED.match(content):
            self.encrypted = True
            return []
        return [part] if content.strip() and part.get_content_disposition() != "attachment" else []

    def _opaque(self, part: Message, depth: int) -> list[Message]:
        inner = signed_content(_payload(part))
        if inner is None:
            self.encrypted = True
            return []
        self.parts += 1
        return self._texts(email.message_from_bytes(inner), depth + 1) if max(depth, self.parts - _PARTS) < _DEEPEST else []


def _is_html(texts: list[Message]) -> bool:
    return texts[0].get_content_type() == "text/html"


def _unbounded(payload: str) -> object:
    """The parts of a multipart that does not say its boundary: its first line that looks like one is it."""
    found = _BOUNDARY.search(payload)
    if found is None:
        return []
    again = email.message_from_string(f'Content-Type: multipart/mixed; boundary="{found[1]}"\n\n{payload}')
    return again.get_payload()


def _unwrapped(part: Message, inner: Message) -> Message:
    """The mail in a message part, which some programs encode although no standard allows it."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() not in {"base64", "quoted-printable"} or len(inner):
        return inner
    inner["Content-Transfer-Encoding"] = str(part["Content-Transfer-Encoding"])
    return email.message_from_bytes(_payload(inner))


def _told(message: Message) -> dict[str, str]:
    """What the headers say."""
    return {
        "id": identity(message),
        "title": header(message, "Subject"),
        "outlet": sender(message),
        "published": published(message),
        "language": language(message),
    }


def _letter(texts: list[Message]) -> dict[str, str]:
    """The text itself: bytes in base64, its charset as far as it is said. Several parts are one text after the other."""
    media = texts[0].get_content_type()
    named = [text for text in texts if not text.get_filename()] or texts[:1]
    contents = [(_readable(part), _charset(part)) for part in named]
    content, charset = contents[0]
    if len(contents) > 1:
        content, charset = "\n\n".join(text_of(*one) for one in contents).encode("utf-8", "replace"), "utf-8"
    return {"media": media, "charset": charset or "", "content": b64encode(content).decode("ascii")}


def _readable(part: Message) -> bytes:
    content = _payload(part)
    if part.get_content_type() == "text/html":
        return content
    if _param(part, "format") == "flowed":
        content = unflowed(content, _param(part, "delsp") == "yes")
    return unsigned(content)


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _param(part: Message, name: str) -> str:
    found = part.get_param(name)
    return found.strip().lower() if isinstance(found, str) else ""


def _charset(part: Message) -> str | None:
    found = part.get_param("charset")
    return found if isinstance(found, str) else None
