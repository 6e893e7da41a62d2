"""What each other report adds: its own sentences that say something the reader has not seen yet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from digest.model import Article, Kind, Note, Quote, Relation, Story
from digest.notes.quantities import Quantity, read
from digest.notes.spans import sentence_spans
from digest.text import dateline, word_count, words

_SHORTEST, _LONGEST = 8, 45  # words of a sentence that can stand alone on the page
_NEW_SHARE = 0.5  # share of a sentence's content words that the reader has not seen
_FIGURE, _NAME, _SPEECH = 2.0, 1.0, 1.5  # what a new figure, name or quotation is worth beside a new word
_STOP_LENGTH = 3  # words this short carry grammar, not news …
_SHORT_WORDS = "\u0e00"  # … but not in the scripts from Thai on, which are read in pairs of characters or write short
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NAMES = re.compile(r"(?<=[^\s.!?“\"„«] )[A-ZÄÖÜÉ][\w’'-]{2,}")
# A sentence that leans on the one before it cannot be read alone.
_LEANING = re.compile(
    r"[\"'“‘„«»]?(?:but|and|or|so|yet|still|however|also|then|instead|meanwhile|moreover|nor|though|it|its|he|she|his|her|they|their|them|"
    r"this|that|these|those|such|there|here|both|another|other|rather(?! than)|thus|hence|therefore|nevertheless|nonetheless|consequently"
    r"|(?:each|all|most|none|some|many) of (?:them|these|those|this)|in turn|by contrast|as a result"
    r"|the (?:other|others|difference|rest|reverse|opposite|answer|second|third)(?: (?:one|two))? (?:is|was|were|are|had|has"
    r"|have|reads?|says|said|will|would|came|went|lies|took|began)"
    r"|(?:der|die|das) anderen? (?:ist|war|sind|waren|hat|hatte|haben|wird|liest|sagt|kam)|der unterschied ist|letzterer?|ersterer?"
    r"|l['’]autre (?:est|était|a|dit)|les autres (?:sont|étaient|ont)|ce dernier|cette dernière|la différence est"
    r"|(?:el otro|la otra) (?:es|era|ha|dice)|los otros (?:son|eran|han)|est[ea] últim[oa]|la diferencia es"
    r"|aber|und|doch|er|sie|es|dies\w*|das|damit|dort|auch|vielmehr|dagegen|deshalb|daher|trotzdem|allerdings"
    r"|mais|et|il|elle|ils|elles|ce|cette|ces|cela|cependant|toutefois|pourtant|pero|sin embargo|además)\b|[“「『«]?[这那他她它但而]",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"\b(?:the former|the latter|as (?:mentioned|noted) (?:above|earlier)|see (?:above|below)"
    r"|as (?:we|I) \w+ (?:above|below|earlier)|the (?:first|last|other|second|latter) (?:one|two (?:claims|points|of (?:these|those|them)))"
    r"|die (?:ersten|letzten|anderen) (?:beiden|zwei)\b(?= (?:ist|sind|war|hat|haben))|ce dernier (?:est|a)|est[eo] último)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AddsNoter:
    """For each other report up to `most_sentences` verbatim sentences; at most `most_notes` reports."""

    most_notes: int = 4
    most_sentences: int = 2
    name: str = "adds"

    def notes(self, story: Story) -> Iterator[Note]:
        """Notes in the order of the members; a report of the lead's own outlet is the lead's story too."""
        seen = set(content(f"{story.title} {story.lead.text}"))
        made = 0
        known = frozenset(things(story.lead))
        for member in story.members:
            article = member.article
            if member.relation is not Relation.REPORT or made >= self.most_notes:
                continue
            if article.language and story.lead.language and article.language != story.lead.language:
                continue  # new words are no news across languages: nothing here can tell
            shown = [quote for note in story.notes for quote in note.quotes if quote.article == article.id]
            quotes = new_sentences(article, seen, self.most_sentences, shown, known)
            if quotes:
                made += 1
                yield Note(self.name, (article.source,), _line(article), quotes)


def new_sentences(
    article: Article, seen: set[str], most: int, shown: Sequence[Quote] = (), known: Set[tuple[str, str]] = frozenset()
) -> tuple[Quote, ...]:
    """The sentences that bring most, one after the other, each `seen` by the time the next is judged.

    `seen` holds the words of content that the reader knows, and is added to; nothing is taken of what is `shown`,
    nor a sentence with a figure for a thing that is `known`: what that comes to is for the notes on figures to say.
    """
    head = dateline(article.text)
    spans = [(max(start, head), end) for start, end in sentence_spans(article.text) if end > head]
    spans = [span for span in spans if _stands_alone(article.text, *span)]
    spans = [span for span in spans if not any(quote.start < span[1] and span[0] < quote.end for quote in shown)]
    again = {found.sentence for found in _figures(article) if _thing(found) in known} if known else set()
    spans = [span for span in spans if not any(start < span[1] and span[0] < end for start, end in again)]
    weighed = [(span, _Weighed.of(article.text[slice(*span)])) for span in spans]
    taken: list[tuple[int, int]] = []
    while weighed and len(taken) < most:
        best = max(weighed, key=lambda one: (one[1].worth(seen), -one[0][0]))
        weighed.remove(best)
        if best[1].worth(seen) <= 0:
            break
        taken.append(best[0])
        seen.update(best[1].content)
    return tuple(Quote.of(article, start, end) for start, end in sorted(taken))


def things(article: Article) -> Iterator[tuple[str, str]]:
    """What a report gives a figure for: its dimension, and its role or noun."""
    return (_thing(found) for found in _figures(article) if found.role or found.noun)


def _thing(found: Quantity) -> tuple[str, str]:
    return found.dimension, found.role.name if found.role else found.noun


def _figures(article: Article) -> tuple[Quantity, ...]:
    return read(article.text, article.language, (article.published or article.first_seen).year)


def _line(article: Article) -> str:
    verb = {Kind.OPINION: "comments", Kind.EDITORIAL: "comments", Kind.INTERVIEW: "asks", Kind.EXPLAINER: "explains"}.get(
        article.kind, "adds"
    )
    return f"{article.source} {verb}"


def content(text: str) -> list[str]:
    """The words of a text that may be news."""
    return [word for word in words(text) if len(word) > _STOP_LENGTH or word[:1].isdigit() or word[:1] >= _SHORT_WORDS]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A sentence taken apart once, to be weighed against what is seen as that grows."""

    content: tuple[str, ...]
    figures: tuple[str, ...]
    names: frozenset[str]
    speech: bool
    length: int

    @classmethod
    def of(cls, said: str) -> _Weighed:
        names = frozenset(name.casefold() for name in _NAMES.findall(said))
        speech = re.search(r"[“„«\"「]", said) is not None
        return cls(tuple(content(said)), tuple(_DIGITS.findall(said)), names, speech, word_count(said))

    def worth(self, seen: Set[str]) -> float:
        """How much new the sentence says for its length; 0 where too little of it is new."""
        new = [word for word in self.content if word not in seen]
        if not self.content or len(new) < _NEW_SHARE * len(self.content):
            return 0.0
        figures = sum(1 for figure in self.figures if figure not in seen)
        names = sum(1 for name in self.names if name not in seen)
        return (len(new) + _FIGURE * figures + _NAME * names + _SPEECH * self.speech) / math.sqrt(6 + self.length)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A whole sentence, of readable length, that leans on nothing before it and closes what it opens."""
    said = text[start:end]
    if not _SHORTEST <= word_count(said) <= _LONGEST or "\n" in said or not said.rstrip("\"'”’“»)」』").endswith((".", "!", "。", "！")):
        return False
    if _LEANING.match(said) or _FURTHER.search(said) or not (said[0].isupper() or said[0] in '“"„«「‘' or ord(said[0]) > 0x2E80):
        return False
    if start and text[start - 1] not in "\n " and ord(said[0]) < 0x2E80:
        return False
    if text[max(0, start - 9) : start].rstrip().endswith((":", ",")):
        return False
    return _closes(said)


def _closes(said: str) -> bool:
    """As many marks close as open; the German „ is closed by “ or by ”."""
    low, high, right = (said.count(mark) for mark in "„“”")
    german = low == high + right if low else high == right
    others = all(said.count(opens) == said.count(closes) for opens, closes in ("«»", "()", "「」", "『』"))
    return german and others and said.count('"') % 2 == 0
