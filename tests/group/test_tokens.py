"""What an engine sees of an article."""

from __future__ import annotations

import pytest

from digest.group.tokens import Tokens, differ_in_rank, speak_past, tokens
from tests.conftest import NOW
from tests.group.made import FIRE_CORRAN, FIRE_MARROW
from tests.made import FERRY, article


def seen(text: str = FERRY, title: str = "Ferry aground") -> Tokens:
    (found,) = tokens([article(text=text, title=title)])
    return found


def test_an_article_is_cut_into_words_names_and_figures() -> None:
    found = seen("The ferry left Port Ellery at 7.30 with 84 people. Little Skerry waits; the little ferry is late.", "Late again")
    assert found.title == ("late", "again")
    assert found.body[:4] == ("the", "ferry", "left", "port")
    assert {"port", "ellery", "skerry"} <= found.names
    assert "little" not in found.names  # written small as well
    assert found.full_names == ("port ellery",)
    assert found.figures == {"7.30", "84"}


def test_days_and_months_are_no_names() -> None:
    assert seen("The board of Corran met on Tuesday in November. Am Samstag, im Mai.").names == {"corran", "am", "the"}


def test_only_the_head_of_a_text_tells_the_story() -> None:
    found = seen(" ".join(f"word{number}" for number in range(900)))
    assert len(found.body) == 400
    assert len(found.shingles) == 898


def test_the_moment_is_the_date_of_publication_or_unknown() -> None:
    assert seen().moment == article().published
    assert tokens([article(published=None, first_seen=NOW)])[0].moment is None


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
    assert differ_in_rank(seen(title=left), seen(title=right))
    assert differ_in_rank(seen(title=right), seen(title=left))


@pytest.mark.parametrize(("left", "right"), AGREE)
def test_figures_that_reports_may_disagree_on_are_no_ranks(left: str, right: str) -> None:
    assert not differ_in_rank(seen(title=left), seen(title=right))


def test_titles_that_each_name_somebody_else_speak_past_each_other() -> None:
    marrow, corran = seen(FIRE_MARROW, "Fire in Marrow"), seen(FIRE_CORRAN, "Fire in Corran")
    assert speak_past(marrow, corran)
    assert not speak_past(marrow, seen(FIRE_MARROW, "Fire at Mill Lane"))
    assert not speak_past(marrow, seen(FIRE_CORRAN, "a fire"))
