"""Records in JSON as documents: one object, a list of them, or one a line.

Each tool has names of its own for one thing. Those in common use are understood; `[sources.fields]`
says any other, by the path at which it stands in a record (`meta.title`).
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeGuard

from digest.decode import text_of
from digest.errors import DocumentError
from digest.gather.mail import Reader
from digest.model import Document, Hints
from digest.text import cut, one_line

# The names that tools give to one thing, best first; the first is ours.
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
_CONTAINERS = ("items", "articles")
_EXPECTED = 'expected {"title": …, "text": …}'
_SHOWN = 12  # keys of a record that are told
_MILLISECONDS = 10**11  # as seconds that would be the year 5138


class Records:
    """Reads records, whose names are ours or those that `fields` maps ours to: `{"title": "meta.headline"}`.

    What it met goes into `met`, so that a name which no record has can be told, at a later run too:
    `names` of ours that were found, `keys` of the first record.
    """

    def __init__(self, fields: Mapping[str, str] | None = None, met: dict[str, Any] | None = None) -> None:
        self._fields = dict(fields or {})
        self._container = self._fields.pop("items", "")
        self._met = {} if met is None else met

    def readers(self) -> dict[str, Reader]:
        """The formats of records by their suffixes."""
        return {".json": self.json, ".jsonl": self.lines, ".ndjson": self.lines}

    def json(self, uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
        """The records of a whole file: one object, or a list; raises DocumentError where it is neither."""
        found = self._list(_loaded(content, uri), uri)
        for number, values in enumerate(found, 1):
            yield self._record(f"{uri}#{number}" if len(found) > 1 else uri, values, fetched)

    def lines(self, uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
        """The records of a file with one a line."""
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            content = text_of(content).encode("utf-8", "replace")
        for number, line in enumerate(content.split(b"\n"), 1):
            if line.strip():
                try:
                    yield self._record(f"{uri}#{number}", _loaded(line, f"{uri}#{number}"), fetched)
                except DocumentError as error:
                    yield error

    def _list(self, found: Any, uri: str) -> list[Any]:
        if self._container:
            inside = _at(found, self._container)
            if not isinstance(inside, list):
                raise DocumentError(f"has no list at `{self._container}`, which `fields.items` names", where=uri, fix=_have(found))
            return inside
        if isinstance(found, dict):
            found = next((found[key] for key in _CONTAINERS if isinstance(found.get(key), list)), [found])
        if not isinstance(found, list):
            raise DocumentError("holds no object and no list of objects", where=uri, fix=_EXPECTED)
        return found

    def _record(self, uri: str, values: Any, fetched: datetime) -> Document | DocumentError:
        if not isinstance(values, dict):
            return DocumentError("is no object", where=uri, fix=_EXPECTED)
        told = self._mapped(values)
        markup, text = _first(told, _HTML), _first(told, _TEXT)
        if not text and not markup and not _first(told, _NAMES["title"]):
            named = [f"`{self._fields[name]}` (fields.{name})" for name in ("title", "text", "html") if name in self._fields]
            looked = f", looked for at {', '.join(named)} too" if named else ""
            return DocumentError(f"has neither title nor text{looked}", where=uri, fix=_have(values) if named else _EXPECTED)
        media = "text/html" if markup else "text/plain"
        content = (markup or text).replace("\0", " ").encode("utf-8", "replace")
        return Document("", uri, media, content, fetched, "utf-8", hints_of(told))

    def _mapped(self, values: dict[Any, Any]) -> dict[Any, Any]:
        """The record under our names; what a mapping does not find is looked for under the usual ones."""
        if not self._fields:
            return values
        found = {name: value for name, path in self._fields.items() if (value := _at(values, path)) not in (None, "", [], {})}
        self._met["names"] = sorted({*self._met.get("names", ()), *found})
        self._met.setdefault("keys", [cut(one_line(key), 60) for key in values if isinstance(key, str)][:_SHOWN])
        for name in {"text", "html"} & found.keys():
            if isinstance(found[name], list):
                found[name] = "\n\n".join(part for part in found[name] if isinstance(part, str))
        if "text" in found and "html" not in found:  # the settings say what the text is
            values = {key: value for key, value in values.items() if key not in _HTML}
        return {**values, **found}

    def unmet(self) -> Iterator[tuple[str, str, str]]:
        """(key of the settings, cause, fix) of each mapping that no record had so far."""
        for name, path in self._fields.items():
            if self._met and name not in self._met["names"]:
                yield f"fields.{name}", f"no record has `{path}`", _have(dict.fromkeys(self._met["keys"]))


def breaks_off(lines: bytes) -> bool:
    """Whether the last of the lines has no end, and is no whole record: its writer may be at work."""
    last = lines.rpartition(b"\n")[2].strip()
    if not last or lines.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    try:
        _loaded(last, "")
    except DocumentError:
        return True
    return False


def hints_of(values: Mapping[Any, Any]) -> Hints:
    """What a record, or front matter, says beside its text."""
    told: dict[str, Any] = {name: one_line(_first(values, keys)) or None for name, keys in _NAMES.items()}
    told |= {name: _many(values, keys) for name, keys in _LISTS.items()}
    return Hints(**told)


def _at(values: Any, path: str) -> Any:
    """What stands at a dotted path: keys of objects, places in lists from 0; a key asked of a list is asked of each in it."""
    if isinstance(values, dict) and path in values:  # a key may have a dot in its name
        return values[path]
    for part in path.split("."):
        if isinstance(values, list) and part.isascii() and part.isdecimal():
            values = values[int(part[:9])] if int(part[:9]) < len(values) else None
        elif isinstance(values, list):
            values = [one[part] for one in values if isinstance(one, dict) and part in one]
        else:
            values = values.get(part) if isinstance(values, dict) else None
    return values


def _have(values: Any) -> str:
    """The keys that there are, so that the right one can be named."""
    keys = [key for key in values if isinstance(key, str)] if isinstance(values, dict) else []
    listed = cut(one_line(", ".join(keys[:_SHOWN])), 200) or "none"
    return f"mend [sources.fields] of this source; the keys that stand there: {listed}"


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
    """A date as seconds or milliseconds since 1970, any other number as its digits."""
    if key not in _NAMES["published"]:
        return str(value)
    try:
        return datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, UTC).isoformat()
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
