"""Feeds flattened to text: `title url [url#comments] date url … body`, one record after the other."""

from __future__ import annotations

import re

from digest.clean.draft import Draft, plain_blocks
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
