"""HTML, Markdown and plain text: three rows of one class. Knows Jinja2.

Jinja's own escaping knows HTML alone and goes by file names. Here every form has autoescape on, and
`finalize` turns each plain value into Markup by the form's own rule before Jinja sees it. So nothing
is raw because somebody forgot a filter, and what a macro returns is not escaped twice.
"""

from __future__ import annotations

import html
import re
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.bccache import Bucket

from digest import markdown
from digest.errors import RenderError
from digest.model import File, Issue
from digest.render import dates, inline, plain, reading, speech, telling
from digest.render.budget import Shown, fitted, whole
from digest.render.forms import Form, NoValueError, finished, joined, markup, spoken_as
from digest.render.themes import Theme, theme_of
from digest.settings import Settings, nearest
from digest.urls import safe
from digest.words import words_of

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Template:
    """Renders an issue in one form with the theme of the settings.

    `mail` makes the HTML part of a mail: no more bytes than a mail program shows, links into the issue
    lead to its public page, and nothing stands in it that only a browser can do.
    """

    form: Form
    settings: Settings
    mail: bool = False

    def render(self, issue: Issue) -> tuple[File, ...]:
        """The one file of this form; raises RenderError with the template's file and line."""
        page = self.fitting(issue)[0] if self.mail else self.showing(issue, whole(issue))
        return (File(self.form.name, self.form.media_type, page),)

    def fitting(self, issue: Issue) -> tuple[bytes, Shown]:
        """As much of the issue as a mail program shows, and what that is."""
        return self._with(issue, lambda page: fitted(issue, page))

    def showing(self, issue: Issue, shown: Shown) -> bytes:
        """The page of what is shown."""
        return self._with(issue, lambda page: page(shown))

    def _with(self, issue: Issue, work: Callable[[Callable[[Shown], bytes]], _Made]) -> _Made:
        """What `work` makes with a maker of pages of this issue."""
        theme = theme_of(self.settings)
        with _telling_where(theme):
            return work(partial(self._page, _environment(self.form, theme, self._names(theme, issue))))

    def _page(self, env: Environment, shown: Shown) -> bytes:
        made = env.get_template(self.form.file).render(sections=shown.sections, rest=shown.rest, beyond=shown.beyond)
        return self.form.tidy(made).encode("utf-8")

    def _names(self, theme: Theme, issue: Issue) -> dict[str, Any]:
        """All that a template may name; `templates/README.md` tells what each is for."""
        words = words_of(self.settings)
        address = public_page(issue, self.settings)
        turned = speech.direction(issue.language) == "rtl"
        headlines = reading.headlines(issue)
        told = (telling.reports, telling.copies, telling.others, telling.notes, telling.tags, telling.anchor)
        return {work.__name__: work for work in (reading.minutes, reading.count, reading.fault, *told)} | {
            "issue": issue,
            "mail": self.mail,
            "base": address if self.mail else "",
            "address": address,
            "home": address.rsplit("/", 2)[0] if address else "",
            "unsubscribe": safe(self.settings.mail.unsubscribe),
            "foreword": markup(self.form.prose(issue.foreword)),
            "days": dates.span(issue.window, issue.timezone, words),
            "day": partial(dates.day, timezone=issue.timezone, words=words),
            "weekday": words.weekday,
            "say": partial(spoken_as, self.form, words),
            "kind": partial(reading.kind, words=words),
            "title_of": partial(reading.title_of, words=words),
            "headline": lambda story: headlines[story.id],
            "outlets_read": reading.sources(issue),
            "bars": reading.bars(issue),
            "left_out": partial(reading.left_out, issue),
            "slugs": reading.slugs(issue, words),
            "quiet": partial(reading.quiet, issue),
            "line": partial(telling.line, issue=issue, words=words),
            "rows": partial(telling.rows, issue=issue),
            "said": partial(telling.said, issue=issue, words=words),
            "summary": partial(telling.summary, issue=issue, words=words),
            "folded": partial(telling.folded, words=words),
            "week": partial(telling.week, issue=issue),
            "most_told": partial(reading.most_told, issue),
            "earlier": lambda identity: earlier_page(identity, self.settings),
            "link": safe,
            "target": lambda url: markup(markdown.link_target(url)),
            "spoken": partial(speech.spoken, around=issue.language),
            "direction": speech.direction(issue.language),
            "turned": partial(speech.turned, around=issue.language),
            "bdi": partial(speech.isolated, around=issue.language, mail=self.mail),
            "css": cache(partial(_css, theme, turned)),
            "dressed": partial(_dressed, theme, turned),
            "stylesheet": lambda file: markup(_sheet(theme, file, turned)),
            "links": plain.Links(),
            "rule": lambda mark: markup(str(mark) * plain.COLUMNS),
        }


def page(form: Form, settings: Settings, names: dict[str, Any]) -> bytes:
    """A page that is no issue, of the theme's template for it; raises RenderError with the template's file and line.

    It knows `names`, and what every page does: `say`, `link`, `spoken`, `direction`, `bdi`, `stylesheet`.
    """
    theme, words, language = theme_of(settings), words_of(settings), settings.digest.language
    direction = speech.direction(language)
    common = {
        "say": partial(spoken_as, form, words),
        "link": safe,
        "spoken": partial(speech.spoken, around=language),
        "direction": direction,
        "bdi": partial(speech.isolated, around=language),
        "stylesheet": lambda file: markup(_sheet(theme, file, direction == "rtl")),
    }
    with _telling_where(theme):
        return form.tidy(_environment(form, theme, common | names).get_template(form.file).render()).encode("utf-8")


def _environment(form: Form, theme: Theme, names: dict[str, Any]) -> Environment:
    """Jinja for one form: everything is escaped by its rule, and only `names` are known."""
    env = _Environment(
        loader=FileSystemLoader([str(home) for home in theme.folders]),
        autoescape=True,
        finalize=partial(finished, form),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_COMPILED.setdefault(form.name, _Compiled()),
    )
    for name in ("safe", "forceescape", "urlize", "xmlattr"):
        del env.filters[name]
    env.filters |= {
        "e": partial(finished, form),
        "escape": partial(finished, form),
        "join": partial(joined, form),
        "wrap": lambda text, *how: markup(plain.wrap(finished(form, text), *how)),
    }
    env.globals = names
    return env


@contextmanager
def _telling_where(theme: Theme) -> Iterator[None]:
    """Turn a template's mistake into a RenderError that names its file and line."""
    try:
        yield
    except (TemplateError, TypeError, ValueError, LookupError, AttributeError) as error:
        located = _located(error, theme)
        if located is None:
            raise
        raise located from error


def public_page(issue: Issue, settings: Settings) -> str:
    """Where the issue stands on the web, or nothing."""
    return earlier_page(issue.id, settings)


def earlier_page(identity: str, settings: Settings) -> str:
    """Where the issue of that id stands on the web, or nothing."""
    public = safe(settings.digest.public_url).rstrip("/")
    return safe(f"{public}/{quote(identity, errors='replace')}/issue.html") if public else ""


class _Compiled(BytecodeCache):
    """Compiled templates in memory, since compiling takes longer than rendering; Jinja checks that the source is the same."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja what was kept."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja compiled."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


# One for each form: what a template prints as a constant is escaped when it is compiled.
_COMPILED: dict[str, _Compiled] = {}


class _Environment(Environment):
    """Jinja's, without the one operator that would escape for HTML whatever the form."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        found = tree.find(nodes.Concat)
        if found:
            raise TemplateSyntaxError("`~` does not know how to escape here; write {{ a }}{{ b }}", found.lineno, name, filename)
        return tree


def _css(theme: Theme, turned: bool, classes: str, width: int | None = None) -> str:
    """`class="…" style="…"` for these classes by the theme's style.css; `width` in hundredths is one more of them.

    Only classes that head.css has rules for are named: no other does anything, and each would cost its bytes in every story.
    """
    sheet, where = theme.read("style.css")
    turned_over = inline.names(theme.read("head.css")[0])
    known = inline.names(sheet) | turned_over
    for name in classes.split():
        if name not in known:
            raise RenderError(f"there is no class {name!r}{nearest(name, known)}", where=where, fix=f"add a rule for .{name}")
    found = inline.style(sheet, classes, where)
    if width is not None:
        found = f"width:{width}%;{found}"
    style = html.escape(inline.mirrored(found) if turned else found, quote=False)
    named = " ".join(name for name in classes.split() if name in turned_over)
    return markup(" ".join(part for part in (f'class="{named}"' * bool(named), f'style="{style}"' * bool(style)) if part))


def _sheet(theme: Theme, file: str, turned: bool) -> str:
    """A style sheet of the theme, turned round for a page that reads from right to left."""
    found = inline.checked(*theme.read(file))
    return inline.mirrored(found) if turned else found


def _dressed(theme: Theme, turned: bool, page: str, classes: dict[str, str]) -> str:
    """HTML of an editor's text with these tags' styles inline; nh3 wrote it, so a bare `<p` is a tag."""
    for tag, names in classes.items():
        page = re.sub(rf"<{tag}(?=[ >])", f"<{tag} {_css(theme, turned, names)}", page)
    return markup(page)


def _located(error: Exception, theme: Theme) -> RenderError | None:
    """`error` as a RenderError that names the template's file and line; None for a bug of ours."""
    fix = "templates/README.md lists what a template may use"
    if isinstance(error, TemplateSyntaxError):
        return RenderError(str(error.message), where=f"{error.filename or error.name}:{error.lineno}", fix=fix)
    steps = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    ours = [(file, line) for file, line in steps if any(Path(file).is_relative_to(home) for home in theme.folders)]
    if isinstance(error, UnicodeDecodeError):
        return RenderError(f"a template is no UTF-8 text: {error}", where=str(theme.folders[0]), fix="save it as UTF-8")
    if not isinstance(error, (TemplateError, NoValueError)) and (not ours or steps[-1] != ours[-1]):
        return None
    where = f"{ours[-1][0]}:{ours[-1][1]}" if ours else str(theme.folders[0])
    return RenderError(f"{error}" or type(error).__name__, where=where, fix=fix)
