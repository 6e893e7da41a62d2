"""Links to groups: every article once, no chains, and the same groups that a slow, plain reading of the rule gives."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.group.join import AVERAGE, COPY_AVERAGE, SAME, TIGHT, TIGHT_TO_ONE, Guard, join
from digest.model import Article, Link, LinkKind
from tests.group.made import copy, same, sets
from tests.made import SEEN, article

HOUR = timedelta(hours=1)


def some(names: str) -> list[Article]:
    """An article a letter, an hour apart."""
    return [article(name, published=SEEN + number * HOUR) for number, name in enumerate(names)]


def test_without_links_every_article_is_a_group_of_its_own() -> None:
    assert sets(join(some("abc"), [], Guard())) == [["a"], ["b"], ["c"]]
    assert join([], [], Guard()) == ()


def test_one_link_joins_two() -> None:
    link = same("a", "c", 0.5)
    groups = join(some("abc"), [link], Guard())
    assert sets(groups) == [["a", "c"], ["b"]]
    assert groups[0].links == (link,)
    assert groups[0].copies == {}


def test_a_weak_link_joins_nothing() -> None:
    assert sets(join(some("ab"), [same("a", "b", AVERAGE - 0.01)], Guard())) == [["a"], ["b"]]
    assert sets(join(some("ab"), [same("a", "b", AVERAGE)], Guard())) == [["a", "b"]]


def test_a_chain_does_not_join_on_one_strong_link() -> None:
    links = [same("a", "b", 0.9), same("b", "c", 0.3)]
    assert sets(join(some("abc"), links, Guard())) == [["a", "b"], ["c"]]


def test_a_long_chain_falls_into_pairs() -> None:
    links = [same(left, right, 0.35) for left, right in zip("abcdef", "bcdefg", strict=True)]
    assert all(len(found) <= 2 for found in sets(join(some("abcdefg"), links, Guard())))


def test_a_ring_of_strong_links_is_one_story() -> None:
    links = [same(left, right, AVERAGE + 0.01) for left, right in combinations("abcd", 2)]
    assert sets(join(some("abcd"), links, Guard())) == [["a", "b", "c", "d"]]


def test_two_tight_groups_do_not_join_where_they_are_much_looser_together() -> None:
    tight = [same(left, right, 1.0) for left, right in ("ab", "ac", "bc", "de", "df", "ef")]
    loose = [same(left, right, TIGHT - 0.01) for left in "abc" for right in "def"]
    assert sets(join(some("abcdef"), tight + loose, Guard())) == [["a", "b", "c"], ["d", "e", "f"]]
    pair = [same("d", "e", 0.65), *(link for link in loose if link.right != "f")]
    assert sets(join(some("abcde"), tight[:3] + pair, Guard())) == [list("abcde")], "two that are loose themselves may join"


def test_one_joins_a_tight_group_only_where_it_is_not_much_looser() -> None:
    tight = [same(left, right, 1.0) for left, right in ("ab", "ac", "bc")]
    for score, found in ((TIGHT_TO_ONE + 0.01, [list("abcd")]), (TIGHT_TO_ONE - 0.01, [list("abc"), ["d"]])):
        assert sets(join(some("abcd"), tight + [same(left, "d", score) for left in "abc"], Guard())) == found


def test_copies_do_not_chain_either() -> None:
    links = [copy("a", "b", 0.6), copy("b", "c", 0.5), copy("c", "d", 0.5), copy("d", "e", 0.5)]
    assert all(len(found) < 5 for found in sets(join(some("abcde"), links, Guard())))


def test_copies_know_their_original_the_first_in_time() -> None:
    links = [copy("a", "b"), copy("b", "c"), copy("a", "c"), same("c", "d", 0.9), same("a", "d", 0.9), same("b", "d", 0.9)]
    (found,) = join(list(reversed(some("abcd"))), links, Guard())
    assert [one.id for one in found.articles] == ["a", "b", "c", "d"]
    assert found.copies == {"b": "a", "c": "a"}
    assert len(found.links) == 6


def test_a_link_to_one_copy_does_not_speak_for_all() -> None:
    links = [copy(left, right) for left, right in combinations("abc", 2)] + [same("c", "d", 0.5)]
    assert sets(join(some("abcd"), links, Guard())) == [["a", "b", "c"], ["d"]]


def test_a_story_has_at_most_so_many_articles() -> None:
    links = [same(left, right, 0.5) for left, right in combinations("abcdef", 2)]
    assert max(map(len, sets(join(some("abcdef"), links, Guard(max_size=3))))) <= 3
    assert sets(join(some("abcdef"), links, Guard(max_size=6))) == [list("abcdef")]


def test_copies_count_in_the_size_of_a_story() -> None:
    links = [copy("a", "b"), copy("c", "d"), *(same(left, right, 0.9) for left in "ab" for right in "cd")]
    assert sets(join(some("abcd"), links, Guard(max_size=3))) == [["a", "b"], ["c", "d"]]
    assert sets(join(some("abcd"), links, Guard(max_size=4))) == [["a", "b", "c", "d"]]


def test_copies_of_one_text_stay_together_however_many_they_are() -> None:
    links = [copy(left, right) for left, right in combinations("abcdef", 2)]
    assert sets(join(some("abcdef"), links, Guard(max_size=2))) == [list("abcdef")]


def test_a_story_has_at_most_so_long_a_time() -> None:
    articles = [article(name, published=SEEN + days * timedelta(days=1)) for name, days in (("a", 0), ("b", 3), ("c", 6))]
    links = [same(left, right, 0.5) for left, right in combinations("abc", 2)]
    assert sets(join(articles, links, Guard(span=timedelta(days=6)))) == [["a", "b", "c"]]
    assert sets(join(articles, links, Guard(span=timedelta(days=5)))) == [["a", "b"], ["c"]]


def test_an_article_without_a_date_joins_at_any_time() -> None:
    articles = [article("a"), article("b", published=None, first_seen=SEEN + timedelta(days=400)), article("c", published=None)]
    links = [same(left, right, 0.5) for left, right in combinations("abc", 2)]
    assert sets(join(articles, links, Guard(span=HOUR))) == [["a", "c", "b"]]


def test_a_late_reprint_does_not_part_a_text_from_its_story() -> None:
    articles = [article("a"), article("b", published=SEEN + timedelta(days=30)), article("c", published=SEEN + HOUR)]
    links = [copy("a", "b"), same("a", "c", 0.9), same("b", "c", 0.9)]
    assert sets(join(articles, links, Guard(span=timedelta(days=2)))) == [["a", "c", "b"]]


def test_an_undated_copy_does_not_hide_the_date_of_its_original() -> None:
    early = article("a", published=None, first_seen=SEEN - timedelta(days=90))
    articles = [early, article("b"), article("c", published=SEEN + timedelta(days=30))]
    links = [copy("a", "b"), same("a", "c", 0.9), same("b", "c", 0.9)]
    assert sets(join(articles, links, Guard(span=timedelta(days=2)))) == [["a", "b"], ["c"]]


def test_links_to_articles_that_are_not_there_are_passed_over() -> None:
    assert sets(join(some("ab"), [same("a", "gone", 0.9), same("gone", "z", 0.9)], Guard())) == [["a"], ["b"]]


def test_of_two_engines_the_better_score_counts_and_both_are_kept() -> None:
    links = [same("a", "b", 0.1), Link("a", "b", LinkKind.SAME_STORY, 0.7, "other")]
    (found,) = join(some("ab"), links, Guard())
    assert {link.engine for link in found.links} == {"made", "other"}


def average_link(
    units: int, ties: dict[tuple[int, int], float], least: float, fits: Guard, groups: Sequence[Sequence[Article]], *, tight: bool = False
) -> list[list[int]]:
    """The rule, read plainly: of all pairs of clusters that may join, join the best until none is good enough; then cut what is loose."""
    clusters: dict[int, Tree] = dict(enumerate(range(units)))
    while True:
        best: tuple[float, int, int] | None = None
        for left, right in combinations(sorted(clusters), 2):
            both = leaves(clusters[left]) + leaves(clusters[right])
            told = [min(dates) for at in both if (dates := [one.published for one in groups[at] if one.published])]
            size = sum(len(groups[at]) for at in both)
            if size > fits.max_size or (told and max(told) - min(told) > fits.span):
                continue
            average = mean(ties, leaves(clusters[left]), leaves(clusters[right]))
            if average >= least and (best is None or (-average, left, right) < best):
                best = (-average, left, right)
        if best is None:
            return sorted(sorted(found) for tree in clusters.values() for found in standing(tree, ties, tight))
        clusters[best[1]] = (clusters[best[1]], clusters.pop(best[2]))


Tree = int | tuple["Tree", "Tree"]


def leaves(tree: Tree) -> list[int]:
    return [tree] if isinstance(tree, int) else leaves(tree[0]) + leaves(tree[1])


def mean(ties: dict[tuple[int, int], float], one: list[int], two: list[int]) -> float:
    return sum(ties.get((min(left, right), max(left, right)), 0.0) for left in one for right in two) / (len(one) * len(two))


def inside(ties: dict[tuple[int, int], float], members: list[int]) -> float:
    pairs = list(combinations(members, 2))
    return sum(ties.get((min(pair), max(pair)), 0.0) for pair in pairs) / len(pairs) if pairs else 0.0


def standing(tree: Tree, ties: dict[tuple[int, int], float], tight: bool) -> list[list[int]]:
    """The parts of a tree whose joinings stand: all below them do, and they are not much looser than what they join."""
    if isinstance(tree, int):
        return [[tree]]
    left, right = (standing(part, ties, tight) for part in tree)
    one, two = leaves(tree[0]), leaves(tree[1])
    alone = min(len(one), len(two)) == 1
    inner = (inside(ties, one), inside(ties, two))
    needed = (TIGHT_TO_ONE * max(inner) if alone else TIGHT * min(inner)) if tight else 0.0
    whole = len(left) == len(right) == 1 and mean(ties, one, two) >= needed
    return [one + two] if whole else left + right


def between(clusters: Sequence[Sequence[int]], scores: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """The average scores between clusters."""
    return {
        (left, right): sum(scores.get((min(one, two), max(one, two)), 0.0) for one in clusters[left] for two in clusters[right])
        / (len(clusters[left]) * len(clusters[right]))
        for left, right in combinations(range(len(clusters)), 2)
    }


def plainly_joined(articles: list[Article], links: list[Link], guard: Guard) -> list[list[str]]:
    """Two rounds of `average_link`: copies to bundles, bundles to stories."""
    number = {one.id: at for at, one in enumerate(articles)}
    scores: dict[LinkKind, dict[tuple[int, int], float]] = {LinkKind.COPY: {}, LinkKind.SAME_STORY: {}}
    for link in links:
        pair = (number[link.left], number[link.right])
        scores[link.kind][pair] = max(scores[link.kind].get(pair, 0.0), link.score)
    copies = scores[LinkKind.COPY]
    one_text = [[at] for at in range(len(articles))]
    for (left, right), score in copies.items():
        if score >= SAME:
            mine, theirs = (next(text for text in one_text if at in text) for at in (left, right))
            if mine is not theirs:
                one_text.remove(theirs)
                mine.extend(theirs)
    texts = sorted(sorted(text) for text in one_text)
    limits = Guard(len(articles) + 1, timedelta.max)
    whole = [[articles[at] for at in text] for text in texts]
    found = average_link(len(texts), between(texts, copies), COPY_AVERAGE, limits, whole)
    bundles = sorted(sorted(at for number in bundle for at in texts[number]) for bundle in found)
    every = {pair: max(scores[kind].get(pair, 0.0) for kind in LinkKind) for pair in scores[LinkKind.SAME_STORY] | copies}
    ties = between(bundles, every)
    stories = average_link(len(bundles), ties, AVERAGE, guard, [[articles[at] for at in bundle] for bundle in bundles], tight=True)
    return sorted(sorted(articles[at].id for bundle in story for at in bundles[bundle]) for story in stories)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Article], list[Link], Guard]:
    """Up to eight articles, links between them, and a guard; scores are halves, quarters and eighths, whose sums are exact."""
    count = draw(st.integers(1, 8))
    days = draw(st.lists(st.none() | st.integers(0, 9), min_size=count, max_size=count))
    articles = []
    for at, day in enumerate(days):
        moment = SEEN + timedelta(days=day or 0, seconds=at)
        articles.append(article(f"a{at}", published=None if day is None else moment, first_seen=moment))
    articles.sort(key=lambda one: (one.published or one.first_seen, one.id))
    articles = [article(f"a{at}", published=one.published, first_seen=one.first_seen) for at, one in enumerate(articles)]
    pairs = draw(st.lists(st.sampled_from(list(combinations(range(count), 2)) or [(0, 0)]), unique=True, max_size=20)) if count > 1 else []
    links = [
        Link(
            f"a{left}", f"a{right}", draw(st.sampled_from([LinkKind.SAME_STORY] * 3 + [LinkKind.COPY])), draw(st.integers(1, 8)) / 8, "made"
        )
        for left, right in pairs
    ]
    return articles, links, Guard(draw(st.integers(2, 8)), timedelta(days=draw(st.integers(0, 9))))


@given(graph=graphs(), seed=st.integers())
@settings(max_examples=300, deadline=None)
def test_groups_are_what_a_plain_reading_of_average_link_gives(graph: tuple[list[Article], list[Link], Guard], seed: int) -> None:
    articles, links, guard = graph
    expected = plainly_joined(articles, links, guard)
    shuffled, order = list(links), list(articles)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - any order will do
    random.Random(seed).shuffle(order)  # noqa: S311
    groups = join(order, shuffled, guard)
    assert sorted(sorted(found) for found in sets(groups)) == expected
    assert groups == join(articles, links, guard)
    assert sorted(one for found in sets(groups) for one in found) == sorted(one.id for one in articles)
    for found in groups:
        assert set(found.copies).isdisjoint(found.copies.values())
        assert {*found.copies, *found.copies.values()} <= {one.id for one in found.articles}
