"""Texts to words, as arrays: no loop over characters or words, so that it runs at the speed of memory.

A block of texts is one array of code points. Kinds and values come from tables, words begin where the
kind changes, and the hash of a word is a difference of running sums:
    H(word) = (sum over the word of value·B^place) · B^-start   (mod 2^64)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from digest.group import letters
from digest.group.letters import mixed

STEM = 6  # letters of a word that its endings leave alone
GRAM = 3
LONGEST = 1 << 16  # characters read of one text: what stands behind is background, and a page of 5 MB is no report
_BASE = 0x9E3779B97F4A7C15 | 1
_INVERSE = pow(_BASE, -1, 1 << 64)

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a block of texts, in their order.

    `text` is which text a word is of, `place` its number in that text; `hash` is of the folded word, `stem`
    of its first STEM letters. `capital`: written with one; `opens`: first of a sentence; `digit`: it
    begins with one; `paired`: a pair of characters of a script without spaces; `length` in characters.
    `stem`, and `gram` and `gram_word` (the runs of three characters within words and their ends, and the places of
    the words), are empty where they were not asked for.
    """

    text: Places
    place: Places
    hash: Hashes
    stem: Hashes
    length: Places
    capital: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    digit: NDArray[np.bool_]
    paired: NDArray[np.bool_]
    gram: Hashes
    gram_word: Places


def scanned(texts: Sequence[str], grams: bool = False, stems: bool = True) -> Words:
    """The words of `texts`, with their `grams` and `stems` if these are asked for."""
    heads = [_composed(text[:LONGEST]) for text in texts]
    codes, table = _coded("\n".join(["", *heads, ""]))
    begins = np.cumsum([1] + [len(head) + 1 for head in heads])  # where each text begins, and the end
    if (table & letters.KIND == letters.MARK).any():
        keep = table & letters.KIND != letters.MARK
        begins = np.concatenate(([0], np.cumsum(keep)))[begins]
        codes, table = codes[keep], table[keep]
    kind: NDArray[np.uint8] = table & np.uint8(letters.KIND)
    _join_figures(kind)
    starts, ends = _bounds(kind)
    opens = _opens(table, starts)
    sums = _sums(codes)
    counts = np.diff(np.searchsorted(starts, begins))
    text = np.repeat(np.arange(len(texts)), counts)
    firsts = np.cumsum(counts) - counts
    gram, owner = _grams(sums, starts, ends) if grams else (np.zeros(0, np.uint64), np.zeros(0, np.int64))
    return Words(
        text=text,
        place=np.arange(len(starts)) - np.repeat(firsts, counts),
        hash=_hashes(sums, starts, ends),
        stem=_hashes(sums, starts, np.minimum(ends, starts + STEM)) if stems else np.zeros(0, np.uint64),
        length=ends - starts,
        capital=(table[starts] & letters.CAPITAL) != 0,
        opens=opens,
        digit=kind[starts] == letters.DIGIT,
        paired=kind[starts] == letters.PAIRED,
        gram=gram,
        gram_word=owner,
    )


def _coded(block: str) -> tuple[NDArray[np.uint8] | NDArray[np.uint32], NDArray[np.uint8]]:
    """The code points of a block, and of each its kind and flags; a block that fits into bytes is translated as bytes, which is quicker."""
    try:
        plain = block.encode("latin-1")
    except UnicodeEncodeError:
        codes = np.frombuffer(block.encode("utf-32-le", "surrogatepass"), np.uint32)
        return codes, letters.kinds().take(codes)
    return np.frombuffer(plain, np.uint8), np.frombuffer(plain.translate(letters.plain_kinds()), np.uint8)


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _join_figures(kind: NDArray[np.uint8]) -> None:
    """A point or comma between two digits belongs to the figure; any other ends a word."""
    joints = np.flatnonzero(kind == letters.JOINT)
    inside = (kind[joints - 1] == letters.DIGIT) & (kind[joints + 1] == letters.DIGIT)
    kind[joints] = np.where(inside, letters.DIGIT, letters.BREAK)


def _bounds(kind: NDArray[np.uint8]) -> tuple[Places, Places]:
    """Where words start and end; of a run of PAIRED characters, each pair is a word."""
    paired = kind == letters.PAIRED
    plain = (kind == letters.LETTER) | (kind == letters.DIGIT)
    edges = np.flatnonzero(plain[1:] != plain[:-1]) + 1  # the first and the last character are breaks
    starts, ends = edges[::2], edges[1::2]
    if not paired.any():
        return starts, ends
    follows = paired[1:] & paired[:-1]
    alone = paired.copy()
    alone[1:] &= ~follows
    alone[:-1] &= ~follows
    pairs, singles = np.flatnonzero(follows), np.flatnonzero(alone)
    starts = np.concatenate((starts, pairs, singles))
    ends = np.concatenate((ends, pairs + 2, singles + 1))
    order = np.argsort(starts, kind="stable")
    return starts[order], ends[order]


def _opens(table: NDArray[np.uint8], starts: Places) -> NDArray[np.bool_]:
    """Whether a word is the first of a sentence: a stop stands right before it, or before the space before it."""
    before = table[starts - 1]
    earlier = table[np.maximum(starts - 2, 0)]
    behind_space = ((before & letters.SPACE) != 0) & ((earlier & letters.STOP) != 0)
    found: NDArray[np.bool_] = ((before & letters.STOP) != 0) | behind_space | (starts < 2)
    return found


def _sums(codes: NDArray[np.uint8] | NDArray[np.uint32]) -> Hashes:
    powers, _ = _powers(1 << max(16, (len(codes) + 1).bit_length()))
    sums = np.empty(len(codes) + 1, np.uint64)
    sums[0] = 0
    terms = letters.values().take(codes)
    terms *= powers[: len(codes)]
    np.cumsum(terms, out=sums[1:])
    return sums


def _hashes(sums: Hashes, starts: Places, ends: Places) -> Hashes:
    _, inverses = _powers(1 << max(16, len(sums).bit_length()))
    found: Hashes = (sums[ends] - sums[starts]) * inverses[starts]
    return mixed(found)


def _grams(sums: Hashes, starts: Places, ends: Places) -> tuple[Hashes, Places]:
    """Hashes of the runs of GRAM characters in each word with one place beyond either end, and whose they are."""
    sizes = np.maximum(ends - starts + 3 - GRAM, 1)  # the first begins one before the word, the last ends one behind it
    owner = np.repeat(np.arange(len(starts)), sizes)
    first = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + starts[owner] - 1
    head, tail = first < starts[owner], first + GRAM > ends[owner]
    found = _hashes(sums, np.maximum(first, starts[owner]), np.minimum(first + GRAM, ends[owner]))
    return mixed(found + head.astype(np.uint64) + np.uint64(2) * tail.astype(np.uint64)), owner


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """B^0, B^1, … and their inverses, mod 2^64."""
    powers, inverses = (np.full(length, base, np.uint64) for base in (_BASE, _INVERSE))
    powers[0] = inverses[0] = 1
    return np.cumprod(powers), np.cumprod(inverses)
