"""Figures of several reports side by side: conflicts, updates, agreements, and silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from digest.model import Article, Member, Note, Relation, Story
from digest.notes.figures import FiguresNoter
from digest.notes.figures.around import Figure, Report
from digest.notes.figures.said import stated
from digest.notes.figures.sides import laid_beside
from digest.notes.figures.weighed import signals
from tests.made import SEEN, article, story

OUTLETS = ("Harbour Post", "Coast Daily", "Tide Weekly", "Lake Courier", "Moor Echo")


def told(*texts: str, hours: tuple[float, ...] = (), language: str = "en", sources: tuple[str, ...] = OUTLETS) -> Story:
    """A story of one report a text, each by another outlet and, if not said otherwise, of one hour."""
    articles = [
        article(
            f"a{number}",
            text,
            source=sources[number],
            language=language,
            published=SEEN + timedelta(hours=hours[number] if hours else 0),
        )
        for number, text in enumerate(texts)
    ]
    return story(articles[0], *articles[1:])


def notes(found: Story, most: int = 4) -> list[Note]:
    made = list(FiguresNoter(most).notes(found))
    texts = {member.article.id: member.article.text for member in found.members}
    for note in made:
        assert note.quotes == tuple(value.quote for value in note.values)
        for value in note.values:
            assert texts[value.quote.article][value.quote.start : value.quote.end] == value.quote.text
            assert value.text in " ".join(value.quote.text.split())
    return made


def lines(*texts: str, hours: tuple[float, ...] = (), language: str = "en") -> list[tuple[str, str]]:
    return [(note.kind, note.line) for note in notes(told(*texts, hours=hours, language=language))]


TWELVE = "Twelve people were killed when the wall at Marrow Bridge fell on Tuesday."
NINETEEN = "The fall of a wall at Marrow Bridge has killed 19 people, the governor said."


def test_figures_that_cannot_both_be_right_differ() -> None:
    (note,) = notes(told(TWELVE, NINETEEN))
    assert (note.kind, note.line, note.subject) == ("differ", "Killed: Twelve (Harbour Post) · 19 (Coast Daily)", "Killed")
    assert note.sources == ("Harbour Post", "Coast Daily")
    assert [(value.text, value.source) for value in note.values] == [("Twelve", "Harbour Post"), ("19", "Coast Daily")]


def test_outlets_with_one_figure_stand_together() -> None:
    third = "At Marrow Bridge twelve people died under a wall."
    (note,) = notes(told(TWELVE, NINETEEN, third))
    assert {value.text for value in note.values} == {"Twelve", "19", "twelve"}


UPDATES = [
    (0.5, "The death toll at Marrow Bridge has risen to 19."),
    (9, NINETEEN),
    (9, "At Marrow Bridge 19 people are now known to have been killed."),
]


@pytest.mark.parametrize(("hours", "later"), UPDATES)
def test_a_later_figure_of_a_series_is_an_update(hours: float, later: str) -> None:
    (kind, line), *rest = lines(TWELVE, later, hours=(0, hours))
    assert (kind, line) == ("updated", "Killed: Twelve (Harbour Post) → 19 (Coast Daily)")
    assert rest == []


def test_a_toll_does_not_fall_by_itself() -> None:
    assert [kind for kind, _ in lines(NINETEEN, TWELVE, hours=(0, 9))] == ["differ"]


def test_an_outlet_brings_its_own_figure_up_to_date() -> None:
    found = told(TWELVE, NINETEEN, hours=(0, 1), sources=("Harbour Post", "Harbour Post"))
    assert [note.kind for note in notes(found)] == ["updated"]


def test_what_does_not_move_is_a_conflict_however_late() -> None:
    first = "The gallery in Marrow will open on 10 January, the town said."
    second = "The Marrow gallery will open on 20 January."
    assert lines(first, second, hours=(0, 20)) == [("differ", "Opening: 10 January (Harbour Post) · 20 January (Coast Daily)")]


def test_a_conflict_and_its_update_are_two_notes() -> None:
    late = "The death toll at Marrow Bridge has risen to 23."
    kinds = [kind for kind, _ in lines(TWELVE, NINETEEN, late, hours=(0, 0.5, 9))]
    assert kinds == ["differ", "updated"]


SILENT = [
    (TWELVE, "At least nine people were killed when the wall at Marrow Bridge fell."),
    (TWELVE, "About a dozen people were killed when the wall at Marrow Bridge fell."),
    (TWELVE, "Nineteen people were injured when the wall at Marrow Bridge fell."),
    (TWELVE, "Nineteen people were treated in hospital after the wall at Marrow Bridge fell."),
    (TWELVE, "Last year 19 people were killed by walls in Marrow."),
    (TWELVE, "In 1987 a wall at Marrow Bridge killed 19 people."),
    (TWELVE, "Among those killed when the wall at Marrow Bridge fell were two children."),
    (TWELVE, "Five of the dead at Marrow Bridge were killed in one car."),
    (TWELVE, "Up to 30 people could have been killed at Marrow Bridge, the engineer said."),
    (TWELVE, "The governor denied that 19 people were killed at Marrow Bridge."),
    (TWELVE, "In the whole war 4,000 people were killed."),
    ("The bridge at Marrow will cost $3 million to build.", "The bridge at Marrow will cost €4 million to build."),
    ("The bridge cost 1,200 crowns to build.", "The bridge cost 1,187 crowns to build."),
    ("The court in Marrow jailed him for 30 months.", "The court in Marrow jailed him for two and a half years."),
    ("Marrow beat Corran 2-1 at home.", "Marrow beat Corran 3-1 at home."),
    ("The council of Marrow has 12 seats.", "The harbour of Corran has 19 cranes."),
]


@pytest.mark.parametrize(("left", "right"), SILENT)
def test_what_is_compatible_or_of_another_thing_is_silence(left: str, right: str) -> None:
    assert lines(left, right) == []
    assert lines(right, left) == []


def test_a_report_that_gives_several_figures_speaks_for_none() -> None:
    both = "Police spoke of 12 people killed at Marrow Bridge. The mayor spoke of 19 people killed at Marrow Bridge."
    assert lines(both, "At Marrow Bridge 15 people were killed.") == []


def test_three_origins_with_one_figure_agree() -> None:
    texts = (TWELVE, "At Marrow Bridge twelve people died.", "A wall has killed 12 people at Marrow Bridge.")
    assert lines(*texts) == [("agree", "Killed: Twelve (Harbour Post) · twelve (Coast Daily) · 12 (Tide Weekly)")]
    assert lines(*texts[:2]) == []


def test_a_bound_agrees_with_no_count() -> None:
    told_of = (
        "Rebels freed 145 soldiers in Marrow.",
        "In Marrow 145 soldiers were freed by rebels.",
        "Rebels freed {} soldiers at Marrow, a priest said.",
    )
    assert [kind for kind, _ in lines(*told_of[:2], told_of[2].format("145"))] == ["agree"]
    assert lines(*told_of[:2], told_of[2].format("over 145")) == []


def test_outlets_of_one_origin_do_not_agree() -> None:
    found = told(TWELVE, "At Marrow Bridge twelve people died.", "A wall has killed 12 people at Marrow Bridge.")
    members = tuple(Member(one.article, one.relation, None, "a0" if one.article.id != "a2" else "a2") for one in found.members)
    story_of_two = Story(found.id, found.title, found.lead, members, found.outlets, 2)
    assert notes(story_of_two) == []


def test_amounts_that_are_only_rounded_stand_side_by_side() -> None:
    texts = (
        "The model cost $5.5 million to train.",
        "It was trained on a budget of just under $6M.",
        "With $6 million, Ostrand built its model.",
    )
    assert lines(*texts) == [("rounded", "Cost: $5.5 million (Harbour Post) · just under $6M (Coast Daily) · $6 million (Tide Weekly)")]
    assert lines(*texts[:2]) == []


def test_german_figures_are_read() -> None:
    first = "Beim Einsturz der Mauer in Marrow kamen zwölf Menschen ums Leben."
    second = "In Marrow hat der Einsturz einer Mauer 19 Menschen getötet."
    assert lines(first, second, language="de") == [("differ", "Killed: zwölf (Harbour Post) · 19 (Coast Daily)")]


def test_copies_and_lone_reports_say_nothing() -> None:
    lead, copy = article("a0", TWELVE), article("a1", NINETEEN, source="Coast Daily")
    assert notes(story(lead)) == []
    assert notes(story(lead, copy, copies={"a1": "a0"})) == []


def test_at_most_so_many_conflicts_are_noted() -> None:
    assert [note.kind for note in notes(told(TWELVE, NINETEEN), 0)] == []


def test_the_order_of_the_reports_changes_no_value() -> None:
    forth, back = notes(told(TWELVE, NINETEEN)), notes(told(NINETEEN, TWELVE))
    assert {value.text for note in forth for value in note.values} == {value.text for note in back for value in note.values}
    assert [note.kind for note in forth] == [note.kind for note in back]


def test_a_member_without_text_is_no_trouble() -> None:
    empty = Article("a1", "Coast Daily", "inbox", "doc", "Title", "", SEEN)
    assert notes(story(article("a0", TWELVE), empty)) == []
    assert Relation.REPORT in {member.relation for member in story(article("a0", TWELVE), empty).members}


def test_ages_of_one_name_are_laid_side_by_side_and_of_two_are_not() -> None:
    one = "The nurse Hanna Vliet, 33, was freed on Tuesday."
    assert lines(one, "Vliet, who is 35, flew home in a government jet.") == [
        ("differ", "Vliet, age: 33 (Harbour Post) · 35 (Coast Daily)"),
    ]
    assert lines(one, "The pilot Karen Moss, 35, flew her home.") == []
    assert lines("A woman of Marrow, aged 33, was freed on Tuesday.", "A man of Marrow, aged 31, was freed on Tuesday.") == []
    german = ("Eine 33 Jahre alte Frau kam in Marrow frei.", "In Marrow kam, wie man hört, eine 31 Jahre alte Geisel frei.")
    assert [kind for kind, _ in lines(*german, language="de")] == ["differ"]  # `man` is nobody's sex


def test_those_who_are_missing_become_fewer() -> None:
    first, later = "Fifteen people are missing at Marrow Bridge.", "Four people are missing at Marrow Bridge."
    assert [kind for kind, _ in lines(first, later, hours=(0, 9))] == ["updated"]
    assert [kind for kind, _ in lines(later, first, hours=(0, 9))] != ["updated"]


def test_ages_of_a_couple_are_of_two_persons() -> None:
    his = "The builder Stephen Wray, 53, was found dead in Marrow."
    assert lines(his, "His widow Denise Wray, 51, was found in Marrow.") == []
    assert [kind for kind, _ in lines(his, "The builder, Mr Wray, 51, was found dead in Marrow.")] == ["differ"]


def test_the_age_of_a_thing_is_nobodys() -> None:
    german = ("Ein 67 Jahre alter Mann kam in Marrow ums Leben.", "Der fast 70 Jahre alte Deich brach in Marrow.")
    assert lines(*german, language="de") == []


def test_before_and_after_noon_are_of_two_things() -> None:
    fall = "The rock fell in the Marrow mine at 2.50am, the owner said."
    assert lines(fall, "The rock fell in the Marrow mine at 3.40pm, the owner said.") == []


LEVELS = [
    ("en", "The river stood at 4.62 metres in Marrow.", "The river crested at 5.21 metres in Marrow."),
    ("de", "Der Pegel in Marrow stand bei 4,62 Metern.", "Der Pegel in Marrow erreichte 5,21 Meter."),
    ("fr", "Le niveau de la Lorve à Marrow a atteint 4,80 mètres.", "Le niveau de la Lorve à Marrow a atteint 5,72 mètres."),
    ("fr", "Le niveau de la Lorve atteint 4,80 mètres au pont de Marrow.", "La Lorve montait: 5,72 mètres sont mesurés au pont de Marrow."),
]


@pytest.mark.parametrize(("language", "first", "later"), LEVELS)
def test_a_river_is_measured_again_and_again(language: str, first: str, later: str) -> None:
    assert [kind for kind, _ in lines(first, later, hours=(0, 6), language=language)] == ["updated"]
    flood = "In 1993 the river stood at 5.10 metres in Marrow."
    assert "updated" not in {kind for kind, _ in lines(LEVELS[0][1], flood, hours=(0, 6))}


def test_those_who_are_left_are_fewer() -> None:
    first = "After the crash at Marrow Bridge 47 people were injured."
    left = "After the crash at Marrow Bridge nineteen of the injured are still in hospital, 19 injured people in all."
    assert "differ" not in {kind for kind, _ in lines(first, left, hours=(0, 30))}
    power = ("At Marrow 9,000 homes are still without power.", "At Marrow 34,000 homes were without power.")
    assert lines(*power, hours=(0, 6)) == []


def test_the_date_of_a_dateline_says_when_it_was_written() -> None:
    for line in ("MARROW, Nov 16 (NPA) ", "MARROW, 16. November (NPA) - "):
        (lead,) = told(f"{line}The gallery in Marrow will open on 20 January, the town said.").members
        assert [one.quantity.amount.value for one in stated(lead)] == [120], "the day of the opening, not that of the report"


MOVED = [
    ("en", "The bus strike in Marrow will last three days.", "The bus strike in Marrow was extended from three to seven days."),
    ("de", "Der Streik in Marrow dauert drei Tage.", "Der Streik in Marrow wird von drei auf sieben Tage verlängert."),
    ("en", "Sterling slipped to $1.3140 in Marrow after the figures.", "Sterling was down at $1.3055 in Marrow after the figures."),
    (
        "es",
        "Se había capturado el 62 por ciento de las actas en Marrow.",
        "Se ha capturado el 90 por ciento de las actas en Marrow.",
    ),
]


@pytest.mark.parametrize(("language", "first", "later"), MOVED)
def test_what_the_later_report_takes_on_is_an_update(language: str, first: str, later: str) -> None:
    assert [kind for kind, _ in lines(first, later, hours=(0, 9), language=language)] == ["updated"]


def test_who_has_grown_older_has_two_ages() -> None:
    first, later = "The banker Hanna Vliet, 53, was jailed in Marrow.", "The banker Hanna Vliet, 54, lost her appeal in Marrow."
    assert [kind for kind, _ in lines(first, later, hours=(0, 9))] == ["differ"]
    assert lines(first, later, hours=(0, 24 * 330)) == []


def test_the_hour_at_which_somebody_counted_is_no_conflict() -> None:
    first, later = (
        "The river gauge at Marrow Bridge showed 3.10 metres at 8 am.",
        "The river gauge at Marrow Bridge showed 3.45 metres at 11 am.",
    )
    assert [kind for kind, _ in lines(first, later, hours=(0, 9))] == ["updated"]


def test_a_report_that_says_its_figure_twice_has_one_conflict() -> None:
    twice = f"{TWELVE} The figure of 12 people killed at Marrow Bridge was given by the coastguard."
    third = "The fall of a wall at Marrow Bridge has killed 19 people, the mayor said. At Marrow Bridge 19 people died."
    assert len({note.line for note in notes(told(twice, NINETEEN, third)) if note.kind == "differ"}) == 1


def test_a_third_report_that_gives_a_figure_lends_it_its_words() -> None:
    one, two = "340 sheep left the pens of Marrow.", "The flood drove off 410 sheep in Marrow."
    third = "The flood drove off 340 sheep in Marrow."
    reports = [Report(tuple(map(Figure, stated(member)))) for member in told(one, two, third).members]
    found = laid_beside(reports)
    assert signals(found)["seconded"][[(a.value, b.value) for a, b in found.pairs].index((340, 410))] > 0
