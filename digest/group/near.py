"""Edited copies: one text with trims, changed words, another headline.

Candidates share three-word shingles; containment, not Jaccard, so that a truncated copy is found.
The word sequences are then compared, and figures refuse two texts made from one template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.group.tokens import Tokens, differ_in_rank
from digest.likeness import common_in_order, title_likeness
from digest.model import Link, LinkKind

# Thresholds and where they come from: edited copies made of 300 bodies with the published generator
# of copies and hard negatives; see docs/notes/grouping.md.
CONTAINED = 0.45  # share of the shorter text's shingles that stand in the longer one
IN_ORDER = 0.6  # share of the shorter text's words that stand in the longer one in the same order
FIGURES = 0.5  # share of the shorter text's figures that the longer one has, where it has at least three
FURNITURE = 30  # a shingle in more articles than this is furniture and proposes nothing
LEAST_WORDS = 20  # shorter texts are too short to be told apart


@dataclass(frozen=True, slots=True)
class NearEngine:
    """Links articles of which one is an edited copy of the other."""

    name: str = "near"

    def links(self, texts: Sequence[Tokens]) -> Iterator[Link]:
        """COPY links with the shares that they rest on."""
        for (left, right), shared in sorted(_candidates(texts).items()):
            link = self._link(texts[left], texts[right], shared)
            if link:
                yield link

    def _link(self, one: Tokens, two: Tokens, shared: int) -> Link | None:
        contained = shared / min(len(one.shingles), len(two.shingles))
        if contained < CONTAINED or differ_in_rank(one, two):
            return None
        in_order = common_in_order(one.body, two.body) / min(len(one.body), len(two.body))
        figures = _figures(one, two)
        title = title_likeness(" ".join(one.title), " ".join(two.title))
        if in_order < IN_ORDER or figures < FIGURES:
            return None
        left, right = sorted((one.article.id, two.article.id))
        signals = (
            ("contained", round(contained, 3)),
            ("figures", round(figures, 3)),
            ("in order", round(in_order, 3)),
            ("title", round(title, 3)),
        )
        return Link(left, right, LinkKind.COPY, round((contained + in_order) / 2, 3), self.name, signals)


def _candidates(texts: Sequence[Tokens]) -> Counter[tuple[int, int]]:
    """Pairs of positions that share shingles, with how many; the shorter text needs enough of them."""
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        if len(text.body) >= LEAST_WORDS:
            for shingle in text.shingles:
                places.setdefault(shingle, []).append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for found in places.values():
        if 1 < len(found) <= FURNITURE:
            shared.update((left, right) for number, left in enumerate(found) for right in found[number + 1 :])
    return Counter(
        {
            (left, right): count
            for (left, right), count in shared.items()
            if count >= CONTAINED * min(len(texts[left].shingles), len(texts[right].shingles))
        }
    )


def _figures(one: Tokens, two: Tokens) -> float:
    fewer, more = sorted((one.figures, two.figures), key=len)
    return len(fewer & more) / len(fewer) if len(fewer) >= 3 else 1.0
