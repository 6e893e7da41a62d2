"""What a character is to a reader of words, for every code point, as tables that arrays are looked up in.

A letter is folded to its base letter (case, accents, width, Arabic and Hebrew points), so that a
headline in capitals or without accents has the words of its text.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

# What a character does to the words around it.
BREAK, LETTER, DIGIT, PAIRED, MARK, JOINT = range(6)
# The same byte also says:
KIND = 0x0F
CAPITAL = 0x10  # an upper-case letter
STOP = 0x20  # behind this a sentence begins
SPACE = 0x40

_CODES = 0x110000
# Scripts without spaces (Thai, Lao, Myanmar, Khmer, Kana, Han): their words are pairs of characters.
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_ASTRAL_LETTERS = ((0x10000, 0x1CFFF), (0x1E000, 0x1EFFF))  # old and small scripts: letters, as they are
# Signs that belong to the letter before and say nothing of the word: accents, points, tatweel, joiners, soft hyphen.
_SILENT = ((0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640), (0x064B, 0x065F), (0x0670, 0x0670))
_SILENT_SINGLE = (0x00AD, 0x200C, 0x200D, 0x2060, 0xFEFF)
# Most letters that there are, and none that folds to another: Han signs, Korean syllables (a letter, not the sound it begins with).
_WHOLE = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3))
_STOPS = '.!?:;\n\r\u2028\u2029"“”„«»‹›…。！？؟۔।•–—|'
_SAME = {"ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ł": "l", "đ": "d", "ø": "o", "ı": "i", "ħ": "h", "æ": "a", "œ": "o", "ß": "s", "ſ": "s"}


@cache
def kinds() -> NDArray[np.uint8]:
    """Of each code point, its kind and flags."""
    table = np.zeros(_CODES, np.uint8)
    for code in range(0x10000):
        character = chr(code)
        if character.isalpha():
            table[code] = LETTER
        elif character.isdecimal():
            table[code] = DIGIT
        elif character.isspace():
            table[code] = SPACE
        elif unicodedata.category(character)[0] == "M":
            table[code] = LETTER  # the vowels of India belong to their word
        if character.isupper():
            table[code] |= CAPITAL
    for ranges, kind in ((_ASTRAL_LETTERS, LETTER), (_UNSPACED, PAIRED), (_SILENT, MARK)):
        for first, last in ranges:
            table[first : last + 1] = kind
    table[list(_SILENT_SINGLE)] = MARK
    for character in _STOPS:
        table[ord(character)] |= STOP
    table[[ord("."), ord(",")]] |= JOINT
    return table


@cache
def plain_kinds() -> bytes:
    """The kinds and flags of the first 256 code points, as a table for `bytes.translate`."""
    return kinds()[:256].tobytes()


@cache
def values() -> NDArray[np.uint64]:
    """Of each code point, a number that its folded letter stands for in the hash of a word."""
    folded = np.arange(_CODES, dtype=np.uint64)
    whole = {code for first, last in _WHOLE for code in range(first, last + 1)}
    for character in map(chr, (code for code in range(0x10000) if code not in whole)):
        if character.isalnum():
            folded[ord(character)] = ord(_folded(character))
    folded[ord(",")] = ord(".")
    return mixed(folded + np.uint64(1))


def _folded(character: str) -> str:
    small = unicodedata.normalize("NFKD", character.casefold())
    base = next((part for part in small if not unicodedata.combining(part)), character)
    base = base.casefold()[:1] or base
    return _SAME.get(base, base)


def mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers spread over all 64 bits, one to one (the finaliser of SplitMix64)."""
    found = numbers ^ (numbers >> np.uint64(30))
    found *= np.uint64(0xBF58476D1CE4E5B9)
    found ^= found >> np.uint64(27)
    found *= np.uint64(0x94D049BB133111EB)
    found ^= found >> np.uint64(31)
    return found
