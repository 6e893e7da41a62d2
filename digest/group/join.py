"""Links to groups, with the guard that stops chains: A~B and B~C do not make A~C.

Copies first, each to its own bundle; then bundles to stories by average link. Two groups join
only while their average link, their size together and their span of time stay in bounds, and
not where they hang together much better by themselves: those are look-alikes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from digest.group import sparse
from digest.group.claims import VETO, Claims, claimed
from digest.model import Article, Group, Link, LinkKind, Miss

# A wrong merge is worse than a missed one: a group's average link must reach this. Source: docs/notes/grouping.md.
AVERAGE = 0.40
TIGHT = 0.78  # … and this share of what the reports of the less tight of two groups have in common among themselves
TIGHT_TO_ONE = 0.64  # … or this one of what those of a group have, which a single report joins
COPY_AVERAGE = 0.3
SAME = 0.8  # a copy this close to another is of its text, however many there are
_UNIT = 1 << 24  # scores are summed as whole numbers, so that no order of adding changes a group
_NEVER = -(10**6)  # what a veto adds to a sum: no average that holds it reaches anything
_NONE: Mapping[int, tuple[Miss, ...]] = MappingProxyType({})

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Guard:
    """The bounds of a story: articles at most, and time from its first report to its last."""

    max_size: int = 60
    span: timedelta = timedelta(days=7)


def join(articles: Iterable[Article], links: Iterable[Link], guard: Guard) -> tuple[Group, ...]:
    """Groups that together hold every article once, each group's and all groups' articles in order of time."""
    ordered = in_time(articles)
    claims, known = claimed(links, ordered)
    bundle, story = joined(ordered, claims, guard)
    place = {article.id: at for at, article in enumerate(ordered)}
    inside = ((int(story[place[link.left]]), link) for link in known if story[place[link.left]] == story[place[link.right]])
    return gathered(ordered, bundle, story, inside)


def in_time(articles: Iterable[Article]) -> list[Article]:
    """The articles in order of time, those of one moment in order of their ids."""
    return sorted(articles, key=lambda article: (article.published or article.first_seen, article.id))


def joined(articles: Sequence[Article], claims: Sequence[Claims], guard: Guard) -> tuple[Places, Places]:
    """Of each article, the place of the first of its bundle of copies and of the first of its story."""
    count = len(articles)
    days = np.array([article.published.timestamp() / 86400 if article.published else np.nan for article in articles])
    copies = _best(count, [claim for claim in claims if claim.kind is LinkKind.COPY])
    bundle = _bundles(count, *copies)
    every = _best(count, claims)
    sizes = np.bincount(bundle, minlength=count)
    ties = _between(bundle, sizes, *every)
    opens, closes = _told(bundle, days)
    limits = _Limits(sizes, opens, closes, guard.max_size, guard.span / timedelta(days=1))
    story = _merged(count, ties, AVERAGE, limits, (TIGHT, TIGHT_TO_ONE))
    return bundle, story[bundle]


def _bundles(count: int, left: Places, right: Places, scores: Places) -> Places:
    """Of each article, the first of its bundle: copies as good as the same, then bundles of copies by average link."""
    sure = scores >= round(SAME * _UNIT)
    part = sparse.components(count, left[sure], right[sure])
    first = np.full(count, count)
    np.minimum.at(first, part, np.arange(count))
    same: Places = first[part]
    ties = _between(same, np.bincount(same, minlength=count), left, right, scores)
    found: Places = _merged(count, ties, COPY_AVERAGE, None)[same]
    return found


def _best(count: int, claims: Sequence[Claims]) -> tuple[Places, Places, Places]:
    """Pairs of places, each once, with the best score that any claim gives them in _UNITs; a veto beats every score."""
    ends = [(claim.left * count + claim.right, np.round(np.clip(claim.scores, VETO, 1) * _UNIT).astype(np.int64)) for claim in claims]
    pairs = np.concatenate([pair for pair, _ in ends] or [np.zeros(0, np.int64)])
    scores = np.concatenate([score for _, score in ends] or [np.zeros(0, np.int64)])
    scores[scores < 0] = -_NEVER * _UNIT  # larger than any score here, so that it is the best
    order = np.lexsort((-scores, pairs))
    pairs, scores = pairs[order], scores[order]
    first = np.concatenate(([True], pairs[1:] != pairs[:-1])) if len(pairs) else np.zeros(0, np.bool_)
    pairs, scores = pairs[first], scores[first]
    scores[scores > _UNIT] *= -1
    return pairs // max(1, count), pairs % max(1, count), scores


def _between(cluster: Places, sizes: Places, left: Places, right: Places, scores: Places) -> tuple[Places, Places, Places]:
    """The average score between the members of two clusters; a pair without a link counts as 0.

    The average, not the best: a paragraph that one paper added to a copy must not speak for the text.
    """
    one, two, sums = _summed(cluster, left, right, scores)
    return one, two, sums // (sizes[one] * sizes[two])


def _summed(cluster: Places, left: Places, right: Places, scores: Places) -> tuple[Places, Places, Places]:
    """Links between clusters, each pair once, `one` < `two`, with the sums of their scores."""
    one, two = np.minimum(cluster[left], cluster[right]), np.maximum(cluster[left], cluster[right])
    apart = one != two
    pairs, scores = (one[apart] << 32) | two[apart], scores[apart]
    order = np.argsort(pairs, kind="stable")
    pairs, scores = pairs[order], scores[order]
    firsts = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))) if len(pairs) else np.zeros(0, np.int64)
    sums = np.add.reduceat(scores, firsts) if len(pairs) else scores
    return pairs[firsts] >> 32, pairs[firsts] & 0xFFFFFFFF, sums


def _told(bundle: Places, days: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """When each bundle is told, by its first place: when its first article is; a reprint, however late, tells nothing new."""
    opens = np.full(len(days), np.inf)
    known = np.flatnonzero(~np.isnan(days))
    np.minimum.at(opens, bundle[known], days[known])
    return opens, np.where(np.isinf(opens), -np.inf, opens)


@dataclass(slots=True)
class _Limits:
    """How large each cluster is and when it opens and closes, by the place of its first; and what it may come to."""

    sizes: Places
    opens: NDArray[np.float64]
    closes: NDArray[np.float64]
    most: int
    span: float

    def allow(self, left: Places, right: Places) -> NDArray[np.bool_]:
        """Whether two clusters may be one."""
        with np.errstate(invalid="ignore"):
            span = np.maximum(self.closes[left], self.closes[right]) - np.minimum(self.opens[left], self.opens[right])
        return (self.sizes[left] + self.sizes[right] <= self.most) & ~(span > self.span)

    def unite(self, left: Places, right: Places) -> None:
        """Each `right` is part of `left` from now on."""
        self.sizes[left] += self.sizes[right]
        self.opens[left] = np.minimum(self.opens[left], self.opens[right])
        self.closes[left] = np.maximum(self.closes[left], self.closes[right])


def _merged(
    count: int, links: tuple[Places, Places, Places], least: float, limits: _Limits | None, tight: tuple[float, float] = (0.0, 0.0)
) -> Places:
    """Agglomerative clustering by average link; a pair without a link counts as 0. Of each place, the first of its cluster.

    In rounds: every two clusters that are each other's best join at once. Average link lets no cluster come
    nearer to another by joining a third, nor do the limits, so this gives the very tree that joining
    the best pair of all, one at a time, would give (of equal averages, that of the earliest places).
    A joining stands if both parts do and it is `tight` enough, for two groups and for a group and one alone; the tree is cut at those
    that do not.
    """
    left, right, ties = links
    cluster = np.arange(count)
    grown = _Grown(np.ones(count, np.int64), np.zeros(count, np.int64), np.ones(count, np.bool_))
    while len(left):
        if limits:
            allowed = limits.allow(left, right)
            left, right, ties = left[allowed], right[allowed], ties[allowed]
        averages = ties / (grown.members[left] * grown.members[right])
        mates, others = _mutual(left, right, averages, least * _UNIT, count)
        if not len(mates):
            break
        moved = np.arange(count)
        moved[others] = mates
        here = np.flatnonzero(moved[left] == moved[right])
        stands = grown.unite(left[here], right[here], ties[here], tight)
        if limits:
            limits.unite(mates, others)
        shown = np.arange(count)
        shown[right[here][stands]] = left[here][stands]
        cluster = shown[cluster]
        left, right, ties = _summed(moved, left, right, ties)
    return cluster


@dataclass(slots=True)
class _Grown:
    """Clusters by the place of their first: their members, the sum of the ties among these, and whether all joinings in them stand."""

    members: Places
    inner: Places
    stands: NDArray[np.bool_]

    def unite(self, left: Places, right: Places, ties: Places, tight: tuple[float, float]) -> NDArray[np.bool_]:
        """Each `right` is part of `left` from now on; of each, whether the joining stands."""
        one, two = self._inside(left), self._inside(right)
        alone = (self.members[left] == 1) | (self.members[right] == 1)
        needed = np.where(alone, tight[1] * np.maximum(one, two), tight[0] * np.minimum(one, two))
        average = ties / (self.members[left] * self.members[right])
        found: NDArray[np.bool_] = self.stands[left] & self.stands[right] & (average >= needed)
        self.stands[left] = found
        self.inner[left] += self.inner[right] + ties
        self.members[left] += self.members[right]
        return found

    def _inside(self, at: Places) -> NDArray[np.float64]:
        """The average tie among the members of each; 0 of one alone, which says nothing."""
        pairs = self.members[at] * (self.members[at] - 1) // 2
        found: NDArray[np.float64] = self.inner[at] / np.maximum(pairs, 1)
        return found


def _mutual(left: Places, right: Places, averages: NDArray[np.float64], least: float, count: int) -> tuple[Places, Places]:
    """Pairs of clusters that are each other's best, if good enough."""
    good = np.flatnonzero(averages >= np.floor(least))
    one = np.concatenate((left[good], right[good]))
    two = np.concatenate((right[good], left[good]))
    order = np.lexsort((np.maximum(one, two), np.minimum(one, two), -np.tile(averages[good], 2), one))
    one, two = one[order], two[order]
    first = np.concatenate(([True], one[1:] != one[:-1])) if len(one) else np.zeros(0, np.bool_)
    best = np.full(count, -1)
    best[one[first]] = two[first]
    mates = one[first]
    mates = mates[(best[best[mates]] == mates) & (mates < best[mates])]
    return mates, best[mates]


def gathered(
    articles: Sequence[Article],
    bundle: Places,
    story: Places,
    links: Iterable[tuple[int, Link]],
    misses: Mapping[int, tuple[Miss, ...]] = _NONE,
) -> tuple[Group, ...]:
    """The groups: articles by the first of their story, with the links `(first of the story, link)` inside them, and its misses."""
    members: dict[int, list[int]] = {}
    for at, first in enumerate(story.tolist()):
        members.setdefault(first, []).append(at)
    inside: dict[int, list[Link]] = {}
    for first, link in links:
        inside.setdefault(first, []).append(link)
    copy_of = bundle.tolist()
    return tuple(
        Group(
            tuple(articles[at] for at in places),
            tuple(sorted(inside.get(first, ()), key=lambda link: (link.left, link.right, link.kind, link.engine))),
            {articles[at].id: articles[copy_of[at]].id for at in places if copy_of[at] != at},
            misses.get(first, ()),
        )
        for first, places in members.items()
    )
