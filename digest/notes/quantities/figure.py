"""The numbers of a sentence with hedge and unit, before anything is known of what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.notes.quantities.ages import ages
from digest.notes.quantities.amounts import ABOUT, ABOUT_A_SHARE, Amount, Hedge, amount, hedged
from digest.notes.quantities.dates import Day, days
from digest.notes.quantities.moments import moments, raised
from digest.notes.quantities.never import uncounted
from digest.notes.quantities.numerals import Numeral, numerals
from digest.notes.quantities.units import Unit, unit_of

_RANGE = re.compile(r"\s?(?:–|—|-|\bor\b|\boder\b|\bto\b|\bbis(?: zu)?\b|\band\b|\bund\b|\bà\b|\ba\b|至|到)\s?")
_FROM, _TO = re.compile(r"\b(?:from|von|de) $", re.IGNORECASE), re.compile(r" (?:to|auf|à|a) ")
_AND = re.compile(r",? (?:and|und|et|y) ")
_SINGLE = frozenset({"one", "ein", "un", "uno", "une", "una", "a", "an", "eine"})
_STRONGEST = 10  # magnitude of a quake that there has never been
_OF_STRENGTH = re.compile(
    r"\b(?:magnitude|richter|erdbebens?|bebens?|séisme|secousse|terremoto|sismo|temblor|movimiento telúrico)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, before anything is known of what it counts."""

    start: int
    end: int
    amount: Amount
    dimension: str
    bare: int  # where the number itself ends
    single: bool = False
    whose: str = ""  # of an age: the surname


def kind(figure: Figure) -> str:
    """The dimension without its currency and its rate."""
    return figure.dimension.split(":")[0].split("/")[0]


def figures_in(said: str, language: str, year: int) -> Iterator[Figure]:
    """The numbers of a sentence with hedge and unit; ranges are one figure."""
    written = numerals(said, language)
    if not written and not raised(said):
        return  # most sentences: nothing else is looked for
    named = moments(said, year)
    dated = days(said)
    for day in dated:
        yield _dated(day)
    named = [one for one in named if not any(day.start < one.end and one.start < day.end for day in dated)]
    for moment in named:
        yield Figure(moment.start, moment.end, moment.amount, moment.dimension, moment.end)
    old = list(ages(said))
    for age in old:
        yield Figure(age.start, age.end, Amount(age.years, age.years, 1.0, Hedge.EXACT), "age", age.end, whose=age.name.casefold())
    taken = [*uncounted(said), *((day.start, day.end) for day in dated)]
    taken += [(one.start, one.end) for one in named] + [(one.start, one.end) for one in old]
    numbers = [one for one in written if not any(begin < one.end and one.start < stop for begin, stop in taken)]
    at = 0
    while at < len(numbers):
        one = numbers[at]
        two = numbers[at + 1] if at + 1 < len(numbers) else None
        joined = (_range(said, one, two) or _added(said, one, two)) if two else None
        at += 2 if joined else 1
        if joined and two:
            yield joined
        else:
            yield _figure(said, one, _unit(said, one, two))


def _unit(said: str, one: Numeral, two: Numeral | None) -> Unit:
    """The unit at a number; where that is the old one of two (`from three to seven days`), the other's."""
    own = unit_of(said, one.start, one.end)
    if two is None or own.dimension != "count" or not _FROM.search(said, 0, own.start) or not _TO.fullmatch(said, own.end, two.start):
        return own
    other = unit_of(said, two.start, two.end)
    return replace(own, dimension=other.dimension, factor=other.factor)


def _dated(day: Day) -> Figure:
    value = float(day.month * 100 + day.day)
    return Figure(day.start, day.end, Amount(value, value, 1.0, Hedge.EXACT), "date", day.end)


def _figure(said: str, one: Numeral, unit: Unit) -> Figure:
    if unit.dimension in {"count", "temperature"} and one.value < _STRONGEST and one.value % 1 and _OF_STRENGTH.search(said):
        unit = replace(unit, dimension="magnitude")  # `revised the magnitude upwards to 5.7`
    hedge, start, end = hedged(said, unit.start, unit.end)
    scaled = Numeral(one.start, one.end, one.value * unit.factor, one.grain * unit.factor, one.plain, one.most * unit.factor)
    single = said[one.start : one.end].casefold() in _SINGLE or one.value == 1
    return Figure(
        start,
        end,
        amount(scaled, hedge, ABOUT_A_SHARE if unit.dimension in {"percent", "points", "magnitude"} else ABOUT),
        unit.dimension,
        end if unit.dimension == "count" else unit.end,
        single,
    )


def _range(said: str, one: Numeral, two: Numeral) -> Figure | None:
    """`10 to 15`, `between 10 and 15`, `5-6 Millionen`; None for two figures that are none."""
    first = unit_of(said, one.start, one.end)
    link = _RANGE.match(said, first.end)
    second = unit_of(said, two.start, two.end)
    if not link or link.end() != min(two.start, second.start):
        return None
    before = said[max(0, first.start - 12) : first.start]
    between = re.search(r"\b(?:between|zwischen|entre)\s$", before, re.IGNORECASE)
    if (link.group().strip().casefold() in {"and", "und"}) != bool(between) or re.search(r"\b(?:from|von|de)\s$", before, re.IGNORECASE):
        return None
    scale = second.factor
    low = one.value * scale
    if one.value < two.value / 1000 and two.value >= 1e6:
        low = one.value * 10 ** (len(str(int(two.value))) - 1 - (len(str(int(two.value))) - 1) % 3)
    high = two.value * scale
    if low >= high or (first.dimension not in {"count", second.dimension}):
        return None
    start = first.start - len(between.group()) if between else first.start
    return Figure(
        start,
        second.end,
        Amount(low, high, two.grain * scale, Hedge.RANGE),
        second.dimension if second.dimension != "count" else first.dimension,
        second.end,
    )


def _added(said: str, one: Numeral, two: Numeral) -> Figure | None:
    """`two years and six months`: one length of time in two units."""
    first, second = unit_of(said, one.start, one.end), unit_of(said, two.start, two.end)
    if (
        {first.dimension, second.dimension} != {"duration"}
        or first.factor <= second.factor
        or not _AND.fullmatch(said, first.end, two.start)
    ):
        return None
    value = one.value * first.factor + two.value * second.factor
    return Figure(first.start, second.end, Amount(value, value, second.factor, Hedge.EXACT), "duration", second.end)
