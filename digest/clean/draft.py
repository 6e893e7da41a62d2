"""What the steps of cleaning hand on: a text in blocks, with what is known of it so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

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
    """A paragraph, heading or list item, on one line. `level` is 1..6 for marked-up headings,
    RUN_IN for those found in running text, else 0."""

    form: Form
    text: str
    level: int = 0
    url: str = ""


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
_CLOSERS = "\"'”’»›)]"
_BULLET = re.compile(r"^\s*(?:[•·▪◦‣●○*–-]|\d{1,2}[.)])\s+(?=\S)")
BYLINE = re.compile(r"^(?:by|von|par|por|di|作者[:：]?|بقلم)\s+(?P<names>[^\W\d_][^.!?:\n]{2,80})$", re.IGNORECASE)
_AND = re.compile(r",| and | und | et | & ")
RUN_IN = 7  # the level of a heading found in running text
_SPEAKER = re.compile(r"^[^\W\d_][\w.’' -]{0,40}?(?: \([^)]{1,60}\))?:\s")


def is_head_like(text: str) -> bool:
    """Short, no full stop at its end, and not begun in lower case: it may be a heading."""
    text = text.strip()
    if not text or len(text) > _HEADING_LENGTH or word_count(text) > _HEADING_WORDS or text[0].islower() or BYLINE.match(text):
        return False
    last = text.rstrip(_CLOSERS)[-1:]
    return last not in ".:;,。：；，" and not (last == "!" and word_count(text) > 10)


def is_speech(text: str) -> bool:
    """Begins with a speaker's name or initials and a colon, as answers in an interview do; no headline."""
    return bool(_SPEAKER.match(text)) and not is_head_like(text)


def people(line: str) -> tuple[str, ...]:
    """The names on a byline, one by one; an address is nobody's name."""
    return tuple(name.strip() for name in _AND.split(line) if name.strip() and "://" not in name)


def plain_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text: hard-wrapped lines joined, bullets as items, short lines as headings."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        lines.extend(_unwrapped(paragraph.split("\n")))
    return headed([_block(line) for line in lines if line.strip()])


def _block(line: str) -> Block:
    bullet = _BULLET.match(line)
    return Block(Form.ITEM if bullet else Form.TEXT, one_line(line[bullet.end() :] if bullet else line))


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """The lines, or one where they were wrapped at a column: all but the last nearly as long."""
    lines = [line for line in lines if line.strip()]
    widths = [len(line.strip()) for line in lines[:-1]]
    if len(widths) >= 2 and 50 <= max(widths) <= 100 and min(widths) >= max(widths) - 22 and not any(map(_BULLET.match, lines)):
        return [" ".join(line.strip() for line in lines)]
    return lines


def headed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with those texts made headings that look like one and have something under them."""
    made = list(blocks)
    for at in range(len(made) - 1):
        here, after = made[at], made[at + 1]
        if here.form is Form.TEXT and is_head_like(here.text) and not is_speech(after.text) and not _is_signature(made, at):
            made[at] = replace(here, form=Form.HEADING)
    return tuple(made)


def _is_signature(blocks: Sequence[Block], at: int) -> bool:
    """A short line below `Yours,` and the like is a name, no heading."""
    return at > 0 and bool(
        re.fullmatch(r"(yours?|best|regards|sincerely|ihre?|ihr|cordialement)\W*( \w+)?\W*", blocks[at - 1].text, re.IGNORECASE)
    )


def joined(blocks: Iterable[Block]) -> str:
    """The text of an article: its blocks, an empty line between them."""
    return "\n\n".join(block.text for block in blocks if block.form is not Form.CUT and block.text)
