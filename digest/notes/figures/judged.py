"""What figures for one thing come to: a conflict, an update, an agreement, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from digest.model import Note, Quote, Value
from digest.notes.figures.moved import fit, moves, updates
from digest.notes.figures.said import Said
from digest.notes.quantities import Amount, Hedge, Quantity, compatible
from digest.text import one_line, word_count, words

ORIGINS = 3  # independent origins that make an agreement worth saying
MANY = 20  # fewer of something, with no role, are no news to agree on
# What is compared, where neither a role nor a noun says it.
_MEASURES = {
    "money": "amount",
    "percent": "share",
    "points": "share",
    "length": "distance",
    "area": "area",
    "mass": "weight",
    "volume": "volume",
    "duration": "time",
    "date": "date",
    "clock": "time",
    "year": "year",
    "floor": "floor",
    "age": "age",
    "speed": "speed",
    "temperature": "temperature",
    "power": "power",
    "charge": "capacity",
    "energy": "energy",
}
_LONG = 70  # words: of a longer sentence only the figure's own words are quoted


def judged(same: Sequence[Said]) -> Iterator[Note]:
    """What figures for one thing come to: a conflict, an update, an agreement, or nothing."""
    same = [one for one in same if not _astray(one, same)]
    ordered = sorted(same, key=lambda one: (one.moment, one.article.id))
    clashes = [_Clash(one, other) for one, other in combinations(ordered, 2) if not fit(one, other) or moves(one, other)]
    newer = {clash for clash in clashes if updates(clash.earlier, clash.later)}
    clashes = [clash for clash in clashes if clash in newer or clash.earlier.article.source != clash.later.article.source]
    newer |= _repeated(newer, clashes)
    rival = [clash for clash in clashes if clash not in newer]
    if rival:
        yield _note("differ", _of(rival, same), " · ")
    if newer and not _values(newer) <= _values(rival):  # what is shown as disputed is not shown again as new
        yield _note("updated", _of(newer, ordered), " → ")


@dataclass(frozen=True, eq=False, slots=True)  # each is itself: a story of many reports has many
class _Clash:
    """Two figures that cannot both be right at one time."""

    earlier: Said
    later: Said


def _of(clashes: Iterable[_Clash], said: Sequence[Said]) -> list[Said]:
    """Those of the figures that clash."""
    clashing = {id(one) for clash in clashes for one in (clash.earlier, clash.later)}
    return [one for one in said if id(one) in clashing]


def _astray(one: Said, same: Sequence[Said]) -> bool:
    """Whether its outlet gives another figure too that others second, and nobody this one: then this one is of something else."""
    if any(other.article.source != one.article.source and other.quantity.amount.value == one.quantity.amount.value for other in same):
        return False
    own = [other for other in same if other.article.source == one.article.source and not fit(other, one)]
    values = {other.quantity.amount.value for other in own if not _running(one) and not _running(other)}
    return any(other.article.source != one.article.source and other.quantity.amount.value in values for other in same)


def _running(one: Said) -> bool:
    return one.quantity.role is not None and one.quantity.role.running


def _values(clashes: Iterable[_Clash]) -> set[float]:
    return {one.quantity.amount.value for clash in clashes for one in (clash.earlier, clash.later)}


def rounded(by_report: Sequence[Sequence[Said]]) -> Note | None:
    """Amounts of three or more origins that may all be one, and are not given alike; that they fit says that they are of one thing."""
    chosen = [one for group in by_report for one in [_chosen(group)] if one]
    together = [one for one in chosen if all(fit(one, other) for other in chosen)]
    alike = len({one.quantity.amount.value for one in together}) < 2 and len({one.quantity.amount.hedge for one in together}) < 2
    if len({one.origin for one in together}) < ORIGINS or len(together) < len(chosen) or alike:
        return None
    return _note("rounded", together, " · ")


def _chosen(group: Sequence[Said]) -> Said | None:
    """The report's figure: the most exact of several that may all be true, the newest where it says that it is; else none."""
    group = [one for one in group if not one.quantity.noun] or group
    firm = [one for one in group if one.quantity.amount.hedge is not Hedge.VAGUE]
    if not firm:
        return None
    if all(compatible(one.quantity.amount, other.quantity.amount) for one in group for other in group):
        return min(firm, key=lambda one: (one.quantity.amount.high - one.quantity.amount.low, one.quantity.start))
    role = firm[0].quantity.role
    now = [one for one in firm if "now" in one.quantity.marks and role and role.running]
    return now[0] if len(now) == 1 else None


def agreed(reports: Sequence[Sequence[Said]]) -> Note | None:
    """The figure that most origins give, where it is three or more; that it is the same says that it is of one thing.

    It needs a unit, or to be more than a few, and a report that says what it counts.
    """
    by_figure: dict[tuple[str, float, Hedge], dict[str, Said]] = {}
    for report in reports:
        for one in report:
            quantity = one.quantity
            if quantity.amount.hedge not in {Hedge.VAGUE, Hedge.ABOUT, Hedge.RANGE} and _telling(quantity):
                # `over 145` men are not 145; a bridge `over 240 metres` may be of just that length.
                hedge = quantity.amount.hedge if quantity.dimension == "count" else Hedge.EXACT
                by_article = by_figure.setdefault((quantity.dimension, quantity.amount.value, hedge), {})
                best = by_article.setdefault(one.article.id, one)
                if quantity.role and not best.quantity.role:
                    by_article[one.article.id] = one
    shared = [list(found.values()) for found in by_figure.values() if len({one.origin for one in found.values()}) >= ORIGINS]
    named = [found for found in shared if any(one.quantity.role or one.quantity.noun for one in found) or _common(found)]
    most = max(named, key=lambda found: (len({one.origin for one in found}), -min(one.quantity.start for one in found)), default=None)
    return _note("agree", most, " · ", _common(most)) if most else None


def _common(said: Sequence[Said]) -> str:
    """The first word of context that all sentences with one uneven share have; empty where they have none."""
    first = said[0]
    shared = frozenset.intersection(*(one.quantity.context for one in said))
    if first.quantity.dimension != "percent" or first.quantity.amount.value % 1 == 0:
        return ""
    told = words(first.article.text[slice(*first.quantity.sentence)])
    return next((word.capitalize() for word in told if any(word.startswith(stem) for stem in shared)), "")


def _telling(quantity: Quantity) -> bool:
    """Whether two reports do not have this figure by chance: a measure, a day with its role, or more than a few."""
    if quantity.dimension in {"date", "duration", "clock", "year", "floor", "age"}:
        return quantity.role is not None
    return quantity.dimension != "count" or quantity.amount.value >= MANY or (quantity.role is not None and quantity.role.alone)


def _repeated(newer: Iterable[_Clash], clashes: Iterable[_Clash]) -> set[_Clash]:
    """Those of which the later figure is one that another report has brought up to date before."""
    since: dict[tuple[float, Amount], datetime] = {}  # a new value and the old one, and when that was first said
    for clash in newer:
        change = (clash.later.quantity.amount.value, clash.earlier.quantity.amount)
        since[change] = min(clash.later.moment, since.get(change, clash.later.moment))
    changes: dict[float, list[tuple[Amount, datetime]]] = {}
    for (value, old), moment in since.items():
        changes.setdefault(value, []).append((old, moment))
    return {
        clash
        for clash in clashes
        for old, moment in changes.get(clash.later.quantity.amount.value, ())
        if moment <= clash.later.moment and compatible(old, clash.earlier.quantity.amount)
    }


def _note(kind: str, said: Sequence[Said], between: str, otherwise: str = "") -> Note:
    values = tuple(_value(one) for one in said)
    measure = said[0].quantity.dimension.split(":")[0].split("/")[0]
    subject = next((counted for one in said if (counted := _subject(one))), otherwise or _MEASURES.get(measure, "").capitalize())
    grouped: dict[str, list[str]] = {}
    for value in values:
        names = grouped.setdefault(value.text, [])
        if value.source not in names:
            names.append(value.source)
    told = between.join(f"{text} ({', '.join(names)})" for text, names in grouped.items())
    sources = tuple(dict.fromkeys(value.source for value in values))
    return Note(kind, sources, f"{subject}: {told}", tuple(value.quote for value in values), subject, values)


def _subject(one: Said) -> str:
    """What is counted: its role, else its noun as the report writes it."""
    quantity = one.quantity
    if quantity.dimension == "age":
        return f"{quantity.noun.title()}, age" if quantity.noun else ""
    noun = one_line(one.article.text[slice(*quantity.named)])
    noun = noun if quantity.noun else ""
    role = quantity.role.name if quantity.role else ""
    told = ", ".join(part for part in (noun, role) if part)
    return told[:1].upper() + told[1:]


def _value(one: Said) -> Value:
    """The figure as it is to be read, and the sentence that says it."""
    text = one.article.text
    start, end = one.quantity.sentence
    if word_count(text[start:end]) > _LONG:
        start, end = one.quantity.start, max(one.quantity.end, one.quantity.named[1])
    return Value(one_line(text[one.quantity.start : one.quantity.end]), one.article.source, Quote.of(one.article, start, end))
