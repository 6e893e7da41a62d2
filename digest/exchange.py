"""Articles in and out as JSON for programs: the rows of `digest group` and of `digest articles`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, Any

from digest.clean.dates import parsed
from digest.errors import DigestError
from digest.model import Article, Group

_WHEN = datetime(1970, 1, 1, tzinfo=UTC)


def read_rows(lines: Iterable[bytes], name: str) -> tuple[Article, ...]:
    """Rows `{id,title,text,source?,url?,published?,language?}` as articles, in their order.

    `lines` are UTF-8. Raises DigestError, naming the line, for a row that is none; ids must differ.
    """
    return tuple(each_row(lines, name))


def each_row(lines: Iterable[bytes], name: str) -> Iterator[Article]:
    """The same, one after the other: a million rows need not be held at once."""
    known: set[str] = set()
    for number, line in enumerate(lines, 1):
        if line.strip():
            article = _row(line, f"{name}:{number}")
            if article.id in known:
                raise DigestError(f"the id {article.id!r} stands there twice", where=f"{name}:{number}", fix="ids must differ")
            known.add(article.id)
            yield article


def _row(line: bytes, where: str) -> Article:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise DigestError("is not UTF-8", where=where, fix="save the file as UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise DigestError(f"is not JSON: {error}", where=where, fix="one object a line") from None
    if not isinstance(row, dict) or not _is_id(row.get("id")) or not _is_told(row.get("title"), row.get("text")):
        raise DigestError("has no id, or neither title nor text", where=where, fix='expected {"id": "…", "title": "…", "text": "…"}')
    return Article(
        id=str(row["id"]),
        source=str(row.get("source") or ""),
        feed=str(row.get("source") or ""),
        document=where,
        title=str(row.get("title") or ""),
        text=str(row.get("text") or ""),
        first_seen=_WHEN,
        url=str(row.get("url") or ""),
        published=_moment(row.get("published")),
        language=str(row.get("language") or row.get("lang") or ""),
    )


def _is_id(value: object) -> bool:
    """A number, or text that can be written down again: no lone surrogate."""
    if isinstance(value, str):
        return value == value.encode("utf-8", "replace").decode("utf-8")
    return isinstance(value, int) and not isinstance(value, bool)


def _is_told(title: object, text: object) -> bool:
    return (title is not None or text is not None) and isinstance(title, str | None) and isinstance(text, str | None)


def _moment(value: object) -> datetime | None:
    """When a row was published, in any spelling that cleaning reads; a date that says nothing is no date."""
    return parsed(value, UTC) if isinstance(value, str) else None


def write_rows(groups: Iterable[Group], ids: Iterable[str], out: IO[str]) -> None:
    """Rows `{id,story,copy_of}` in the order of `ids`; stories are numbered by their first article."""
    story: dict[str, int] = {}
    copies: dict[str, str] = {}
    for number, group in enumerate(groups):
        story.update((article.id, number) for article in group.articles)
        copies.update(group.copies)
    numbers: dict[int, int] = {}
    for identity in ids:
        number = numbers.setdefault(story[identity], len(numbers) + 1)
        row = {"id": identity, "story": f"s{number}", "copy_of": copies.get(identity)}
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def article_rows(articles: Iterable[Article]) -> Iterator[dict[str, Any]]:
    """What `digest articles --json` prints of each article."""
    for article in articles:
        yield {
            "id": article.id,
            "document": article.document,
            "source": article.source,
            "title": article.title,
            "text": article.text,
            "kind": article.kind.value,
            "section": article.section,
            "tags": list(article.tags),
            "authors": list(article.authors),
            "published": article.published.isoformat() if article.published else None,
            "language": article.language,
            "url": article.url,
            "removed": [{"rule": removal.rule, "text": removal.text} for removal in article.removed],
        }
