"""An issue.eml that is made up, and deliveries that mail it to loopback."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from digest.deliver.smtp import SmtpDelivery
from digest.model import File, Parcel
from digest.settings import DeliverTable
from tests.made import settings

HEAD = (
    b"From: The Quay <digest@newsroom.example>\r\nTo: readers@newsroom.example\r\nSubject: Rope store burns\r\n"
    b"Date: Sun, 22 Nov 2026 18:00:00 +0100\r\nMessage-ID: <2026-W47.abc@newsroom.example>\r\nList-Id: <digest.newsroom.example>\r\n"
    b"List-Unsubscribe: <https://quay.example/out>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    b"Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n"
)
BODY = b"The rope store burned.\r\n.\r\n..two dots\r\n.one\r\n\r\nTo: nobody@quay.example\r\n" + b"Fire. " * 100 + b"\r\n"
LETTER = HEAD + b"\r\n" + BODY


def parcel(mail: bytes = LETTER) -> Parcel:
    return Parcel("2026-W47", (File("issue.eml", "message/rfc822", mail),))


def table(port: int = 25, **more: Any) -> DeliverTable:
    given: dict[str, Any] = {"name": "post", "kind": "smtp", "host": "127.0.0.1", "port": port, "timeout": timedelta(seconds=2)}
    return DeliverTable(**(given | {"recipients": ["ada@quay.example"]} | more))


def delivery(root: Path, port: int = 25, **more: Any) -> SmtpDelivery:
    return SmtpDelivery.from_settings(table(port, **more), settings(root))
