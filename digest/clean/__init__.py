"""Cleaning: a document becomes articles, by ordered, named steps.

    decode → mojibake → html | markdown | plain → unicode → fold → learnt → boilerplate → frame → split → facts

Each step is a function of the draft before it; what a step takes out is on record with its rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any

from digest.clean.boilerplate import boilerplate, fold
from digest.clean.draft import Block, Draft, Form, headed, plain_blocks
from digest.clean.facts import Told, article
from digest.clean.frame import without_frame
from digest.clean.html import html_draft
from digest.clean.learnt import Counts, furniture, learnt, without_learnt
from digest.clean.letter import plain_letter
from digest.clean.records import flattened, is_records, records
from digest.clean.runin import run_in
from digest.clean.split import split
from digest.decode import text_of
from digest.errors import DocumentError
from digest.markdown import page
from digest.model import Article, Document, Failure, Removal
from digest.mojibake import mended
from digest.settings import CleanTable
from digest.text import one_line, sha, visible

_GAP = re.compile(r"(?<=\w) ([,.])(?=\s|$)")
_FLAT_BLOCKS = 3  # a page flattened to one line has no more
_MARKS = 3000  # signs of Markdown on one line; a long table of links has hundreds
_HEAD_BLOCKS, _HEAD_LENGTH = 12, 4000  # blocks, and characters of each, at the head of a document in which its date may stand


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The articles of one document, and what was wrong with them."""

    articles: tuple[Article, ...]
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A document as text and as blocks, before anything was taken out; what recurs in its source is learnt from these."""

    document: Document
    text: str
    draft: Draft

    @property
    def outlet(self) -> str:
        """Whose text it is."""
        return one_line(self.document.hints.outlet or self.document.source)

    @property
    def fingerprint(self) -> str:
        """Tells one document from another, in a few letters."""
        return sha(self.document.content)[:12]


def opened(document: Document) -> Opened:
    """A document read and brought into blocks; raises DocumentError, naming it, where it is not text."""
    try:
        text = text_of(document.content, document.charset)
    except DocumentError as error:
        raise DocumentError(error.cause, where=document.uri, fix=error.fix) from None
    read = mended(text)
    draft = _structured(document, read.text)
    blocks = tuple(block if (tidy := _tidy(block.text)) == block.text else replace(block, text=tidy) for block in draft.blocks)
    wrong = (Removal("mojibake", one_line(read.wrong)),) if read.wrong else ()
    return Opened(document, read.text, replace(draft, blocks=blocks, removed=(*draft.removed, *wrong)))


def taught(state: Mapping[str, Any], documents: Sequence[Opened]) -> dict[str, Any]:
    """What a source's documents teach, by outlet, on top of what was kept of earlier runs; JSON can hold it."""
    drafts: dict[str, list[tuple[str, Draft]]] = {outlet: [] for outlet in state}
    for one in documents:
        drafts.setdefault(one.outlet, []).append((one.fingerprint, one.draft))
    return {outlet: learnt(Counts.of(state.get(outlet, {})), found).state() for outlet, found in sorted(drafts.items())}


def furniture_of(state: Mapping[str, Any], outlet: str) -> frozenset[str]:
    """The sentences of an outlet that are furniture, by what was taught."""
    return furniture(Counts.of(state.get(outlet, {})))


def clean(document: Document, options: CleanTable, now: datetime, zone: tzinfo) -> Cleaned:
    """The articles in a document by itself, with nothing learnt from its source; raises DocumentError."""
    return finished(opened(document), options, now, zone)


def finished(read: Opened, options: CleanTable, now: datetime, zone: tzinfo, known: frozenset[str] = frozenset()) -> Cleaned:
    """The articles in a document that was opened; `known` are the sentences that its source taught to be furniture."""
    document = read.document
    drafts, heads = _drafts(read, options, known)
    if not any(draft.blocks for draft in drafts) and not document.hints.title:
        raise DocumentError("holds no text once furniture is taken out", where=document.uri, fix="look at it with `digest articles`")
    told = Told(document, now, zone)
    several = len(drafts) > 1
    made = [article(draft, told, number if several else 0, heads) for number, draft in enumerate(drafts, 1)]
    return Cleaned(tuple(found for found, _ in made), tuple(failure for _, failures in made for failure in failures))


def _drafts(read: Opened, options: CleanTable, known: frozenset[str]) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """Furniture, fold, split: one draft a story; and the lines at the document's head."""
    document, whole = read.document, read.draft
    if document.media_type == "text/plain" and options.split and is_records(read.text):
        found = records(visible(read.text), Draft((), title="", removed=whole.removed))
        return tuple(
            piece for draft in found for piece in _pieces(_tidied(draft, options, known), options, mail=False)[:1] if piece.blocks
        ), ()
    if options.split and len(whole.blocks) <= _FLAT_BLOCKS and (found := flattened(whole)):
        pieces = (_single_of(_tidied(draft, options, known), options) for draft in found)
        return tuple(piece for piece in pieces if piece.blocks), ()
    heads = tuple(block.text[:_HEAD_LENGTH] for block in whole.blocks[:_HEAD_BLOCKS])
    draft = _tidied(whole, options, known)
    mail = document.mail or document.uri.rpartition("#")[0].endswith(".eml") or document.uri.endswith(".eml")
    if document.hints.title and not mail:
        return _pieces(replace(draft, title=document.hints.title), options, mail=False), heads
    return _pieces(draft, options, mail), heads


def _single_of(draft: Draft, options: CleanTable) -> Draft:
    return _pieces(draft, options, mail=False)[0]


def _structured(document: Document, text: str) -> Draft:
    if document.media_type == "text/html":
        return html_draft(text, document.mail)
    if document.media_type == "text/markdown" and not _is_crowded(text):
        return html_draft(page(visible(text)))
    return Draft(plain_blocks(plain_letter(visible(text)) if document.mail else visible(text)))


def _is_crowded(text: str) -> bool:
    """Marks by the thousand on one line: no letter, and the reader of Markdown would take minutes over it."""
    return any(sum(map(line.count, "[*_`<!")) > _MARKS for line in text.split("\n"))


def _tidied(draft: Draft, options: CleanTable, known: frozenset[str]) -> Draft:
    return without_frame(boilerplate(without_learnt(fold(draft), known), tuple(options.drop)))


def _tidy(text: str) -> str:
    """One line, composed, without the space that a link left before a comma or a full stop when its tags went."""
    text = one_line(unicodedata.normalize("NFC", text))
    return _GAP.sub(r"\1", text) if " ," in text or " ." in text else text


def _pieces(draft: Draft, options: CleanTable, mail: bool) -> tuple[Draft, ...]:
    if not options.split:
        return split(replace(draft, blocks=tuple(_sub(block) for block in draft.blocks)))[:1]
    blocks: list[Block] = []
    for block in draft.blocks:
        blocks.extend(run_in(block))
    return split(replace(draft, blocks=headed(blocks)), mail)


def _sub(block: Block) -> Block:
    return replace(block, form=Form.TEXT) if block.form is Form.HEADING else block
