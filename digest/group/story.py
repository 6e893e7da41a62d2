"""One event, several tellers: reports that share the words that are rare in all else, and share their neighbours.

1. Five views of an article (words, their stems, names, the opening, letters of the title) as one unit
   vector of TF-IDF: its product with another is the weighted mean of the views' cosines.
2. The nearest by that product inside the span, weakened by the days between.
3. Each article is seen together with its nearest: two reports of one event have the same neighbours,
   two look-alikes do not. The root of that is the score; join() makes stories by its average.
4. A weak score counts only where others speak for it (`backed.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from digest.group import common, ranks, roundups, sparse
from digest.group.backed import BACKERS, CROWDED, PARTS, UNBACKED, Backing
from digest.group.claims import VETO, Claims, Places, once
from digest.group.laid import Bag
from digest.group.nearest import Nearest
from digest.group.tokens import WIDTH, Texts
from digest.model import LinkKind

# Weights, thresholds and where they come from: docs/notes/grouping.md.
VIEWS = {"words": 0.2, "stems": 0.4, "names": 0.3, "lead": 0.2, "grams": 0.15}
NEIGHBOURS = 40  # kept an article, the nearest first
LIKE = 0.03  # weakest product that makes neighbours
FAINT = 0.02  # features that weigh less than this in an article are left out of it: they cost much and say little
COMMON, LEAST_COMMON, MOST_COMMON = 0.1, 50, 150  # a feature of more articles than this proposes no neighbours
CLOSE, CLOSE_LIKE = 2, 0.1  # the neighbours that an article is seen together with, and how near they are at least
BARE, BARE_CLOSE = 30, 8  # an article of so few different words says little by itself: it is seen with more
STEADY = 0.15  # neighbours whose squares sum to less than this count for less
DAY_COST, LATE = 0.14, 0.45  # taken off a product for each day between two reports, as a share of it; what is left at least
NIGH, NIGH_MOST = 0.2, 1.5  # what a date adds that few articles have, for each power of ten; and at most
ALONE, OTHERS = 0.25, 0.2  # a product below which two reports need others that speak for them: so large a share of what they have in common
FRESH, FRESH_DAYS = 0.3, 2.0  # what a score gains where one of the two is bare and both are told at once; and after how many days nothing
ROUND_UP = 0.35  # what is left of the product of a round-up and anything else; and its best score, which joins nothing
PAST = 0.5  # what is left of the product of two reports that speak past each other
BLOCK = 32_768  # articles compared at once
FEW, SHARE = 4_096, 5  # up to FEW articles all are the background, of more the first ones, in steps of a 16th to a 32nd (2^-SHARE)
STEP = 2_048  # articles weighed at once

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StoryEngine:
    """Claims that reports tell one event. `span` is the longest time between two of them."""

    span: timedelta = timedelta(days=7)
    kept: Nearest = field(default_factory=Nearest, compare=False)  # of the last run over this collection
    name: str = "story"

    def links(self, texts: Texts) -> Claims:
        """SAME_STORY claims: the score is the root of the product of two articles each seen with its nearest."""
        found = list(self._near(texts))
        left = np.concatenate([part[0] for part in found] or [np.zeros(0, np.int64)])
        right = np.concatenate([part[1] for part in found] or [np.zeros(0, np.int64)])
        cosine = np.minimum(np.concatenate([part[2] for part in found] or [np.zeros(0)]), 1.0)
        days = np.abs(texts.days[left] - texts.days[right])
        apart = np.nan_to_num(days)
        product = np.minimum(cosine * np.maximum(LATE, 1 - DAY_COST * apart) * _telling_dates(texts, self.span)[left], 1.0)
        product[ranks.speak_past(texts, left, right)] *= PAST
        editions = roundups.editions(texts, left, right, product)
        veto = editions | ranks.differ(texts.articles, left, right)
        product[veto] = 0.0
        bare = np.diff(texts.views["words"].starts) < BARE
        likeness = _mixed(len(texts), left, right, product, apart <= self.span / timedelta(days=2))
        likeness[bare | (np.diff(texts.sequence.starts) == 0)] = np.nan  # a title alone is near to much
        mixed = ~np.isnan(likeness[left]) | ~np.isnan(likeness[right])
        product[mixed] *= ROUND_UP
        scores = together(left, right, product, np.where(bare, BARE_CLOSE, CLOSE))
        scores = np.sqrt(np.minimum(scores * _fresh(days, bare[left] | bare[right]), 1.0))
        scores[mixed] = np.minimum(cosine[mixed], ROUND_UP)
        parts = _documents(texts)
        backing = Backing.of(len(texts), left, right, scores, copied=cosine >= roundups.COPIED, parts=parts[left] == parts[right])
        scores[backing.fails] = UNBACKED
        scores[veto] = VETO
        signals = {
            "cosine": cosine,
            "days apart": apart,
            roundups.UNLIKE: np.fmin(likeness[left], likeness[right]),
            roundups.COLUMN: np.where(editions, 1.0, np.nan),
            BACKERS: backing.backers,
            CROWDED: backing.crowd,
            PARTS: backing.parts,
        }
        return Claims(LinkKind.SAME_STORY, self.name, left, right, scores, signals)

    def _near(self, texts: Texts) -> Iterator[tuple[Places, Places, Numbers]]:
        """Pairs of near articles, block after block in order of time, each pair once, with their products."""
        ground = background(texts)
        rarity = {name: rarities(view, ground, common.shares(WIDTH) if name != "grams" else None) for name, view in texts.views.items()}
        total = np.log(_collection(texts, ground) + common.BACKGROUND + 0.5).astype(np.float32)
        window: list[_Block] = []  # the blocks that the span reaches from the current one, which is the last
        first = 0  # the number of the earliest of them
        for begin in range(0, len(texts), BLOCK):
            end = min(begin + BLOCK, len(texts))
            first = self._reach(texts, begin, first)
            rows = sparse.stacked([vectors(texts, at, min(at + STEP, end), rarity, total) for at in range(begin, end, STEP)])
            window = [block for block in window if block.begin >= first * BLOCK]
            window.append(_Block.of(begin, rows, _names(texts, begin, end), ground[begin:end], alone=len(texts) <= BLOCK))
            left, right = _pairs(texts, self._proposed(window), self.span / timedelta(days=1))
            yield left, right, self._products(window, left, right)

    def _proposed(self, window: Sequence[_Block]) -> tuple[Places, Places]:
        """The nearest of each article of the last block, by the features that are not common in the window."""
        here = window[-1]
        limit = min(max(LEAST_COMMON, COMMON * sum(block.rows.shape[0] for block in window)), MOST_COMMON)
        tells = reduce(np.add, (block.spread for block in window)) <= limit
        if here.inverted is None:
            one, two, _ = self.kept.neighbours(here.rows, tells, here.names, NEIGHBOURS + 1, LIKE)
            return one, two
        telling = sparse.columns_kept(here.rows, tells)
        found = [(block, block.inverted.nearest(telling, NEIGHBOURS + 1, LIKE, block.names)) for block in window if block.inverted]
        parts = ((row, other + block.begin, product) for block, (row, other, product) in found)
        one, two, product = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        names = np.concatenate([block.names for block in window])
        one, two, _ = sparse.first_of_each(one, two - window[0].begin, product, NEIGHBOURS + 1, names)
        return one + here.begin, two + window[0].begin

    def _products(self, window: Sequence[_Block], left: Places, right: Places) -> Numbers:
        """The products of the rows of pairs, of which the later article is in the last block."""
        here = window[-1]
        if here.inverted is None:
            return self.kept.products(here.rows, left, right)
        product = np.zeros(len(left))
        for block in window:
            mine = np.flatnonzero((left >= block.begin) & (left < block.begin + block.rows.shape[0]))
            product[mine] = sparse.products(block.rows, left[mine] - block.begin, right[mine] - here.begin, here.rows)
        return product

    def _reach(self, texts: Texts, begin: int, first: int) -> int:
        """The first block that has an article without a date, or one inside the span of those at `begin`."""
        days = texts.days[begin : begin + BLOCK]
        if np.isnan(days).any():
            return first
        earliest = float(days.min()) - self.span / timedelta(days=1)
        while (first + 1) * BLOCK <= begin:
            block = texts.days[first * BLOCK : (first + 1) * BLOCK]
            if np.isnan(block).any() or float(block.max()) >= earliest:
                break
            first += 1
        return first


@dataclass(frozen=True, slots=True)
class _Block:
    """Articles from `begin` on as rows, how many that count have each feature, and, of several blocks, the rows by their features."""

    begin: int
    rows: sparse.Matrix
    names: NDArray[np.uint64]
    spread: NDArray[np.int32]
    inverted: sparse.Inverted | None

    @classmethod
    def of(cls, begin: int, rows: sparse.Matrix, names: NDArray[np.uint64], ground: NDArray[np.bool_], *, alone: bool) -> _Block:
        """The block; what is too common in it is too common in every window."""
        spread = sparse.spread(rows, ground)
        inverted = None if alone else sparse.Inverted.of(sparse.columns_kept(rows, spread <= MOST_COMMON))
        return cls(begin, rows, names, spread, inverted)


def background(texts: Texts) -> NDArray[np.bool_]:
    """Which articles say what is rare: all of a few, of many the ones that were seen first.

    How many these are grows in steps. So ten new articles change the weights of no other, and what is known of the others stands;
    and it rests on the articles alone, not on which of them another run saw.
    """
    count = len(texts)
    found = np.ones(count, np.bool_)
    if count > FEW:
        step = 1 << (count.bit_length() - SHARE)
        order = sorted(range(count), key=lambda at: (texts.articles[at].first_seen, texts.articles[at].id))
        found[order[count // step * step :]] = False
    return found


def _documents(texts: Texts) -> Places:
    """Numbers that stand for the documents that the articles were in."""
    numbers: dict[tuple[str, str], int] = {}
    return np.array([numbers.setdefault((one.feed, one.document), len(numbers)) for one in texts], np.int64)


def _names(texts: Texts, begin: int, end: int) -> NDArray[np.uint64]:
    """Numbers that stand for the articles, the same in every run."""
    ids = (texts.articles[at].id.encode("utf-8", "surrogatepass") for at in range(begin, end))
    return np.frombuffer(b"".join(hashlib.blake2b(one, digest_size=8).digest() for one in ids), np.uint64)


def _pairs(texts: Texts, near: tuple[Places, Places], span: float) -> tuple[Places, Places]:
    """The articles that are `near` as pairs inside the span and in one language, each once."""
    one, two = near
    pairs = once((np.minimum(one, two) << 32) | np.maximum(one, two))
    left, right = pairs >> 32, pairs & 0xFFFFFFFF
    apart = np.nan_to_num(np.abs(texts.days[left] - texts.days[right]))
    foreign = (texts.languages[left] != texts.languages[right]) & (texts.languages[left] >= 0) & (texts.languages[right] >= 0)
    kept = (left != right) & (apart <= span) & ~foreign
    return left[kept], right[kept]


def rarities(view: Bag, ground: NDArray[np.bool_], known: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """Of each feature, the logarithm of how many articles of the ground have it, imagined ones too; infinite for what tells nothing."""
    seen = sparse.counted(view.starts, view.features, ground, WIDTH).astype(np.float32) + np.float32(0.5)
    if known is not None:
        seen = np.where(known == 1, np.inf, seen + common.BACKGROUND * known).astype(np.float32)
    found: NDArray[np.float32] = np.log(seen)
    return found


def vectors(texts: Texts, begin: int, end: int, rarity: Mapping[str, NDArray[np.float32]], total: NDArray[np.float32]) -> sparse.Matrix:
    """Unit vectors of (1 + log count) · rarity of the articles `begin:end`, the views side by side by their weights."""
    parts = []
    often = 1 + np.log(np.maximum(np.arange(256, dtype=np.float32), 1))  # no count is larger
    for name, weight in VIEWS.items():
        view = texts.views[name]
        low, high = view.starts[begin], view.starts[end]
        starts, features = view.starts[begin : end + 1] - low, view.features[low:high]
        rare = np.repeat(total[begin:end], np.diff(starts)) - rarity[name][features]
        weights = often[view.counts[low:high]] * np.maximum(rare, 0)
        parts.append(sparse.unit(sparse.matrix(starts, features, weights, WIDTH)) * np.float32(weight**0.5))
    return sparse.unit(sparse.without(sparse.unit(sparse.beside(parts)), FAINT))


def _mixed(count: int, left: Places, right: Places, product: Numbers, close: NDArray[np.bool_]) -> Numbers:
    """Of each article how alike its nearest are, where that says that it is a round-up; NaN of all others."""
    likeness = roundups.likeness(count, left[close], right[close], product[close])
    return np.where(likeness < roundups.ALIKE, likeness, np.nan)


def _fresh(days: Numbers, bare: NDArray[np.bool_]) -> Numbers:
    """What the score of a pair is worth by the days between (NaN: unknown): of titles alone time says the most."""
    return np.where(bare, 1 + FRESH * np.maximum(0, 1 - np.nan_to_num(days, nan=FRESH_DAYS) / FRESH_DAYS), 1.0)


def _telling_dates(texts: Texts, span: timedelta) -> Numbers:
    """Of each article, how much its date adds to what it shares with others inside the span: more, where few are inside it.

    In a week's articles nothing; in some years' articles, two that lie a day apart are few to begin with.
    """
    days = texts.days[~np.isnan(texts.days)]  # ascending but for articles first seen before they were published
    days.sort()
    reach = span / timedelta(days=1)
    near = np.searchsorted(days, texts.days + reach, "right") - np.searchsorted(days, texts.days - reach, "left")
    rarity = np.log10(np.maximum(len(days) / np.maximum(near, 1), 1.0))
    return np.where(np.isnan(texts.days), 1.0, np.minimum(1 + NIGH * rarity, NIGH_MOST))


def _collection(texts: Texts, ground: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Of each article, how many of the ground are in its language."""
    sizes = np.bincount(texts.languages[ground] + 1, minlength=int(texts.languages.max(initial=-1)) + 2)
    found: NDArray[np.float64] = sizes[texts.languages + 1].astype(np.float64)
    return found


def together(left: Places, right: Places, product: Numbers, most: Places) -> Numbers:
    """The cosine of the two ends of each pair, each seen together with its nearest: x_i + sum of g_ik x_k over the `most[i]` nearest k.

    Two that are hardly alike are each other's nearest where nobody else is near either: that proves little, and halves the score.

    g_ik is the square of the product of i and k as a share of all of i's. Only products of neighbours are
    needed: with S their matrix and M = 1 + G, the cosine is that of the rows of M under M S M'.
    """
    count = len(most)
    product = np.minimum(product, 1.0)
    known = sparse.graph(count, left, right, product)
    close = sparse.nearest(known, most, CLOSE_LIKE)
    close = sparse.scaled(close, STEADY) + sparse.identity(count)
    known = known + sparse.identity(count)
    dots, lengths = np.zeros(len(left)), np.ones(count)
    order = np.argsort(left, kind="stable")
    for begin in range(0, count, BLOCK):
        seen = close[begin : begin + BLOCK] @ known
        here = np.arange(seen.shape[0])
        lengths[begin : begin + BLOCK] = np.sqrt(sparse.products(seen, here, here + begin, close))
        mine = order[np.searchsorted(left[order], begin) : np.searchsorted(left[order], begin + BLOCK)]
        dots[mine] = sparse.products(seen, left[mine] - begin, right[mine], close)
    scores = np.minimum(dots / (lengths[left] * lengths[right]), 1.0)
    one, two = sparse.values(close, left, right), sparse.values(close, right, left)
    by_themselves = product + one + two + one * two * product
    scores[(product < ALONE) & (dots - by_themselves < OTHERS * dots)] *= PAST
    return scores
