"""How well groups match labels: pairwise and B-cubed precision, recall and F1.

B-cubed after Bagga and Baldwin (1998): of each item, the share of its group that is of its label,
and the share of its label that is in its group; the means over all items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, each in 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on one labelled set, or on one part of it.

    `scores` are named: `pairwise`, `b-cubed`, `items`, …; `size` says what the set holds; `remarks`
    name single misses for whoever looks closer.
    """

    name: str
    size: str
    scores: tuple[tuple[str, Score], ...]
    remarks: tuple[str, ...] = ()


def pairwise(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Score:
    """Of the pairs put together, how many belong together; of those that belong together, how many were put so."""
    hits = _pairs(Counter((gold[item], found[item]) for item in gold))
    together, belonging = _pairs(Counter(found[item] for item in gold)), _pairs(Counter(gold.values()))
    return Score(hits / together if together else 1.0, hits / belonging if belonging else 1.0)


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Score:
    """The same, item by item: a large group counts for no more than its items do."""
    shared = Counter((gold[item], found[item]) for item in gold)
    labels, groups = Counter(gold.values()), Counter(found[item] for item in gold)
    precision = sum(count * count / groups[group] for (_, group), count in shared.items())
    recall = sum(count * count / labels[label] for (label, _), count in shared.items())
    return Score(precision / len(gold), recall / len(gold))


def _pairs(counts: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())
