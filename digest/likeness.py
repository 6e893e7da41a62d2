"""How alike two short texts are. The only module that knows rapidfuzz.

Kept to functions whose time is bounded on long input; `partial_ratio` is not (77 s for 20 kB against 10).
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import token_set_ratio


def title_likeness(one: str, two: str) -> float:
    """In 0..1: the words that two titles share against those that they do not, whatever their order."""
    return token_set_ratio(one, two) / 100


def common_in_order(one: Sequence[str], two: Sequence[str]) -> int:
    """How many words stand in both texts in the same order: their longest common subsequence."""
    return int(LCSseq.similarity(one, two))
