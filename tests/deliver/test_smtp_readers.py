"""Lists of readers: what is one address, and what is said of a line that is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deliver.smtp_readers import Reader, reader, readers
from digest.errors import SettingsError


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ada@quay.example", Reader("ada@quay.example")),
        ("  <ada@quay.example> ", Reader("ada@quay.example")),
        ("Ada Brand <Ada@Quay.Example>", Reader("Ada@quay.example", "Ada Brand")),
        ('"Brand, Ada" <ada@quay.example>', Reader("ada@quay.example", "Brand, Ada")),
        ("آدا <ada@quay.example>", Reader("ada@quay.example", "آدا")),
        ("ada@straße.example", Reader("ada@xn--strae-oqa.example")),
        ("ada@例え.example", Reader("ada@xn--r8jz45g.example")),
        ("größe@quay.example", Reader("größe@quay.example")),
        ("a#b+c@localhost", Reader("a#b+c@localhost")),
        ("o'neil@quay.example", Reader("o'neil@quay.example")),
    ],
)
def test_what_is_an_address(line: str, expected: Reader) -> None:
    assert reader(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "ada",
        "@quay.example",
        "ada@",
        "ada @quay.example",
        "ada@quay example",
        "ada@quay..example",
        "ada.@quay.example",
        ".ada@quay.example",
        "ada@[127.0.0.1]",
        "ada@127.0.0.1",
        "ada@-quay.example",
        "ada@quay.example, ines@quay.example",
        "ada@quay.example>",
        "<ada@quay.example",
        "Ada <ada@quay.example> <ines@quay.example>",
        '"ada b"@quay.example',
        "ada@quay.example\rBcc: all@quay.example",
        "Ada\nBcc: all@quay.example <ada@quay.example>",
        "Ada\u2028Bcc: x <ada@quay.example>",
        "ada\x00@quay.example",
        "ada\u200b@quay.example",
        "\udc80@quay.example",
        "a" * 65 + "@quay.example",
        "a@" + "b" * 64 + ".example",
        "a@" + ".".join(["b" * 60] * 5),
        "",
    ],
)
def test_what_is_none(line: str) -> None:
    with pytest.raises(ValueError, match=r"^(is|has|holds) "):
        reader(line)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_line_makes_an_address_that_could_break_out(line: str) -> None:
    try:
        found = reader(line)
    except ValueError:
        return
    assert not set(found.address) & set(' \r\n\t\0<>",;:\\')
    assert found.address.count("@") == 1
    assert found.name.isprintable()


def test_a_file_has_comments_and_each_reader_once(tmp_path: Path) -> None:
    file = tmp_path / "readers.txt"
    file.write_bytes(
        "\ufeff# readers\r\nada@quay.example\r\n\r\n  # more\nInes <ines@quay.example>  # since May\nADA@QUAY.example\n".encode()
    )
    found = readers(["Odile <odile@quay.example>"], file)
    assert list(found.values()) == [Reader("odile@quay.example", "Odile"), Reader("ada@quay.example"), Reader("ines@quay.example", "Ines")]


def test_every_wrong_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "readers.txt"
    file.write_text("ada@quay.example\nada at quay\n" + "x\n" * 9, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        readers(["nobody"], file)
    assert caught.value.where == str(file)
    assert "`recipients`[1]: 'nobody' is no mail address" in caught.value.cause
    assert "line 2: 'ada at quay' is no mail address" in caught.value.cause
    assert "and 6 more" in caught.value.cause


@pytest.mark.parametrize(("content", "words"), [(None, "cannot be read"), (b"\xff\xfe", "is not UTF-8")])
def test_a_file_that_is_no_list_is_named(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "readers.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=words) as caught:
        readers([], file)
    assert caught.value.where == str(file)


def test_a_file_that_is_far_too_large_is_no_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.deliver.smtp_readers._LARGEST", 20)
    file = tmp_path / "readers.txt"
    file.write_text("ada@quay.example\n" * 2, encoding="utf-8")
    with pytest.raises(SettingsError, match="too large"):
        readers([], file)
