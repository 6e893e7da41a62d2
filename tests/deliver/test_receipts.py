"""Which recipients are due and what an answer makes of them: pure decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deliver import receipts
from digest.model import Handover, Reply, Standing
from tests.conftest import NOW

HOUR = timedelta(hours=1)
DAYS = timedelta(days=5)
ONE = Handover("2026-W47", "post", "ada", Standing.WAITING, NOW)


def test_pauses_grow_and_end_growing() -> None:
    pauses = [receipts.pause(tries) for tries in range(1, 12)]
    assert pauses[:4] == [timedelta(minutes=minutes) for minutes in (5, 10, 20, 40)]
    assert pauses[-1] == pauses[-2] == 6 * HOUR
    assert sorted(pauses) == pauses
    assert receipts.pause(10**9) == 6 * HOUR


def test_the_first_list_of_an_issue_is_its_list() -> None:
    first = receipts.enrolled("2026-W47", "post", ["ada", "ines", "ada"], [], NOW, new=False)
    assert [one.recipient for one in first] == ["ada", "ines"]
    assert receipts.enrolled("2026-W47", "post", ["ada", "ines", "new"], first, NOW, new=False) == []
    (added,) = receipts.enrolled("2026-W47", "post", ["ada", "ines", "new"], first, NOW, new=True)
    assert added == replace(ONE, recipient="new")


def test_a_delivery_that_is_new_itself_has_no_list_yet() -> None:
    assert len(receipts.enrolled("2026-W47", "web", ["www"], [ONE], NOW, new=False)) == 1


@pytest.mark.parametrize(
    ("standing", "at_once", "repeatable", "expected"),
    [
        (Standing.WAITING, False, False, True),
        (Standing.TAKEN, True, True, False),
        (Standing.REFUSED, True, True, False),
        (Standing.UNKNOWN, True, False, False),
        (Standing.UNKNOWN, True, True, True),
        (Standing.SENDING, True, False, False),
        (Standing.LATER, False, False, False),
        (Standing.LATER, True, False, True),
    ],
)
def test_who_is_due(standing: Standing, at_once: bool, repeatable: bool, expected: bool) -> None:
    one = replace(ONE, standing=standing, due=NOW + HOUR if standing is Standing.LATER else None)
    assert bool(receipts.due([one], NOW, at_once=at_once, repeatable=repeatable)) is expected


def test_what_was_put_off_is_due_at_its_time() -> None:
    one = replace(ONE, standing=Standing.LATER, due=NOW + HOUR)
    assert receipts.due([one], NOW + HOUR - timedelta(microseconds=1), at_once=False, repeatable=False) == []
    assert receipts.due([one], NOW + HOUR, at_once=False, repeatable=False) == [one]


def test_an_answer_is_kept_with_its_words() -> None:
    begun = receipts.begun(ONE, NOW)
    assert (begun.standing, begun.tries, begun.first) == (Standing.SENDING, 1, NOW)
    taken = receipts.answered(begun, Reply(Standing.TAKEN, "250 2.0.0 queued"), NOW + HOUR, DAYS)
    assert (taken.standing, taken.at, taken.due, taken.detail) == (Standing.TAKEN, NOW + HOUR, None, "250 2.0.0 queued")


def test_later_waits_as_long_as_the_pause_or_the_other_side_asks() -> None:
    begun = receipts.begun(ONE, NOW)
    assert receipts.answered(begun, Reply(Standing.LATER), NOW, DAYS).due == NOW + timedelta(minutes=5)
    assert receipts.answered(begun, Reply(Standing.LATER, after=2 * HOUR), NOW, DAYS).due == NOW + 2 * HOUR
    assert receipts.answered(begun, Reply(Standing.LATER, after=timedelta(seconds=1)), NOW, DAYS).due == NOW + timedelta(minutes=5)


def test_what_is_put_off_for_too_long_is_refused() -> None:
    begun = replace(receipts.begun(ONE, NOW), tries=40)
    almost = receipts.answered(begun, Reply(Standing.LATER, "450"), NOW + DAYS - timedelta(seconds=1), DAYS)
    assert almost.standing is Standing.LATER
    ended = receipts.answered(begun, Reply(Standing.LATER, "450"), NOW + DAYS, DAYS)
    assert (ended.standing, ended.detail) == (Standing.REFUSED, "given up after 40 tries: 450")


def test_what_was_broken_off_is_unknown_unless_doubles_do_no_harm() -> None:
    begun = receipts.begun(ONE, NOW)
    assert receipts.broken_off(begun, NOW, repeatable=False).standing is Standing.UNKNOWN
    assert receipts.broken_off(begun, NOW, repeatable=True).standing is Standing.WAITING


def test_a_person_settles_what_is_unknown() -> None:
    unknown = replace(ONE, standing=Standing.UNKNOWN, tries=1)
    assert receipts.resolved(unknown, arrived=True, now=NOW).standing is Standing.TAKEN
    again = receipts.resolved(unknown, arrived=False, now=NOW)
    assert receipts.due([again], NOW, at_once=False, repeatable=False) == [again]


ANSWERS = st.sampled_from([Standing.TAKEN, Standing.REFUSED, Standing.LATER, Standing.UNKNOWN])


@settings(deadline=None)
@given(st.lists(st.tuples(ANSWERS, st.integers(0, 10_000)), max_size=30))
def test_nobody_is_tried_after_a_final_or_an_unknown_answer(answers: list[tuple[Standing, int]]) -> None:
    one, now = ONE, NOW
    settled = False
    for answer, minutes in answers:
        now += timedelta(minutes=minutes)
        if not receipts.due([one], now, at_once=False, repeatable=False):
            continue
        assert not settled
        one = receipts.answered(receipts.begun(one, now), Reply(answer), now, DAYS)
        settled = one.standing in {*receipts.FINAL, Standing.UNKNOWN}
