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
from statistics import median

from digest.clean.captions import is_caption
from digest.clean.cohesion import oneness, terms
from digest.clean.draft import BYLINE, CAPTION, CREDIT, RULE, RUN_IN, TAGS, Block, Draft, Form, is_speech, joined, people
from digest.clean.edges import ends, is_stray
from digest.clean.items import items
from digest.clean.lines import is_clock, is_name, is_promo, is_stamp, writers
from digest.model import Removal
from digest.text import word_count, words

_END_LINE = re.compile(r"^(?:copyright\b|©|www\.|edited by\b|\*{3,}|[-–—_]{3,}$)", re.IGNORECASE)
_TAG_WORDS = 4
_STAMP = re.compile(
    r"(?:first |last |zuletzt )?(?:published|updated|posted|modified|publié|mis à jour|veröffentlicht|aktualisiert|نُشر|حُدّث|发布|更新)"
    r"(?=.{0,40}\d).{0,60}",
    re.IGNORECASE,
)
_NAME_WORDS = 3  # of a page's name that is no section
_KICKER = 4  # words of a section label above a headline
_TITLE_PLACE = 8  # blocks at the head of a page among which its title is looked for
_PARAGRAPH = 15  # words from which on a block is a paragraph and no line of a page
_HEADS, _HEADLINE = 6, 4  # headings at the head of a text among which its title is, and the words of a headline
_FOOT = 8  # words of a line at the foot of a page
_HEAD_LINES, _LINE = 4, 24  # blocks above a text among which its byline is, and the words of one
_MAIL = 3
_NUMBERED = re.compile(
    r"(?:\b(?:no|nr|vol|issue|ausgabe|numéro|número|edition|édition|edición)\.? ?|#|n[°º] ?)\d{1,4}\b|第\s?\d{1,5}\s?[期号號回]",
    re.IGNORECASE,
)
_LIVE = 4  # times of day at the heads of blocks that make a live page
_ASKED = 4  # questions as headings, and half of them, that make an interview
_ONE = 0.9  # oneness of the pieces from which on labels and cuts between them prove nothing
# The same for heads found in running text, which an analysis has too: of 96 made-up flattened reports with heads of four words
# three quarters lie above, of 106 flattened round-ups 104 below; the labelled seed with labels has .58.
_ONE_RUN_IN = 0.5
_LEAST_CAPTIONS = 3  # above headlines, that make a page of stories; a report has one or two, and above sub-headings none
_LEAST_WORDS = 12  # a piece with a shorter body is a link or a leftover, no story
_OPENING = 60  # words from which on a text above the first item is one
_INTRO = 0.5  # of the middle length of the stories: a shorter text under the page's title is its welcome


def split(draft: Draft, mail: bool = False) -> tuple[Draft, ...]:
    """The stories of a draft, in order; the draft alone where it is one."""
    draft = _without_captions(draft)
    if _is_live(draft.blocks) or _is_asked(draft.blocks):
        return (_single(draft),)
    starts = _starts(draft.blocks)
    made, others = items(draft.blocks, _letter(draft, mail))
    if len(others) > len(starts):
        draft, starts = replace(draft, blocks=made), others
    if len(starts) < 2:
        return (_single(draft),)
    pieces = _without_intro((*_opening(draft, starts), *_pieces(draft, starts)), draft)
    if len(pieces) < 2:
        return (_single(draft),)
    return (replace(pieces[0], removed=(*draft.removed, *_frame(draft, pieces))), *pieces[1:])


def _letter(draft: Draft, mail: bool) -> int:
    """How surely a page is a letter, in points for `items`: most letters of several headings are round-ups.

    A letter that came as a page is known by a way to unsubscribe, and by its number.
    """
    left = any(removal.rule.endswith("unsubscribe") for removal in draft.removed)
    numbered = any(_NUMBERED.search(block.text) for block in draft.blocks[:_TITLE_PLACE] if word_count(block.text) <= _LINE)
    return _MAIL if mail or (left and numbered) else int(left or numbered)


def _is_live(blocks: Sequence[Block]) -> bool:
    """Entries under times of day, one below the other: a live page is one text."""
    return sum(is_clock(block.text) for block in blocks if block.text and block.form is not Form.CUT) >= _LIVE


def _is_asked(blocks: Sequence[Block]) -> bool:
    """Questions in bold, some of them below sub-headings: an interview is one text, whatever stands around it."""
    heads = [block.text for block, after in pairwise(blocks) if block.form is Form.HEADING and after.form is not Form.HEADING]
    asked = [at for at, head in enumerate(heads) if head.rstrip("\"'”’»").endswith(("?", "？"))]
    if len(asked) < _ASKED:
        return False
    among = asked[-1] - asked[0] + 1
    return len(asked) >= max(among, 2 * (len(heads) - among)) / 2


def _opening(draft: Draft, starts: Sequence[int]) -> Iterator[Draft]:
    """What stands above the first item, where it is as long as an item: the letter's own text."""
    lengths = [word_count(joined(draft.blocks[start + 1 : end])) for start, end in pairwise([*starts, len(draft.blocks)])]
    before = draft.blocks[: starts[0]]
    while before and before[-1].form in {Form.HEADING, Form.CUT}:
        before = before[:-1]
    if word_count(joined(block for block in before if block.form is not Form.HEADING)) >= max(_OPENING, median(lengths)):
        yield _single(replace(draft, blocks=before, removed=()))


def _without_captions(draft: Draft) -> Draft:
    """The draft of a page of stories without the captions between them: each stands above a headline of its own."""
    at = [
        index
        for index, (block, after) in enumerate(pairwise(draft.blocks))
        if block.form is Form.TEXT and after.form is Form.HEADING and is_caption(block.text)
    ]
    if len(at) < _LEAST_CAPTIONS:
        return draft
    removed = [Removal("caption", draft.blocks[index].text) for index in at]
    blocks = [replace(block, form=Form.CUT, text="", level=CAPTION) if index in at else block for index, block in enumerate(draft.blocks)]
    return draft.without(blocks, removed)


def _without_intro(pieces: tuple[Draft, ...], draft: Draft) -> tuple[Draft, ...]:
    """The stories without a few words of welcome that stand under the round-up's own title, and what else is none."""
    lengths = sorted(word_count(joined(piece.blocks)) for piece in pieces)
    own = next((block.text for block in draft.blocks if block.form is Form.HEADING and block.level != RUN_IN), draft.title)
    least = lengths[len(lengths) // 2] * _INTRO if lengths else 0
    titles = {own.casefold(), draft.title.casefold(), pieces[0].title.casefold() if pieces else ""}
    kept = tuple(piece for piece in pieces if piece.title.casefold() not in titles or word_count(joined(piece.blocks)) >= least)
    said = [word_count(joined(piece.blocks)) for piece in kept]
    kept = tuple(piece for piece in kept if not is_stray(piece.blocks, said, piece is kept[-1]))
    return kept if len(kept) > 1 else pieces


def _starts(blocks: Sequence[Block]) -> list[int]:
    """Where stories begin, as indexes of their headings."""
    found = [at for at in range(len(blocks)) if blocks[at].form is Form.HEADING and _begins(blocks, at)]
    strong = [
        at
        for at in found
        if _has_label(blocks, at) or _after_tags(blocks, at) or RUN_IN in _levels(blocks, at) or CAPTION in _levels(blocks, at)
    ]
    usual = Counter(blocks[at].level for at in strong).most_common(1)[0][0] if strong else 0
    found = [at for at in found if blocks[at].level == usual]
    if sum(blocks[at].level == usual for at in strong) < 2:
        return []
    labels = [label.text for at in found if (label := _label(blocks, at))]
    bodies = [joined(blocks[start + 1 : end]) for start, end in pairwise([*found, len(blocks)])]
    if len(set(labels)) < len(labels):
        return found
    return found if oneness(bodies) < (_ONE if usual != RUN_IN or len(labels) > 1 else _ONE_RUN_IN) else []


def _levels(blocks: Sequence[Block], at: int) -> tuple[int, ...]:
    """The level of a heading, and what the block above it is."""
    return tuple(block.level for block in blocks[max(0, at - 1) : at + 1])


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
    label = _label(blocks, at)
    return label is not None and word_count(label.text) <= 9


def _label(blocks: Sequence[Block], at: int) -> Block | None:
    """The heading right above another, at most a line drawn between them."""
    above = at - 1
    if above > 0 and blocks[above].form is Form.CUT and blocks[above].level == RULE:
        above -= 1
    return blocks[above] if above >= 0 and blocks[above].form is Form.HEADING else None


def _first_heading(blocks: Sequence[Block], at: int) -> bool:
    return not any(block.form is Form.HEADING for block in blocks[:at]) and at <= 2


def _after_end(blocks: Sequence[Block], at: int) -> bool:
    before = blocks[at - 1] if at else None
    if before is None:
        return False
    return before.form is Form.CUT or _after_tags(blocks, at) or bool(CREDIT.search(before.text) or _END_LINE.match(before.text))


def _after_tags(blocks: Sequence[Block], at: int) -> bool:
    at -= 1
    while at >= 0 and blocks[at].form is Form.CUT:
        at -= 1
    return (at >= 0 and _is_tag(blocks[at])) or (at + 1 < len(blocks) and blocks[at + 1].level == TAGS)


def _is_tag(block: Block) -> bool:
    return block.form is Form.ITEM and word_count(block.text) <= _TAG_WORDS and not block.text.endswith((".", "!", "?", ":"))


def _pieces(draft: Draft, starts: Sequence[int]) -> Iterator[Draft]:
    section = ""
    masthead = _masthead(draft.blocks, starts)
    for at, (start, end) in enumerate(zip(starts, ends(draft.blocks, starts), strict=True)):
        if (label := _label(draft.blocks, start)) and _has_label(draft.blocks, start):
            section = label.text if label.text.casefold() != draft.title.casefold() and label is not masthead else section
        elif at and draft.blocks[start].level == 0 and _after_end(draft.blocks, start) and word_count(draft.blocks[start].text) <= 2:
            section = draft.blocks[start].text
        body = draft.blocks[start + 1 : end]
        if body and body[-1].form is Form.HEADING and at + 1 < len(starts):
            body = body[:-1]  # the next story's label
        head = draft.blocks[start]
        piece = replace(
            draft,
            blocks=body,
            title=head.text,
            url=head.url
            or next((block.url for block in body if block.url and block.form is Form.CUT), "")
            or (draft.url if at == 0 and not draft.markup else ""),
            removed=(),
            authors=(),
        )
        piece = _single(replace(piece, section=section if at or section else draft.section))
        if word_count(joined(piece.blocks)) >= _LEAST_WORDS and not is_promo(piece.title):
            yield replace(piece, authors=piece.authors or draft.authors)


def _masthead(blocks: Sequence[Block], starts: Sequence[int]) -> Block | None:
    """The name of the page above its first headline, which is no section: it is long, or nothing else stands like it."""
    first = next((block for block in blocks if block.form is not Form.CUT), None)
    labels = sum(_has_label(blocks, start) for start in starts)
    return first if first and (word_count(first.text) >= _NAME_WORDS or labels < 2) else None


def _single(draft: Draft) -> Draft:
    """A story with its title, byline and tag list taken out of its body."""
    blocks = list(dropwhile(lambda block: block.form is Form.CUT, draft.blocks))
    title = draft.title
    title = title or _headline(blocks)
    if not title and blocks and blocks[0].form is Form.HEADING:
        title = blocks[0].text
    above = next((at for at, block in enumerate(blocks[:_TITLE_PLACE]) if title and words(block.text) == words(title)), 0)
    head = {id(block) for block in blocks[:above]}
    blocks = _without_title(blocks, title)
    authors, stamp, blocks = _byline(draft.authors, blocks)
    blocks, stamps = _without_stamps(blocks)
    blocks = [block for block in blocks if id(block) not in head or word_count(block.text) >= _PARAGRAPH]
    tags, blocks = _tags(draft.tags, blocks)
    while blocks and (blocks[-1].form in {Form.CUT, Form.HEADING} or _is_foot(blocks)):
        blocks.pop()
    section = draft.section or (stamps[0].text if len(stamps) > 1 else "")
    draft = replace(draft, title=title, section=section, authors=authors, tags=tags, published=draft.published or stamp)
    return draft.without(blocks, (Removal("stamp", stamp.text) for stamp in stamps))


def _is_foot(blocks: Sequence[Block]) -> bool:
    """A line below furniture that is no sentence: an address, the name of the house."""
    last = blocks[-1]
    if last.form is not Form.TEXT or word_count(last.text) > _FOOT or last.text.endswith((".", "!", "?", "。", "”", '"', "»", "…")):
        return False
    return any(block.form is Form.CUT and block.level != RULE for block in blocks[-4:-1])


def _headline(blocks: Sequence[Block]) -> str:
    """The title of a text that says it nowhere else: below masthead, menu and label, the first headline that the text takes up."""
    first = next((at for at, block in enumerate(blocks) if block.form is Form.TEXT and word_count(block.text) >= _PARAGRAPH), 0)
    heads = [block for block in blocks[:first] if block.form is Form.HEADING][:_HEADS]
    if not heads or not blocks or blocks[0].form is not Form.HEADING:
        return ""
    top = min((block.level or 9) for block in heads)
    heads = [block for block in heads if (block.level or 9) == top]
    long = [block.text for block in heads if word_count(block.text) >= _HEADLINE]
    told = terms(joined(block for block in blocks[first : first + _HEADS] if block.form is Form.TEXT))
    return next((head for head in long if terms(head).keys() & told.keys()), (long or [heads[0].text])[0])


def _without_title(blocks: list[Block], title: str) -> list[Block]:
    """The blocks without the title among the first of them, and without what a page shows above it."""
    for at, block in enumerate(blocks[:_TITLE_PLACE]):
        if title and words(block.text) == words(title):
            return [*(above for above in blocks[:at] if _stays_above(above)), *blocks[at + 1 :]]
    return blocks


def _stays_above(block: Block) -> bool:
    """Above a title only a byline, a kicker with a stamp and a paragraph are worth keeping."""
    return (
        word_count(block.text) >= _PARAGRAPH or bool(writers(block.text) or BYLINE.match(block.text)) or word_count(block.text) <= _KICKER
    )


def _without_stamps(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks without when they were published or updated, and the kicker above that; and those."""
    for at, block in enumerate(blocks[:_TITLE_PLACE]):
        if _STAMP.fullmatch(block.text) and all(word_count(above.text) <= _KICKER for above in blocks[:at]):
            return blocks[at + 1 :], blocks[: at + 1]
    return blocks, []


def _byline(authors: tuple[str, ...], blocks: list[Block]) -> tuple[tuple[str, ...], str, list[Block]]:
    """Who wrote a text and when, by the lines above it, and the text without them."""
    said, stamp = authors, ""
    for block in blocks[:_HEAD_LINES]:
        if word_count(block.text) > _LINE or block.form is Form.ITEM:
            continue
        found = BYLINE.match(block.text)
        names = writers(block.text) or (found["names"] if found and word_count(block.text) <= 12 else "")
        if not names and block is blocks[0] and len(blocks) > 1 and is_name(block.text) and word_count(blocks[1].text) >= _PARAGRAPH:
            names = block.text
        if _STAMP.fullmatch(block.text) or not (names or is_stamp(block.text)):
            continue
        said = said or people(names)
        stamp = stamp or (block.text if is_stamp(block.text) else "")
        blocks = [one for one in blocks if one is not block]
    return said, stamp, blocks


def _tags(tags: tuple[str, ...], blocks: list[Block]) -> tuple[tuple[str, ...], list[Block]]:
    """A list of short items at the very end is a tag list."""
    end = len(blocks)
    listed = next((block.text for block in reversed(blocks) if block.level == TAGS), "")
    tags = tags or tuple(tag.strip() for tag in re.split(r"[,;、，#|·]", listed) if tag.strip())
    while end and blocks[end - 1].form in {Form.CUT, Form.HEADING}:
        end -= 1
    start = end
    while start and _is_tag(blocks[start - 1]):
        start -= 1
    if start in {0, end}:
        return tags, blocks
    return tags or tuple(block.text for block in blocks[start:end]), blocks[:start]


def _frame(draft: Draft, pieces: Sequence[Draft]) -> Iterator[Removal]:
    """What of a round-up became no story, for the record."""
    kept = {block.text for piece in pieces for block in piece.blocks} | {piece.title for piece in pieces}
    for block in draft.blocks:
        if block.text and block.form is not Form.CUT and block.text not in kept:
            yield Removal("round-up frame", block.text[:500])
