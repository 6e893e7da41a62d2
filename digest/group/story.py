"""One event, several tellers: reports that share the words that are rare in everything else.

TF-IDF over the title (three times) and the head of the body, cosine between articles that share a
rare word, inside a window of time. Ordinals and versions that differ veto.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from digest.group.tokens import Tokens, differ_in_rank
from digest.model import Link, LinkKind

# Thresholds and where they come from: docs/notes/grouping.md.
LIKE = 0.2  # weakest cosine that is a link; join() asks more of a group's average
TITLE_WEIGHT = 3
COMMON = 0.25  # a word in more than this share of the articles proposes no pair
LEAST_COMMON = 12  # … but one in as few articles as this always does
NEIGHBOURS = 30  # links kept an article, the strongest first
DAY_COST = 0.02  # taken off the score for each day between two reports


@dataclass(frozen=True, slots=True)
class StoryEngine:
    """Links reports of one event. `span` is the longest time between two of them."""

    span: timedelta = timedelta(days=7)
    name: str = "story"

    def links(self, texts: Sequence[Tokens]) -> Iterator[Link]:
        """SAME_STORY links with the cosine, the days between and the words that count most."""
        vectors = _vectors(texts)
        kept: dict[tuple[int, int], Link] = {}
        for at, neighbours in enumerate(_neighbours(texts, vectors)):
            scored = sorted(
                ((self._score(texts[at], texts[other], cosine), other, cosine) for other, cosine in neighbours.items()), reverse=True
            )
            for score, other, cosine in scored[:NEIGHBOURS]:
                pair = (min(at, other), max(at, other))
                if score >= LIKE and pair not in kept and not differ_in_rank(texts[at], texts[other]):
                    kept[pair] = self._link(texts[at], texts[other], score, cosine)
        yield from (kept[pair] for pair in sorted(kept))

    def _score(self, one: Tokens, two: Tokens, cosine: float) -> float:
        apart = abs(one.moment - two.moment)
        return 0.0 if apart > self.span else cosine - DAY_COST * (apart / timedelta(days=1))

    def _link(self, one: Tokens, two: Tokens, score: float, cosine: float) -> Link:
        left, right = sorted((one.article.id, two.article.id))
        days = abs(one.moment - two.moment) / timedelta(days=1)
        signals = (("cosine", round(cosine, 3)), ("days apart", round(days, 2)))
        return Link(left, right, LinkKind.SAME_STORY, round(score, 3), self.name, signals)


def _vectors(texts: Sequence[Tokens]) -> list[dict[str, float]]:
    """Unit vectors of (1 + log tf) · idf, words of the title counted three times."""
    counts = [Counter(text.title * TITLE_WEIGHT) + Counter(text.body) for text in texts]
    seen = Counter(word for count in counts for word in count)
    total = len(texts)
    vectors = []
    for count in counts:
        weights = {
            word: (1 + math.log(times)) * math.log((total + 1) / (seen[word] + 0.5)) for word, times in count.items() if seen[word] > 1
        }
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({word: weight / norm for word, weight in weights.items() if weight > 0})
    return vectors


def _neighbours(texts: Sequence[Tokens], vectors: Sequence[Mapping[str, float]]) -> Iterator[dict[int, float]]:
    """For each article the cosines with those that share a word which is not common."""
    places: dict[str, list[tuple[int, float]]] = {}
    for at, vector in enumerate(vectors):
        for word, weight in vector.items():
            places.setdefault(word, []).append((at, weight))
    limit = max(LEAST_COMMON, COMMON * len(texts))
    for at, vector in enumerate(vectors):
        proposed = {other for word in vector if len(places[word]) <= limit for other, _ in places[word]}
        sums: dict[int, float] = {}
        for word in sorted(vector):
            for other, weight in places[word]:
                if other in proposed and other != at:
                    sums[other] = sums.get(other, 0.0) + vector[word] * weight
        yield sums
