"""A DKIM signature that is the same at every attempt. The only module that knows dkimpy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import dkim  # type: ignore[import-untyped]

from digest.errors import DeliveryError

# RFC 6376, 5.4, and RFC 8058, 4, which wants the List-Unsubscribe headers signed. What is named once more than it is there
# cannot be added by another on the way.
_SIGNED = b"From To Subject Date Message-ID List-Id List-Unsubscribe List-Unsubscribe-Post Auto-Submitted MIME-Version Content-Type".split()
_TWICE = (b"From", b"To", b"Subject", b"Date", b"List-Unsubscribe")


class _Dated(dkim.DKIM):  # type: ignore[misc]
    """A signature made at the mail's own date: dkimpy takes the clock's."""

    def gen_header(self, fields: Sequence[tuple[bytes, bytes]], *others: Any, **more: Any) -> bytes:
        date = next(value for name, value in self.headers if name.lower() == b"date")
        stamp = str(int(parsedate_to_datetime(date.decode("ascii").strip()).timestamp())).encode("ascii")
        made: bytes = super().gen_header([(key, stamp if key == b"t" else value) for key, value in fields], *others, **more)
        return made


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for `domain`, whose DNS holds the public half at `<selector>._domainkey`. RSA, SHA-256, relaxed/simple."""

    selector: str
    domain: str
    file: Path

    def key(self) -> bytes:
        """The private key; raises DeliveryError."""
        try:
            found = self.file.read_bytes()[: 2**16]
        except OSError as error:
            cause = f"cannot be read: {error.strerror or error}"
            raise DeliveryError(cause, where=str(self.file), fix="`dkim_key` must name a file that you may read") from None
        if not re.search(rb"-----BEGIN (RSA )?PRIVATE KEY-----", found):
            raise DeliveryError(
                "holds no RSA key in PEM",
                where=str(self.file),
                fix="make one: openssl genrsa -out dkim.pem 2048, and see docs/operations.md",
            )
        return found

    def signed(self, letter: bytes, key: bytes) -> bytes:
        """The letter with its signature in front; raises DeliveryError for a key that is none."""
        there = {name.lower() for name in re.findall(rb"(?m)^([A-Za-z-]+):", letter.partition(b"\r\n\r\n")[0])}
        names = [name for name in _SIGNED if name.lower() in there]
        try:
            head: bytes = _Dated(letter, linesep=b"\r\n").sign(
                self.selector.encode(), self.domain.encode(), key, include_headers=[*names, *(name for name in _TWICE if name in names)]
            )
        except dkim.DKIMException as error:
            raise DeliveryError(f"is no key to sign with: {error}", where=str(self.file), fix="see docs/operations.md, DKIM") from None
        return head + letter
