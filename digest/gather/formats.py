"""One file to its documents. Each format adapts here, at the edge, to the one `Document`.

`.txt` and `.html` hold one document, `.md` one with front matter, `.json` one or a list, `.jsonl`
one a line, `.eml` one mail, `.mbox` many. What a format says beside the text travels as `Hints`.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from typing import Any, TypeGuard

import yaml

from digest.decode import said_charset, text_of
from digest.errors import DocumentError
from digest.gather.mail import Reader, alone
from digest.model import Document, Hints
from digest.text import one_line

# The names that tools give to one thing, best first.
_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "guid", "uuid"),
    "outlet": ("source", "outlet", "publisher", "site"),
    "title": ("title", "headline", "name"),
    "url": ("url", "link", "canonical_url", "permalink"),
    "published": ("published", "date", "date_published", "published_at", "pubDate", "created"),
    "section": ("section", "category"),
    "language": ("language", "lang"),
    "kind": ("kind", "type"),
}
_LISTS: dict[str, tuple[str, ...]] = {"authors": ("authors", "author", "byline"), "tags": ("tags", "keywords", "categories")}
_TEXT = ("text", "content_text", "body", "content", "summary", "description")
_HTML = ("html", "content_html", "body_html")
_FRONT = re.compile(r"\A---[ \t]*\n(?:(.*?)\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
# All that a YAML reader is known to raise for a wrong value (`!!bool maybe` is a KeyError).
_BROKEN_YAML = (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_DEEPEST = 20  # levels of a front matter
_DATED = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


def documents(
    uri: str, content: bytes, fetched: datetime, readers: Mapping[str, Reader] | None = None
) -> Iterator[Document | DocumentError]:
    """What the file `uri` with these bytes holds; one bad record is an error, the rest goes on.

    `readers` go before `FORMATS`, by suffix. Raises DocumentError where the file as a whole cannot be read.
    """
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise DocumentError("is empty", where=uri, fix="remove it, or fill it")
    return (FORMATS | dict(readers or {}))[PurePosixPath(uri).suffix.lower()](uri, content, fetched)


def _plain(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    yield Document("", uri, "text/plain", content, fetched, hints=_dated(uri, Hints()))


def _html(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    yield Document("", uri, "text/html", content, fetched, said_charset(content), _dated(uri, Hints()))


def _markdown(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    text = text_of(content).replace("\r\n", "\n")
    front = _FRONT.match(text)
    values = _front_matter(front[1] or "", uri) if front else None
    if front and isinstance(values, dict | None):  # else the two lines were rules, and the text between them is text
        text = text[front.end() :]
    hints = _hints(values) if isinstance(values, dict) else Hints()
    yield Document("", uri, "text/markdown", text.encode("utf-8", "replace"), fetched, "utf-8", _dated(uri, hints))


def _front_matter(text: str, uri: str) -> Any:
    """The YAML in `text`, plain as front matter is: a few aliases can stand for gigabytes, deep nesting takes hours."""
    try:
        depth = 0
        for event in yaml.parse(text, yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST:
                raise DocumentError("has aliases or deep nesting in its front matter", where=uri, fix="write each value out")
        return yaml.safe_load(text)
    except _BROKEN_YAML as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise DocumentError("has broken front matter", where=f"{uri}:{line}", fix="mend the YAML between the two `---`") from None


def _json(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    found = _loaded(content, uri)
    if isinstance(found, dict):
        found = next((found[key] for key in ("items", "articles") if isinstance(found.get(key), list)), [found])
    if not isinstance(found, list):
        raise DocumentError("holds no object and no list of objects", where=uri, fix='expected {"title": …, "text": …}')
    for number, values in enumerate(found, 1):
        yield _record(f"{uri}#{number}" if len(found) > 1 else uri, values, fetched)


def _lines(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = text_of(content).encode("utf-8", "replace")
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            try:
                yield _record(f"{uri}#{number}", _loaded(line, f"{uri}#{number}"), fetched)
            except DocumentError as error:
                yield error


def _loaded(content: bytes, where: str) -> Any:
    try:
        return json.loads(text_of(content), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        cause = f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise DocumentError(cause, where=where, fix="mend it; it is taken up at the next run") from None
    except RecursionError:
        raise DocumentError("is not JSON that we read: nested too deep", where=where, fix="mend it") from None
    except ValueError as error:
        raise DocumentError(f"is not JSON that we read: {error}", where=where, fix="mend it") from None
    except DocumentError as error:
        raise DocumentError(error.cause, where=where, fix=error.fix) from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _record(uri: str, values: Any, fetched: datetime) -> Document | DocumentError:
    if not isinstance(values, dict):
        return DocumentError("is no object", where=uri, fix='expected {"title": …, "text": …}')
    markup, text = _first(values, _HTML), _first(values, _TEXT)
    if not text and not markup and not _first(values, _NAMES["title"]):
        return DocumentError("has neither title nor text", where=uri, fix='expected {"title": …, "text": …}')
    media = "text/html" if markup else "text/plain"
    content = (markup or text).replace("\0", " ").encode("utf-8", "replace")
    return Document("", uri, media, content, fetched, "utf-8", _hints(values))


def _hints(values: Mapping[Any, Any]) -> Hints:
    told: dict[str, Any] = {name: one_line(_first(values, keys)) or None for name, keys in _NAMES.items()}
    told |= {name: _many(values, keys) for name, keys in _LISTS.items()}
    return Hints(**told)


def _first(values: Mapping[Any, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = values.get(key)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, datetime | date):
            return value.isoformat()
        if _is_number(value):
            return _number(key, value)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _is_number(value: object) -> TypeGuard[float]:
    """A number that can be written down: no boolean, no infinity, no integer of thousands of digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -1e300 < value < 1e300


def _number(key: str, value: float) -> str:
    """A date as seconds since 1970, any other number as its digits."""
    if key not in _NAMES["published"]:
        return str(value)
    try:
        return datetime.fromtimestamp(value, UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return str(value)


def _many(values: Mapping[Any, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str) and value.strip():
            return tuple(one_line(part) for part in re.split(r"[,;|]", value) if part.strip())
        if isinstance(value, list):
            names = [part.get("name") if isinstance(part, dict) else part for part in value]
            return tuple(one_line(str(name)) for name in names if (isinstance(name, str) and name.strip()) or _is_number(name))
    return ()


def _dated(uri: str, hints: Hints) -> Hints:
    """The hints with the date in the file's name, where nothing better is known."""
    found = _DATED.search(PurePosixPath(uri).name)
    if hints.published or not found:
        return hints
    return replace(hints, published=found[1])


FORMATS: dict[str, Reader] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".json": _json,
    ".jsonl": _lines,
    ".ndjson": _lines,
    ".eml": alone(".eml"),
    ".mbox": alone(".mbox"),
}
