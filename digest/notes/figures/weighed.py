"""How likely it is that two figures count one thing: a weighted sum of what speaks for it and against it.

No single sign decides. Two reports that give rival figures for one thing mostly give them in one role or of one
noun, of about the same size, high in their texts, in words that the other report has too; figures of two things have
another place or time at them, are a part of something, or have their like elsewhere in the other report.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from digest.notes.figures.around import HEAD, Figure, Report
from digest.notes.figures.weights import BIAS, WEIGHTS
from digest.notes.quantities import Quantity

FAR = 6.0  # a figure so many times another is not of the same thing
_FEW = 5  # so few are named one by one
_MARKS = ("maybe", "last year", "now")
_DECIDED = ("later", "others", "rivals", "matched", "ratio", "which", "sentence")  # what counts otherwise where the role decides
_MEASURES = ("money", "percent", "duration", "length", "points", "mass")


def likelihood(one: Figure, two: Figure, here: Report, there: Report, rarity: Mapping[str, float]) -> float:
    """The probability that `one` (of `here`) and `two` (of `there`) count one thing."""
    found = signals(one, two, here, there, rarity)
    return 1 / (1 + math.exp(-BIAS - sum(weight * found[name] for name, weight in WEIGHTS.items())))


def signals(one: Figure, two: Figure, here: Report, there: Report, rarity: Mapping[str, float]) -> dict[str, float]:
    """What speaks for and against `one` (of `here`) and `two` (of `there`), figures of one measure, counting one thing."""
    found = _of_what(one.said.quantity, two.said.quantity) | _of_size(one, two) | _of_place(one, two, here, there)
    found |= {"sentence": cosine(one.sentence, two.sentence, rarity), "clause": cosine(one.clause, two.clause, rarity)}
    unsaid = not found["role same"] and not found["noun same"]
    found |= {f"{name}, unsaid": unsaid * found[name] for name in ("sentence", "clause", "only", "ratio")}
    return found | {f"{name}, decided": found["role decides"] * found[name] for name in _DECIDED}


def _of_what(left: Quantity, right: Quantity) -> dict[str, float]:
    """What each is said to count, and how it is meant."""
    roles, nouns = (role_of(left), role_of(right)), (left.noun, right.noun)
    found = {
        "role same": roles[0] == roles[1] != "",
        "role decides": roles[0] == roles[1] and left.role is not None and left.role.alone,
        "role none": roles == ("", ""),
        "role other": "" not in roles and roles[0] != roles[1],
        "noun same": nouns[0] == nouns[1] != "",
        "noun one": "" in nouns and nouns[0] != nouns[1],
        "bare": roles == nouns == ("", ""),
        "sole": left.sole and right.sole,
        "maybe: both": "maybe" in left.marks & right.marks,
    }
    found |= {f"{mark}: one": (mark in left.marks) != (mark in right.marks) for mark in _MARKS}
    found |= {f"of {measure}": measure_of(left) == measure for measure in _MEASURES}
    return {name: float(value) for name, value in found.items()}


def _of_size(one: Figure, two: Figure) -> dict[str, float]:
    """How far one is from the other, as logarithm of their ratio, and how large they are."""
    low, high = sorted((one.value, two.value))
    measure = measure_of(one.said.quantity)
    ratio = 0.0 if measure == "date" else min(math.log(max(high, 1e-9) / max(low, 1e-9)), math.log(FAR))
    large = math.log10(max(low, 1)) if measure in {"count", "money"} else 0.0
    return {"ratio": ratio, "ratio squared": ratio**2, "large": large, "few": float(measure == "count" and low < _FEW)}


def _of_place(one: Figure, two: Figure, here: Report, there: Report) -> dict[str, float]:
    """Where they stand in their reports, and what else of their measure stands there."""
    foreign = sum(1 for name in one.names if name not in there.stems) + sum(1 for name in two.names if name not in here.stems)
    return {
        "later": min(max(one.place, two.place), HEAD) / HEAD,
        "sooner": min(one.place, two.place, HEAD) / HEAD,
        "head": float(one.place < 2 and two.place < 2),
        "others": math.log1p(here.others(one)) + math.log1p(there.others(two)),
        "rivals": math.log1p(here.twins(one)) + math.log1p(there.twins(two)),
        "only": float(here.others(one) == there.others(two) == 0),
        "matched": float(there.gives(one) + here.gives(two)),
        "foreign": float(min(foreign, 2)),
        "which": float(min(len(one.which ^ two.which), 2)),
        "scope": float(one.scope != two.scope),
        "title": float(bool(here.title & one.clause) + bool(there.title & two.clause)),
    }


def role_of(quantity: Quantity) -> str:
    """The name of its role; empty where it has none."""
    return quantity.role.name if quantity.role else ""


def measure_of(quantity: Quantity) -> str:
    """Its dimension without currency and rate."""
    return quantity.dimension.split(":")[0].split("/")[0]


def cosine(left: frozenset[str], right: frozenset[str], rarity: Mapping[str, float]) -> float:
    """How alike two sets of stems are, the rare ones counting more."""
    both = left & right
    if not both:
        return 0.0
    shared, mine, theirs = (math.fsum(rarity.get(stem, 1.0) ** 2 for stem in stems) for stems in (both, left, right))
    return shared / math.sqrt(mine * theirs)
