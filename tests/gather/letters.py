"""Mails made up in a line: ordinary, odd, broken and hostile ones, each with a name."""

from __future__ import annotations

import base64
from collections.abc import Iterator

TEXT = "The weir at Tamsin Lock was lowered on Monday after three days of rain."
HEAD = b"From: Tide Weekly <desk@tide.example>\nSubject: Weir\nMessage-ID: <1@tide.example>\nMIME-Version: 1.0\n"


def mail(headers: str, body: str | bytes = TEXT) -> bytes:
    """A mail with our usual head, these headers and this body."""
    return HEAD + (headers.encode() + b"\n" if headers else b"") + b"\n" + (body.encode() if isinstance(body, str) else body)


def part(headers: str, body: str | bytes = TEXT) -> bytes:
    return headers.encode() + b"\n\n" + (body.encode() if isinstance(body, str) else body)


def multi(kind: str, *parts: bytes, boundary: str = "bb", end: bool = True) -> bytes:
    """The head and body of a multipart, without the head of the mail."""
    body = b"".join(b"--" + boundary.encode() + b"\n" + one + b"\n" for one in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode() + body + (b"--" + boundary.encode() + b"--\n" if end else b"")
    )


PLAIN = part("Content-Type: text/plain; charset=utf-8")
HTML = part("Content-Type: text/html; charset=utf-8", f"<h1>Weir</h1><p>{TEXT}</p>")
IMAGE = part("Content-Type: image/png\nContent-Transfer-Encoding: base64", "iVBORw0KGgo=")
INVITE = part("Content-Type: text/calendar; method=REQUEST", "BEGIN:VCALENDAR\nSUMMARY:Meeting\nEND:VCALENDAR")
ATTACHED = part('Content-Type: text/html\nContent-Disposition: attachment; filename="a.html"', "<p>invoice</p>")
INNER = (
    b"From: Harbour Post <news@harbour.example>\nSubject: Ferry\nMessage-ID: <2@harbour.example>\nContent-Language: en-GB, de\n"
    b"Date: Mon, 16 Nov 2026 08:00:00 +0100\nContent-Type: text/html; charset=utf-8\n\n<p>The ferry sails again.</p>\n"
)
SIGNATURE = part("Content-Type: application/pgp-signature", "-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----")


def nested(levels: int, kind: str = "mixed") -> bytes:
    made = HTML
    for level in range(levels):
        made = multi(kind, made, boundary=f"b{level}")
    return HEAD + made


def der(tag: int, body: bytes, indefinite: bool = False) -> bytes:
    if indefinite:
        return bytes([tag, 0x80]) + body + b"\0\0"
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1, "big")
    return bytes([tag]) + (bytes([len(body)]) if len(body) < 128 else bytes([0x80 | len(size)]) + size) + body


def opaque(content: bytes, indefinite: bool = False) -> bytes:
    """An S/MIME wrapper, signed by nobody."""
    octets = der(0x24, der(0x04, content[:50]) + der(0x04, content[50:]), True) if indefinite else der(0x04, content)
    inner = bytes.fromhex("06092a864886f70d010701") + der(0xA0, octets, indefinite)
    signed = der(0x30, der(0x02, b"\1") + der(0x31, b"") + der(0x30, inner, indefinite), indefinite)
    return der(0x30, bytes.fromhex("06092a864886f70d010702") + der(0xA0, signed, indefinite), indefinite)


def smime(wrapper: bytes, kind: str = "signed-data") -> bytes:
    return mail(f"Content-Type: application/pkcs7-mime; smime-type={kind}\nContent-Transfer-Encoding: base64", base64.encodebytes(wrapper))


def hostile() -> Iterator[tuple[str, bytes]]:
    """Mails that broke one reader or another, by what is odd about them."""
    yield from _bare()
    yield from _heads()
    yield from _encodings()
    yield from _structures()


def _bare() -> Iterator[tuple[str, bytes]]:
    yield "one byte", b"\n"
    yield "only newlines", b"\n" * 1000
    yield "only a head", HEAD
    yield "no head", TEXT.encode()
    yield "zero bytes", b"\0" * 5000
    yield "zero bytes in the text", mail("", b"The\0 weir")
    yield "all bytes", bytes(range(256)) * 40
    yield "one line of a megabyte", mail("", b"x" * 2**20)
    yield "two hundred thousand lines", mail("", b"x\n" * 200_000)
    yield "carriage returns only", mail("Content-Type: text/plain").replace(b"\n", b"\r")
    yield "doubled carriage returns", mail("Content-Type: text/plain").replace(b"\n", b"\r\r\n")
    yield "a byte order mark before it", b"\xef\xbb\xbf" + mail("")
    yield "utf-16", mail("").decode().encode("utf-16")
    yield "an mbox line before it", b"From desk Tue Nov 17 14:30:00 2026\n" + mail("")
    yield "html without a head", b"<html><body><p>" + TEXT.encode()
    yield "binary, an image", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10
    yield "brackets", mail("Content-Type: text/html", "<div>" * 50_000 + TEXT)
    yield "comments", mail("Content-Type: text/html", "<!--" * 50_000 + TEXT)
    yield "tiny letters in each other", mail("Content-Type: text/html", '<p style="font-size:0"><b>' * 5_000 + TEXT)
    yield "links without end", mail("Content-Type: text/html", '<a href="/unsubscribe">stop</a>' * 20_000 + TEXT)
    yield "addresses in addresses", mail("", "https://a.example/?u=" + "https%3A%2F%2Fa.example%2F%3Fu%3D" * 500)
    yield "a style without end", mail("Content-Type: text/html", f'<p style="{"font-size:0" * 50_000}">{TEXT}')


def _heads() -> Iterator[tuple[str, bytes]]:
    yield "a header of a megabyte", mail("X-Long: " + "x" * 2**20)
    yield "a subject of a megabyte", b"Subject: " + b"=?utf-8?Q?=C3=A4?= " * 50_000 + b"\n\n" + TEXT.encode()
    yield "a header folded a hundred thousand times", mail("X-Long: x" + "\n x" * 100_000)
    yield "two hundred thousand headers", mail("\n".join(["X: y"] * 200_000))
    yield "nine hundred headers", mail("\n".join(["X: y"] * 900))
    yield "a sender of brackets", b"From: " + b"<" * 3000 + b"\n\n" + TEXT.encode()
    yield "a sender of quotes", b'From: "' + b'\\"' * 3000 + b"\n\n" + TEXT.encode()
    yield "a sender of spaces", b"From:" + b" " * 3000 + b"x\n\n" + TEXT.encode()
    yield "a sender of comments", b"From: a@b " + b"(" * 3000 + b"\n\n" + TEXT.encode()
    yield "no header names", b": x\n: y\n\n" + TEXT.encode()
    yield "headers in latin-1", b"Subject: Gr\xf6\xdfe\nFrom: M\xfcller <a@b.example>\n\n" + TEXT.encode()
    yield "encoded words that are none", b"Subject: =?utf-8?X?abc?= =?utf-8?B?=?= =?=?=?=\n\n" + TEXT.encode()
    yield "a word in no charset", b"Subject: =?x-none?B?AAAA?= =?unicode-escape?Q?=5Cud800?=\n\n" + TEXT.encode()
    yield "a word in utf-7", b"Subject: =?utf-7?Q?+2AA-?=\n\n" + TEXT.encode()
    yield "surrogates", "Subject: \ud800\n\n".encode("utf-8", "surrogatepass") + TEXT.encode()
    yield "line breaks in words", b"Subject: =?utf-8?Q?a=0D=0ABcc:_b?=\n\n" + TEXT.encode()
    yield "terminal escapes", b"Subject: \x1b[31mred\x1b]0;x\x07\nFrom: \x1b[2J <a@b>\n\n" + TEXT.encode()
    yield "no date at all", b"Date: the day after\nReceived: by x\n\n" + TEXT.encode()
    yield "a date out of bounds", b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n\n" + TEXT.encode()
    yield "a date of digits", b"Date: " + b"9" * 5000 + b"\n\n" + TEXT.encode()
    yield "a Message-ID of spaces", b"Message-ID: <" + b" " * 3000 + b">\n\n" + TEXT.encode()
    yield "a language of signs", b"Content-Language: ;;--\n\n" + TEXT.encode()


def _encodings() -> Iterator[tuple[str, bytes]]:
    yield "no charset of this world", mail("Content-Type: text/plain; charset=klingon", b"caf\xe9 at the weir")
    yield "a charset that is code", mail("Content-Type: text/plain; charset=unicode-escape", b"\\ud800 at the weir")
    yield "a charset of zero bytes", mail('Content-Type: text/plain; charset="a\0b"', b"caf\xe9")
    yield "a charset of bytes", HEAD + b"Content-Type: text/plain; charset=\xff\xfe\n\ncaf\xe9"
    yield "an empty charset", mail('Content-Type: text/plain; charset=""', b"caf\xe9 at the weir")
    yield "utf-7", mail("Content-Type: text/plain; charset=utf-7", b"+ADw-script+AD4- weir")
    yield "idna", mail("Content-Type: text/plain; charset=idna", b"xn--- weir")
    yield "zlib as a charset", mail("Content-Type: text/plain; charset=zlib_codec", b"x\x9cweir")
    yield "base64 that is none", mail("Content-Type: text/plain\nContent-Transfer-Encoding: base64", "!!!!" * 1000)
    yield "base64 cut short", mail("Content-Type: text/plain\nContent-Transfer-Encoding: base64", base64.b64encode(TEXT.encode())[:-3])
    yield "quoted-printable that is none", mail("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable", "=ZZ=\n==3D=")
    yield "no encoding of this world", mail("Content-Type: text/plain\nContent-Transfer-Encoding: x-none")
    yield "uuencoded, without end", mail("Content-Transfer-Encoding: x-uuencode", "begin 644 a\n#0V%T\n")
    yield "uuencoded, broken", mail("Content-Transfer-Encoding: uuencode", "begin 644 a\n\xff\xff\n`\nend\n")
    yield "parameters without end", mail("Content-Type: text/plain" + "; a=b" * 20_000)
    yield "parameters in pieces", mail("Content-Type: text/plain; charset*0*=utf-8''u; charset*2=x; charset*1*=%zz")
    yield "a parameter's number out of bounds", mail("Content-Type: text/plain; charset*99999999999999999999=x")
    yield "a parameter in no charset", mail("Content-Type: text/plain; charset*=klingon'en'%ff")
    yield "a type without a slash", mail("Content-Type: text")
    yield "a type of slashes", mail("Content-Type: ////")
    yield "flowed without end", mail("Content-Type: text/plain; format=flowed; delsp=yes", "a \n" * 50_000)
    yield "flowed quotations", mail("Content-Type: text/plain; format=flowed", ">" * 5_000 + " \n")
    yield "armour without end", mail("", "-----BEGIN PGP SIGNED MESSAGE-----\n" * 3_000)
    yield "armour without text", mail("", "-----BEGIN PGP SIGNED MESSAGE-----\n\n\n-----BEGIN PGP SIGNATURE-----")


def _structures() -> Iterator[tuple[str, bytes]]:
    yield "nested thirty deep", nested(30)
    yield "nested five hundred deep", nested(500)
    yield "alternatives nested three hundred deep", nested(300, "alternative")
    yield "mails in mails, five thousand", b"Content-Type: message/rfc822\n\n" * 5_000 + TEXT.encode()
    yield "mails in mails, thirty", b"Content-Type: message/rfc822\n\n" * 30 + TEXT.encode()
    yield "a hundred thousand parts", HEAD + multi("mixed", *[b"\n"] * 100_000)
    yield "a thousand mails in one", HEAD + multi("digest", *[b"\n" + INNER] * 1_000)
    yield "no boundary", mail("Content-Type: multipart/mixed", "--x\nContent-Type: text/plain\n\nThe weir.\n--x--")
    yield "no boundary and nothing like one", mail("Content-Type: multipart/mixed")
    yield "an empty boundary", mail('Content-Type: multipart/mixed; boundary=""', "--\n\nThe weir\n----\n")
    yield "a boundary of signs", mail('Content-Type: multipart/mixed; boundary="(((.*+"', "--(((.*+\n\nThe weir\n--(((.*+--\n")
    yield "a boundary without end", mail(f'Content-Type: multipart/mixed; boundary="{"b" * 100_000}"')
    yield "the same boundary twice", HEAD + multi("mixed", multi("alternative", PLAIN, HTML))
    yield "a boundary that never closes", HEAD + multi("mixed", PLAIN, end=False)
    yield "only attachments", HEAD + multi("mixed", ATTACHED, IMAGE)
    yield "only an invitation", HEAD + INVITE
    yield "only a signature", HEAD + multi("signed", SIGNATURE)
    yield "encrypted", HEAD + multi("encrypted", part("Content-Type: application/octet-stream", "x"))
    yield "encrypted by S/MIME", smime(b"\x30\x80", "enveloped-data")
    yield "S/MIME cut short", smime(opaque(INNER)[:80])
    yield "S/MIME of lengths without end", smime(bytes.fromhex("06092a864886f70d01070206092a864886f70d010701a0ff") + b"\xff" * 300)
    yield "S/MIME in itself", smime(opaque(smime(opaque(smime(b"\0")))))
    yield "octets in octets", smime(bytes.fromhex("06092a864886f70d01070206092a864886f70d010701a080") + b"\x24\x80" * 3_000)
    yield "a mail part without a mail", mail("Content-Type: message/rfc822", "")
    yield "half a mail elsewhere", mail("Content-Type: message/partial; id=x; number=1")
    yield "a mail elsewhere", mail("Content-Type: message/external-body; access-type=URL; URL=http://127.0.0.1/")
    yield "a report of delivery", HEAD + multi("report", PLAIN, part("Content-Type: message/delivery-status", "Status: 5.0.0\n\nA: b"))
