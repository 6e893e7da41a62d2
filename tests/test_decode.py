"""Bytes to text: by mark, as UTF-8, as declared, by a guess, or refused."""

from __future__ import annotations

import codecs

import pytest

from digest.decode import text_of
from digest.errors import DocumentError

TEXT = "Größere Wehre, kühleres Wasser – und 3 € für jeden “Fischer”."
GERMAN = (
    "Die Grünen müssen in der nächsten Woche über die Größe der Wehre im Fluss abstimmen, sagte die Bürgermeisterin. "
    "Für die Müller würde das teuer, für die Fischer schön: Überall stünde das Wasser höher als früher."
)
CHINESE = "河流管理委员会周一决定在秋雨到来之前把堰坝降低一掌。上游的农民要求降低两倍，下游的磨坊主则什么都不想要。会议持续了三个小时。"


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, charset: str) -> None:
    assert text_of(mark + TEXT.encode(charset), "cp1252") == TEXT


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf16_is_known_without_a_mark(charset: str) -> None:
    assert text_of("The weir was lowered on Monday.".encode(charset)) == "The weir was lowered on Monday."


def test_utf8_goes_before_what_is_declared() -> None:
    assert text_of(TEXT.encode(), "iso-8859-1") == TEXT


@pytest.mark.parametrize(
    ("charset", "label", "text"),
    [
        ("cp1252", "windows-1252", TEXT),
        ("cp1252", "iso-8859-1", TEXT),
        ("cp1252", "us-ascii", TEXT),
        ("gb18030", "gb2312", "深圳的“鹭”号"),
        ("cp932", "shift_jis", "①番の船は髙い"),
        ("koi8-r", "KOI8-R", "Река поднялась"),
        ("iso-2022-jp", "ISO-2022-JP", "川が増水した"),
        ("hz", "hz-gb-2312", "河水上涨"),
        ("latin-1", "latin-1", "caf\xe9 \x81"),
    ],
)
def test_a_declared_charset_is_taken_in_the_widest_sense_of_its_name(charset: str, label: str, text: str) -> None:
    assert text_of(text.encode(charset), label) == text


@pytest.mark.parametrize("label", [None, "", "no-such-charset", "rot13", "base64", "unicode_escape", "utf-7", "idna", "a\0b", "utf-8"])
def test_without_a_charset_that_can_be_right_it_is_guessed(label: str | None) -> None:
    assert text_of(GERMAN.encode("cp1252"), label) == GERMAN
    assert text_of(CHINESE.encode("gb18030"), label) == CHINESE


def test_plain_ascii_is_itself_whatever_its_label() -> None:
    assert text_of(b"It costs +AD0- 3", "utf-7") == "It costs +AD0- 3"
    assert text_of(b"x" * 4, "utf-16") == "xxxx"


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01" + b"\0" * 9 + b"\x03\0>\0",
        bytes(range(256)) * 8,
        b"text with one \0 in it",
        b"\xff\xfe\x00",
        b"\xfe\xff\xd8\x00",
    ],
)
def test_what_is_no_text_is_refused_with_a_fix(content: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        text_of(content)
    assert caught.value.cause
    assert caught.value.fix


def test_bytes_of_no_encoding_at_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import charset_normalizer  # noqa: PLC0415 - replaced only here

    monkeypatch.setattr(charset_normalizer, "from_bytes", lambda _: charset_normalizer.CharsetMatches([]))
    with pytest.raises(DocumentError, match="in no encoding that we know"):
        text_of(b"\xff\xff")


@pytest.mark.parametrize("text", ["Le café à Brevanne\n\nLe café a rouvert après deux ans, pour les amis.", "“The weir” — and the café"])
def test_a_short_text_in_a_western_language_is_read_as_such(text: str) -> None:
    assert text_of(text.encode("cp1252")) == text
