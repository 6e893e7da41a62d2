"""Of each row of a collection its nearest others, and products of pairs, for the next run: so that only new rows are compared.

The memory never changes a result. A row is known by its article and by every weight in it: whatever alters a weight (another
text, other words around it) makes another row.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.group import sparse
from digest.group.letters import mixed
from digest.group.packed import Arrays, packed

FEWEST = 2_000  # rows of a collection that is worth remembering: fewer are compared in a tenth of a second
MANY = 4  # where more than a quarter of the rows must be compared, all are: that takes no longer
NEIGHBOURS = "neighbours"  # the kind of what is kept

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]
Numbers = NDArray[np.float32]
Found = tuple[Places, Places, Numbers]  # row, other row, product


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a run by their keys, ascending; places among these stand for rows.

    `owner`, `other`, `product`: the nearest of each; `pairs`: `(one << 32) | other`, ascending, and their `products`.
    """

    keys: Keys = field(default_factory=lambda: np.zeros(0, np.uint64))
    owner: Places = field(default_factory=lambda: np.zeros(0, np.int64))
    other: Places = field(default_factory=lambda: np.zeros(0, np.int64))
    product: Numbers = field(default_factory=lambda: np.zeros(0, np.float32))
    pairs: Places = field(default_factory=lambda: np.zeros(0, np.int64))
    products: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0, np.float64))


@dataclass(slots=True)
class Nearest:
    """The rows of the last run (`before`) and of this one (`after`; none, where nobody asks for any).

    `_was` and `_is`: where each row of this run stands among them, -1 where it was not there.
    """

    before: _Rows = field(default_factory=_Rows)
    after: _Rows = field(default_factory=_Rows)
    compared: int = 0  # rows of this run that were compared with all others
    _was: Places = field(default_factory=lambda: np.zeros(0, np.int64))
    _is: Places = field(default_factory=lambda: np.zeros(0, np.int64))

    @classmethod
    def read(cls, arrays: Arrays) -> Nearest:
        """What `written` wrote."""
        return cls(_Rows(**{part.name: arrays[part.name] for part in fields(_Rows)}))

    def written(self) -> dict[str, bytes]:
        """The rows of this run under their name."""
        arrays = {part.name: getattr(self.after, part.name) for part in fields(_Rows)}
        return dict([packed(NEIGHBOURS, arrays)]) if len(self.after.keys) else {}

    def neighbours(self, rows: sparse.Matrix, keep: NDArray[np.bool_], articles: Keys, most: int, least: float) -> Found:
        """What `sparse.neighbours` says of the rows' columns that `keep` marks, with less work where rows were there in the last run."""
        keys = mixed(sparse.marks(rows, keep) ^ articles ^ np.uint64(most)) ^ np.float64(least).view(np.uint64)
        if rows.shape[0] < FEWEST:
            return _anew(rows, keep, keys, most=most, least=least)
        order = np.argsort(keys)
        self._was, self._is = _at(self.before.keys, keys), np.argsort(order)
        now = np.full(len(self.before.keys), -1)
        now[self._was[self._was >= 0]] = np.flatnonzero(self._was >= 0)
        owner, other = now[self.before.owner], now[self.before.other]
        known = owner >= 0
        full = np.bincount(owner[known], minlength=len(keys)) >= most
        lost = np.zeros(len(keys), np.bool_)
        lost[owner[known & (other < 0)]] = True
        stays = (self._was >= 0) & ~(full & lost)  # its list is whole but for the rows that are new
        known &= other >= 0
        known[known] = stays[owner[known]]
        lists = owner[known], other[known], self.before.product[known]
        found = self._completed(rows, keep, keys, stays, lists, most=most, least=least)
        self.after = _Rows(keys[order], self._is[found[0]], self._is[found[1]], found[2])
        return found

    def products(self, rows: sparse.Matrix, left: Places, right: Places) -> NDArray[np.float64]:
        """What `sparse.products` says of pairs of the rows whose neighbours were asked for last."""
        if not len(self.after.keys):
            return sparse.products(rows, left, right)
        at = _at(self.before.pairs, (self._was[left] << 32) | self._was[right])  # where one was not there, this is below 0
        found, new = np.empty(len(left)), at < 0
        found[~new] = self.before.products[at[~new]]
        found[new] = sparse.products(rows, left[new], right[new])
        pairs = (self._is[left] << 32) | self._is[right]
        order = np.argsort(pairs)
        self.after = replace(self.after, pairs=pairs[order], products=found[order])
        return found

    def _completed(
        self, rows: sparse.Matrix, keep: NDArray[np.bool_], keys: Keys, stays: NDArray[np.bool_], known: Found, *, most: int, least: float
    ) -> Found:
        """The lists of rows that stay, with what is new in them, and the lists of all others."""
        fresh = np.flatnonzero(~stays)
        self.compared = len(fresh)
        if MANY * len(fresh) > len(stays):
            return _anew(rows, keep, keys, most=most, least=least)
        row, other, product = sparse.above(sparse.columns_kept(rows[fresh], keep), rows, least)
        row = fresh[row]
        back = np.flatnonzero((self._was[row] < 0) & stays[other])  # a product is the same either way round
        parts: tuple[Found, ...] = (known, (row, other, product), (other[back], row[back], product[back]))
        one, two, three = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        return sparse.first_of_each(one, two, three, most, keys)


def _anew(rows: sparse.Matrix, keep: NDArray[np.bool_], keys: Keys, *, most: int, least: float) -> Found:
    kept = sparse.columns_kept(rows, keep)
    return sparse.neighbours(kept, kept, most, least, keys)


def _at(ordered: NDArray[Any], sought: NDArray[Any]) -> Places:
    """Where each of `sought` stands in `ordered`; -1 where it does not."""
    places = np.searchsorted(ordered, sought)
    inside = np.minimum(places, max(0, len(ordered) - 1))
    return np.where(ordered[inside] == sought, inside, -1) if len(ordered) else np.full(len(sought), -1)
