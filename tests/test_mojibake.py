"""UTF-8 read in the wrong charset is read right again, and right text stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.mojibake import mended

OPEN = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
RIGHT = [
    "The café’s naïve owner said “never” – and meant it.",
    "Größere Brände in Österreich, sagt die Münchner Feuerwehr: „Öfter als früher“.",
    "L’été dernier, l’œuvre a coûté 12 € à la ville d’Évreux…",
    "El niño comió piñas en Málaga ¿verdad?",
    "Příliš žluťoučký kůň úpěl ďábelské ódy – řekl „ano“.",
    "Министр подписал указ о реке",
    "海州港务局星期二宣布恢复通航",
    "Η κυβέρνηση ανακοίνωσε μέτρα",
]


def wrong(text: str, charset: str) -> str:
    """`text` as a program shows it that takes its UTF-8 for `charset`."""
    return "".join(bytes([byte]).decode("latin-1" if byte in OPEN else charset) for byte in text.encode())


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("charset", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", RIGHT)
def test_what_was_read_wrong_is_read_right(text: str, charset: str, times: int) -> None:
    read = text
    for _ in range(times):
        read = wrong(read, charset)
    found = mended(read)
    assert found.text == text
    assert found.wrong


@pytest.mark.parametrize(
    "text",
    [
        *RIGHT,
        "“MAÇÔ é fruta; “MAÇÔ não é pão. NÃO!",
        "“L’ABBÉ” et “LA CITÉ”, dit-il.",
        "»GÂ« und »SÄ«",
        "Ã la carte, Â la mode",
        "",
    ],
)
def test_right_text_stays(text: str) -> None:
    assert mended(text).text == text
    assert not mended(text).wrong


LETTERS = "abc xyz äöüßéèêàçñáíóúøåæœ’“”–—…€£°ß«»ÄÖÜÉÀ"


@given(st.text(LETTERS, max_size=200))
def test_a_round_trip_of_any_such_text_gives_it_back(text: str) -> None:
    assert mended(wrong("Über café: " + text, "cp1252")).text == "Über café: " + text


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault_and_once_is_enough(text: str) -> None:
    once = mended(text).text
    assert mended(once).text == once


def test_a_megabyte_of_pairs_is_read_in_time() -> None:
    assert mended("Ã©" * 500_000).text == "é" * 500_000
    assert len(mended("â€" * 300_000).text) == 600_000
