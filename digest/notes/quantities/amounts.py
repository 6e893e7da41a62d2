"""What a writer commits to: a number with its hedge as an interval (`at least 12`, `just under $6M`, `10 to 15`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from digest.notes.quantities.numerals import Numeral

# How far a hedged figure may be from the exact one, and two unhedged ones when one of them is a round number of the
# other. Chosen on the stories of tests/quality/notes that are open for tuning; docs/notes/notes.md.
ABOUT = 0.1
ABOUT_A_SHARE = 0.05  # of percentages
ROUNDED = 0.1


class Hedge(StrEnum):
    """How a figure is meant."""

    EXACT = "exact"
    ABOUT = "about"
    UNDER = "just under"
    OVER = "just over"
    LEAST = "at least"
    MOST = "at most"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Amount:
    """The interval that a figure stands for; `grain` is the place of its last digit that says something."""

    low: float
    high: float
    grain: float
    hedge: Hedge
    value: float = field(init=False, compare=False)  # kept: each figure is compared with many

    def __post_init__(self) -> None:
        """The figure itself: the bound that is given, or the middle of a range."""
        middle = self.hedge in {Hedge.ABOUT, Hedge.RANGE, Hedge.VAGUE}
        value = (self.low + self.high) / 2 if middle else self.high if self.hedge in {Hedge.MOST, Hedge.UNDER} else self.low
        object.__setattr__(self, "value", value)


_BEFORE = (
    (
        Hedge.LEAST,
        r"at least|no fewer than|no less than|not less than|more than|over|upwards of|in excess of|above|exceeding"
        r"|a minimum of|mindestens|wenigstens|mehr als|über|zumindest|au moins|plus de|plus d'|al menos|más de|por lo menos|至少|超过|逾",
    ),
    (
        Hedge.MOST,
        r"at most|no more than|up to|fewer than|less than|under|below|a maximum of|höchstens|maximal|bis zu|weniger als|unter"
        r"|au plus|moins de|jusqu'à|como máximo|menos de|hasta|最多|不到|不足",
    ),
    (
        Hedge.UNDER,
        r"just under|nearly|almost|close to|just short of|knapp|fast|beinahe|annähernd|nahezu|presque|près de|casi|cerca de|近|将近",
    ),
    (Hedge.OVER, r"just over|a little over|slightly more than|a little more than|gut|etwas mehr als|un peu plus de|algo más de"),
    (
        Hedge.ABOUT,
        r"about|around|some|roughly|approximately|approx\.?|an estimated|estimated|circa|ca\.|c\.|more or less|rund|etwa|ungefähr"
        r"|circa|zirka"
        r"|geschätzt(?:e|en)?|schätzungsweise|gegen|environ|quelque|autour de|unos|unas|alrededor de|aproximadamente|大约|约",
    ),
)
_LEFT = tuple(
    (hedge, re.compile(rf"(?<![^\W_])(?:{words})\s*(?:the |a |an |total of )?$", re.IGNORECASE)) for hedge, words in reversed(_BEFORE)
)
# The words that one of them may end with, or have behind it: without one nothing is looked for.
_LAST_WORD = re.compile(r"([^\W\d_]+)[.’']?\s*$")
_LAST = frozenset(
    re.findall(r"[^\W\d_]+(?=[|)\\.']|$)", "|".join(words for _, words in _BEFORE).replace(r"(?:e|en)?", "|geschätzte|geschätzten"))
)
_LAST |= {"the", "a", "an", "of", "d", "as"}
_RIGHT = (
    (Hedge.LEAST, re.compile(r"\+|[ -]?(?:or more|plus|and counting|oder mehr|ou plus|o más)\b|(?:多|余)", re.IGNORECASE)),
    (Hedge.ABOUT, re.compile(r" or so\b|-odd\b|-ish\b|(?:左右|上下)", re.IGNORECASE)),
    (Hedge.MOST, re.compile(r" (?:or fewer|or less|oder weniger)\b", re.IGNORECASE)),
)
_LEVEL = re.compile(r"\b(?:gone|went|risen|rose|climbed)\s+$", re.IGNORECASE)  # `up to` behind it is where a number stands
_HEDGE_LETTERS = 32  # before a number in which its hedge stands


def hedged(text: str, start: int, end: int) -> tuple[Hedge, int, int]:
    """The hedge of the figure in `text[start:end]`, and the span with its words."""
    before = text[max(0, start - _HEDGE_LETTERS) : start]
    last = _LAST_WORD.search(before)
    for hedge, words in _LEFT if last and (last[1].lower() in _LAST or not last[1].isascii()) else ():
        found = words.search(before)
        if found and not (hedge is Hedge.MOST and _LEVEL.search(before[: found.start()])):  # `has gone up to 3,100`
            return _stronger(before[: found.start()], hedge), start - len(before) + found.start(), end
    for hedge, words in _RIGHT:
        after = words.match(text, end)
        if after:
            return hedge, start, after.end()
    return Hedge.EXACT, start, end


def _stronger(before: str, hedge: Hedge) -> Hedge:
    """`just over` and `just under`, `no more than` are longer than their last word says."""
    if hedge is Hedge.MOST and re.search(r"\b(?:no|not|nicht|pas|no) $", before, re.IGNORECASE):
        return Hedge.LEAST  # `no fewer than`: what is longer than `no more than` says the opposite
    if re.search(r"\b(?:just|a little|slightly)\s$", before) and hedge in {Hedge.LEAST, Hedge.MOST}:
        return Hedge.OVER if hedge is Hedge.LEAST else Hedge.UNDER
    return hedge


def amount(number: Numeral, hedge: Hedge, spread: float = ABOUT) -> Amount:
    """The interval of one number; `spread` is how far from a hedged one the truth may be."""
    value = number.value
    if number.vague:
        return Amount(value, number.most, number.grain, Hedge.VAGUE)
    low, high = {
        Hedge.LEAST: (value, float("inf")),
        Hedge.MOST: (0.0, value),
        Hedge.ABOUT: (value * (1 - spread), value * (1 + spread)),
        Hedge.UNDER: (value * (1 - spread), value),
        Hedge.OVER: (value, value * (1 + spread)),
    }.get(hedge, (value, value))
    return Amount(low, high, number.grain, hedge)


_BOUNDS = frozenset({Hedge.LEAST, Hedge.MOST, Hedge.UNDER, Hedge.OVER})


def compatible(one: Amount, two: Amount) -> bool:
    """Whether both may be true of one thing: their intervals meet, or one is a round number of the other."""
    if one.hedge is two.hedge is Hedge.EXACT:
        return one.value == two.value or _rounds(one, two) or _rounds(two, one)
    if Hedge.ABOUT in {one.hedge, two.hedge} and {one.hedge, two.hedge} <= {Hedge.ABOUT, Hedge.EXACT}:
        spread = max(one.high - one.low, two.high - two.low) / 2
        return abs(one.value - two.value) <= spread or _rounds(one, two) or _rounds(two, one)
    if one.low <= two.high and two.low <= one.high:
        return True
    if one.hedge in _BOUNDS or two.hedge in _BOUNDS:
        gap = max(one.low, two.low) - min(one.high, two.high)
        return gap <= 0.03 * max(abs(one.value), abs(two.value)) or _rounds(one, two)
    return _rounds(one, two) or _rounds(two, one)


def _rounds(exact: Amount, round_one: Amount) -> bool:
    """Whether the one is the other to its last digit, up or down, and not further off than ROUNDED."""
    if round_one.grain <= exact.grain and Hedge.ABOUT not in {exact.hedge, round_one.hedge}:
        return False
    far = abs(exact.value - round_one.value)
    return far < round_one.grain and far <= ROUNDED * max(abs(exact.value), abs(round_one.value))
