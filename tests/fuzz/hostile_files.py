"""Makes hostile and broken files of every format but feeds by the hundred, the same ones every time."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterator

from tests.fuzz.hostile_feeds import broken
from tests.gather.letters import HEAD, HTML, INNER, INVITE, PLAIN, SIGNATURE, mail, multi, nested, part

_FROM = b"From desk@tide.example Tue Nov 17 14:30:00 2026\n"
_LETTERS = (
    HEAD + HTML,
    mail("", "The weir."),
    HEAD + multi("alternative", PLAIN, HTML),
    HEAD + multi("mixed", HTML, INVITE, part("Content-Type: message/rfc822", INNER)),
    HEAD + multi("signed", PLAIN, SIGNATURE),
    nested(5),
    mail("Subject: =?utf-8?B?V2Vpcg==?=\nContent-Transfer-Encoding: quoted-printable", "The w=C3=A9ir=\n."),
)
_RECORDS = [{"title": f"Letter {at}", "text": "The weir was lowered.", "authors": ["Jo"], "date": "2026-11-17"} for at in range(5)]
_LINES = b"".join(json.dumps(record).encode() + b"\n" for record in _RECORDS)
_FRONT = b"---\ntitle: The weir\ndate: 2026-11-17\ntags: [lock, {a: b}]\n---\n# Head\n\nThe weir was *lowered*.\n"
_LIST = (
    b'<?xml version="1.0"?><opml version="2.0"><head/><body><outline text="World"><outline type="rss" text="Gull"'
    b' xmlUrl="http://gull.example/feed"/></outline></body></opml>'
)
_GOOD = {
    ".eml": _LETTERS,
    ".mbox": (b"".join(_FROM + letter + b"\n" for letter in _LETTERS[:3]),),
    ".json": (json.dumps(_RECORDS).encode(), json.dumps({"items": _RECORDS}).encode(), json.dumps(_RECORDS[0]).encode()),
    ".jsonl": (_LINES,),
    ".md": (_FRONT,),
    ".html": (b"<html><head><meta charset=utf-8><title>Weir</title></head><body><h1>Weir</h1><p>It was lowered.</p></body></html>",),
    ".txt": (b"The weir\n\nIt was lowered on Monday.\n",),
}


def lists(number: int = 150) -> Iterator[tuple[str, bytes]]:
    """Lists of feeds, each with a name."""
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    yield "laughs", f'<!DOCTYPE opml [<!ENTITY l0 "ha">{laughs}]>'.encode() + _LIST.replace(b"World", b"&l9;")
    yield "a file", b'<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + _LIST.replace(b"World", b"&f;")
    yield "deep", b"<opml>" + b"<outline>" * 200_000
    yield "wide", b"<opml>" + b'<outline xmlUrl="http://x.example/"/>' * 100_000
    yield "attributes", b"<opml " + b" ".join(b'a%d="1"' % at for at in range(50_000)) + b"/>"
    yield "long", _LIST.replace(b"Gull", b"x" * 4_000_000)
    yield "addresses", _LIST.replace(b"http://gull.example/feed", b"javascript:alert(1)")
    chance = random.Random(13)  # noqa: S311 - the same lists every time
    yield from ((f"list {at}", broken(_LIST, chance)) for at in range(number - 7))


def _attacks() -> Iterator[tuple[str, bytes]]:
    """Attacks that have a name; each is a name of a file."""
    yield "bomb.txt.gz", gzip.compress(bytes(200 * 2**20), 9)
    yield "bombs in bombs.txt.gz.gz", gzip.compress(gzip.compress(bytes(50 * 2**20)))
    yield "a million members.txt.gz", gzip.compress(b"") * 700_000
    yield "members and padding.txt.gz", gzip.compress(b"The weir.") + b"\0" * 1000
    yield "no checksum.txt.gz", gzip.compress(b"The weir.")[:-8] + bytes(8)
    yield "raw.txt.gz", zlib.compress(b"The weir.")
    yield "name in the head.txt.gz", b"\x1f\x8b\x08\x08" + bytes(6) + b"../../etc/passwd\0" + gzip.compress(b"The weir.")[10:]
    yield "mbox of nothing.mbox", _FROM * 4_000
    yield "mbox without an end.mbox", _FROM + b"Subject: " + b"x" * 5_000_000
    yield "mbox of long lines.mbox", _FROM + HEAD + b"\n" + (b"y" * 50_000 + b"\n") * 50
    yield "one letter of headers.eml", b"X: y\n" * 300_000
    yield "continued.eml", b"Subject: a\n" + b" b\n" * 300_000
    yield "encoded words.eml", b"Subject: " + b"=?utf-8?Q?x?= " * 50_000 + b"\n\nThe weir.\n"
    yield "addresses.eml", b"From: " + b'"a" <' * 50_000 + b"\n\nThe weir.\n"
    yield "boundaries.eml", HEAD + b'Content-Type: multipart/mixed; boundary="-"\n\n' + b"---\n" * 100_000
    yield "parameters.eml", HEAD + b"Content-Type: text/plain" + b"; a*0*=x" * 20_000 + b"\n\nThe weir.\n"
    yield "dates.eml", b"Date: " + b"Mon, " * 50_000 + b"\n\nThe weir.\n"
    yield "brackets.json", b"[" * 300_000
    yield "keys.json", b"{" + b",".join(b'"k%d": 1' % at for at in range(200_000)) + b', "title": "A"}'
    yield "digits.json", b'{"title": ' + b"9" * 20_000 + b"}"
    yield "front matter.md", b"---\n" + b"a: b\n" * 500_000 + b"---\nThe weir.\n"
    yield "flow.md", b"---\na: " + b"[" * 30_000 + b"\n---\nThe weir.\n"
    yield "anchors.md", b"---\na: &a [x]\nb: [*a, *a]\n---\nThe weir.\n"
    yield "tags.md", b"---\ntitle: !!python/object/apply:os.system [id]\n---\nThe weir.\n"
    yield "lines.jsonl", b"{\n" * 20_000


def files(number: int = 400) -> Iterator[tuple[str, bytes]]:
    """At least `number` files, each with a name of its own: the attacks, then good files broken in all sorts of ways."""
    attacks = list(_attacks())
    yield from attacks
    chance = random.Random(17)  # noqa: S311 - the same files every time
    for at in range(number - len(attacks)):
        suffix = chance.choice(sorted(_GOOD))
        content = broken(chance.choice(_GOOD[suffix]), chance)
        if chance.random() < 0.2:
            packed = gzip.compress(content, mtime=0)
            yield f"{at}{suffix}.gz", broken(packed, chance) if chance.random() < 0.5 else packed
        else:
            yield f"{at}{suffix}", content
