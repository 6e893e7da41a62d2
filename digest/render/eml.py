"""issue.eml: the issue as one mail, written by hand so that the same issue gives the same bytes.

The standard library's policy turns a long address in a List- header into an encoded word that no
mail program reads, raises on odd line breaks in a subject, and puts random marks between parts.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime, formataddr
from zoneinfo import ZoneInfo

from digest.model import File, Issue
from digest.render.budget import named
from digest.render.forms import HTML, TEXT
from digest.render.templates import Template
from digest.settings import Settings
from digest.text import cut, one_line, sha
from digest.urls import safe

_EOL = b"\r\n"


@dataclass(frozen=True, slots=True)
class Eml:
    """The text part first, the HTML part last, which is the one that mail programs prefer."""

    settings: Settings

    def render(self, issue: Issue) -> tuple[File, ...]:
        """issue.eml. Links into the issue lead to its public page, since many programs know no other.

        The text tells what the HTML has room for, and all else as headlines: two parts that differ by more are what spam looks like.
        """
        page, shown = Template(HTML, self.settings, mail=True).fitting(issue)
        text = Template(TEXT, self.settings).showing(issue, named(issue, shown))
        mark = sha(issue.id, text, page)
        parts = (*_part("text/plain", text, mark), *_part("text/html", page, mark), f"--=_{mark[:32]}--".encode(), b"")
        head = [f"{name}: {value}".encode("ascii") for name, value in self._headers(issue, mark)]
        return (File("issue.eml", "message/rfc822", _EOL.join((*head, b"", *parts))),)

    def _headers(self, issue: Issue, mark: str) -> Iterator[tuple[str, str]]:
        local, _, domain = self.settings.mail.sender.rpartition("@")
        closes = issue.window.closes.astimezone(ZoneInfo(issue.timezone))
        yield "From", _named(cut(issue.title, 40), self.settings.mail.sender)
        yield "To", self.settings.mail.recipient
        yield "Subject", _encoded(cut(issue.subject, 200) or cut(issue.title, 200))
        yield "Date", format_datetime(closes)
        yield "Message-ID", f"<{_atom(issue.id)}.{mark[:16]}@{domain}>"
        yield "List-Id", f"<{_atom(local)}.{domain}>"
        address, mailto = safe(self.settings.mail.unsubscribe), self.settings.mail.unsubscribe_mailto
        if address or mailto:
            yield "List-Unsubscribe", ", ".join(f"<{way}>" for way in (_ascii(address), mailto and f"mailto:{mailto}") if way)
        if address.lower().startswith("https:"):
            yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
        yield "Auto-Submitted", "auto-generated"
        yield "MIME-Version", "1.0"
        yield "Content-Type", f'multipart/alternative; boundary="=_{mark[:32]}"'


def _part(media_type: str, content: bytes, mark: str) -> tuple[bytes, ...]:
    body = quopri.encodestring(content.replace(b"\r", b"")).replace(b"\n", _EOL)
    head = f"Content-Type: {media_type}; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"
    return f"--=_{mark[:32]}".encode(), *(line.encode() for line in head), b"", body


def _encoded(subject: str) -> str:
    """`subject` on one line of printable ASCII as it is, else in encoded words, folded."""
    plain = re.fullmatch(r"[ -~]{1,68}", subject) and "=?" not in subject
    return subject if plain else Header(subject, "utf-8", maxlinelen=76, header_name="Subject").encode(linesep="\r\n")


def _named(name: str, address: str) -> str:
    """A sender with its name; one outside ASCII in encoded words of 75 characters at most, each on its line (RFC 2047, 2)."""
    if name.isascii():
        return formataddr((name, address))
    encoded = Header(name, "utf-8", maxlinelen=72, header_name="From").encode(linesep="\r\n")
    return f"{encoded}\r\n <{address}>"


def _atom(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", ".", one_line(text)).strip(".") or "digest"


def _ascii(address: str) -> str:
    """An address without letters that a header cannot hold."""
    return "".join(
        letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace")) for letter in address
    )
