"""How likely it is that two figures count one thing: a weighted sum of what speaks for it and against it.

No single sign decides. Two reports that give rival figures for one thing mostly give them in one role or of one
noun, of about the same size, high in their texts, in words that the other report has too, and have nothing else of their
measure that the other does not have; figures of two things have another place or time at them, are a part of something,
or have their like elsewhere in the other report.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from digest.notes.figures.alike import Likeness, role_of
from digest.notes.figures.around import HEAD, Figure, Report
from digest.notes.figures.judged import POINTS, fit, moves, updates
from digest.notes.figures.weights import BIAS, WEIGHTS
from digest.notes.figures.wholes import PARTS
from digest.notes.quantities import Hedge, Quantity

FAR = 6.0  # a figure so many times another is not of the same thing
EXPLAINED = 1.0  # from so alike on, a figure that the other report gives too is that figure
_SAME_VALUE = 1.0  # what one value adds to how alike two figures are that may both be right
_CLOSE = 0.12  # logarithm of a ratio
_MEASURES = ("count", "money", "percent", "length", "duration", "date", "clock", "year")
_MOST_DAYS, _MOST_RIVALS = 3, 3  # more say nothing more
_FEW = 5  # so few are named one by one
# Signs that say more or less where this is measured, and pairs of signs that say more or less together: those of 150 that told most on
# stories left out of the fitting.
_OTHERWISE = {
    "age": ("ratio", "later"),
    "clock": ("only left",),
    "count": ("role",),
    "duration": ("sentence",),
    "length": ("other object",),
    "money": ("sentence", "left", "ratio", "which", "later", "around"),
    "percent": ("near", "foreign", "alike"),
    "year": ("sooner",),
}
_TOGETHER = (("apart", "near"), ("near", "passage"), ("only left", "near"), ("object", "only left"))
_CAP = 0.5  # more in common than news ever has: two sentences that are all but one and the same
_ONE_OF_THEM = ("maybe", "more", "part", "past", "some")  # marks that only one of the two has


@dataclass(frozen=True, eq=False)
class Beside:
    """Two reports side by side; `rivals` are the pairs of figures that could be of one thing."""

    here: Report
    there: Report
    rivals: Sequence[tuple[Figure, Figure]]
    likeness: Likeness

    @cached_property
    def alikes(self) -> Mapping[tuple[Figure, Figure], float]:
        return {(one, two): self.likeness.alike(one, two) for one, two in self.rivals}

    @cached_property
    def _of_figure(self) -> Mapping[Figure, Sequence[float]]:
        """How alike a figure is to each of its rivals, the most first."""
        found: dict[Figure, list[float]] = {}
        for (one, two), how in self.alikes.items():
            found.setdefault(one, []).append(how)
            found.setdefault(two, []).append(how)
        return {one: sorted(hows, reverse=True) for one, hows in found.items()}

    def next_best(self, one: Figure, how: float) -> float:
        """How alike `one` is to its most alike rival but for the one that is `how` alike; 0 where there is none."""
        hows = self._of_figure[one]
        return hows[0] if hows[0] != how else hows[1] if len(hows) > 1 else 0.0

    def rivals_of(self, one: Figure) -> int:
        """How many figures of the other report could be of the same thing as `one`."""
        return len(self._of_figure[one])

    @cached_property
    def explained(self) -> Mapping[Figure, float]:
        """How alike a figure is to one of the other report that may be the same, in value too."""
        found: dict[Figure, float] = {}
        for one in self.here.figures:
            for two in self.there.by_dimension.get(one.said.quantity.dimension, ()):
                if fit(one.said, two.said) and not moves(one.said, two.said):
                    how = self.likeness.alike(one, two) + (_SAME_VALUE if one.value == two.value else 0.0)
                    found[one], found[two] = max(found.get(one, 0.0), how), max(found.get(two, 0.0), how)
        return found

    @cached_property
    def left(self) -> Mapping[str, tuple[int, int]]:
        """How many figures of each dimension the one report has that the other does not give, and the other way."""
        both = [Counter(one.said.quantity.dimension for one in report.figures if not self._is_explained(one)) for report in self._both]
        return {
            one.said.quantity.dimension: (both[0][one.said.quantity.dimension], both[1][one.said.quantity.dimension])
            for one, _ in self.rivals
        }

    @property
    def _both(self) -> tuple[Report, Report]:
        return self.here, self.there

    def _is_explained(self, one: Figure) -> bool:
        return self.explained.get(one, 0.0) >= EXPLAINED


def likelihood(one: Figure, two: Figure, beside: Beside) -> float:
    """The probability that `one` (of the report here) and `two` (of the one there) count one thing."""
    found = signals(one, two, beside)
    return 1 / (1 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in found.items() if name in WEIGHTS)))


def signals(one: Figure, two: Figure, beside: Beside) -> dict[str, float]:
    """What speaks for and against `one` (of the report here) and `two` (of the one there) counting one thing."""
    left, right = one.said.quantity, two.said.quantity
    found = _of_what(left, right) | _of_size(one, two) | _of_words(one, two, beside) | _of_place(one, two) | _among(one, two, beside)
    earlier, later = sorted((one.said, two.said), key=lambda said: said.moment)
    found["update"] = float(updates(earlier, later))
    same_role = role_of(left) == role_of(right) != ""
    if not same_role and not (left.noun == right.noun != ""):
        _also(found, "unsaid", ("only left", "margin", "ratio"))
    if same_role and left.role is not None and left.role.alone:
        _also(found, "decided", ("ratio",))
    measure = measure_of(left)
    if measure in POINTS:
        _also(found, "point", ("first", "only left"))
    _also(found, measure, _OTHERWISE.get(measure, ()))
    return found | {f"{one} and {two}": min(found[one], _CAP) * min(found[two], _CAP) for one, two in _TOGETHER}


def _also(found: dict[str, float], where: str, names: Sequence[str]) -> None:
    """What counts otherwise there."""
    found |= {f"{name}, {where}": found[name] for name in names}


def _of_what(left: Quantity, right: Quantity) -> dict[str, float]:
    """What each is said to count, and how it is meant."""
    found = {
        "noun one": "" in (left.noun, right.noun) and left.noun != right.noun,
        "sole": left.sole and right.sole,
        "past: both": "past" in left.marks & right.marks,
        "noun": left.noun == right.noun != "",
        "other noun": "" not in (left.noun, right.noun) and left.noun != right.noun,
        "role": role_of(left) == role_of(right) != "",
        "role one": "" in (role_of(left), role_of(right)) and role_of(left) != role_of(right),
        "of a hedge": left.amount.hedge == right.amount.hedge,
        "hedged": (left.amount.hedge is not Hedge.EXACT) + (right.amount.hedge is not Hedge.EXACT),
    }
    found |= {f"of a {measure}": measure_of(left) == measure for measure in _MEASURES}
    found |= {f"{mark}: one": (mark in left.marks) != (mark in right.marks) for mark in _ONE_OF_THEM}
    return {name: float(value) for name, value in found.items()}


def _of_size(one: Figure, two: Figure) -> dict[str, float]:
    """How far one is from the other, as logarithm of their ratio, how large they are, and how they are written."""
    low, high = sorted((one.value, two.value))
    measure = measure_of(one.said.quantity)
    ratio = 0.0 if measure in POINTS else min(math.log(max(high, 1e-9) / max(low, 1e-9)), math.log(FAR))
    return {
        "ratio": ratio,
        "gap": math.log1p(high - low) if measure in POINTS else 0.0,
        "ratio squared": ratio**2,
        "large": math.log10(max(low, 1)) if measure in {"count", "money"} else 0.0,
        "few": float(measure == "count" and low < _FEW),
        "as many digits": float(len(one.digits) == len(two.digits)),
        "swapped digits": float(len(one.digits) > 1 and sorted(one.digits) == sorted(two.digits)),  # 64 and 46: mistyped
        "close": float(ratio < _CLOSE and measure not in POINTS),
    }


def _of_words(one: Figure, two: Figure, beside: Beside) -> dict[str, float]:
    """What their sentences have in common."""
    here, there, likeness = beside.here, beside.there, beside.likeness
    foreign = sum(1 for name in one.names if name not in there.name_heads) + sum(1 for name in two.names if name not in here.name_heads)
    return {
        "near": likeness.near(one, two),
        "sentence": likeness.sentence(one, two),
        "passage": likeness.passage(one, two),
        "synonyms": float(min(len(one.synonyms & two.synonyms), 3)),
        "object": likeness.shared(one.behind, two.behind),
        "around": likeness.shared(one.behind + one.before, two.behind + two.before),
        "other object": float(bool(one.behind and two.behind) and one.behind[0] != two.behind[0]),
        "names": float(min(len(one.names & two.names), 3)),
        "other names": float(min(len(one.names - two.names), 3) + min(len(two.names - one.names), 3)),
        "year beside": float(measure_of(one.said.quantity) == "year" and (one.beside or two.beside)),
        "other places": float(bool(one.places and two.places) and one.places.isdisjoint(two.places)),
        "other which": float(bool(one.which and two.which) and one.which.isdisjoint(two.which)),
        "rule: one": float(one.rule != two.rule),
        "foreign": float(min(foreign, 2)),
        "which": float(min(len(one.which ^ two.which), 2)),
        "words": math.log1p(len(one.sentence)) + math.log1p(len(two.sentence)),
        "scope of a part": float(not PARTS.isdisjoint(one.scope ^ two.scope)),
    }


def _of_place(one: Figure, two: Figure) -> dict[str, float]:
    """Where they stand in their reports, and how many days lie between these."""
    return {
        "days": min(abs((one.said.moment - two.said.moment) / timedelta(days=1)), _MOST_DAYS),
        "later": min(max(one.place, two.place), HEAD) / HEAD,
        "sooner": min(one.place, two.place, HEAD) / HEAD,
        "apart": min(abs(one.place - two.place), HEAD) / HEAD,
    }


def _among(one: Figure, two: Figure, beside: Beside) -> dict[str, float]:
    """What else of their measure stands in the two reports, and in the others."""
    here, there = beside.here, beside.there
    how, dimension = beside.alikes[one, two], one.said.quantity.dimension
    others = beside.next_best(one, how), beside.next_best(two, how)
    left = beside.left[dimension]
    return {
        "alike": how,
        "margin": how - max(others),
        "best": float(how >= max(others)),
        "explained": max(beside.explained.get(one, 0.0), beside.explained.get(two, 0.0)),
        "rivals": float(min(beside.rivals_of(one), _MOST_RIVALS) + min(beside.rivals_of(two), _MOST_RIVALS)),
        "matched": float(there.gives(one) + here.gives(two)),
        "only left": float(max(left) <= 1),
        "left": sum(math.log(max(number, 1)) for number in left),
        "first": float(here.first(one) and there.first(two)),
    }


def measure_of(quantity: Quantity) -> str:
    """Its dimension without currency and rate."""
    return quantity.dimension.split(":")[0].split("/")[0]
