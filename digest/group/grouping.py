"""What engines claimed and what `join` made of it: groups at once, the evidence of those that are shown when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digest.group.claims import Claims, Places, claimed
from digest.group.join import Guard, gathered, joined
from digest.group.refused import refused
from digest.group.tokens import Texts
from digest.model import Article, Group, Link


@dataclass(frozen=True, slots=True)
class Grouping:
    """Articles in order of time, the claims on them, and of each the places of the first of its bundle of copies and of its story.

    `told` are links of strangers' engines, which keep their own words; `words` how many words each article has.
    """

    articles: Sequence[Article]
    claims: Sequence[Claims]
    told: Sequence[Link]
    guard: Guard
    bundle: Places
    story: Places
    place: Mapping[str, int]
    words: Places

    @classmethod
    def of(cls, texts: Texts, answers: Sequence[Claims | Sequence[Link]], guard: Guard) -> Grouping:
        """The grouping that the engines' answers give."""
        articles = texts.articles
        claims: list[Claims] = []
        told: list[Link] = []
        for answer in answers:
            theirs, links = ((answer,), ()) if isinstance(answer, Claims) else claimed(answer, articles)
            claims.extend(theirs)
            told.extend(links)
        bundle, story = joined(articles, claims, guard)
        return cls(
            articles,
            claims,
            told,
            guard,
            bundle,
            story,
            {article.id: at for at, article in enumerate(articles)},
            np.diff(texts.sequence.starts),
        )

    def groups(self) -> tuple[Group, ...]:
        """Every article in exactly one group; of its evidence a group has what strangers' engines told."""
        first = ((int(self.story[self.place[link.left]]), int(self.story[self.place[link.right]]), link) for link in self.told)
        return gathered(self.articles, self.bundle, self.story, ((one, link) for one, two, link in first if one == two))

    def length(self, group: Group) -> int:
        """How many words the longest report of a group has; of a report SEQUENCE of `tokens` at most are counted."""
        return max(int(self.words[self.place[article.id]]) for article in group.articles)

    def explained(self, groups: Sequence[Group]) -> tuple[Group, ...]:
        """These groups with the links inside them, and with what came near them and why it stayed out."""
        wanted = np.zeros(len(self.articles), np.bool_)
        wanted[[self._first(group) for group in groups]] = True
        inside: dict[int, list[Link]] = {}
        for first, link in self._inside(wanted):
            inside.setdefault(first, []).append(link)
        misses = refused(self.articles, self.claims, self.story, self.guard, wanted)
        return tuple(
            replace(group, links=_in_order([*group.links, *inside.get(first, ())]), near_misses=misses.get(first, ()))
            for group in groups
            for first in [self._first(group)]
        )

    def _first(self, group: Group) -> int:
        return int(self.story[self.place[group.articles[0].id]])

    def _inside(self, wanted: NDArray[np.bool_]) -> Iterator[tuple[int, Link]]:
        """The claims inside stories whose first place is wanted as links, with the story that each is in."""
        for claim in self.claims:
            if claim.engine:
                one = self.story[claim.left]
                for at in np.flatnonzero(wanted[one] & (one == self.story[claim.right]) & (claim.scores > 0)).tolist():
                    yield int(one[at]), claim.link(at, self.articles)


def _in_order(links: Sequence[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (link.left, link.right, link.kind, link.engine)))
