"""Whether two figures are of one thing, by the words around them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from digest.notes.figures.said import SCARCE, Said
from digest.notes.figures.wholes import elsewhere, otherwise_bound, told_alike
from digest.notes.quantities import Hedge, compatible
from digest.text import words

# How alike two sentences must be for their figures to be about one thing (cosine of IDF over the sentences of the
# story): where a role such as `killed` says all, where a role and a name do, where a role says what happened, and where
# only the noun does. From the open half of tests/quality/notes, and ECB+ and FNC-1 read by eye: docs/notes/notes.md.
ALONE, WITH_NAME, WITH_ROLE, WITH_NOUN = 0.08, 0.08, 0.15, 0.35
_WHOSE = frozenset({"value", "price"})  # roles of which each report may tell for several things
_LOOSE = frozenset({"percent", "points", "duration", "length"})  # measures of which a report may give many
_NAMED = frozenset({"date", "percent"})  # measures that say little without the name of what they are of
_OF_THINGS = frozenset({"cancelled", "destroyed", "damaged", "flooded", "seized"})  # `64 flights cancelled` and `141 cancellations`
_ONCE = frozenset({"aboard"})  # of which a report of one event has one
_SHARE_OF = re.compile(r" (?:of|der|des|du|de|del) (?:the |its |their |all |la |los |las )?([^\W\d_]+)")
_TOLD = 1  # stems of each sentence that the other report has, where the role says all
_DEAR = 1e5  # units of money: what costs less is one of many things that a report prices
_SHORT, _STEM = 4, 5  # letters of a word that restricts a noun, and how many of them count


def rarity_of(said: Iterable[Said]) -> Mapping[str, float]:
    """IDF of the words of context over the sentences that hold figures."""
    contexts = {(one.article.id, one.quantity.sentence): one.quantity.context for one in said}
    seen = Counter(word for context in contexts.values() for word in context)
    return {word: math.log(1 + len(contexts) / times) for word, times in seen.items()}


def matched(by_report: Sequence[Sequence[Said]], rarity: Mapping[str, float]) -> Iterator[list[Said]]:
    """One figure a report, each like enough to one of those before; nothing where a report gives several."""
    chosen = [one for group in by_report for one in [chosen_of(group)] if one]
    together: list[list[Said]] = []
    for one in chosen:
        near = next((same for same in together if any(alike(one, other, rarity) for other in same)), None)
        if near is None:
            together.append([one])
        else:
            near.append(one)
    yield from (same for same in together if len(same) > 1)


def chosen_of(group: Sequence[Said]) -> Said | None:
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


def alike(one: Said, other: Said, rarity: Mapping[str, float]) -> bool:
    """Whether two figures of one slot are about one thing, by the words around them."""
    role, noun = one.quantity.role, one.quantity.noun
    if _restricts(one, other) or _restricts(other, one):
        return False
    if noun != other.quantity.noun and not ({noun, other.quantity.noun} & {""} and role and role.name in _OF_THINGS):
        return False
    alone = (role is not None and role.alone) or one.quantity.dimension in SCARCE
    if not alone and _wholes_apart(one, other):
        return False
    opening = one.quantity.opening and other.quantity.opening
    if not (alone and opening) and elsewhere(one, other):
        return False
    if (role is None or (alone and one.quantity.dimension == "percent")) and otherwise_bound(one, other):
        return False
    if role and role.name in _ONCE and other.quantity.role == role:
        return True
    if alone and (opening or told_alike(one, other, _TOLD)):
        return True
    strict = one.quantity.dimension.split("/")[0] in _LOOSE or (
        one.quantity.dimension.startswith("money") and max(one.quantity.amount.value, other.quantity.amount.value) < _DEAR
    )
    strict = strict or (role is not None and role.name in _WHOSE)
    least = ALONE if alone else WITH_ROLE if role and not strict else WITH_NOUN
    if role and one.quantity.dimension in _NAMED and one.quantity.sole and other.quantity.sole:
        named = WITH_NAME if not opening else WITH_NAME / 4
        least = named if one.quantity.names & other.quantity.names else max(least, WITH_ROLE)
    left, right = one.quantity.context, other.quantity.context
    shared = sum(rarity[word] ** 2 for word in sorted(left & right))
    norm = math.sqrt(sum(rarity[word] ** 2 for word in sorted(left)) * sum(rarity[word] ** 2 for word in sorted(right)))
    return norm > 0 and shared / norm >= least


def _wholes_apart(one: Said, other: Said) -> bool:
    """Whether they are shares of two things: `70 percent of the network` and `65 % of traffic`."""
    found = [_SHARE_OF.match(said.article.text, said.quantity.end) for said in (one, other) if said.quantity.dimension == "percent"]
    wholes = {match[1].casefold()[:_STEM] for match in found if match}
    return len(wholes) > 1


def _restricts(one: Said, other: Said) -> bool:
    """Whether the one says `Yemeni pirates` where the other never mentions Yemen."""
    named = one.article.text[slice(*one.quantity.named)]
    before = [word for word in words(named)[:-1] if len(word) >= _SHORT and not word[0].isdigit()]
    return bool(one.quantity.noun) and any(word[:_STEM] not in other.quantity.context for word in before)
