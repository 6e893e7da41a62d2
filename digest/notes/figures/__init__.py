"""Figures of several reports side by side: where they differ, agree, or were brought up to date.

Prefer silence to a wrong conflict: two figures are laid side by side only where much says that they count
one thing, and nothing that they cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.model import Note, Relation, Story
from digest.notes.figures.judged import agreed, judged, rounded
from digest.notes.figures.said import plain, slots, stated
from digest.notes.figures.sides import laid_out


@dataclass(frozen=True, slots=True)
class FiguresNoter:
    """Notes of the kinds `differ`, `updated`, `rounded` and `agree`; at most `most_notes` a story, and one `agree`."""

    most_notes: int = 4
    name: str = "figures"

    def notes(self, story: Story) -> Iterator[Note]:
        """Conflicts first, then updates, then what all agree on."""
        reports = [member for member in story.members if member.relation is not Relation.COPY]
        said = [list(stated(member)) for member in reports]
        laid = [(group[0].quantity.dimension, note) for group in laid_out(said) for note in judged(group)]
        found = [note for dimension, note in laid if dimension != "clock" or not _when_counted(note, [other for _, other in laid])]
        firm = [plain(report) for report in said]
        amounts = [by_report for slot, by_report in slots(firm).items() if slot[0].startswith("money") and slot[1]]
        found += [note for by_report in amounts for note in [rounded([group for group in by_report if group])] if note]
        shown = [note for kind in ("differ", "updated", "rounded") for note in found if note.kind == kind][: self.most_notes]
        yield from shown
        same = agreed(firm)
        if same and not any(note.subject == same.subject for note in shown):
            yield same  # said once, quietly


def _when_counted(times: Note, others: Sequence[Note]) -> bool:
    """Whether times of day differ because something was counted at each: their sentences tell of what was brought up to date."""
    return any(other.kind == "updated" and set(times.quotes) <= set(other.quotes) for other in others)
