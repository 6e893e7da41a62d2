"""All engines together: every article once, in any order, whatever its text."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import SettingsError
from digest.group import ENGINES, Engine, Texts, engines, group, grouping
from digest.model import Article, Link, LinkKind
from digest.settings import GroupTable
from tests.group.made import FERRY_RIVAL, HARBOUR, grouped, joined, sets
from tests.group.test_near import EDITS
from tests.group.test_story import WEEK
from tests.made import FERRY, SEEN, article

COPIES = tuple(
    article(f"copy-{number}", text, title=name, source=f"Paper {number}", published=SEEN + timedelta(hours=number))
    for number, (name, text) in enumerate(EDITS.items(), 1)
)
ALL = (*WEEK, article("dredge", HARBOUR, title="Dredgers to work at night"), *COPIES)


class FirstLetterEngine:
    """Links articles whose titles begin alike, and counts for nothing else."""

    name = "first letter"

    def __init__(self, options: GroupTable) -> None:
        self.most = options.max_size

    def links(self, texts: Texts) -> Iterable[Link]:
        for left, right in combinations(sorted(texts, key=lambda one: one.id), 2):
            if left.title[:1] == right.title[:1]:
                yield Link(left.id, right.id, LinkKind.SAME_STORY, 1.0, self.name)


def test_every_article_stands_in_one_group() -> None:
    assert sorted(one for found in sets(grouped(ALL)) for one in found) == sorted(one.id for one in ALL)


def test_edited_copies_are_one_bundle_with_the_first_as_original() -> None:
    found = next(found for found in grouped(ALL) if "dredge" in {one.id for one in found.articles})
    assert {one.id for one in found.articles} == {"dredge", *(one.id for one in COPIES)}
    assert found.copies == {one.id: "dredge" for one in COPIES}


def test_every_group_of_several_says_what_joined_it() -> None:
    for found in grouped(ALL):
        assert bool(found.links) == (len(found.articles) > 1)
        for link in found.links:
            assert link.left < link.right
            assert link.signals == tuple(sorted(link.signals))
            assert link.signals
            assert 0 < link.score <= 1


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_the_articles_changes_nothing(seed: int) -> None:
    shuffled = list(ALL)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - any order will do
    assert grouped(shuffled) == grouped(ALL)


def test_the_hash_seed_changes_nothing() -> None:
    script = "from tests.group.test_group import ALL, grouped\nprint(grouped(ALL))"
    told = {
        subprocess.run(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "2", "33")
    }
    assert len(told) == 1
    assert b"copy-1" in told.pop()


STRANGE = {
    "empty": "",
    "white": " \n\t ",
    "one character": "x",
    "digits alone": "1 22 333 4444 " * 20,
    "punctuation": "?!… " * 40,
    "one word for ever": "wave " * 5000,
    "one long word": "w" * 100_000,
    "no spaces": "港口新闻报道轮渡搁浅" * 60,
    "emoji": "🌊" * 500,
    "right to left": "ميناء العبارة توقفت قرب الجزيرة " * 30,
    "surrogates": "\ud800 lone \udfff " * 20,
    "a megabyte": "The ferry sails at nine and comes back at noon each day of the week. " * 15_000,
    "a megabyte of other words": " ".join(f"w{number}" for number in range(150_000)),
}


def test_strange_texts_are_grouped_like_any_other() -> None:
    odd = [article(name, text, title=text[:80]) for name, text in STRANGE.items()]
    groups = grouped((*odd, article("ferry-1"), article("ferry-2", FERRY_RIVAL, title="81 saved as Morning Star strikes sandbank")))
    assert sorted(one for found in sets(groups) for one in found) == sorted([*STRANGE, "ferry-1", "ferry-2"])
    assert ["ferry-1", "ferry-2"] in sets(groups)


TEXTS = (
    st.text(max_size=200) | st.sampled_from([FERRY, FERRY_RIVAL, HARBOUR, ""]) | st.text("ab .1", max_size=60).map(lambda text: text * 9)
)


@given(made=st.lists(st.builds(lambda title, text, day: (title, text, day), TEXTS, TEXTS, st.none() | st.integers(0, 20)), max_size=6))
@settings(max_examples=80, deadline=None)
def test_whatever_articles_say_each_stands_in_one_group(made: list[tuple[str, str, int | None]]) -> None:
    articles = [
        article(f"a{at}", text, title=title, published=None if day is None else SEEN + timedelta(days=day))
        for at, (title, text, day) in enumerate(made)
    ]
    assert sorted(one for found in sets(grouped(articles)) for one in found) == [one.id for one in articles]


def test_many_copies_in_many_papers_are_one_text() -> None:
    papers = [article(f"a{number:02}", f"{HARBOUR} Paper {number}, page {number}.", source=f"Paper {number}") for number in range(30)]
    (found,) = grouped(papers)
    assert len(found.copies) == 29


def test_the_engines_are_the_configured_ones_in_order() -> None:
    assert [engine.name for engine in engines(GroupTable())] == ["exact", "near", "story"]
    assert [engine.name for engine in engines(GroupTable(engines=["story", "exact"]))] == ["story", "exact"]


def test_an_engine_left_out_claims_nothing() -> None:
    assert joined(*WEEK, options=GroupTable(engines=["exact", "near"])) == []
    assert joined(*WEEK, options=GroupTable(engines=[])) == []


def test_an_engine_that_there_is_not_is_named_with_the_nearest() -> None:
    with pytest.raises(SettingsError, match=r"`group.engines` is 'stroy'; did you mean 'story'\?") as caught:
        grouped(WEEK, GroupTable(engines=["exact", "stroy"]))
    assert "allowed: exact, near, story" in caught.value.fix


def test_a_stranger_plugs_in_by_module_and_name() -> None:
    options = GroupTable(engines=["tests.group.test_group:FirstLetterEngine"])
    (engine,) = engines(options)
    assert engine.name == "first letter"
    articles: list[Article] = [article("a1", title="Tide"), article("a2", title="Train"), article("a3", title="Weir")]
    assert joined(*articles, options=options) == [{"a1", "a2"}]


def made_engine(_: GroupTable) -> Engine:
    """A function that makes an engine is as good as a class."""
    return FirstLetterEngine(GroupTable())


def test_a_function_plugs_in_too() -> None:
    options = GroupTable(engines=["tests.group.test_group:made_engine"])
    assert joined(article("a1", title="Tide"), article("a2", title="Train"), options=options) == [{"a1", "a2"}]


def test_the_evidence_of_some_groups_is_what_they_have_among_all() -> None:
    found = grouping(ALL, GroupTable())
    every = group(ALL, GroupTable())
    assert [one.articles for one in found.groups()] == [one.articles for one in every]
    assert not any(one.links or one.near_misses for one in found.groups())
    assert any(one.links for one in every)
    for at in range(0, len(every), 2):
        assert found.explained([found.groups()[at]]) == (every[at],)
    assert found.explained(found.groups()[::-1]) == every[::-1]
    assert found.explained([]) == ()


def test_without_their_texts_and_their_evidence_the_groups_are_the_same() -> None:
    whole, lean = group(ALL, GroupTable()), group(ALL, GroupTable(), evidence=False)
    assert [(sets([one]), one.copies) for one in whole] == [(sets([one]), one.copies) for one in lean]
    assert all(not article.text and not one.links for one in lean for article in one.articles)


def test_no_views_are_made_where_no_engine_asks_for_them() -> None:
    seen: list[int] = []

    class Looking:
        name = "looking"
        views = False

        def __init__(self, options: GroupTable) -> None:
            del options

        def links(self, texts: Texts) -> list[Link]:
            seen.append(len(texts.views))
            return []

    class Asking(Looking):
        views = True

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(ENGINES, "looking", Looking)
        patch.setitem(ENGINES, "asking", Asking)
        group(ALL, GroupTable(engines=["exact", "near", "looking"]))
        group(ALL, GroupTable(engines=["exact", "looking", "asking"]))
    assert seen == [0, 5, 5]
