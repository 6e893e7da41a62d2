"""Which headings carry the items of a round-up: structure that says so, and vocabulary that turns over.

A page may have several sets of headings: one for each level, bold or linked words at the heads of its
paragraphs, numbers. Each set is weighed; one below ROUND_UP stays what it is, sub-headings of one text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TypeVar

from digest.clean.cohesion import oneness, terms
from digest.clean.draft import LEAD, NUMBER, RULE, RUN_IN, Block, Form, is_head_like, is_speech, joined
from digest.text import word_count

_T = TypeVar("_T")
# Points, and what they were weighed on: tests/cases/split, the seeds, and 2,386 single reports.
ROUND_UP = 4  # from here on a set of headings is a set of items
_TURNED = ((0.25, 2), (0.4, 1), (0.55, 0), (0.8, -1))  # oneness up to which it gives so many points
_ONE = -2  # points above that
_OWN = (0.35, 0.5)  # of a heading's words, how many more stand under it than under the others, on average: a point each
_LINKED = 3  # no report has a heading that leads elsewhere
_MOST = 0.6  # share of the items that a sign must stand at
_LEAST_ITEMS = 3
_AGAIN = 3  # times that a heading stands in a page: `Analysis` under each item
_LEAST_WORDS = 15  # in the middle item
_HEADLINE, _CATCHWORD = 4, 2  # words in the middle heading: from here a headline, below here a catchword
_LEAD_WORDS = 16  # of words that head a paragraph
_CLOCK = re.compile(r"^\W*(?:\d{1,2}[:.h]\d{2}\b|(?:posted|updated|published)\b)", re.IGNORECASE)
_PAUSE = re.compile(r"\s*(?:\([^()]{1,60}\))?\s*(?:[.:!?。：！？]|[–—|]|-(?=\s))")


def items(blocks: Sequence[Block], letter: int) -> tuple[tuple[Block, ...], list[int]]:
    """The blocks, and where in them items begin, by the set of headings that says so best; none where none does."""
    best: tuple[int, int, tuple[Block, ...], list[int]] = (ROUND_UP - 1, 0, tuple(blocks), [])
    for made, starts in _sets(tuple(blocks)):
        points = _points(made, starts, letter)
        if (points, len(starts)) > best[:2] and points >= ROUND_UP:
            best = (points, len(starts), made, starts)
    return best[2], best[3]


def _sets(blocks: tuple[Block, ...]) -> Iterator[tuple[tuple[Block, ...], list[int]]]:
    """Every set of headings that could be one of items."""
    for level in sorted({block.level for block in blocks if block.form is Form.HEADING and block.level != RUN_IN}):
        yield blocks, _last_of_runs(blocks, level)
    for made in (_with_leads(blocks), _with_numbers(blocks), _with_bullets(blocks)):
        starts = [at for at, block in enumerate(made) if block.form is Form.HEADING and block.level == LEAD]
        if starts:
            yield made, starts


def _last_of_runs(blocks: Sequence[Block], level: int) -> list[int]:
    """The headings of a level; of several in a row the last, since those above it are labels."""
    said = Counter(block.text.casefold() for block in blocks if block.form is Form.HEADING)
    at = [index for index, block in enumerate(blocks) if block.form is Form.HEADING and block.level == level]
    below = [index for index in at if said[blocks[index].text.casefold()] < _AGAIN or blocks[index].url]
    at = below if len(below) >= _LEAST_ITEMS else at
    return [index for index in at if not (index + 1 in at or (index + 2 in at and blocks[index + 1].form is Form.CUT))]


def _with_leads(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with bold or linked words at the head of a paragraph as a heading above it."""
    made: list[Block] = []
    for at, block in enumerate(blocks):
        rest = block.text[len(block.lead) :] if block.lead and block.text.startswith(block.lead) else ""
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.form is Form.HEADING or not block.lead or word_count(block.lead) > _LEAD_WORDS:
            made.append(block)
        elif block.lead == block.text and after and after.form is Form.TEXT and not after.lead:
            made.append(Block(Form.HEADING, block.text, LEAD, block.url))
        elif rest and word_count(rest) >= 8 and (_PAUSE.match(rest) or block.lead[-1] in ".:!?。：！？"):
            pause = _PAUSE.match(rest)
            made.append(Block(Form.HEADING, block.lead.rstrip(" .:。："), LEAD, block.url))
            made.append(Block(Form.TEXT, rest[pause.end() if pause else 0 :].strip()))
        else:
            made.append(block)
    return tuple(made)


def _with_numbers(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with numbered lines that have a paragraph under them as headings."""
    made = list(blocks)
    for at, (block, after) in enumerate(pairwise(blocks)):
        numbered = block.form in {Form.TEXT, Form.HEADING} and NUMBER.match(block.text)
        if numbered and word_count(block.text) <= _LEAD_WORDS and after.form is Form.TEXT and not NUMBER.match(after.text):
            made[at] = replace(block, form=Form.HEADING, level=LEAD)
    return tuple(made)


def _with_bullets(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the items of a list as headings where each stands alone above a paragraph."""
    made = list(blocks)
    for at, (block, after) in enumerate(pairwise(blocks)):
        alone = block.form is Form.ITEM and after.form is Form.TEXT and (at == 0 or blocks[at - 1].form is not Form.ITEM)
        if alone and is_head_like(block.text) and word_count(after.text) >= _LEAST_WORDS:
            made[at] = replace(block, form=Form.HEADING, level=LEAD)
    return tuple(made)


def _points(blocks: Sequence[Block], starts: Sequence[int], letter: int) -> int:
    """How much speaks for items, by the table above."""
    bodies = [blocks[left + 1 : right] for left, right in pairwise([*starts, len(blocks)])]
    heads = [blocks[at] for at in starts]
    if len(heads) > _LEAST_ITEMS and word_count(joined(bodies[0])) < median(word_count(joined(body)) for body in bodies) / 2:
        bodies, heads = bodies[1:], heads[1:]  # the welcome under the name of the letter
    lengths = [word_count(joined(body)) for body in bodies]
    if len(heads) < _LEAST_ITEMS or median(lengths) < _LEAST_WORDS:
        return 0
    if _are_questions(heads, bodies) or _share(heads, lambda head: bool(_CLOCK.match(head.text))) >= 0.3:
        return 0
    texts = [joined(body) for body in bodies]
    alike = oneness(texts)
    points = next((points for most, points in _TURNED if alike <= most), _ONE)
    points += _LINKED * _are_linked(heads, bodies) + letter + (_share(bodies[:-1], _is_closed) >= _MOST)
    points += _share(heads, lambda head: bool(NUMBER.match(head.text))) >= _MOST
    head_words = median(word_count(head.text) for head in heads)
    points += (head_words >= _HEADLINE) - (head_words < _CATCHWORD)
    owned = _owned([head.text for head in heads], texts)
    points += sum(owned >= least for least in _OWN)
    before = word_count(joined(block for block in blocks[: starts[0]] if block.form is Form.TEXT))
    return points + (before < median(lengths) / 2) - (before >= median(lengths))


def _owned(heads: Sequence[str], texts: Sequence[str]) -> float:
    """How much more the text under a heading takes up its words than the other texts do, in -1..1, the mean."""
    said = [set(terms(text)) for text in texts]
    gains = []
    for at, head in enumerate(heads):
        named = set(terms(head))
        if named:
            others = [len(named & said[other]) for other in range(len(said)) if other != at]
            gains.append((len(named & said[at]) - sum(others) / len(others)) / len(named))
    return sum(gains) / len(gains) if gains else 0.0


def _share(things: Sequence[_T], is_one: Callable[[_T], bool]) -> float:
    return sum(map(is_one, things)) / len(things) if things else 0.0


def _are_questions(heads: Sequence[Block], bodies: Sequence[Sequence[Block]]) -> bool:
    """Questions and their answers: an interview, or a page of what is often asked."""
    asked = _share(heads, lambda head: head.text.rstrip("\"'”’»").endswith(("?", "？")))
    told = _share(bodies, lambda body: bool(body) and is_speech(body[0].text))
    return asked >= 0.7 or told >= 0.4


def _are_linked(heads: Sequence[Block], bodies: Sequence[Sequence[Block]]) -> bool:
    """Most items have an address of their own: their heading is a link, or one stands alone under it."""
    found = {
        (head.url or next((block.url for block in body if block.url and block.form is Form.CUT), "")).split("#")[0]
        for head, body in zip(heads, bodies, strict=True)
    }
    return len(found - {""}) >= _MOST * len(heads)


def _is_closed(body: Sequence[Block]) -> bool:
    """A rule, a link out, or a list of tags stands at the end of the item; an advertisement proves nothing."""
    return bool(body) and (body[-1].form is Form.ITEM or body[-1].level == RULE or (body[-1].form is Form.CUT and bool(body[-1].url)))
