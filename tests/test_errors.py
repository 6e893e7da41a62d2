"""Expected errors: what they say, and how one becomes a value."""

from __future__ import annotations

import pytest

from digest.errors import DigestError, DocumentError, SettingsError, UsageError, each, failure
from digest.model import Failure


def test_an_error_says_where_what_and_how_to_mend_it() -> None:
    assert str(DigestError("is empty", where="a.txt", fix="fill it")) == "a.txt: is empty\n  fill it"
    assert str(DigestError("is empty", where="a.txt")) == "a.txt: is empty"
    assert str(DigestError("is empty", fix="fill it")) == "is empty\n  fill it"
    assert str(DigestError("is empty")) == "is empty"


def test_wrong_usage_and_settings_leave_with_2_and_all_else_with_1() -> None:
    assert (DocumentError("x").exit_code, UsageError("x").exit_code, SettingsError("x").exit_code) == (1, 2, 2)


def test_an_error_becomes_a_failure_with_all_that_it_knows() -> None:
    error = DocumentError("is empty", where="a.txt", fix="fill it")
    assert failure(error, "Tide Weekly") == Failure("Tide Weekly", "a.txt", "is empty", "fill it")


def test_each_goes_on_after_an_expected_error() -> None:
    def work(number: int) -> int:
        if number == 2:
            raise DocumentError("is two", where="2")
        return number * 10

    failures: list[Failure] = []
    assert list(each([1, 2, 3], work, lambda number: f"source {number}", failures)) == [10, 30]
    assert failures == [Failure("source 2", "2", "is two")]


def test_each_lets_a_bug_be_loud() -> None:
    with pytest.raises(ZeroDivisionError):
        list(each([0], lambda number: 1 / number, str, []))
