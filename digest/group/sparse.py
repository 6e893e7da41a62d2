"""Sparse matrices of articles and features: the only module that knows SciPy and sparse_dot_topn.

A matrix has one row an article; rows are unit vectors where a cosine is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from digest.group.letters import mixed

Places = NDArray[np.int64]
Numbers = NDArray[np.float32]
Matrix = Any  # scipy.sparse.csr_matrix, which has no types of its own
_THREADS = 2
# Rows for which threads are not worth starting. A process that was forked from one with such threads waits for them for ever.
_FEW = 1_000
_STEP = 1 << 20  # values looked up at once


def matrix(starts: Places, features: NDArray[Any], weights: NDArray[Any], width: int) -> Matrix:
    """The matrix whose row r holds `features[starts[r]:starts[r + 1]]`, ascending, and their weights."""
    return sparse.csr_matrix((weights, features, starts), shape=(len(starts) - 1, width), dtype=np.float32)


def beside(parts: Sequence[Matrix]) -> Matrix:
    """Matrices of the same rows, side by side."""
    return sparse.csr_matrix(sparse.hstack(parts, format="csr"))


def unit(rows: Matrix) -> Matrix:
    """The rows, each of length one (an empty one stays empty)."""
    lengths = np.sqrt(np.add.reduceat(np.append(rows.data, 0.0) ** 2, np.minimum(rows.indptr[:-1], rows.nnz)).astype(np.float64))
    lengths[(np.diff(rows.indptr) == 0) | (lengths == 0)] = 1.0
    scale = np.repeat((1.0 / lengths).astype(np.float32), np.diff(rows.indptr))
    return sparse.csr_matrix((rows.data * scale, rows.indices, rows.indptr), shape=rows.shape)


def without(rows: Matrix, least: float | Numbers) -> Matrix:
    """The rows without the weights below `least`, or each below its own."""
    return _cells(rows, rows.data >= least)


def columns_kept(rows: Matrix, keep: NDArray[np.bool_]) -> Matrix:
    """The rows with the columns that `keep` marks, and nothing in the others."""
    return _cells(rows, keep[rows.indices])


def _cells(rows: Matrix, keep: NDArray[np.bool_]) -> Matrix:
    """The rows with the cells that `keep` marks."""
    places = np.flatnonzero(keep)
    starts = np.searchsorted(places, rows.indptr)
    return sparse.csr_matrix((rows.data[places], rows.indices[places], starts), shape=rows.shape)


def spread(rows: Matrix, ground: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Of each column, how many of the rows that `ground` marks have it."""
    return counted(rows.indptr, rows.indices, ground, rows.shape[1])


def counted(starts: Places, features: NDArray[Any], ground: NDArray[np.bool_], width: int) -> NDArray[np.int32]:
    """How often each number below `width` is among the features of the rows that `ground` marks: in portions, which need no copy of all."""
    found = np.zeros(width, np.int32)
    step = _portion(starts)
    for begin in range(0, len(starts) - 1, step):
        bounds = starts[begin : begin + step + 1]
        some, mine = features[bounds[0] : bounds[-1]], ground[begin : begin + step]
        ordered = np.sort(some if mine.all() else some[np.repeat(mine, np.diff(bounds))])  # three times as quick as `np.bincount`
        firsts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))) if len(ordered) else np.zeros(0, np.int64)
        found[ordered[firsts]] += np.diff(np.append(firsts, len(ordered))).astype(np.int32)
    return found


def picked(starts: Places, rows: Places) -> tuple[Places, Places]:
    """Where the values of these rows stand, one row behind the other, and where each row begins among them."""
    sizes = np.diff(starts)[rows]
    new = np.concatenate(([0], np.cumsum(sizes)))
    return np.arange(new[-1]) + np.repeat(starts[rows] - new[:-1], sizes), new


def stacked(parts: Sequence[Matrix]) -> Matrix:
    """Matrices of the same columns, one below the other."""
    return sparse.csr_matrix(sparse.vstack(parts, format="csr"))


@dataclass(frozen=True, slots=True)
class Inverted:
    """Rows by their columns, ready to be compared with others.

    `columns` has a row for each column that any of the rows has, and `number` says which (-1: none).
    """

    number: NDArray[np.int32]
    columns: Matrix

    @classmethod
    def of(cls, rows: Matrix) -> Inverted:
        """The rows by their columns."""
        used = np.zeros(rows.shape[1], np.bool_)
        used[rows.indices] = True
        number = np.where(used, np.cumsum(used, dtype=np.int32) - 1, -1).astype(np.int32)
        shape = (rows.shape[0], int(used.sum()))
        return cls(number, sparse.csr_matrix((rows.data, number[rows.indices], rows.indptr), shape=shape).T.tocsr())

    def nearest(self, rows: Matrix, most: int, least: float, keys: NDArray[np.uint64]) -> tuple[Places, Places, Numbers]:
        """Of each of `rows` the `most` of these with the largest products, if above `least`: row, one of these, product.

        Of equal products those of the least `keys` of these count, so that the answer rests on nothing but the two rows.
        """
        most = min(most, self.columns.shape[1])
        rows = self.known(rows)
        threads = _THREADS if rows.shape[0] > _FEW else 1
        found = sp_matmul_topn(rows, self.columns, top_n=most + 1, threshold=least, n_threads=threads)
        row, other, product = _listed(found)
        sizes = np.diff(found.indptr)
        firsts = np.minimum(found.indptr[:-1], found.nnz)
        last = np.minimum.reduceat(np.append(product, np.float32(np.inf)), firsts) if len(sizes) else product
        over = np.bincount(row[product == np.repeat(last, sizes)], minlength=rows.shape[0]) > 1
        tied = np.flatnonzero((sizes > most) & over)  # more have the weakest product than there is room for, and more may have it unseen
        if len(tied):
            again = _listed(sp_matmul_topn(rows[tied], self.columns, top_n=self.columns.shape[1], threshold=least, n_threads=threads))
            apart = ~np.isin(row, tied)
            row, other = np.concatenate((row[apart], tied[again[0]])), np.concatenate((other[apart], again[1]))
            product = np.concatenate((product[apart], again[2]))
        return first_of_each(row, other, product, most, keys)

    def known(self, rows: Matrix) -> Matrix:
        """The rows without the columns that none of these has, the others by their places."""
        places = self.number[rows.indices]
        shape = (rows.shape[0], self.columns.shape[0])
        if (places >= 0).all():
            return sparse.csr_matrix((rows.data, places, rows.indptr), shape=shape)
        known = _cells(rows, places >= 0)
        return sparse.csr_matrix((known.data, self.number[known.indices], known.indptr), shape=shape)


def neighbours(rows: Matrix, others: Matrix, most: int, least: float, keys: NDArray[np.uint64]) -> tuple[Places, Places, Numbers]:
    """What `Inverted.nearest` says of `rows` and `others`."""
    return Inverted.of(others).nearest(rows, most, least, keys)


def above(rows: Matrix, others: Matrix, least: float) -> tuple[Places, Places, Numbers]:
    """Of each of `rows` all `others` whose products with it are above `least`: row, other, product. For few rows, of many others."""
    asked = np.zeros(rows.shape[1], np.bool_)
    asked[rows.indices] = True
    inverted = Inverted.of(columns_kept(others, asked))  # in no other columns any of the rows has something in common with them
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32))]
    for begin in range(0, rows.shape[0], _FEW):
        some = inverted.known(rows[begin : begin + _FEW])
        row, other, product = _listed(sp_matmul_topn(some, inverted.columns, top_n=others.shape[0], threshold=least, n_threads=1))
        found.append((row + begin, other, product))
    row, other, product = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return row, other, product


def _listed(found: Matrix) -> tuple[Places, Places, Numbers]:
    return np.repeat(np.arange(found.shape[0]), np.diff(found.indptr)), found.indices.astype(np.int64), found.data


def first_of_each(row: Places, other: Places, product: Numbers, most: int, keys: NDArray[np.uint64]) -> tuple[Places, Places, Numbers]:
    """Of each row the `most` largest products, of equal ones those of the least `keys` of the others; in order of rows."""
    order = np.lexsort((keys[other], -product, row))
    row, other, product = row[order], other[order], product[order]
    firsts = np.searchsorted(row, np.arange(row[-1] + 1 if len(row) else 0))
    kept = np.arange(len(row)) - firsts[row] < most
    return row[kept], other[kept], product[kept]


def marks(rows: Matrix, keep: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Of each row a number that any change of a column, of a weight or of what `keep` says of a column changes."""
    found = np.zeros(rows.shape[0], np.uint64)
    step = _portion(rows.indptr)
    for begin in range(0, rows.shape[0], step):
        bounds = rows.indptr[begin : begin + step + 1]
        low, high = bounds[0], bounds[-1]
        columns = rows.indices[low:high]
        cells = (columns.astype(np.uint64) << np.uint64(32)) | rows.data[low:high].view(np.uint32)
        cells |= keep[columns].astype(np.uint64) << np.uint64(63)
        sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(mixed(cells))))
        found[begin : begin + step] = sums[bounds[1:] - low] - sums[bounds[:-1] - low]
    return found


def _portion(starts: Places) -> int:
    """How many rows hold about _STEP values."""
    return max(1, int(_STEP / max(1.0, float(starts[-1]) / max(1, len(starts) - 1))))


def products(rows: Matrix, left: Places, right: Places, others: Matrix | None = None) -> NDArray[np.float64]:
    """The product of row `left[k]` of `rows` with row `right[k]` of `others` (of `rows` itself)."""
    others = rows if others is None else others
    step = _portion(rows.indptr)
    parts = [
        np.asarray(rows[left[at : at + step]].multiply(others[right[at : at + step]]).sum(axis=1), dtype=np.float64).ravel()
        for at in range(0, len(left), step)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)


def values(rows: Matrix, left: Places, right: Places) -> NDArray[np.float64]:
    """The value in row `left[k]` and column `right[k]`, 0 where there is none."""
    return np.asarray(rows[left, right], dtype=np.float64).ravel() if len(left) else np.zeros(0)


def graph(count: int, left: Places, right: Places, weights: NDArray[Any]) -> Matrix:
    """The symmetric matrix of weights between `count` articles; each pair stands there once."""
    ends = (np.concatenate((left, right)), np.concatenate((right, left)))
    return sparse.csr_matrix((np.concatenate((weights, weights)).astype(np.float32), ends), shape=(count, count))


def nearest(rows: Matrix, most: Places, least: float) -> Matrix:
    """Of each row r the `most[r]` largest values that are `least` or more; of equal ones, the first."""
    found = without(rows, least)
    row = np.repeat(np.arange(len(most)), np.diff(found.indptr))
    order = np.lexsort((found.indices, -found.data, row))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return _cells(found, rank - found.indptr[row] < most[row])


def scaled(rows: Matrix, steady: float) -> Matrix:
    """The squares of the values, each as a share of its row's sum, or of `steady` where the sum is less."""
    squares = rows.data.astype(np.float64) ** 2
    sums = np.concatenate(([0.0], np.cumsum(squares)))
    totals = np.maximum(sums[rows.indptr[1:]] - sums[rows.indptr[:-1]], steady)
    shares = (squares / np.repeat(totals, np.diff(rows.indptr))).astype(np.float32)
    return sparse.csr_matrix((shares, rows.indices, rows.indptr), shape=rows.shape)


def leading(rows: Matrix, share: float) -> Matrix:
    """The rows with the values that are at least `share` of the largest of their row, each as 1."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    best = np.zeros(rows.shape[0], np.float32)
    np.maximum.at(best, row, rows.data)
    return ones(without(rows, share * best[row]))


def ones(rows: Matrix) -> Matrix:
    """The rows with 1 for every value."""
    return sparse.csr_matrix((np.ones(rows.nnz, np.float32), rows.indices, rows.indptr), shape=rows.shape)


def identity(count: int) -> Matrix:
    """Each article to itself, with weight one."""
    return sparse.identity(count, dtype=np.float32, format="csr")


def components(count: int, left: Places, right: Places) -> Places:
    """Of each article the number of the connected part that it is in."""
    ones = np.ones(len(left), np.int8)
    links = sparse.coo_matrix((ones, (left, right)), shape=(count, count))
    found: Places = sparse.csgraph.connected_components(links, directed=False)[1].astype(np.int64)
    return found
