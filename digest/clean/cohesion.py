"""Does the vocabulary turn over between the pieces of a text, or do they speak of one thing?

After the idea of TextTiling (Hearst 1997): pieces of one report share its names and its nouns, items
of a round-up do not. Measured on 1,500 news reports cut into four, against four openings of different
reports: with 60 words a piece, 95 of 100 reports lie above .11, 95 of 100 round-ups below .09.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from statistics import median

from digest.text import word_count, words

_STEM = 6  # letters that make two words one; shorter words than _LEAST are mostly grammar
_LEAST = 5
# Longer words that stand in texts about anything, in the languages that we read most.
_COMMON = frozenset(
    """
    about after again against along already although always among another around because become before behind being below between
    beyond could doing during every first found going great having however including instead itself later least little making might
    months never nothing often other others people percent quite rather really right second several shall should since small something
    still taken their there these thing things think those though three through today together toward towards under until using wanted
    wants where whether which while whole whose within without would years yesterday according added asked called comes given known
    makes means saying times monday tuesday wednesday thursday friday saturday sunday
    aber auch beim bereits dabei damit danach dass dazu denen deren diese diesem diesen dieser dieses durch einem einen einer eines
    gegen haben hatte hatten heute ihrem ihren ihrer immer jetzt kann keine können konnte mehr müssen nach nicht noch oder ohne schon
    sein seine seinem seinen seiner seit sich sind sollen sollte über unter viele werden wieder wird worden wurde wurden zwei zwischen
    alors après aussi autre autres avant avait avec cette comme contre dans depuis deux elles encore entre était étaient faire leurs
    moins notre parce pendant peuvent plus plusieurs pour quand selon seront serait sont toujours toute toutes trois très
    ahora algunos antes años aunque cada como contra cuando desde después donde dos durante ellos entre entonces esta estaba estas este
    estos había hace hacia hasta mientras mucho muchos nunca otra otras otros para pero porque pueden puede quien según siempre sobre
    también tiene tienen todas todos tras unos
    """.split()
)


def cohesion(pieces: Sequence[str]) -> float:
    """How much of its vocabulary a piece shares with the others, in 0..1, the mean over the pieces."""
    found = [terms(piece) for piece in pieces]
    whole: Counter[str] = Counter()
    for one in found:
        whole.update(one)
    return sum(_shared(one, whole - one) for one in found) / len(found) if found else 0.0


def oneness(pieces: Sequence[str]) -> float:
    """Cohesion against what pieces of one report of that length have: 1 speaks of one thing, 0 of as many as there are pieces.

    Longer pieces share more, whatever they are about: .20 at 40 words, .28 at 90 to 150, .36 at 250,
    the median of reports cut into four. Of unrelated openings 95 in 100 lie below .4, of one report
    95 in 100 above .5; items of a letter about one field (a country, a trade) reach .8.
    """
    length = median(word_count(piece) for piece in pieces) if pieces else 0
    return cohesion(pieces) / (0.2 + 0.055 * math.log2(max(length, 40) / 40))


def terms(text: str) -> Counter[str]:
    """The words of a text that are about something, cut to their stems, with how often they stand there."""
    return Counter(word[:_STEM] for word in words(text) if len(word) >= _least(word) and not word[0].isdigit() and word not in _COMMON)


def _least(word: str) -> int:
    """How long a word must be to count: Hebrew and Arabic write no short vowels, unspaced scripts come in pairs of characters."""
    return _LEAST if word[0] < "\u0590" else _LEAST - 1 if word[0] < "\u0e00" else 1


def _shared(one: Counter[str], rest: Counter[str]) -> float:
    """The Bhattacharyya coefficient of two counts: 0 nothing in common, 1 the same proportions."""
    if not one or not rest:
        return 0.0
    common = sum(math.sqrt(one[term] * rest[term]) for term in one.keys() & rest.keys())
    return common / math.sqrt(one.total() * rest.total())
