"""Figures of several reports side by side: where they differ, agree, or were brought up to date.

Prefer silence to a wrong conflict: two figures are laid side by side only where both say what they
count in the same words or role, neither speaks of the past, of a part or of what may be, and each
report gives one figure for it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.model import Article, Member, Note, Quote, Relation, Story, Value
from digest.notes.quantities import Hedge, Quantity, compatible, read
from digest.text import one_line, word_count, words

# How alike two sentences must be for their figures to be about one thing (cosine of IDF over the sentences of the
# story): where a role such as `killed` says all, where a role says what happened, and where only the noun does.
# From the open half of tests/quality/notes, and ECB+ and FNC-1 read by eye: docs/notes/notes.md.
ALONE, WITH_NAME, WITH_ROLE, WITH_NOUN = 0.08, 0.08, 0.15, 0.35
SERIES = timedelta(hours=3)  # a running figure that a report gives so much later is an update
FAR = 6.0  # a figure so many times another is not of the same thing
_SHRINKING = frozenset({"missing", "without power", "evacuated"})  # series that may fall
_UNFIT = frozenset({"past", "part", "some", "before", "more", "denied"})
_LOOSE = frozenset({"percent", "points", "duration", "length"})  # measures of which a report may give many
_SCARCE = frozenset({"magnitude", "area", "volume"})  # a report has few of them
_APART = frozenset({"maybe", "quarterly", "yearly"})  # marks that two figures share, or they are not compared
_NAMED = frozenset({"date", "percent"})  # measures that say little without the name of what they are of
_MANY = 20  # fewer of something, with no role, are no news to agree on
_OF_THINGS = frozenset({"cancelled", "destroyed", "damaged", "flooded", "seized"})  # `64 flights cancelled` and `141 cancellations`
_ONE_ROLE = {"loss": "damage"}  # roles that reports give for one thing
_LONG = 70  # words: of a longer sentence only the figure's own words are quoted
_SHORT, _STEM = 4, 5  # letters of a word that restricts a noun, and how many of them count
ORIGINS = 3  # independent origins that make an agreement worth saying


@dataclass(frozen=True, slots=True)
class _Said:
    """A quantity in the report that states it; `origin` is the id of the article that it comes from."""

    article: Article
    quantity: Quantity
    origin: str

    @property
    def moment(self) -> datetime:
        return self.article.published or self.article.first_seen


@dataclass(frozen=True, slots=True)
class FiguresNoter:
    """Notes of the kinds `differ`, `updated`, `rounded` and `agree`; at most `most_notes` a story, and one `agree`."""

    most_notes: int = 4
    name: str = "figures"

    def notes(self, story: Story) -> Iterator[Note]:
        """Conflicts first, then updates, then what all agree on."""
        reports = [member for member in story.members if member.relation is not Relation.COPY]
        if len({member.article.source for member in reports}) < 2 and len(reports) < 2:
            return
        said = [list(_stated(member)) for member in reports]
        rarity = _rarity(quantity for report in said for quantity in report)
        found = [
            note
            for slot, by_report in _slots(said).items()
            if slot[1] or slot[2] or slot[0] in _SCARCE
            for same in _matched([group for group in by_report if group], rarity)
            for note in _judged(same)
        ]
        amounts = [by_report for slot, by_report in _slots(said).items() if slot[0].startswith("money") and slot[1]]
        found += [note for by_report in amounts for note in [_rounded([group for group in by_report if group])] if note]
        shown = [note for kind in ("differ", "updated", "rounded") for note in found if note.kind == kind][: self.most_notes]
        yield from shown
        agreed = _agreed(said)
        if agreed and not any(note.subject == agreed.subject for note in shown):
            yield agreed  # said once, quietly


def _stated(member: Member) -> Iterator[_Said]:
    """What a report states itself, of now, and of the whole."""
    article = member.article
    year = (article.published or article.first_seen).year
    found = read(article.text, article.language, year)
    for quantity in found:
        several = quantity.dimension in _SCARCE and any(_other(quantity, other) for other in found)
        if not several and not quantity.marks & _UNFIT and (quantity.role or quantity.noun or quantity.dimension != "count"):
            yield _Said(article, quantity, member.origin or article.id)


def _other(quantity: Quantity, other: Quantity) -> bool:
    """Whether a report that gives one scarce measure gives another too: then it tells of several events."""
    return other.dimension == quantity.dimension and not compatible(quantity.amount, other.amount) and "before" not in other.marks


def _rarity(said: Iterable[_Said]) -> Mapping[str, float]:
    """IDF of the words of context over the sentences that hold figures."""
    contexts = {(one.article.id, one.quantity.sentence): one.quantity.context for one in said}
    seen = Counter(word for context in contexts.values() for word in context)
    return {word: math.log(1 + len(contexts) / times) for word, times in seen.items()}


def _slot(one: _Said) -> tuple[str, str, str, str]:
    """What must be equal for two figures to be compared at all; of a scarce measure, no role needs to be."""
    quantity = one.quantity
    role = quantity.role.name if quantity.role and quantity.dimension not in _SCARCE else ""
    role = _ONE_ROLE.get(role, role)
    noun = quantity.noun if not quantity.role or not quantity.role.alone else ""  # of an event, `19 dead` and `19 soldiers dead`
    return quantity.dimension, role, noun, " ".join(sorted(quantity.marks & _APART))


def _slots(reports: Sequence[Sequence[_Said]]) -> Mapping[tuple[str, str, str, str], list[list[_Said]]]:
    """The figures that may be compared, in each slot one list a report."""
    slots: dict[tuple[str, str, str, str], list[list[_Said]]] = {}
    for number, report in enumerate(reports):
        for one in report:
            slots.setdefault(_slot(one), [[] for _ in reports])[number].append(one)
    return slots


def _agreed(reports: Sequence[Sequence[_Said]]) -> Note | None:
    """The figure that most origins give, where it is three or more; that it is the same says that it is of one thing.

    It needs a unit, or to be more than a few, and a report that says what it counts.
    """
    by_figure: dict[tuple[str, float], dict[str, _Said]] = {}
    for report in reports:
        for one in report:
            quantity = one.quantity
            if quantity.amount.hedge not in {Hedge.VAGUE, Hedge.ABOUT, Hedge.RANGE} and _telling(quantity):
                by_article = by_figure.setdefault((quantity.dimension, quantity.amount.value), {})
                best = by_article.setdefault(one.article.id, one)
                if quantity.role and not best.quantity.role:
                    by_article[one.article.id] = one
    shared = [list(found.values()) for found in by_figure.values() if len({one.origin for one in found.values()}) >= ORIGINS]
    named = [found for found in shared if any(one.quantity.role or one.quantity.noun for one in found)]
    most = max(named, key=lambda found: (len({one.origin for one in found}), -min(one.quantity.start for one in found)), default=None)
    return _note("agree", most, " · ") if most else None


def _telling(quantity: Quantity) -> bool:
    """Whether two reports do not have this figure by chance: a measure, a day with its role, or more than a few."""
    if quantity.dimension in {"date", "duration"}:
        return quantity.role is not None
    return quantity.dimension != "count" or quantity.amount.value >= _MANY or (quantity.role is not None and quantity.role.alone)


def _scarce(by_report: Sequence[Sequence[_Said]]) -> bool:
    return any(group and group[0].quantity.dimension in _SCARCE for group in by_report)


def _matched(by_report: Sequence[Sequence[_Said]], rarity: Mapping[str, float]) -> Iterator[list[_Said]]:
    """One figure a report, each like enough to one of those before; nothing where a report gives several."""
    chosen = [one for group in by_report for one in [_one(group)] if one]
    together: list[list[_Said]] = []
    for one in chosen:
        near = next((same for same in together if any(_alike(one, other, rarity) for other in same)), None)
        if near is None:
            together.append([one])
        else:
            near.append(one)
    yield from (same for same in together if len(same) > 1)


def _one(group: Sequence[_Said]) -> _Said | None:
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


def _alike(one: _Said, other: _Said, rarity: Mapping[str, float]) -> bool:
    """Whether two figures of one slot are about one thing, by the words around them."""
    role, noun = one.quantity.role, one.quantity.noun
    if _restricts(one, other) or _restricts(other, one):
        return False
    if noun != other.quantity.noun and not ({noun, other.quantity.noun} & {""} and role and role.name in _OF_THINGS):
        return False
    alone = (role is not None and role.alone) or one.quantity.dimension in _SCARCE
    if alone and one.quantity.opening and other.quantity.opening:
        return True
    strict = one.quantity.dimension.split("/")[0] in _LOOSE
    least = ALONE if alone else WITH_ROLE if role and not strict else WITH_NOUN
    if role and one.quantity.dimension in _NAMED and one.quantity.sole and other.quantity.sole:
        least = WITH_NAME if one.quantity.names & other.quantity.names else max(least, WITH_ROLE)
    left, right = one.quantity.context, other.quantity.context
    shared = sum(rarity[word] ** 2 for word in sorted(left & right))
    norm = math.sqrt(sum(rarity[word] ** 2 for word in sorted(left)) * sum(rarity[word] ** 2 for word in sorted(right)))
    return norm > 0 and shared / norm >= least


def _restricts(one: _Said, other: _Said) -> bool:
    """Whether the one says `Yemeni pirates` where the other never mentions Yemen."""
    named = one.article.text[slice(*one.quantity.named)]
    before = [word for word in words(named)[:-1] if len(word) >= _SHORT and not word[0].isdigit()]
    return bool(one.quantity.noun) and any(word[:_STEM] not in other.quantity.context for word in before)


def _judged(same: Sequence[_Said]) -> Iterator[Note]:
    """What figures for one thing come to: a conflict, an update, an agreement, or nothing."""
    ordered = sorted(same, key=lambda one: (one.moment, one.article.id))
    if any(_far(one, other) for one in ordered for other in ordered):
        return
    clashes = [(one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 :] if not _fit(one, other)]
    updates = [(one, other) for one, other in clashes if _updates(one, other)]
    rival = [pair for pair in clashes if pair not in updates]
    if rival:
        yield _note("differ", [one for one in same if any(one in pair for pair in rival)], " · ")
    if updates:
        yield _note("updated", [one for one in ordered if any(one in pair for pair in updates)], " → ")


def _rounded(by_report: Sequence[Sequence[_Said]]) -> Note | None:
    """Amounts of three or more origins that may all be one, and are not given alike; that they fit says that they are of one thing."""
    chosen = [one for group in by_report for one in [_one(group)] if one]
    fit = [one for one in chosen if all(_fit(one, other) for other in chosen)]
    alike = len({one.quantity.amount.value for one in fit}) < 2 and len({one.quantity.amount.hedge for one in fit}) < 2
    if len({one.origin for one in fit}) < ORIGINS or len(fit) < len(chosen) or alike:
        return None
    return _note("rounded", fit, " · ")


def _agreed(reports: Sequence[Sequence[_Said]]) -> Note | None:
    """The figure that most origins give, where it is three or more; that it is the same says that it is of one thing.

    It needs a unit, or to be more than a few, and a report that says what it counts.
    """
    by_figure: dict[tuple[str, float], dict[str, _Said]] = {}
    for report in reports:
        for one in report:
            quantity = one.quantity
            if quantity.amount.hedge not in {Hedge.VAGUE, Hedge.ABOUT, Hedge.RANGE} and _telling(quantity):
                by_article = by_figure.setdefault((quantity.dimension, quantity.amount.value), {})
                best = by_article.setdefault(one.article.id, one)
                if quantity.role and not best.quantity.role:
                    by_article[one.article.id] = one
    shared = [list(found.values()) for found in by_figure.values() if len({one.origin for one in found.values()}) >= ORIGINS]
    named = [found for found in shared if any(one.quantity.role or one.quantity.noun for one in found)]
    most = max(named, key=lambda found: (len({one.origin for one in found}), -min(one.quantity.start for one in found)), default=None)
    return _note("agree", most, " · ") if most else None


def _telling(quantity: Quantity) -> bool:
    """Whether two reports do not have this figure by chance: a measure, a day with its role, or more than a few."""
    if quantity.dimension in {"date", "duration"}:
        return quantity.role is not None
    return quantity.dimension != "count" or quantity.amount.value >= _MANY or (quantity.role is not None and quantity.role.alone)


def _scarce(by_report: Sequence[Sequence[_Said]]) -> bool:
    return any(group and group[0].quantity.dimension in _SCARCE for group in by_report)


def _matched(by_report: Sequence[Sequence[_Said]], rarity: Mapping[str, float]) -> Iterator[list[_Said]]:
    """One figure a report, each like enough to one of those before; nothing where a report gives several."""
    chosen = [one for group in by_report for one in [_one(group)] if one]
    together: list[list[_Said]] = []
    for one in chosen:
        near = next((same for same in together if any(_alike(one, other, rarity) for other in same)), None)
        if near is None:
            together.append([one])
        else:
            near.append(one)
    yield from (same for same in together if len(same) > 1)


def _one(group: Sequence[_Said]) -> _Said | None:
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


def _alike(one: _Said, other: _Said, rarity: Mapping[str, float]) -> bool:
    """Whether two figures of one slot are about one thing, by the words around them."""
    role, noun = one.quantity.role, one.quantity.noun
    if _restricts(one, other) or _restricts(other, one):
        return False
    if noun != other.quantity.noun and not ({noun, other.quantity.noun} & {""} and role and role.name in _OF_THINGS):
        return False
    alone = (role is not None and role.alone) or one.quantity.dimension in _SCARCE
    if alone and one.quantity.opening and other.quantity.opening:
        return True
    strict = one.quantity.dimension.split("/")[0] in _LOOSE
    least = ALONE if alone else WITH_ROLE if role and not strict else WITH_NOUN
    if role and one.quantity.dimension in _NAMED and one.quantity.sole and other.quantity.sole:
        least = WITH_NAME if one.quantity.names & other.quantity.names else max(least, WITH_ROLE)
    left, right = one.quantity.context, other.quantity.context
    shared = sum(rarity[word] ** 2 for word in sorted(left & right))
    norm = math.sqrt(sum(rarity[word] ** 2 for word in sorted(left)) * sum(rarity[word] ** 2 for word in sorted(right)))
    return norm > 0 and shared / norm >= least


def _restricts(one: _Said, other: _Said) -> bool:
    """Whether the one says `Yemeni pirates` where the other never mentions Yemen."""
    named = one.article.text[slice(*one.quantity.named)]
    before = [word for word in words(named)[:-1] if len(word) >= _SHORT and not word[0].isdigit()]
    return bool(one.quantity.noun) and any(word[:_STEM] not in other.quantity.context for word in before)


def _judged(same: Sequence[_Said]) -> Iterator[Note]:
    """What figures for one thing come to: a conflict, an update, an agreement, or nothing."""
    ordered = sorted(same, key=lambda one: (one.moment, one.article.id))
    if any(_far(one, other) for one in ordered for other in ordered):
        return
    clashes = [(one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 :] if not _fit(one, other)]
    updates = [(one, other) for one, other in clashes if _updates(one, other)]
    rival = [pair for pair in clashes if pair not in updates]
    if rival:
        yield _note("differ", [one for one in same if any(one in pair for pair in rival)], " · ")
    if updates:
        yield _note("updated", [one for one in ordered if any(one in pair for pair in updates)], " → ")
    written = {one.quantity.amount.value for one in same}
    if not clashes and len(written) > 1 and same[0].quantity.dimension.startswith("money") and len({one.origin for one in same}) >= ORIGINS:
        yield _note("rounded", list(same), " · ")


def _fit(one: _Said, other: _Said) -> bool:
    return compatible(one.quantity.amount, other.quantity.amount)


def _far(one: _Said, other: _Said) -> bool:
    low, high = sorted((one.quantity.amount.value, other.quantity.amount.value))
    return one.quantity.dimension != "date" and high > FAR * max(low, 1e-9) and not _fit(one, other)


def _updates(earlier: _Said, later: _Said) -> bool:
    """Whether the later report brings the figure of the earlier one up to date."""
    if earlier.article.source == later.article.source and earlier.moment < later.moment:
        return True
    if earlier.moment >= later.moment:
        return False
    if "now" in later.quantity.marks:
        return True
    role = later.quantity.role or earlier.quantity.role
    onward = later.quantity.amount.value > earlier.quantity.amount.value or (role is not None and role.name in _SHRINKING)
    return bool(role and role.running and onward and later.moment - earlier.moment >= SERIES)


def _note(kind: str, said: Sequence[_Said], between: str) -> Note:
    values = tuple(_value(one) for one in said)
    subject = next((words for one in said if (words := _subject(one))), "")
    grouped: dict[str, list[str]] = {}
    for value in values:
        names = grouped.setdefault(value.text, [])
        if value.source not in names:
            names.append(value.source)
    told = between.join(f"{text} ({', '.join(names)})" for text, names in grouped.items())
    sources = tuple(dict.fromkeys(value.source for value in values))
    return Note(kind, sources, f"{subject}: {told}", tuple(value.quote for value in values), subject, values)


def _subject(one: _Said) -> str:
    """What is counted: its role, else its noun as the report writes it."""
    quantity = one.quantity
    noun = one_line(one.article.text[slice(*quantity.named)])
    noun = noun if quantity.noun else ""
    role = quantity.role.name if quantity.role else ""
    words = ", ".join(part for part in (noun, role) if part)
    return words[:1].upper() + words[1:]


def _value(one: _Said) -> Value:
    """The figure as it is to be read, and the sentence that says it."""
    text = one.article.text
    start, end = one.quantity.sentence
    if word_count(text[start:end]) > _LONG:
        start, end = one.quantity.start, max(one.quantity.end, one.quantity.named[1])
    return Value(one_line(text[one.quantity.start : one.quantity.end]), one.article.source, Quote.of(one.article, start, end))
