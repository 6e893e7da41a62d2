"""What is laid end to end comes in any order, and any rows of it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digest.group.laid import Bag, Laid, Part, Ragged

ROWS = st.lists(st.lists(st.integers(0, 9), max_size=3), max_size=6)


def part(rows: list[list[int]]) -> Part:
    starts = np.cumsum([0, *map(len, rows)])
    values = np.array([value for row in rows for value in row], np.int32)
    return Part(
        {"words": Bag(starts, values, values.astype(np.uint8))}, {"marks": Ragged(starts, values)}, np.arange(len(rows), dtype=np.uint64)
    )


@given(st.lists(ROWS, max_size=4), st.data())
def test_rows_come_in_the_order_that_is_asked_for(parts: list[list[list[int]]], data: st.DataObject) -> None:
    laid = Laid()
    for rows in ([], *parts):
        laid.add(part(rows))
    whole = [row for rows in parts for row in rows]
    asked = data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=12) if whole else st.just([]))
    order = np.array(asked, np.int64)
    marks, words = laid.row("marks", order), laid.bag("words", order)
    assert [marks.row(at).tolist() for at in range(len(asked))] == [whole[at] for at in asked]
    assert words.starts.tolist() == marks.starts.tolist()
    assert words.features.tolist() == words.counts.tolist() == marks.values.tolist()
    assert laid.views() == []
    hashes = np.concatenate([np.zeros(0, np.uint64), *(np.arange(len(rows), dtype=np.uint64) for rows in parts)])
    assert laid.whole(order).tolist() == hashes[order].tolist()
