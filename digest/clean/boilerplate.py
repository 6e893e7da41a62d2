"""Furniture out: what every page says and no report means.

The rules stand in `furniture`. They are tried on short blocks as a whole, and on the sentences of long
ones, so that a page flattened to one line is cleaned too. Every removal is kept with its rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.clean.draft import ADVERT, LINKS, TAGS, Block, Draft, Form
from digest.clean.furniture import ALWAYS, MARKS, PASSAGES, TAIL
from digest.clean.lines import is_addressed
from digest.clean.needs import Pattern, grams, likely, possible
from digest.model import Removal
from digest.text import one_line, sentences, word_count
from digest.urls import safe

_SHORT = 45  # words: a block up to this long goes as a whole where a rule matches it
_FLATTENED = 2000  # characters from which on a block is looked through for what it says twice, whatever a quick look says
_REPEATED = 60  # characters of a sentence that stands there for the second time
_SPACED = 12  # letters from one space to the next, at most, where words stand apart
_KEPT = 500  # characters of a removal that are kept on record
_QUOTED = re.compile(r"“[^”]{0,400}”|„[^“”]{0,400}[“”]|«[^»]{0,400}»|\"[^\"]{0,400}\"|「[^」]{0,400}」|『[^』]{0,400}』")
_FULL_STOP = re.compile(r"[.。۔][\"'”’»)\]]*$")
_MARKERS = {"advert": ADVERT, "related": LINKS}
_PARTED = re.compile(r"\s+[|·•/-]\s+")
_URL = re.compile(r"https?://\S{1,1000}")
_SENTENCE = 6  # words: a full stop behind fewer closes a label


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules that can match somewhere in a text, and those of the settings."""

    always: tuple[Pattern, ...]
    marks: tuple[Pattern, ...]
    passages: tuple[Pattern, ...]
    tails: tuple[Pattern, ...]
    own: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, draft: Draft, extra: tuple[str, ...]) -> _Rules:
        lower = "\n".join(block.text for block in draft.blocks).lower()
        found = grams(lower)
        always, marks, passages, tails = (likely(table, lower, found) for table in (ALWAYS, MARKS, PASSAGES, TAIL))
        return cls(always, marks, passages, tails, tuple(re.compile(pattern) for pattern in extra))

    def within(self, text: str) -> _Rules:
        """Those that can match in a part of the text."""
        lower = text.lower()
        return replace(
            self, always=possible(self.always, lower), marks=possible(self.marks, lower), passages=possible(self.passages, lower)
        )


def boilerplate(draft: Draft, extra: tuple[str, ...] = ()) -> Draft:
    """The draft without furniture; `extra` are the patterns of `clean.drop` in the settings."""
    rules = _Rules.of(draft, extra)
    removed: list[Removal] = []
    blocks: list[Block] = []
    for block in draft.blocks:
        known = len(removed)
        if block.form is Form.CUT and not block.text and not (blocks and blocks[-1].form is Form.CUT):
            blocks.append(block)
            continue
        text = _pruned(block.text, rules, removed)
        tags = _tags_of(removed[known:]) if not text else ""
        if tags:
            blocks.append(Block(Form.CUT, tags, TAGS))
        elif text:
            blocks.append(block if text == block.text else replace(block, text=text))
        elif not blocks or blocks[-1].form is not Form.CUT or blocks[-1].level == TAGS:
            blocks.append(
                Block(Form.CUT, "", block.level if block.form is Form.CUT else _mark(removed[known:]), _address(block, removed[known:]))
            )
        else:
            last = blocks[-1]
            blocks[-1] = replace(
                last,
                level=max(last.level, block.level if block.form is Form.CUT else _mark(removed[known:])),
                url=last.url or _address(block, removed[known:]),
            )
    return draft.without(blocks, removed)


def _mark(removed: Sequence[Removal]) -> int:
    """What a place says of what stands below it: an advertisement's marker is gone, the advertisement is not."""
    return max((_MARKERS.get(one.rule, 0) for one in removed), default=0)


def _tags_of(removed: Sequence[Removal]) -> str:
    """What a line of keywords lists, behind its colon."""
    return next((one.text.partition(":")[2] or one.text.partition("：")[2] for one in removed if one.rule == "keywords"), "").strip(" ]>")


def _address(block: Block, removed: Sequence[Removal]) -> str:
    """Where a block leads that was taken out: `Read more` is furniture, its link is not."""
    if not any(removal.rule in {"related", "address"} for removal in removed):
        return ""
    found = _URL.search(block.text)
    return block.url or (safe(found.group().rstrip(".,;)")) if found else "")


def _rule_for(text: str, rules: _Rules) -> str:
    """The rule by which a sentence or a short block is furniture; nothing where it is none."""
    rule = _first(rules.always, text)
    if rule:
        return rule
    if any(words.search(text) for words in rules.own):
        return "settings"
    if not rules.marks:
        return ""
    said = _QUOTED.sub("“”", text)  # what somebody is quoted as saying is never furniture
    rule = _first(rules.marks, said)
    return "" if rule and _is_report(said) else rule


def _rule_of_all(text: str, rules: _Rules) -> str:
    """The rule of a line whose parts, between bars or points, are furniture one by one."""
    parts = _PARTED.split(text) if len(text) <= 200 else []
    found = [_rule_for(part, rules) for part in parts] if len(parts) > 1 else [""]
    return found[0] if all(found) else ""


def _first(patterns: Sequence[Pattern], text: str) -> str:
    for pattern in patterns:
        if pattern.words.search(text):
            return pattern.rule
    return ""


def _is_report(text: str) -> bool:
    """A full sentence that speaks to no reader, of no site of ours."""
    return bool(_FULL_STOP.search(text)) and word_count(text) >= _SENTENCE and not is_addressed(text)


def _pruned(text: str, rules: _Rules, removed: list[Removal]) -> str:
    for passage in rules.passages:
        if passage.rule == "keywords":
            text = one_line(_cut_out(text, passage, removed))
    if not _is_long(text):
        rule = _rule_for(text, rules) or _rule_of_all(text, rules)
        if rule:
            removed.append(Removal(rule, text[:_KEPT]))
            return _rest_of(text, rule)
        return text
    rules = rules.within(text)
    text = _without_tail(text, rules, removed)
    for passage in rules.passages:
        text = _cut_out(text, passage, removed)
    kept = _sentences_kept(text, rules, removed)
    return one_line(kept)


def _is_long(text: str) -> bool:
    """More than _SHORT words; where they stand apart, their spaces are counted, which is soon done."""
    if len(text) <= 2 * _SHORT or len(text) > 40 * _SHORT:
        return len(text) > 40 * _SHORT
    spaces = text.count(" ")
    return (spaces if spaces * _SPACED > len(text) else word_count(text)) > _SHORT


def _rest_of(text: str, rule: str) -> str:
    """An instruction or template residue may stand inside a line that says something beside it."""
    if rule not in {"template", "instruction"}:
        return ""
    rest = text
    for passage in PASSAGES:
        if passage.rule == rule:
            rest = passage.words.sub(" ", rest)
    return one_line(rest) if word_count(rest) >= 5 and rest != text else ""


def _without_tail(text: str, rules: _Rules, removed: list[Removal]) -> str:
    starts = [found.start() for tail in rules.tails if (found := tail.words.search(text, len(text) // 2))]
    if not starts:
        return text
    removed.append(Removal("tail", text[min(starts) :][:_KEPT]))
    return text[: min(starts)]


def _cut_out(text: str, passage: Pattern, removed: list[Removal]) -> str:
    removed.extend(Removal(passage.rule, found.group()[:_KEPT]) for found in passage.words.finditer(text) if found.group().strip())
    return passage.words.sub(" ", text)


def _sentences_kept(text: str, rules: _Rules, removed: list[Removal]) -> str:
    """The text without the sentences that a rule marks, and without those that stand in it twice."""
    if not (rules.always or rules.marks or rules.own or _may_repeat(text)):
        return text
    seen: set[str] = set()
    kept: list[str] = []
    spans = [*sentences(text), (len(text), len(text))]
    for (start, end), (after, _) in pairwise(spans):
        sentence = text[start:end]
        rule = "" if _is_long(sentence) else _rule_for(sentence, rules)
        if not rule and len(sentence) >= _REPEATED and sentence in seen:
            rule = "repeat"
        seen.add(sentence)
        if rule:
            removed.append(Removal(rule, sentence[:_KEPT]))
        else:
            kept.append(text[start:after])
    return "".join(kept)


def _may_repeat(text: str) -> bool:
    """Whether a sentence may stand in a text twice: a quick look, since to find its sentences takes long."""
    half = _REPEATED // 2
    return len(text) >= _FLATTENED or any(text.find(text[at : at + half], at + half) > 0 for at in range(0, len(text) - 2 * half, half))


def fold(draft: Draft) -> Draft:
    """The draft without a second copy of what it says: runs of blocks that stood in it before."""
    seen: dict[str, int] = {}
    again: list[bool] = []
    for block in draft.blocks:
        key = one_line(block.text).casefold()
        again.append(bool(key) and key in seen)
        seen.setdefault(key, len(again))
    removed: list[Removal] = []
    blocks: list[Block] = []
    at = 0
    while at < len(again):
        end = at
        while end < len(again) and (again[end] or (end > at and draft.blocks[end].form is Form.CUT)):
            end += 1
        run = draft.blocks[at:end]
        if _is_copy(run):
            removed.append(Removal("repeat", joined_text(run)[:_KEPT]))
            blocks.append(Block(Form.CUT, ""))
        else:
            blocks.extend(run)
        blocks.extend(draft.blocks[end : end + 1])
        at = end + 1
    return draft.without(blocks, removed)


def joined_text(blocks: tuple[Block, ...]) -> str:
    """The words of the blocks on one line."""
    return one_line(" ".join(block.text for block in blocks))


def _is_copy(run: tuple[Block, ...]) -> bool:
    """One long paragraph, or several blocks with some length between them: not a recurring label."""
    if not run:
        return False
    said = word_count(joined_text(run))
    return said >= 40 or (len([block for block in run if block.text]) >= 3 and said >= 25)
