"""Copies that need no comparing: one address, or one text once case and punctuation are gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from digest.group.claims import Claims, Places, once
from digest.group.tokens import Texts
from digest.model import LinkKind
from digest.urls import canonical


@dataclass(frozen=True, slots=True)
class ExactEngine:
    """Claims of articles with one canonical address, and of articles with one normalised text."""

    name: str = "exact"
    views: ClassVar[bool] = False

    def links(self, texts: Texts) -> Claims:
        """COPY claims of score 1 along each bucket; the signals say which it is."""
        places: dict[str, int] = {}
        address = [places.setdefault(url, len(places)) if url else -1 for url in (canonical(article.url) for article in texts)]
        _, text = np.unique(texts.whole, return_inverse=True)
        found = []
        for keys in (np.array(address, np.int64), np.where(texts.whole == 0, -1, text)):
            left, right = _rows(keys)
            found.append((left << 32) | right)
        pairs = once(np.concatenate(found))
        ones = {name: np.where(np.isin(pairs, mine), 1.0, np.nan) for name, mine in zip(("same address", "same text"), found, strict=True)}
        return Claims(LinkKind.COPY, self.name, pairs >> 32, pairs & 0xFFFFFFFF, np.ones(len(pairs)), ones)


def _rows(keys: Places) -> tuple[Places, Places]:
    """Each place with the next that has its key; -1 is no key."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    same = (ordered[1:] == ordered[:-1]) & (ordered[1:] >= 0)
    return order[:-1][same], order[1:][same]
