"""Furniture learnt from its source: a sentence that stands in document after document says nothing new.

Counted over the documents of one outlet, and kept from run to run. Pure: counts in, counts out. All
documents of a run are counted before the first is cleaned, so their order does not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from digest.clean.dates import is_date
from digest.clean.draft import BYLINE, Block, Draft, Form
from digest.model import Removal
from digest.text import sentences, sha, word_count, words

# One table of thresholds. Two documents may share a sentence by quoting it; half of an outlet's documents do not.
LEAST_DOCUMENTS = 3  # that have the sentence
SHARE = 0.5  # of the outlet's documents, those that have it
COPIED = 0.5  # of a document's words: two that share more are copies of one text, and count as one document
MOST_LOST = 0.6  # of a document's words: one that is made of what recurs is no page with furniture on it
LEAST_WORDS, MOST_WORDS = 4, 60  # of a sentence; shorter ones are labels and tags, which belong to what follows
REMEMBERED = 200  # documents: beyond that all counts are halved, so that last year's footer is forgotten
KEPT = 3000  # sentences of one outlet that are kept, those that came most often and last
_KEPT_TEXT = 500
_FINGERPRINTS = 4 * REMEMBERED  # of documents that were counted, so that none counts twice
_MOST_COPIES = 50  # a sentence in more documents than this is no sign of copies


@dataclass(frozen=True, slots=True)
class Counts:
    """What was seen of one outlet: documents, which ones, and in how many of them each sentence stood."""

    documents: int = 0
    seen: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> Counts:
        """The counts that `state` kept; none where it kept none."""
        return cls(int(state.get("documents", 0)), tuple(state.get("seen", ())), dict(state.get("lines", {})))

    def state(self) -> dict[str, Any]:
        """What is kept for the next run."""
        return {"documents": self.documents, "seen": list(self.seen), "lines": dict(self.lines)}


def learnt(counts: Counts, drafts: Iterable[tuple[str, Draft]]) -> Counts:
    """The counts with these documents too, each given with its fingerprint; one seen before counts once."""
    fresh = {print_: _units(draft) for print_, draft in drafts if print_ not in counts.seen}
    told = _told_apart(fresh)
    lines = Counter(counts.lines)
    for sentences_ in told:
        lines.update(sentences_)
    return _forgetting(Counts(counts.documents + len(told), (*counts.seen, *sorted(fresh))[-_FINGERPRINTS:], lines))


def _told_apart(fresh: Mapping[str, Mapping[str, int]]) -> tuple[frozenset[str], ...]:
    """The sentences of each document, copies of one text taken together: what they share is news, no furniture."""
    places: dict[str, list[str]] = {}
    for print_ in sorted(fresh):
        for line in fresh[print_]:
            places.setdefault(line, []).append(print_)
    shared: Counter[tuple[str, str]] = Counter()
    for line, found in places.items():
        if len(found) <= _MOST_COPIES:
            for pair in combinations(found, 2):
                shared[pair] += fresh[found[0]][line]
    first = {print_: print_ for print_ in sorted(fresh)}
    for (one, two), said in sorted(shared.items()):
        if said > COPIED * min(sum(fresh[one].values()), sum(fresh[two].values())):
            first[two] = min(first[one], first[two])
    together: dict[str, set[str]] = {}
    for print_, original in first.items():
        together.setdefault(first[original], set()).update(fresh[print_])
    return tuple(frozenset(lines) for _, lines in sorted(together.items()))


def furniture(counts: Counts) -> frozenset[str]:
    """The sentences that are furniture, as keys."""
    least = max(LEAST_DOCUMENTS, SHARE * counts.documents)
    return frozenset(line for line, many in counts.lines.items() if many >= least)


def without_learnt(draft: Draft, known: frozenset[str]) -> Draft:
    """The draft without these sentences, each on record; a draft that is made of them stays."""
    units = _units(draft) if known else {}
    lost = sum(units[line] for line in known & units.keys())
    if not lost or lost > MOST_LOST * sum(units.values()):
        return draft
    removed: list[Removal] = []
    blocks = [_without(block, known, removed) for block in draft.blocks]
    return draft.without(blocks, removed)


def _without(block: Block, known: frozenset[str], removed: list[Removal]) -> Block:
    if block.form not in {Form.TEXT, Form.ITEM}:
        return block
    kept: list[str] = []
    count = len(removed)
    for sentence in _sentences(block.text):
        if _key(sentence) in known:
            removed.append(Removal("learnt", sentence[:_KEPT_TEXT]))
        else:
            kept.append(sentence)
    if len(removed) == count:
        return block
    return Block(block.form, " ".join(kept), block.level, block.url) if kept else Block(Form.CUT, "")


def _units(draft: Draft) -> dict[str, int]:
    """The sentences of a document by their keys, with their words; headings, labels, bylines and dates are none."""
    found: dict[str, int] = {}
    for block in draft.blocks:
        if block.form not in {Form.TEXT, Form.ITEM} or block.text == draft.title or BYLINE.match(block.text) or is_date(block.text):
            continue
        for sentence in _sentences(block.text):
            count = word_count(sentence)
            if LEAST_WORDS <= count <= MOST_WORDS:
                found[_key(sentence)] = count
    return found


def _sentences(text: str) -> Iterator[str]:
    for start, end in sentences(text):
        yield text[start:end]


def _key(sentence: str) -> str:
    """Numbers do not tell two footers apart (`© 2026`, `Issue 47`)."""
    return sha(*("0" if word.isdigit() else word for word in words(sentence)))[:12]


def _forgetting(counts: Counts) -> Counts:
    """The counts within their limits: halved when many documents were seen, and the rarest left out."""
    documents, lines = counts.documents, dict(counts.lines)
    if documents > REMEMBERED:
        documents, lines = documents // 2, {line: many // 2 for line, many in lines.items() if many >= 2}
    if len(lines) > KEPT:
        lines = dict(sorted(lines.items(), key=lambda found: (-found[1], found[0]))[:KEPT])
    return Counts(documents, counts.seen, dict(sorted(lines.items())))
