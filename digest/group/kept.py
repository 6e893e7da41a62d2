"""What one run leaves for the next, so that it does not do again what was done: it never changes a result.

Everything lies under a name that says what it holds, so that what stays is not written again. What is damaged, what is of another
version of the program, and what nothing of this run was found by is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from digest.group.nearest import NEIGHBOURS, Nearest
from digest.group.packed import unpacked
from digest.group.passed import TOKENS, Passed


@dataclass(frozen=True, slots=True)
class Kept:
    """The token pass of each article, and the neighbours of each row."""

    tokens: Passed = field(default_factory=Passed)
    nearest: Nearest = field(default_factory=Nearest)

    @classmethod
    def read(cls, contents: Mapping[str, bytes]) -> Kept:
        """What `written` wrote, for one run."""
        parts = [(name, content, *unpacked(name, content)) for name, content in sorted(contents.items())]
        nearest = [Nearest.read(arrays) for _, _, kind, arrays in parts if kind == NEIGHBOURS]
        chunks = {name: (content, arrays) for name, content, kind, arrays in parts if kind == TOKENS}
        return cls(Passed(chunks), nearest[0] if nearest else Nearest())

    def written(self) -> dict[str, bytes]:
        """What the next run may need, by names that stand for the content."""
        return self.tokens.written() | self.nearest.written()
