"""How well the digest does on labelled data: `digest evaluate`.

A labelled set is a name, and a function that runs the digest's own steps on it and measures what
came out. To add one, write a module with such a function and name it in SETS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from digest.errors import UsageError
from digest.evaluate import notes, split, stories
from digest.evaluate.measures import Measured

SETS: Mapping[str, Callable[[], tuple[Measured, ...]]] = {"split": split.cases, "stories": stories.measured, "notes": notes.stories}


def evaluated(name: str) -> tuple[Measured, ...]:
    """The shipped set `name`, measured (in parts, where it has some); raises UsageError for one that there is not."""
    if name not in SETS:
        known = ", ".join(SETS) or "none"
        raise UsageError(f"no labelled set is called {name!r}", fix=f"shipped: {known}; or give two files, GOLD.jsonl and PREDICTED.jsonl")
    return SETS[name]()
