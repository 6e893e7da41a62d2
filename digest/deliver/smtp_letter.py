"""One reader's letter: the bytes of issue.eml, with the reader's own headers put in front by hand.

The body is never parsed or written anew, so what was rendered is what is sent, and every attempt sends the same.
"""

from __future__ import annotations

import hmac
import re
from email.header import Header
from urllib.parse import quote

from digest.deliver.smtp_readers import Reader
from digest.errors import DeliveryError
from digest.model import Parcel

_LINE = 998  # RFC 5322, 2.1.1
_EOL = b"\r\n"


def base(parcel: Parcel) -> bytes:
    """The mail of the issue; raises DeliveryError where there is none, or none that may travel."""
    found = next((file.content for file in parcel.files if file.name == "issue.eml"), None)
    if found is None:
        raise DeliveryError("there is no issue.eml in the issue", where=parcel.issue, fix="build it with the shipped renderers")
    if (
        not found.isascii()
        or re.search(rb"\r(?!\n)|(?<!\r)\n", found)
        or max(map(len, found.split(_EOL))) > _LINE
        or b"\r\n\r\n" not in found
    ):
        raise DeliveryError(
            f"issue.eml has a line over {_LINE} bytes, or one that does not end as mail does, or a sign outside ASCII",
            where=parcel.issue,
            fix="it must be as the shipped renderer writes it: nothing was sent",
        )
    return found if found.endswith(_EOL) else found + _EOL


def letter(mail: bytes, to: Reader, ways_out: str = "") -> bytes:
    """`mail` to one reader; `ways_out`, where given, is that reader's own List-Unsubscribe."""
    head, _, body = mail.partition(_EOL * 2)
    mine = {b"to": f"To: {_shown(to)}"}
    if ways_out:
        mine |= {b"list-unsubscribe": f"List-Unsubscribe: {ways_out}", b"list-unsubscribe-post": ""}
        if ways_out.startswith("<https:"):
            mine[b"list-unsubscribe-post"] = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    kept = [field for field in re.split(rb"\r\n(?![ \t])", head) if field.partition(b":")[0].strip().lower() not in mine]
    return _EOL.join([*(field.encode() for field in mine.values() if field), *kept, b"", body])


def ways_out(template: str, mailto: str, to: Reader, secret: str) -> str:
    """The List-Unsubscribe of one reader: `{recipient}` and `{token}` of the template are filled in, ready for an address."""
    if not template:
        return ""
    url = template.replace("{recipient}", quote(to.address, safe="")).replace("{token}", token(secret, to))
    return f"<{url}>, <mailto:{mailto}>" if mailto else f"<{url}>"


def token(secret: str, to: Reader) -> str:
    """What only the sender can make of an address: 40 digits of the HMAC-SHA256 of it."""
    return hmac.new(secret.encode(), to.address.encode(), "sha256").hexdigest()[:40]


def stuffed(content: bytes) -> bytes:
    """As it goes over the line: a dot before each dot that begins a line (RFC 5321, 4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", content)


def _shown(to: Reader) -> str:
    """`Ada Fairwind <ada@…>`, the name in quotation marks or encoded words where it must be."""
    if not to.name:
        return to.address
    if not to.name.isascii() or "=?" in to.name:
        name = Header(to.name, "utf-8", maxlinelen=72, header_name="To").encode(linesep="\r\n")
        return f"{name}\r\n <{to.address}>"
    if re.fullmatch(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+", to.name):
        return f"{to.name} <{to.address}>"
    name = re.sub(r"([\\\"])", r"\\\1", to.name)
    return f'"{name}" <{to.address}>'
