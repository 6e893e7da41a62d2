"""The edges of a round-up's stories: the welcome above the first, what ends each of them, the farewell below the last.

Most round-ups close their stories with one sign: a line drawn across, a list of tags, a link out. What
stands behind that sign and before the next headline belongs to no story.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from digest.clean.draft import LINKS, RULE, TAGS, Block, Form, joined
from digest.clean.frame import sells
from digest.clean.lines import is_addressed
from digest.text import word_count

_SIGNS = (RULE, TAGS, LINKS)
_MOST = 0.6  # of the stories, the last not counted, that a sign must end; as in `items`
_LEAST_STORIES = 3
_LEAST_WORDS = 12  # above a sign that ends a story
_LEFT_WORDS = 4  # behind the sign, no more than a stray word or a label
_ASIDE = 0.5  # of the middle length of the stories: a shorter text that speaks to the reader may be none
_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।")
_CLOSERS = "\"'”’»)]」』） "


def ends(blocks: Sequence[Block], starts: Sequence[int]) -> list[int]:
    """Where the stories that begin at `starts` end, as indexes behind their last blocks."""
    bounds = list(pairwise([*starts, len(blocks)]))
    found = [end for _, end in bounds]
    for sign in _SIGNS:
        closed = [_behind(blocks, start, end, sign) for start, end in bounds]
        whole = [_words(blocks[at:end]) <= _LEFT_WORDS for at, (_, end) in zip(closed, bounds, strict=True) if at]
        if len(bounds) >= _LEAST_STORIES and sum(whole) >= _MOST * (len(bounds) - 1):
            found = [min(end, at or end) for end, at in zip(found, closed, strict=True)]
    return found


def _behind(blocks: Sequence[Block], start: int, end: int, sign: int) -> int:
    """The index behind the first such sign that has a text above it; 0 where there is none."""
    said = 0
    for at in range(start + 1, end):
        if blocks[at].form is Form.CUT and blocks[at].level == sign and said >= _LEAST_WORDS:
            return at + 1
        said += _words(blocks[at : at + 1])
    return 0


def _words(blocks: Iterable[Block]) -> int:
    """Words of running text; headings are labels of what follows, items are tags."""
    return word_count(joined(block for block in blocks if block.form is Form.TEXT))


def is_stray(blocks: Sequence[Block], lengths: Sequence[int], last: bool) -> bool:
    """Whether a piece of a round-up whose stories are so many words long is none of them.

    It is a list (of dates, of links), it sells or pleads in a few words, or it is the `last` and takes leave of its reader.
    """
    told = [block.text for block in blocks if block.text and block.form is not Form.CUT]
    if len(told) > 1 and not any(text.rstrip(_CLOSERS).endswith(_STOPS) for text in told):
        return True
    text = joined(blocks)
    return word_count(text) < _ASIDE * median(lengths) and is_addressed(text) and (last or sells(text))
