"""What an engine claims, as arrays: a hundred million pairs are numbers, and a Link is made of those that were decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.model import Article, Link, LinkKind

Places = NDArray[np.int64]
VETO = -1.0  # the score of two articles that must not stand in one story, whatever else speaks for it


@dataclass(frozen=True, slots=True)
class Claims:
    """Links of one engine and kind between places in a list of articles, `left` < `right`.

    `scores` in 0..1, or VETO; `signals` are named numbers of each link (NaN: says nothing of it).
    """

    kind: LinkKind
    engine: str
    left: Places
    right: Places
    scores: NDArray[np.float64]
    signals: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.left)

    def link(self, at: int, articles: Sequence[Article]) -> Link:
        """One of them, with ids."""
        left, right = sorted((articles[self.left[at]].id, articles[self.right[at]].id))
        signals = tuple((name, round(float(values[at]), 3)) for name, values in sorted(self.signals.items()) if not np.isnan(values[at]))
        return Link(left, right, self.kind, round(max(float(self.scores[at]), 0.0), 3), self.engine, signals)


def once(keys: NDArray[Any]) -> NDArray[Any]:
    """The numbers in ascending order, each once. `np.unique` keeps a table of hashes, which takes six times as long on millions."""
    ordered = np.sort(keys)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def claimed(links: Iterable[Link], articles: Sequence[Article]) -> tuple[tuple[Claims, ...], tuple[Link, ...]]:
    """Links of a stranger's engine as claims, each kind by itself, and the links in their order; unknown ids are passed over."""
    place = {article.id: at for at, article in enumerate(articles)}
    known = sorted({link for link in links if link.left in place and link.right in place and link.left != link.right}, key=_order)
    found = []
    for kind in LinkKind:
        mine = [link for link in known if link.kind is kind]
        ends = np.array([sorted((place[link.left], place[link.right])) for link in mine], np.int64).reshape(-1, 2)
        scores = np.array([link.score for link in mine], np.float64)
        found.append(Claims(kind, "", ends[:, 0], ends[:, 1], scores))
    return tuple(found), tuple(known)


def _order(link: Link) -> tuple[str, str, str, str]:
    return link.left, link.right, link.kind, link.engine
