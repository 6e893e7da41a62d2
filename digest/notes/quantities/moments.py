"""Times of day, years and floors that a text names: `at 3.40 a.m.`, `shortly after four`, `opened in 1968`, `on the fourth floor`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.notes.quantities.amounts import Amount, Hedge

_HALF_DAY = 12 * 60  # minutes: which half of the day is meant is often left out, so it never counts
_ABOUT, _SHORTLY = 15.0, 30.0  # minutes that `about` a time, and `shortly after` it, may be off
_HOURS = {
    word: hour
    for names in (
        "one two three four five six seven eight nine ten eleven twelve",
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    )
    for hour, word in enumerate(names.split(), 1)
} | {"noon": 12, "midnight": 12}
_WORD = "|".join(sorted(_HOURS, key=len, reverse=True))
_HEDGE = (
    r"(?:(?P<before>(?:shortly|just|soon|a little|kurz) (?:before|vor|avant)|peu avant|poco antes de las) "
    r"|(?P<after>(?:shortly|just|soon|a little|kurz) (?:after|nach)|peu après|poco después de las) "
    r"|(?P<about>about|around|some|roughly|gegen|vers|hacia las|sobre las) )?"
)
_OF_DAY = r"(?: o[’']clock|,? in the (?:morning|afternoon|evening|early hours)| at night| am (?:Morgen|Nachmittag|Abend)| Uhr)"
_CLOCK = re.compile(
    rf"(?<!\bby )(?<!\bBy )(?<!\buntil )(?<!\b[Bb]is )(?<!\b[Bb]efore )(?<!\d[.:])\b{_HEDGE}(?:"
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?:[ap]\.? ?m\b\.?|Uhr\b(?: (?P<late>[0-5]\d)\b)?)"
    r"|(?P<hour2>\d{1,2}) ?(?:h|heures) ?(?P<minute2>[0-5]\d)?\b"
    r"|(?P<hour3>\d{1,2}):(?P<minute3>[0-5]\d)\b(?![:\d])"
    r"|(?<=\blas )(?P<hour4>\d{1,2})(?:\.(?P<minute4>[0-5]\d)\b|(?= (?:de la (?:mañana|tarde|noche|madrugada)|horas)\b))"
    r"|(?P<past>(?:a )?quarter past|half past|twenty past|ten past|(?:a )?quarter to|viertel nach|viertel vor|halb) "
    rf"(?P<word>{_WORD})\b"
    rf"|(?P<word2>{_WORD}){_OF_DAY})"
    rf"|\b(?:(?P<before2>(?:shortly|just) before|kurz vor)|(?P<after2>(?:shortly|just) after|kurz nach)) (?P<word3>{_WORD})\b"
    r"(?! (?:(?:people|men|women|years|months|weeks|days|hours|minutes|seconds|miles|million|billion|hundred|thousand|[a-z]+s)\b|\d))",
    re.IGNORECASE,
)
_MINUTES = {"quarter past": 15, "half past": 30, "twenty past": 20, "ten past": 10, "quarter to": -15}
_MINUTES |= {"viertel nach": 15, "viertel vor": -15, "halb": -30}
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember"
    "|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
)
_YEAR = re.compile(
    rf"\b(?i:in|entstand|im Jahre?|aus dem Jahre?|en|de|für|for|(?:early|late|mid)"
    rf"|Anfang|Mitte|Ende|spring|summer|autumn|winter|Frühjahr|Sommer|Herbst|Winter|quarter of|{_MONTHS})[ -]"
    r"(?P<year>(?:1[5-9]|20)\d\d)\b(?![-–/]\d|[.,]\d|[ -](?:[a-z]+s|[A-Z][a-z]+en|Menschen|Euro|metres|Meter)\b)"
)
_ORDINALS = {
    word: number
    for names in (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
        "ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften",
        "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième",
    )
    for number, word in enumerate(names.split(), 1)
}
_FLOOR = re.compile(
    rf"\b(?P<floor>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th|\.|e|ème))[ -](?:floor|storey|Stock(?:werk)?|Etage|Obergeschoss|étage)\b",
    re.IGNORECASE,
)
# One of these stands in whatever the patterns find: they are looked for only where one does.
_TIMED = re.compile(
    r"\d ?(?:[ap]\.? ?m\b|h\b|h\d|heures|Uhr|horas|de la )|\d[:.][0-5]\d|o[’']clock|\bnoon|midnight"
    r"|(?:past|quarter to|viertel (?:vor|nach)|halb) [^\W\d_]"
    rf"|(?:before|after|vor|nach) (?:{_WORD})\b|(?:{_WORD})(?:,? in the |(?: at night| am (?:Morgen|Nachmittag|Abend)| Uhr)\b)",
    re.IGNORECASE,
)
_DATED = re.compile(r"(?:1[5-9]|20)\d\d")
_RAISED = ("floor", "storey", "stock", "etage", "geschoss", "étage")


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day (`clock`, minutes of its half day), a `year` or a `floor`."""

    start: int
    end: int
    dimension: str
    amount: Amount


def moments(text: str, year: int) -> list[Moment]:
    """All that `text` names, in order; not the report's own `year`, which says when and not what."""
    found = [*_clocks(text)] if _TIMED.search(text) else []
    found += [*_years(text, year)] if _DATED.search(text) else []
    found += [*_floors(text)] if raised(text) else []
    return sorted(found, key=lambda one: one.start)


def raised(text: str) -> bool:
    """Whether it may name a floor: the only moment without a number."""
    small = text.lower()
    return any(word in small for word in _RAISED)


def _clocks(text: str) -> Iterator[Moment]:
    for found in _CLOCK.finditer(text):
        word = next((found[name] for name in ("word", "word2", "word3") if found[name]), "")
        hour = _HOURS[word.casefold()] if word else int(found["hour"] or found["hour2"] or found["hour3"] or found["hour4"])
        minute = int(found["minute"] or found["late"] or found["minute2"] or found["minute3"] or found["minute4"] or 0)
        if found["past"]:
            minute = _MINUTES[found["past"].casefold().removeprefix("a ")]
        if hour > 24:
            continue
        value = float((hour * 60 + minute) % _HALF_DAY)
        early = _SHORTLY if found["before"] or found["before2"] else _ABOUT if found["about"] else 0.0
        late = _SHORTLY if found["after"] or found["after2"] else _ABOUT if found["about"] else 0.0
        hedge = Hedge.UNDER if early > late else Hedge.OVER if late > early else Hedge.ABOUT if early else Hedge.EXACT
        yield Moment(found.start(), found.end(), "clock", Amount(value - early, value + late, 1.0, hedge))


def _years(text: str, year: int) -> Iterator[Moment]:
    for found in _YEAR.finditer(text):
        value = float(found["year"])
        if value != year:
            yield Moment(found.start("year"), found.end(), "year", Amount(value, value, 1.0, Hedge.EXACT))


def _floors(text: str) -> Iterator[Moment]:
    for found in _FLOOR.finditer(text):
        word = found["floor"].casefold()
        value = float(_ORDINALS.get(word) or re.sub(r"\D", "", word))
        yield Moment(found.start(), found.end(), "floor", Amount(value, value, 1.0, Hedge.EXACT))
