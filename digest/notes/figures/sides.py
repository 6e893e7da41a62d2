"""Figures of several reports laid side by side: which of them count one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from digest.notes.figures.apart import both_right, rivals, speaks
from digest.notes.figures.around import Figure, Report
from digest.notes.figures.columns import Columns, role_of
from digest.notes.figures.moved import updates
from digest.notes.figures.said import Said
from digest.notes.figures.weighed import Rivals, likelihoods

# The probability from which two figures are shown as rivals, and as one brought up to date, which has more signs of its own. On stories
# left out of the fitting 92 in 100 conflicts of plain news are right from .85 on, 85 from .7 on; docs/notes/notes.md.
SURE, SURE_OF_UPDATE = 0.848, 0.6


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
    told: list[frozenset[tuple[str, str, float]]] = []
    for group in {id(group): group for group in together.values()}.values():
        whole = [one.said for one in [*group, *_seconding(group, reports)]]
        values = frozenset((one.article.source, one.quantity.dimension, one.quantity.amount.value) for one in whole)
        if not any(values <= others for others in told):  # a report may give its figure twice, `Twelve` and then `12`
            yield whole
        told.append(values)


def _pairs(reports: Sequence[Report]) -> Iterator[tuple[float, Figure, Figure]]:
    """The rival figures of any two reports that are likely to count one thing, and how likely that is.

    Ages need no sign: the surname says whose they are.
    """
    beside = laid_beside(reports)
    found = [
        (1.0 if _of_one_person(one, two) else sure, one, two)
        for (one, two), sure in zip(beside.pairs, likelihoods(beside).tolist(), strict=True)
    ]
    best: dict[tuple[Figure, str], float] = {}  # of a figure and another report
    for sure, one, two in found:
        for slot in ((one, two.said.article.id), (two, one.said.article.id)):
            best[slot] = max(sure, best.get(slot, 0.0))
    for sure, one, two in found:
        is_best = sure == best[one, two.said.article.id] == best[two, one.said.article.id]
        if is_best and sure >= _least(one.said, two.said):
            yield sure, one, two


def laid_beside(reports: Sequence[Report]) -> Rivals:
    """All pairs of figures of two reports that could be rivals."""
    speaking = [frozenset(one for one in report.figures if speaks(one, report)) for report in reports]
    pairs, fitting = [], []
    for (here, ours), (there, theirs) in combinations(zip(reports, speaking, strict=True), 2):
        for one in here.figures:
            for two in there.by_dimension.get(one.said.quantity.dimension, ()):
                if both_right(one.said, two.said):
                    fitting.append((one, two))
                elif one in ours and two in theirs and rivals(one, two, here, there):
                    pairs.append((one, two))
    return Rivals(Columns(reports), pairs, fitting)


def _of_one_person(one: Figure, two: Figure) -> bool:
    left, right = one.said.quantity, two.said.quantity
    return left.dimension == "age" and left.noun == right.noun != ""


def _least(one: Said, two: Said) -> float:
    """How likely a pair must be for what it would be told as."""
    earlier, later = sorted((one, two), key=lambda said: said.moment)
    return SURE_OF_UPDATE if updates(earlier, later) else SURE


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
    if (left.dimension, left.amount.value) != (right.dimension, right.amount.value) or ("past" in left.marks) != ("past" in right.marks):
        return False
    return left.dimension != "count" or role_of(left) == role_of(right) != "" or left.noun == right.noun != ""


def _where(one: Figure) -> tuple[str, int]:
    return one.said.article.id, one.said.quantity.start
