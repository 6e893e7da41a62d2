"""The neighbours that a run leaves for the next spare it work, and never change a result."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from digest.group import nearest, sparse
from digest.group.nearest import Keys, Nearest
from digest.group.packed import unpacked

MOST, LEAST = 3, 0.1
ROWS = st.lists(
    st.tuples(st.integers(0, 30), st.lists(st.integers(1, 3), min_size=4, max_size=4)), unique_by=lambda row: row[0], max_size=16
)
Row = tuple[int, list[int]]


@pytest.fixture(autouse=True)
def _remember_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "FEWEST", 1)


def laid(rows: list[Row]) -> tuple[sparse.Matrix, Keys]:
    """Rows by the numbers of their articles; so few weights that many products are equal."""
    weights = np.array([weight for _, row in rows for weight in row], np.float32) / 3
    starts = np.arange(len(rows) + 1) * 4
    return sparse.unit(sparse.matrix(starts, np.tile(np.arange(4), len(rows)), weights, 5)), np.array([name for name, _ in rows], np.uint64)


def again(memory: Nearest) -> Nearest:
    """What the next run reads."""
    for name, content in memory.written().items():
        return Nearest.read(unpacked(name, content)[1])
    return Nearest()


def listed(memory: Nearest, rows: list[Row]) -> list[tuple[int, int, float]]:
    matrix, names = laid(rows)
    one, two, product = memory.neighbours(matrix, np.ones(5, np.bool_), names, MOST, LEAST)
    return list(zip(one.tolist(), two.tolist(), product.tolist(), strict=True))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ROWS, ROWS, ROWS)
def test_the_answer_is_that_of_a_run_that_knows_nothing(first: list[Row], second: list[Row], third: list[Row]) -> None:
    memory = Nearest()
    for rows in (first, second, third):
        memory = again(memory)
        assert listed(memory, rows) == listed(Nearest(), rows)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ROWS, ROWS, st.lists(st.booleans(), min_size=5, max_size=5))
def test_so_are_the_products_of_pairs(first: list[Row], second: list[Row], keep: list[bool]) -> None:
    memory = Nearest()
    for rows, columns in ((first, [True] * 5), (second, keep)):
        memory = again(memory)
        matrix, names = laid(rows)
        memory.neighbours(matrix, np.array(columns), names, MOST, LEAST)
        left, right = np.triu_indices(len(rows), 1)
        assert memory.products(matrix, left, right).tobytes() == sparse.products(matrix, left, right).tobytes()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@example([(name, [1, 1, 1, 1]) for name in range(5)])  # the last row has others as near as its last
@given(ROWS)
def test_the_nearest_are_those_of_all_pairs_and_of_equal_ones_the_same_whatever_the_order(rows: list[Row]) -> None:
    matrix, _ = laid(rows)
    dense = (matrix @ matrix.T).toarray()
    names = [name for name, _ in rows]
    found = {(names[one], names[two]) for one, two, _ in listed(Nearest(), rows)}
    for at, name in enumerate(names):
        mine = sorted(dense[at, names.index(other)] for owner, other in found if owner == name)
        assert mine == pytest.approx(sorted(dense[at])[-MOST:])
    assert {(names[::-1][one], names[::-1][two]) for one, two, _ in listed(Nearest(), rows[::-1])} == found


def test_only_what_is_new_is_compared() -> None:
    rows = [(number, [1 + number % 3, 1 + number % 2, 1, 3]) for number in range(12)]
    memory = Nearest()
    listed(memory, rows[:10])
    assert memory.compared == 10
    for compared in (2, 0):
        memory = again(memory)
        listed(memory, rows)
        assert memory.compared == compared


def test_what_no_run_asks_for_is_not_kept_on() -> None:
    memory = Nearest()
    listed(memory, [(1, [1, 2, 3, 1]), (2, [1, 2, 3, 2])])
    assert memory.written()
    assert not again(memory).written()
