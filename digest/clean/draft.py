"""What the steps of cleaning hand on: a text in blocks, with what is known of it so far."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from digest.clean.captions import is_caption
from digest.clean.dates import is_date
from digest.clean.lines import is_aside, is_name
from digest.model import Removal
from digest.text import one_line, word_count


class Form(StrEnum):
    """What a block is. CUT marks a place where furniture was taken out: stories often end there."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item, on one line.

    `level` is 1..6 for marked-up headings, RUN_IN for those found in running text, LEAD for those
    that headed a paragraph, else 0. `lead` are the bold or linked words at the head of a paragraph.
    `url` is where a heading, an item or its lead links to; of a CUT, where what was taken out did.
    """

    form: Form
    text: str
    level: int = 0
    url: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One text on its way to becoming an article, or several articles."""

    blocks: tuple[Block, ...]
    title: str = ""
    url: str = ""
    published: str = ""
    section: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    removed: tuple[Removal, ...] = ()
    markup: bool = field(default=False)

    def without(self, blocks: Iterable[Block], removed: Iterable[Removal]) -> Draft:
        """The draft with these blocks instead, and these removals on record."""
        return replace(self, blocks=tuple(blocks), removed=(*self.removed, *removed))


_HEADING_WORDS = 18
_HEADING_LENGTH = 130
_GLUE = re.compile(r"[.!?](?<=[a-zà-ÿ]{2}.|[A-Z]s.)[”\"’]?(?=[A-ZÀ-Þ][\w’'-]*,? )")
_GLUE_SCOPE = 400  # characters at the end of a block in which a headline or caption may be stuck to it
_GLUED = 4  # words that a headline stuck to the text before it has at least
_WRAPPED = 45  # characters: a shorter line was not wrapped, it ended
_CLOSERS = "\"'”’»›)]"
_BULLET = re.compile(r"^\s*(?:[•·▪◦‣●○*–-]|\d{1,2}[.)])\s+(?=\S)")
# The number of an item, as it stands before its headline.
NUMBER = re.compile(
    r"^\s*(?:(?:no\.? ?|nr\.? ?|#)?\d{1,2}[.):]|[一二三四五六七八九十]{1,3}、|\d{1,2}、|\d\ufe0f?\u20e3)\s*(?=\S)", re.IGNORECASE
)
# An agency's or an author's letters behind the last sentence of a report.
CREDIT = re.compile(r"[.!?”\"’)]\s+\(?(?:[a-z]{2,5}(?:/[a-z]{2,5})*|[A-Z]{2,5}(?:/[A-Za-z]{2,5})*)\)?$")
BYLINE = re.compile(r"^(?:by|von|par|por|di|作者[:：]?|بقلم)\s+(?P<names>[^\W\d_][^.!?:\n]{2,80})$", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:(?:our|the|a|staff|senior|chief|foreign|special|political|science) )*"
    r"(?:writers?|reporters?|correspondents?|editors?|staff|redaktion|rédaction|redacción)",
    re.IGNORECASE,
)
_AND = re.compile(r",| and | und | et | & ")
RUN_IN = 7  # the level of a heading found in running text
LEAD = 8  # the level of a heading that headed a paragraph
RULE = 9  # the level of a CUT that was a line drawn across the text
CAPTION = 10  # of one where a caption stood above a headline
ADVERT, LINKS = 12, 13  # of one where the marker of an advertisement stood, or the head of a list of links
TAGS = 11  # of one whose text is the list of tags that stood there
_RULE = re.compile(r"\s*(?:[-–—_=~#*•·✻⁂+\u2500-\u25ff★☆.:＝＊]\s*){3,}")
_SAID = re.compile(r"[.!?][”\"»」] ?\S")  # one sentence in quotation marks and more behind it: speech
_SPEAKER = re.compile(r"^[^\W\d_][\w.’' -]{0,40}?(?: \([^)]{1,60}\))?:\s")


def is_head_like(text: str) -> bool:
    """Short, no full stop at its end, and not begun in lower case: it may be a heading."""
    text = text.strip()
    if not text or len(text) > _HEADING_LENGTH or word_count(text) > _HEADING_WORDS or text[0].islower() or BYLINE.match(text):
        return False
    if CREDIT.search(text) or is_aside(text) or _SAID.search(text):
        return False
    last = text.rstrip(_CLOSERS + " ")[-1:]
    return last not in ".:;,。：；，" and not (last == "!" and word_count(text) > 10)


def is_speech(text: str) -> bool:
    """Begins with a speaker's name or initials and a colon, as answers in an interview do; no headline."""
    return bool(_SPEAKER.match(text)) and not is_head_like(text)


def people(line: str) -> tuple[str, ...]:
    """The names on a byline, one by one; an address is nobody's name."""
    return tuple(name.strip() for name in _AND.split(line) if name.strip() and "://" not in name and not _ROLE.fullmatch(name.strip()))


def plain_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text: hard-wrapped lines joined, bullets as items, short lines as headings."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        lines.extend(_unwrapped(paragraph.split("\n")))
    return headed([block for line in lines if line.strip() for block in _unglued(_block(line))])


def _unglued(block: Block) -> tuple[Block, ...]:
    """A block at whose end the next headline or caption was stuck by a careless extractor (`… the mainland.Biden tightens …`)."""
    begin = max(0, len(block.text) - _GLUE_SCOPE)
    glue = deque(_GLUE.finditer(block.text, begin), maxlen=1) if block.form is Form.TEXT else None
    if not glue:
        return (block,)
    body, tail = block.text[: glue[0].end()], block.text[glue[0].end() :]
    if word_count(tail) < _GLUED or not (is_head_like(tail) or is_caption(tail)):
        return (block,)
    return Block(Form.TEXT, body), Block(Form.CUT, ""), Block(Form.TEXT, tail)


def _block(line: str) -> Block:
    if _RULE.fullmatch(line):
        return Block(Form.CUT, "", RULE)
    bullet = _BULLET.match(line)
    if bullet and NUMBER.match(line) and is_head_like(line):
        return Block(Form.TEXT, one_line(line))
    return Block(Form.ITEM if bullet else Form.TEXT, one_line(line[bullet.end() :] if bullet else line))


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines, or one where they were wrapped at a column; a headline may stand on top of wrapped lines."""
    lines = [line for line in lines if line.strip()]
    if _is_wrapped(lines):
        return [_on_one(lines)]
    if len(lines) >= 3 and len(lines[0].strip()) < 72 and is_head_like(lines[0]) and _is_wrapped(lines[1:]):
        return [lines[0], _on_one(lines[1:])]
    made: list[list[str]] = []
    for line in lines:
        before = made[-1][-1].strip() if made else ""
        if _WRAPPED <= len(before) <= 100 and line.strip()[0].islower() and before[-1] not in ".!?:":
            made[-1].append(line)
        else:
            made.append([line])
    return [_on_one(found) for found in made]


def _is_wrapped(lines: Sequence[str]) -> bool:
    """All but the last nearly as long as the longest, and none an item of a list."""
    widths = [len(line.strip()) for line in lines[:-1]]
    if len(widths) < 2 or not 50 <= max(widths) <= 100 or min(widths) < max(widths) - 22:
        return False
    return not any(_BULLET.match(line) or is_aside(line.strip()) for line in lines)


def _on_one(lines: Sequence[str]) -> str:
    return " ".join(line.strip() for line in lines) if len(lines) > 1 else lines[0]


def headed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with those texts made headings that look like one and have something under them."""
    made = list(blocks)
    for at in range(len(made) - 1):
        here, after = made[at], made[at + 1]
        if (
            here.form is Form.TEXT
            and is_head_like(here.text)
            and not is_date(here.text)
            and not is_speech(after.text)
            and not _is_signature(made, at)
            and not _is_author(made, at)
        ):
            made[at] = replace(here, form=Form.HEADING)
    return tuple(made)


def _is_author(blocks: Sequence[Block], at: int) -> bool:
    """A bare name between a headline and its first paragraph."""
    above = blocks[at - 1] if at else None
    if above is None or above.form is not Form.HEADING or not is_name(blocks[at].text):
        return False
    return word_count(above.text) >= 4 and word_count(blocks[at + 1].text) >= 15


def _is_signature(blocks: Sequence[Block], at: int) -> bool:
    """A short line below `Yours,` and the like is a name, no heading."""
    return at > 0 and bool(
        re.fullmatch(r"(yours?|best|regards|sincerely|ihre?|ihr|cordialement)\W*( \w+)?\W*", blocks[at - 1].text, re.IGNORECASE)
    )


def joined(blocks: Iterable[Block]) -> str:
    """The text of an article: its blocks, an empty line between them."""
    return "\n\n".join(block.text for block in blocks if block.form is not Form.CUT and block.text)
