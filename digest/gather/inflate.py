"""The body of an answer, inflated piece by piece and counted on the way: a bomb stops at the limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from digest.errors import SourceError

_GZIP, _ZLIB, _RAW = 31, 15, -15
_MAGIC = b"\x1f\x8b"
_CUT = "try again later; if it stays so, tell those who run it"


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
    """Every member of a gzip body; what stands behind the last one is padding."""
    found = bytearray()
    while True:
        engine = zlib.decompressobj(_wbits(body, coder))
        found += engine.decompress(body, most - len(found) + 1)
        if len(found) > most:
            raise too_large(most)
        if not engine.eof:
            raise SourceError(f"breaks off in the middle of its {coder}", fix=_CUT)
        body = engine.unused_data
        if coder == "deflate" or not body.startswith(_MAGIC):
            return bytes(found)


def _wbits(body: bytes, coder: str) -> int:
    """Half of the servers that say deflate mean it raw, the others in zlib's wrapping, which is right."""
    if coder != "deflate":
        return _GZIP
    return _ZLIB if body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0 else _RAW


def too_large(most: int) -> SourceError:
    """What is said of more than `most` bytes."""
    shown = f"{most / 2**20:.0f} MiB" if most >= 2**20 else f"{most} bytes"
    return SourceError(f"is larger than {shown}", fix="raise max_size for this source, if you trust it")
