"""Whether two figures are of one whole: the same place, the same reach, a story told alike."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.notes.figures.said import Said
from digest.text import words

_STEM, _LEAST = 5, 4  # letters of a word that count, and that it has at least
# Words that say how far a figure reaches: where only one report has such a word, the wholes are not the same.
_SCOPE = re.compile(
    r"\b(?:nationwide|countrywide|worldwide|globally|statewide|throughout|across|whole|entire|combined|alone|elsewhere"
    r"|county|district|region|province|state|nation|landesweit|bundesweit|weltweit|ganzen|gesamten|landkreis|kreis|bezirk|allein"
    r"|anderswo|island|islands|insel|inseln|town|village|stadt|gemeinde|dorf|ville|île|ciudad|isla|jeweils|each|per"
    r"|through|via|every|average|between them|more than one|dans tout|région|département|en todo|provincia"
    r"|another|other|weitere[nr]?|normally|usually|tonight|next|nächste[nrs]?|so far|bisher|first|erste[nrs]?)\b",
    re.IGNORECASE,
)
_TIMES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday "
    "sunday".split()
)
_COMMA = re.compile(r"[,;:](?!\d)")
_PLACED = re.compile(r"\b(?:in|at|near|around|outside|on|bei|auf|à|en)\s+([A-ZÄÖÜÉ][\w’'-]{2,})")


def told_alike(one: Said, two: Said, shared: int) -> bool:
    """Whether the sentence of each has so many stems of content that the other report has too."""
    for said, other in ((one, two), (two, one)):
        if len(said.quantity.context & _stems(f"{other.article.title} {other.article.text}")) < shared:
            return False
    return True


@lru_cache(maxsize=64)  # a story's reports are asked for again for every figure
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words(text) if len(word) >= _LEAST)


def otherwise_bound(one: Said, two: Said) -> bool:
    """Whether the sentences give their figures another reach (`nationwide`, `alone`, `each`)."""
    left, right = ({word.casefold() for word in _SCOPE.findall(_clause(said))} for said in (one, two))
    return left != right


def elsewhere(one: Said, two: Said) -> bool:
    """Whether one of them is of a place that the other report does not name."""
    return any(
        place.casefold()[:_STEM] not in f"{other.article.title} {other.article.text}".casefold()
        for said, other in ((one, two), (two, one))
        for place in _PLACED.findall(_clause(said))
        if place.casefold() not in _TIMES and (said.article.language != "de" or said.article.text.count(place) > 1)  # `in Sicherheit`
    )


def _clause(one: Said) -> str:
    """What stands around a figure between the nearest commas of its sentence."""
    text, quantity = one.article.text, one.quantity
    start, end = quantity.sentence
    return _COMMA.split(text[start : quantity.start])[-1] + text[quantity.start : quantity.end] + _COMMA.split(text[quantity.end : end])[0]
