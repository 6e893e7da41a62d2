"""Mail as it really comes: encoded, mislabelled, nested, broken."""

from __future__ import annotations

import base64
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from digest.errors import DocumentError
from digest.gather.formats import documents
from digest.model import Document
from tests.conftest import NOW


def one(content: bytes) -> Document:
    (found,) = documents("a.eml", content, NOW)
    assert isinstance(found, Document)
    return found


def subject(header: bytes) -> str | None:
    return one(b"Subject: " + header + b"\nContent-Type: text/plain; charset=utf-8\n\nThe weir was lowered.\n").hints.title


def test_a_plain_mail_is_its_text_with_subject_and_date() -> None:
    found = one(b"Subject: Weir\nDate: Tue, 17 Nov 2026 14:30:00 +0100\nContent-Type: text/plain; charset=cp1252\n\ncaf\xe9\n")
    assert (found.media_type, found.content, found.charset) == ("text/plain", b"caf\xe9\n", "cp1252")
    assert (found.hints.title, found.hints.published) == ("Weir", "Tue, 17 Nov 2026 14:30:00 +0100")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"=?utf-8?Q?Gr=C3=B6=C3=9Fere_Wehre?=", "Größere Wehre"),
        (b"=?UTF-8?B?5rKz5rC05LiK5rao?=", "河水上涨"),
        (b"=?utf-8?B?5rKz5rC0?=\n =?utf-8?B?5LiK5rao?=", "河水上涨"),
        (b"Re: =?iso-8859-1?Q?caf=E9?= today", "Re: café today"),
        (b"=?no-such-charset?Q?caf=C3=A9?=", "café"),
        (b"=?idna?Q?caf=C3=A9?=", "café"),
        (b"=?utf-8?B?a?=", "=?utf-8?B?a?="),
        ("Größere Wehre".encode(), "Größere Wehre"),
        ("Größere =?utf-8?Q?Wehre?=".encode(), "Größere Wehre"),
        (b"caf\xe9", "caf\ufffd"),
        (b"One\n two\x1b[31m\x07", "One two [31m"),
        (b"=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        (b"", None),
    ],
)
def test_a_subject_is_decoded_into_one_harmless_line(header: bytes, expected: str | None) -> None:
    assert subject(header) == expected


def test_a_subject_without_end_is_capped() -> None:
    assert len(subject(b"a" * 100_000) or "") == 2000


def mixed(*parts: MIMEText) -> bytes:
    message = MIMEMultipart("alternative")
    message["Subject"] = "Weir"
    for part in parts:
        message.attach(part)
    return message.as_bytes()


def test_the_html_part_goes_before_the_plain_one() -> None:
    found = one(mixed(MIMEText("plain", "plain"), MIMEText("<p>größer</p>", "html", "utf-8")))
    assert (found.media_type, found.content.decode(), found.charset) == ("text/html", "<p>größer</p>", "utf-8")


def test_an_empty_html_part_gives_way_to_the_plain_one() -> None:
    assert one(mixed(MIMEText("plain", "plain"), MIMEText(" \n", "html"))).content == b"plain"


def test_an_attachment_is_no_text_of_the_mail() -> None:
    attached = MIMEText("<p>invoice</p>", "html")
    attached.add_header("Content-Disposition", "attachment", filename="a.html")
    assert one(mixed(attached, MIMEText("plain", "plain"))).content == b"plain"


def test_a_charset_that_is_no_text_is_not_said() -> None:
    content = b"Content-Type: text/plain; charset*=utf-8'en'utf-8\n\nWeir.\n"
    assert one(content).charset is None


def test_a_body_in_base64_is_decoded_even_where_it_is_damaged() -> None:
    body = base64.b64encode(b"The weir was lowered.")[:-2]
    found = one(b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + body)
    assert found.content.startswith(b"The weir was")


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: Weir\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n",
        b"Subject: Weir\nContent-Type: text/plain\n\n \n",
        b"Subject: Weir\n",
        mixed(),
    ],
)
def test_a_mail_without_text_is_named(content: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        one(content)
    assert (caught.value.cause, caught.value.where) == ("is a mail without text", "a.eml")


def test_a_mail_of_parts_without_end_is_read_only_so_far() -> None:
    parts = [MIMEText("", "plain") for _ in range(300)]
    with pytest.raises(DocumentError, match="without text"):
        one(mixed(*parts, MIMEText("far away", "plain")))


def test_a_mail_nested_without_end_is_named_and_does_not_crash() -> None:
    content = b"Content-Type: message/rfc822\n\n" * 5000 + b"Content-Type: text/plain\n\nfar down\n"
    with pytest.raises(DocumentError, match="cannot be taken apart"):
        one(content)
