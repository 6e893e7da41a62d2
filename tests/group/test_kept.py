"""What a run leaves for the next spares work, and never changes a result."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from digest.group import kept, sparse
from digest.group.kept import Kept, Keys

MOST, LEAST = 3, 0.1
ROWS = st.lists(
    st.tuples(st.integers(0, 30), st.lists(st.integers(1, 3), min_size=4, max_size=4)), unique_by=lambda row: row[0], max_size=16
)
Row = tuple[int, list[int]]


@pytest.fixture(autouse=True)
def _remember_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FEWEST", 1)


def laid(rows: list[Row]) -> tuple[sparse.Matrix, Keys]:
    """Rows by the numbers of their articles; so few weights that many products are equal."""
    weights = np.array([weight for _, row in rows for weight in row], np.float32) / 3
    starts = np.arange(len(rows) + 1) * 4
    return sparse.unit(sparse.matrix(starts, np.tile(np.arange(4), len(rows)), weights, 5)), np.array([name for name, _ in rows], np.uint64)


def listed(memory: Kept, rows: list[Row]) -> list[tuple[int, int, float]]:
    one, two, product = memory.neighbours(*laid(rows), MOST, LEAST)
    return list(zip(one.tolist(), two.tolist(), product.tolist(), strict=True))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ROWS, ROWS, ROWS)
def test_the_answer_is_that_of_a_run_that_knows_nothing(first: list[Row], second: list[Row], third: list[Row]) -> None:
    memory = Kept()
    for rows in (first, second, third):
        memory = Kept.read(memory.written())
        assert listed(memory, rows) == listed(Kept(), rows)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@example([(name, [1, 1, 1, 1]) for name in range(5)])  # the last row has others as near as its last
@given(ROWS)
def test_the_nearest_are_those_of_all_pairs_and_of_equal_ones_the_same_whatever_the_order(rows: list[Row]) -> None:
    matrix, _ = laid(rows)
    dense = (matrix @ matrix.T).toarray()
    names = [name for name, _ in rows]
    found = {(names[one], names[two]) for one, two, _ in listed(Kept(), rows)}
    for at, name in enumerate(names):
        mine = sorted(dense[at, names.index(other)] for owner, other in found if owner == name)
        assert mine == pytest.approx(sorted(dense[at])[-MOST:])
    assert {(names[::-1][one], names[::-1][two]) for one, two, _ in listed(Kept(), rows[::-1])} == found


def test_only_what_is_new_is_compared() -> None:
    rows = [(number, [1 + number % 3, 1 + number % 2, 1, 3]) for number in range(12)]
    memory = Kept()
    listed(memory, rows[:10])
    assert memory.compared == 10
    listed(memory, rows)
    assert memory.compared == 2
    listed(memory, rows)
    assert memory.compared == 0


def test_what_is_damaged_is_nothing() -> None:
    memory = Kept()
    listed(memory, [(1, [1, 2, 3, 1]), (2, [1, 2, 3, 2])])
    whole = memory.written()
    assert len(Kept.read(whole).keys) == 2
    for broken in (b"", whole[:-1], whole[:40], whole[:50] + b"x" + whole[51:], b"x" * 200):
        assert not len(Kept.read(broken).keys)
        assert not Kept.read(broken).written()
