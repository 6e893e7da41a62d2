"""A round-up to its stories. A single article stays single: splitting wrongly is worse than not.

A heading begins a new story only where the page says so: after a tag list, a credit or a place where
furniture was taken out; below a section label (two headings in a row); or, in a mail, on the level
of heading that carries the items. All other headings are sub-headings and stay in their story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise

from digest.clean.draft import BYLINE, RUN_IN, Block, Draft, Form, is_speech, joined, people
from digest.model import Removal
from digest.text import word_count, words

_CREDIT = re.compile(r"[.!?”\"’)]\s+\(?(?:[a-z]{2,5}(?:/[a-z]{2,5})*|[A-Z]{2,5}(?:/[A-Za-z]{2,5})*)\)?$")
_END_LINE = re.compile(r"^(?:copyright\b|©|www\.|edited by\b|\*{3,}|[-–—_]{3,}$)", re.IGNORECASE)
_TAG_WORDS = 4
_STAMP = re.compile(
    r"(?:first |last |zuletzt )?(?:published|updated|posted|modified|publié|mis à jour|veröffentlicht|aktualisiert|نُشر|حُدّث|发布|更新)"
    r"(?=.{0,40}\d).{0,60}",
    re.IGNORECASE,
)
_KICKER = 4  # words of a section label above a headline
_TITLE_PLACE = 4  # blocks at the head of a page among which its title is looked for
_LEAST_WORDS = 12  # a piece with a shorter body is a link or a leftover, no story
_INTRO = 0.5  # of the middle length of the stories: a shorter text under the page's title is its welcome
_LEAST_PIECES = 3  # items of one heading level that make a mail a round-up
_ITEM_WORDS = 25  # the middle length that such items have at least


def split(draft: Draft, mail: bool = False) -> tuple[Draft, ...]:
    """The stories of a draft, in order; the draft alone where it is one."""
    blocks = draft.blocks
    starts = _starts(blocks)
    if mail and len(starts) < 2:
        starts = _level_starts(blocks)
    if len(starts) < 2:
        return (_single(draft),)
    pieces = _without_intro(tuple(_pieces(draft, starts)), draft)
    return pieces if len(pieces) > 1 else (_single(draft),)


def _without_intro(pieces: tuple[Draft, ...], draft: Draft) -> tuple[Draft, ...]:
    """The stories without a few words of welcome that stand under the round-up's own title."""
    lengths = sorted(word_count(joined(piece.blocks)) for piece in pieces)
    own = next((block.text for block in draft.blocks if block.form is Form.HEADING and block.level != RUN_IN), draft.title)
    least = lengths[len(lengths) // 2] * _INTRO if lengths else 0
    titles = {own.casefold(), draft.title.casefold(), pieces[0].title.casefold() if pieces else ""}
    kept = tuple(piece for piece in pieces if piece.title.casefold() not in titles or word_count(joined(piece.blocks)) >= least)
    return kept if len(kept) > 1 else pieces


def _starts(blocks: Sequence[Block]) -> list[int]:
    """Where stories begin, as indexes of their headings."""
    found = [at for at in range(len(blocks)) if blocks[at].form is Form.HEADING and _begins(blocks, at)]
    strong = [at for at in found if _has_label(blocks, at) or _after_tags(blocks, at) or blocks[at].level == RUN_IN]
    return found if len(strong) >= 2 else []


def _begins(blocks: Sequence[Block], at: int) -> bool:
    if at + 1 < len(blocks) and blocks[at + 1].form is Form.HEADING and not _is_label_like(blocks, at + 1):
        return False  # a label: its title begins the story
    if at + 1 < len(blocks) and is_speech(blocks[at + 1].text):
        return False  # a question
    return blocks[at].level == RUN_IN or _has_label(blocks, at) or _after_end(blocks, at) or _first_heading(blocks, at)


def _is_label_like(blocks: Sequence[Block], at: int) -> bool:
    """A question before an answer is no title, so the heading above it is no label."""
    return at + 1 < len(blocks) and is_speech(blocks[at + 1].text)


def _has_label(blocks: Sequence[Block], at: int) -> bool:
    return at > 0 and blocks[at - 1].form is Form.HEADING and word_count(blocks[at - 1].text) <= 9


def _first_heading(blocks: Sequence[Block], at: int) -> bool:
    return not any(block.form is Form.HEADING for block in blocks[:at]) and at <= 2


def _after_end(blocks: Sequence[Block], at: int) -> bool:
    before = blocks[at - 1] if at else None
    if before is None:
        return False
    return before.form is Form.CUT or _after_tags(blocks, at) or bool(_CREDIT.search(before.text) or _END_LINE.match(before.text))


def _after_tags(blocks: Sequence[Block], at: int) -> bool:
    at -= 1
    while at >= 0 and blocks[at].form is Form.CUT:
        at -= 1
    return at >= 0 and _is_tag(blocks[at])


def _is_tag(block: Block) -> bool:
    return block.form is Form.ITEM and word_count(block.text) <= _TAG_WORDS and not block.text.endswith((".", "!", "?", ":"))


def _level_starts(blocks: Sequence[Block]) -> list[int]:
    """The headings of the level that carries a mail's items: the commonest with long enough bodies."""
    levels = Counter(block.level for block in blocks if block.form is Form.HEADING)
    for level, count in sorted(levels.items(), key=lambda found: (-found[1], found[0])):
        at = [index for index, block in enumerate(blocks) if block.form is Form.HEADING and block.level == level]
        bodies = sorted(word_count(joined(blocks[left + 1 : right])) for left, right in pairwise([*at, len(blocks)]))
        if count >= _LEAST_PIECES and bodies[len(bodies) // 2] >= _ITEM_WORDS:
            return at
    return []


def _pieces(draft: Draft, starts: Sequence[int]) -> Iterator[Draft]:
    section = ""
    for at, (start, end) in enumerate(pairwise([*starts, len(draft.blocks)])):
        if start and _has_label(draft.blocks, start):
            section = draft.blocks[start - 1].text
        elif at and draft.blocks[start].level == 0 and _after_end(draft.blocks, start) and word_count(draft.blocks[start].text) <= 2:
            section = draft.blocks[start].text
        body = draft.blocks[start + 1 : end]
        if body and body[-1].form is Form.HEADING and at + 1 < len(starts):
            body = body[:-1]  # the next story's label
        head = draft.blocks[start]
        intro = draft.removed if at == 0 else ()
        piece = replace(
            draft,
            blocks=body,
            title=head.text,
            url=head.url or (draft.url if at == 0 and not draft.markup else ""),
            removed=intro,
            authors=(),
        )
        piece = _single(replace(piece, section=section if at or section else draft.section))
        if word_count(joined(piece.blocks)) >= _LEAST_WORDS:
            yield replace(piece, authors=piece.authors or draft.authors)


def _single(draft: Draft) -> Draft:
    """A story with its title, byline and tag list taken out of its body."""
    blocks = list(dropwhile(lambda block: block.form is Form.CUT, draft.blocks))
    title = draft.title
    if not title and blocks and blocks[0].form is Form.HEADING:
        title = blocks[0].text
    blocks = _without_title(blocks, title)
    authors, blocks = _byline(draft.authors, blocks)
    blocks, stamps = _without_stamps(blocks)
    tags, blocks = _tags(draft.tags, blocks)
    while blocks and blocks[-1].form in {Form.CUT, Form.HEADING}:
        blocks.pop()
    section = draft.section or (stamps[0].text if len(stamps) > 1 else "")
    draft = replace(draft, title=title, section=section, authors=authors, tags=tags)
    return draft.without(blocks, (Removal("stamp", stamp.text) for stamp in stamps))


def _without_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks without the title among the first of them: a kicker or a byline may stand above it."""
    for at, block in enumerate(blocks[:_TITLE_PLACE]):
        if title and words(block.text) == words(title):
            return [*blocks[:at], *blocks[at + 1 :]]
    return blocks


def _without_stamps(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks without when they were published or updated, and the kicker above that; and those."""
    for at, block in enumerate(blocks[:_TITLE_PLACE]):
        if _STAMP.fullmatch(block.text) and all(word_count(above.text) <= _KICKER for above in blocks[:at]):
            return blocks[at + 1 :], blocks[: at + 1]
    return blocks, []


def _byline(authors: tuple[str, ...], blocks: list[Block]) -> tuple[tuple[str, ...], list[Block]]:
    for at, block in enumerate(blocks[:3]):
        found = BYLINE.match(block.text)
        if found and word_count(block.text) <= 12:
            return authors or people(found["names"]), [*blocks[:at], *blocks[at + 1 :]]
    return authors, blocks


def _tags(tags: tuple[str, ...], blocks: list[Block]) -> tuple[tuple[str, ...], list[Block]]:
    """A list of short items at the very end is a tag list."""
    end = len(blocks)
    while end and blocks[end - 1].form in {Form.CUT, Form.HEADING}:
        end -= 1
    start = end
    while start and _is_tag(blocks[start - 1]):
        start -= 1
    if start in {0, end}:
        return tags, blocks
    return tags or tuple(block.text for block in blocks[start:end]), blocks[:start]


def empty_pieces(draft: Draft, pieces: Sequence[Draft]) -> tuple[Removal, ...]:
    """What of a round-up became no story, for the record."""
    kept = {block.text for piece in pieces for block in piece.blocks} | {piece.title for piece in pieces}
    left = [block.text for block in draft.blocks if block.text and block.text not in kept]
    return tuple(Removal("round-up frame", text[:500]) for text in left)
