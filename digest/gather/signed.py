"""What stands inside an S/MIME wrapper that is only signed (RFC 8551, opaque signing).

The signature is not checked: a newsletter is as good as its sender's name, signed or not.
"""

from __future__ import annotations

# id-data, the type of the content that was signed; what follows it is the content: [0] { OCTET STRING }.
_DATA = bytes.fromhex("06092a864886f70d010701")
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_SCOPE = 64  # bytes at the head in which the wrapper says what it is
_DEEPEST = 8


def signed_content(wrapper: bytes) -> bytes | None:
    """The mail inside the wrapper; None where it is encrypted, detached or broken."""
    if _SIGNED not in wrapper[:_SCOPE]:
        return None
    at = wrapper.find(_DATA)
    if at < 0:
        return None
    try:
        tag, body, _ = _element(wrapper, at + len(_DATA))
        return _octets(body, 0) if tag == 0xA0 else None
    except (IndexError, ValueError):
        return None


def _octets(content: bytes, depth: int) -> bytes:
    """The bytes of the octet strings in `content`, whole or in pieces, as BER allows."""
    if depth > _DEEPEST:
        raise ValueError("pieces of pieces without end")
    pieces, at = [], 0
    while at < len(content):
        tag, body, at = _element(content, at)
        if tag == 0x04:
            pieces.append(body)
        elif tag == 0x24:
            pieces.append(_octets(body, depth + 1))
        elif tag == 0x00:
            break
        else:
            raise ValueError("is no octet string")
    return b"".join(pieces)


def _element(content: bytes, at: int) -> tuple[int, bytes, int]:
    """Tag, body and end of the element at `at`; one of indefinite length goes on to the end of what is there."""
    tag, first = content[at], content[at + 1]
    at += 2
    if first == 0x80:
        return tag, content[at:], len(content)
    length = first
    if first > 0x80:
        size = first & 0x7F
        length = int.from_bytes(content[at : at + size], "big")
        at += size
    if at + length > len(content):
        raise ValueError("ends before its end")
    return tag, content[at : at + length], at + length
