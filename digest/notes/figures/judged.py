"""What figures for one thing come to: a conflict, an update, an agreement, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache

from digest.model import Note, Quote, Value
from digest.notes.figures.said import Said
from digest.notes.quantities import Hedge, Quantity, compatible, read
from digest.text import one_line, word_count, words

SERIES = timedelta(hours=4)  # a running figure that a report gives so much later is an update
ORIGINS = 3  # independent origins that make an agreement worth saying
POINTS = frozenset({"date", "clock", "year", "floor"})  # in time and place: none is so many times another
MANY = 20  # fewer of something, with no role, are no news to agree on
_LASTING = frozenset({"clock", "year", "floor", "age"})  # of one thing there is one, until it is corrected
_FALLING = frozenset({"missing", "stranded"})  # series that fall as they go on
_EITHER_WAY = frozenset({"without power", "evacuated"})  # series that may do either
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
_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ion)|clarification|as we (?:first |had )?reported|korrektur|korrigier\w*|berichtig\w*|richtigstellung|rectific\w*"
    r"|correctif|corrección|corrige)\b",
    re.IGNORECASE,
)
_REVISES = re.compile(
    r"\b(?:revis\w+|lower\w*|correct\w+|cut|f[ae]ll\w*|dropped|down|korrigier\w*|gesenkt|sank|gesunken|herab\w*|rev[iu]\w+|baj\w+)\b",
    re.IGNORECASE,
)
# A day that is said to be another now; without it `now booked for 21 November` may have been so before.
_POSTPONED = re.compile(
    r"\b(?:put off|postpon\w*|delay\w*|slip\w*|brought forward|pushed back|verschoben|verschiebt|verlegt|reporté\w*|aplazad\w*)\b",
    re.IGNORECASE,
)
# A count that goes on: later reports have more of it. Votes; what was damaged or destroyed, when all have come to look at it.
_COUNTED = re.compile(
    r"\b(?:counted|tallied|ballots|(?:polling stations|precincts|districts) reporting|ausgezählt\w*|auszählung|wahllokale?n?"
    r"|stimmbezirke?n?|dépouillés?|dépouillement|bulletins|escrutad\w+|escrutinio|mesas|sufragios|actas|conteo|papeletas|boletas)\b",
    re.IGNORECASE,
)
# A price that moves all day.
_TRADED = re.compile(
    r"\b(?:sterling|exchange rate|futures|crude|brent|yields?|bitcoin|in (?:early|late|afternoon) trad(?:e|ing)|trad(?:ed|ing) at"
    r"|(?:pound|dollar|euro|yen|franc|krone|krona|crown|rupee|rand|peso|shares?|stocks?|index) (?:\w+ )?(?:fell|rose|was|were|closed|opened"
    r"|traded|slid|slipped|jumped|gained|lost|dropped|plunged|climbed|stood|ended|finished|edged|sank|tumbled|soared|added|shed)"
    r"|(?:aktie|papiere?|kurs|dax|pfund|wechselkurs|index)s? (?:\w+ )?(?:fiel\w*|stieg\w*|verlor\w*|notier\w*|legten?|gab\w*|sank\w*"
    r"|schloss\w*|kletter\w*|stürzte\w*|büßte\w*|brach\w*)|notiert\w*|wechselkurs"
    r"|(?:action|titre|cours|indice) (?:\w+ )?(?:recul\w+|perd\w+|gagn\w+|baiss\w+|chut\w+|bondi\w*|clôtur\w+|cotait|cédait|prenait)"
    r"|(?:acciones|acción|título|índice) (?:\w+ )?(?:cay\w+|subi\w+|perd\w+|gan\w+|cerr\w+|baj\w+|cotiza\w+))\b",
    re.IGNORECASE,
)
# The level of a river, which is measured again and again.
_LEVEL = re.compile(
    r"\b(?:rivers?|gauges?|crest(?:s|ed|ing)?|floodwater|water levels?|pegel\w*|wasserstand\w*|hochwasser|niveau|échelle|crue|cote|río"
    r"|caudal|nivel|crecida|culmin\w+|sortie de son lit|desbord\w+)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:measur\w+|record\w+|register\w+|gemessen|registriert\w*|mesur\w+|relev\w+|enregistr\w+|medi\w+|registr\w+|marcaba"
    r"|continu\w+ de monter|still rising|weiter (?:an)?gestiegen|stieg weiter|seguía subiendo)\b",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\b(?:record|normally|usually|normal)\b", re.IGNORECASE)
# Those to whom it still happens, when others have gone home: fewer than there were.
_REMAINING = re.compile(
    r"\b(?:remain(?:s|ed|ing)?|still|noch|weiterhin|toujours|encore|permanecen?|permanecían|siguen|seguían|continúan|aún|todavía)\b",
    re.IGNORECASE,
)
_DAMAGED = re.compile(
    r"\b(?:damag\w+|destroy\w+|burn(?:ed|t)|flooded|beschädig\w+|zerstör\w+|verbrann\w+|überschwemm\w+|\w*schäden|endommag\w+"
    r"|détruit\w*|brûlés?|ravagé\w*|dañad\w+|daños|destru\w+|quemad\w+)\b",
    re.IGNORECASE,
)
_LONG = 70  # words: of a longer sentence only the figure's own words are quoted


def judged(same: Sequence[Said]) -> Iterator[Note]:
    """What figures for one thing come to: a conflict, an update, an agreement, or nothing."""
    same = [one for one in same if not _astray(one, same)]
    ordered = sorted(same, key=lambda one: (one.moment, one.article.id))
    clashes = [(one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 :] if not fit(one, other) or moves(one, other)]
    clashes = [(one, other) for one, other in clashes if one.article.source != other.article.source or updates(one, other)]
    newer = [(one, other) for one, other in clashes if updates(one, other)]
    newer += [pair for pair in clashes if pair not in newer and _repeats(pair, newer)]
    rival = [pair for pair in clashes if pair not in newer]
    if rival:
        yield _note("differ", [one for one in same if any(one in pair for pair in rival)], " · ")
    if newer and not _values(newer) <= _values(rival):  # what is shown as disputed is not shown again as new
        yield _note("updated", [one for one in ordered if any(one in pair for pair in newer)], " → ")


def _astray(one: Said, same: Sequence[Said]) -> bool:
    """Whether its outlet gives another figure too that others second, and nobody this one: then this one is of something else."""
    if any(other.article.source != one.article.source and other.quantity.amount.value == one.quantity.amount.value for other in same):
        return False
    own = [other for other in same if other.article.source == one.article.source and not fit(other, one)]
    values = {other.quantity.amount.value for other in own if not _running(one) and not _running(other)}
    return any(other.article.source != one.article.source and other.quantity.amount.value in values for other in same)


def _running(one: Said) -> bool:
    return one.quantity.role is not None and one.quantity.role.running


def _values(pairs: Sequence[tuple[Said, Said]]) -> set[float]:
    return {one.quantity.amount.value for pair in pairs for one in pair}


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


def fit(one: Said, other: Said) -> bool:
    return compatible(one.quantity.amount, other.quantity.amount)


def moves(earlier: Said, later: Said) -> bool:
    """Whether a figure that fits the earlier one (`at least six`) is said to be the new one (`has climbed to nine`)."""
    if earlier.moment > later.moment:
        earlier, later = later, earlier
    one, two = earlier.quantity, later.quantity
    running = one.role is not None and one.role == two.role and one.role.running
    return running and "now" in two.marks and one.amount.hedge is Hedge.LEAST and two.amount.value > one.amount.value


def updates(earlier: Said, later: Said) -> bool:
    """Whether the later report brings the figure of the earlier one up to date."""
    if earlier.moment >= later.moment:
        return False
    role = later.quantity.role or earlier.quantity.role
    onward = _onward(role.name if role else "", later.quantity.amount.value - earlier.quantity.amount.value)
    same = earlier.article.source == later.article.source
    running = bool(role and role.running) or _says(_COUNTED, _sentence(earlier)) or _of_damage(earlier, later)
    if _of_level(earlier, later) or _of_price(earlier, later) or _from_old(earlier, later) or (running and _is_left(earlier, later)):
        return True
    if _is_new(later) and (onward or _says(_REVISES, _told(later))):
        return True
    if _says(_CORRECTS, _told(later) if same else _sentence(later)):
        return True
    if later.quantity.dimension in _LASTING:
        return False
    if same:
        return onward or not running  # a toll that falls without a word is an older page
    return running and onward and later.moment - earlier.moment >= SERIES


def _of_damage(earlier: Said, later: Said) -> bool:
    """Whether both count, or measure the area of, what was damaged."""
    counts = {earlier.quantity.dimension, later.quantity.dimension} <= {"count", "area"}
    return counts and all(_says(_DAMAGED, _sentence(one)) for one in (earlier, later))


def _of_level(earlier: Said, later: Said) -> bool:
    """Whether both give the level of a river, or one does and the other measures the same."""
    both = (earlier, later)
    river = [_says(_LEVEL, _told(one)) for one in both]
    return (
        {one.quantity.dimension for one in both} == {"length"}
        and (
            all(river) or (any(river) and any(_says(_MEASURED, _sentence(one)) for one, told in zip(both, river, strict=True) if not told))
        )
        and all("past" not in one.quantity.marks and not _says(_LONG_AGO, _sentence(one)) for one in both)
    )


def _of_price(earlier: Said, later: Said) -> bool:
    """Whether both tell where a market stands, at two hours."""
    kinds = {one.quantity.dimension.partition(":")[0] for one in (earlier, later)}
    return kinds <= {"money", "percent", "points"} and all(_says(_TRADED, _sentence(one)) for one in (earlier, later))


def _from_old(earlier: Said, later: Said) -> bool:
    """Whether the later sentence names the earlier value as the old one: `extended from three to seven days`."""
    article, sentence = later.article, later.quantity.sentence
    return any(
        "before" in other.marks
        and (other.sentence, other.dimension) == (sentence, earlier.quantity.dimension)
        and other.amount.value == earlier.quantity.amount.value
        for other in read(article.text, article.language, (article.published or article.first_seen).year)
    )


def _is_left(earlier: Said, later: Said) -> bool:
    """Whether the later report counts those that are left of the earlier one's (`nineteen are still in hospital`)."""
    return of_the_rest(later, earlier) and later.moment > earlier.moment


def of_the_rest(one: Said, other: Said) -> bool:
    """Whether `one` counts those to whom it still happens, and the other all of them."""
    fewer = one.quantity.amount.value < other.quantity.amount.value
    return fewer and _says(_REMAINING, _sentence(one)) and not _says(_REMAINING, _sentence(other))


def _is_new(later: Said) -> bool:
    """Whether a report says that its figure was another before; of a day a bare `now` does not say so."""
    marks = later.quantity.marks
    return "moved" in marks or ("now" in marks and (later.quantity.dimension != "date" or _says(_POSTPONED, _told(later))))


@lru_cache(maxsize=4096)  # of one sentence it is asked for each figure that it is compared with
def _says(pattern: re.Pattern[str], told: str) -> bool:
    return pattern.search(told) is not None


def _onward(role: str, more: float) -> bool:
    """Whether a series goes on in the direction in which it moves."""
    return role in _EITHER_WAY or (more < 0 if role in _FALLING else more > 0)


def _repeats(pair: tuple[Said, Said], newer: Sequence[tuple[Said, Said]]) -> bool:
    """Whether the later figure is one that another report has brought up to date before."""
    earlier, later = pair
    return any(
        new.quantity.amount.value == later.quantity.amount.value and new.moment <= later.moment and fit(old, earlier) for old, new in newer
    )


def _told(one: Said) -> str:
    return f"{one.article.title} {_sentence(one)}"


def _sentence(one: Said) -> str:
    return one.article.text[slice(*one.quantity.sentence)]


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
