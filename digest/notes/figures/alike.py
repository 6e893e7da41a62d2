"""How alike two figures are in the words around them, before anything else is weighed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from digest.notes.figures.around import Figure, Report
from digest.notes.quantities import Quantity

# What one role, one noun, … add to it: set by hand, since the weights of `weights.py` settle what it is worth.
_ROLE, _NOUN, _NEAR, _SENTENCE, _LETTERS, _OTHER_ROLE, _OTHER_NOUN = 1.0, 1.2, 2.0, 1.5, 1.0, -0.5, -0.8


class Likeness:
    """Compares figures of one story; a stem says the more the fewer of its sentences with figures have it (squared IDF).

    Lengths of figures are kept, since each figure is compared with many.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        sentences = {(one.said.article.id, one.said.quantity.sentence): one.sentence for report in reports for one in report.figures}
        seen = Counter(stem for stems in sentences.values() for stem in stems)
        self._rarity: Mapping[str, float] = {stem: math.log(1 + len(sentences) / times) ** 2 for stem, times in seen.items()}
        self._near: dict[Figure, float] = {}
        self._sets: dict[Set[str], float] = {}

    def alike(self, one: Figure, two: Figure) -> float:
        """How much the two say of one thing, from -1.3 up; about 1 where it is one role or noun, or half of the words are the same."""
        left, right = one.said.quantity, two.said.quantity
        roles, nouns = (role_of(left), role_of(right)), (left.noun, right.noun)
        found = _ROLE if roles[0] == roles[1] != "" else _OTHER_ROLE if "" not in roles and roles[0] != roles[1] else 0.0
        found += _NOUN if nouns[0] == nouns[1] != "" else _OTHER_NOUN if "" not in nouns and nouns[0] != nouns[1] else 0.0
        found += _LETTERS * _overlap(one.grams, two.grams)
        if one.sentence.isdisjoint(two.sentence):
            return found
        return found + _NEAR * self.near(one, two) + _SENTENCE * self.cosine(one.sentence, two.sentence)

    def near(self, one: Figure, two: Figure) -> float:
        """Cosine of the words around two figures, which count more the nearer they stand, and the rarer they are."""
        mine, theirs, rarity = one.near, two.near, self._rarity
        shared = [rarity.get(stem, 1.0) * mine[stem] * theirs[stem] for stem in mine.keys() & theirs.keys()]
        return math.fsum(shared) / math.sqrt(self._length(one) * self._length(two)) if shared else 0.0

    def _length(self, one: Figure) -> float:
        if one not in self._near:
            self._near[one] = math.fsum(self._rarity.get(stem, 1.0) * weight**2 for stem, weight in one.near.items())
        return self._near[one]

    def cosine(self, left: Set[str], right: Set[str]) -> float:
        """How alike two sets of stems are, the rare ones counting more; a stem of no sentence with a figure counts 1."""
        shared = [self._rarity.get(stem, 1.0) for stem in left & right]
        return math.fsum(shared) / math.sqrt(self._size(left) * self._size(right)) if shared else 0.0

    def _size(self, stems: Set[str]) -> float:
        if stems not in self._sets:
            self._sets[stems] = math.fsum(self._rarity.get(stem, 1.0) for stem in stems)
        return self._sets[stems]


def _overlap(left: Set[str], right: Set[str]) -> float:
    return len(left & right) / math.sqrt(len(left) * len(right)) if left and right else 0.0


def role_of(quantity: Quantity) -> str:
    """The name of its role; empty where it has none."""
    return quantity.role.name if quantity.role else ""
