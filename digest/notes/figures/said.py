"""What each report states, and which statements may be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.model import Article, Member
from digest.notes.quantities import Quantity, compatible, read
from digest.text import dateline

_UNFIT = frozenset({"past", "part", "some", "before", "more", "denied"})
SCARCE = frozenset({"magnitude", "area", "volume"})  # measures of which a report has few
_SINGLE = SCARCE | {"temperature"}  # … and of which one that gives several tells of several days, places or hours
_APART = frozenset({"maybe", "quarterly", "yearly", "last year"})  # marks that two figures share, or they are not compared
_ONE_ROLE = {"loss": "damage", "studied": "took part"}  # roles that reports give for one thing
_DEALS = frozenset({"price", "deal"})
CROWD = 20  # fewer take part in nothing that is counted
MANY = 100  # a bare number of which two reports do not have the same by chance
LARGE = 1e6  # units of money: no price of a thing in a shop
WAGES = 10_000  # units of money: what is paid and is less is a wage or a fee, of which there are many kinds
Slot = tuple[str, str, str, str]  # dimension, role, noun, marks


@dataclass(frozen=True, slots=True)
class Said:
    """A quantity in the report that states it; `origin` is the id of the article that it comes from."""

    article: Article
    quantity: Quantity
    origin: str

    @property
    def moment(self) -> datetime:
        return self.article.published or self.article.first_seen


def stated(member: Member) -> Iterator[Said]:
    """What a report states itself, however it is meant; nothing that it says only to compare with it."""
    article = member.article
    year = (article.published or article.first_seen).year
    head = dateline(article.text)
    for quantity in read(article.text, article.language, year):
        counted = quantity.role or quantity.noun or "moved" in quantity.marks
        told = counted or quantity.dimension != "count" or quantity.amount.value >= MANY
        if told and "before" not in quantity.marks and quantity.start >= head:
            yield Said(article, quantity, member.origin or article.id)


def plain(report: Sequence[Said]) -> list[Said]:
    """Of what a report states, what it says of now, and of the whole: two that say the same of that need no other sign."""
    return [one for one in report if _plain(one.quantity) and not _of_several(one, report)]


def _plain(quantity: Quantity) -> bool:
    if quantity.role and quantity.role.name == "took part" and quantity.dimension == "count" and quantity.amount.value < CROWD:
        return False
    if quantity.role and quantity.role.name == "deal" and quantity.amount.value < WAGES:
        return False
    return not quantity.marks & _UNFIT


def _of_several(one: Said, report: Sequence[Said]) -> bool:
    return one.quantity.dimension in _SINGLE and any(_other(one.quantity, other.quantity) for other in report)


def _other(quantity: Quantity, other: Quantity) -> bool:
    """Whether a report that gives one scarce measure gives another too: it tells of several events. Of quakes the strongest is meant."""
    if other.dimension != quantity.dimension or compatible(quantity.amount, other.amount):
        return False
    return quantity.dimension != "magnitude" or other.amount.value > quantity.amount.value


def slots(reports: Sequence[Sequence[Said]]) -> Mapping[Slot, list[list[Said]]]:
    """The figures that may be compared, in each slot one list a report."""
    slots: dict[Slot, list[list[Said]]] = {}
    for number, report in enumerate(reports):
        for one in report:
            slots.setdefault(_slot(one), [[] for _ in reports])[number].append(one)
    return slots


def _slot(one: Said) -> Slot:
    """What must be equal for two figures to be compared at all; of a scarce measure, no role needs to be."""
    quantity = one.quantity
    role = quantity.role.name if quantity.role and quantity.dimension not in SCARCE else ""
    role = _ONE_ROLE.get(role, role)
    if role in _DEALS and quantity.amount.value >= LARGE:
        role = "deal"  # the price of a works is what is paid for it
    noun = quantity.noun if not quantity.role or not quantity.role.alone else ""  # of an event, `19 dead` and `19 soldiers dead`
    apart = _APART if quantity.dimension != "date" else frozenset()  # every day that is set is planned
    return quantity.dimension, role, noun, " ".join(sorted(quantity.marks & apart))
