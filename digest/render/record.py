"""issue.json: the record of an issue, whole. `docs/issue.schema.json` is its contract."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from digest import jsonline
from digest.model import Article, File, Issue, Link, Member, Note, Quote, Section, Story
from digest.settings import Settings

_PLAIN = tuple(field.name for field in fields(Article))  # asdict() copies every text, and there may be twenty thousand
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Record:
    """Writes an issue down: every article, link, reason and quote."""

    settings: Settings | None = None

    def render(self, issue: Issue) -> tuple[File, ...]:
        """issue.json. A lone surrogate, which UTF-8 cannot hold, becomes one U+FFFD, so that spans still fit."""
        parts = (f" {jsonline.written(name)}: {_laid_out(value)}" for name, value in sorted(record(issue).items()))
        return (File("issue.json", "application/json", _encoded("{\n" + ",\n".join(parts) + "\n}\n")),)


def _laid_out(value: Any) -> str:
    """A part of the record to be read by people: sections indented, of other collections a line for each.

    There may be twenty thousand articles, and the encoder that indents is a hundred times as slow.
    """
    if isinstance(value, Mapping):
        rows, (begin, end) = [f"{jsonline.written(name)}: {jsonline.written(row)}" for name, row in value.items()], "{}"
    elif isinstance(value, list) and value and "stories" in value[0]:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True).replace("\n", "\n ")
    elif isinstance(value, list):
        rows, (begin, end) = list(map(jsonline.written, value)), "[]"
    else:
        return jsonline.written(value)
    return f"{begin}\n  " + ",\n  ".join(rows) + f"\n {end}" if rows else begin + end


def _encoded(written: str) -> bytes:
    try:
        return written.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", written).encode("utf-8")


def record(issue: Issue) -> Mapping[str, Any]:
    """The issue as plain values, times in the issue's own offset."""
    return {
        "id": issue.id,
        "number": issue.number,
        "title": issue.title,
        "language": issue.language,
        "timezone": issue.timezone,
        "opens": _time(issue.window.opens),
        "closes": _time(issue.window.closes),
        "subject": issue.subject,
        "preheader": issue.preheader,
        "foreword": issue.foreword,
        "words": issue.words,
        "minutes": issue.minutes,
        "sections": [_section(section) for section in issue.sections],
        "articles": {key: _article(article) for key, article in sorted(issue.articles.items())},
        "left_out": [{"article": left.article.id, "reason": left.reason} for left in issue.left_out],
        "failures": [asdict(failure) for failure in issue.failures],
        "coverage": [asdict(row) for row in issue.coverage],
    }


def _section(section: Section) -> Mapping[str, Any]:
    stories = [_story(story) for story in section.stories]
    return {"name": section.name, "title": section.title, "form": section.form, "stories": stories}


def _story(story: Story) -> Mapping[str, Any]:
    return {
        "id": story.id,
        "title": story.title,
        "lead": story.lead.id,
        "members": [_member(member) for member in story.members],
        "outlets": list(story.outlets),
        "origins": story.origins,
        "summary": asdict(story.summary) if story.summary else None,
        "links": [_link(link) for link in story.links],
        "near_misses": [{**_link(miss.link), "reason": miss.reason} for miss in story.near_misses],
        "reasons": list(story.reasons),
        "notes": [_note(note) for note in story.notes],
    }


def _member(member: Member) -> Mapping[str, Any]:
    article = member.article
    return {
        "article": article.id,
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "published": _time(article.published),
        "relation": member.relation.value,
        "copy_of": member.copy_of,
        "origin": member.origin,
    }


def _link(link: Link) -> Mapping[str, Any]:
    return {
        "left": link.left,
        "right": link.right,
        "kind": link.kind.value,
        "score": link.score,
        "engine": link.engine,
        "signals": dict(link.signals),
    }


def _note(note: Note) -> Mapping[str, Any]:
    return {
        "kind": note.kind,
        "sources": list(note.sources),
        "line": note.line,
        "quotes": [_quote(quote) for quote in note.quotes],
        "subject": note.subject,
        "values": [{"text": value.text, "source": value.source, "quote": _quote(value.quote)} for value in note.values],
        "issue": note.issue,
    }


def _quote(quote: Quote) -> Mapping[str, Any]:
    return asdict(quote)


def _article(article: Article) -> Mapping[str, Any]:
    return {name: getattr(article, name) for name in _PLAIN} | {
        "first_seen": _time(article.first_seen),
        "published": _time(article.published),
        "kind": article.kind.value,
        "authors": list(article.authors),
        "tags": list(article.tags),
        "removed": [{"rule": removal.rule, "text": removal.text} for removal in article.removed],
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
