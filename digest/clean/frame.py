"""The frame of a page out: menus, advertisements with their marker, contents, lists of links, sources in brackets.

Unlike the rules of `furniture`, which look at one line, these look at what stands around it: `Anzeige`
is a marker, and the paragraph under it is what it marks only where that paragraph sells something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.clean.draft import ADVERT, LINKS, RULE, Block, Draft, Form, is_head_like
from digest.clean.lines import bare, is_menu, is_promo, is_source, writers
from digest.model import Removal
from digest.text import word_count

_KEPT = 500  # characters of a removal that are kept on record
_SELLING_WORDS = 90  # of a paragraph that sells
_SELLS = re.compile(
    r"\b(?:shop (?:now|the)|order (?:now|today|yours)|book (?:now|today|your)|get (?:a quote|started|\d+ ?%)"
    r"|use (?:the )?code|with (?:the )?code|free trial"
    r"|% off|off your|call \w+|try (?:it )?(?:free|now)|learn more at|find out more|donate|price of a coffee|chip in"
    r"|support (?:us|our)|jetzt \w+en|rabatt|ab \d+ ?(?:euro|€)"
    r"|gutschein|unter [\w-]+\.\w{2,8}|profite[zr]?|devis gratuit|offre|gratuit|descuento|compra|reserve|oferta|sponsored"
    r"|\w*[áéíóú]\w{1,4}[ae]se|from \d+ (?:a|per) month|subscribers? get|readers (?:\w+ ){0,4}get)\b"
    r"|\d ?% off|https?://|\b[\w-]+\.example\b|前\d*[一二三四五六七八九十百千]*名|下单|上市|优惠|お仕立て|円から|円（税",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\W{0,3}(?:广告|推广|pr|ad|anzeige|werbung|sponsored|advertisement|publicité|publicidad|広告)\W{1,3}(?=\S)", re.IGNORECASE
)
_BUTTON = re.compile(
    r"\W*(?:share|like|save|pin|print|listen|tweet|follow|join|teilen|partager|compartir|condividi"
    r"|分享)\b",
    re.IGNORECASE,
)
_ENTRY_WORDS = 16  # of a line in a list of contents or of links


def without_frame(draft: Draft) -> Draft:
    """The draft without what frames its stories, each removal on record as `frame`."""
    blocks: list[Block] = []
    removed: list[Removal] = []
    at = 0
    while at < len(draft.blocks):
        block = draft.blocks[at]
        length = _framed(draft.blocks, at)
        if length:
            gone = draft.blocks[at : at + length]
            removed.extend(Removal("frame", one.text[:_KEPT]) for one in gone if one.text)
            blocks.append(
                Block(
                    Form.CUT,
                    "",
                    max((one.level for one in gone if one.form is Form.CUT), default=0),
                    gone[0].url if gone[0].form is Form.CUT else "",
                )
            )
            at += length
            continue
        blocks.append(_bare(block))
        at += 1
    return draft.without(blocks, removed) if removed or tuple(blocks) != draft.blocks else draft


def _framed(blocks: Sequence[Block], at: int) -> int:
    """How many blocks from here on are frame; none where this one is none."""
    block = blocks[at]
    if block.form is Form.CUT:
        linked = max(_entries(blocks, at + 1), _bodiless(blocks, at + 1)) if block.level == LINKS else 0
        below = _sold(blocks, at + 1) if block.level == ADVERT else linked
        return 1 + below if below else 0
    if len(block.text) > 600:
        return 0
    if is_menu(block.text) or is_source(block.text) or _is_button(block):
        return 1
    marked = _MARKED.match(block.text)
    if marked and block.text[: marked.end()].strip(" :：—-") != block.text and sells(block.text[marked.end() :]):
        return 1
    if block.form is Form.TEXT and block.lead != block.text and is_promo(block.lead):
        return 1
    if not is_promo(block.text):
        return 0
    listed = _entries(blocks, at + 1)
    if listed:
        return 1 + listed
    return 1 + _sold(blocks, at + 1)


def _is_button(block: Block) -> bool:
    """A link that shares, and is nothing but a link."""
    return (
        bool(block.lead)
        and block.lead == block.text
        and block.level == 0
        and bool(_BUTTON.match(block.text))
        and word_count(block.text) <= 6
    )


def _entries(blocks: Sequence[Block], at: int) -> int:
    """How many lines of a list follow: of contents, or of links."""
    count = 0
    while at + count < len(blocks) and _is_entry(blocks[at + count]):
        count += 1
    return count


def _bodiless(blocks: Sequence[Block], at: int) -> int:
    """How many headlines follow that have nothing under them, not even the last: they lead elsewhere."""
    end = at
    while end < len(blocks) and (blocks[end].form is Form.HEADING or is_head_like(blocks[end].text)):
        end += 1
    return end - at if end - at > 1 and (end == len(blocks) or blocks[end].form is Form.CUT) else 0


def _is_entry(block: Block) -> bool:
    if block.form not in {Form.ITEM, Form.TEXT} or word_count(block.text) > _ENTRY_WORDS:
        return False
    return block.form is Form.ITEM or bool(block.lead and block.lead == block.text) or bool(re.match(r"\d{1,2}\W", block.text))


def _sold(blocks: Sequence[Block], at: int) -> int:
    """How many blocks below the marker are what it marks: up to three, as long as they sell something."""
    count = 0
    for step in range(3):
        if at + step >= len(blocks) or (blocks[at + step].form is Form.CUT and blocks[at + step].level == RULE):
            break
        here = blocks[at + step]
        if here.form is Form.TEXT and sells(here.text):
            count = step + 1
        elif not (here.form is Form.HEADING or is_head_like(here.text)):
            break
    return count


def sells(text: str) -> bool:
    """A short paragraph that would have its reader buy, book or give."""
    return word_count(text) <= _SELLING_WORDS and bool(_SELLS.search(text))


def _bare(block: Block) -> Block:
    """A headline without the signs around it; those that lead it make a set of headings of their own."""
    text = bare(block.text)
    if text == block.text or block.form is Form.CUT or not is_head_like(text) or writers(text):
        return block
    sign = block.text[0]
    level = block.level or (SIGNED + ord(sign) % 1000 if not sign.isalnum() else 0)
    return replace(block, form=Form.HEADING, text=text, level=level, lead="")


SIGNED = 100  # from here on the levels of headings that a sign leads, by the sign
