"""The figures of one story in columns, so that all pairs of them are weighed at once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from digest.notes.figures.around import Figure, Report
from digest.notes.figures.moved import POINTS
from digest.notes.quantities import Hedge, Quantity

Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]
Places = NDArray[np.intp]  # of figures, in the order of their reports
_DAY_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_FEW = 5  # things: so few say nothing of themselves
_TELLERS = 3  # reports that give one figure are heard: the next say the same again
_CELLS = 1 << 22  # of a table that are multiplied at once: 32 MiB


class Columns:
    """What the figures of a story are and what stands around them, a row each, the reports one after the other.

    A stem says the more the fewer of the story's sentences with a figure have it (squared IDF); a stem of none of them has the rarity 1.
    """

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = reports
        self.figures = [one for report in reports for one in report.figures]
        self._at: Mapping[Figure, int] = {one: number for number, one in enumerate(self.figures)}
        self.report = np.repeat(np.arange(len(reports)), [len(report.figures) for report in reports])
        sentences = {(one.said.article.id, one.said.quantity.sentence): one.sentence for one in self.figures}
        seen = Counter(stem for stems in sentences.values() for stem in stems)
        self._rarity = {stem: math.log(1 + len(sentences) / times) for stem, times in seen.items()}
        quantities = [one.said.quantity for one in self.figures]
        self.dimension = _coded(one.dimension for one in quantities)
        self._measures = [measure_of(one) for one in quantities]
        self.point = self._where(one in POINTS for one in self._measures)
        self.role = _coded(role_of(one) for one in quantities)
        self.decides = self._where(one.role is not None and one.role.alone for one in quantities)
        self.noun = _coded(one.noun for one in quantities)
        self.hedge = _coded(one.amount.hedge.value for one in quantities)
        self.exact = self._where(one.amount.hedge is Hedge.EXACT for one in quantities)
        self.sole = self._where(one.sole for one in quantities)
        self.value = self._numbers(one.value for one in self.figures)
        self.place = self._numbers(one.place for one in self.figures)
        self.first = self._where(report.first(one) for report in reports for one in report.figures)
        self.day = self._numbers((one.said.moment - _DAY_ZERO) / timedelta(days=1) for one in self.figures)
        self.words = self._numbers(len(one.sentence) for one in self.figures)
        self.sorted_digits = _coded("".join(sorted(one.digits)) for one in self.figures)
        self.digits_written = self._numbers(len(one.digits) for one in self.figures)
        self.first_behind = _coded(one.behind[0] if one.behind else "" for one in self.figures)
        self.rule = self._where(one.rule for one in self.figures)
        self.beside = self._where(one.beside for one in self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def places(self, pairs: Sequence[tuple[Figure, Figure]]) -> tuple[Places, Places]:
        """The rows of the one and of the other figure of each pair."""
        found = np.array([(self._at[one], self._at[two]) for one, two in pairs], dtype=np.intp).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def of_measure(self, measure: str) -> Truths:
        return self._where(one == measure for one in self._measures)

    def marked(self, mark: str) -> Truths:
        return self._where(mark in one.said.quantity.marks for one in self.figures)

    def _where(self, holds: Iterable[bool]) -> Truths:
        return np.fromiter(holds, dtype=bool, count=len(self))

    def _numbers(self, found: Iterable[float]) -> Numbers:
        return np.fromiter(found, dtype=float, count=len(self))

    @cached_property
    def near(self) -> Numbers:
        """The words of its sentence, which count more the nearer they stand to it; rows of length 1."""
        return self._unit([dict(one.near) for one in self.figures])

    @cached_property
    def sentence(self) -> Numbers:
        """All stems of its sentence; rows of length 1."""
        return self._unit([dict.fromkeys(one.sentence, 1.0) for one in self.figures])

    @cached_property
    def passage(self) -> Numbers:
        """All stems of its sentence and of the one before; rows of length 1."""
        return self._unit([dict.fromkeys(one.passage, 1.0) for one in self.figures])

    @cached_property
    def letters(self) -> Numbers:
        """Runs of four letters in its clause; rows of length 1."""
        return _unit(self.having(lambda one: one.grams))

    @cached_property
    def behind(self) -> Numbers:
        """The first stems behind it, each by the root of its rarity: a product is the rarity of what two share."""
        return self._rare([one.behind for one in self.figures])

    @cached_property
    def around(self) -> Numbers:
        """… and the last before it too."""
        return self._rare([one.behind + one.before for one in self.figures])

    def having(self, words: Callable[[Figure], Iterable[str]]) -> Numbers:
        """A column a word, 1 where a figure has it."""
        return _table([dict.fromkeys(words(one), 1.0) for one in self.figures])

    @cached_property
    def strange(self) -> Numbers:
        """How many of the names at a figure each report does not know: a row a figure, a column a report."""
        return np.array([[len(one.names - report.name_heads) for report in self.reports] for one in self.figures], dtype=float)

    @cached_property
    def given(self) -> Truths:
        """Whether each report gives the very figure too: a row a figure, a column a report."""
        return np.array([[report.gives(one) for report in self.reports] for one in self.figures], dtype=bool)

    @cached_property
    def tellers(self) -> Sequence[Sequence[int]]:
        """Of each figure its own row, and those of the first few other reports that give the very figure."""
        same: dict[tuple[int, float], list[int]] = {}
        for row, figure in enumerate(zip(self.dimension.tolist(), self.value.tolist(), strict=True)):
            same.setdefault(figure, []).append(row)
        few = self.of_measure("count") & (self.value < _FEW)  # which two reports have by chance
        return [
            [row] if few[row] else [row, *[other for other in same[figure] if self.report[other] != self.report[row]][:_TELLERS]]
            for row, figure in enumerate(zip(self.dimension.tolist(), self.value.tolist(), strict=True))
        ]

    def _unit(self, rows: Sequence[Mapping[str, float]]) -> Numbers:
        return _unit(_table([{stem: weight * self._rarity.get(stem, 1.0) for stem, weight in row.items()} for row in rows]))

    def _rare(self, rows: Sequence[Iterable[str]]) -> Numbers:
        return _table([{stem: math.sqrt(self._rarity.get(stem, 1.0)) for stem in row} for row in rows])


def _coded(names: Iterable[str]) -> NDArray[np.intp]:
    """A number for each name, 0 for none."""
    codes: dict[str, int] = {"": 0}
    return np.array([codes.setdefault(name, len(codes)) for name in names], dtype=np.intp)


def _table(rows: Sequence[Mapping[str, float]]) -> Numbers:
    """A column a word, in their order, so that sums do not hang on how a set is laid out."""
    at = {word: number for number, word in enumerate(sorted({word for row in rows for word in row}))}
    table = np.zeros((len(rows), len(at)))
    for number, row in enumerate(rows):
        table[number, [at[word] for word in row]] = list(row.values())
    return table


def _unit(table: Numbers) -> Numbers:
    """Rows of length 1, without the columns of words that no two rows have: those make no product."""
    length = np.sqrt((table**2).sum(1, keepdims=True))
    shared = (table > 0).sum(0) > 1
    return table[:, shared] / np.where(length > 0, length, 1.0)


def products(table: Numbers, one: Places, two: Places) -> Numbers:
    """The products of the rows `one` with the rows `two`, pair by pair."""
    step = max(1, _CELLS // max(1, table.shape[1]))
    parts = [
        np.einsum("ij,ij->i", table[one[start : start + step]], table[two[start : start + step]]) for start in range(0, len(one), step)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def role_of(quantity: Quantity) -> str:
    """The name of its role; empty where it has none."""
    return quantity.role.name if quantity.role else ""


def measure_of(quantity: Quantity) -> str:
    """Its dimension without currency and rate."""
    return quantity.dimension.split(":")[0].split("/")[0]
