"""How alike two short texts are. The only module that knows rapidfuzz.

Kept to functions whose time is bounded on long input; `partial_ratio` is not (77 s for 20 kB against 10).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from rapidfuzz.distance import LCSseq, Levenshtein, Opcode
from rapidfuzz.fuzz import token_set_ratio


def title_likeness(one: str, two: str) -> float:
    """In 0..1: the words that two titles share against those that they do not, whatever their order."""
    return token_set_ratio(one, two) / 100


def common_in_order(one: Sequence[Hashable], two: Sequence[Hashable]) -> int:
    """How many words stand in both texts in the same order: their longest common subsequence."""
    return int(LCSseq.similarity(one, two))


def edits(one: Sequence[Hashable], two: Sequence[Hashable]) -> Iterable[Opcode]:
    """The fewest steps (`tag`, `src_start`, `src_end`, `dest_start`, `dest_end`) that make one text of the other."""
    return Levenshtein.opcodes(one, two)
