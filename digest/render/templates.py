"""HTML, Markdown and plain text: three rows of one class. Knows Jinja2.

Jinja's own escaping knows HTML alone and goes by file names. Here every form has autoescape on, and
`finalize` turns each plain value into Markup by the form's own rule before Jinja sees it. So nothing
is raw because somebody forgot a filter, and what a macro returns is not escaped twice.
"""

from __future__ import annotations

import html
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from markupsafe import Markup

from digest import markdown
from digest.errors import RenderError
from digest.model import File, Issue
from digest.render import dates, inline, plain, reading, speech
from digest.render.themes import Theme, theme_of
from digest.settings import Settings, nearest
from digest.text import counted, listed, one_line, visible
from digest.urls import safe


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


def _paragraphs(text: str) -> str:
    return "\n\n".join(map(plain.wrap, markdown.to_text(text)))


HTML = Form("issue.html", "issue.html.j2", "text/html", _html, markdown.to_html, str)
MARKDOWN = Form("issue.md", "issue.md.j2", "text/markdown", markdown.escape, markdown.harmless, plain.tidy)
TEXT = Form("issue.txt", "issue.txt.j2", "text/plain", one_line, _paragraphs, plain.tidy)


@dataclass(frozen=True, slots=True)
class Template:
    """Renders an issue in one form with the theme of the settings.

    `base` stands before links into the issue itself: nothing on the page, its public address in mail.
    """

    form: Form
    settings: Settings
    base: str = ""

    def render(self, issue: Issue) -> tuple[File, ...]:
        """The one file of this form; raises RenderError with the template's file and line."""
        theme = theme_of(self.settings)
        try:
            page = self._environment(theme, issue).get_template(self.form.file).render()
        except (TemplateError, TypeError, ValueError, LookupError, AttributeError) as error:
            raise _located(error, theme) from error
        return (File(self.form.name, self.form.media_type, self.form.tidy(page).encode("utf-8")),)

    def _environment(self, theme: Theme, issue: Issue) -> Environment:
        env = _Environment(
            loader=FileSystemLoader([str(home) for home in theme.folders]),
            autoescape=True,
            finalize=partial(_finished, self.form),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        for name in ("safe", "forceescape", "urlize", "xmlattr"):
            del env.filters[name]
        env.filters |= {
            "e": partial(_finished, self.form),
            "escape": partial(_finished, self.form),
            "join": partial(_joined, self.form),
            "wrap": lambda text, *how: Markup(plain.wrap(_finished(self.form, text), *how)),
        }
        env.globals = self._words(theme, issue)
        return env

    def _words(self, theme: Theme, issue: Issue) -> dict[str, Any]:
        """All that a template may name; `templates/README.md` tells what each is for."""
        when = {"timezone": issue.timezone, "language": issue.language}
        names = ("minutes", "kind", "reports", "copies", "others", "folded", "notes", "count", "left_out")
        return {name: getattr(reading, name) for name in names} | {
            "issue": issue,
            "base": self.base,
            "address": public_page(issue, self.settings),
            "unsubscribe": safe(self.settings.mail.unsubscribe),
            "foreword": Markup(self.form.prose(issue.foreword)),
            "days": dates.span(issue.window, **when),
            "day": partial(dates.day, **when),
            "sources": reading.sources(issue),
            "bars": reading.bars(issue),
            "slugs": reading.slugs(issue),
            "quiet": partial(reading.quiet, issue),
            "line": partial(reading.line, issue=issue),
            "said": partial(reading.said, issue=issue),
            "summary": partial(reading.summary, issue=issue),
            "counted": counted,
            "listed": listed,
            "link": safe,
            "target": lambda url: Markup(markdown.link_target(url)),
            "spoken": partial(speech.spoken, around=issue.language),
            "direction": speech.direction(issue.language),
            "bdi": speech.isolated,
            "css": partial(_css, theme),
            "stylesheet": lambda file: Markup(inline.checked(*theme.read(file))),
            "links": plain.Links(),
            "rule": lambda text, mark: Markup(plain.rule(text, mark)),
        }


def public_page(issue: Issue, settings: Settings) -> str:
    """Where the issue stands on the web, or nothing."""
    public = safe(settings.digest.public_url).rstrip("/")
    return f"{public}/{issue.id}/issue.html" if public else ""


class _Environment(Environment):
    """Jinja's, without the one operator that would escape for HTML whatever the form."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        found = tree.find(nodes.Concat)
        if found:
            raise TemplateSyntaxError("`~` does not know how to escape here; write {{ a }}{{ b }}", found.lineno, name, filename)
        return tree


def _finished(form: Form, value: object) -> Markup:
    """`value` as Markup of this form; what is Markup already stays."""
    if isinstance(value, Markup):
        return value
    if value is None:
        raise UndefinedError("a value to be shown is None; ask for it with `if` first")
    return Markup(form.escape(str(value)))


def _joined(form: Form, items: Iterable[object], between: str = "") -> Markup:
    """Jinja's `join`, escaping by the form; `between` is the template's own, and stands as it is."""
    return Markup(str(between).join(_finished(form, item) for item in items))


def _css(theme: Theme, classes: str) -> Markup:
    """`class="…" style="…"` for these classes by the theme's style.css."""
    sheet, where = theme.read("style.css")
    known = inline.names(sheet) | inline.names(theme.read("head.css")[0])
    for name in classes.split():
        if name not in known:
            raise RenderError(f"there is no class {name!r}{nearest(name, known)}", where=where, fix=f"add a rule for .{name}")
    style = html.escape(inline.style(sheet, classes, where), quote=False)
    return Markup(f'class="{classes}" style="{style}"' if style else f'class="{classes}"')


def _located(error: Exception, theme: Theme) -> Exception:
    """`error` as a RenderError that names the template's file and line; a bug of ours stays as it is."""
    fix = "templates/README.md lists what a template may use"
    if isinstance(error, TemplateSyntaxError):
        return RenderError(str(error.message), where=f"{error.filename or error.name}:{error.lineno}", fix=fix)
    steps = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [(file, line) for file, line in steps if any(Path(file).is_relative_to(home) for home in theme.folders)]
    if isinstance(error, UnicodeDecodeError):
        return RenderError(f"a template is no UTF-8 text: {error}", where=str(theme.folders[0]), fix="save it as UTF-8")
    if not isinstance(error, TemplateError) and (not ours or steps[-1] != ours[-1]):
        return error
    where = f"{ours[-1][0]}:{ours[-1][1]}" if ours else str(theme.folders[0])
    return RenderError(f"{error}" or type(error).__name__, where=where, fix=fix)
