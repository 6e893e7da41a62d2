"""A figure with what stands around it in its report, for telling whether two figures count one thing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.notes.figures.said import Said
from digest.notes.figures.wholes import scope, which
from digest.notes.spans import sentence_spans
from digest.text import words

_STEM, _LEAST = 6, 3  # letters of a word that count, and that it has at least
HEAD = 8  # sentences behind which a figure stands anywhere
_COMMA = re.compile(r"[,;:](?!\d)|\b(?:and|but|while|und|aber|während|et|mais|y|pero)\b")
_NAME = re.compile(r"(?<![.!?“\"„«»\n] )(?<![“\"„«\n])(?<=\s)[A-ZÄÖÜÉ][\w’'-]{2,}")
_EMPTY = frozenset(
    "the and that this with from for was were had has have been are will would could said says say told according also more than about "
    "after over its their his her they them who which when where there into out not but than while other some one two "
    "der die das den dem des und ein eine einer einem einen mit von für auf aus bei nach sich nicht auch als wie ist war sind waren wurde "
    "wurden werden hat haben hatte sagte sagten teilte mitteilte laut zufolge "
    "les des une dans sur pour par est sont été avec plus selon los las una con por para del más según que "
    "million millions billion thousand millionen milliarden percent per cent prozent monday tuesday wednesday thursday friday saturday "
    "sunday montag dienstag mittwoch donnerstag freitag samstag sonntag".split()
)


def _stems(text: str) -> list[str]:
    return [word[:_STEM] for word in words(text) if len(word) >= _LEAST and not word[0].isdigit() and word not in _EMPTY]


Kind = tuple[str, str, str]


@dataclass(frozen=True, eq=False)  # each is itself: two reports may say the same
class Figure:
    """A figure with what stands around it."""

    said: Said

    @cached_property
    def value(self) -> float:
        return self.said.quantity.amount.value

    @cached_property
    def kind(self) -> Kind:
        """Its dimension, the name of its role, and its noun."""
        quantity = self.said.quantity
        return quantity.dimension, quantity.role.name if quantity.role else "", quantity.noun

    @cached_property
    def sentence(self) -> frozenset[str]:
        return frozenset(_stems(self.said.article.text[slice(*self.said.quantity.sentence)]))

    @cached_property
    def sides(self) -> tuple[str, str]:
        """What stands before and behind the figure, up to the nearest comma or joint."""
        text, quantity = self.said.article.text, self.said.quantity
        start, end = quantity.sentence
        return _COMMA.split(text[start : quantity.start])[-1], _COMMA.split(text[quantity.end : end])[0]

    @cached_property
    def clause(self) -> frozenset[str]:
        return frozenset(_stems(" ".join(self.sides)))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(name.casefold()[:_STEM] for side in self.sides for name in _NAME.findall(side))

    @cached_property
    def scope(self) -> frozenset[str]:
        return scope(self.said)

    @cached_property
    def which(self) -> frozenset[str]:
        return which(self.said)

    @cached_property
    def place(self) -> int:
        """The number of its sentence."""
        return sentence_spans(self.said.article.text).index(self.said.quantity.sentence)


@dataclass(frozen=True, eq=False)  # each is itself: two reports may say the same
class Report:
    """The figures of one report, and all its words."""

    figures: tuple[Figure, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        if not self.figures:
            return frozenset()
        article = self.figures[0].said.article
        return frozenset(_stems(f"{article.title} {article.text}"))

    @cached_property
    def title(self) -> frozenset[str]:
        return frozenset(_stems(self.figures[0].said.article.title)) if self.figures else frozenset()

    @cached_property
    def by_dimension(self) -> Mapping[str, Sequence[Figure]]:
        """Its figures of each dimension."""
        found: dict[str, list[Figure]] = {}
        for one in self.figures:
            found.setdefault(one.said.quantity.dimension, []).append(one)
        return found

    @cached_property
    def _given(self) -> Mapping[str, frozenset[float]]:
        return {dimension: frozenset(one.value for one in found) for dimension, found in self.by_dimension.items()}

    @cached_property
    def _of_kind(self) -> Mapping[Kind, frozenset[float]]:
        return {kind: frozenset(one.value for one in self.figures if one.kind == kind) for kind in {one.kind for one in self.figures}}

    def gives(self, one: Figure) -> bool:
        """Whether it gives this very figure too."""
        return one.value in self._given.get(one.said.quantity.dimension, ())

    def others(self, one: Figure) -> int:
        """How many other values of its dimension it gives."""
        return len(self._given[one.said.quantity.dimension]) - 1

    def twins(self, one: Figure) -> int:
        """How many of these are of its role and noun."""
        return len(self._of_kind[one.kind]) - 1


def rarities(reports: Sequence[Report]) -> Mapping[str, float]:
    """IDF of stems over the sentences that hold figures."""
    sentences = {(one.said.article.id, one.said.quantity.sentence): one.sentence for report in reports for one in report.figures}
    seen = Counter(stem for stems in sentences.values() for stem in stems)
    return {stem: math.log(1 + len(sentences) / times) for stem, times in seen.items()}
