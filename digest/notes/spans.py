"""The sentences of a report, found once for every noter that reads it."""

from __future__ import annotations

from functools import lru_cache

from digest.text import sentences

# No sentence of a report is longer: what is, is a table, a list or made to do harm. Patterns that look back and forth in a
# sentence take time by its square: 100,000 letters of one kept a build for more than ten minutes.
LONGEST = 2_000


@lru_cache(maxsize=256)  # more than a story has reports: each noter goes through them in turn
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The spans that `text.sentences` yields, but for those that no noter could quote."""
    return tuple((start, end) for start, end in sentences(text) if end - start <= LONGEST)
