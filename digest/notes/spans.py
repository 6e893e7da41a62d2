"""The sentences of a report, found once for every noter that reads it."""

from __future__ import annotations

from functools import lru_cache

from digest.text import sentences


@lru_cache(maxsize=256)  # more than a story has reports: each noter goes through them in turn
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The spans that `text.sentences` yields."""
    return tuple(sentences(text))
