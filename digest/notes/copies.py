"""Copies folded: who else carried one text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from digest.model import Note, Relation, Story
from digest.text import listed


@dataclass(frozen=True, slots=True)
class CopiesNoter:
    """One line for each original that others carried: `Also carried by A, B and C`."""

    name: str = "copies"

    def notes(self, story: Story) -> Iterator[Note]:
        """A note for each original with copies from other outlets."""
        carried: dict[str, list[str]] = {}
        outlet = {member.article.id: member.article.source for member in story.members}
        for member in story.members:
            original = member.copy_of or ""
            if member.relation is Relation.COPY and original and outlet[original] != member.article.source:
                names = carried.setdefault(original, [])
                if member.article.source not in names:
                    names.append(member.article.source)
        for original, names in carried.items():
            whose = "Also carried" if original == story.lead.id else f"The report of {outlet[original]} was also carried"
            yield Note(self.name, tuple(names), f"{whose} by {listed(names, 6)}")
