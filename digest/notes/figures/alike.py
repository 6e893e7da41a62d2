"""How alike two figures are in the words around them, before anything else is weighed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set

from digest.notes.figures.around import Figure
from digest.notes.quantities import Quantity

# What one role, one noun, … add to it: set by hand, since the weights of `weights.py` settle what it is worth.
_ROLE, _NOUN, _NEAR, _SENTENCE, _LETTERS, _OTHER_ROLE, _OTHER_NOUN = 1.0, 1.2, 2.0, 1.5, 1.0, -0.5, -0.8


def alike(one: Figure, two: Figure, rarity: Mapping[str, float]) -> float:
    """How much the two say of one thing, from -1.3 up; about 1 where it is one role or noun, or half of the words around are the same."""
    roles, nouns = (role_of(one.said.quantity), role_of(two.said.quantity)), (one.said.quantity.noun, two.said.quantity.noun)
    found = _ROLE if roles[0] == roles[1] != "" else _OTHER_ROLE if "" not in roles and roles[0] != roles[1] else 0.0
    found += _NOUN if nouns[0] == nouns[1] != "" else _OTHER_NOUN if "" not in nouns and nouns[0] != nouns[1] else 0.0
    found += _LETTERS * _overlap(one.grams, two.grams)
    if one.sentence.isdisjoint(two.sentence):
        return found
    return found + _NEAR * near(one, two, rarity) + _SENTENCE * cosine(one.sentence, two.sentence, rarity)


def near(one: Figure, two: Figure, rarity: Mapping[str, float]) -> float:
    """Cosine of the words around two figures, which count more the nearer they stand, and the rarer they are."""
    mine, theirs = one.near, two.near
    both = mine.keys() & theirs.keys()
    if not both:
        return 0.0
    shared = math.fsum(rarity.get(stem, 1.0) * mine[stem] * theirs[stem] for stem in both)
    return shared / math.sqrt(_length(mine, rarity) * _length(theirs, rarity))


def _length(near: Mapping[str, float], rarity: Mapping[str, float]) -> float:
    return math.fsum(rarity.get(stem, 1.0) * weight**2 for stem, weight in near.items())


def cosine(left: Set[str], right: Set[str], rarity: Mapping[str, float]) -> float:
    """How alike two sets of stems are, the rare ones counting more."""
    both = left & right
    if not both:
        return 0.0
    shared, mine, theirs = (math.fsum(rarity.get(stem, 1.0) for stem in stems) for stems in (both, left, right))
    return shared / math.sqrt(mine * theirs)


def _overlap(left: Set[str], right: Set[str]) -> float:
    return len(left & right) / math.sqrt(len(left) * len(right)) if left and right else 0.0


def role_of(quantity: Quantity) -> str:
    """The name of its role; empty where it has none."""
    return quantity.role.name if quantity.role else ""
