"""Links too weak to stand by themselves: one counts where a third report speaks for it, and not where a whole subject is as near.

Two reports that share little may still tell one event, if a third is near to both. But where many articles are as near to one of
them, what they share is a subject (a company, a war, a league), unless several of those are firmly of one event. And the parts of
one newsletter tell its several stories in one tone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.group import sparse
from digest.group.claims import Places

# Thresholds and where they come from: docs/notes/grouping.md.
FIRM = 0.63  # a score that stands by itself
BACKS = 0.36  # the scores of a third report with both, at least
ABOUT, CROWD = 0.7, 5  # where more articles than this are as near, by this share of the score, to either of the two, they are a crowd …
OF_ONE = 0.3  # … unless this share of them stands for the link by one FIRM score
UNBACKED = 0.35  # what is left of a weak score that does not stand: less than joins two reports
BACKERS, CROWDED, PARTS = "third reports", "as near", "one document"  # the signals of a weak link that say so
_UNIT, _BITS = (1 << 24) - 1, 24  # scores are compared as whole numbers

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Backing:
    """Of each weak link, how many third reports speak for it, how large the crowd is, and that it joins parts of one document.

    NaN where it is in no crowd, where it joins no such parts, and of all links that are not weak.
    """

    backers: Numbers
    crowd: Numbers
    parts: Numbers

    @classmethod
    def of(
        cls, count: int, left: Places, right: Places, scores: Numbers, *, copied: NDArray[np.bool_], parts: NDArray[np.bool_]
    ) -> Backing:
        """The backing of links between `count` articles, each of which stands there once.

        Those that are `copied` are the same text once more, which speaks for nothing; `parts` are of one document.
        """
        backers, crowd, of_one = (np.full(len(scores), np.nan) for _ in range(3))
        weak = np.flatnonzero((scores > UNBACKED) & (scores < FIRM))
        backing, firm = (_known(count, left, right, (scores >= least) & ~copied) for least in (BACKS, FIRM))
        backers[weak] = sparse.products(backing, left[weak], right[weak])
        as_near = _as_near(left, right, scores, weak)
        found = as_near > CROWD
        some = weak[found]
        firmly = sum(sparse.products(firm, one[some], two[some], backing) for one, two in ((left, right), (right, left)))
        crowd[some] = np.where(firmly < OF_ONE * as_near[found], as_near[found], np.nan)
        of_one[weak[parts[weak]]] = 1.0
        return cls(backers, crowd, of_one)

    @property
    def fails(self) -> NDArray[np.bool_]:
        """Of each link, whether it is weak and does not stand."""
        found: NDArray[np.bool_] = (self.backers == 0) | ~np.isnan(self.crowd) | ~np.isnan(self.parts)
        return found


def _known(count: int, left: Places, right: Places, kept: NDArray[np.bool_]) -> sparse.Matrix:
    """The links that are kept, each as 1."""
    return sparse.graph(count, left[kept], right[kept], np.ones(int(kept.sum())))


def _as_near(left: Places, right: Places, scores: Numbers, weak: Places) -> NDArray[np.int64]:
    """Of each weak link, how many articles are about as near to that of its two ends to which more are."""
    units = np.floor(np.maximum(scores, 0.0) * _UNIT).astype(np.int64)
    telling = units >= int(ABOUT * UNBACKED * _UNIT)
    keys = np.sort(np.concatenate([(end[telling] << _BITS) | units[telling] for end in (left, right)]))
    least = np.floor(ABOUT * units[weak]).astype(np.int64)
    found = np.zeros(len(weak), np.int64)
    for end in (left[weak], right[weak]):
        found = np.maximum(found, np.searchsorted(keys, (end + 1) << _BITS) - np.searchsorted(keys, (end << _BITS) | least))
    return found
