"""Figures that no role aligns: rival counts of one thing in two reports, whatever the thing is.

Two reports of a story that each give one figure for `tractors` most likely count the same tractors. Here that is
enough where nothing speaks against it: each gives one figure only, both near the head, of about the same size, neither
of a part, a place or a time that the other does not know. All else stays silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from digest.model import Note
from digest.notes.figures.judged import fit, judged
from digest.notes.figures.said import LARGE, Said
from digest.notes.figures.wholes import elsewhere, otherwise_bound, told_alike
from digest.notes.quantities import Hedge

NEAR = 2.6  # rival counts differ by less; what differs by more is another whole
_PAID = frozenset({"", "deal", "cost", "invest", "price"})  # what is paid for something, however it is put
_OF_PEOPLE = frozenset({"job", "vote", "case"})  # of which one report counts several kinds
FEW = 5  # so few are named one by one, and are seldom the whole
SHARED = 1  # stems of a sentence that the other report has too


def rivals(reports: Sequence[Sequence[Said]], noted: Sequence[Note]) -> Iterator[Note]:
    """Conflicts and updates between single counts of one noun; nothing on figures that a note has."""
    shown = {(quote.quote.article, quote.quote.start, quote.text) for note in noted for quote in note.values}
    keyed = [_by_key(report) for report in reports]
    for number, report in enumerate(keyed):
        for other in keyed[number + 1 :]:
            for one, two in _pairs(report, other):
                if not {_place(one), _place(two)} & shown:
                    found = list(judged([one, two]))
                    shown.update((value.quote.article, value.quote.start, value.text) for note in found for value in note.values)
                    yield from found


def _place(one: Said) -> tuple[str, int, str]:
    text = one.article.text
    return one.article.id, one.quantity.sentence[0], " ".join(text[one.quantity.start : one.quantity.end].split())


def _pairs(report: Mapping[str, list[Said]], other: Mapping[str, list[Said]]) -> Iterator[tuple[Said, Said]]:
    """The single figures of one thing in two reports, where they are likely to be of one whole."""
    for key, left in report.items():
        right = other.get(key, [])
        if len(left) == len(right) == 1 and _one_thing(left[0], right[0]):
            yield left[0], right[0]


def _by_key(report: Sequence[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for one in report:
        if key := _key(one):
            found.setdefault(key, []).append(one)
    return found


def _key(one: Said) -> str:
    """The noun that is counted; empty where none is, or only a few."""
    quantity = one.quantity
    counted = quantity.dimension == "count" and quantity.amount.hedge is not Hedge.VAGUE and quantity.amount.value >= FEW
    if quantity.dimension.startswith("money:") and "/" not in quantity.dimension and quantity.amount.value >= LARGE:
        return quantity.dimension
    return quantity.noun if counted else ""


def _told(one: Said, two: Said) -> bool:
    """Whether the words around both figures are enough: the same role and noun are."""
    if one.quantity.dimension != "count":
        return told_alike(one, two, SHARED + 1)
    return one.quantity.role is not None or told_alike(one, two, SHARED)


def _roles_meet(one: Said, two: Said) -> bool:
    roles = {said.quantity.role.name if said.quantity.role else "" for said in (one, two)}
    if one.quantity.dimension != "count":
        return roles != {""} and roles <= _PAID
    return len(roles) == 1 or ("" in roles and one.quantity.noun not in _OF_PEOPLE)


def _one_thing(one: Said, two: Said) -> bool:
    """Whether nothing says that two counts of one noun are of different wholes."""
    low, high = sorted((one.quantity.amount.value, two.quantity.amount.value))
    if fit(one, two) or not _roles_meet(one, two) or high > NEAR * low or one.article.source == two.article.source:
        return False
    if one.quantity.marks != two.quantity.marks or not (one.quantity.opening and two.quantity.opening):
        return False
    return not otherwise_bound(one, two) and not elsewhere(one, two) and _told(one, two)
