"""Which part of a mail is its letter, and whose mail it is."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from digest.errors import DocumentError
from digest.gather.mime import letters
from tests.gather.letters import (
    ATTACHED,
    HEAD,
    HTML,
    IMAGE,
    INNER,
    INVITE,
    PLAIN,
    SIGNATURE,
    TEXT,
    der,
    mail,
    multi,
    nested,
    opaque,
    part,
    smime,
)

PAGE = f"<h1>Weir</h1><p>{TEXT}</p>"
FORWARDED = part("Content-Type: message/rfc822", INNER)


def one(content: bytes) -> dict[str, Any]:
    (found,) = letters(content)
    return found


def text(content: bytes) -> str:
    return base64.b64decode(one(content)["content"]).decode().strip()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (mail(""), TEXT),
        (HEAD + multi("alternative", PLAIN, HTML), PAGE),
        (HEAD + multi("alternative", HTML, PLAIN), PAGE),
        (HEAD + multi("alternative", PLAIN, INVITE), TEXT),
        (HEAD + multi("alternative", PLAIN, multi("related", HTML, IMAGE, boundary="cc")), PAGE),
        (HEAD + multi("mixed", multi("alternative", PLAIN, HTML, boundary="cc"), ATTACHED, IMAGE), PAGE),
        (HEAD + multi("mixed", HTML, part("Content-Type: text/plain", "-- \nThe list's own footer")), PAGE),
        (HEAD + multi("mixed", PLAIN, IMAGE, part("Content-Type: text/plain", "And the lock.")), f"{TEXT}\n\n\nAnd the lock."),
        (HEAD + multi("mixed", PLAIN, part('Content-Type: text/plain; name="notes.txt"', "notes")), TEXT),
        (HEAD + multi("mixed", part('Content-Type: text/plain; name="a.txt"', "a"), IMAGE), "a"),
        (HEAD + multi("related", IMAGE, PLAIN), TEXT),
        (HEAD + multi("signed", HTML, SIGNATURE), PAGE),
        (HEAD + multi("signed", multi("alternative", PLAIN, HTML, boundary="cc"), SIGNATURE), PAGE),
        (HEAD + multi("mixed", PLAIN, end=False), TEXT),
        (HEAD + multi("report", PLAIN, FORWARDED), TEXT),
        (nested(15), PAGE),
        (mail("Content-Type: multipart/mixed", b"--x\n" + PLAIN + b"\n--x--\n"), TEXT),
        (smime(opaque(b"Content-Type: text/plain\n\n" + TEXT.encode())), TEXT),
        (smime(opaque(b"Content-Type: text/plain\n\n" + TEXT.encode(), indefinite=True)), TEXT),
        (smime(opaque(b"Content-Type: text/plain\n\n" + TEXT.encode() * 10)), TEXT * 10),
    ],
)
def test_the_text_is_the_part_that_a_reader_sees(content: bytes, expected: str) -> None:
    assert text(content).replace("\n\n\n", "\n\n") == expected.replace("\n\n\n", "\n\n")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (HEAD + multi("mixed", ATTACHED, IMAGE), "is a mail without text"),
        (HEAD + INVITE, "is a mail without text"),
        (HEAD + multi("encrypted", part("Content-Type: application/pgp-encrypted", "Version: 1")), "is an encrypted mail"),
        (mail("", "-----BEGIN PGP MESSAGE-----\nx\n-----END PGP MESSAGE-----"), "is an encrypted mail"),
        (smime(der(0x30, b"x"), "enveloped-data"), "is an encrypted mail"),
        (smime(opaque(b"x" * 200)[:60]), "is an encrypted mail"),
        (smime(bytes.fromhex("06092a864886f70d01070206092a864886f70d010701") + der(0xA0, der(0x30, b"x"))), "is an encrypted mail"),
        (smime(bytes.fromhex("06092a864886f70d01070206092a864886f70d010701") + b"\xa0\x80" + b"\x24\x80" * 40), "is an encrypted mail"),
        (smime(bytes.fromhex("06092a864886f70d010702") + b"xxxx"), "is an encrypted mail"),
        (nested(30), "is a mail without text"),
        (mail("\n".join(["X: y"] * 1100)), "has 1104 headers, over the limit of 1000"),
    ],
)
def test_a_mail_without_a_letter_says_why(content: bytes, cause: str) -> None:
    with pytest.raises(DocumentError) as caught:
        letters(content)
    assert caught.value.cause == cause
    assert caught.value.fix


def test_a_forwarded_mail_is_the_mail_inside() -> None:
    for forwarded in (
        FORWARDED,
        part('Content-Type: message/rfc822\nContent-Disposition: attachment; filename="Ferry.eml"', INNER),
        part("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", base64.encodebytes(INNER)),
        multi("mixed", FORWARDED, boundary="cc"),
    ):
        found = one(HEAD + multi("mixed", part("Content-Type: text/plain", "For the digest?"), forwarded))
        assert (found["title"], found["outlet"], found["id"], found["language"]) == (
            "Ferry",
            "Harbour Post",
            "<2@harbour.example>",
            "en-GB",
        )
        assert found["published"] == "Mon, 16 Nov 2026 08:00:00 +0100"
        assert base64.b64decode(found["content"]).strip() == b"<p>The ferry sails again.</p>"


def test_a_forwarded_mail_without_a_head_has_that_of_its_wrapper() -> None:
    found = one(HEAD + multi("mixed", part("Content-Type: message/rfc822", b"Content-Type: text/plain\n\nThe ferry.\n")))
    assert (found["title"], found["outlet"]) == ("Weir", "Tide Weekly")


def test_a_forwarded_mail_without_text_gives_way_to_its_wrapper() -> None:
    assert text(HEAD + multi("mixed", PLAIN, part("Content-Type: message/rfc822", b"Subject: x\n\n"))) == TEXT


def test_a_digest_holds_several_mails() -> None:
    found = letters(HEAD + multi("digest", b"\n" + INNER, b"\n" + INNER.replace(b"Ferry", b"Tolls")))
    assert [letter["title"] for letter in found] == ["Ferry", "Tolls"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"Tide Weekly <desk@tide.example>", "Tide Weekly"),
        (b'"Tide, Weekly" <desk@tide.example>', "Tide, Weekly"),
        (b'"The \\"Tide\\"" <desk@tide.example>', 'The "Tide'),
        (b"=?utf-8?Q?Die_Fl=C3=B6te?= <a@floete.example>", "Die Flöte"),
        ("Die Flöte <a@floete.example>".encode(), "Die Flöte"),
        (b"desk@tide.example (Tide Weekly)", "Tide Weekly"),
        (b"desk@Tide.example", "tide.example"),
        (b"<desk@tide.example>", "tide.example"),
        (b"desk@tide.example <desk@tide.example>", "tide.example"),
        (b"\x1b[31mRed\x07 <a@b.example>", "[31mRed"),
        (b"nobody at all", ""),
        (b"", ""),
        (b"x" * 500 + b" <a@b.example>", "x" * 99 + "…"),
    ],
)
def test_the_outlet_is_the_name_of_the_sender_or_his_domain(raw: bytes, expected: str) -> None:
    assert one(b"From: " + raw + b"\n\nThe weir.\n")["outlet"] == expected


def test_the_sender_stands_in_for_one_without_from() -> None:
    assert one(b"Sender: Tide <a@b.example>\n\nThe weir.\n")["outlet"] == "Tide"


def test_a_mail_without_a_date_has_that_of_its_arrival() -> None:
    found = one(b"Received: from a by b; Tue, 17 Nov 2026 14:30:00 +0100\nReceived: from c by a; x\n\nThe weir.\n")
    assert found["published"] == "Tue, 17 Nov 2026 14:30:00 +0100"


@pytest.mark.parametrize(("raw", "expected"), [("de", "de"), ("en-GB, de", "en-GB"), ("english", "eng"), ("*", ""), ("", "")])
def test_the_language_is_the_first_that_is_said(raw: str, expected: str) -> None:
    assert one(mail(f"Content-Language: {raw}"))["language"] == expected


FLOWED = "Content-Type: text/plain; format=flowed"


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        (FLOWED, "The weir \nwas lowered.\n\nThe lock \nis shut.", "The weir was lowered.\n\nThe lock is shut."),
        (FLOWED, "The weir \r\nwas lowered.", "The weir was lowered."),
        (FLOWED + "; delsp=yes", "台北 \n市", "台北市"),
        (FLOWED, "A line.\n From here on.", "A line.\nFrom here on."),
        (FLOWED, "> The weir \n> was lowered.\nWas it?", "> The weir was lowered.\nWas it?"),
        (FLOWED, "> Quoted \nanswered.", "> Quoted \nanswered."),
        (FLOWED, "Yours\n-- \nThe desk", "Yours\n-- \nThe desk"),
        ("Content-Type: text/plain", "The weir \nwas lowered.", "The weir \nwas lowered."),
    ],
)
def test_flowed_text_is_put_together_again(headers: str, body: str, expected: str) -> None:
    assert text(mail(headers, body)) == expected


def test_the_armour_of_a_signed_text_is_taken_off() -> None:
    signed = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe weir.\n- -- \n- - a list\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n"
    )
    assert text(mail("", signed)) == "The weir.\n-- \n- a list"
    assert text(mail("", signed.replace("-----END PGP SIGNATURE-----\n", ""))) == "The weir.\n-- \n- a list"


@pytest.mark.parametrize(
    ("headers", "body", "charset", "content"),
    [
        ("Content-Type: text/plain; charset=cp1252\nContent-Transfer-Encoding: quoted-printable", b"caf=E9", "cp1252", b"caf\xe9"),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", b"Y2Fmw6k=", "utf-8", "café".encode()),
        ("Content-Type: text/plain", b"caf\xe9", "", b"caf\xe9"),
        ("", b"caf\xe9", "", b"caf\xe9"),
    ],
)
def test_the_bytes_are_decoded_and_the_charset_is_as_it_was_said(headers: str, body: bytes, charset: str, content: bytes) -> None:
    found = one(mail(headers, body))
    assert (found["charset"], base64.b64decode(found["content"])) == (charset, content)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"=?utf-8?B?a?=", "=?utf-8?B?a?="),
        (b"=?idna?Q?caf=C3=A9?=", "café"),
        (b"caf\xe9", "caf\ufffd"),
        (b"Re: =?iso-8859-1?Q?caf=E9?= today", "Re: café today"),
    ],
)
def test_a_subject_is_decoded_as_far_as_it_can_be(raw: bytes, expected: str) -> None:
    assert one(b"Subject: " + raw + b"\n\nThe weir.\n")["title"] == expected


def test_what_the_parser_of_the_library_trips_over_is_named() -> None:
    with pytest.raises(DocumentError, match="cannot be taken apart"):
        letters(b"Content-Type: message/rfc822\n\n" * 5_000 + TEXT.encode())
    with pytest.raises(DocumentError, match="without text"):
        letters(mail("Content-Type: multipart/mixed", "nothing like a boundary"))
