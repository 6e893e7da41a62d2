"""A number of a sentence with its unit, before anything is known of what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from digest.notes.quantities.amounts import Amount


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, before anything is known of what it counts."""

    start: int
    end: int
    amount: Amount
    dimension: str
    bare: int  # where the number itself ends
    single: bool = False
    whose: str = ""  # of an age: the surname


def kind(figure: Figure) -> str:
    """The dimension without its currency and its rate."""
    return figure.dimension.split(":")[0].split("/")[0]
