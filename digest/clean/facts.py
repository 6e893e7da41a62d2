"""Facts of a cleaned text: title, date, authors, section, tags, language, kind, identity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from digest.caps import within
from digest.clean.dates import is_future, own_date, parsed
from digest.clean.draft import NUMBER, Draft, joined
from digest.clean.kinds import kind_of
from digest.model import Article, Document, Failure
from digest.text import cut, one_line, sentences, sha, visible, word_count
from digest.urls import canonical, safe

_LANGUAGE_SCOPE = 2000  # characters that a language is read from
_COMMON = {  # words that their neighbours (Scots, Dutch, Luxembourgish, Catalan) do not share
    "en": frozenset("the of and that was with this which from have been".split()),
    "de": frozenset("der die und nicht ist das mit ein eine auf sich auch dem".split()),
    "fr": frozenset("et est dans une pour avec sur cette qui aux ont été".split()),
}
_SHARE = 0.08  # of the words; English prose has .15 to .25 of these
_DATE_BLOCKS, _DATE_SCOPE = 3, 400  # blocks, and characters of each, at the head of a text in which its own date stands


@dataclass(frozen=True, slots=True)
class Told:
    """What the document said, and the moment and zone of this run."""

    document: Document
    now: datetime
    zone: tzinfo


def article(draft: Draft, told: Told, number: int, heads: Sequence[str]) -> tuple[Article, tuple[Failure, ...]]:
    """The article that a draft became, and what was wrong with it on the way.

    `number` counts the stories of the document from 1, 0 for a document that is one story; `heads`
    are the lines at the head of the whole document, where a round-up's date stands.
    """
    document, hints = told.document, told.document.hints
    outlet = one_line(hints.outlet or document.source)
    text = joined(draft.blocks)
    failures: list[Failure] = []
    where = document.uri + (f" (item {number})" if number else "")

    def fail(cause: str, fix: str) -> None:
        failures.append(Failure(outlet, where, cause, fix))

    title = one_line((draft.title if number else hints.title or draft.title) or "")
    if number:
        title = NUMBER.sub("", title)
    if not title:
        title = _first_words(text)
        fail("has no title; its first words stand in", "give it a title")
    url = safe(draft.url if number else hints.url or draft.url)
    section = one_line(draft.section or hints.section or "")
    published = _published(draft, hints.published, told, heads)
    if published is not None and is_future(published, told.now):
        fail(f"is dated {published.date().isoformat()}, in the future; taken as undated", "mend its date")
        published = None
    made = Article(
        id=_identity(document, outlet, url, number),
        source=outlet,
        feed=document.source,
        document=document.uri,
        title=title,
        text=text,
        first_seen=told.now,
        url=url,
        published=published,
        authors=tuple(one_line(name) for name in (draft.authors or hints.authors) if one_line(name)),
        tags=tuple(dict.fromkeys(one_line(tag) for tag in draft.tags or hints.tags if one_line(tag))),
        section=section,
        language=_language(hints.language or draft.language, f"{title}\n{text}"),
        kind=kind_of(hints.kind, section, title, draft),
        removed=draft.removed,
    )
    return within(made), tuple(failures)


def _first_words(text: str) -> str:
    start, end = next(sentences(text), (0, 0))
    return cut(text[start:end], 90) or "Untitled"


def _published(draft: Draft, hinted: str | None, told: Told, heads: Sequence[str]) -> datetime | None:
    """What the source said, else what the page or the text says of itself; of one day, the more exact."""
    hint = parsed(hinted or "", told.zone)
    own = parsed(draft.published, told.zone)
    if hint and own and re.fullmatch(r"\s*[\d-]{8,10}\s*", hinted or "") and own.astimezone(told.zone).date() == hint.date():
        return own
    inside = [block.text[:_DATE_SCOPE] for block in draft.blocks if block.text][:_DATE_BLOCKS]
    return hint or own or own_date(inside, told.zone) or own_date(heads, told.zone)


def _identity(document: Document, outlet: str, url: str, number: int) -> str:
    """Stable over edits: the source's own id, else the address, else the place in the source."""
    if document.hints.id:
        return sha("id", document.source, document.hints.id, str(number))[:12]
    if url:
        return sha("url", outlet, canonical(url))[:12]
    return sha("place", document.source, document.uri, str(number))[:12]


def _language(said: str | None, text: str) -> str:
    """The language that was said, as a two-letter code, else the one the text reads as."""
    if said and re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", said):
        return re.split("[-_]", said.lower())[0]
    text = visible(text[:_LANGUAGE_SCOPE])
    if word_count(text) < 4:
        return ""
    plain = _plain_language(text)
    if plain:
        return plain
    from py3langid import classify  # type: ignore[import-untyped] # noqa: PLC0415 - its model takes 0.7 s to load; ships no types

    return str(classify(text)[0])


def _plain_language(text: str) -> str:
    """English, German or French where its commonest words leave no doubt: py3langid needs 2 ms for what these see at once."""
    said = text.casefold().split()
    hits = sorted(((sum(map(common.__contains__, said)), language) for language, common in _COMMON.items()), reverse=True)
    (best, language), (second, _) = hits[0], hits[1]
    return language if best >= max(6, _SHARE * len(said)) and second * 4 <= best else ""
