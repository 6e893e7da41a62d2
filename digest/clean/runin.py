"""Pages flattened to one line: their headings stand in the running text, and are found again there.

Two shapes: a run of Title Case words before a sentence begins (`What to Make of Rain On Monday,
the river …`), and a run-in head, a few words closed by a full stop (`Harbour bailout. The port …`),
with or without a section label before it (`Tech and Business Harbour bailout. The …`). A page without
any label or title is an article whose short sentences (`Silence again.`) are sentences, and stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from digest.clean.draft import RUN_IN, Block, Form
from digest.text import sentences, word_count, words

_LONG = 2500  # characters: only a block this long can be a flattened page
_SMALL = frozenset("a an and as at but by for from in into is nor of off on or over per the to up via vs with".split())
# Words that begin a sentence far more often than they stand capitalised inside a title.
_OPENERS = frozenset(
    "the a an on in at when while after before since as if it its this that these those there here he she they we you i some many most "
    "all one two three for from with by under over during despite although though but and so yet now today last next earlier".split()
)
_SENTENCE_WORDS = frozenset(
    "is are was were has have had will would can could said says did does do may must should might just not also still already even only "
    "that this these those it they he she we you i them him her us me who what which there".split()
)
_WORD = re.compile(r"\S+")
_ENGLISH = 0.2  # of the words are such in English prose, .3 to .45; hardly any elsewhere
_HEAD_WORDS = 8
_LABEL_WORDS = 5
_TITLE_WORDS = 14
_STEM = 5  # letters that make two words one: `tariff`, `tariffs`
_BODY = 35  # words that the middle story under run-in heads has at least


def run_in(block: Block) -> Iterator[Block]:
    """The blocks that a flattened page was; any other block as it is."""
    if block.form is not Form.TEXT or len(block.text) < _LONG or not _is_english(block.text):
        yield block
        return
    spans = [block.text[start:end] for start, end in sentences(block.text)]
    found = [_heads(sentence, after) for sentence, after in zip_longest(spans, spans[1:], fillvalue="")]
    found = [one if _is_taken_up(one[0], spans[at + 1 : at + 4]) or one[1] else ([], spans[at]) for at, one in enumerate(found)]
    if not any(len(heads) == 2 or (heads and rest) for heads, rest in found) or not _has_bodies(found):
        yield block
        return
    yield from _blocks(found)


def _is_english(text: str) -> bool:
    """Title Case and heads without a verb are told apart by English words alone; other languages stay whole."""
    said = text.split()[:400]
    return sum(word in _SENTENCE_WORDS or word in _SMALL or word in _OPENERS for word in said) >= _ENGLISH * len(said)


def _blocks(found: Sequence[tuple[list[str], str]]) -> Iterator[Block]:
    kept: list[str] = []
    for heads, rest in found:
        if heads and kept:
            yield Block(Form.TEXT, " ".join(kept))
            kept = []
        for head in heads:
            yield Block(Form.HEADING, head, RUN_IN)
        if rest:
            kept.append(rest)
    if kept:
        yield Block(Form.TEXT, " ".join(kept))


def _is_taken_up(heads: list[str], after: Sequence[str]) -> bool:
    """A head names what its story is about: one of its longer words comes again in the next sentences."""
    told = {word[:_STEM] for sentence in after for word in words(sentence)}
    return bool(heads) and any(word[:_STEM] in told for word in words(heads[-1]) if len(word) >= _STEM - 1)


def _has_bodies(found: Sequence[tuple[list[str], str]]) -> bool:
    """The middle story under the heads is as long as a story: short sentences are no heads."""
    bodies = [0]
    for heads, rest in found:
        if heads:
            bodies.append(0)
        bodies[-1] += word_count(rest)
    bodies = sorted(bodies[1:])
    return len(bodies) >= 2 and bodies[len(bodies) // 2] >= _BODY


def _heads(sentence: str, after: str) -> tuple[list[str], str]:
    """The headings that a sentence begins with, and what is left of it."""
    tokens = _WORD.findall(sentence)
    if sentence.endswith(".") and len(tokens) <= _HEAD_WORDS + _LABEL_WORDS and word_count(after) >= 8:
        label, head = _label_and_head(tokens)
        if head and len(head) <= _HEAD_WORDS and not _is_sentence(head):
            return [" ".join(part) for part in (label, head) if part], ""
    length = _title_run(tokens)
    if length:
        return [" ".join(tokens[:length])], " ".join(tokens[length:])
    return [], sentence


def _label_and_head(tokens: list[str]) -> tuple[list[str], list[str]]:
    """`Tech and Business | Generic drugs scandal.`: the head begins at the last capital before small words."""
    said = [token.rstrip(".") for token in tokens]
    small = next((at for at, word in enumerate(said) if word[:1].islower() and word not in _SMALL), len(said))
    if small == len(said):
        return ([], said) if len(said) <= 5 else ([], [])
    start = small - 1
    while start > 0 and not said[start][:1].isupper():
        start -= 1
    if said[start - 1 : start] and said[start - 1].endswith(("’s", "'s")):
        start -= 1
    if 0 < start <= _LABEL_WORDS and word_count(" ".join(said[:start])) >= 2 and said[start - 1] not in _SMALL:
        return said[:start], said[start:]
    return [], said


def _is_sentence(said: list[str]) -> bool:
    """A head is a bare phrase: articles, pronouns, the commonest verbs and adverbs, past tenses give a sentence away."""
    if said[0].casefold() in _OPENERS:
        return True
    return any(word.casefold() in _SENTENCE_WORDS or (word.islower() and word.endswith("ed")) for word in said)


def _title_run(tokens: list[str]) -> int:
    """How many words at the start are a title in Title Case with a sentence right behind it; else 0."""
    for at, token in enumerate(tokens[: _TITLE_WORDS + 1]):
        word = token.strip("“”‘’\"'(),")
        if at >= 3 and word[:1].isupper() and word.casefold() in _OPENERS and _goes_on(tokens, at):
            return at
        if token.endswith((",", ";", ":")) or not (word[:1].isupper() or word in _SMALL or word[:1].isdigit()):
            return 0
    return 0


def _goes_on(tokens: list[str], at: int) -> bool:
    """A sentence follows: at least six more words, some of them in lower case."""
    rest = tokens[at + 1 :]
    return len(rest) >= 6 and any(word[:1].islower() and word not in _SMALL for word in rest[:6])
