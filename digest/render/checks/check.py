"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from digest.text import cut, one_line

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that a form did not pass: its name, what is wrong, and what to do."""

    name: str
    wrong: str
    fix: str


@dataclass(frozen=True, slots=True)
class Check(Generic[Subject]):
    """A question to a form. `wrong` gives words where the answer is no, and nothing where it is yes."""

    name: str
    wrong: Callable[[Subject], str]
    fix: str

    def of(self, subject: Subject) -> Finding | None:
        """What it finds."""
        words = self.wrong(subject)
        return Finding(self.name, one_line(words), self.fix) if words else None


def unless(holds: object, words: str) -> str:
    """`words` where something does not hold."""
    return "" if holds else words


def named(found: Iterable[str], words: str, most: int = 3) -> str:
    """`words`, with the first of what was found behind them; nothing where nothing was."""
    some: Sequence[str] = list(found)
    shown = "; ".join(cut(one_line(one), 80) or "(nothing)" for one in some[:most])
    return f"{words}: {shown}" + (f" and {len(some) - most} more" if len(some) > most else "") if some else ""
