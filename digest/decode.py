"""Bytes to text. The only module that knows charset-normalizer, and it loads it when guessing."""

from __future__ import annotations

import codecs
import re

from digest.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# What a label means in practice, where that is more than it says: the names that the web gives them.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_ESCAPED = ("iso2022", "hz")  # charsets of seven bits, which look like ASCII
_META_CHARSET = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_META_SCOPE = 2048  # bytes at the head of a page in which it says its charset
# The commonest words of the languages that are written in cp1252 and hold no letter beyond ASCII; no other language has two of them often.
_WESTERN = frozenset(
    b"the and that with for was le les des et est une dans pour der die und das ist nicht mit el los las del que una il che della per "
    b"het een van niet och att som er og det ikke uma com para".split()
)
_NO_CP1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")  # bytes that stand for nothing there
_SCOPE, _LEAST, _SHARE = 4000, 2, 0.08  # bytes that are looked at; words of these, at least, and as a share
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7"})


def text_of(content: bytes, declared: str | None = None) -> str:
    """The text in `content`: by its byte order mark, as UTF-8, as `declared`, else by a guess.

    UTF-8 goes before the declared charset: text that decodes as strict UTF-8 is UTF-8 in practice
    whatever its label says, but for the charsets of seven bits, whose bytes are all ASCII. Raises
    DocumentError for what is not text.
    """
    charset = _codec(declared)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _decoded(content, name)
    if b"\0" in content:
        return _decoded(content, _wide(content))
    if charset.startswith(_ESCAPED) and content.isascii():
        return _declared(content, charset)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _declared(content, charset) if charset else _guessed(content)


def said_charset(markup: bytes) -> str | None:
    """The charset that a page says at its head, if it does."""
    said = _META_CHARSET.search(markup[:_META_SCOPE])
    return said[1].decode("ascii", "replace") if said else None


def _codec(declared: str | None) -> str:
    """The codec that a label names; nothing for labels that name none, or one that is no charset."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return ""
    return "" if name in _NO_CHARSETS else name


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise DocumentError(f"is broken {name} text: {error.reason}", fix="save it again as UTF-8") from None


def _wide(content: bytes) -> str:
    """UTF-16 without a mark has its NULs on one side; anything else with NULs is no text."""
    sample = content[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    raise DocumentError("is binary, not text", fix="remove it, or give it the suffix of what it is")


def _declared(content: bytes, charset: str) -> str:
    for name in (_WIDER.get(charset, charset), charset):
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    return _guessed(content)


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 30 ms that most runs never need

    if _is_western(content):
        return content.decode("cp1252")
    best = from_bytes(content).best()
    if best is None:
        raise DocumentError("is in no encoding that we know", fix="save it again as UTF-8")
    return str(best)


def _is_western(content: bytes) -> bool:
    """Whether the plain words of a text are those of Western Europe: a short one has too few other letters to guess from."""
    if any(byte in content for byte in _NO_CP1252):
        return False
    said = content[:_SCOPE].lower().split()
    return sum(word in _WESTERN for word in said) >= max(_LEAST, _SHARE * len(said))
