"""What forbids or weakens a link."""

from __future__ import annotations

import numpy as np
import pytest

from digest.group.ranks import contradict, ranks, speak_past
from digest.group.tokens import tokens
from tests.group.made import FIRE_CORRAN, FIRE_MARROW
from tests.made import article

DIFFER = [
    ("Council adopts 12th package", "Council adopts 13th package"),
    ("Council adopts twelfth package", "The 13th package is adopted"),
    ("Le 12e paquet est adopté", "Le 13e paquet est adopté"),
    ("Das 12. Paket steht", "Das 13. Paket steht"),
    ("Kestrel 2.1 released", "Kestrel 2.2 released"),
    ("HarbourOS v2.1 is out", "HarbourOS v2.2 is out"),
    ("Version 2.1 of the tide tables", "Tide tables: version 2.2"),
    ("Kestrel 2.1.1 released", "Kestrel 2.1.2 released"),
]
AGREE = [
    ("Council adopts 12th package", "Twelfth package adopted"),
    ("Council adopts 12th package", "Council adopts package"),
    ("12th package adopted", "13th ship sails"),
    ("Kestrel 2.1 released", "Osprey 2.2 released"),
    ("Version 2.1 of the tide tables", "Tide tables v2.1"),
    ("Magnitude 6.1 quake shakes Corran", "Magnitude 6.4 quake shakes Corran"),
    ("A 6.1-magnitude quake", "A 6.4-magnitude quake"),
    ("Inflation rises to 3.2 percent", "Inflation rises to 3.4 percent"),
    ("Quake of 6.1 shakes Corran", "Quake of 6.4 shakes Corran"),
    ("Yard loses 2.5 million", "Yard loses 2.9 million"),
    ("Rates up 0.25 points", "Rates up 0.5 points"),
    ("At 3.2 it stays", "At 3.4 it stays"),
]


@pytest.mark.parametrize(("left", "right"), DIFFER)
def test_titles_that_count_the_same_thing_differently_differ(left: str, right: str) -> None:
    assert contradict(ranks(left), ranks(right))
    assert contradict(ranks(right), ranks(left))


@pytest.mark.parametrize(("left", "right"), AGREE)
def test_figures_that_reports_may_disagree_on_are_no_ranks(left: str, right: str) -> None:
    assert not contradict(ranks(left), ranks(right))


def past(left: tuple[str, str], right: tuple[str, str]) -> bool:
    texts = tokens([article("a1", left[1], title=left[0]), article("a2", right[1], title=right[0])])
    return bool(speak_past(texts, np.array([0]), np.array([1]))[0])


def test_titles_that_each_name_somebody_else_speak_past_each_other() -> None:
    marrow, corran = ("Fire in Marrow", FIRE_MARROW), ("Fire in Corran", FIRE_CORRAN)
    assert past(marrow, corran)
    assert not past(marrow, ("Fire at Mill Lane", FIRE_MARROW))
    assert not past(marrow, ("a fire", FIRE_CORRAN))
    assert not past(("Fire in Marrow", ""), ("Fire in Corran", ""))
