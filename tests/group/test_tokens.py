"""What engines see of a list of articles."""

from __future__ import annotations

import random
import sys
from dataclasses import fields
from datetime import timedelta

import numpy as np
import pytest

from digest.group.laid import Bag, Ragged
from digest.group.scan import scanned
from digest.group.tokens import WIDTH, Texts, tokens
from tests.group.made import HARBOUR
from tests.made import FERRY, SEEN, WEIR, article


def feature(word: str) -> int:
    return int(scanned([word]).hash[0] % np.uint64(WIDTH))


def count(texts: Texts, view: str, word: str, row: int = 0) -> int:
    bag = texts.views[view]
    low, high = bag.starts[row], bag.starts[row + 1]
    return int(bag.counts[low:high][bag.features[low:high] == feature(word)].sum())


def test_the_title_counts_three_times_and_the_opening_has_a_view_of_its_own() -> None:
    texts = tokens([article(text="The ferry sails. " + "wave " * 60 + "ferry", title="Ferry late")])
    assert count(texts, "words", "ferry") == 5
    assert count(texts, "lead", "ferry") == 2
    assert count(texts, "words", "late") == 3


def test_names_are_written_with_a_capital_inside_a_sentence() -> None:
    texts = tokens([article(text="Divers went to Port Ellery. Boats left.", title="")])
    assert [count(texts, "names", word) for word in ("Port", "Ellery", "Divers", "Boats", "went")] == [1, 1, 0, 0, 0]


def test_only_the_head_of_a_text_tells_the_story() -> None:
    texts = tokens([article(text=" ".join(f"word{number}" for number in range(900)), title="")])
    assert len(texts.views["words"].features) == pytest.approx(400, abs=2)
    assert len(texts.sequence.values) == 800


def test_days_are_those_of_publication_or_unknown() -> None:
    texts = tokens([article("a1"), article("a2", published=None)])
    assert np.isnan(texts.days).tolist() == [False, True]
    assert texts.days[0] * 86400 == pytest.approx(SEEN.timestamp())


def test_a_million_articles_leave_their_texts_behind() -> None:
    full, lean = tokens([article()]), tokens([article()], lean=True)
    assert [one.text for one in full] == [FERRY]
    assert [one.text for one in lean] == [""]
    assert len(lean) == 1
    assert (lean.whole == full.whole).all()


def test_the_order_and_the_cut_of_the_articles_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [FERRY, WEIR, HARBOUR, ""] * 5
    made = [article(f"a{at}", text, title=text[:30], published=SEEN + timedelta(hours=at % 5)) for at, text in enumerate(texts)]
    first = tokens(made)
    random.Random(3).shuffle(made)  # noqa: S311 - any order will do
    monkeypatch.setattr(sys.modules["digest.group.tokens"], "_CHUNK", 1)
    second = tokens(made)
    assert list(first) == list(second)
    assert all(
        same(getattr(first, part.name), getattr(second, part.name)) for part in fields(Texts) if part.name not in {"articles", "views"}
    )
    assert all(same(first.views[name], second.views[name]) for name in first.views)


def same(one: object, two: object) -> bool:
    if isinstance(one, Bag | Ragged):
        return all(same(getattr(one, part.name), getattr(two, part.name)) for part in fields(one))
    assert isinstance(one, np.ndarray)
    assert isinstance(two, np.ndarray)
    return bool(np.array_equal(one, two, equal_nan=one.dtype.kind == "f"))


def test_texts_that_part_behind_what_is_read_are_two() -> None:
    head = "wave " * 20_000
    one, two, three = tokens([article("a1", head + "left"), article("a2", head + "right"), article("a3", head + "left")]).whole
    assert one == three != two


def test_copies_need_no_views_and_have_the_same_arrays_without_them() -> None:
    made = [article("a1", f"{FERRY} {WEIR}"), article("a2", WEIR, title="Weir lowered"), article("a3", "")]
    whole, copies = tokens(made), tokens(made, views=False)
    assert not copies.views
    assert not len(copies.heads.values)
    for name in ("shingles", "sequence", "marks"):
        one, two = getattr(whole, name), getattr(copies, name)
        assert one.starts.tolist() == two.starts.tolist()
        assert one.values.tolist() == two.values.tolist()
    assert whole.whole.tolist() == copies.whole.tolist()
