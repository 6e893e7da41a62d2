"""What one token pass made, for the next run: the arrays of each article that it knows by its title and text need no second pass.

The arrays are kept by the chunk in which they were made, so that a run writes down no more than what is new to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.group.laid import Bag, Laid, Part, Ragged
from digest.group.packed import Arrays, packed
from digest.model import Article

TOKENS = "tokens"  # the kind of what is kept
FEWEST, MOST = 1_000, 32_768  # articles of a run whose arrays are kept, at 5 kB each: fewer pass in a tenth of a second
_WIDE = 32  # bytes of a key


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A chunk of the last run: under which name it is kept, and how many articles it holds, from row `begin` on."""

    name: str
    content: bytes
    begin: int
    size: int


@dataclass(slots=True)
class Passed:
    """The token pass of the last run, by its chunks; of this run: where the arrays of each article were laid (`rows`), and what is new."""

    chunks: Mapping[str, tuple[bytes, Arrays]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    passed: int = 0  # articles that no earlier run knew
    _laid: int = 0  # rows that are laid down, or will be
    _known: dict[bytes, int] = field(default_factory=dict)  # the row of each key
    _before: list[_Chunk] = field(default_factory=list)
    _passing: list[bytes] = field(default_factory=list)  # keys of articles on their way through the pass
    _made: dict[str, bytes] = field(default_factory=dict)

    def lay(self, laid: Laid, *, views: bool) -> None:
        """Lay down what is known, before anything else; `views`: only what has them is of use, or only what has none."""
        for name, (content, arrays) in self.chunks.items():
            part = _part(arrays)
            if bool(part.views) == views:
                keys, size = arrays["keys"].tobytes(), len(part.whole)
                self._known |= {keys[at * _WIDE : (at + 1) * _WIDE]: self._laid + at for at in range(size)}
                self._before.append(_Chunk(name, content, self._laid, size))
                self._laid += size
                laid.add(part)

    def unknown(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles that must pass; the arrays of all others are laid already, or will be for another one of the same words."""
        for article in articles:
            key = _key(article)
            new = key not in self._known
            self.rows.append(self._known.setdefault(key, self._laid))
            if new:
                self._laid += 1
                self.passed += 1
                self._passing.append(key)
                yield article

    def took(self, part: Part) -> None:
        """Keep the arrays of the next of the articles that had to pass, which are laid down behind all others."""
        keys, self._passing = self._passing[: len(part.whole)], self._passing[len(part.whole) :]
        if len(self.rows) > MOST:
            self._made.clear()
            return
        name, content = packed(TOKENS, _arrays(part) | {"keys": np.frombuffer(b"".join(keys), np.uint8)})
        self._made[name] = content

    def written(self) -> dict[str, bytes]:
        """The chunks by their names. One of which less than half is still there is forgotten, and what was in it passes anew."""
        if not FEWEST <= len(self.rows) <= MOST:
            return {}
        used = np.zeros(self._laid, np.int64)
        used[self.rows] = 1
        stay = (chunk for chunk in self._before if 2 * used[chunk.begin : chunk.begin + chunk.size].sum() >= chunk.size)
        return {chunk.name: chunk.content for chunk in stay} | self._made


def _key(article: Article) -> bytes:
    """What stands for all that the pass reads of an article."""
    return hashlib.sha256(f"{len(article.title)} {article.title}{article.text}".encode("utf-8", "surrogatepass")).digest()


_BAG, _ROW = ("starts", "features", "counts"), ("starts", "values")


def _arrays(part: Part) -> dict[str, NDArray[Any]]:
    """The arrays of a chunk by names such as `view/words/starts` and `row/shingles/values`."""
    found: dict[str, NDArray[Any]] = {"whole": part.whole}
    for name, bag in part.views.items():
        found |= {f"view/{name}/{one}": getattr(bag, one) for one in _BAG}
    for name, row in part.rows.items():
        found |= {f"row/{name}/{one}": getattr(row, one) for one in _ROW}
    return found


def _part(arrays: Arrays) -> Part:
    """What `_arrays` took apart."""
    named = [label.split("/") for label in arrays if label.endswith("/starts")]
    views, rows = ([name for kind, name, _ in named if kind == mine] for mine in ("view", "row"))
    return Part(
        {name: Bag(*(arrays[f"view/{name}/{one}"] for one in _BAG)) for name in views},
        {name: Ragged(*(arrays[f"row/{name}/{one}"] for one in _ROW)) for name in rows},
        arrays["whole"],
    )
