"""Reports of one event in different languages, by the vectors that a model makes of them; the only module that knows model2vec.

Optional: `pip install "digest-newsroom[embeddings]"` and the folder of a static model (a table of vectors, read with
NumPy alone) that stands on this machine. Nothing is ever fetched. Between reports of one language the words say more
than such vectors do (docs/notes/grouping.md), so that this speaks across languages alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.errors import SettingsError
from digest.group.claims import Claims, Places
from digest.group.join import AVERAGE
from digest.group.tokens import Texts
from digest.model import Article, LinkKind
from digest.settings import GroupTable

HEAD = 1_000  # characters of a text that are read, with its title: what happened stands there
STEEP = 4  # power that makes a cosine a score: AVERAGE at `least`, half of that at .84 of it, nearly 1 at five quarters
WEAKEST = 0.2  # scores below are no claims
NEIGHBOURS = 40  # kept an article and block
GRID = 4_096.0  # vectors are laid on a grid, on which products are exact: no order of adding changes a score
ROWS, COLUMNS = 512, 16_384  # articles compared at once

Vectors = NDArray[np.float64]
Encoder = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class EmbeddingsEngine:
    """SAME_STORY claims of reports in two languages whose vectors have a cosine of `least` or more; some below, as near misses."""

    model: Path
    least: float = 0.6
    span: timedelta = timedelta(days=7)
    name: str = "embeddings"

    @classmethod
    def of(cls, options: GroupTable) -> EmbeddingsEngine:
        """As the settings say; raises SettingsError where they name no model."""
        if not options.embeddings:
            raise SettingsError('`group.engines` has "embeddings", and `group.embeddings` is empty', fix="name the folder of a model there")
        return cls(Path(options.embeddings), options.embeddings_least, options.span)

    def links(self, texts: Texts) -> Claims:
        """The claims, each with its cosine."""
        vectors = on_grid(encoder(self.model)([_told(article) for article in texts])) if len(texts) else np.zeros((0, 1))
        found = list(self._near(texts, vectors))
        left, right = (np.concatenate([part[at] for part in found] or [np.zeros(0, np.int64)]) for at in (0, 1))
        cosine = np.concatenate([part[2] for part in found] or [np.zeros(0)])
        return Claims(LinkKind.SAME_STORY, self.name, left, right, self._scores(cosine), {"cosine": cosine})

    def _scores(self, cosine: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.minimum(AVERAGE * (np.maximum(cosine, 0.0) / self.least) ** STEEP, 1.0)

    def _near(self, texts: Texts, vectors: Vectors) -> Iterator[tuple[Places, Places, NDArray[np.float64]]]:
        """Pairs of near articles of two languages inside the span, the earlier first, with their cosines."""
        span = self.span / timedelta(days=1)
        for begin in range(0, len(texts), ROWS):
            rows = slice(begin, begin + ROWS)
            for first in range(begin, len(texts), COLUMNS):
                columns = slice(first, first + COLUMNS)
                cosine = (vectors[rows] @ vectors[columns].T) / GRID**2
                apart = np.nan_to_num(np.abs(texts.days[rows, None] - texts.days[None, columns]))
                languages = texts.languages[rows, None], texts.languages[None, columns]
                foreign = (languages[0] != languages[1]) & (languages[0] >= 0) & (languages[1] >= 0)
                later = np.arange(begin, begin + len(cosine))[:, None] < np.arange(first, first + cosine.shape[1])[None, :]
                cosine[~(foreign & later & (apart <= span) & (self._scores(cosine) >= WEAKEST))] = -1.0
                one, two = _largest(cosine)
                yield one + begin, two + first, cosine[one, two]


def _largest(cosine: NDArray[np.float64]) -> tuple[Places, Places]:
    """Row and column of what is left of each row, the NEIGHBOURS largest at most; of equal ones, the first."""
    order = np.argsort(-cosine, axis=1, kind="stable")[:, :NEIGHBOURS]
    row = np.repeat(np.arange(len(cosine)), order.shape[1])
    column = order.ravel()
    kept = cosine[row, column] >= 0
    return row[kept], column[kept]


def on_grid(vectors: NDArray[np.float32]) -> Vectors:
    """The vectors, each of length one, in whole parts of GRID; one that is nothing stays nothing."""
    wide = np.nan_to_num(vectors.astype(np.float64))
    lengths = np.sqrt((wide**2).sum(axis=1, keepdims=True))
    return np.round(wide / np.where(lengths > 0, lengths, 1.0) * GRID)


def encoder(model: Path) -> Encoder:
    """What makes vectors of texts; raises SettingsError where the library or the model is not there."""
    if not (model / "model.safetensors").is_file():
        raise SettingsError(
            f"`group.embeddings` is {str(model)!r}, which is no folder of a model",
            fix="name a folder with config.json, tokenizer.json and model.safetensors, as model2vec saves them",
        )
    try:
        from model2vec import StaticModel
    except ImportError as error:
        raise SettingsError(
            '`group.engines` has "embeddings", and model2vec is not installed', fix='pip install "digest-newsroom[embeddings]"'
        ) from error
    found = StaticModel.from_pretrained(model)
    return lambda texts: np.asarray(found.encode(texts, use_multiprocessing=False), np.float32)


def _told(article: Article) -> str:
    return f"{article.title}\n{article.text[:HEAD]}"
