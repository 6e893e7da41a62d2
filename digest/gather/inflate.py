"""The body of an answer, or a packed file, inflated piece by piece and counted on the way: a bomb stops at the limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from digest.errors import SourceError

_GZIP, _ZLIB, _RAW = 31, 15, -15
_MAGIC = b"\x1f\x8b"
_SHORTEST, _LONGEST = 2**9, 2**16  # bytes that are inflated at once
_CUT = "try again later; if it stays so, tell those who run it"


class BrokenOffError(SourceError):
    """A compressed body that is not whole."""


def decoded(pieces: Iterable[bytes], encoding: str, most: int) -> bytes:
    """What `pieces` hold once `encoding` (gzip, deflate or none) is undone; raises SourceError.

    Neither the pieces nor what they become may exceed `most` bytes; a compressed body must be whole.
    """
    coder = encoding.strip().lower()
    if coder in {"", "identity"}:
        return bytes(_counted(pieces, most))
    if coder not in {"gzip", "x-gzip", "deflate"}:
        raise SourceError(f"came compressed as {coder[:40]!r}, which was not asked for", fix=_CUT)
    body = _counted(pieces, most)
    try:
        return _inflated(bytes(body), coder, most) if body else b""
    except zlib.error:
        raise SourceError(f"came as broken {coder}", fix=_CUT) from None


def _counted(pieces: Iterable[bytes], most: int) -> bytearray:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > most:
            raise too_large(most)
    return body


def _inflated(body: bytes, coder: str, most: int) -> bytes:
    """Every member of a gzip body; what stands behind the last one is padding.

    A member is fed in pieces that grow: of a body of a million empty members, what is left would
    otherwise be copied a million times.
    """
    found, at = bytearray(), 0
    while True:
        engine, piece = zlib.decompressobj(_wbits(body[at : at + 2], coder)), _SHORTEST
        while not engine.eof:
            fed = body[at : at + piece]
            if not fed:
                raise BrokenOffError(f"breaks off in the middle of its {coder}", fix=_CUT)
            found += engine.decompress(fed, most - len(found) + 1)
            if len(found) > most:
                raise too_large(most)
            at, piece = at + len(fed), min(2 * piece, _LONGEST)
        at -= len(engine.unused_data)
        if coder == "deflate" or not body.startswith(_MAGIC, at):
            return bytes(found)


def _wbits(body: bytes, coder: str) -> int:
    """Half of the servers that say deflate mean it raw, the others in zlib's wrapping, which is right."""
    if coder != "deflate":
        return _GZIP
    return _ZLIB if body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0 else _RAW


def unpacked(content: bytes, most: int) -> bytes:
    """What a `.gz` file holds, `most` bytes of it at most; raises SourceError, BrokenOffError."""
    try:
        return _inflated(content, "gzip", most) if content else b""
    except BrokenOffError as error:
        raise BrokenOffError(error.cause, fix="copy it again") from None
    except SourceError as error:
        raise SourceError(f"{error.cause} once it is unpacked", fix="split it, or raise max_file_size for this source") from None
    except zlib.error:
        raise SourceError("is no gzip, or broken", fix="pack it again, or take the .gz off its name") from None


def too_large(most: int) -> SourceError:
    """What is said of more than `most` bytes."""
    shown = f"{most / 2**20:.0f} MiB" if most >= 2**20 else f"{most} bytes"
    return SourceError(f"is larger than {shown}", fix="raise max_size for this source, if you trust it")
