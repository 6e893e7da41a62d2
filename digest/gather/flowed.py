"""The plain text of a mail as its writer saw it: lines flowed together again (RFC 3676), OpenPGP's armour off."""

from __future__ import annotations

import re

_ARMOUR = re.compile(
    rb"-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\r?\n(?:[A-Za-z-]{1,40}:[^\n]{0,200}\n){0,10}[ \t]*\r?\n"
    rb"(?P<text>.*?)\r?\n-----BEGIN PGP SIGNATURE-----.*?(?:-----END PGP SIGNATURE-----|\Z)",
    re.DOTALL,
)
ENCRYPTED = re.compile(rb"\s*-----BEGIN PGP MESSAGE-----")


def unflowed(content: bytes, delsp: bool) -> bytes:
    """The text with its soft line breaks undone; `delsp` says that the space before each of them goes too.

    A line that ends in a space goes on in the next one of the same depth of quotation; the mark of
    a signature, `-- `, never does.
    """
    lines: list[bytes] = []
    flows, depth = False, 0
    for raw in content.split(b"\n"):
        line = raw.removesuffix(b"\r")
        body = line.lstrip(b">")
        here = len(line) - len(body)
        body = body.removeprefix(b" ")
        if flows and here == depth and body != b"-- ":
            lines[-1] += body
        else:
            lines.append(b">" * here + (b" " if here else b"") + body)
        flows, depth = body.endswith(b" ") and body != b"-- ", here
        if flows and delsp:
            lines[-1] = lines[-1][:-1]
    return b"\n".join(lines)


def unsigned(content: bytes) -> bytes:
    """What stands inside a clear-signed text, its dashes unescaped; the text as it is where it is none."""
    found = _ARMOUR.search(content)
    if found is None:
        return content
    text = re.sub(rb"(?m)^- ", b"", found["text"])
    return content[: found.start()] + text + content[found.end() :]
