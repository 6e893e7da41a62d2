"""The lead and why it leads; the summary and where it ends."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, Group, Kind
from digest.pick import pick, summary
from digest.text import word_count
from tests.made import FERRY, SEEN, WEIR, article

LONG = " ".join([FERRY, WEIR])


def group(*articles: Article, copies: dict[str, str] | None = None) -> Group:
    return Group(articles, (), copies or {})


def lead(*articles: Article, copies: dict[str, str] | None = None, weights: dict[str, float] | None = None) -> tuple[str, tuple[str, ...]]:
    """Who leads, and why."""
    choice = pick(group(*articles, copies=copies), weights or {})
    assert {choice.lead.id, *(other.id for other in choice.others)} == {one.id for one in articles}
    return choice.lead.id, choice.reasons


def test_the_only_report_leads() -> None:
    assert lead(article("a1")) == ("a1", ("lead: the only report",))


CASES: list[tuple[str, Article, Article]] = [
    ("has a text", article("b"), article("a", "")),
    ("is in the language of the issue", article("b"), article("a", LONG, language="de")),
    ("reports, where others comment", article("b"), article("a", LONG, kind=Kind.OPINION)),
    ("reports, where others comment", article("b"), article("a", LONG, kind=Kind.FEATURE)),
    ("reports, where others comment", article("b", kind=Kind.INTERVIEW), article("a", LONG, kind=Kind.EDITORIAL)),
    ("tells more than a few lines", article("b"), article("a", "The ferry ran aground.")),
    ("keeps to the story", article("b"), article("a", LONG * 15)),
    ("is the fullest report", article("b", LONG), article("a", FERRY)),
    ("is the latest report", article("b", published=SEEN + timedelta(hours=1)), article("a")),
    ("is the latest report", article("b", published=None, first_seen=SEEN + timedelta(hours=1)), article("a")),
]


@pytest.mark.parametrize(("reason", "better", "worse"), CASES)
def test_each_reason_decides_where_all_before_it_are_equal(reason: str, better: Article, worse: Article) -> None:
    assert lead(better, worse) == ("b", (f"lead: {reason} (before 1 other)",))
    assert lead(worse, better) == ("b", (f"lead: {reason} (before 1 other)",))


def test_a_source_with_more_weight_leads_over_a_fuller_report() -> None:
    small, full = article("b", source="Tide Weekly"), article("a", LONG)
    assert lead(small, full)[0] == "a"
    assert lead(small, full, weights={"Tide Weekly": 2.0}) == ("b", ("lead: comes from a source with more weight (before 1 other)",))


def test_reasons_come_in_order_and_count_whom_they_beat() -> None:
    articles = (article("a", ""), article("b", WEIR, language="fr"), article("c", FERRY, language="de"), article("d"), article("e", LONG))
    assert lead(*articles) == (
        "e",
        (
            "lead: has a text (before 1 other)",
            "lead: is in the language of the issue (before 2 others)",
            "lead: is the fullest report (before 1 other)",
        ),
    )


def test_equals_go_by_name() -> None:
    assert lead(article("z", source="Alder Post"), article("a", source="Birch Post")) == ("z", ("lead: first by name among equals",))


def test_a_longer_report_than_a_reader_wants_is_no_fuller() -> None:
    assert lead(article("b", LONG * 6), article("a", LONG * 9))[1] == ("lead: first by name among equals",)


def test_a_copy_never_leads_over_its_original() -> None:
    original, fuller = article("b"), article("a", LONG, source="Alder Post", published=SEEN + timedelta(hours=9))
    assert lead(original, fuller, copies={"a": "b"}) == ("b", ("lead: is an original, not a copy (before 1 other)",))
    assert lead(original, fuller, copies={"a": "b"}, weights={"Alder Post": 9.0})[0] == "b"


def test_a_copy_leads_where_its_original_has_no_text_or_another_language() -> None:
    assert lead(article("b", ""), article("a"), copies={"a": "b"})[0] == "a"
    assert lead(article("b", language="de"), article("a"), copies={"a": "b"})[0] == "a"


def test_a_report_in_no_known_language_may_lead() -> None:
    assert lead(article("b", LONG, language=""), article("a"))[0] == "b"


def test_the_issue_has_a_language_of_its_own() -> None:
    assert pick(group(article("a", LONG), article("b", language="de")), {}, "de").lead.id == "b"


@given(seed=st.integers())
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_articles_changes_nothing(seed: int) -> None:
    articles = [better for _, better, _ in CASES] + [worse for _, _, worse in CASES]
    articles = [article(f"{one.id}{at}", one.text, kind=one.kind, language=one.language) for at, one in enumerate(articles)]
    expected = pick(group(*articles), {})
    random.Random(seed).shuffle(articles)  # noqa: S311 - any order will do
    assert pick(group(*articles), {}) == expected


def told(text: str, most_words: int = 12) -> str | None:
    """The summary of a text, which is always a span of it."""
    found = article(text=text)
    quote = summary(found, most_words)
    if quote is None:
        return None
    assert found.text[quote.start : quote.end] == quote.text
    assert quote.article == found.id
    return quote.text


def test_a_summary_is_whole_sentences_within_the_limit() -> None:
    text = "The ferry is late today. Nobody knows why it is. The harbour waits for word from the island."
    assert told(text) == "The ferry is late today. Nobody knows why it is."
    assert told(text, 10) == "The ferry is late today. Nobody knows why it is."
    assert told(text, 9) == "The ferry is late today."
    assert told(text, 90) == text


def test_a_first_sentence_too_long_for_the_limit_is_taken_whole() -> None:
    first = "The ferry that sails between the island and the town on every day of the year is late today."
    assert told(f"{first} Nobody knows why.") == first


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_an_empty_text_has_no_summary(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize(
    "dateline",
    ["PORT ELLERY — ", "PORT ELLERY, Nov. 22 (Northwire) - ", "MARROW (Northwire) -- ", "CORRAN, County of Vane – ", "БЕРЕГ — "],
)
def test_a_dateline_is_passed_over(dateline: str) -> None:
    assert told(f"{dateline}The ferry is late today. Nobody knows why.") == "The ferry is late today. Nobody knows why."


@pytest.mark.parametrize(
    "text",
    [
        "US Senator Ada Thorne – a critic of the plan – spoke on Monday.",
        "Port Ellery is quiet – too quiet for a Monday.",
        "NATO - so they say - will send a ship.",
    ],
)
def test_a_dash_in_a_sentence_makes_no_dateline(text: str) -> None:
    assert told(text) == text


def test_a_dash_far_behind_the_first_stop_leaves_no_empty_summary() -> None:
    rest = " ".join(["Waves"] * 20)
    found = told(f"STOP! Yes they can - {rest}.")
    assert found
    assert found.endswith(rest + ".")


def test_headings_before_the_first_sentence_are_passed_over() -> None:
    assert told("What happened\n\nThe ferry is late today.\n\nNobody knows why.") == "The ferry is late today.\n\nNobody knows why."


def test_a_heading_ends_the_summary() -> None:
    assert told("The ferry is late today.\n\nWhat the owner says\n\nNothing at all.", 60) == "The ferry is late today."


def test_a_text_of_headings_alone_is_told_by_the_first() -> None:
    assert told("Ferry late") == "Ferry late"


QUOTED = [
    "“The ferry is late. It will be later,” said Albrook.",
    '"The ferry is late. It will be later," said Albrook.',
    "„Die Fähre ist spät. Sie wird später“, sagte Albrook.",
    "»Die Fähre ist spät. Sie wird später«, sagte Albrook.",
    "« Le bac est en retard. Il le restera », dit Albrook.",
    "“The ferry is late.\n\n“It will be later,” said Albrook.",
    "“He said: „Late.“ That was all,” said Albrook.",
    "他说「船晚了。它会更晚。」",
]


@pytest.mark.parametrize("quoted", QUOTED)
@pytest.mark.parametrize("most_words", range(1, 12))
def test_the_cut_never_falls_inside_a_quotation(quoted: str, most_words: int) -> None:
    text = f"All wait. {quoted} The rest of the day was calm, and the boats stayed in."
    assert told(text, most_words) in {"All wait.", f"All wait. {quoted}", text}


@pytest.mark.parametrize("quoted", QUOTED)
def test_a_closed_quotation_does_not_stretch_the_summary(quoted: str) -> None:
    rest = " ".join(["The harbour waits for word from the island."] * 9)
    assert told(f"{quoted} {rest}", word_count(quoted)) == quoted


def test_a_quotation_that_never_closes_does_not_swallow_the_text() -> None:
    text = "“The ferry is late. " + "Nobody on the quay knows why it is. " * 30
    found = told(text)
    assert found is not None
    assert word_count(found) <= 40


def test_a_long_quotation_behind_the_first_sentence_is_left_out_whole() -> None:
    text = "All wait. “" + "Nobody on the quay knows why it is. " * 30 + "So be it.”"
    assert told(text) == "All wait."


@given(text=st.text('aA.!? “”„«»"\n—-1x。「」', max_size=120), most_words=st.integers(1, 40))
@settings(max_examples=300, deadline=None)
def test_a_summary_is_a_span_that_is_not_empty(text: str, most_words: int) -> None:
    found = told(text, most_words)
    assert (found is None) or found.strip() == found != ""
    assert (found is None) <= (not text.strip() or bool(text.strip()))


def test_a_greeting_above_the_first_heading_is_no_summary() -> None:
    told = "The gauge stood at four metres when Ada Finch read it at six. She has read it every morning since 1988."
    rest = "Her mother read it before her. Nobody has asked her to stop. The river does not ask either. It comes up in November."
    letter = f"Good morning. Just one story today.\n\nThe woman who reads the gauge\n\n{told} {rest}"
    found = summary(article("a1", letter), 22)
    assert found is not None
    assert found.text == told
    plain = summary(article("a2", f"Good morning is what the ferryman says.\n\nA river\n\n{told}"), 10)
    assert plain is not None
    assert plain.text.startswith("Good morning is")


TOLD = "A ferry struck the mole on Monday night. Twelve people died, and fifteen are missing."


@pytest.mark.parametrize(
    "note",
    [
        "【Editor’s Note: The week saw unrest. It was translated.\n\nIt has two paragraphs.】",
        "[Editor's note: names were changed.]",
        "Editor's note: this report was first published on Monday. Names were changed.",
        "Anm. d. Red.: Der Text erschien zuerst am Montag.",
        "Leopold Grane teaches economic history at the Naval Academy.",
        "The writer is a pilot. The views expressed are her own.",
        "Editor's note: names were changed.\n\nLeopold Grane is a historian.",
    ],
)
def test_a_note_at_the_head_is_no_summary(note: str) -> None:
    found = summary(replace(article("a1", f"{note}\n\n{TOLD}"), authors=("Leopold Grane",)), 20)
    assert found is not None
    assert found.text == TOLD
    alone = summary(replace(article("a2", note), authors=("Leopold Grane",)), 20)
    assert alone is not None
    assert alone.text


def test_a_note_further_down_ends_the_summary() -> None:
    found = summary(article("a1", f"{TOLD}\n\n【Editor’s Note: The week saw unrest.】\n\nMore."), 40)
    assert found is not None
    assert found.text == TOLD


@pytest.mark.parametrize(
    "text",
    [
        "Leopold Grane was arrested on Monday. Nobody knows why.",  # somebody else wrote it
        "The opinions of the crew differ. Nell Ostrom is the mate.",
        "Editors noted the change on Monday. They said so.",
    ],
)
def test_what_only_looks_like_a_note_is_told(text: str) -> None:
    found = summary(replace(article("a1", text), authors=("Nell Ostrom",)), 30)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "line", ["PORT ELLERY, 17. November 2026. ", "SAINT-AUREL, 20 novembre 2026. ", "18 November 2026 — ", "埃勒里港2026年11月18日电 "]
)
def test_a_dateline_with_a_whole_date_is_passed_over(line: str) -> None:
    found = summary(article("a1", line + TOLD), 20)
    assert found is not None
    assert found.text == TOLD
