"""Captions that stand in a text as paragraphs: what a picture shows, and when and where it was taken."""

from __future__ import annotations

import re

from digest.text import sentences, word_count

_WORDS = 50  # a longer line is a paragraph
_POSES = (
    "looks?|stands?|waves?|poses?|smiles?|gestures?|flutters?|walks?|arrives?|speaks?|attends?|holds?|sits?|wears?|listens?|leaves?"
    "|watch(?:es)?|waits?|works?|takes? off|travels? past"
)
_SEEN = re.compile(
    r"\b(?:(?:is|are|as|was|were) (?:seen|pictured|shown|displayed)|seen here|pictured (?:here|in|on|at|during)"
    rf"|file (?:photo|picture|image)|(?:{_POSES})\b.{{0,120}}\b(?:in|on) (?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}}, )?\d{{4}})\b"
)
_TAKEN = re.compile(
    r"\b(?:on (?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})(?:,? in [\w ,.’'-]{2,50})?"
    r"|in [A-Z][\w ,.’'-]{2,50}, (?:in |on )?(?:[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?)?\d{4}|in (?:[A-Z][a-z]{2,8} )?\d{4})\.$"
)


def is_caption(text: str) -> bool:
    """One sentence about a picture. In running text such sentences are reports too: ask only where headlines follow."""
    if len(text) > 600 or not text.endswith((".", ")")) or word_count(text) > _WORDS or len(list(sentences(text))) > 1:
        return False
    return bool(_SEEN.search(text) or _TAKEN.search(text))
