"""How alike figures are in the words around them, before anything else is weighed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

from digest.notes.figures.around import Figure, Report
from digest.notes.quantities import Quantity

# What one role, one noun, … add to it: set by hand, since the weights of `weights.py` settle what it is worth.
_ROLE, _NOUN, _NEAR, _SENTENCE, _LETTERS, _OTHER_ROLE, _OTHER_NOUN = 1.0, 1.2, 2.0, 1.5, 1.0, -0.5, -0.8
_RARE = 4.0  # about log(1 + 100 / 2)
Unit = Mapping[str, float]  # a vector of length 1, by word


class Likeness:
    """Compares the figures of one story; a stem says the more the fewer of their sentences have it (squared IDF).

    `near` is the cosine of the words around two figures, which count more the nearer they stand, `sentence` and `passage` that of all
    stems of their sentences and of these with the ones before; a stem of no sentence with a figure has the rarity 1.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        sentences = {(one.said.article.id, one.said.quantity.sentence): one.sentence for report in reports for one in report.figures}
        seen = Counter(stem for stems in sentences.values() for stem in stems)
        self._rarity = {stem: math.log(1 + len(sentences) / times) for stem, times in seen.items()}
        self._near: dict[Figure, Unit] = {}  # each figure is compared with many: its vectors are kept
        self._sets: dict[Set[str], Unit] = {}

    def alike(self, one: Figure, two: Figure) -> float:
        """How much the two say of one thing, from -1.3 up; about 1 where it is one role or noun, or half of the words are the same."""
        left, right = one.said.quantity, two.said.quantity
        found = _named(role_of(left), role_of(right), _ROLE, _OTHER_ROLE) + _named(left.noun, right.noun, _NOUN, _OTHER_NOUN)
        found += _LETTERS * _overlap(one.grams, two.grams)
        if one.sentence.isdisjoint(two.sentence):
            return found
        return found + _NEAR * self.near(one, two) + _SENTENCE * self.sentence(one, two)

    def near(self, one: Figure, two: Figure) -> float:
        return _product(self._around(one), self._around(two))

    def sentence(self, one: Figure, two: Figure) -> float:
        return _product(self._of(one.sentence), self._of(two.sentence))

    def passage(self, one: Figure, two: Figure) -> float:
        return _product(self._of(one.passage), self._of(two.passage))

    def shared(self, here: Sequence[str], there: Sequence[str]) -> float:
        """How much two short runs of stems have in common: the sum of the rarities, 1 for what two of a hundred sentences have."""
        return math.fsum(self._rarity.get(one, 1.0) for one in sorted(set(here) & set(there))) / _RARE

    def _around(self, one: Figure) -> Unit:
        found = self._near.get(one)
        if found is None:
            self._near[one] = found = self._unit(one.near.items())
        return found

    def _of(self, stems: Set[str]) -> Unit:
        found = self._sets.get(stems)
        if found is None:
            self._sets[stems] = found = self._unit((stem, 1.0) for stem in stems)
        return found

    def _unit(self, weights: Iterable[tuple[str, float]]) -> Unit:
        vector = {stem: weight * self._rarity.get(stem, 1.0) for stem, weight in weights}
        length = math.sqrt(math.fsum(value**2 for value in vector.values()))
        return {stem: value / length for stem, value in vector.items()}


def _product(one: Unit, two: Unit) -> float:
    return math.fsum([one[stem] * two[stem] for stem in one.keys() & two.keys()])  # a sum that no order of the stems changes


def _named(one: str, two: str, same: float, other: float) -> float:
    """`same` where two have one name, `other` where they have two, 0 where one has none."""
    return 0.0 if not one or not two else same if one == two else other


def _overlap(left: Set[str], right: Set[str]) -> float:
    return len(left & right) / math.sqrt(len(left) * len(right)) if left and right else 0.0


def role_of(quantity: Quantity) -> str:
    """The name of its role; empty where it has none."""
    return quantity.role.name if quantity.role else ""
