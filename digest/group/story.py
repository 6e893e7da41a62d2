"""One event, several tellers: reports in one language that share the words that are rare in all else.

TF-IDF over the title (three times) and the head of the body, cosine between articles that share a
rare word, inside a window of time. Ordinals and versions that differ veto.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from digest.group.tokens import Tokens, differ_in_rank, speak_past
from digest.model import Link, LinkKind

# Thresholds and where they come from: docs/notes/grouping.md.
LIKE = 0.08  # weakest cosine that is a link; join() asks more of a group's average
TITLE_WEIGHT = 3
LEAD_WORDS, LEAD_WEIGHT = 50, 1  # the opening says what happened: its words count again
NAME_WEIGHT = 1.5
BACKGROUND = 300  # articles without a name that are taken to stand behind the week: the name everybody writes stays rare
COMMON = 0.05
LEAST_COMMON = 12  # … but one in as few articles as this always does
NEIGHBOURS = 60  # links kept an article, the strongest first
PAST = 0.5  # what is left of the score of two reports that speak past each other
DAY_COST = 0.02  # taken off the score for each day between two reports


@dataclass(frozen=True, slots=True)
class StoryEngine:
    """Links reports of one event. `span` is the longest time between two of them."""

    span: timedelta = timedelta(days=7)
    name: str = "story"

    def links(self, texts: Sequence[Tokens]) -> Iterator[Link]:
        """SAME_STORY links with the cosine, the days between and the words that count most."""
        by_language: dict[str, list[Tokens]] = {}
        for text in texts:
            by_language.setdefault(text.article.language, []).append(text)
        for language in sorted(by_language):
            yield from self._links(by_language[language])

    def _links(self, texts: Sequence[Tokens]) -> Iterator[Link]:
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
        apart = _apart(one, two)
        if apart > self.span:
            return 0.0
        return (min(cosine, 1.0) - DAY_COST * (apart / timedelta(days=1))) * (PAST if speak_past(one, two) else 1)

    def _link(self, one: Tokens, two: Tokens, score: float, cosine: float) -> Link:
        left, right = sorted((one.article.id, two.article.id))
        signals = (("cosine", round(cosine, 3)), ("days apart", round(_apart(one, two) / timedelta(days=1), 2)))
        return Link(left, right, LinkKind.SAME_STORY, round(score, 3), self.name, signals)


def _apart(one: Tokens, two: Tokens) -> timedelta:
    """The time between two reports; none where the date of either is unknown."""
    return abs(one.moment - two.moment) if one.moment and two.moment else timedelta(0)


def _vectors(texts: Sequence[Tokens]) -> list[dict[str, float]]:
    """Unit vectors of (1 + log tf) · idf, words of the title and the opening counted again."""
    counts = [
        Counter(text.title * TITLE_WEIGHT) + Counter(text.body[:LEAD_WORDS] * LEAD_WEIGHT) + Counter(text.body) + Counter(text.full_names)
        for text in texts
    ]
    seen = Counter(word for count in counts for word in count)
    total = len(texts)
    vectors = []
    for text, count in zip(texts, counts, strict=True):
        weights = {
            word: (1 + math.log(times)) * _rarity(seen[word], total, word in text.names or " " in word) for word, times in count.items()
        }
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({word: weight / norm for word, weight in weights.items() if weight > 0})
    return vectors


def _rarity(seen: int, total: int, name: bool) -> float:
    """IDF; of a name, in a larger collection that does not know it, since a great event fills a week with its names."""
    return NAME_WEIGHT * math.log((total + BACKGROUND) / (seen + 0.5)) if name else math.log((total + 1) / (seen + 0.5))


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
