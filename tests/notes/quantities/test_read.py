"""What a sentence states: figure, unit, hedge, what is counted, and what must not be compared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.notes.quantities import Hedge, Quantity, compatible, read

INFINITE = float("inf")


def one(text: str, language: str = "en", year: int = 2026) -> Quantity:
    """The only quantity of a text."""
    (found,) = read(text, language, year)
    assert text[found.start : found.end].strip()
    return found


def shown(text: str, language: str = "en") -> list[str]:
    return [text[found.start : found.end] for found in read(text, language, 2026)]


VALUES = [
    ("en", "They counted 84 passengers.", 84, 84),
    ("en", "They counted 1,200 passengers.", 1200, 1200),
    ("en", "They counted twenty-three passengers.", 23, 23),
    ("en", "They counted two hundred and five passengers.", 205, 205),
    ("en", "They counted half a million passengers.", 5e5, 5e5),
    ("en", "They counted two and a half million passengers.", 2.5e6, 2.5e6),
    ("en", "They counted 3.5m passengers.", 3.5e6, 3.5e6),
    ("en", "They counted at least 12 passengers.", 12, INFINITE),
    ("en", "They counted more than 12 passengers.", 12, INFINITE),
    ("en", "They counted 12 or more passengers.", 12, INFINITE),
    ("en", "They counted up to 12 passengers.", 0, 12),
    ("en", "They counted fewer than 12 passengers.", 0, 12),
    ("en", "They counted 10 to 15 passengers.", 10, 15),
    ("en", "They counted between 10 and 15 passengers.", 10, 15),
    ("en", "They counted 50 or 60 passengers.", 50, 60),
    ("en", "They counted several dozen passengers.", 36, 99),
    ("de", "Sie zählten zwölf Fahrgäste.", 12, 12),
    ("de", "Sie zählten dreiundzwanzig Fahrgäste.", 23, 23),
    ("de", "Sie zählten zweihundertfünf Fahrgäste.", 205, 205),
    ("de", "Sie zählten 1.200 Fahrgäste.", 1200, 1200),
    ("de", "Sie zählten 5,5 Millionen Fahrgäste.", 5.5e6, 5.5e6),
    ("de", "Sie zählten anderthalb Millionen Fahrgäste.", 1.5e6, 1.5e6),
    ("de", "Sie zählten mindestens zwölf Fahrgäste.", 12, INFINITE),
    ("de", "Sie zählten bis zu 300 Fahrgäste.", 0, 300),
    ("fr", "Ils ont compté 1 200 passagers.", 1200, 1200),
    ("fr", "Ils ont compté au moins quinze passagers.", 15, INFINITE),
    ("es", "Contaron doce pasajeros.", 12, 12),
    ("zh", "事故造成三十五人受伤。", 35, 35),
    ("zh", "他们有12万人。", 120_000, 120_000),
]


@pytest.mark.parametrize(("language", "text", "low", "high"), VALUES)
def test_a_figure_is_an_interval(language: str, text: str, low: float, high: float) -> None:
    amount = one(text, language).amount
    assert (amount.low, amount.high) == (low, high)


@pytest.mark.parametrize(
    ("text", "dimension", "low"),
    [
        ("It cost $5.5 million.", "money:USD", 5.5e6),
        ("It cost just £3m.", "money:GBP", 3e6),
        ("It cost 2 million crowns.", "money:crown", 2e6),
        ("It cost €1.2bn.", "money:EUR", 1.2e9),
        ("Prices rose 3.4 per cent.", "percent", 3.4),
        ("The rate was cut by 25 basis points.", "points", 0.25),
        ("The rate was cut by a quarter of a percentage point.", "points", 0.25),
        ("The ridge is 1.5 kilometres long.", "length", 1500),
        ("It burned 10 hectares.", "area", 10),
        ("It burned two square miles.", "area", 518),
        ("The wind reached 10 knots.", "speed", 18.52),
        ("It lies 10 nautical miles from the coast.", "length", 18520),
        ("The storm came with winds of 120 kmph.", "speed", 120),
        ("Winds reached 150 km per hour.", "speed", 150),
        ("Petrol was 144.8 pence a litre.", "money:cent/litre", 144.8),
        ("They paid 141.8 pence for a litre.", "money:cent/litre", 141.8),
        ("Two lakh pilgrims had come.", "count", 200_000),
        ("As many as 17 houses were crushed.", "count", 17),
        ("A layer of 10 inches of snow fell.", "length", 0.254),
        ("The battery holds 5,200mAh.", "charge", 5200),
        ("The battery holds 52 kWh.", "energy", 52),
        ("The bus fell down a 40-foot slope.", "length", 12.192),
        ("He was jailed for three weeks.", "duration", 3 * 604800),
        ("A quake of magnitude 6.1 struck.", "magnitude", 6.1),
        ("It costs 11 million crowns a day.", "money:crown/day", 11e6),
        ("It opens on 20 January.", "date", 120),
        ("It opens on January 20.", "date", 120),
        ("It opened on Jan. 20, 2026.", "date", 120),
    ],
)
def test_a_figure_has_a_unit(text: str, dimension: str, low: float) -> None:
    found = one(text)
    assert found.dimension == dimension
    assert found.amount.low == pytest.approx(low)


NEVER = [
    "She came 12th in the race.",
    "Version 2.1.3 is out, and v2 was better.",
    "See page 3 of the report.",
    "The mother of 12 was unhurt.",
    "It stands at 12 High Street.",
    "Harbour beat Marrow 2-1 on the night.",
    "Nothing like it was seen since 2014.",
    "In service since 1981, the pipe gave way.",
    "Three Rivers Electric said so.",
    "Members of Three Rivers Electric said so.",
    "Choose the 256GB model.",
    "Call (020) 555 0199 12 for help.",
    "She flew a Boeing 737 home.",
    "It happened four times before.",
    "An 84-passenger ferry sails.",
    "He lived in the 1990s.",
    "She died at 85.",
]


@pytest.mark.parametrize("text", NEVER)
def test_what_counts_nothing_is_no_quantity(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize("text", ["Die 12. Auflage kam.", "Er wohnt in der Lindenstraße 12."])
def test_german_ordinals_and_addresses_are_none_either(text: str) -> None:
    assert shown(text, "de") == []


ROLES = [
    ("en", "Twelve people were killed and 30 others injured.", [("killed", ""), ("injured", "")]),
    ("en", "The blast killed at least 12 people, injuring 30.", [("killed", ""), ("injured", "")]),
    ("en", "A coach crashed, claiming the lives of 14 people.", [("killed", "")]),
    ("en", "The death toll rose to 19.", [("killed", "")]),
    ("en", "Police arrested 40 people after a brawl that injured two officers.", [("arrested", ""), ("injured", "officer")]),
    ("en", "The firm will cut 1,200 jobs.", [("jobs cut", "job")]),
    ("en", "With just $6 million, Ostrand built the model.", [("cost", "")]),
    ("en", "Shares fell 17 per cent.", [("fell", "")]),
    ("de", "Zwölf Menschen kamen ums Leben, 30 wurden verletzt.", [("killed", ""), ("injured", "")]),
    ("de", "Die Polizei nahm am Abend die Spur auf, 40 Personen wurden festgenommen.", [("arrested", "")]),
    ("fr", "Neuf personnes ont perdu la vie.", [("killed", "")]),
    ("es", "La riada deja ya 16 víctimas mortales.", [("killed", "")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), ROLES)
def test_a_figure_has_the_role_of_its_own_clause(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = read(text, language, 2026)
    assert [(one.role.name if one.role else "", one.noun) for one in found] == expected


MARKS = [
    ("Last year 30 people were killed.", "last year"),
    ("In 2014, 30 people were killed.", "past"),
    ("Twelve people, including two children, were killed.", "part"),
    ("12 of the 84 passengers died.", "part"),
    ("Another 12 people were killed.", "more"),
    ("The two men were killed.", "some"),
    ("As many as 30 people could be killed.", "maybe"),
    ("The toll of those killed rose from 12 to 19.", "before"),
    ("The toll of those killed rose from 12 to 19.", "now"),
    ("It was not true that 30 people were killed.", "denied"),
    ("Revenue was $3 million in the quarter.", "quarterly"),
]


@pytest.mark.parametrize(("text", "mark"), MARKS)
def test_marks_say_what_is_not_to_be_compared(text: str, mark: str) -> None:
    assert any(mark in found.marks for found in read(text, "en", 2026))


def test_a_plain_statement_has_no_mark() -> None:
    assert one("Twelve people were killed on Tuesday.").marks == frozenset()


def test_a_year_to_come_is_not_the_past() -> None:
    assert "past" not in one("The bridge will open on 1 June 2029.").marks


PAIRS = [
    ("at least 12 people", "15 people", True),
    ("at least 12 people", "9 people", False),
    ("about 1,200 people", "1,187 people", True),
    ("1,200 people", "1,187 people", True),
    ("1,200 people", "1,300 people", False),
    ("12 people", "19 people", False),
    ("a dozen people", "12 people", True),
    ("dozens of people", "40 people", True),
    ("10 to 15 people", "12 people", True),
    ("10 to 15 people", "19 people", False),
    ("$5.5 million", "just under $6 million", True),
    ("$5.5 million", "$6 million", True),
    ("$5.1 million", "just under $6 million", False),
    ("$5 million", "$9 million", False),
    ("thirty months", "two and a half years", True),
    ("400 hectares", "1,000 acres", True),
]


@pytest.mark.parametrize(("left", "right", "fit"), PAIRS)
def test_two_figures_fit_where_both_may_be_true(left: str, right: str, fit: bool) -> None:
    first, second = (one(f"There were {text} there.").amount for text in (left, right))
    assert compatible(first, second) is fit
    assert compatible(second, first) is fit


def test_a_hedge_is_part_of_the_figure() -> None:
    text = "It was built on a budget of just under $6M in all."
    found = one(text)
    assert text[found.start : found.end] == "just under $6M"
    assert found.amount.hedge is Hedge.UNDER
    assert found.amount.value == 6e6


PIECES = st.sampled_from(
    "12 1,200 3.5m zwölf twelve a dozen at least about $6 million % per cent people killed 12-year-old 2-1 9:40 Jan. 20 2014 , . ; "
    "( ) from to".split(" ")
)


@given(st.lists(PIECES, max_size=40).map(" ".join), st.sampled_from(["en", "de", "fr", "es", "zh", "ar", ""]))
@settings(max_examples=200, deadline=None)
def test_every_quantity_is_a_span_whatever_the_text(text: str, language: str) -> None:
    for found in read(text, language, 2026):
        assert 0 <= found.sentence[0] <= found.start < found.end <= found.sentence[1] <= len(text)
        assert found.amount.low <= found.amount.high
        assert compatible(found.amount, found.amount)


AGES = [
    ("Dutch nurse Hanna Vliet, 33, came home.", "en", [(33.0, "vliet")]),
    ("The 41-year-old teacher Karen Moss won.", "en", [(41.0, "moss")]),
    ("Moss, who is 46, won.", "en", [(46.0, "moss")]),
    ("Die 33-jährige Ärztin Hanna Vliet kam.", "de", [(33.0, "vliet")]),
    ("Hanna Vliet (33) kam.", "de", [(33.0, "vliet")]),
    ("In Paris, 30 people died.", "en", []),
    ("In the count for Marl East, 21,600 votes were in.", "en", []),
    ("A 58-year-old man from Carver City was hurt.", "en", [(58.0, "")]),
    ("Der 47-jährige Wirt kam.", "de", [(47.0, "")]),
    ("A 33-year-old nurse came home.", "en", [(33.0, "")]),
    ("A woman aged 71 died.", "en", [(71.0, "")]),
    ("The pilot, who was 52, came home.", "en", [(52.0, "")]),
    ("Der 33-Jährige blieb heil.", "de", [(33.0, "")]),
    ("Der Busfahrer ist 58.", "de", [(58.0, "")]),
    ("Une femme âgée de 71 ans est morte.", "fr", [(71.0, "")]),
]


@pytest.mark.parametrize(("text", "language", "expected"), AGES)
def test_ages_are_read_with_the_name_at_them(text: str, language: str, expected: list[tuple[float, str]]) -> None:
    assert [(one.amount.value, one.noun) for one in read(text, language) if one.dimension == "age"] == expected


TOPICS = [
    ("The number of passengers stranded rose to 240.", "en", "stranded"),
    ("The death toll from the fire has climbed to nine.", "en", "killed"),
    ("Die Zahl der Toten in Rodenau ist bis zum Abend auf fünf gestiegen.", "de", "killed"),
    ("Die Zahl der Festnahmen am Samstag stieg nach Polizeiangaben auf zwölf.", "de", "arrested"),
]


@pytest.mark.parametrize(("text", "language", "role"), TOPICS)
def test_a_number_that_rises_counts_what_its_sentence_is_about(text: str, language: str, role: str) -> None:
    assert [one.role.name for one in read(text, language) if one.role] == [role]


def test_a_length_of_time_in_two_units_is_one_figure() -> None:
    assert one("Er muss zwei Jahre und sechs Monate ins Gefängnis.", "de").amount.value == pytest.approx(30 * 2629800)
    assert [found.dimension for found in read("It closed for two hours, and nine flights were cancelled.", "en")] == ["duration", "count"]
    assert one("A term of 12 and a half years it is.").amount.value == pytest.approx(12.5 * 31557600)


def test_a_level_that_is_reached_is_no_upper_bound() -> None:
    assert one("The number of injured has gone up to 3,100.").amount.hedge is Hedge.EXACT
    assert one("They counted up to 3,100 passengers.").amount.hedge is Hedge.MOST
    assert one("The fine is up to 3,100 crowns.").amount.hedge is Hedge.MOST
    assert one("The firm has moved up to 3,100 jobs abroad.").amount.hedge is Hedge.MOST


def test_a_number_word_is_scaled_in_french_and_spanish() -> None:
    assert one("Ils réclament trois millions d'euros.", "fr").amount.value == 3e6
    assert one("Piden dos mil millones de euros.", "es").dimension == "money:EUR"
