"""What each other report adds: its own words, whole, and fit to stand alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article, Kind, Note, Story
from digest.notes.adds import AddsNoter
from digest.text import sentences
from tests.group.made import FERRY_RIVAL
from tests.made import FERRY, WEIR, article, story

LEAD = article("a1")
NEW = "Salvage master Hugo Brandt expects the tide of Saturday morning to lift the hull by 40 centimetres."


def notes(found: Story, most_notes: int = 4, most_sentences: int = 2) -> list[Note]:
    made = list(AddsNoter(most_notes, most_sentences).notes(found))
    texts = {member.article.id: member.article.text for member in found.members}
    for note in made:
        for quote in note.quotes:
            assert texts[quote.article][quote.start : quote.end] == quote.text
    return made


def quoted(text: str, *, most_sentences: int = 2) -> list[str]:
    """What is quoted of a second report that says `text`."""
    return [
        quote.text for note in notes(story(LEAD, article("a2", text, source="Tide Weekly")), 4, most_sentences) for quote in note.quotes
    ]


def test_a_report_adds_its_own_sentence_word_for_word() -> None:
    (note,) = notes(story(LEAD, article("a2", f"{FERRY} {NEW}", source="Tide Weekly")))
    assert (note.kind, note.sources, note.line) == ("adds", ("Tide Weekly",), "Tide Weekly adds")
    (quote,) = note.quotes
    assert (quote.article, quote.start, quote.text) == ("a2", len(FERRY) + 1, NEW)


def test_what_the_lead_says_is_not_added() -> None:
    assert notes(story(LEAD, article("a2", source="Tide Weekly"))) == []
    assert not any(said in FERRY for said in quoted(f"{FERRY_RIVAL} {FERRY} {NEW}"))


def test_what_one_report_added_the_next_does_not_add_again() -> None:
    found = notes(story(LEAD, article("a2", NEW, source="Tide Weekly"), article("a3", NEW, source="Lake Courier")))
    assert [note.sources for note in found] == [("Tide Weekly",)]


def test_a_report_is_quoted_with_at_most_so_many_sentences_in_their_order() -> None:
    spans = list(sentences(WEIR))
    for most in (1, 2, 3):
        said = quoted(WEIR, most_sentences=most)
        assert len(said) == most
        assert set(said) <= {WEIR[start:end] for start, end in spans}
        assert [WEIR.index(one) for one in said] == sorted(WEIR.index(one) for one in said)


def test_at_most_so_many_reports_are_quoted() -> None:
    others = [
        article(f"b{number}", " ".join(f"Word{number}x{at}" for at in range(12)) + ".", source=f"Paper {number}") for number in range(6)
    ]
    assert [note.sources[0] for note in notes(story(LEAD, *others), 3)] == ["Paper 0", "Paper 1", "Paper 2"]
    assert notes(story(LEAD, *others), 0) == []


def test_copies_are_not_quoted() -> None:
    assert notes(story(LEAD, article("a2", NEW, source="Tide Weekly"), copies={"a2": "a1"})) == []


def test_nothing_is_quoted_across_languages() -> None:
    assert notes(story(LEAD, article("a2", NEW, source="Tide Weekly", language="de"))) == []
    assert notes(story(LEAD, article("a2", NEW, source="Tide Weekly", language="")))
    assert notes(story(article("a1", language="de"), article("a2", NEW, source="Tide Weekly", language="de")))


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        (Kind.OPINION, "Tide Weekly comments"),
        (Kind.EDITORIAL, "Tide Weekly comments"),
        (Kind.INTERVIEW, "Tide Weekly asks"),
        (Kind.EXPLAINER, "Tide Weekly explains"),
        (Kind.LIVE, "Tide Weekly adds"),
    ],
)
def test_opinion_is_called_what_it_is(kind: Kind, line: str) -> None:
    (note,) = notes(story(LEAD, article("a2", NEW, source="Tide Weekly", kind=kind)))
    assert note.line == line


REST = "salvage master Hugo Brandt expects the tide of Saturday morning to lift the hull by 40 centimetres."
LEANING = (
    "But|And|He said that|She added:|It is clear that|They know that|This means that|However,|Meanwhile,|His old friend|Its|“But|Then|"
    "Those on board heard that|It’s said that|Aber der|Er sagt, dass|Elle pense que|Rather, the|Each of them has a|"
    "Vielmehr hat die|In turn, the|The other reads that|The difference is arithmetic, and|Die anderen sind da, und|L’autre est vide, et"
).split("|")


@pytest.mark.parametrize("start", LEANING)
def test_a_sentence_that_leans_on_the_one_before_is_not_quoted(start: str) -> None:
    assert quoted(f"{start} {REST}") == []


@pytest.mark.parametrize(
    "said",
    [
        "他说救援船将在星期六早晨把搁浅的渡轮拖回港口并修理船体。",
        "但救援船将在星期六早晨把搁浅的渡轮拖回港口并修理船体。",
        "“这艘渡轮将在星期六早晨被拖回港口并修理受损的船体。”",
    ],
)
def test_a_chinese_sentence_that_leans_is_not_quoted(said: str) -> None:
    assert quoted(said) == []


def test_a_chinese_sentence_is_quoted() -> None:
    said = "救援队长胡明表示星期六早晨的潮水将把搁浅的渡轮抬高四十厘米。"
    assert quoted(said) == [said]


@pytest.mark.parametrize(
    "said",
    [
        "Too short to say much.",
        "Salvage master Hugo Brandt expects the tide of Saturday morning to lift the hull?",
        "Salvage master Hugo Brandt expects the tide of Saturday morning to lift the hull",
        "salvage master Hugo Brandt expects the tide of Saturday morning to lift the hull.",
        "Salvage master Hugo Brandt expects the tide, as mentioned above, to lift the hull on Saturday.",
        "Salvage master Hugo Brandt has denied the last two claims and expects Saturday to bring the tide.",
        "Salvage master Hugo Brandt prefers the latter plan and expects Saturday to bring the tide.",
        "“Salvage master Hugo Brandt expects the tide of Saturday morning to lift the hull.",
        "„Salvage master Hugo Brandt expects the tide of Saturday morning to lift the hull.",
        "Salvage master Hugo Brandt (of Corran expects the tide of Saturday morning to lift the hull.",
        'Salvage master "Hugo Brandt expects the tide of Saturday morning to lift the hull.',
        "Salvage master Hugo Brandt expects the tide\nof Saturday morning to lift the whole hull.",
        f"Salvage {' '.join(f'word{number}' for number in range(50))}.",
    ],
)
def test_a_sentence_that_cannot_stand_alone_is_not_quoted(said: str) -> None:
    assert quoted(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "Salvage master Hugo Brandt said: “Saturday morning's tide will lift the hull.”",
        "Bergemeister Hugo Brandt sagte am Freitag: „Samstag hebt die Flut den Rumpf.“",
        "„Samstag hebt die Flut den Rumpf“, sagte Bergemeister Hugo Brandt am Freitag.",
        "Le chef Hugo Brandt attend « la marée de samedi matin » pour lever la coque.",
    ],
)
def test_a_sentence_with_whole_quotations_is_quoted(said: str) -> None:
    assert quoted(said) == [said]


def test_a_sentence_behind_a_colon_is_no_whole_one() -> None:
    assert quoted("The plan: " + NEW) == ["The plan: " + NEW]
    assert quoted("The plan of the yard:\n\n" + NEW) == []
    assert quoted("The plan of the yard.\n\n" + NEW) == [NEW]


def test_a_sentence_glued_to_the_one_before_is_not_quoted() -> None:
    assert quoted("船长离开了港口。" + NEW) == []


def test_new_figures_names_and_speech_are_worth_more() -> None:
    dull = "Workers carried grey boxes along narrow planks while others swept gravel beside wooden sheds."
    rich = "Salvage master Hugo Brandt counted 17 cracks and said: “Nobody sails aboard before Christmas.”"
    assert quoted(f"{dull} {rich}", most_sentences=1) == [rich]


def test_a_report_without_text_adds_nothing() -> None:
    assert quoted("") == []


def second(text: str) -> Article:
    return article("a2", text, source="Tide Weekly")


@given(
    st.lists(st.sampled_from([*FERRY_RIVAL.split(), "“", "”", ".", "\n", "«", "He", "But", "奇。", '"', "12.5", "("]), max_size=80).map(
        " ".join
    )
)
@settings(max_examples=200, deadline=None)
def test_every_quote_is_a_span_whatever_the_text(text: str) -> None:
    for note in notes(story(LEAD, second(text))):
        assert 1 <= len(note.quotes) <= 2
        assert all(quote.text not in FERRY for quote in note.quotes)


def test_a_quote_begins_behind_the_dateline() -> None:
    said = "Forty barges lay empty below the weir when the bailiff came to count them."
    assert quoted(f"PORT ELLERY, 17 November 2026 (NPA) — {said}") == [said]
