"""The forms that a template can make, as rows, and how each writes a value. Knows markupsafe."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from digest import markdown
from digest.render import plain
from digest.text import one_line, visible
from digest.words import Words

_BLANK_LINES = re.compile(r"(?<=>)\s*\n\s*\n\s*(?=<)")


class NoValueError(LookupError):
    """A template prints None."""


def markup(text: str) -> Markup:
    """`text`, which is escaped or a template's own, as what no form escapes again."""
    return Markup(text)  # noqa: S704 - the one place where text becomes Markup


@dataclass(frozen=True, slots=True)
class Form:
    """A row: the file it makes, the template it is made from, and how it writes values.

    `escape` makes any text harmless in this form, `prose` sets the editor's Markdown, `tidy` ends the page.
    """

    name: str
    file: str
    media_type: str
    escape: Callable[[str], str]
    prose: Callable[[str], str]
    tidy: Callable[[str], str]


def _html(text: str) -> str:
    return html.escape(visible(text))


def _kept(escape: Callable[[str], str]) -> Callable[[str], str]:
    """`escape`, which sets a text on one line, with a space at either edge where there was one."""

    def edged(text: str) -> str:
        inner = escape(text)
        return " " * text[:1].isspace() + inner + " " * (text[-1:].isspace() and bool(inner))

    return edged


def _paragraphs(text: str) -> str:
    return "\n\n".join(map(plain.wrap, markdown.to_text(text)))


def _close(page: str) -> str:
    """`page` without the blank lines that blocks of a template leave between its elements: mail is paid for by the byte."""
    return _BLANK_LINES.sub("\n", page)


HTML = Form("issue.html", "issue.html.j2", "text/html", _html, markdown.to_html, _close)
MARKDOWN = Form("issue.md", "issue.md.j2", "text/markdown", _kept(markdown.escape), markdown.harmless, plain.tidy)
TEXT = Form("issue.txt", "issue.txt.j2", "text/plain", _kept(one_line), _paragraphs, plain.tidy)

ARCHIVE = Form("index.html", "archive.html.j2", "text/html", _html, markdown.to_html, _close)


def finished(form: Form, value: object) -> Markup:
    """`value` as Markup of this form; what is Markup already stays."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise NoValueError("a value to be shown is None; ask for it with `if` first")
    return markup(form.escape(str(value)))


def joined(form: Form, items: Iterable[object], between: str = "") -> Markup:
    """Jinja's `join`, escaping by the form; `between` is the template's own, and stands as it is."""
    return markup(str(between).join(finished(form, item) for item in items))


def spoken_as(form: Form, words: Words, key: str, /, **values: object) -> Markup:
    """The words of `key` in this form; a value that is Markup stays as it is."""
    return markup("".join(finished(form, part) for part in words.parts(key, **values)))
