"""One file to its documents. Each format adapts here, at the edge, to the one `Document`.

`.txt` and `.html` hold one document, `.md` one with front matter, `.json` one or a list, `.jsonl`
one a line, `.eml` one mail, `.mbox` many; each may be compressed, as `.jsonl.gz`. What a format says
beside the text travels as `Hints`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import yaml

from digest.decode import said_charset, text_of
from digest.errors import DocumentError, SourceError
from digest.gather.inflate import BrokenOffError, unpacked
from digest.gather.mail import Reader, alone
from digest.gather.records import Records, hints_of
from digest.model import Document, Hints

_FRONT = re.compile(r"\A---[ \t]*\n(?:(.*?)\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TOML = re.compile(r"\A\+\+\+[ \t]*\n(?:(.*?)\n)?\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
# All that a YAML reader is known to raise for a wrong value (`!!bool maybe` is a KeyError).
_BROKEN_YAML = (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_DEEPEST = 20  # levels of a front matter
_LONGEST = 2**16  # characters of it; YAML is read at some 50 kB a second
_PACKED = ".gz"
_DATED = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


class CutShortError(DocumentError):
    """A compressed file that breaks off."""


def documents(
    uri: str, content: bytes, fetched: datetime, readers: Mapping[str, Reader] | None = None, most: int = 15 * 2**20
) -> Iterator[Document | DocumentError]:
    """What the file `uri` with these bytes holds; one bad record is an error, the rest goes on.

    `readers` go before `FORMATS`, by suffix; `most` bytes are inflated where it is compressed. Raises
    DocumentError where the file as a whole cannot be read, CutShortError where it breaks off.
    """
    suffix = format_of(uri)
    if uri.lower().endswith(_PACKED):
        try:
            content = unpacked(content, most)
        except BrokenOffError as error:
            raise CutShortError(error.cause, where=uri, fix=error.fix) from None
        except SourceError as error:
            raise DocumentError(error.cause, where=uri, fix=error.fix) from None
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise DocumentError("is empty", where=uri, fix="remove it, or fill it")
    return (FORMATS | dict(readers or {}))[suffix](uri, content, fetched)


def format_of(name: str) -> str:
    """The suffix that says what a file holds, without the one that says it is compressed."""
    stem, *suffixes = name.rpartition("/")[2].lower().split(".")
    if len(suffixes) > 1 and suffixes[-1] == _PACKED[1:]:
        suffixes.pop()
    return f".{suffixes[-1]}" if stem and suffixes else ""


def _plain(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    yield Document("", uri, "text/plain", content, fetched, hints=_dated(uri, Hints()))


def _html(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    yield Document("", uri, "text/html", content, fetched, said_charset(content), _dated(uri, Hints()))


def _markdown(uri: str, content: bytes, fetched: datetime) -> Iterator[Document | DocumentError]:
    text = text_of(content).replace("\r\n", "\n")
    front = _FRONT.match(text) or _FRONT_TOML.match(text)
    reads = _front_matter if text.startswith("-") else _toml
    values = reads(front[1] or "", uri) if front else None
    if front and isinstance(values, dict | None):  # else the two lines were rules, and the text between them is text
        text = text[front.end() :]
    hints = hints_of(values) if isinstance(values, dict) else Hints()
    yield Document("", uri, "text/markdown", text.encode("utf-8", "replace"), fetched, "utf-8", _dated(uri, hints))


def _toml(text: str, uri: str) -> Any:
    _check_length(text, uri)
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        raise DocumentError("has broken front matter", where=uri, fix="mend the TOML between the two `+++`") from None


def _check_length(text: str, uri: str) -> None:
    if len(text) > _LONGEST:
        raise DocumentError(f"has more than {_LONGEST // 1024} kB of front matter", where=uri, fix="put the text below its second mark")


def _front_matter(text: str, uri: str) -> Any:
    """The YAML in `text`, plain as front matter is: a few aliases can stand for gigabytes, deep nesting takes hours."""
    _check_length(text, uri)
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
    **Records().readers(),
    ".eml": alone(".eml"),
    ".mbox": alone(".mbox"),
}
