"""Where the stories of a round-up end, and what between them is none."""

from __future__ import annotations

import pytest

from digest.clean.draft import LINKS, RULE, TAGS, Block, Form
from digest.clean.edges import ends, is_stray
from tests.clean.made import MARKDOWN, articles

WEIR = "The river board agreed on Monday to lower the weir at Saltreach by a hand’s breadth before the rain."
TRAM = "The night tram will run every twenty minutes again after a winter in which it hardly ran at all."
HIVES = "A miller sold nine hives to the council after a summer in which the bees gave little honey."
GULLS = "Two dockers counted the gulls on the swing bridge and found eleven more than in the year before."


def head(text: str) -> Block:
    return Block(Form.HEADING, text)


def told(text: str) -> Block:
    return Block(Form.TEXT, text)


@pytest.mark.parametrize("sign", [RULE, TAGS, LINKS])
def test_what_stands_behind_the_sign_that_ends_the_others_belongs_to_no_story(sign: int) -> None:
    end = Block(Form.CUT, "", sign)
    stories = [part for text in (WEIR, TRAM, HIVES) for part in (head("A headline"), told(text), end)]
    assert ends([*stories, told("Written by hand every Wednesday in a tower by the sea.")], [0, 3, 6]) == [3, 6, 9]


def test_stories_that_no_sign_ends_run_to_the_next_headline() -> None:
    rule = Block(Form.CUT, "", RULE)
    assert ends([head("A"), told(WEIR), rule, told(TRAM), head("B"), told(HIVES), head("C"), told(GULLS)], [0, 4, 6]) == [4, 6, 8]


def test_a_line_below_a_headline_ends_nothing() -> None:
    rule = Block(Form.CUT, "", RULE)
    stories = [part for text in (WEIR, TRAM, HIVES) for part in (head("A headline"), rule, told(text))]
    assert ends(stories, [0, 3, 6]) == [3, 6, 9]


@pytest.mark.parametrize(
    ("blocks", "last", "stray"),
    [
        ([told("9.00: the trial, room 3"), told("17.00: the council, in public")], False, True),
        ([told("Did you like this letter? Pass it on.")], True, True),
        ([told("Did you like this letter? Pass it on.")], False, False),
        ([told("Will you donate to our work? Every gift helps.")], False, True),
        ([told("Nobody was hurt in the fire at the mill.")], True, False),
        ([told(WEIR)], True, False),
    ],
)
def test_lists_pleas_and_farewells_are_no_stories(blocks: list[Block], last: bool, stray: bool) -> None:
    assert is_stray(blocks, [30, 40, 50], last) is stray


def test_a_round_up_in_markdown_leaves_its_sponsor_and_its_farewell_out() -> None:
    stories = {"Weir lowered at last": WEIR, "Night tram is back": TRAM, "Nine hives sold": HIVES, "More gulls than ever": GULLS}
    told = [f"## {head}\n\n{text}" for head, text in stories.items()]
    told.insert(2, "> **From our sponsor** Labelle makes labels that last. Order a [free sheet](https://labelle.example).")
    text = "\n\n---\n\n".join(["# The Bench", *told, "**Also noted:** a dictionary of crab sounds."])
    assert [article.text for article in articles(text, MARKDOWN)] == [WEIR, TRAM, HIVES, GULLS]
