"""Letters of many stories, which must glue none: round-ups that nobody took apart, and editions of one column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digest.group import sparse
from digest.group.claims import Places
from digest.group.tokens import Texts

# Thresholds and where they come from: docs/notes/grouping.md.
ASKED, NEAR, COPIED = 16, 0.1, 0.6  # so many of the nearest are asked, if they are that near; nearer ones are the same text once more
ABOUT = 0.4  # … and this share as near as the nearest of them
FEWEST = 3  # with fewer nobody can tell
ALIKE = 0.6  # share of the pairs of them that have something in common; below it, they are of many stories
EDITION = 0.5  # days between two articles of an outlet from which on one title says that it is a column's
UNLIKE, COLUMN = "neighbours alike", "one column"  # the signals that say so
_BLOCK = 16_384

Numbers = NDArray[np.float64]


def likeness(count: int, left: Places, right: Places, product: Numbers) -> Numbers:
    """Of each article the share of the pairs of its nearest that are known to have something in common; NaN where they are few.

    What is near to a report tells its event; what is near to a round-up is not near to one another.
    Give pairs that lie inside half of the span: of those every two could have been compared.
    """
    known = sparse.graph(count, left, right, np.ones(len(left)))
    fit = (product >= NEAR) & (product < COPIED)
    near = sparse.nearest(sparse.graph(count, left[fit], right[fit], product[fit]), np.full(count, ASKED), NEAR)
    near = sparse.leading(near, ABOUT)
    sizes = np.diff(near.indptr)
    alike = np.zeros(count)
    for begin in range(0, count, _BLOCK):
        rows = near[begin : begin + _BLOCK]
        here = np.arange(rows.shape[0])
        alike[begin : begin + _BLOCK] = sparse.products(rows @ known, here, here, rows)
    return np.where(sizes >= FEWEST, alike / np.maximum(sizes * (sizes - 1), 1), np.nan)


def editions(texts: Texts, left: Places, right: Places, product: Numbers) -> NDArray[np.bool_]:
    """Of each pair, whether they are two editions of one column: one outlet and one title, half a day between them, other texts."""
    numbers: dict[tuple[str, str], int] = {}
    column = np.array([numbers.setdefault((one.source, one.title.casefold().strip()), len(numbers)) for one in texts], np.int64)
    told = np.array([bool(one.source and one.title) for one in texts], np.bool_) & (np.diff(texts.sequence.starts) > 0)
    found: NDArray[np.bool_] = (column[left] == column[right]) & told[left] & told[right] & (product < COPIED)
    return found & (np.abs(texts.days[left] - texts.days[right]) >= EDITION)
