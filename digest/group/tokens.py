"""One token pass over a list of articles, shared by every engine: ragged arrays, one row an article."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.group import common
from digest.group.claims import once
from digest.group.letters import mixed
from digest.group.scan import LONGEST, Words, scanned
from digest.model import Article

_BITS = 20
WIDTH = 1 << _BITS  # features a view; words fall together by chance once in some hundred thousand
HEAD = 400  # a story is told at the head of a report; the rest is background
LEAD = 50  # words of the opening, which says what happened
SEQUENCE = 800  # words kept in their order, to compare two copies
SAMPLE = 4  # of so many shingles one is kept, the same ones in every text
LEAST_WORDS = 20  # shorter texts are alike by chance
_SHINGLE = 3
_FEATURE, _SAMPLED = np.uint64(WIDTH - 1), np.uint64(SAMPLE - 1)  # of a power of two, the remainder is a mask
_CHUNK = 1 << 17  # characters scanned at once: what fits the cache of a processor
_WORKERS = 2
ROWS = 1 << 16  # rows handled at once

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bag:
    """Features of each article with their counts: row r is `starts[r]:starts[r + 1]`, features ascending."""

    starts: Places
    features: NDArray[np.int32]
    counts: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Ragged:
    """Numbers of each article: row r is `values[starts[r]:starts[r + 1]]`."""

    starts: Places
    values: NDArray[Any]

    def row(self, at: int) -> NDArray[Any]:
        """The numbers of one article."""
        found: NDArray[Any] = self.values[self.starts[at] : self.starts[at + 1]]
        return found


@dataclass(frozen=True, slots=True)
class Texts:
    """Articles as engines see them, in order of time; row r of every array is `articles[r]`.

    `days` since 1970 (NaN where the date is unknown), `languages` numbered (-1: unknown), `views` the
    bags of features by name (none, and no `heads`, where they were not asked for), `shingles` the sampled
    runs of three words, `sequence` the words in their order, `marks` the names and figures, `heads` the
    words of the title that are names in the text, `whole` a hash of all words (0: too few to tell).
    """

    articles: Sequence[Article]
    days: NDArray[np.float64]
    languages: Places
    views: Mapping[str, Bag]
    shingles: Ragged
    sequence: Ragged
    marks: Ragged
    heads: Ragged
    whole: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def without_copies(self) -> Texts:
        """The same without what only copies are found by: a third of the memory. How many words a text has stays."""
        none = Ragged(np.zeros(len(self) + 1, np.int64), np.zeros(0, np.uint32))
        return replace(self, shingles=none, marks=none, sequence=Ragged(self.sequence.starts, self.sequence.values[:0].copy()))


@dataclass(frozen=True, slots=True)
class _Part:
    """The arrays of a chunk of articles, by name."""

    views: dict[str, Bag]
    rows: dict[str, Ragged]
    whole: NDArray[np.uint64]


def tokens(articles: Iterable[Article], lean: bool = False, views: bool = True) -> Texts:
    """The articles in order of time with their arrays; `lean`: without their texts, which then need no memory.

    Without `views` it is twice as quick: they are for stories, copies need none.
    """
    kept: list[Article] = []
    laid = _Laid()
    laid.add(_part([], views))
    with ThreadPoolExecutor(_WORKERS) as pool:
        for chunks in _batched(_chunks(articles), 8 * _WORKERS):
            for part in pool.map(partial(_part, views=views), chunks):
                laid.add(part)
            kept.extend(replace(article, text="") if lean else article for chunk in chunks for article in chunk)
    return _ordered(kept, laid)


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    chunk: list[Article] = []
    size = 0
    for article in articles:
        chunk.append(article)
        size += min(len(article.text), LONGEST) + len(article.title)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _batched(chunks: Iterator[list[Article]], size: int) -> Iterator[list[list[Article]]]:
    while batch := list(islice(chunks, size)):
        yield batch


def _part(articles: Sequence[Article], views: bool) -> _Part:
    """The arrays of a chunk: pure."""
    count = len(articles)
    body = scanned([article.text for article in articles], stems=views)
    title = scanned([article.title for article in articles] if views else [], grams=views)
    rows = {
        "shingles": _shingles(body, count),
        "sequence": _ragged(count, body.text, _marked(body), body.place < SEQUENCE),
        "marks": _marks(body, count),
        "heads": _heads(title, body, count),
    }
    return _Part(_views(title, body, count) if views else {}, rows, _whole(body, count, articles))


def _views(title: Words, body: Words, count: int) -> dict[str, Bag]:
    """What a story is told by: titles, and the heads of texts."""
    named, said, head = _told(title), _told(body), body.place < HEAD
    capital = body.capital & ~body.opens & head
    return {
        "words": _bag(count, (title.text, title.hash, named, 3), (body.text, body.hash, said & head, 1)),
        "stems": _bag(count, (title.text, title.stem, named, 3), (body.text, body.stem, said & head, 1)),
        "lead": _bag(count, (title.text, title.hash, named, 1), (body.text, body.hash, said & (body.place < LEAD), 1)),
        "names": _bag(count, (title.text, title.hash, named & title.capital, 1), (body.text, body.hash, said & capital, 1)),
        "grams": _grams(title, count),
    }


def _told(words: Words) -> NDArray[np.bool_]:
    """Words that say something by themselves: not the single letters of abbreviations."""
    return (words.length > 1) | words.paired | words.digit


def _bag(count: int, *fields: tuple[Places, NDArray[np.uint64], NDArray[np.bool_], int]) -> Bag:
    """Features of fields `(text, hash, which of them, weight)`, summed."""
    keys = [
        (text[kept].astype(np.int64) << (_BITS + 8)) | ((hashes[kept] & _FEATURE).astype(np.int64) << 8) | weight
        for text, hashes, kept, weight in fields
    ]
    key = np.sort(np.concatenate(keys))
    pair = key >> 8
    firsts = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1]))) if len(pair) else np.zeros(0, np.int64)
    sums = np.add.reduceat(key & 0xFF, firsts) if len(pair) else np.zeros(0, np.int64)
    pair = pair[firsts]
    starts = np.searchsorted(pair >> _BITS, np.arange(count + 1))
    return Bag(starts, (pair & (WIDTH - 1)).astype(np.int32), np.minimum(sums, 255).astype(np.uint8))


def _grams(title: Words, count: int) -> Bag:
    """Runs of three letters in the words of a title, their ends marked: endings and compounds fall together."""
    told = (common.shares(WIDTH)[(title.hash & _FEATURE).astype(np.int64)] < 1)[title.gram_word]
    return _bag(count, (title.text[title.gram_word], title.gram, told, 1))


def _shingles(body: Words, count: int) -> Ragged:
    size = _SHINGLE - 1
    if len(body.hash) <= size:
        return Ragged(np.zeros(count + 1, np.int64), np.zeros(0, np.uint32))
    run = body.hash[:-2] * np.uint64(3)
    run += body.hash[1:-1] * np.uint64(5)
    run += body.hash[2:] * np.uint64(7)
    run = mixed(run)
    kept = (run & _SAMPLED == 0) & (body.text[size:] == body.text[:-size])
    return _distinct(count, body.text[:-size][kept], (run[kept] >> np.uint64(32)))


def _marked(body: Words) -> NDArray[np.uint16]:
    """Words in sixteen bits, of which the last says whether it is a name or a figure."""
    return ((body.hash & np.uint64(0xFFFE)) | _is_mark(body).astype(np.uint64)).astype(np.uint16)


def _is_mark(body: Words) -> NDArray[np.bool_]:
    return body.digit | (body.capital & ~body.opens)


def _marks(body: Words, count: int) -> Ragged:
    """Names (with a capital, not at the head of a sentence) and figures: what a template swaps."""
    kept = _is_mark(body) & (body.place < SEQUENCE)
    return _distinct(count, body.text[kept], body.hash[kept] >> np.uint64(32))


def _heads(title: Words, body: Words, count: int) -> Ragged:
    """Words of the title that the text writes with a capital inside a sentence, and never small."""
    if not len(title.hash):
        return Ragged(np.zeros(count + 1, np.int64), np.zeros(0, np.int32))
    features = [(words.hash & _FEATURE).astype(np.int64) for words in (title, body)]
    asked = np.zeros(WIDTH, np.bool_)
    asked[features[0]] = True
    met = np.flatnonzero(asked[features[1]])  # few of the text's words are in any title: only these are compared by text
    key, said = (title.text << _BITS) | features[0], (body.text[met] << _BITS) | features[1][met]
    capital, opens = body.capital[met], body.opens[met]
    named = title.capital & np.isin(key, said[capital & ~opens]) & ~np.isin(key, said[~capital])
    found = once(key[named])
    return Ragged(np.searchsorted(found >> _BITS, np.arange(count + 1)), (found & (WIDTH - 1)).astype(np.int32))


def _distinct(count: int, text: Places, values: NDArray[np.uint64]) -> Ragged:
    keys = once((text.astype(np.uint64) << np.uint64(32)) | values)
    starts = np.searchsorted(keys, np.arange(count + 1, dtype=np.uint64) << np.uint64(32))
    return Ragged(starts.astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32))


def _ragged(count: int, text: Places, values: NDArray[Any], kept: NDArray[np.bool_]) -> Ragged:
    return Ragged(np.searchsorted(text[kept], np.arange(count + 1)), values[kept])


def _whole(body: Words, count: int, articles: Sequence[Article]) -> NDArray[np.uint64]:
    """A hash of the words of each text in their order, with its length where it was not read to its end."""
    sums = np.zeros(len(body.hash) + 1, np.uint64)
    np.cumsum(mixed(body.hash + body.place.astype(np.uint64)), out=sums[1:])
    starts = np.searchsorted(body.text, np.arange(count + 1))
    found: NDArray[np.uint64] = sums[starts[1:]] - sums[starts[:-1]]
    found += np.array([_rest(article.text) for article in articles], np.uint64)
    found[np.diff(starts) < LEAST_WORDS] = 0
    return found


def _rest(text: str) -> int:
    """A number for what stands behind the characters that are read; 0 where nothing does."""
    return zlib.crc32(text[LONGEST:].casefold().encode("utf-8", "surrogatepass")) if len(text) > LONGEST else 0


@dataclass(slots=True)
class _Growing:
    """An array that grows at its end. It is copied when it has doubled; what is not filled yet takes no memory."""

    values: NDArray[Any]
    used: int = 0

    def extend(self, more: NDArray[Any]) -> None:
        """Put `more` behind what is there."""
        if self.used + len(more) > len(self.values):
            grown = np.empty(max(2 * len(self.values), self.used + len(more)), more.dtype)
            grown[: self.used] = self.values[: self.used]
            self.values = grown
        self.values[self.used : self.used + len(more)] = more
        self.used += len(more)


class _Laid:
    """The arrays of all parts laid end to end as they come: kept small, they would leave memory in pieces that nobody can use."""

    def __init__(self) -> None:
        self._arrays: dict[str, dict[str, _Growing]] = {}

    def add(self, part: _Part) -> None:
        """Lay a part behind the others."""
        for name, bag in part.views.items():
            self._add(f"view {name}", sizes=np.diff(bag.starts), features=bag.features, counts=bag.counts)
        for name, row in part.rows.items():
            self._add(name, sizes=np.diff(row.starts), values=row.values)
        self._add("whole", values=part.whole)

    def _add(self, name: str, **arrays: NDArray[Any]) -> None:
        mine = self._arrays.setdefault(name, {})
        for kind, values in arrays.items():
            mine.setdefault(kind, _Growing(values[:0])).extend(values)

    def views(self) -> list[str]:
        """The names of the views."""
        return [name.removeprefix("view ") for name in self._arrays if name.startswith("view ")]

    def taken(self, name: str) -> dict[str, NDArray[Any]]:
        """The arrays of this name, which are given away: nobody needs them in this order any more."""
        return {kind: one.values[: one.used] for kind, one in self._arrays.pop(name).items()}


def _ordered(articles: list[Article], laid: _Laid) -> Texts:
    """What was laid end to end, in order of time: what came in another order gives the same arrays."""
    order = sorted(range(len(articles)), key=lambda at: ((articles[at].published or articles[at].first_seen), articles[at].id))
    rows = np.array(order, np.int64)
    listed = [articles[at] for at in order]
    names = sorted({_language(article) for article in listed} - {""})
    number = {name: at for at, name in enumerate(names)} | {"": -1}
    return Texts(
        articles=listed,
        days=np.array([article.published.timestamp() / 86400 if article.published else np.nan for article in listed]),
        languages=np.array([number[_language(article)] for article in listed], np.int64),
        views={name: _bag_taken(laid.taken(f"view {name}"), rows) for name in laid.views()},
        whole=laid.taken("whole")["values"][rows],
        **{name: _taken(laid.taken(name), rows) for name in ("shingles", "sequence", "marks", "heads")},
    )


def _language(article: Article) -> str:
    return article.language.replace("_", "-").split("-")[0].casefold()


def _bag_taken(arrays: Mapping[str, NDArray[Any]], rows: Places) -> Bag:
    order = _Order.of(arrays["sizes"], rows)
    return Bag(order.new, order.taken(arrays["features"]), order.taken(arrays["counts"]))


def _taken(arrays: Mapping[str, NDArray[Any]], rows: Places) -> Ragged:
    order = _Order.of(arrays["sizes"], rows)
    return Ragged(order.new, order.taken(arrays["values"]))


@dataclass(frozen=True, slots=True)
class _Order:
    """Where rows that are laid end to end stand (`old`), how long they are, and where they are to stand (`new`)."""

    rows: Places
    sizes: Places
    old: Places
    new: Places

    @classmethod
    def of(cls, sizes: Places, rows: Places) -> _Order:
        """The order in which `rows` stand one behind the other."""
        return cls(rows, sizes, np.cumsum(sizes) - sizes, np.concatenate(([0], np.cumsum(sizes[rows]))))

    def taken(self, values: NDArray[Any]) -> NDArray[Any]:
        """The values in the new order; some rows at a time, so that it needs no more memory than they do."""
        if (self.rows[1:] > self.rows[:-1]).all():
            return values
        found = np.empty_like(values)
        for begin in range(0, len(self.rows), ROWS):
            rows = self.rows[begin : begin + ROWS]
            new = self.new[begin : begin + len(rows) + 1]
            places = np.arange(new[0], new[-1]) + np.repeat(self.old[rows] - new[:-1], self.sizes[rows])
            found[new[0] : new[-1]] = values[places]
        return found
