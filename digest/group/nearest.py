"""Of each row of a collection its nearest others, for the next run: so that only new rows are compared.

The memory never changes a result. A row is known by its article and by every weight in it: whatever alters a weight (another
text, other words around it) makes another row.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from digest.group import sparse
from digest.group.letters import mixed
from digest.group.packed import Arrays, packed

FEWEST = 2_000  # rows of a collection that is worth remembering: fewer are compared in a tenth of a second
NEIGHBOURS = "neighbours"  # the kind of what is kept
_ARRAYS = ("keys", "owner", "other", "product")

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]
Numbers = NDArray[np.float32]
Found = tuple[Places, Places, Numbers]  # row, other row, product


@dataclass(slots=True)
class Nearest:
    """The rows of the last run by their keys, ascending, and their nearest: `owner`, `other` and `product` of each pair."""

    keys: Keys = field(default_factory=lambda: np.zeros(0, np.uint64))
    owner: Keys = field(default_factory=lambda: np.zeros(0, np.uint64))
    other: Keys = field(default_factory=lambda: np.zeros(0, np.uint64))
    product: Numbers = field(default_factory=lambda: np.zeros(0, np.float32))
    compared: int = 0  # rows of this run that were compared with all others
    asked: bool = False  # in this run: what nobody asks for is not kept on

    @classmethod
    def read(cls, arrays: Arrays) -> Nearest:
        """What `written` wrote."""
        keys, owner, other, product = (arrays[name] for name in _ARRAYS)
        return cls(keys, owner, other, product)

    def written(self) -> dict[str, bytes]:
        """All of it under its name; nothing where there is nothing."""
        return dict([packed(NEIGHBOURS, {name: getattr(self, name) for name in _ARRAYS})]) if self.asked else {}

    def neighbours(self, rows: sparse.Matrix, articles: Keys, most: int, least: float) -> Found:
        """What `sparse.neighbours(rows, rows, …)` says, with less work where rows were there in the last run."""
        keys = mixed(sparse.marks(rows) ^ articles ^ np.uint64(most)) ^ np.float64(least).view(np.uint64)
        order = np.argsort(keys)
        if rows.shape[0] < FEWEST:
            return sparse.neighbours(rows, rows, most, least, keys)
        was = _at(self.keys, keys)
        owner, other = _at(keys[order], self.owner), _at(keys[order], self.other)
        full = np.bincount(owner[owner >= 0], minlength=len(keys))[np.argsort(order)] >= most
        lost = np.zeros(len(keys), np.bool_)
        lost[order[owner[(owner >= 0) & (other < 0)]]] = True
        stays = (was >= 0) & ~(full & lost)  # its list is whole but for the rows that are new
        known = (owner >= 0) & (other >= 0)
        known[known] = stays[order[owner[known]]]
        lists = order[owner[known]], order[other[known]], self.product[known]
        found = self._completed(rows, keys, stays, was < 0, lists, most=most, least=least)
        self.asked = True
        self.keys, self.owner, self.other, self.product = keys[order], keys[found[0]], keys[found[1]], found[2]
        return found

    def _completed(
        self, rows: sparse.Matrix, keys: Keys, stays: NDArray[np.bool_], new: NDArray[np.bool_], known: Found, *, most: int, least: float
    ) -> Found:
        """The lists of rows that stay, with what is new in them, and the lists of all others."""
        fresh, old = np.flatnonzero(~stays), np.flatnonzero(stays)
        self.compared = len(fresh)
        if len(fresh) > len(old):
            return sparse.neighbours(rows, rows, most, least, keys)
        parts = [known]
        row, other, product = sparse.neighbours(rows[fresh], rows, most, least, keys)
        parts.append((fresh[row], other, product))
        came = np.flatnonzero(new)
        row, other, product = sparse.neighbours(rows[came], rows[old], len(old), least, keys[old])
        parts.append((old[other], came[row], product))
        one, two, three = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        return sparse.first_of_each(one, two, three, most, keys)


def _at(ordered: Keys, sought: Keys) -> Places:
    """Where each of `sought` stands in `ordered`; -1 where it does not."""
    places = np.searchsorted(ordered, sought)
    inside = np.minimum(places, max(0, len(ordered) - 1))
    return np.where(ordered[inside] == sought, inside, -1) if len(ordered) else np.full(len(sought), -1)
