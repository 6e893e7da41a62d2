"""Furniture out: what every page says and no report means.

The rules stand in `furniture`. They are tried on short blocks as a whole, and on the sentences of long
ones, so that a page flattened to one line is cleaned too. Every removal is kept with its rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.clean.draft import Block, Draft, Form
from digest.clean.furniture import ALWAYS, MARKS, PASSAGES, TAIL
from digest.model import Removal
from digest.text import one_line, sentences, word_count
from digest.urls import safe

_SHORT = 45  # words: a block up to this long goes as a whole where a rule matches it
_KEPT = 500  # characters of a removal that are kept on record
_QUOTED = re.compile(r"“[^”]{0,400}”|„[^“”]{0,400}[“”]|«[^»]{0,400}»|\"[^\"]{0,400}\"|「[^」]{0,400}」|『[^』]{0,400}』")
_FULL_STOP = re.compile(r"[.。۔][\"'”’»)\]]*$")
_URL = re.compile(r"https?://\S{1,1000}")
_SENTENCE = 6  # words: a full stop behind fewer closes a label
_READER = re.compile(
    r"\b(?:[Yy]ou|[Yy]our|[Ww]e|[Oo]ur|us|[Pp]lease|[Cc]lick"
    r"|[Tt]his (?:web)?(?:site|page|article|story|newsletter|e-?mail|issue|edition|list)"
    r"|Sie|Ihr|Ihnen|Ihre[nmrs]?|[Ww]ir|[Uu]nser\w*|[Vv]ous|[Vv]os|[Vv]otre|[Nn]ous|[Nn]os|[Nn]otre|[Cc]e site)\b"
    r"|[你您]|我们|本网站|نستخدم|نشرتنا|موقعنا"
)


def boilerplate(draft: Draft, extra: tuple[str, ...] = ()) -> Draft:
    """The draft without furniture; `extra` are the patterns of `clean.drop` in the settings."""
    own = tuple(re.compile(found) for found in extra)
    removed: list[Removal] = []
    blocks: list[Block] = []
    for block in draft.blocks:
        known = len(removed)
        if block.form is Form.CUT and not block.text and not (blocks and blocks[-1].form is Form.CUT):
            blocks.append(block)
            continue
        text = _pruned(block.text, own, removed)
        if text:
            blocks.append(replace(block, text=text))
        elif not blocks or blocks[-1].form is not Form.CUT:
            blocks.append(Block(Form.CUT, "", block.level if block.form is Form.CUT else 0, _address(block, removed[known:])))
        else:
            last = blocks[-1]
            blocks[-1] = replace(
                last, level=max(last.level, block.level if block.form is Form.CUT else 0), url=last.url or _address(block, removed[known:])
            )
    return draft.without(blocks, removed)


def _address(block: Block, removed: Sequence[Removal]) -> str:
    """Where a block leads that was taken out: `Read more` is furniture, its link is not."""
    if not any(removal.rule in {"related", "address"} for removal in removed):
        return ""
    found = _URL.search(block.text)
    return block.url or (safe(found.group().rstrip(".,;)")) if found else "")


def _rule_for(text: str, own: tuple[re.Pattern[str], ...]) -> str:
    """The rule by which a sentence or a short block is furniture; nothing where it is none."""
    rule = next((rule for rule, words in ALWAYS if words.search(text)), "")
    if rule:
        return rule
    if any(words.search(text) for words in own):
        return "settings"
    said = _QUOTED.sub("“”", text)  # what somebody is quoted as saying is never furniture
    rule = next((rule for rule, words in MARKS if words.search(said)), "")
    return "" if rule and _is_report(said) else rule


def _is_report(text: str) -> bool:
    """A full sentence that speaks to no reader, of no site of ours."""
    return bool(_FULL_STOP.search(text)) and word_count(text) >= _SENTENCE and not _READER.search(text)


def _pruned(text: str, own: tuple[re.Pattern[str], ...], removed: list[Removal]) -> str:
    if word_count(text) <= _SHORT:
        rule = _rule_for(text, own)
        if rule:
            removed.append(Removal(rule, text[:_KEPT]))
            return _rest_of(text, rule)
        return text
    text = _without_tail(text, removed)
    for rule, words in PASSAGES:
        text = _cut_out(text, rule, words, removed)
    kept = _sentences_kept(text, own, removed)
    return one_line(kept)


def _rest_of(text: str, rule: str) -> str:
    """An instruction or template residue may stand inside a line that says something beside it."""
    if rule not in {"template", "instruction"}:
        return ""
    rest = text
    for name, words in PASSAGES:
        if name == rule:
            rest = words.sub(" ", rest)
    return one_line(rest) if word_count(rest) >= 5 and rest != text else ""


def _without_tail(text: str, removed: list[Removal]) -> str:
    found = TAIL.search(text, len(text) // 2)
    if found is None:
        return text
    removed.append(Removal("tail", text[found.start() :][:_KEPT]))
    return text[: found.start()]


def _cut_out(text: str, rule: str, words: re.Pattern[str], removed: list[Removal]) -> str:
    removed.extend(Removal(rule, found.group()[:_KEPT]) for found in words.finditer(text) if found.group().strip())
    return words.sub(" ", text)


def _sentences_kept(text: str, own: tuple[re.Pattern[str], ...], removed: list[Removal]) -> str:
    """The text without the sentences that a rule marks, and without those that stand in it twice."""
    seen: set[str] = set()
    spans: list[str] = []
    for sentence in _each_sentence(text):
        rule = "" if word_count(sentence) > _SHORT else _rule_for(sentence, own)
        if not rule and len(sentence) >= 60 and sentence in seen:
            rule = "repeat"
        seen.add(sentence)
        if rule:
            removed.append(Removal(rule, sentence[:_KEPT]))
        else:
            spans.append(sentence)
    return " ".join(spans)


def _each_sentence(text: str) -> Iterator[str]:
    for start, end in sentences(text):
        yield text[start:end]


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
    said = word_count(joined_text(run))
    return said >= 40 or (len([block for block in run if block.text]) >= 3 and said >= 25)
