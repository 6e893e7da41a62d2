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
from digest.group.laid import Bag, Laid, Part, Places, Ragged
from digest.group.letters import mixed
from digest.group.passed import Passed
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


def tokens(articles: Iterable[Article], lean: bool = False, views: bool = True, kept: Passed | None = None) -> Texts:
    """The articles in order of time with their arrays; `lean`: without their texts, which then need no memory.

    Without `views` it is twice as quick: they are for stories, copies need none. `kept`: what the last run left for this one.
    """
    listed: list[Article] = []
    laid = Laid()
    coming = _listing(articles, listed, lean=lean)
    if kept:
        kept.lay(laid, views=views)
        coming = kept.unknown(coming)
    laid.add(_part([], views))
    with ThreadPoolExecutor(_WORKERS) as pool:
        for chunks in _batched(_chunks(coming), 8 * _WORKERS):
            for part in pool.map(partial(_part, views=views), chunks):
                laid.add(part)
                if kept:
                    kept.took(part)
    return _ordered(listed, np.array(kept.rows, np.int64) if kept else np.arange(len(listed)), laid)


def _listing(articles: Iterable[Article], listed: list[Article], *, lean: bool) -> Iterator[Article]:
    for article in articles:
        listed.append(replace(article, text="") if lean else article)
        yield article


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


def _part(articles: Sequence[Article], views: bool) -> Part:
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
    return Part(_views(title, body, count) if views else {}, rows, _whole(body, count, articles))


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


def _ordered(articles: list[Article], rows: Places, laid: Laid) -> Texts:
    """What was laid end to end, of each article in its row, in order of time: what came in another order gives the same arrays."""
    order = sorted(range(len(articles)), key=lambda at: ((articles[at].published or articles[at].first_seen), articles[at].id))
    rows = rows[np.array(order, np.int64)]
    listed = [articles[at] for at in order]
    names = sorted({_language(article) for article in listed} - {""})
    number = {name: at for at, name in enumerate(names)} | {"": -1}
    return Texts(
        articles=listed,
        days=np.array([article.published.timestamp() / 86400 if article.published else np.nan for article in listed]),
        languages=np.array([number[_language(article)] for article in listed], np.int64),
        views={name: laid.bag(name, rows) for name in laid.views()},
        whole=laid.whole(rows),
        **{name: laid.row(name, rows) for name in ("shingles", "sequence", "marks", "heads")},
    )


def _language(article: Article) -> str:
    return article.language.replace("_", "-").split("-")[0].casefold()
