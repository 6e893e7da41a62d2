"""What the settings know of a source, put where its documents do not say it themselves; and what is told of what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from digest.model import Document, Failure

_MOST = 20  # failures of one file that are told one by one


class Wrong:
    """What is wrong in one file: the first failures, and how many more there are."""

    def __init__(self, known: Iterable[Failure] = ()) -> None:
        self.told = list(known)
        self._more = 0

    def tells(self, failure: Failure) -> bool:
        """Whether it is one of the first, which are told one by one."""
        fits = len(self.told) < _MOST
        if fits:
            self.told.append(failure)
        self._more += not fits
        return fits

    def rest(self, source: str, uri: str) -> Iterator[Failure]:
        """One failure for all that were not told."""
        if self._more:
            more = Failure(source, uri, f"holds {self._more} more that cannot be read", "mend the first ones; the others may be like them")
            self.told.append(more)
            yield more


def told(document: Document, source: str, outlet: str, language: str, section: str) -> Document:
    """The document as one of `source`, with its own outlet, language and section, or else these."""
    hints = replace(
        document.hints,
        outlet=document.hints.outlet or outlet,
        language=document.hints.language or language or None,
        section=document.hints.section or section or None,
    )
    return replace(document, source=source, hints=hints)
