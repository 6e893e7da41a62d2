"""How likely it is that two figures count one thing: a weighted sum of what speaks for it and against it.

No single sign decides. Two reports that give rival figures for one thing mostly give them in one role or of one
noun, of about the same size, high in their texts, in words that the other report has too, and have nothing else of their
measure that the other does not have; figures of two things have another place or time at them, are a part of something,
or have their like elsewhere in the other report.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.notes.figures.alike import Likeness
from digest.notes.figures.apart import FAR
from digest.notes.figures.around import HEAD, Figure
from digest.notes.figures.columns import Columns, Numbers, Places, Truths, products
from digest.notes.figures.moved import updates
from digest.notes.figures.weights import BIAS, WEIGHTS
from digest.notes.figures.wholes import PARTS

EXPLAINED = 1.0  # from so alike on, a figure that the other report gives too is that figure
_SAME_VALUE = 1.0  # what one value adds to how alike two figures are that may both be right
_CLOSE = 0.12  # logarithm of a ratio
_MEASURES = ("count", "money", "percent", "length", "duration", "date", "clock", "year")
_MOST_DAYS, _MOST_RIVALS = 3, 3  # more say nothing more
_MOST_NAMES, _MOST_FOREIGN = 3, 2
_FEW = 5  # so few are named one by one
# Signs that say more or less where this is measured, and pairs of signs that say more or less together: those of 150 that told most on
# stories left out of the fitting.
_OTHERWISE = {
    "age": ("ratio", "later"),
    "clock": ("only left",),
    "count": ("role",),
    "duration": ("sentence",),
    "length": ("other object",),
    "money": ("sentence", "left", "ratio", "which", "later", "around"),
    "percent": ("near", "foreign", "alike"),
    "year": ("sooner",),
}
_TOGETHER = (("apart", "near"), ("near", "passage"), ("only left", "near"), ("object", "only left"))
_CAP = 0.5  # more in common than news ever has: two sentences that are all but one and the same
_ONE_OF_THEM = ("maybe", "more", "part", "past", "some")  # marks that only one of the two has
_DIGITS = 9  # of a probability that count: two pairs that say the same are exactly as likely
Pair = tuple[Figure, Figure]
Signs = dict[str, NDArray[Any]]  # an entry a pair


class Rivals:
    """The pairs of figures of one story that could be rivals, each of two reports; `fitting` are those that may both be right.

    Tables have a row a figure and a column a report, all other arrays an entry a pair.
    """

    def __init__(self, columns: Columns, pairs: Sequence[Pair], fitting: Sequence[Pair]) -> None:
        self.columns, self.pairs = columns, pairs
        self.likeness = Likeness(columns, *columns.places(pairs))
        self._fitting = Likeness(columns, *columns.places(fitting))

    def of(self, column: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """What a column says of the one figure, and of the other."""
        return column[self.likeness.one], column[self.likeness.two]

    def beside(self, table: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """What a table says of each of the two and the report of the other."""
        one, two = self._slots(self.likeness)
        return table[one], table[two]

    @cached_property
    def numbers(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """How many figures of the other report could be of the same thing as each of the two."""
        table = np.zeros(self._shape, dtype=np.intp)
        for slot in self._slots(self.likeness):
            np.add.at(table, slot, 1)
        return self.beside(table)

    @cached_property
    def next_best(self) -> Numbers:
        """How alike the two are to the most alike of their other rivals in these two reports; 0 where there is none."""
        alike, slots = self.likeness.alike, self._slots(self.likeness)
        best, second = np.full((2, *self._shape), -np.inf)
        times = np.zeros(self._shape, dtype=np.intp)
        for slot in slots:
            np.maximum.at(best, slot, alike)
        for slot in slots:
            is_best = alike == best[slot]
            np.add.at(times, slot, is_best)
            np.maximum.at(second, slot, np.where(is_best, -np.inf, alike))
        found = [np.where((alike == best[slot]) & (times[slot] == 1), second[slot], best[slot]) for slot in slots]
        return np.maximum(*(np.where(np.isinf(how), 0.0, how) for how in found))

    @cached_property
    def explained(self) -> Numbers:
        """A table of how alike a figure is to one of the report that may be the same, in value too."""
        table, fitting, value = np.zeros(self._shape), self._fitting, self.columns.value
        how = fitting.alike + _SAME_VALUE * (value[fitting.one] == value[fitting.two])
        for slot in self._slots(fitting):
            np.maximum.at(table, slot, how)
        return table

    @cached_property
    def left(self) -> tuple[Numbers, Numbers]:
        """How many figures of their dimension each of the two reports has that the other does not give."""
        report, dimension = self.columns.report, self.columns.dimension
        count = np.zeros((len(self.columns.reports), dimension.max(initial=0) + 1, len(self.columns.reports)))
        np.add.at(count, (report, dimension), self.explained < EXPLAINED)
        (here, there), (of, _) = self.of(report), self.of(dimension)
        return count[here, of, there], count[there, of, here]

    @cached_property
    def seconded(self) -> Numbers:
        """How much more alike the two are where third reports give the one figure, or the other, in words of their own."""
        columns, likeness = self.columns, self.likeness
        found = likeness.alike.copy()
        tellers = columns.tellers
        others = [
            (number, one, two)
            for number, pair in enumerate(zip(likeness.one.tolist(), likeness.two.tolist(), strict=True))
            if max(len(tellers[at]) for at in pair) > 1
            for one, two in product(*(tellers[at] for at in pair))
            if (one, two) != pair and len({columns.report[at] for at in (*pair, one, two)}) == len({*pair, one, two})
        ]
        if others:
            numbers, ones, twos = np.array(others, dtype=np.intp).T
            np.maximum.at(found, numbers, Likeness(columns, ones, twos).alike)
        return found - likeness.alike

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self.columns), len(self.columns.reports)

    def _slots(self, pairs: Likeness) -> tuple[tuple[Places, Places], tuple[Places, Places]]:
        """Where tables say something of each figure of the pairs and the report of the other."""
        report = self.columns.report
        return (pairs.one, report[pairs.two]), (pairs.two, report[pairs.one])


def likelihoods(rivals: Rivals) -> Numbers:
    """How probable it is that the two figures of each pair count one thing."""
    if not rivals.pairs:
        return np.zeros(0)
    found = signals(rivals)
    weighed = sum((WEIGHTS[name] * found[name] for name in sorted(found.keys() & WEIGHTS.keys())), np.full(len(rivals.pairs), BIAS))
    return np.round(1 / (1 + np.exp(-weighed)), _DIGITS)


def signals(rivals: Rivals) -> Signs:
    """What speaks for and against the two figures of each pair counting one thing."""
    found = _of_what(rivals) | _of_size(rivals) | _of_words(rivals) | _of_place(rivals) | _among(rivals)
    columns = rivals.columns
    same_noun, same_role = (found[name] for name in ("noun", "role"))
    decided, point = rivals.of(columns.decides)[0], rivals.of(columns.point)[0]
    _also(found, "unsaid", ~same_role & ~same_noun, ("only left", "margin", "ratio"))
    _also(found, "decided", same_role & decided, ("ratio",))
    _also(found, "point", point, ("first", "only left"))
    for measure, names in _OTHERWISE.items():
        _also(found, measure, _is_of(rivals, measure), names)
    return found | {f"{one} and {two}": np.minimum(found[one], _CAP) * np.minimum(found[two], _CAP) for one, two in _TOGETHER}


def _also(found: Signs, where: str, holds: Truths, names: Sequence[str]) -> None:
    """What counts otherwise there."""
    found |= {f"{name}, {where}": found[name] * holds for name in names}


def _is_of(rivals: Rivals, measure: str) -> Truths:
    return rivals.columns.of_measure(measure)[rivals.likeness.one]


def _of_what(rivals: Rivals) -> Signs:
    """What each is said to count, and how it is meant."""
    columns = rivals.columns
    nouns, roles, hedges = rivals.of(columns.noun), rivals.of(columns.role), rivals.of(columns.hedge)
    exact = rivals.of(columns.exact)
    sole, past = rivals.of(columns.sole), rivals.of(columns.marked("past"))
    found: Signs = {
        "noun one": (nouns[0] != nouns[1]) & ((nouns[0] == 0) | (nouns[1] == 0)),
        "sole": sole[0] & sole[1],
        "past: both": past[0] & past[1],
        "noun": (nouns[0] == nouns[1]) & (nouns[0] != 0),
        "other noun": (nouns[0] != nouns[1]) & (nouns[0] != 0) & (nouns[1] != 0),
        "role": (roles[0] == roles[1]) & (roles[0] != 0),
        "role one": (roles[0] != roles[1]) & ((roles[0] == 0) | (roles[1] == 0)),
        "of a hedge": hedges[0] == hedges[1],
        "hedged": 2.0 - exact[0] - exact[1],
    }
    found |= {f"of a {measure}": _is_of(rivals, measure) for measure in _MEASURES}
    return found | {f"{mark}: one": np.not_equal(*rivals.of(columns.marked(mark))) for mark in _ONE_OF_THEM}


def _of_size(rivals: Rivals) -> Signs:
    """How far one is from the other, as logarithm of their ratio, how large they are, and how they are written."""
    columns = rivals.columns
    values = rivals.of(columns.value)
    low, high = np.minimum(*values), np.maximum(*values)
    point, count, money = rivals.of(columns.point)[0], _is_of(rivals, "count"), _is_of(rivals, "money")
    ratio = np.where(point, 0.0, np.minimum(np.log(np.maximum(high, 1e-9) / np.maximum(low, 1e-9)), math.log(FAR)))
    sizes, digits = rivals.of(columns.digits_written), rivals.of(columns.sorted_digits)
    return {
        "ratio": ratio,
        "gap": np.where(point, np.log1p(high - low), 0.0),
        "ratio squared": ratio**2,
        "large": np.where(count | money, np.log10(np.maximum(low, 1)), 0.0),
        "few": count & (low < _FEW),
        "as many digits": sizes[0] == sizes[1],
        "swapped digits": (sizes[0] > 1) & (digits[0] == digits[1]),  # 64 and 46: mistyped
        "close": (ratio < _CLOSE) & ~point,
    }


def _of_words(rivals: Rivals) -> Signs:
    """What their sentences have in common."""
    columns, likeness = rivals.columns, rivals.likeness
    begins, rules = rivals.of(columns.first_behind), rivals.of(columns.rule)
    names = _shared(rivals, lambda one: one.names)
    which = _shared(rivals, lambda one: one.which)
    places = _shared(rivals, lambda one: one.places)
    parts = _shared(rivals, lambda one: one.scope & PARTS)
    synonyms = _shared(rivals, lambda one: one.synonyms)
    return {
        "near": likeness.near,
        "sentence": likeness.sentence,
        "passage": likeness.passage,
        "synonyms": np.minimum(synonyms.both, 3),
        "object": likeness.behind,
        "around": likeness.around,
        "other object": (begins[0] != begins[1]) & (begins[0] != 0) & (begins[1] != 0),
        "names": np.minimum(names.both, _MOST_NAMES),
        "other names": np.minimum(names.one, _MOST_NAMES) + np.minimum(names.two, _MOST_NAMES),
        "year beside": _is_of(rivals, "year") & np.logical_or(*rivals.of(columns.beside)),
        "other places": places.apart,
        "other which": which.apart,
        "rule: one": rules[0] != rules[1],
        "foreign": np.minimum(np.add(*rivals.beside(columns.strange)), _MOST_FOREIGN),
        "which": np.minimum(which.one + which.two, 2),
        "words": np.add(*np.log1p(rivals.of(columns.words))),
        "scope of a part": parts.one + parts.two > 0,
    }


@dataclass(frozen=True, slots=True)
class _Shared:
    """How many words of a sort both figures of each pair have, and how many only the one or the other."""

    both: Numbers
    one: Numbers
    two: Numbers

    @property
    def apart(self) -> Truths:
        """Whether both have such words, and none in common."""
        return np.equal(self.both, 0) & (self.one > 0) & (self.two > 0)


def _shared(rivals: Rivals, words: Callable[[Figure], Iterable[str]]) -> _Shared:
    table = rivals.columns.having(words)
    one, two = rivals.of(table.sum(1))
    both = products(table, rivals.likeness.one, rivals.likeness.two)
    return _Shared(both, one - both, two - both)


def _of_place(rivals: Rivals) -> Signs:
    """Where they stand in their reports, and how many days lie between these."""
    one, two = rivals.of(rivals.columns.place)
    return {
        "days": np.minimum(np.abs(np.subtract(*rivals.of(rivals.columns.day))), _MOST_DAYS),
        "later": np.minimum(np.maximum(one, two), HEAD) / HEAD,
        "sooner": np.minimum(np.minimum(one, two), HEAD) / HEAD,
        "apart": np.minimum(np.abs(one - two), HEAD) / HEAD,
    }


def _among(rivals: Rivals) -> Signs:
    """What else of their measure stands in the two reports, and in the others."""
    columns, how, next_best = rivals.columns, rivals.likeness.alike, rivals.next_best
    left = rivals.left
    return {
        "alike": how,
        "margin": how - next_best,
        "best": how >= next_best,
        "explained": np.maximum(*rivals.beside(rivals.explained)),
        "rivals": sum(np.minimum(number, _MOST_RIVALS) for number in rivals.numbers),
        "matched": np.add(*(given.astype(int) for given in rivals.beside(columns.given))),
        "only left": np.maximum(*left) <= 1,
        "left": np.add(*np.log(np.maximum(left, 1))),
        "seconded": rivals.seconded,
        "first": np.logical_and(*rivals.of(columns.first)),
        "update": np.array([updates(*sorted((one.said, two.said), key=lambda said: said.moment)) for one, two in rivals.pairs], dtype=bool),
    }
