"""What figures for one thing come to: a conflict, an update, an agreement, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from digest.model import Note, Quote, Value
from digest.notes.figures.alike import chosen_of
from digest.notes.figures.said import Said
from digest.notes.quantities import Hedge, Quantity, compatible
from digest.text import one_line, word_count, words

SERIES = timedelta(hours=3)  # a running figure that a report gives so much later is an update
FAR = 6.0  # a figure so many times another is not of the same thing
ORIGINS = 3  # independent origins that make an agreement worth saying
MANY = 20  # fewer of something, with no role, are no news to agree on
_SHRINKING = frozenset({"missing", "without power", "evacuated"})  # series that may fall
_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ion)|clarification|as we (?:first |had )?reported|korrektur|korrigier\w*|berichtig\w*|richtigstellung|rectific\w*"
    r"|correctif|corrección|corrige)\b",
    re.IGNORECASE,
)
_LONG = 70  # words: of a longer sentence only the figure's own words are quoted


def judged(same: Sequence[Said]) -> Iterator[Note]:
    """What figures for one thing come to: a conflict, an update, an agreement, or nothing."""
    ordered = sorted(same, key=lambda one: (one.moment, one.article.id))
    if any(_far(one, other) for one in ordered for other in ordered):
        return
    clashes = [(one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 :] if not fit(one, other)]
    clashes = [(one, other) for one, other in clashes if one.article.source != other.article.source or _updates(one, other)]
    updates = [(one, other) for one, other in clashes if _updates(one, other)]
    rival = [pair for pair in clashes if pair not in updates]
    if rival:
        yield _note("differ", [one for one in same if any(one in pair for pair in rival)], " · ")
    if updates:
        yield _note("updated", [one for one in ordered if any(one in pair for pair in updates)], " → ")


def rounded(by_report: Sequence[Sequence[Said]]) -> Note | None:
    """Amounts of three or more origins that may all be one, and are not given alike; that they fit says that they are of one thing."""
    chosen = [one for group in by_report for one in [chosen_of(group)] if one]
    together = [one for one in chosen if all(fit(one, other) for other in chosen)]
    alike = len({one.quantity.amount.value for one in together}) < 2 and len({one.quantity.amount.hedge for one in together}) < 2
    if len({one.origin for one in together}) < ORIGINS or len(together) < len(chosen) or alike:
        return None
    return _note("rounded", together, " · ")


def agreed(reports: Sequence[Sequence[Said]]) -> Note | None:
    """The figure that most origins give, where it is three or more; that it is the same says that it is of one thing.

    It needs a unit, or to be more than a few, and a report that says what it counts.
    """
    by_figure: dict[tuple[str, float], dict[str, Said]] = {}
    for report in reports:
        for one in report:
            quantity = one.quantity
            if quantity.amount.hedge not in {Hedge.VAGUE, Hedge.ABOUT, Hedge.RANGE} and _telling(quantity):
                by_article = by_figure.setdefault((quantity.dimension, quantity.amount.value), {})
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
    if quantity.dimension in {"date", "duration"}:
        return quantity.role is not None
    return quantity.dimension != "count" or quantity.amount.value >= MANY or (quantity.role is not None and quantity.role.alone)


def fit(one: Said, other: Said) -> bool:
    return compatible(one.quantity.amount, other.quantity.amount)


def _far(one: Said, other: Said) -> bool:
    low, high = sorted((one.quantity.amount.value, other.quantity.amount.value))
    return one.quantity.dimension != "date" and high > FAR * max(low, 1e-9) and not fit(one, other)


def _updates(earlier: Said, later: Said) -> bool:
    """Whether the later report brings the figure of the earlier one up to date."""
    if earlier.moment >= later.moment:
        return False
    if "now" in later.quantity.marks or (earlier.article.source == later.article.source and _CORRECTS.search(_told(later))):
        return True
    role = later.quantity.role or earlier.quantity.role
    onward = later.quantity.amount.value > earlier.quantity.amount.value or (role is not None and role.name in _SHRINKING)
    if earlier.article.source == later.article.source:
        return onward or not (role and role.running)  # a toll that falls without a word is an older page
    return bool(role and role.running and onward and later.moment - earlier.moment >= SERIES)


def _told(one: Said) -> str:
    return f"{one.article.title} {one.article.text[slice(*one.quantity.sentence)]}"


def _note(kind: str, said: Sequence[Said], between: str, otherwise: str = "") -> Note:
    values = tuple(_value(one) for one in said)
    subject = next((counted for one in said if (counted := _subject(one))), otherwise)
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
