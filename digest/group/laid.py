"""Ragged arrays of articles: chunk by chunk laid end to end, then brought into an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROWS = 1 << 16  # rows handled at once

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bag:
    """Features of each article with their counts: row r is `starts[r]:starts[r + 1]`, features ascending."""

    starts: Places
    features: NDArray[np.int32]
    counts: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Numbers of each article: row r is `values[starts[r]:starts[r + 1]]`."""

    starts: Places
    values: NDArray[Any]

    def row(self, at: int) -> NDArray[Any]:
        """The numbers of one article."""
        found: NDArray[Any] = self.values[self.starts[at] : self.starts[at + 1]]
        return found


@dataclass(frozen=True, slots=True)
class Part:
    """The arrays of a chunk of articles, by name."""

    views: dict[str, Bag]
    rows: dict[str, Ragged]
    whole: NDArray[np.uint64]


@dataclass(slots=True)
class _Growing:
    """An array that grows at its end. It is copied when it has doubled; what is not filled yet takes no memory."""

    values: NDArray[Any]
    used: int = 0

    def extend(self, more: NDArray[Any]) -> None:
        """Put `more` behind what is there."""
        if self.used + len(more) > len(self.values):
            grown = np.empty(max(2 * len(self.values), self.used + len(more)), more.dtype)
            grown[: self.used] = self.values[: self.used]
            self.values = grown
        self.values[self.used : self.used + len(more)] = more
        self.used += len(more)


class Laid:
    """The arrays of all parts laid end to end as they come: kept small, they would leave memory in pieces that nobody can use."""

    def __init__(self) -> None:
        self._arrays: dict[str, dict[str, _Growing]] = {}

    def add(self, part: Part) -> None:
        """Lay a part behind the others."""
        for name, bag in part.views.items():
            self._add(f"view {name}", sizes=np.diff(bag.starts), features=bag.features, counts=bag.counts)
        for name, row in part.rows.items():
            self._add(name, sizes=np.diff(row.starts), values=row.values)
        self._add("whole", values=part.whole)

    def _add(self, name: str, **arrays: NDArray[Any]) -> None:
        mine = self._arrays.setdefault(name, {})
        for kind, values in arrays.items():
            mine.setdefault(kind, _Growing(values[:0])).extend(values)

    def views(self) -> list[str]:
        """The names of the views."""
        return [name.removeprefix("view ") for name in self._arrays if name.startswith("view ")]

    def bag(self, name: str, rows: Places) -> Bag:
        """The view of this name, of these rows in their order. It is given away: nobody needs it once more."""
        arrays = self._taken(f"view {name}")
        order = _Order.of(arrays["sizes"], rows)
        return Bag(order.new, order.taken(arrays["features"]), order.taken(arrays["counts"]))

    def row(self, name: str, rows: Places) -> Ragged:
        """The numbers of this name, likewise."""
        arrays = self._taken(name)
        order = _Order.of(arrays["sizes"], rows)
        return Ragged(order.new, order.taken(arrays["values"]))

    def whole(self, rows: Places) -> NDArray[np.uint64]:
        """The hashes of the texts, likewise."""
        found: NDArray[np.uint64] = self._taken("whole")["values"][rows]
        return found

    def _taken(self, name: str) -> dict[str, NDArray[Any]]:
        return {kind: one.values[: one.used] for kind, one in self._arrays.pop(name).items()}


@dataclass(frozen=True, slots=True)
class _Order:
    """Where rows that are laid end to end stand (`old`), how long they are, and where they are to stand (`new`)."""

    rows: Places
    sizes: Places
    old: Places
    new: Places

    @classmethod
    def of(cls, sizes: Places, rows: Places) -> _Order:
        """The order in which `rows` stand one behind the other."""
        return cls(rows, sizes, np.cumsum(sizes) - sizes, np.concatenate(([0], np.cumsum(sizes[rows]))))

    def taken(self, values: NDArray[Any]) -> NDArray[Any]:
        """The values in the new order; some rows at a time, so that it needs no more memory than they do."""
        if len(self.rows) == len(self.sizes) and (self.rows[1:] > self.rows[:-1]).all():
            return values
        found = np.empty(int(self.new[-1]), values.dtype)
        for begin in range(0, len(self.rows), ROWS):
            rows = self.rows[begin : begin + ROWS]
            cuts = np.flatnonzero(rows[1:] != rows[:-1] + 1) + 1  # what lies together is copied at once
            firsts, lasts = rows[np.append(0, cuts)], rows[np.append(cuts - 1, len(rows) - 1)]
            ends = self.old[lasts] + self.sizes[lasts]
            runs = [values[one:two] for one, two in zip(self.old[firsts].tolist(), ends.tolist(), strict=True)]
            np.concatenate(runs, out=found[self.new[begin] : self.new[begin + len(rows)]])
        return found
