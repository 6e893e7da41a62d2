"""What a later report brings up to date: what is no conflict, because it moves."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from digest.notes.figures.said import Said
from digest.notes.quantities import Hedge, compatible, read

SERIES = timedelta(hours=4)  # a running figure that a report gives so much later is an update
POINTS = frozenset({"date", "clock", "year", "floor"})  # in time and place: none is so many times another
_LASTING = frozenset({"clock", "year", "floor", "age"})  # of one thing there is one, until it is corrected
_FALLING = frozenset({"missing", "stranded"})  # series that fall as they go on
_EITHER_WAY = frozenset({"without power", "evacuated"})  # series that may do either
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
    if any(one.quantity.dimension != "length" or "past" in one.quantity.marks for one in both):
        return False
    river = [_says(_LEVEL, _told(one)) for one in both]
    measured = all(told or _says(_MEASURED, _sentence(one)) for one, told in zip(both, river, strict=True))
    return any(river) and measured and not any(_says(_LONG_AGO, _sentence(one)) for one in both)


def _of_price(earlier: Said, later: Said) -> bool:
    """Whether both tell where a market stands, at two hours."""
    return later.quantity.dimension.startswith(("money", "percent", "points")) and all(
        _says(_TRADED, _sentence(one)) for one in (earlier, later)
    )


def _from_old(earlier: Said, later: Said) -> bool:
    """Whether the later sentence names the earlier value as the old one: `extended from three to seven days`."""
    article, sentence = later.article, later.quantity.sentence
    return not later.quantity.sole and any(
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


def _told(one: Said) -> str:
    return f"{one.article.title} {_sentence(one)}"


def _sentence(one: Said) -> str:
    return one.article.text[slice(*one.quantity.sentence)]
