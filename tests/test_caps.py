"""How long the parts of an article may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.caps import CAPS, within
from digest.model import Removal

from .made import article


def test_what_fits_stays_the_same_record() -> None:
    found = article(title="x" * 300, tags=("y" * 60,) * 12, authors=("z" * 120,) * 50)
    assert within(found) is found


@pytest.mark.parametrize("part", ["title", "source", "section"])
@pytest.mark.parametrize("unit", ["word ", "x", "词", "👩\u200d"])
def test_a_line_is_cut_and_what_was_cut_is_on_record(part: str, unit: str) -> None:
    long = (unit * 100_000).strip()
    found = within(replace(article(), **{part: long}))  # type: ignore[arg-type]
    kept = getattr(found, part)
    assert len(kept) <= CAPS[part].characters
    assert kept.endswith("…")
    (removed,) = found.removed
    assert removed.rule == f"{part} beyond {CAPS[part].characters} characters"
    assert (kept[:-1] + removed.text).replace(" ", "") == long.replace(" ", "").rstrip("\u200d") or unit == "👩\u200d"
    assert within(found) is found


def test_too_many_values_are_on_record_one_by_one() -> None:
    found = within(article(tags=tuple(map(str, range(15))), authors=("a" * 200,)))
    assert found.tags == tuple(map(str, range(12)))
    assert [one.rule for one in found.removed] == ["authors beyond 120 characters", *["tags beyond the first 12"] * 3]
    assert [one.text for one in found.removed[1:]] == ["12", "13", "14"]
    assert within(found) is found


@pytest.mark.parametrize("unit", ["Word after word. ", "One paragraph of some words.\n\n", "x"])
def test_a_book_is_cut_at_a_paragraph_or_a_space(unit: str) -> None:
    text = (unit * (1_000_000 // len(unit))).strip()
    found = within(article(text=text, removed=(Removal("cookie", "x"),)))
    assert len(found.text) <= CAPS["text"].characters
    assert text.startswith(found.text)
    assert [one.rule for one in found.removed] == ["cookie", "text beyond 400,000 characters"]
    assert "".join((found.text + found.removed[1].text).split()) == "".join(text.split())
    assert unit == "x" or found.text.split()[-1] in {"Word", "after", "word.", "words."}
    assert within(found) is found
