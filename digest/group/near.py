"""Edited copies: one text with trims, changed words, another headline.

Candidates share sampled shingles of three words; containment, not Jaccard, so that a truncated copy is
found. rapidfuzz then compares the words in their order; names and figures refuse two texts made from
one template, and a follow-up that quotes the background is too much a text of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from digest.group import ranks, sparse
from digest.group.claims import VETO, Claims, Places, once
from digest.group.laid import ROWS, Ragged
from digest.group.tokens import SAMPLE, Texts
from digest.likeness import common_in_order, edits
from digest.model import LinkKind

# Thresholds and where they come from: docs/notes/grouping.md.
PROPOSED = 0.12  # share of the shorter text's shingles that stand in the longer one: worth a closer look
CONTAINED = 0.5  # … that makes it a copy, in whatever order its paragraphs stand
IN_ORDER = 0.6  # share of the shorter text's words that stand in the longer one in the same order: a copy too
MARKS = 0.5  # share of the names and figures of the text with fewer that the other one has, where there are at least LEAST_MARKS
LEAST_MARKS = 3
SURE_MARKS = 0.75  # from this share on nobody asks whether names were swapped
SWAPPED, SWAPPED_MORE = 0.25, 3.0  # share of the names and figures that another stands for, and how much more than of plain words
SHORT, SHORT_IN_ORDER = 60, 0.85  # words; a text with fewer is a copy only if so much of it stands in the other, in order
OWN = 0.5  # a text of which less than this stands in the other says more than a copy does …
OPENING, OPENED, ALIKE = 60, 90, 0.5  # … unless its first words are the other's: then that one was cut short
FEWEST = 4  # sampled shingles that a text has at least: fewer prove nothing
BEFORE = 4  # a shingle pairs its text with so many before it, and with the first of all
CROWD, FURNITURE = 64, 20_000  # a shingle of more texts than CROWD pairs neighbours alone, one of more than FURNITURE nobody
THIN = 8  # … and only one in so many of the crowded ones does
PORTION = 1 << 23  # shingles or meetings at once
PAIRS = 1 << 16  # pairs whose sets are compared at once
CLOSED = 40  # up to so many texts that are linked in a chain, every two are compared


@dataclass(frozen=True, slots=True)
class NearEngine:
    """Claims that one article is an edited copy of another."""

    name: str = "near"
    views: ClassVar[bool] = False

    def links(self, texts: Texts) -> Claims:
        """COPY claims with the shares that they rest on; two texts of one template get a VETO."""
        left, right, contained = candidates(texts)
        marks = shares(texts.marks, left, right, LEAST_MARKS)
        apart = ranks.differ(texts.articles, left, right)
        in_order, scores, kept = np.zeros(len(left)), np.zeros(len(left)), np.zeros(len(left), np.bool_)
        for at, (one, two) in enumerate(zip(left, right, strict=True)):  # one by one: the words of all pairs together are gigabytes
            words = _compared(texts.sequence.row(one), texts.sequence.row(two))
            in_order[at] = words.in_order
            scores[at] = min(max(contained[at], words.in_order), 1.0)
            if (contained[at] < CONTAINED and words.in_order < IN_ORDER) or apart[at]:
                continue
            template = _templated(words, float(marks[at]))
            kept[at] = template or _is_copy(words, float(contained[at]))
            scores[at] = VETO if template else scores[at]
        signals = {"contained": contained[kept], "in order": in_order[kept], "names and figures": marks[kept]}
        return Claims(LinkKind.COPY, self.name, left[kept], right[kept], scores[kept], signals)


def candidates(texts: Texts) -> tuple[Places, Places, NDArray[np.float64]]:
    """Pairs of texts that share enough sampled shingles, each once, and the share of the smaller one's."""
    sizes = np.diff(texts.shingles.starts)
    met = _meetings(texts.shingles)
    met.sort()
    pairs = np.concatenate([_often(some, sizes) for some in _cut(met)] or [met])
    left, right = pairs >> 32, pairs & 0xFFFFFFFF
    left, right = _closed(len(texts), left, right)
    contained = shares(texts.shingles, left, right)
    kept = (contained >= PROPOSED) & (np.minimum(sizes[left], sizes[right]) >= FEWEST)
    return left[kept], right[kept], contained[kept]


def _cut(met: Places) -> Iterator[Places]:
    """Sorted meetings in parts, no pair in two of them: there may be a hundred million, and each step makes some copies."""
    begin = 0
    while begin < len(met):
        end = int(np.searchsorted(met, met[min(begin + PORTION, len(met)) - 1], "right"))
        yield met[begin:end]
        begin = end


def _often(met: Places, sizes: Places) -> Places:
    """The pairs that meet often enough to look closer.

    A pair that met at random shares one shingle; crowded shingles were thinned out, so that two are enough.
    """
    firsts = np.flatnonzero(np.concatenate(([True], met[1:] != met[:-1])))
    pairs, counts = met[firsts], np.diff(np.append(firsts, len(met)))
    fewest = np.minimum(sizes[pairs >> 32], sizes[pairs & 0xFFFFFFFF])
    found: Places = pairs[(counts >= np.minimum(2, PROPOSED * fewest)) & (fewest >= FEWEST)]
    return found


def _meetings(shingles: Ragged) -> Places:
    """Pairs `(earlier << 32) | later` of texts that meet in a shingle, once for each; many shingles in portions, by their hash."""
    portions = 1 + len(shingles.values) // PORTION
    edges = np.linspace(0, 1 << 32, portions + 1).astype(np.uint64)  # they are hashes: as many lie between any two edges
    return _joined([_met(_between(shingles, low, high)) for low, high in pairwise(edges)])


def _joined(parts: list[Places]) -> Places:
    """The parts in one, each let go when it was copied: together they may be gigabytes."""
    found, end = np.empty(sum(map(len, parts)), np.int64), 0
    parts.reverse()
    while parts:
        part = parts.pop()
        found[end : end + len(part)] = part
        end += len(part)
    return found


def _between(shingles: Ragged, low: np.uint64, high: np.uint64) -> NDArray[np.uint64]:
    """The shingles from `low` to below `high` as `(shingle << 32) | text`; some texts at a time, which needs no copy of all."""
    found = [np.zeros(0, np.uint64)]
    for begin in range(0, len(shingles.starts) - 1, ROWS):
        bounds = shingles.starts[begin : begin + ROWS + 1]
        values = shingles.values[bounds[0] : bounds[-1]]
        mine = (values >= low) & (values < high)
        place = np.repeat(np.arange(begin, begin + len(bounds) - 1, dtype=np.uint64), np.diff(bounds))
        found.append((values[mine].astype(np.uint64) << np.uint64(32)) | place[mine])
    return np.concatenate(found)


def _met(keys: NDArray[np.uint64]) -> Places:
    """The pairs that meet in `(shingle << 32) | text`."""
    keys = np.sort(keys)
    value, place = keys >> np.uint64(32), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    firsts = np.flatnonzero(np.concatenate(([True], value[1:] != value[:-1]))) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(firsts, len(keys)))
    crowded = (sizes > CROWD) & ((value[firsts] % np.uint64(SAMPLE * THIN) >= SAMPLE) | (sizes > FURNITURE))
    kept = np.repeat((sizes > 1) & ~crowded, sizes)
    first, rank = np.repeat(firsts, sizes)[kept], np.arange(len(keys))[kept]
    rank -= first
    alone = np.repeat(sizes > CROWD, sizes)[kept]
    found = [(place[first][rank > 0] << 32) | place[first + rank][rank > 0]]
    for back in range(1, BEFORE + 1):
        mine = (rank > back) & ((back == 1) | ~alone)
        found.append((place[(first + rank)[mine] - back] << 32) | place[(first + rank)[mine]])
    return np.concatenate(found)


def _closed(count: int, left: Places, right: Places) -> tuple[Places, Places]:
    """The pairs, and every other pair of texts that hang together in a small cluster."""
    part = sparse.components(count, left, right)
    sizes = np.bincount(part, minlength=1)
    members = np.flatnonzero((sizes[part] > 2) & (sizes[part] <= CLOSED))
    members = members[np.argsort(part[members], kind="stable")]
    pairs = [(left << 32) | right]
    for back in range(1, CLOSED):
        same = part[members[back:]] == part[members[:-back]] if back < len(members) else np.zeros(0, np.bool_)
        if not same.any():
            break
        pairs.append((members[:-back][same] << 32) | members[back:][same])
    every = once(np.concatenate(pairs))
    return every >> 32, every & 0xFFFFFFFF


def shares(sets: Ragged, left: Places, right: Places, least: int = 1) -> NDArray[np.float64]:
    """Of each pair, the share of the smaller set that is in the other; 1 where the smaller has fewer than `least`."""
    steps = range(0, len(left), PAIRS)
    return np.concatenate([np.zeros(0), *(_shares(sets, left[at : at + PAIRS], right[at : at + PAIRS], least) for at in steps)])


def _shares(sets: Ragged, left: Places, right: Places, least: int) -> NDArray[np.float64]:
    used, rows = np.unique(np.concatenate((left, right)), return_inverse=True)
    sizes = np.diff(sets.starts)
    taken, starts = sparse.picked(sets.starts, used)
    columns, features = np.unique(sets.values[taken], return_inverse=True)
    held = sparse.matrix(starts, features, np.ones(len(features), np.float32), max(1, len(columns)))
    fewest = np.minimum(sizes[left], sizes[right])
    shared = sparse.products(held, rows[: len(left)], rows[len(left) :]) / np.maximum(fewest, 1)
    return np.where(fewest < least, 1.0, shared)


@dataclass(frozen=True, slots=True)
class _Compared:
    """The words of two texts in their order, the shorter one first; `in_order`: the share of it in the longer one."""

    shorter: list[int]
    longer: list[int]
    in_order: float


def _compared(one: NDArray[np.uint16], two: NDArray[np.uint16]) -> _Compared:
    shorter, longer = sorted((one.tolist(), two.tolist()), key=len)
    return _Compared(shorter, longer, common_in_order(shorter, longer) / max(1, len(shorter)))


def _templated(words: _Compared, marks: float) -> bool:
    """Whether the two were made from one template: two events in one wording."""
    if marks >= SURE_MARKS:
        return False
    return _swapped(words) if words.in_order >= IN_ORDER else marks < MARKS


def _is_copy(words: _Compared, contained: float) -> bool:
    """Whether two texts with so much in common are one text: neither too short to tell, nor one quoted by the other."""
    if len(words.shorter) < SHORT and words.in_order < SHORT_IN_ORDER:
        return False
    share = max(contained, words.in_order) * len(words.shorter) / max(1, len(words.longer))
    return share >= OWN or _alike(words.shorter[:OPENING], words.longer[:OPENED]) >= ALIKE


def _alike(shorter: list[int], longer: list[int]) -> float:
    return float(common_in_order(shorter, longer) / max(1, len(shorter)))


def _swapped(words: _Compared) -> bool:
    """Whether names and figures have others in their places, much more often than plain words have: a template filled in anew."""
    kept, other = [0, 0], [0, 0]  # of plain words, of names and figures
    for code in edits(words.shorter, words.longer):
        here, there = words.shorter[code.src_start : code.src_end], words.longer[code.dest_start : code.dest_end]
        if code.tag == "equal":
            for word in here:
                kept[word & 1] += 1
        elif code.tag == "replace":
            for one, two in zip(here, there, strict=False):
                if one & 1 == two & 1:
                    other[one & 1] += 1
    if kept[1] + other[1] < LEAST_MARKS:
        return False
    plain, named = (other[at] / max(1, kept[at] + other[at]) for at in (0, 1))
    return named >= SWAPPED and named >= SWAPPED_MORE * plain
