"""How alike figures are in the words around them, before anything else is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from digest.notes.figures.columns import Columns, Numbers, Places, products

# What one role, one noun, … add to it: set by hand, since the weights of `weights.py` settle what it is worth.
_ROLE, _NOUN, _NEAR, _SENTENCE, _LETTERS, _OTHER_ROLE, _OTHER_NOUN = 1.0, 1.2, 2.0, 1.5, 1.0, -0.5, -0.8
_RARE = 4.0  # about log(1 + 100 / 2)
_DIGITS = 9  # that count: two pairs that say the same are exactly as alike, wherever they stand in a table


@dataclass(frozen=True, eq=False)
class Likeness:
    """Pairs of figures of one story, by where they stand in its columns, compared by their words."""

    columns: Columns
    one: Places
    two: Places

    @cached_property
    def near(self) -> Numbers:
        """The cosine of the words around two figures, which count more the nearer they stand."""
        return products(self.columns.near, self.one, self.two)

    @cached_property
    def sentence(self) -> Numbers:
        """The cosine of all stems of their sentences."""
        return products(self.columns.sentence, self.one, self.two)

    @cached_property
    def passage(self) -> Numbers:
        """… and of these with the ones before."""
        return products(self.columns.passage, self.one, self.two)

    @cached_property
    def behind(self) -> Numbers:
        """How much the words behind have in common: the sum of the rarities, 1 for what two of a hundred sentences have."""
        return products(self.columns.behind, self.one, self.two) / _RARE

    @cached_property
    def around(self) -> Numbers:
        """… and those before."""
        return products(self.columns.around, self.one, self.two) / _RARE

    @cached_property
    def alike(self) -> Numbers:
        """How much the two say of one thing, from -1.3 up; about 1 where it is one role or noun, or half of the words are the same."""
        named = self._named(self.columns.role, _ROLE, _OTHER_ROLE) + self._named(self.columns.noun, _NOUN, _OTHER_NOUN)
        letters = _LETTERS * products(self.columns.letters, self.one, self.two)
        return np.round(named + letters + _NEAR * self.near + _SENTENCE * self.sentence, _DIGITS)

    def _named(self, names: NDArray[np.intp], same: float, other: float) -> Numbers:
        """`same` where two have one name, `other` where they have two, 0 where one has none."""
        one, two = names[self.one], names[self.two]
        return np.where((one == 0) | (two == 0), 0.0, np.where(one == two, same, other))
