"""A denial stands beside the claim that it denies, or nothing is said."""

from __future__ import annotations

import pytest

from digest.model import Note
from digest.notes.opposed import OpposedNoter
from tests.made import article, story

CLAIM = "Brightwater Lines will close its office in Port Ellery and move the staff to Corran, two managers said."


def notes(claim: str, denial: str, language: str = "en") -> list[Note]:
    left = article("a0", claim, source="Harbour Post", language=language)
    right = article("a1", denial, source="Coast Daily", language=language)
    made = list(OpposedNoter().notes(story(left, right)))
    texts = {"a0": claim, "a1": denial}
    assert all(texts[quote.article][quote.start : quote.end] == quote.text for note in made for quote in note.quotes)
    return made


DENIALS = [
    "Brightwater Lines denied reports that it will close its office in Port Ellery and move the staff.",
    "Contrary to reports that Brightwater Lines will close its office in Port Ellery, nothing changes.",
    "Reports that Brightwater Lines will close its office in Port Ellery are false, a spokesman said.",
    "A claim that Brightwater Lines will close its office in Port Ellery was rejected by the firm.",
    "The firm denied a report in the Harbour Post that the office will close.",
]


@pytest.mark.parametrize("denial", DENIALS)
def test_a_denial_is_quoted_with_its_claim(denial: str) -> None:
    (note,) = notes(CLAIM, denial)
    assert (note.kind, note.sources) == ("opposed", ("Harbour Post", "Coast Daily"))
    assert [quote.text for quote in note.quotes] == [CLAIM, denial]


@pytest.mark.parametrize(
    "denial",
    [
        "Die Reederei dementierte Berichte, wonach sie das Kontor in Port Ellery schließen und die Leute versetzen will.",
        "Berichte, wonach die Reederei das Kontor in Port Ellery schließen will, wies der Sprecher zurück.",
    ],
)
def test_german_denials_are_read(denial: str) -> None:
    claim = "Die Reederei will ihr Kontor in Port Ellery schließen und die Leute nach Corran versetzen."
    assert [note.kind for note in notes(claim, denial, "de")] == ["opposed"]


@pytest.mark.parametrize(
    "denial",
    [
        "Brightwater Lines would neither confirm nor deny reports that it will close its office in Port Ellery.",
        "Brightwater Lines was denied a licence for its office in Port Ellery.",
        "Brightwater Lines denied it.",
        "The mayor denied reports that the school in Marrow will lose its roof and its bell.",
        "Brightwater Lines will not close its office in Port Ellery and will not move the staff.",
    ],
)
def test_what_is_not_sure_is_silence(denial: str) -> None:
    assert notes(CLAIM, denial) == []


def test_a_claim_that_says_no_is_none() -> None:
    assert notes("Brightwater Lines has no plan to close its office in Port Ellery, it said.", DENIALS[0]) == []


def test_a_report_that_tells_of_the_denial_stands_against_nothing() -> None:
    assert notes(f"{CLAIM} {DENIALS[0]}", DENIALS[2]) == []


def test_an_outlet_does_not_stand_against_itself() -> None:
    left, right = article("a0", CLAIM), article("a1", DENIALS[0])
    assert list(OpposedNoter().notes(story(left, right))) == []


def test_at_most_so_many_are_noted() -> None:
    left, right = article("a0", CLAIM), article("a1", " ".join(DENIALS), source="Coast Daily")
    assert len(list(OpposedNoter(1).notes(story(left, right)))) == 1


def test_a_sentence_on_what_all_reports_open_with_is_no_claim() -> None:
    told = [
        "The ferry Lady Maren hit the breakwater at Corran on Sunday.",
        "A breakwater at Corran was hit by the ferry Lady Maren on Sunday.",
        "Maren Lines rejected reports that its ferry Lady Maren sailed with a defect before she hit the Corran breakwater on Sunday.",
    ]
    reports = [article(f"a{number}", text, source=f"Outlet {number}") for number, text in enumerate(told)]
    assert list(OpposedNoter().notes(story(*reports))) == []
    claimed = article("a3", "The Lady Maren sailed with a defect that day, a sailor of the ferry said.", source="Outlet 3")
    (note,) = OpposedNoter().notes(story(*reports, claimed))
    assert note.sources == ("Outlet 3", "Outlet 2")
