"""How near each report of a group is to what the others tell: the outlier does not lead."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from digest.model import Article, Group
from digest.text import words

_HEAD = 200  # words of a report that are compared: behind them stands background
_LETTERS = 2500  # in which they stand
_LEAST = 4  # letters of a word that is compared …
_UNSPACED = "\u0e00"  # … but in the scripts from Thai on
_APART = 0.55  # of the group's median: what is less like the others is the outlier
_FEW = 3  # reports: of two nobody is the outlier


def middle(group: Group) -> Mapping[str, bool]:
    """For each article whether it tells what the others of its language tell; copies count once."""
    own = [article for article in group.articles if article.id not in group.copies]
    found = dict.fromkeys((article.id for article in group.articles), True)
    for language in {article.language for article in own}:
        same = [article for article in own if article.language == language]
        if len(same) >= _FEW:
            found |= _near(same)
    return found


def _near(articles: list[Article]) -> Mapping[str, bool]:
    vectors = {article.id: _vector(article) for article in articles}
    likeness = {
        one: sum(_cosine(vector, other) for name, other in vectors.items() if name != one) / (len(vectors) - 1)
        for one, vector in vectors.items()
    }
    median = sorted(likeness.values())[len(likeness) // 2]
    return {one: value >= _APART * median for one, value in likeness.items()}


def _vector(article: Article) -> Mapping[str, float]:
    counts = Counter(
        word for word in words(f"{article.title} {article.text[:_LETTERS]}")[:_HEAD] if len(word) >= _LEAST or word >= _UNSPACED
    )
    weights = {word: 1 + math.log(times) for word, times in counts.items()}
    norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / norm for word, weight in weights.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return math.fsum(weight * other[word] for word, weight in one.items() if word in other)
