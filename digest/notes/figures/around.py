"""A figure with what stands around it in its report, for telling whether two figures count one thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.notes.figures.said import Said
from digest.notes.figures.stems import SYNONYM, each_stem, stems
from digest.notes.figures.wholes import clause_of, is_rule, places, scope, which
from digest.notes.spans import sentence_spans
from digest.text import words

HEAD = 8  # sentences behind which a figure stands anywhere
_JOINT = 2.0  # words that a comma is as far as
_NEAR = 4.0  # words from a figure at which a word says half as much of it as one that stands at it
_BEHIND, _BEFORE = 3, 4  # stems behind and before a figure that say what it is of
_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[,;:—–.]")
_COMMA = re.compile(r"[,;:](?!\d)|\b(?:and|but|while|und|aber|während|et|mais|y|pero)\b")
_NAME = re.compile(r"(?<![.!?“\"„«»\n] )(?<![“\"„«\n])(?<=\s)[A-ZÄÖÜÉ][\w’'-]{2,}")
_NAME_LETTERS, _PLACE_LETTERS = 6, 5
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, eq=False)  # each is itself: two reports may say the same
class Figure:
    """A figure with what stands around it."""

    said: Said

    @cached_property
    def value(self) -> float:
        return self.said.quantity.amount.value

    @cached_property
    def near(self) -> Mapping[str, float]:
        """The stems of its sentence, and how much each says of it: 1 at the figure, half of that `_NEAR` words away."""
        text, quantity = self.said.article.text, self.said.quantity
        start, end = quantity.sentence
        found: dict[str, float] = {}
        for behind, side in ((False, text[start : quantity.start]), (True, text[quantity.end : end])):
            parts = _PART.findall(side)
            told = list(zip(parts, each_stem([part.casefold() for part in parts]), strict=True))
            far = 0.0
            for part, one in told if behind else reversed(told):
                far += 1 if part[0].isalnum() else _JOINT
                if one:
                    found[one] = max(found.get(one, 0.0), 1 / (1 + far / _NEAR))
        return found

    @cached_property
    def sentence(self) -> frozenset[str]:
        return frozenset(self.near)

    @cached_property
    def synonyms(self) -> frozenset[str]:
        """Those of its sentence's stems that stand for words that say one thing."""
        return frozenset(one for one in self.near if one.startswith(SYNONYM))

    @cached_property
    def passage(self) -> frozenset[str]:
        """The stems of its sentence and of the one before it in its paragraph."""
        spans = sentence_spans(self.said.article.text)
        before = spans[self.place - 1] if self.place else None
        if before is None or "\n\n" in self.said.article.text[before[1] : self.said.quantity.sentence[0]]:
            return self.sentence
        return self.sentence | set(stems(self.said.article.text[slice(*before)]))

    @cached_property
    def behind(self) -> tuple[str, ...]:
        """The first stems behind it, up to the nearest comma."""
        return tuple(stems(self.sides[1])[:_BEHIND])

    @cached_property
    def before(self) -> tuple[str, ...]:
        """The last stems before it, back to the nearest comma."""
        return tuple(stems(self.sides[0])[-_BEFORE:])

    @cached_property
    def sides(self) -> tuple[str, str]:
        """What stands before and behind the figure, up to the nearest comma or joint."""
        text, quantity = self.said.article.text, self.said.quantity
        start, end = quantity.sentence
        return _COMMA.split(text[start : quantity.start])[-1], _COMMA.split(text[quantity.end : end])[0]

    @cached_property
    def grams(self) -> frozenset[str]:
        """Four letters in a row of the longer words of its clause: compounds and endings that the stems do not know."""
        found = [f" {word} " for word in words(" ".join(self.sides)) if len(word) > 3]
        return frozenset(word[at : at + 4] for word in found for at in range(len(word) - 3))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(name.casefold()[:_NAME_LETTERS] for side in self.sides for name in _NAME.findall(side))

    @cached_property
    def clause(self) -> str:
        """What stands around it between the nearest commas."""
        return clause_of(self.said)

    @cached_property
    def scope(self) -> frozenset[str]:
        return scope(self.clause)

    @cached_property
    def which(self) -> frozenset[str]:
        return which(self.said.article.text[slice(*self.said.quantity.sentence)])

    @cached_property
    def place_names(self) -> frozenset[str]:
        """The places that its clause names, case-folded."""
        return frozenset(place.casefold() for place in places(self.clause, self.said.article.text, self.said.article.language))

    @cached_property
    def places(self) -> frozenset[str]:
        return frozenset(place[:_NAME_LETTERS] for place in self.place_names)

    @cached_property
    def rule(self) -> bool:
        return is_rule(self.clause)

    @cached_property
    def beside(self) -> bool:
        """Whether its clause has a number besides: then a year says when that was."""
        return any(_NUMBER.search(side) for side in self.sides)

    @cached_property
    def digits(self) -> str:
        """The digits that it is written in, without the zeros at its ends."""
        text, quantity = self.said.article.text, self.said.quantity
        return re.sub(r"\D", "", text[quantity.start : quantity.end]).strip("0")

    @cached_property
    def place(self) -> int:
        """The number of its sentence."""
        return sentence_spans(self.said.article.text).index(self.said.quantity.sentence)


@dataclass(frozen=True, eq=False)  # each is itself: two reports may say the same
class Report:
    """The figures of one report, and all its words."""

    figures: tuple[Figure, ...]

    @cached_property
    def name_heads(self) -> frozenset[str]:
        """The first letters of all its words: what may be a name that it knows."""
        return frozenset(word[:_NAME_LETTERS] for word in words(self._told))

    @cached_property
    def _told(self) -> str:
        article = self.figures[0].said.article if self.figures else None
        return f"{article.title} {article.text}" if article else ""

    @cached_property
    def _folded(self) -> str:
        return self._told.casefold()

    def knows(self, places: Iterable[str]) -> bool:
        """Whether it names all these places, by their first letters."""
        return all(place[:_PLACE_LETTERS] in self._folded for place in places)

    def beside(self, one: Figure) -> Sequence[float]:
        """The other figures of its sentence and dimension, but for those that came on top."""
        return self._beside[one]

    @cached_property
    def _beside(self) -> Mapping[Figure, Sequence[float]]:
        same: dict[tuple[str, tuple[int, int]], list[Figure]] = {}
        for one in self.figures:
            same.setdefault((one.said.quantity.dimension, one.said.quantity.sentence), []).append(one)
        return {
            one: [other.value for other in found if other is not one and "more" not in other.said.quantity.marks]
            for found in same.values()
            for one in found
        }

    @cached_property
    def by_dimension(self) -> Mapping[str, Sequence[Figure]]:
        """Its figures of each dimension, in order."""
        found: dict[str, list[Figure]] = {}
        for one in self.figures:
            found.setdefault(one.said.quantity.dimension, []).append(one)
        return found

    @cached_property
    def _given(self) -> Mapping[str, frozenset[float]]:
        return {dimension: frozenset(one.value for one in found) for dimension, found in self.by_dimension.items()}

    def gives(self, one: Figure) -> bool:
        """Whether it gives this very figure too."""
        return one.value in self._given.get(one.said.quantity.dimension, ())

    def first(self, one: Figure) -> bool:
        """Whether it gives no other figure of this dimension before."""
        return self.by_dimension[one.said.quantity.dimension][0] is one
