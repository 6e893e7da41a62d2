"""The commands, one short function each. Everything heavy is imported where it is used: --help is quick."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digest import __version__
from digest.errors import DigestError, UsageError

if TYPE_CHECKING:
    from digest.model import Article
    from digest.settings import Settings
    from digest.store import Store

_PLACES = ("config/digest.toml", "digest.toml")
_YEARS = range(1900, 9000)  # what --as-of may say: calendars have ends, and windows reach beyond the moment
_Command = TypeVar("_Command", bound=Callable[..., Any])


class Commands(click.Group):
    """Turns an expected error into its words and its exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; a terminal that cannot show a character gets its number instead."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit 1 for what failed, 2 for wrong usage or settings."""
        try:
            return super().invoke(ctx)
        except DigestError as error:
            from digest.terminal import complain

            complain(error)
            ctx.exit(error.exit_code)


def _config(command: _Command) -> _Command:
    help_text = f"The settings; default: {' or '.join(_PLACES)} in this folder."
    return click.option("--config", "-c", "config", type=click.Path(path_type=Path), help=help_text)(command)


def _as_of(command: _Command) -> _Command:
    return click.option("--as-of", metavar="MOMENT", help="Do as if it were then, for instance 2026-11-22T18:00:00+01:00.")(command)


def _json(command: _Command) -> _Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")(command)


def _wait(command: _Command) -> _Command:
    return click.option("--wait", is_flag=True, help="Where another digest is at work: wait until it is done.")(command)


@contextmanager
def _at_work(settings: Settings, work: str, now: datetime, wait: bool) -> Iterator[Store]:
    """The store, held against others, once what an interrupted run left is finished or undone."""
    from digest import lock, pipeline, store, terminal

    place = settings.path(settings.paths.store)
    with lock.held(place, work, wait=_waiting if wait else None), closing(store.opened(place)) as opened:
        for told in pipeline.recover(settings, opened, now):
            terminal.remark(told)
        yield opened


def _waiting(who: str) -> None:
    from digest.terminal import remark

    remark(f"waiting for {who}")


def _settings(config: Path | None) -> Settings:
    from digest.pipeline import check
    from digest.settings import load

    file = config or next((Path(place) for place in _PLACES if Path(place).exists()), Path(_PLACES[0]))
    settings = load(file)
    check(settings)
    return settings


def _moment(settings: Settings, as_of: str | None) -> datetime:
    """--as-of, else what the settings fix, else the clock: the one place where it is read for a build."""
    if as_of is None:
        return settings.digest.as_of or datetime.now(settings.zone()).replace(microsecond=0)
    try:
        found = datetime.fromisoformat(as_of)
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        raise UsageError(f"--as-of is {as_of!r}", fix="give a moment such as 2026-11-22T18:00:00+01:00")
    return found if found.tzinfo else found.replace(tzinfo=settings.zone())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="digest")
def main() -> None:
    """Gather what your sources wrote, group it into stories, and lay it out as an issue worth reading."""


@main.command(epilog="Example: digest init mydigest && cd mydigest && digest build")
@click.argument("place", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--empty", is_flag=True, help="Without the sample week in the inbox.")
@click.option("--opml", type=click.Path(path_type=Path), help="Follow the feeds in this list, too.")
@click.option("--theme-from", metavar="THEME", help="Instead, start the theme DIR of this newsroom as a copy of a shipped one.")
def init(place: Path, empty: bool, opml: Path | None, theme_from: str | None) -> None:
    """Lay out a working newsroom in DIR: config, inbox, templates, outbox."""
    import shlex

    from digest.newsroom import lay_out, start_theme
    from digest.terminal import say

    if theme_from is not None:
        settings = _settings(None) if any(Path(name).exists() for name in _PLACES) else None
        home = settings.path(settings.paths.templates) if settings else Path("templates")
        for made in start_theme(home, str(place), theme_from):
            say(f"made {home / place / made}")
        say(f'Next: set theme = "{place}" under [digest] in the settings, and look at it with digest preview')
        return
    for made in lay_out(place, empty, opml):
        say(f"made {place / made}")
    say(f"Next: cd {shlex.quote(str(place))} && digest build" + ("" if empty else "   (the inbox holds a sample week)"))


@main.command(epilog="Example: digest build --as-of 2026-11-22T18:00:00+01:00 --dry-run")
@_config
@_as_of
@_json
@_wait
@click.option("--dry-run", is_flag=True, help="Say what the issue would be; write nothing, consume nothing.")
@click.option("--outbox", type=click.Path(path_type=Path), help="Put the issue up in this folder instead.")
def build(*, config: Path | None, as_of: str | None, as_json: bool, wait: bool, dry_run: bool, outbox: Path | None) -> None:
    """Gather, build the issue, and put it up in the outbox."""
    from digest import pipeline, reports, store, terminal

    settings = _settings(config)
    now = _moment(settings, as_of)
    pipeline.check_edits(settings, now)
    if dry_run:
        with closing(store.trial(settings.path(settings.paths.store))) as trial, terminal.progress(as_json) as progress:
            reports.built(pipeline.build(settings, trial, now, progress)[0], None, as_json)
        return
    with _at_work(settings, "build", now, wait) as opened:
        with terminal.progress(as_json) as progress:
            built = pipeline.build(settings, opened, now, progress)
        outcome = pipeline.publish(settings, opened, built, now, outbox)
        pipeline.send_due(settings, opened, now)
    reports.built(built[0], outcome, as_json)
    if outcome.failures:
        sys.exit(1)


@main.command(epilog="Example: digest gather")
@_config
@_as_of
@_json
@_wait
def gather(config: Path | None, as_of: str | None, as_json: bool, wait: bool) -> None:
    """Gather and clean only; a later build uses what was found."""
    from digest import pipeline, reports, terminal

    settings = _settings(config)
    now = _moment(settings, as_of)
    with _at_work(settings, "gather", now, wait) as opened, terminal.progress(as_json) as progress:
        found = pipeline.gather(settings, opened, now, progress)
    reports.gathered(found, as_json)


@main.command(epilog="Example: digest schedule --once")
@_config
@_as_of
@_json
@click.option("--once", is_flag=True, help="One round, then stop: for cron.")
def schedule(config: Path | None, as_of: str | None, as_json: bool, once: bool) -> None:
    """Run the newsroom: gather, close each window when it is due, deliver, and catch up on what was missed.

    Runs in the foreground until it is stopped. With --json every line of the log is an object.
    """
    from digest import service, terminal

    settings = _settings(config)
    if as_of and not once:
        raise UsageError("--as-of goes with --once", fix="a service runs by the clock")
    log = terminal.Log(as_json, settings.zone())
    room = service.Newsroom(lambda: _settings(config), lambda: _moment(settings, as_of), log)
    if once:
        sys.exit(0 if service.once(room) else 1)
    from digest.schedule import serve, stopping

    with stopping() as stop:
        clean = serve(room, stop)
    if not clean:
        sys.stdout.flush()
        os._exit(0)  # the thread at work would hold the process; what it leaves is finished at the next start


@main.command(epilog="Example: digest hold 2026-W47")
@click.argument("issue")
@_config
@_as_of
@_wait
def hold(config: Path | None, as_of: str | None, issue: str, wait: bool) -> None:
    """Keep a draft from going out by itself."""
    from digest import closing as windows
    from digest.terminal import say

    settings = _settings(config)
    now = _moment(settings, as_of)
    with _at_work(settings, "hold", now, wait) as opened:
        windows.hold(settings, opened, issue, now)
    say(f"{issue} is held; `digest release {issue}` sends it")


@main.command(epilog="Example: digest release 2026-W47")
@click.argument("issue")
@_config
@_as_of
@_wait
def release(config: Path | None, as_of: str | None, issue: str, wait: bool) -> None:
    """Put a draft up and send it now."""
    from digest import closing as windows
    from digest.terminal import say

    settings = _settings(config)
    now = _moment(settings, as_of)
    with _at_work(settings, "release", now, wait) as opened:
        outcome = windows.release(settings, opened, issue, now, say)
    if outcome.failures:
        sys.exit(1)


@main.command(epilog="Example: digest windows --from 2026-03-01 --to 2026-04-30")
@_config
@_json
@click.option("--from", "first", metavar="MOMENT", help="Where to begin; default: now.")
@click.option("--to", "last", metavar="MOMENT", help="Where to end; default: ten windows.")
def windows(config: Path | None, as_json: bool, first: str | None, last: str | None) -> None:
    """When windows close by the settings, in local time and in UTC."""
    from digest import reports

    settings = _settings(config)
    reports.windows(settings, _moment(settings, first), _moment(settings, last) if last else None, as_json)


@main.group(epilog="Example: digest store check")
def store() -> None:
    """Look after the store: check it, or make it anew."""


@store.command("check", epilog="Example: digest store check")
@_config
def store_check(config: Path | None) -> None:
    """Whether the store is whole and says the same as the outbox."""
    from digest.rebuild import check
    from digest.terminal import say

    found = check(_settings(config))
    for line in found:
        say(line, "red")
    if found:
        sys.exit(1)
    say("The store is whole, and says the same as the outbox.", "green")


@store.command("rebuild", epilog="Example: digest store rebuild")
@_config
@_as_of
@_wait
def store_rebuild(config: Path | None, as_of: str | None, wait: bool) -> None:
    """Make the store anew from the outbox and from what is left of it; the old file is kept."""
    from digest import lock, rebuild, reports

    settings = _settings(config)
    with lock.held(settings.path(settings.paths.store), "store rebuild", wait=_waiting if wait else None):
        found = rebuild.rebuild(settings, _moment(settings, as_of))
    reports.rebuilt(found)
    if found.failures:
        sys.exit(1)


@main.command(epilog="Example: digest preview --port 8765")
@_config
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help="The port on this machine.")
@click.option("--open", "show", is_flag=True, help="Open it in the browser too.")
def preview(config: Path | None, port: int, show: bool) -> None:
    """Show the newest issue in the browser, rebuilt as files change. Consumes nothing."""
    from digest.preview import serve
    from digest.terminal import say

    settings = _settings(config)
    if show:
        click.launch(f"http://127.0.0.1:{port}/")  # a browser takes longer to start than the pages do
    serve(settings.file, lambda: _moment(settings, None), port=port, say=say)


@main.command(epilog="Example: digest send 2026-W47")
@click.argument("issue")
@_config
@_as_of
@_json
@_wait
@click.option("--new", is_flag=True, help="Also to recipients who were added after the issue first went out.")
@click.option("--resolve", type=click.Choice(["arrived", "again"]), help="Say what became of an unknown one; send nothing.")
@click.option("--to", "recipients", multiple=True, metavar="RECIPIENT", help="With --resolve: of this one only, also if refused.")
def send(
    *,
    config: Path | None,
    as_of: str | None,
    as_json: bool,
    wait: bool,
    issue: str,
    new: bool,
    resolve: str,
    recipients: tuple[str, ...],
) -> None:
    """Deliver an issue to everybody who has no receipt for it yet."""
    from digest import pipeline, reports, sending

    if recipients and not resolve:
        raise UsageError("--to goes with --resolve", fix="`digest send ISSUE` sends to everybody who is due")
    settings = _settings(config)
    now = _moment(settings, as_of)
    with _at_work(settings, "send", now, wait) as opened:
        if resolve:
            sending.resolve(opened, issue, recipients, now, arrived=resolve == "arrived")
            sent = sending.Sent((), ())
        else:
            sent = pipeline.send_again(settings, opened, issue, now, new=new)
        reports.sent(opened.handovers(issue), sent, as_json)
    if sent.failures:
        sys.exit(1)


@main.command(epilog="Example: digest status --json")
@_config
@_json
@click.option("--opml", is_flag=True, help="Print the feeds that are followed as OPML 2.0, and nothing else.")
def status(config: Path | None, as_json: bool, opml: bool) -> None:
    """Issues, articles waiting, deliveries, missed windows, and how the sources fare."""
    from digest import reports, store

    settings = _settings(config)
    if opml:
        reports.feeds(settings)
        return
    with closing(store.trial(settings.path(settings.paths.store))) as opened:
        reports.status(settings, opened, _moment(settings, None), as_json)


@main.command(epilog="Example: digest explain 2026-W47 ferry")
@click.argument("issue")
@click.argument("story", default="")
@_config
def explain(config: Path | None, issue: str, story: str) -> None:
    """Why grouped, why this lead, why here, why left out: as recorded when it was decided."""
    from digest.explain import explained
    from digest.outbox import read_json
    from digest.terminal import say

    settings = _settings(config)
    for line in explained(read_json(settings.path(settings.paths.outbox), issue, "issue.json"), story):
        say(line)


@main.command(epilog="Example: digest articles inbox/newsletter.txt")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_as_of
@_json
def articles(paths: tuple[Path, ...], as_of: str | None, as_json: bool) -> None:
    """How documents are cleaned and split; what was removed by which rule."""
    from digest import reports
    from digest.pipeline import cleaned
    from digest.settings import adhoc

    settings = adhoc([path.absolute() for path in paths])
    reports.articles(*cleaned(settings, _moment(settings, as_of)), as_json)


@main.command(epilog="Example: digest group articles.jsonl -o stories.jsonl")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--out", "-o", type=click.Path(path_type=Path, allow_dash=True), default="-", help="Where the rows go; default: standard output."
)
def group(file: Any, out: Path) -> None:
    """Group any list of articles: rows {id,title,text,…} in, rows {id,story,copy_of} out."""
    from digest import terminal
    from digest.exchange import each_row, write_rows
    from digest.group import group as grouped
    from digest.settings import GroupTable

    ids: list[str] = []

    def rows() -> Iterator[Article]:
        for article in each_row(file, getattr(file, "name", "-")):
            ids.append(article.id)
            yield article

    with terminal.progress(after=2.0) as progress:
        found = grouped(rows(), GroupTable(), evidence=False, progress=progress)
    try:
        with click.open_file(str(out), "w", encoding="utf-8", atomic=str(out) != "-") as stream:
            write_rows(found, ids, stream)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(out), fix="name a file that you may write") from None


@main.command(epilog="Example: digest evaluate gold.jsonl stories.jsonl")
@click.argument("what", nargs=-1, metavar="[NAME | GOLD PREDICTED | split GOLD FOLDER]")
@_json
def evaluate(what: tuple[str, ...], as_json: bool) -> None:
    """How well it does on labelled data: precision, recall and F1.

    NAME is a shipped labelled set (none: all of them). GOLD and PREDICTED are files of rows {id, gold_cluster}
    and {id, story}. `split GOLD FOLDER` takes rows {document, title, start, end} and a folder of these documents.
    """
    from digest import reports
    from digest.evaluate import SETS, evaluated
    from digest.evaluate.clusters import compared
    from digest.evaluate.split import measured_spans

    if len(what) == 3 and what[0] == "split":
        reports.measured((measured_spans(Path(what[1]), Path(what[2])),), as_json)
        return
    if len(what) > 2:
        raise UsageError("there are more than two names", fix="give one NAME, GOLD and PREDICTED, or split, GOLD and FOLDER")
    if len(what) == 2:
        reports.measured((compared(Path(what[0]), Path(what[1])),), as_json)
        return
    reports.measured(tuple(found for name in what or SETS for found in evaluated(name)), as_json)


@main.command(epilog="Example: digest check 2026-W47")
@click.argument("issue")
@_config
@_json
def check(config: Path | None, issue: str, as_json: bool) -> None:
    """What mail programs, browsers and readers would find wrong with an issue in the outbox."""
    from digest import outbox, reports
    from digest.render.checks import reports as checked

    settings = _settings(config)
    found = checked(outbox.parcel(settings.path(settings.paths.outbox), issue).files)
    reports.checked(found, as_json)
    if any(one.findings for one in found):
        sys.exit(1)


@main.command(epilog="Example: digest verify 2026-W47")
@click.argument("issue")
@_config
def verify(config: Path | None, issue: str) -> None:
    """Rebuild an issue from the store and compare it byte for byte with the outbox."""
    from digest import pipeline, store, terminal

    settings = _settings(config)
    with closing(store.trial(settings.path(settings.paths.store))) as opened:
        found = pipeline.verify(settings, opened, issue)
    for line in found:
        terminal.say(f"{issue}: {line}", "red")
    if found:
        sys.exit(1)
    terminal.say(f"{issue}: the same bytes, file by file", "green")
