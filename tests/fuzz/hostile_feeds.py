"""Makes hostile and broken feeds by the hundred, the same ones every time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from tests.gather.test_feed import ATOM, JSON, OLD, RDF, RSS

_GOOD = {"rss": RSS, "atom": ATOM, "rdf": RDF, "old": OLD, "json": JSON}
_SPLINTERS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[31m", b"\xed\xa0\x80", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?", b"?>", b"<", b">",
    b"&", b"&#x110000;", b"&#0;", b"&nosuch;", b"<item>", b"</item>", b"</channel>", b"<entry>", b'"', b"'", b"<a xmlns='x' xmlns:y='z'>",
    b"<!DOCTYPE a>", b"<script>", b"\xe2\x80\xae", b"%s%n", b"{{ 7*7 }}", b"<title/>", b"<base href='javascript:x'>", b"<link>http://[</link>",
    b"\\ud800", b"1e999", b"[[[[", b"}}}}",
)  # fmt: skip
_NAMES = ("id", "title", "url", "tags", "authors", "content_html", "author")
_VALUES: tuple[Any, ...] = (None, True, 1.5, [], {}, [[]], "x", -1)


def _rss(inside: bytes) -> bytes:
    return b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>x</title>' + inside + b"</item></channel></rss>"


def _made() -> Iterator[tuple[str, bytes]]:
    """Attacks that have a name."""
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    yield "laughs", f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]>'.encode() + _rss(b"<description>&l9;</description>")
    yield "hidden laughs", f'<!-- <r --><!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]>'.encode() + _rss(b"<description>&l9;</description>")
    yield "late laughs", b"x" * 70_000 + f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]>'.encode() + _rss(b"&l9;")
    yield "a file", b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + _rss(b"<description>&f;</description>")
    yield "a DTD", b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">' + _rss(b"<description>&f;</description>")
    yield "long entity", b'<!DOCTYPE r [<!ENTITY f "' + b"x" * 100_000 + b'">]>' + _rss(b"&f;" * 10_000)
    yield "deep elements", b"<rss version='2.0'>" + b"<a>" * 100_000
    yield "deep markup", _rss(b"<description>" + b"&lt;div&gt;" * 50_000 + b"</description>")
    yield "deep xhtml", ATOM.replace(b"<p>Eins.</p>", b"<p>" * 20_000 + b"x" + b"</p>" * 20_000)
    yield "comments", _rss(b"<description>" + b"&lt;!--" * 20_000 + b"</description>")
    yield "open comments", b"<rss>" + b"<!--" * 100_000
    yield "brackets", b"<rss><item>" + b"<" * 300_000
    yield "ampersands", _rss(b"<title>" + b"&" * 200_000 + b"</title>")
    yield "entities", _rss(b"<title>" + b"&amp;" * 200_000 + b"</title>")
    yield "tags", _rss(b"<title>" + b"&lt;b " * 100_000 + b"</title>")
    yield "attributes", b"<rss " + b" ".join(b'a%d="1"' % at for at in range(50_000)) + b"/>"
    yield "one attribute", b'<rss a="' + b"x" * 5_000_000 + b'"/>'
    yield "namespaces", b"<rss " + b" ".join(b'xmlns:a%d="u"' % at for at in range(20_000)) + b"><item/></rss>"
    yield "many entries", b"<rss version='2.0'><channel>" + b"<item><title>x</title></item>" * 20_000
    yield "many parts", _rss(b"<category>x</category><author>a</author><enclosure url='x'/>" * 5_000)
    yield "long title", _rss(b"<title>" + b"word " * 400_000 + b"</title>")
    yield "long link", _rss(b"<link>http://x.example/" + b"a" * 1_000_000 + b"</link>")
    yield "long id", _rss(b"<guid>" + b"a" * 1_000_000 + b"</guid>")
    yield "old dates", _rss(b"<pubDate>0000-00-00T99:99:99+99:99</pubDate><pubDate>" + b"9" * 5_000 + b"</pubDate>")
    yield "date words", _rss(b"<pubDate>" + b"Mon, 1 Jan " * 20_000 + b"</pubDate>")
    yield "instructions", b"<?x ?>" * 50_000 + _rss(b"")
    yield "links", _rss(b"<description>" + b"&lt;a href='x'&gt;" * 30_000 + b"</description>")
    yield "bad bases", ATOM.replace(b"http://gull.example/news/", b"http://[::x/")
    yield "utf-7", b"<?xml version='1.0' encoding='utf-7'?>" + b"+ADw-rss+AD4-" * 100
    yield "no codec", b"<?xml version='1.0' encoding='" + b"x" * 10_000 + b"'?><rss/>"
    yield "zip codec", b"<?xml version='1.0' encoding='zlib'?><rss/>"
    yield "nothing", b"\0" * 100_000
    yield "noise", random.Random(1).randbytes(100_000)  # noqa: S311 - the same noise every time
    yield "page", b"<!doctype html><html><head>" + b"<link rel=alternate type=application/rss+xml href='http://['>" * 5_000
    yield "json depth", b'{"items": ' + b"[" * 200_000
    yield "json digits", b'{"items": [{"id": ' + b"9" * 10_000 + b"}]}"
    yield "json surrogates", b'{"items": [{"title": "\\ud800", "content_html": "\\udfff<p>", "url": "\\ud800", "id": "\\ud800"}]}'
    yield "json kinds", json.dumps({"items": [dict.fromkeys(_NAMES, value) for value in _VALUES]}).encode()
    yield "gzip", b"\x1f\x8b\x08" + bytes(1000)


def hostile(number: int = 330) -> Iterator[tuple[str, bytes]]:
    """At least `number` feeds, each with a name: the attacks, then good feeds broken in all sorts of ways."""
    attacks = list(_made())
    yield from attacks
    chance = random.Random(11)  # noqa: S311 - the same feeds every time
    for at in range(max(0, number - len(attacks))):
        name, content = chance.choice(list(_GOOD.items()))
        yield f"{name} {at}", broken(content, chance)


def broken(content: bytes, chance: random.Random) -> bytes:
    """The content, cut, doubled, turned, splintered, or in another encoding."""
    for _ in range(chance.randint(1, 6)):
        left, right = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
        match chance.randrange(7):
            case 0:
                content = content[:left]
            case 1:
                content = content[:left] + content[min(right, left + 40) :]
            case 2:
                content = content[:right] + content[left:right] * chance.randint(1, 5) + content[right:]
            case 3:
                content = content[:left] + chance.choice(_SPLINTERS) + content[left:]
            case 4:
                content = content[:left] + chance.randbytes(chance.randint(1, 8)) + content[left + 4 :]
            case 5:
                content = content.decode("utf-8", "replace").encode(chance.choice(["utf-16", "utf-32", "latin-1", "cp1252"]), "replace")
            case _:
                content = content[left:] + content[:left]
        content = content[:200_000]
    return content
