"""Copies that need no comparing: one address, or one text once case and punctuation are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.group.tokens import Tokens
from digest.model import Link, LinkKind
from digest.text import sha
from digest.urls import canonical

_LEAST_WORDS = 20  # shorter texts are alike by chance


@dataclass(frozen=True, slots=True)
class ExactEngine:
    """Links articles of one canonical address, and articles of one normalised text."""

    name: str = "exact"

    def links(self, texts: Sequence[Tokens]) -> Iterator[Link]:
        """COPY links of score 1 along each bucket."""
        for signal, keys in (("same address", map(_address, texts)), ("same text", map(_text, texts))):
            buckets: dict[str, list[str]] = {}
            for text, key in zip(texts, keys, strict=True):
                if key:
                    buckets.setdefault(key, []).append(text.article.id)
            for ids in buckets.values():
                for left, right in pairwise(sorted(ids)):
                    yield Link(left, right, LinkKind.COPY, 1.0, self.name, ((signal, 1.0),))


def _address(text: Tokens) -> str:
    return canonical(text.article.url)


def _text(text: Tokens) -> str:
    return sha(" ".join(text.body), " ".join(sorted(text.shingles))) if len(text.body) >= _LEAST_WORDS else ""
