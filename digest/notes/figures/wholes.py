"""Whether two figures are of one whole: the same place, the same reach, the same of several sums."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.notes.figures.said import Said

ALONE = frozenset({"alone", "allein", "combined"})  # never the whole, or the whole of several
# … and words of the whole of something larger.
REACHING = frozenset(
    "nationwide countrywide worldwide globally statewide throughout landesweit bundesweit weltweit anderswo elsewhere".split()
)
# Of the words of reach, those that make a part of a whole.
PARTS = frozenset(
    "alone each per every average another other weitere weiteren weiterer first erste ersten next nächste allein jeweils normally usually "
    "tonight".split()
)
# Words that say how far a figure reaches: where only one report has such a word, the wholes are not the same.
_SCOPE = re.compile(
    r"\b(?:nationwide|countrywide|worldwide|globally|statewide|throughout|across|whole|entire|combined|alone|elsewhere"
    r"|county|district|region|province|state|nation|landesweit|bundesweit|weltweit|ganzen|gesamten|landkreis|kreis|bezirk|allein"
    r"|anderswo|island|islands|insel|inseln|town|village|stadt|gemeinde|dorf|ville|île|ciudad|isla|jeweils|each|per"
    r"|through|via|every|average|between them|more than one|dans tout|région|département|en todo|provincia"
    r"|another|other|weitere[nr]?|normally|usually|tonight|next|nächste[nrs]?|so far|bisher|first|erste[nrs]?)\b",
    re.IGNORECASE,
)
# Words that say which of several sums, spans or heights is meant; looked for in the whole sentence.
_WHICH = re.compile(
    r"\b(?:including|without|excluding|before tax|pre-tax|after tax|equity|operating|underlying|adjusted|core|gross|net|punitive"
    r"|compensatory|half|months|quarter|full[- ]year|whole year|annual|monthly|weekly|depth"
    r"|inkl\w*|einschließlich|ohne|operativ\w*|bereinigt\w*|netto|brutto|\w*halbjahr\w*|\w*quartal\w*|gesamtjahr|monaten"
    r"|mortgages?|lending|deposits?|savings|hypothe\w+|bauzins\w*|hipotec\w*|pointe|sans|punta|sin"
    r"|january|february|march|april|june|july|august|september|october|november|december|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_TIMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday "
    "sunday".split()
)
# Words of a rule, an aim or a bound: what is to be, and not what is.
_RULE = re.compile(
    r"\b(?:limits?|rated|allowed|permitted|permissible|required|designed|capable|maximum|standards?|guidelines?|threshold|target"
    r"|zulässig\w*|erlaubt\w*|vorgeschrieben\w*|höchstens|grenzwert\w*|maximal\w*|autorisée?s?|prévue?s?|permitid[oa]s?|límite)\b",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,;:](?!\d)")
_PLACED = re.compile(r"\b(?:in|at|near|around|outside|on|bei|auf|à|en)\s+([A-ZÄÖÜÉ][\w’'-]{2,})")


def clause_of(one: Said) -> str:
    """What stands around a figure between the nearest commas of its sentence."""
    text, quantity = one.article.text, one.quantity
    start, end = quantity.sentence
    return _COMMA.split(text[start : quantity.start])[-1] + text[quantity.start : quantity.end] + _COMMA.split(text[quantity.end : end])[0]


def scope(clause: str) -> frozenset[str]:
    """The words of a figure's clause that say how far it reaches."""
    return frozenset(word.casefold() for word in _SCOPE.findall(clause))


@lru_cache(maxsize=4096)  # a sentence may have several figures, and stand in several reports
def which(sentence: str) -> frozenset[str]:
    """The words of a sentence that say which of several figures of its kind is meant."""
    return frozenset(word.casefold() for word in _WHICH.findall(sentence))


def is_rule(clause: str) -> bool:
    """Whether a clause tells a rule, an aim or a bound."""
    return _RULE.search(clause) is not None


def places(clause: str, text: str, language: str) -> frozenset[str]:
    """The places that a clause of a text names."""
    return frozenset(
        place
        for place in _PLACED.findall(clause)
        if place.casefold() not in _TIMES and (language != "de" or text.count(place) > 1)  # `in Sicherheit`
    )
