"""A pattern is tried only where a word begins like one of its own, and misses nothing by that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.notes.quantities.heads import Words, heads
from digest.notes.quantities.roles import ROLES

STORIES = sorted((Path(__file__).parents[2] / "quality" / "notes").glob("*.json"))[::8]


def test_a_role_is_in_no_sentence_without_a_word_of_its_heads() -> None:
    texts = [article["text"] for story in STORIES for article in json.loads(story.read_bytes())["articles"]]
    sentences = [sentence for text in texts for sentence in text.split(". ")]
    missed = [
        (role.name, sentence)
        for sentence in sentences
        for role in ROLES
        if role.words.heads.isdisjoint(heads(sentence)) and role.words.pattern.search(sentence)
    ]
    assert len(sentences) > 500
    assert missed == []


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        ("killed|dead", {"kil", "dea"}),
        ("(?:the |a )?toll", {"the", "a", "tol"}),
        ("as?|jobs?", {"a", "job"}),
        ("(?:ein|zwei) Jahre?", {"ein", "zwe"}),
    ],
)
def test_heads_are_all_that_an_alternative_may_begin_with(alternatives: str, expected: set[str]) -> None:
    assert Words.of(alternatives).heads == expected


def test_an_alternative_that_begins_with_no_letter_is_refused() -> None:
    with pytest.raises(ValueError, match="no letter"):
        Words.of("[kK]illed")
