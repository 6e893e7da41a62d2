"""What keeps two figures apart, whatever else speaks for their counting one thing."""

from __future__ import annotations

import math
import re
from datetime import timedelta

from digest.notes.figures.around import Figure, Report
from digest.notes.figures.moved import POINTS, fit, moves, of_the_rest
from digest.notes.figures.said import Said
from digest.notes.figures.wholes import ALONE, REACHING
from digest.notes.quantities import PERSONS, Quantity

FAR = 6.0  # a figure so many times another is not of the same thing
_APART = ("past", "denied", "more")  # marks that two figures of one deed share, or they are of two things
_OLDER = 1.5  # times an age that another is at most, where only one of them has a name
_CULPRIT = re.compile(
    r"\b(?:including|counting|among them|einschließlich|darunter|mitsamt|y compris|dont|incluido) (?:the |an? |de[rsm] |l[ea] |el )?"
    r"(?:suspected |alleged )?(?:gunman|attacker|assailant|shooter|bomber|suspect|driver|pilot|perpetrator|killer"
    r"|Täter|Schütze|Attentäter|Angreifer|Fahrer|tireur|assaillant|auteur|agresor|atacante|autor)",
    re.IGNORECASE,
)
# Words of a woman and of a man, by language: `son` is one word in English and another in French and Spanish.
_SEXES = {
    language: tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in both)
    for language, both in {
        "en": ("wom[ae]n|girl|she|her|mother|grandmother|daughter|wife|sister", "m[ae]n|boy|he|his|father|grandfather|son|husband|brother"),
        "de": ("Frau|Mädchen|Rentnerin|Fahrerin|Schülerin|Mutter", "Mann|Junge|Rentner|Fahrer|Schüler|Vater"),
        "fr": ("femme|fille|elle|mère|âgée", "homme|garçon|père|âgé"),
        "es": ("mujer|niña|ella|madre", "hombre|niño|padre"),
    }.items()
}
# Nouns behind an age that is no human being's: `the 70-year-old dam`, `der 70 Jahre alte Deich`.
_AGED_THING = re.compile(
    r"[- ](?:years?[- ]olds?|Jahre alte[rnms]?|[Jj]ährige[rnms]?) (?:[a-zäöüß-]+ ){0,2}?(?:bridge|buildings?|house|ship|ferry|vessel"
    r"|boat|home|trains?|planes?|aircraft|jet|plant|factory|mill|mine|dam|dyke|dike|levee|tunnel|company|firm|bank|club|school|hospital|church|trees?|cars?"
    r"|bus|lorry|truck|tower|stadium|theatre|theater|pipe(?:line)?|record|law|Brücke|Gebäudes?|Haus\w*|Schiff\w*|Fähre|Boot\w*|Zug\w*"
    r"|Flugzeug\w*|Werk\w*|Fabrik|Deich\w*|Damm\w*|Tunnel\w*|Firma|Kirche|Turm\w*|Baum\w*|Leitung|Anlage)\b"
)
_HALF_OF_DAY = re.compile(r"([ap])\.? ?m\b", re.IGNORECASE)
_TITLES = frozenset("mr mrs ms miss dr prof sir dame lord lady herr frau monsieur madame señor señora don doña mme m".split())
_YEAR, _MONTH = timedelta(days=365), timedelta(days=30)
_LIFETIME = 40  # years: what is so far apart is of two things


def rivals(one: Figure, two: Figure, here: Report, there: Report) -> bool:
    """Whether two figures of one dimension that are not both right could be of one thing."""
    return (
        _of_one_kind(one.said, two.said)
        and _of_one_whole(one, two, here, there)
        and not (_adds_up(one, two, here, there) or _adds_up(two, one, there, here))
    )


def speaks(one: Figure, here: Report) -> bool:
    """Whether its report gives one figure for the deed: of several rival ones it speaks for none, unless one is said to be new."""
    role = one.said.quantity.role
    if role is None or not role.alone or one.said.quantity.dimension != "count" or "now" in one.said.quantity.marks:
        return True
    same = here.by_dimension[one.said.quantity.dimension]
    return not any(other is not one and other.said.quantity.role == role and comparable(one.said, other.said) for other in same)


def _of_one_whole(one: Figure, two: Figure, here: Report, there: Report) -> bool:
    """Whether nothing says that only one of them is of the whole, or that they are of two places."""
    apart = one.scope ^ two.scope
    if not ALONE.isdisjoint(apart):
        return False
    if one.said.quantity.dimension != "count":
        return True
    return REACHING.isdisjoint(apart) and here.knows(two.place_names) and there.knows(one.place_names)


def comparable(one: Said, two: Said) -> bool:
    """Whether two figures are of one dimension and one year, not far from one another, and not both right."""
    return one.quantity.dimension == two.quantity.dimension and not both_right(one, two) and _of_one_kind(one, two)


def both_right(one: Said, two: Said) -> bool:
    return fit(one, two) and not moves(one, two)


def _of_one_kind(one: Said, two: Said) -> bool:
    """Whether two figures of one dimension are of one year, not far from one another, and nothing says that they are of two things."""
    left, right = one.quantity, two.quantity
    if ("last year" in left.marks) != ("last year" in right.marks) or _with_the_culprit(one, two) or _of_persons_and_things(left, right):
        return False
    if _of_other_deeds(left, right) or _of_other_halves(one, two) or _of_rest_and_all(one, two):
        return False
    if left.dimension == "age":
        if _sexes_apart(one, two) or _of_two_names(one, two) or _is_aged_thing(one) != _is_aged_thing(two):
            return False
        if _grown_older(one, two):
            return False
        near = max(left.amount.value, right.amount.value) <= _OLDER * min(left.amount.value, right.amount.value)
        return left.noun == right.noun or ("" in (left.noun, right.noun) and near)
    if left.dimension == "count" and not (left.noun or left.role or right.noun or right.role):
        return False
    low, high = sorted((left.amount.value, right.amount.value))
    if left.dimension in POINTS:
        return high - low <= _LIFETIME or left.dimension != "year"
    return high <= FAR * max(low, 1e-9)


def _adds_up(one: Figure, two: Figure, here: Report, there: Report) -> bool:
    """Whether a figure beside one makes it the other: `142 passengers and six crew` are `148 on board`, or `148, six of them crew`."""
    return any(value + one.value == two.value for figure, report in ((one, here), (two, there)) for value in report.beside(figure))


def _of_other_deeds(left: Quantity, right: Quantity) -> bool:
    """Whether they are counts of a part and of a whole, in two roles of which one needs no noun, or of one deed, but one past or denied."""
    roles = (left.role, right.role)
    if left.dimension == "count" and left.role == right.role and left.role and left.role.running and "moved" in left.marks | right.marks:
        return False  # `eleven of those who got out are in hospital`, `the number has risen to 14`
    if left.dimension == "count" and ("part" in left.marks) != ("part" in right.marks):
        return True  # `187 of them` beside all that were on board
    if left.dimension != "count" or None in roles or not any(role is not None and role.alone for role in roles):
        return False
    return roles[0] != roles[1] or any((mark in left.marks) != (mark in right.marks) for mark in _APART)


def _of_rest_and_all(one: Said, two: Said) -> bool:
    """`9,000 homes are still without power` beside a later `34,000 were cut off`: nothing was brought up to date."""
    earlier, later = sorted((one, two), key=lambda said: said.moment)
    role = earlier.quantity.role or later.quantity.role
    return role is not None and role.running and of_the_rest(earlier, later)


def _of_other_halves(one: Said, two: Said) -> bool:
    """Whether one time of day is said to be before noon and the other after it: they are of two things."""
    if one.quantity.dimension != "clock":
        return False
    halves = [_HALF_OF_DAY.findall(said.article.text[said.quantity.start : said.quantity.end]) for said in (one, two)]
    return bool(halves[0] and halves[1]) and halves[0][-1].casefold() != halves[1][-1].casefold()


def _of_persons_and_things(left: Quantity, right: Quantity) -> bool:
    """`2,000 sheep` that were driven off beside `350 people` who were told to leave."""
    return left.dimension == "count" and any(_persons(one) and _things(other) for one, other in ((left, right), (right, left)))


def _sexes_apart(one: Said, two: Said) -> bool:
    """Whether the one age is a woman's and the other a man's."""
    sexes = [_sex(said) for said in (one, two)]
    return None not in sexes and sexes[0] != sexes[1]


def _of_two_names(one: Said, two: Said) -> bool:
    """Whether both have the surname, and other first names: `Stephen Wray, 53` and his widow `Denise Wray, 51`."""
    first = [_first_name(said) for said in (one, two)]
    return one.quantity.noun == two.quantity.noun and "" not in first and first[0] != first[1]


def _first_name(said: Said) -> str:
    """The name before the surname at which an age stands; empty where there is none."""
    start, end = said.quantity.sentence
    surname = re.escape(said.quantity.noun)
    found = re.search(rf"\b([A-ZÀ-ÖØ-Þ][\w’'-]+) (?i:{surname})\b", said.article.text[start:end]) if surname else None
    first = found[1].casefold() if found else ""
    return "" if first in _TITLES else first


def _grown_older(one: Said, two: Said) -> bool:
    """Whether the reports lie so far apart that both ages may be right: `the 53-year-old`, and a year later `the 54-year-old`."""
    earlier, later = sorted((one, two), key=lambda said: said.moment)
    most = math.ceil((later.moment - earlier.moment) / _YEAR)
    months_apart = later.moment - earlier.moment >= _MONTH
    return months_apart and 0 < later.quantity.amount.value - earlier.quantity.amount.value <= most


def _is_aged_thing(said: Said) -> bool:
    return _AGED_THING.match(said.article.text, said.quantity.end) is not None


def _sex(said: Said) -> int | None:
    """0 where the sentence tells of a woman, 1 of a man; None where it tells of none or of both."""
    patterns = _SEXES.get(said.article.language or "en", ())
    found = [at for at, pattern in enumerate(patterns) if pattern.search(said.article.text, *said.quantity.sentence)]
    return found[0] if len(found) == 1 else None


def _persons(quantity: Quantity) -> bool:
    """Whether it says that human beings are counted."""
    return not quantity.noun and quantity.named[0] < quantity.named[1]


def _things(quantity: Quantity) -> bool:
    """Whether it names what is counted, and that is no sort of human being."""
    return quantity.noun != "" and quantity.noun not in PERSONS


def _with_the_culprit(one: Said, two: Said) -> bool:
    """`four people, including the gunman` beside three: both may be right."""
    apart = abs(one.quantity.amount.value - two.quantity.amount.value)
    return (
        one.quantity.dimension == "count"
        and apart == 1
        and any(_CULPRIT.search(said.article.text, *said.quantity.sentence) for said in (one, two))
    )
