"""Mails as documents. They are taken apart by `digest.gather.mime`, in a child process."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from types import TracebackType
from typing import Any

from digest.decode import said_charset
from digest.errors import DocumentError
from digest.gather.mbox import Lines, mails
from digest.model import Document, Hints
from digest.sandbox import Sandbox

Reader = Callable[[str, bytes, datetime], Iterator[Document | DocumentError]]

# What one mail may take: one of 14 MiB takes 1.1 s and 154 MiB (measured, HTML in base64).
_SECONDS, _MEMORY = 20.0, 280 * 2**20


class Mails:
    """Takes mails apart, as long as it is open; its child process starts with the first mail."""

    def __init__(self) -> None:
        self._sandbox = Sandbox("digest.gather.mime:letters", _SECONDS, _MEMORY)

    def __enter__(self) -> Mails:
        self._sandbox.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._sandbox.__exit__(kind, error, trace)

    def eml(self, uri: str, content: bytes, fetched: datetime) -> Iterator[Document]:
        """The document of one mail, several where mails were forwarded in it; raises DocumentError."""
        try:
            found = self._sandbox.run(content)
        except DocumentError as error:
            raise DocumentError(error.cause, where=uri, fix=error.fix) from None
        for number, letter in enumerate(found, 1):
            yield _document(f"{uri}#{number}" if len(found) > 1 else uri, letter, fetched)

    def mbox(self, uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
        """The documents of all mails in an mbox file; raises DocumentError where it is none."""
        return self.stream(uri, BytesIO(content), fetched, len(content))

    def stream(self, uri: str, stream: Lines, fetched: datetime, limit: int, before: int = 0) -> Iterator[Document | DocumentError]:
        """The same of a file that may be large, of mails that have no more than `limit` bytes, behind `before` others."""
        number = before
        for number, content in enumerate(mails(stream, limit), before + 1):
            where = f"{uri}#{number}"
            if content is None:
                yield DocumentError(f"has more than {limit} bytes", where=where, fix="raise max_file_size for this source")
                continue
            try:
                yield from self.eml(where, content, fetched)
            except DocumentError as error:
                yield error
        if not number:
            raise DocumentError("holds no mail", where=uri, fix="an mbox file has a line `From …` before each mail")

    def readers(self) -> dict[str, Reader]:
        """The formats of mail by their suffixes."""
        return {".eml": self.eml, ".mbox": self.mbox}


def alone(suffix: str) -> Reader:
    """A reader that needs no open `Mails`: it has its own for each file."""

    def reader(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
        with Mails() as own:
            yield from own.readers()[suffix](uri, content, fetched)

    return reader


def _document(uri: str, letter: dict[str, Any], fetched: datetime) -> Document:
    content = b64decode(letter["content"])
    charset = letter["charset"] or (said_charset(content) if letter["media"] == "text/html" else None)
    said = {name: value or None for name, value in letter.items()}
    hints = Hints(said["id"], said["outlet"], said["title"], published=said["published"], language=said["language"])
    return Document("", uri, letter["media"], content, fetched, charset, hints, mail=True)
