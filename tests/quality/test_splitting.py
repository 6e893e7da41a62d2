"""A floor under splitting, over many renderings of the same items. Never lower it without saying why."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.evaluate.split import articles, is_found
from digest.model import Article
from tests.clean.renderings import RENDERINGS, Rendered, rendered, reports, sets

CASES = Path(__file__).parents[1] / "cases" / "split"
# November 2026: .93 to 1.0 in every form; the texts are those that the rules were tuned on, their renderings are not.
FLOOR = 0.9  # F1 in each form
_STEP = 3  # every third set: about twelve letters a form, two seconds
# Forms that say by themselves that their headings are items: a link or a rule at each, a table of them, a number.
SAID = frozenset(
    {"h3-linked", "cells", "bold-ruled", "plain-ruled", "plain-linked", "wrapped-ruled", "markdown-ruled", "numbered", "numbered-html"}
)


@pytest.mark.parametrize("form", sorted(RENDERINGS))
def test_items_are_found_whatever_letter_holds_them(form: str, tmp_path: Path) -> None:
    found = made = wanted = 0
    for _, items in list(sets(CASES))[::_STEP]:
        hits, produced, expected = _read(rendered(items, form), tmp_path)
        found, made, wanted = found + hits, made + produced, wanted + expected
    assert wanted > 30
    assert 2 * found / (made + wanted) >= FLOOR


@pytest.mark.parametrize("form", sorted(set(RENDERINGS) - SAID))
def test_a_report_with_sub_headings_stays_one(form: str, tmp_path: Path) -> None:
    told = list(reports(CASES))
    assert len(told) >= 5
    split = [name for name, report in told if len(_articles(report.rendered(form), tmp_path)) != 1]
    assert split == []


def _read(document: Rendered, place: Path) -> tuple[int, int, int]:
    """How many items were found, how many articles came out, how many items there are."""
    made = _articles(document, place)
    return sum(any(is_found(item, article) for article in made) for item in document.items), len(made), len(document.items)


def _articles(document: Rendered, place: Path) -> tuple[Article, ...]:
    file = place / document.name
    file.write_text(document.content, encoding="utf-8")
    return tuple(articles(file))
