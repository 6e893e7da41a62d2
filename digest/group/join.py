"""Links to groups, with the guard that stops chains: A~B and B~C do not make A~C.

Copies first, each to its own bundle; then bundles to stories by average link. Two groups join
only while their average link, their size together and their span of time stay in bounds.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digest.model import Article, Group, Link, LinkKind

# A wrong merge is worse than a missed one: a group's average link must reach this. Source: docs/notes/grouping.md.
AVERAGE = 0.18
COPY_AVERAGE = 0.3


@dataclass(frozen=True, slots=True)
class Guard:
    """The bounds of a story: articles at most, and time from its first report to its last."""

    max_size: int = 60
    span: timedelta = timedelta(days=7)


@dataclass(slots=True)
class _Cluster:
    members: list[int]
    size: int  # articles in it
    moments: tuple[datetime, ...]  # the first and the last date known of them
    ties: dict[int, float] = field(default_factory=dict)


def join(articles: Sequence[Article], links: Iterable[Link], guard: Guard) -> tuple[Group, ...]:
    """Groups that together hold every article once, each group's and all groups' articles in order of time."""
    ordered = sorted(articles, key=lambda article: (article.published or article.first_seen, article.id))
    place = {article.id: at for at, article in enumerate(ordered)}
    links = sorted(set(links), key=lambda link: (link.left, link.right, link.kind, link.engine))
    copies = _scores(links, place, LinkKind.COPY)
    bundles = _merge([[article] for article in ordered], copies, COPY_AVERAGE, Guard(len(ordered) + 1, timedelta.max))
    ties = _between(bundles, _scores(links, place, LinkKind.SAME_STORY) | copies)
    stories = _merge([[ordered[at] for at in bundle] for bundle in bundles], ties, AVERAGE, guard)
    return tuple(_group([bundles[number] for number in story], ordered, links) for story in stories)


def _scores(links: Iterable[Link], place: Mapping[str, int], kind: LinkKind) -> dict[tuple[int, int], float]:
    """The best score a pair of positions has among the links of one kind."""
    best: dict[tuple[int, int], float] = {}
    for link in links:
        if link.kind is kind and link.left in place and link.right in place:
            pair = (min(place[link.left], place[link.right]), max(place[link.left], place[link.right]))
            best[pair] = max(best.get(pair, 0.0), link.score)
    return best


def _between(bundles: Sequence[list[int]], scores: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """The average score between the members of two bundles; a pair without a link counts as 0.

    The average, not the best: a paragraph that one paper added to a copy must not speak for the text.
    """
    bundle_of = {at: number for number, bundle in enumerate(bundles) for at in bundle}
    sums: dict[tuple[int, int], float] = {}
    for (left, right), score in sorted(scores.items()):
        pair = (min(bundle_of[left], bundle_of[right]), max(bundle_of[left], bundle_of[right]))
        if pair[0] != pair[1]:
            sums[pair] = sums.get(pair, 0.0) + score
    return {(left, right): total / (len(bundles[left]) * len(bundles[right])) for (left, right), total in sums.items()}


def _merge(units: Sequence[Sequence[Article]], ties: Mapping[tuple[int, int], float], least: float, guard: Guard) -> list[list[int]]:
    """Agglomerative clustering of the places of `units` by average link; a pair without a link counts as 0.

    A unit is told when its first article is: a reprint, however late, tells nothing new.
    """
    clusters: dict[int, _Cluster] = {}
    for number, unit in enumerate(units):
        dates = sorted(article.published for article in unit if article.published)
        clusters[number] = _Cluster([number], len(unit), tuple(dates[:1]))
    heap: list[tuple[float, int, int]] = []
    for (left, right), score in sorted(ties.items()):
        clusters[left].ties[right] = clusters[right].ties[left] = score
        heapq.heappush(heap, (-score, left, right))
    fresh = len(units)
    while heap:
        negative, left, right = heapq.heappop(heap)
        if -negative < least:
            break
        if left not in clusters or right not in clusters or not _fits(clusters[left], clusters[right], guard):
            continue
        one, two = clusters.pop(left), clusters.pop(right)
        moments = sorted((*one.moments, *two.moments))
        joined = _Cluster([*one.members, *two.members], one.size + two.size, (moments[0], moments[-1]) if moments else ())
        for other in sorted((one.ties.keys() | two.ties.keys()) & clusters.keys()):
            total = one.ties.get(other, 0.0) + two.ties.get(other, 0.0)
            joined.ties[other] = clusters[other].ties[fresh] = total
            heapq.heappush(heap, (-total / (len(joined.members) * len(clusters[other].members)), other, fresh))
        clusters[fresh] = joined
        fresh += 1
    return sorted(sorted(cluster.members) for cluster in clusters.values())


def _fits(one: _Cluster, two: _Cluster, guard: Guard) -> bool:
    moments = (*one.moments, *two.moments)
    span = max(moments) - min(moments) if moments else timedelta(0)
    return one.size + two.size <= guard.max_size and span <= guard.span


def _group(bundles: Sequence[list[int]], ordered: Sequence[Article], links: Iterable[Link]) -> Group:
    members = sorted(at for bundle in bundles for at in bundle)
    ids = {ordered[at].id for at in members}
    copies = {ordered[at].id: ordered[bundle[0]].id for bundle in bundles for at in bundle[1:]}
    return Group(
        tuple(ordered[at] for at in members),
        tuple(link for link in links if link.left in ids and link.right in ids),
        copies,
    )
