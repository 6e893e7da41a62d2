"""Reports in two languages are one story where a model says so; without the model everything says what is missing."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import SettingsError
from digest.group import embeddings, group
from digest.group.embeddings import GRID, WEAKEST, EmbeddingsEngine, on_grid
from digest.group.join import AVERAGE
from digest.group.tokens import tokens
from digest.model import Article
from digest.settings import GroupTable
from tests.group.made import joined, linked
from tests.made import FERRY, SEEN, WEIR, article

FERRY_DE = (
    "Die Fähre Morning Star ist am Dienstagabend vor Port Ellery mit 84 Menschen an Bord auf Grund gelaufen. "
    "Rettungsboote brachten alle vor Mitternacht an Land, teilte die Küstenwache mit."
)
# What a model knows: of each word, in any language, the direction that it points to.
MEANINGS = {"ferry": 0, "fähre": 0, "aground": 1, "grund": 1, "coastguard": 2, "küstenwache": 2, "weir": 3, "wehr": 3, "crack": 4}


class Model:
    """A static model as model2vec has them: the mean of what the words of a text point to."""

    @classmethod
    def from_pretrained(cls, path: Path) -> Model:
        assert path.is_dir(), "a name would be fetched"
        return cls()

    def encode(self, texts: Sequence[str], use_multiprocessing: bool) -> np.ndarray[Any, Any]:
        assert not use_multiprocessing
        found = np.zeros((len(texts), 5), np.float32)
        for row, text in zip(found, texts, strict=True):
            for word in text.casefold().replace(".", " ").replace(",", " ").split():
                if word in MEANINGS:
                    row[MEANINGS[word]] += 1
        return found


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    library = ModuleType("model2vec")
    library.__dict__["StaticModel"] = Model
    monkeypatch.setitem(sys.modules, "model2vec", library)
    (tmp_path / "model.safetensors").touch()
    return tmp_path


def week(**german: Any) -> list[Article]:
    return [
        article("a1", FERRY, language="en"),
        article("b1", FERRY_DE, title="Fähre auf Grund, alle gerettet, sagt die Küstenwache", **{"language": "de", **german}),
        article("c1", WEIR, title="Crack closes weir", language="en"),
    ]


def options(model: Path, **more: Any) -> GroupTable:
    return GroupTable(engines=["exact", "near", "story", "embeddings"], embeddings=str(model), **more)


def test_reports_in_two_languages_are_one_story(model: Path) -> None:
    assert joined(*week()) == []
    assert joined(*week(), options=options(model)) == [{"a1", "b1"}]
    (link,) = (link for found in group(week(), options(model)) for link in found.links)
    assert (link.engine, link.left, link.right, [name for name, _ in link.signals]) == ("embeddings", "a1", "b1", ["cosine"])


def test_texts_are_read_though_no_evidence_is_kept(model: Path) -> None:
    assert [len(found.articles) for found in group(week(), options(model), evidence=False)] == [2, 1]


@pytest.mark.parametrize("german", [{"language": "en"}, {"language": ""}, {"published": SEEN + timedelta(days=8)}])
def test_one_language_an_unknown_one_and_a_date_far_away_are_none_of_its_business(model: Path, german: dict[str, Any]) -> None:
    assert linked(EmbeddingsEngine(model), *week(**german)) == []


def test_the_least_cosine_is_where_two_reports_join(model: Path) -> None:
    (link,) = linked(EmbeddingsEngine(model), *week())
    cosine = dict(link.signals)["cosine"]
    assert linked(EmbeddingsEngine(model, least=cosine), *week())[0].score == pytest.approx(AVERAGE, abs=0.002)
    assert linked(EmbeddingsEngine(model, least=min(0.99, cosine * 1.1)), *week())[0].score < AVERAGE


def test_nothing_and_no_words_are_no_trouble(model: Path) -> None:
    assert linked(EmbeddingsEngine(model)) == []
    assert linked(EmbeddingsEngine(model), article("a", "", title=""), article("b", "", title="", language="de")) == []


def test_what_is_missing_is_said_with_its_fix(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError, match=r"`group.embeddings` is empty"):
        group(week(), GroupTable(engines=["embeddings"]))
    with pytest.raises(SettingsError, match="no folder of a model"):
        group(week(), options(tmp_path / "gone"))
    there = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name == "model2vec":
            raise ImportError(name)
        return there(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SettingsError, match="not installed") as caught:
        group(week(), options(model))
    assert "digest-newsroom[embeddings]" in str(caught.value)


@given(values=st.lists(st.integers(0, 4), min_size=1, max_size=24), rows=st.integers(1, 5), columns=st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_pairs_are_those_of_all_pairs_however_the_articles_are_cut(values: list[int], rows: int, columns: int) -> None:
    """Whatever is compared at once, every pair comes once, with its cosine."""
    made = [
        article(f"a{number:02}", "x", published=SEEN + timedelta(days=number / 2), language="de" if value % 2 else "en")
        for number, value in enumerate(values)
    ]
    wide = on_grid(np.array([[1.0, value, value**2] for value in values], np.float32))
    engine, texts = EmbeddingsEngine(Path(), least=0.8), tokens(made)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embeddings, "ROWS", rows)
        patch.setattr(embeddings, "COLUMNS", columns)
        patch.setattr(embeddings, "encoder", lambda _: lambda texts: SimpleNamespace(vectors=wide[: len(texts)]).vectors)
        found = engine.links(texts)
    expected = {
        (one, two)
        for one, two in combinations(range(len(values)), 2)
        if values[one] % 2 != values[two] % 2
        and two - one <= 14
        and min(1.0, AVERAGE * (float(wide[one] @ wide[two]) / GRID**2 / 0.8) ** 4) >= WEAKEST
    }
    assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) == expected
    assert len(found) == len(expected)


def test_a_real_static_model_is_read_from_its_folder(tmp_path: Path) -> None:
    model2vec = pytest.importorskip("model2vec", reason='the extra "embeddings" is not installed')
    tokenizers = pytest.importorskip("tokenizers", reason='the extra "embeddings" is not installed')
    words = ["[UNK]", *MEANINGS]
    numbers = {word: at for at, word in enumerate(words)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(numbers, unk_token="[UNK]"))  # noqa: S106 - a word, no secret
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    vectors = np.zeros((len(words), 5), np.float32)
    for at, word in enumerate(words[1:], 1):
        vectors[at, MEANINGS[word]] = 1
    model2vec.StaticModel(vectors, tokenizer, normalize=True).save_pretrained(tmp_path)
    assert joined(*week(), options=options(tmp_path)) == [{"a1", "b1"}]
