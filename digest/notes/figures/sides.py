"""Figures of several reports laid side by side: which of them count one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from digest.notes.figures.around import Figure, Report, rarities
from digest.notes.figures.judged import fit, moves, updates
from digest.notes.figures.said import Said
from digest.notes.figures.weighed import FAR, likelihood, role_of
from digest.notes.figures.wholes import elsewhere
from digest.notes.quantities import Quantity

# The probability from which two figures are shown as rivals, and as one brought up to date. On stories left out of the fitting 93 in 100
# rivals are right from .9 on, 84 from .7 on; of updates, which have more signs of their own, 93 from .6 on.
SURE, SURE_OF_UPDATE = 0.9, 0.6


def laid_out(said: Sequence[Sequence[Said]]) -> Iterator[list[Said]]:
    """Figures of different reports that count one thing and do not all say the same; at most one value a report.

    Of any two reports only figures that are each other's likeliest rivals count, the likeliest pairs first.
    """
    reports = [Report(tuple(Figure(one) for one in report)) for report in said]
    together: dict[Figure, list[Figure]] = {}
    for _, one, two in sorted(_pairs(reports), key=lambda pair: (-pair[0], _where(pair[1]), _where(pair[2]))):
        left, right = together.get(one, [one]), together.get(two, [two])
        if left is right or not _joins(left, right):
            continue
        joined = [*left, *right]
        together |= dict.fromkeys(joined, joined)
    for group in {id(group): group for group in together.values()}.values():
        yield [one.said for one in [*group, *_seconding(group, reports)]]


def _pairs(reports: Sequence[Report]) -> Iterator[tuple[float, Figure, Figure]]:
    """The rival figures of any two reports that are likely to count one thing, and how likely that is.

    Ages need no sign: the surname says whose they are.
    """
    rarity = rarities(reports)
    speaking = [Report(tuple(one for one in report.figures if _speaks(one, report))) for report in reports]
    for (here, ours), (there, theirs) in combinations(zip(reports, speaking, strict=True), 2):
        found = [
            (1.0 if one.said.quantity.dimension == "age" else likelihood(one, two, here, there, rarity), one, two)
            for one in ours.figures
            for two in theirs.by_dimension.get(one.said.quantity.dimension, ())
            if rivals(one.said, two.said) and _of_one_whole(one, two)
        ]
        best: dict[Figure, float] = {}
        for sure, one, two in found:
            best[one], best[two] = max(sure, best.get(one, 0.0)), max(sure, best.get(two, 0.0))
        yield from (pair for pair in found if pair[0] >= _least(pair[1].said, pair[2].said) and pair[0] == best[pair[1]] == best[pair[2]])


def _least(one: Said, two: Said) -> float:
    """How likely a pair must be for what it would be told as."""
    earlier, later = sorted((one, two), key=lambda said: said.moment)
    return SURE_OF_UPDATE if updates(earlier, later) else SURE


def rivals(one: Said, two: Said) -> bool:
    """Whether two figures could be rivals: comparable, and not of other deeds (killed, injured) or years, which nothing outweighs."""
    left, right = one.quantity, two.quantity
    return comparable(one, two) and not _other_deeds(left, right) and ("last year" in left.marks) == ("last year" in right.marks)


def comparable(one: Said, two: Said) -> bool:
    """Whether two figures are of one dimension, not far from one another, and not both right."""
    left, right = one.quantity, two.quantity
    if left.dimension != right.dimension or (fit(one, two) and not moves(one, two)):
        return False
    if left.dimension == "age":
        return left.noun == right.noun
    if left.dimension == "count" and not (left.noun or left.role or right.noun or right.role):
        return False
    low, high = sorted((left.amount.value, right.amount.value))
    return left.dimension == "date" or high <= FAR * max(low, 1e-9)


def _other_deeds(left: Quantity, right: Quantity) -> bool:
    """Whether they are counts of which at least one needs no noun, and not in one role."""
    roles = (left.role, right.role)
    return (
        left.dimension == "count" and None not in roles and roles[0] != roles[1] and any(role is not None and role.alone for role in roles)
    )


def _of_one_whole(one: Figure, two: Figure) -> bool:
    """Whether nothing says that counts and sums of which no role says all are of two places, or reach differently far."""
    role = one.said.quantity.role
    if role is not None and role.alone and role == two.said.quantity.role:
        return True
    return one.scope == two.scope and not elsewhere(one.said, two.said)


def _speaks(one: Figure, here: Report) -> bool:
    """Whether its report gives one figure for the deed: of several rival ones it speaks for none, unless one is said to be new."""
    role = one.said.quantity.role
    if role is None or not role.alone or "now" in one.said.quantity.marks:
        return True
    same = here.by_dimension[one.said.quantity.dimension]
    return not any(other is not one and other.said.quantity.role == role and rivals(one.said, other.said) for other in same)


def _joins(left: Sequence[Figure], right: Sequence[Figure]) -> bool:
    """Whether no report would stand in a group with two figures."""
    return {one.said.article.id for one in left}.isdisjoint(one.said.article.id for one in right)


def _seconding(group: Sequence[Figure], reports: Sequence[Report]) -> Iterator[Figure]:
    """What other reports say that give one of the group's very figures, in its role or of its noun."""
    inside = {one.said.article.id for one in group}
    for report in reports:
        if report.figures and report.figures[0].said.article.id not in inside:
            yield from [one for one in report.figures if any(_seconds(one, other) for other in group)][:1]


def _seconds(one: Figure, other: Figure) -> bool:
    left, right = one.said.quantity, other.said.quantity
    if (left.dimension, left.amount.value) != (right.dimension, right.amount.value):
        return False
    return left.dimension != "count" or role_of(left) == role_of(right) != "" or left.noun == right.noun != ""


def _where(one: Figure) -> tuple[str, int]:
    return one.said.article.id, one.said.quantity.start
