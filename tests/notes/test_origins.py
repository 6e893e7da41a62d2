"""Outlets are not origins."""

from __future__ import annotations

import pytest

from digest.model import Article, Group
from digest.notes.origins import credit, origins
from tests.made import FERRY, WEIR, article

CREDITS = [
    ("PORT ELLERY (AP) — The ferry ran aground.", "AP"),
    ("PORT ELLERY, Nov 17 (Reuters) - The ferry ran aground.", "Reuters"),
    ("Berlin (dpa) - Die Fähre lief auf Grund.", "dpa"),
    ("Berlin (dpa/lnw) - Die Fähre lief auf Grund.", "dpa"),
    ("Die Fähre lief auf Grund. (dpa)", "dpa"),
    ("The ferry ran aground.\n\nAAP", "AAP"),
    ("Le traversier s'est échoué. (La Presse canadienne)", "The Canadian Press"),
    ("PC, PlayStation 5 — the game of the ferry is out.", ""),
    ("Die Fähre lief auf Grund. rtr", "Reuters"),
    ("Le bac s'est échoué. (avec AFP)", "AFP"),
    ("Le bac s'est échoué. AFP", "AFP"),
    ("El barco encalló. EFE", "EFE"),
    ("By Reuters\n\nThe ferry ran aground.", "Reuters"),
    ("PORT ELLERY (NPA) — The ferry ran aground.", "NPA"),
    ("The ferry ran aground. Additional reporting by Reuters", "Reuters"),
]


@pytest.mark.parametrize(("text", "agency"), CREDITS)
def test_a_credit_is_read_at_the_head_and_at_the_end(text: str, agency: str) -> None:
    assert credit(article(text=text)) == agency


@pytest.mark.parametrize(
    "text",
    [
        FERRY,
        "The United Nations (UN) sent a ship, and it ran aground.",
        "The captain told Reuters that the ferry had run aground. Nobody was hurt.",
        f"{WEIR} According to AFP, the ferry ran aground. {WEIR}",
        "",
    ],
)
def test_an_agency_in_the_text_is_no_credit(text: str) -> None:
    assert credit(article(text=text)) == ""


def test_a_byline_is_a_credit() -> None:
    assert credit(article(authors=("dpa",))) == "dpa"
    assert credit(article(authors=("Ada Finch",))) == ""


def count(*articles: Article, copies: dict[str, str] | None = None, families: dict[str, str] | None = None) -> int:
    return origins(Group(articles, (), copies or {}), families or {}).count


def test_own_reports_are_origins() -> None:
    assert count(article("a", FERRY), article("b", WEIR, source="Tide Weekly")) == 2


def test_copies_outlets_families_and_agencies_are_one() -> None:
    one, two = article("a", FERRY), article("b", WEIR, source="Tide Weekly")
    assert count(one, two, copies={"b": "a"}) == 1
    assert count(one, article("b", WEIR)) == 1
    assert count(one, two, families={"Harbour Post": "Quay House", "Tide Weekly": "Quay House"}) == 1
    assert count(one, two, families={"Harbour Post": "Quay House"}) == 2
    wired = [article(name, f"{text} (dpa)", source=name) for name, text in (("a", FERRY), ("b", WEIR))]
    assert count(*wired) == 1


def test_a_long_passage_in_common_is_one_origin() -> None:
    assert count(article("a", FERRY), article("b", f"{WEIR} {FERRY}", source="Tide Weekly")) == 1
    assert count(article("a", FERRY), article("b", f"{WEIR} {FERRY[:90]}", source="Tide Weekly")) == 2


def test_what_was_put_together_is_said_and_the_first_stands_for_it() -> None:
    one, two = article("b", f"{FERRY} (dpa)"), article("a", f"{WEIR} (dpa)", source="Tide Weekly")
    found = origins(Group((one, two)), {}, (one, two))
    assert dict(found.of) == {"a": "b", "b": "b"}
    assert found.reasons == ("origins: Harbour Post and Tide Weekly are one, by one agency (dpa)",)
    assert origins(Group((one,)), {}).reasons == ()
