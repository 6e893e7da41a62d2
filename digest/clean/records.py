"""Feeds and pages flattened to text, one record after the other.

A feed is `title url [url#comments] date url … body`, a page `title By Author | date body furniture`.
"""

from __future__ import annotations

import re

from digest.clean.draft import Draft, people, plain_blocks
from digest.model import Removal
from digest.text import one_line
from digest.urls import safe

_DATE = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} \w{3} \d{4} \d{2}:\d{2}:\d{2} (?:[+-]\d{4}|GMT|UTC|Z)"
# Bounded, so that a text made of nothing but addresses is read once and not once for each of them.
_ADDRESS = r"https?://\S{1,1000}+"
_RECORD = re.compile(rf"(?P<url>{_ADDRESS})\s+(?:{_ADDRESS}\s+)?(?P<date>{_DATE})(?:\s+{_ADDRESS})?")
_ENDED = re.compile(r"https?://\S+|\s\d{5,}(?=\s)|\n")
_TRAILER = re.compile(r"https?://\S{1,1000}/feed/?\s+\d+(?:\s+\d+)?\s*$|\]\]>")
_LEAST = 3


def is_records(text: str) -> bool:
    """At least three records stand in the text."""
    return sum(1 for _ in _RECORD.finditer(text)) >= _LEAST


def records(text: str, draft: Draft) -> tuple[Draft, ...]:
    """One draft a record. A record's title stands before its address, its words follow its date."""
    found = list(_RECORD.finditer(text))
    starts = [_title_start(text, match.start(), found[at - 1].end() if at else 0) for at, match in enumerate(found)]
    head = one_line(text[: starts[0]])
    drafts = []
    for at, match in enumerate(found):
        body = text[match.end() : starts[at + 1] if at + 1 < len(found) else len(text)]
        drafts.append(
            Draft(
                plain_blocks(_TRAILER.sub("", body)),
                title=one_line(text[starts[at] : match.start()]),
                url=safe(match["url"]),
                published=match["date"],
                language=draft.language,
                removed=(*draft.removed, Removal("feed head", head)) if at == 0 and head else (),
            )
        )
    return tuple(drafts)


def _title_start(text: str, end: int, begin: int) -> int:
    """Where the title before `end` begins: after the last line break, address or long number."""
    last = begin
    for match in _ENDED.finditer(text, begin, end):
        last = match.end()
    return last


_NAME = r"[^\W\d_a-z][\w.’'-]*(?: (?:(?:de|von|van|der|al|el|da|di|la|le) )?[^\W\d_a-z][\w.’'-]*){1,3}"
_MONTHS = r"[^\W\d_]{3,10}\.?"
_LINE = re.compile(
    rf"\s(?:By|Von|Par|Por|Di) (?P<names>{_NAME}(?:(?:,| and| und| et| y| e) {_NAME})?)\s?(?:[|·•—–,-]|\bon\b)\s?"
    rf"(?P<date>\d{{1,2}}\.? (?:de )?{_MONTHS} (?:de )?\d{{4}}|{_MONTHS} \d{{1,2}}, \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
    r"(?:\s?[|·•—–-]\s?\d{1,2} min(?:ute)?s?(?: read)?)?\s"
)
_SENTENCE_END = re.compile(r"[.!?…][”\"’»)]?\s+(?=\S)")
_ABOVE = re.compile(
    r"\b(?:(?:latest|top|more|all|recent|featured|today[’']s|local|breaking) (?:stories|news|articles|headlines|posts"
    r"|reports)|read more|advertisement"
    r"|(?:settings|subscribe|log ?in|sign in|search|menu)(?= [^\Wa-z][^A-Z]*$))\s+",
    re.IGNORECASE,
)
_GAPS = 40  # records from which what they share is learnt; all with all would take minutes on a page of thousands
_TITLE_LENGTH = 160  # characters of a title in front of its byline


def flattened(draft: Draft) -> tuple[Draft, ...]:
    """The records of a page on one line, at least three; none where it has no such bylines.

    What stands between the last sentence of a record and the next title is furniture where it is the
    same from record to record (`Read more Share on …`).
    """
    text = " ".join(block.text for block in draft.blocks)
    found = list(_LINE.finditer(text))
    if len(found) < _LEAST:
        return ()
    gaps = [_gap(text, match.start(), found[at - 1].end() if at else 0) for at, match in enumerate(found)]
    common = _prefix([text[start : match.start()] for start, match in zip(gaps, found, strict=True)][1:])
    records: list[Draft] = []
    for at, match in enumerate(found):
        title = text[gaps[at] : match.start()].removeprefix(common)
        title = title[max((above.end() for above in _ABOVE.finditer(title)), default=0) :].strip()
        body = text[match.end() : gaps[at + 1] if at + 1 < len(found) else len(text)]
        cut = body.find(common.strip()) if common.strip() else -1
        records.append(
            Draft(
                plain_blocks(body[:cut] if cut >= 0 else body),
                title=title,
                published=match["date"],
                authors=people(match["names"]),
                language=draft.language,
                removed=(*draft.removed, Removal("page head", one_line(text[: gaps[0]])[:500])) if at == 0 else (),
            )
        )
    return tuple(records)


def _gap(text: str, end: int, begin: int) -> int:
    """Where the last sentence before a byline ends."""
    begin = max(begin, end - 2 * _TITLE_LENGTH)
    return max((match.end() for match in _SENTENCE_END.finditer(text, begin, end)), default=begin)


def _prefix(gaps: list[str]) -> str:
    """The words that most of the gaps begin with, two or more of them."""
    best, gaps = "", gaps[:_GAPS]
    for gap in gaps:
        tokens = gap.split(" ")
        for length in range(2, len(tokens)):
            start = " ".join(tokens[:length]) + " "
            if sum(other.startswith(start) for other in gaps) >= max(2, len(gaps) / 2) and len(start) > len(best):
                best = start
    return best
