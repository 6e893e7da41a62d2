"""Links that came to nothing: what stood near a story and did not join it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from digest.group.backed import BACKERS, CROWDED, PARTS
from digest.group.claims import Claims, Places
from digest.group.join import AVERAGE, Guard
from digest.group.roundups import COLUMN, UNLIKE
from digest.model import Article, LinkKind, Miss

WEAKEST = 0.3  # score of a near miss at least: three quarters of what joins two reports
_DAY = timedelta(days=1)
MOST = 3  # kept a story, the nearest first, each of another story


def refused(
    articles: Sequence[Article], claims: Sequence[Claims], story: Places, guard: Guard, wanted: NDArray[np.bool_]
) -> Mapping[int, tuple[Miss, ...]]:
    """Of each story whose first place is wanted, by that place, the vetoes and the strongest claims that would have joined it to others."""
    rows = list(_outside(claims, story, wanted))
    if not rows:
        return {}
    number, at, mine, other, score = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    limits = _Limits(articles, story, guard)
    order = np.lexsort((at, number, score < 0, -np.abs(score), mine))
    found: dict[int, dict[int, Miss]] = {}
    for row in order.tolist():
        mates = found.setdefault(int(mine[row]), {})
        if len(mates) < MOST and int(other[row]) not in mates:
            claim = claims[int(number[row])]
            reason = _reason(claim, int(at[row]), limits.broken(int(mine[row]), int(other[row])))
            mates[int(other[row])] = Miss(claim.link(int(at[row]), articles), reason)
    return {first: tuple(mates.values()) for first, mates in found.items()}


def _outside(
    claims: Sequence[Claims], story: Places, wanted: NDArray[np.bool_]
) -> Iterator[tuple[Places, Places, Places, Places, NDArray[np.float64]]]:
    """Claims between two stories, from either side that is wanted: number of the claims, place in them, this story, other, score."""
    for number, claim in enumerate(claims):
        if claim.engine:
            one, two = story[claim.left], story[claim.right]
            telling = (one != two) & ((claim.scores < 0) | (claim.scores >= WEAKEST))
            for mine, other in ((one, two), (two, one)):
                at = np.flatnonzero(telling & wanted[mine])
                yield np.full(len(at), number), at, mine[at], other[at], claim.scores[at]


class _Limits:
    """How large each story is and when it was told, to say which bound kept two apart."""

    def __init__(self, articles: Sequence[Article], story: Places, guard: Guard) -> None:
        self._sizes = np.bincount(story, minlength=len(story))
        self._guard = guard
        self._times: dict[int, list[float]] = {}
        for first, article in zip(story.tolist(), articles, strict=True):
            if article.published:
                self._times.setdefault(first, []).append(article.published.timestamp())

    def broken(self, one: int, two: int) -> str:
        """The bound that the two would break together; empty where they would break none."""
        if int(self._sizes[one] + self._sizes[two]) > self._guard.max_size:
            return f"together they are more than {self._guard.max_size} articles"
        times = [*self._times.get(one, ()), *self._times.get(two, ())]
        if times and max(times) - min(times) > self._guard.span.total_seconds():
            return f"together they last longer than {self._guard.span / _DAY:g} days"
        return ""


def _reason(claim: Claims, at: int, broken: str) -> str:
    said = {name for name, values in claim.signals.items() if not np.isnan(values[at])}
    if COLUMN in said:
        return "veto: two editions of one column"
    if UNLIKE in said:
        return "a round-up: what is near to it is not near to one another"
    if claim.scores[at] < 0:
        return "veto: made from one template" if claim.kind is LinkKind.COPY else "veto: they count the same thing differently"
    if PARTS in said:
        return "too weak for two parts of one document"
    if CROWDED in said:
        return f"too weak where {claim.signals[CROWDED][at]:.0f} articles are about as near"
    if BACKERS in said and claim.signals[BACKERS][at] == 0:
        return "too weak by itself: no third report is near to both"
    if claim.scores[at] < AVERAGE:
        return f"too weak: {claim.scores[at]:.2f} of {AVERAGE:.2f}"
    return broken or "the other reports of the two stories are too far apart"
