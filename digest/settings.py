"""digest.toml as typed values. The only module that knows pydantic.

Every mistake is answered with the file, the key, what was found, what is allowed and, where there
is one, the nearest right spelling.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from digest import calendar
from digest.errors import SettingsError, UsageError
from digest.text import sha

_SPAN = re.compile(r"(\d+)\s*(second|minute|hour|day|week)s?|(\d+)\s*([smhdw])")
_SIZE = re.compile(r"(\d+)\s*(B|KB|KiB|MB|MiB|GB|GiB)")
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_BYTES = {"B": 1, "KB": 10**3, "KiB": 2**10, "MB": 10**6, "MiB": 2**20, "GB": 10**9, "GiB": 2**30}


def span(value: object) -> object:
    """`"10 days"`, `"36h"` as a timedelta."""
    if isinstance(value, timedelta):
        return value
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('must be a length of time such as "10 days", "36 hours" or "90m"')
    number = found[1] or found[3]
    unit = found[2] or next(name for name in _UNITS if name[0] == found[4])
    try:
        return timedelta(seconds=int(number) * _UNITS[unit])
    except OverflowError:
        raise ValueError("must be shorter than that: no calendar goes so far") from None


def size(value: object) -> object:
    """`"15 MiB"` as a number of bytes."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    found = _SIZE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('must be a size such as "15 MiB" or "500 KB"')
    return int(found[1]) * _BYTES[found[2]]


def zone(name: str) -> str:
    """A time zone of the IANA data, by its name."""
    if name not in available_timezones():
        raise ValueError(f"is no IANA time zone{nearest(name, sorted(available_timezones()))}")
    return name


def moment(value: object) -> object:
    """An offset date-time, or the text of one."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, datetime) or found.tzinfo is None:
        raise ValueError('must be a moment with an offset such as "2026-11-22T18:00:00+01:00"')
    return found


def pattern(value: str) -> str:
    """A regular expression that compiles, and does not match just everything."""
    try:
        everything = re.compile(value).search("")
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is no regular expression: {error}") from None
    if everything:
        raise ValueError("must not match empty text: it would drop every paragraph")
    return value


def foldless(value: str) -> str:
    """An address short enough for List-Unsubscribe beside a mailto: a header's line has 998 bytes, and an address cannot be folded."""
    if sum(1 if letter.isascii() else 3 * len(letter.encode("utf-8", "replace")) for letter in value) > 600:
        raise ValueError("must be shorter: 600 signs, once letters outside ASCII are percent-encoded")
    return value


def place(value: str) -> str:
    """The path of a value in a record: `headline`, `meta.title`, `authors.0.name`."""
    if value and not all(part.strip() for part in value.split(".")):
        raise ValueError('must be a key of the records, or a path of keys such as "meta.title"')
    return value


_SECRETS = frozenset({"password", "secret"})

Span = Annotated[timedelta, BeforeValidator(span)]
Size = Annotated[int, BeforeValidator(size), Field(gt=0)]
Moment = Annotated[datetime, BeforeValidator(moment)]
Zone = Annotated[str, AfterValidator(zone)]
Pattern = Annotated[str, AfterValidator(pattern)]
Count = Annotated[int, Field(ge=0)]
Weight = Annotated[float, Field(ge=0, le=10)]
Place = Annotated[str, AfterValidator(place)]
Address = Annotated[str, Field(pattern=r"^(https?://[^\s<>\"]+)?$")]
Mailbox = Annotated[str, Field(pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}$")]  # as a header may hold it


class Table(BaseModel):
    """A table of digest.toml: no unknown keys, no silent conversions, frozen."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class DigestTable(Table):
    """[digest]"""

    title: Annotated[str, Field(min_length=1)] = "The Weekly Digest"
    language: Literal["en", "de", "fr", "es", "zh", "ar"] = "en"
    timezone: Zone = "UTC"
    period: Literal["daily", "weekly", "monthly", "cron"] = "weekly"
    closes: str = ""
    max_age: Span = timedelta(days=10)
    as_of: Moment | None = None
    theme: str = "default"
    public_url: Address = ""

    @field_validator("closes")
    @classmethod
    def _closes(cls, value: str, info: ValidationInfo) -> str:
        if "period" in info.data:  # else that one is wrong, and told
            calendar.rule(info.data["period"], value)
        return value

    def rule(self) -> calendar.Rule:
        """When windows close."""
        return calendar.rule(self.period, self.closes)


class ScheduleTable(Table):
    """[schedule]"""

    missed: Literal["latest", "all", "skip"] = "latest"
    grace: Span = timedelta(hours=6)
    review: Span = timedelta(0)
    thin: Literal["send", "skip", "note"] = "send"
    least: Count = 3


class PathsTable(Table):
    """[paths], each relative to the newsroom's folder"""

    store: str = "var/digest.sqlite3"
    outbox: str = "outbox"
    templates: str = "templates"
    edits: str = "config/edits"


class FieldsTable(Table):
    """[sources.fields]: where the records of another tool hold what, as dotted paths"""

    items: Place = ""
    id: Place = ""
    source: Place = ""
    title: Place = ""
    text: Place = ""
    html: Place = ""
    url: Place = ""
    published: Place = ""
    authors: Place = ""
    tags: Place = ""
    section: Place = ""
    language: Place = ""
    kind: Place = ""

    def mapped(self) -> dict[str, str]:
        """Those that are set."""
        return {name: path for name, path in self if path}


class SourceTable(Table):
    """[[sources]]"""

    name: Annotated[str, Field(min_length=1)]
    kind: str = "folder"
    path: str = ""
    outlets: Literal["one", "folders"] = "one"
    include: list[str] = ["*"]
    exclude: list[str] = []
    language: str = ""
    section: str = ""
    max_file_size: Size = 15 * 2**20
    host: str = ""
    port: Annotated[int, Field(ge=1, le=65535)] = 993
    starttls: bool = False
    user: str = ""
    password_env: str = ""
    password_file: str = ""
    folder: Annotated[str, Field(min_length=1)] = "INBOX"
    since: Span = timedelta(days=30)
    max_mails: Annotated[int, Field(ge=1)] = 200
    allow_private: bool = False
    url: Address = ""
    full_text: bool = False
    timeout: Annotated[Span, Field(gt=timedelta(0), le=timedelta(minutes=10))] = timedelta(seconds=30)
    max_size: Annotated[Size, Field(le=100 * 2**20)] = 15 * 2**20
    fields: FieldsTable = FieldsTable()
    every: Annotated[Span, Field(ge=timedelta(minutes=1))] = timedelta(minutes=30)


class OutletTable(Table):
    """[outlets."Name"]"""

    weight: Weight = 1.0
    family: str = ""


class CleanTable(Table):
    """[clean]"""

    split: bool = True
    drop: list[Pattern] = []


class GroupTable(Table):
    """[group]"""

    engines: list[str] = ["exact", "near", "story"]
    span: Span = timedelta(days=7)
    max_size: Annotated[int, Field(ge=2)] = 60
    embeddings: str = ""
    embeddings_least: Annotated[float, Field(gt=0, lt=1)] = 0.6


class NotesTable(Table):
    """[notes]"""

    noters: list[str] = ["copies", "figures", "opposed", "adds"]
    figures: Count = 4
    adds: Count = 4
    sentences: Annotated[int, Field(ge=1, le=3)] = 2
    earlier: Count = 4
    summary_words: Annotated[int, Field(ge=10)] = 60
    lead_words: Annotated[int, Field(ge=10)] = 120


class RankTable(Table):
    """[rank]"""

    lead: bool = True
    stories: Count = 24
    per_section: Annotated[int, Field(ge=1)] = 6
    per_source: Count = 6
    brief: Count = 18
    brief_words: Count = 60


class SectionTable(Table):
    """[[sections]]"""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    title: Annotated[str, Field(min_length=1)]
    match: list[str] = []


class DeliverTable(Table):
    """[[deliver]]"""

    name: Annotated[str, Field(min_length=1)]
    kind: str = "directory"
    path: str = ""
    at_least_once: bool = False
    give_up: Span = timedelta(days=5)
    timeout: Annotated[Span, Field(gt=timedelta(0), le=timedelta(minutes=10))] = timedelta(minutes=2)
    host: str = ""
    port: Annotated[int, Field(ge=0, le=65535)] = 0
    tls: Literal["auto", "starttls", "implicit", "none"] = "auto"
    ca_file: str = ""
    user: str = ""
    password_env: str = ""
    password_file: str = ""
    recipients: list[str] = []
    recipients_file: str = ""
    unsubscribe: Annotated[str, Field(pattern=r"^(https?://[^\s<>\",]+)?$")] = ""
    dkim_selector: Annotated[str, Field(pattern=r"^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)?$")] = ""
    dkim_key: str = ""
    url: Address = ""
    url_env: str = ""
    url_file: str = ""
    format: Literal["record", "slack"] = "record"
    secret_env: str = ""
    secret_file: str = ""


class MailTable(Table):
    """[mail]"""

    sender: Mailbox = "digest@newsroom.example"
    recipient: Mailbox = "readers@newsroom.example"
    unsubscribe: Annotated[Address, AfterValidator(foldless)] = ""
    unsubscribe_mailto: Mailbox | Literal[""] = ""


Checked = TypeVar("Checked", bound="Table")


class Settings(Table):
    """The whole of digest.toml; `root` is the newsroom's folder, `file` where it was read from."""

    root: Path
    file: Path
    digest: DigestTable = DigestTable()
    paths: PathsTable = PathsTable()
    sources: Annotated[list[SourceTable], Field(min_length=1)]
    outlets: dict[str, OutletTable] = {}
    clean: CleanTable = CleanTable()
    group: GroupTable = GroupTable()
    notes: NotesTable = NotesTable()
    rank: RankTable = RankTable()
    sections: list[SectionTable] = []
    deliver: list[DeliverTable] = []
    mail: MailTable = MailTable()
    schedule: ScheduleTable = ScheduleTable()

    def path(self, name: str) -> Path:
        """A path of the settings, taken from the newsroom's folder; raises SettingsError for what is none."""
        try:
            home = Path(name).expanduser()
        except RuntimeError:  # `~nobody`
            home = None
        if home is None or "\0" in name:
            raise SettingsError(f"{name!r} is no path", where=str(self.file), fix="name a file or a folder")
        return Path(os.path.normpath(self.root / home))

    def grouping(self) -> GroupTable:
        """[group], with the folder of the model taken from the newsroom's folder."""
        name = self.group.embeddings
        return self.group.model_copy(update={"embeddings": str(self.path(name))}) if name else self.group

    def zone(self) -> ZoneInfo:
        """The newsroom's time zone."""
        return ZoneInfo(self.digest.timezone)

    def fingerprint(self) -> str:
        """SHA-256 over all that shapes an issue: the settings without their places on this machine."""
        places: dict[str, Any] = {
            "root": True,
            "file": True,
            "paths": True,
            "deliver": True,
            "schedule": True,
            "sources": {"__all__": {"path", "password_env", "password_file", "every"}},
        }
        return sha(self.model_dump_json(exclude=places | {"digest": {"as_of", "period", "closes"}}))


class Edits(Table):
    """config/edits/<issue>.toml: what the editor decided for one issue."""

    foreword: str = ""


def load(file: Path) -> Settings:
    """Read and check one digest.toml; raises SettingsError, which names file, key and fix."""
    home = file.parent.resolve()
    root = home.parent if home.name == "config" else home
    values = _parsed(file)
    for key in ("root", "file"):
        if key in values:
            raise SettingsError(f"unknown key `{key}`", where=str(file), fix="take it out: the place of this file says it")
    settings = _checked(Settings, values | {"root": root, "file": file}, file)
    _check_unique(settings)
    _check_paths(settings)
    return settings


FEEDS = (".xml", ".rss", ".atom", ".rdf")  # what feeds in files are called


def adhoc(paths: Sequence[Path]) -> Settings:
    """Settings of their own for some files and folders, each a source; raises UsageError for one that is not there."""
    sources: list[SourceTable] = []
    for number, path in enumerate(paths, 1):
        if not path.exists():
            raise UsageError("there is no such file or folder", where=str(path), fix="name files or folders of documents")
        name = path.stem if path.stem not in {source.name for source in sources} else f"{path.stem} {number}"
        kind = "feed" if path.suffix.lower() in FEEDS and path.is_file() else "folder"
        sources.append(SourceTable(name=name, kind=kind, path=str(path)))
    return Settings(root=Path(), file=Path(), sources=sources)


def load_edits(settings: Settings, issue: str) -> Edits:
    """The editor's decisions for `issue`, empty where there is no such file."""
    file = settings.path(settings.paths.edits) / f"{issue}.toml"
    return _checked(Edits, _parsed(file), file) if file.exists() else Edits()


def _parsed(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        raise SettingsError(
            "there is no such file", where=str(file), fix="lay out a newsroom with `digest init DIR`, or name the file with --config"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read: {error}", where=str(file), fix="it must be a UTF-8 text file that you may read") from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise SettingsError(f"is not TOML: {error}", where=str(file), fix="mend that line; text values stand in quotes") from None


def _checked(table: type[Checked], values: dict[str, Any], file: Path) -> Checked:
    try:
        return table.model_validate(values)
    except ValidationError as error:
        told = [_told(table, found["loc"], found["type"], found["msg"], found["input"]) for found in error.errors()]
    mistakes = [f"{cause} ({fix})" if fix else cause for cause, fix in told]
    raise SettingsError("\n  ".join(mistakes), where=str(file), fix="nothing was written; mend the file and run the command again")


def _told(table: type[Table], loc: tuple[int | str, ...], kind: str, message: str, found: object) -> tuple[str, str]:
    """One pydantic error in the words of a person who edits the file: (cause, fix)."""
    key = _key(loc)
    if kind == "extra_forbidden" and loc[-1] in _SECRETS:
        return f"`{key}`: a secret never stands in the settings", f"name what holds it: {loc[-1]}_env or {loc[-1]}_file"
    if kind == "extra_forbidden":
        allowed = _allowed(table, loc)
        return f"unknown key `{key}`{nearest(str(loc[-1]), allowed)}", f"allowed here: {', '.join(allowed)}"
    if kind == "missing":
        return f"`{key}` is missing", f"add {key} = …"
    message = message.removeprefix("Value error, ")
    if kind in {"model_type", "dict_type"}:
        message = f"must be a table: [{key}]"
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", message)
        return f"`{key}` is {found!r}{nearest(str(found), allowed)}", f"allowed: {', '.join(map(repr, allowed))}"
    shown = f"{found!r}"[:80]
    return f"`{key}` is {shown}, which {_verb(message)}", ""


def _verb(message: str) -> str:
    if message.startswith(("must", "is ")):
        return message
    return "does not fit: " + message[0].lower() + message[1:]


def _key(loc: tuple[int | str, ...]) -> str:
    shown = ""
    for part in loc:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part}"
    return shown.lstrip(".")


def _allowed(table: type[Table], loc: tuple[int | str, ...]) -> list[str]:
    """The keys of the table in which `loc` stands."""
    here: Any = table
    for part in loc[:-1]:
        is_table = isinstance(here, type) and issubclass(here, BaseModel)
        here = here.model_fields[str(part)].annotation if is_table else here.__args__[-1]
    return [name for name in here.model_fields if name not in {"root", "file"}]


def nearest(found: str, allowed: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or nothing where no allowed word is near."""
    near = difflib.get_close_matches(found, list(allowed), 1, 0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def _check_unique(settings: Settings) -> None:
    for key, names in (
        ("sources", [source.name for source in settings.sources]),
        ("sections", [section.name for section in settings.sections]),
        ("deliver", [delivery.name for delivery in settings.deliver]),
    ):
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise SettingsError(
                f"two [[{key}]] have the name {doubled[0]!r}", where=str(settings.file), fix="names are identities: give each its own"
            )


def _check_paths(settings: Settings) -> None:
    paths = settings.paths
    if "://" in paths.store:
        raise SettingsError(
            f"`paths.store` is {paths.store.partition(':')[0]}://…, but the store is a file of SQLite: no other database is supported",
            where=str(settings.file),
            fix='name a file on a disk of this machine, such as "var/digest.sqlite3"',
        )
    for key, name, wrong, right in (
        ("outbox", paths.outbox, Path.is_file, "a folder"),
        ("templates", paths.templates, Path.is_file, "a folder"),
        ("edits", paths.edits, Path.is_file, "a folder"),
        ("store", paths.store, Path.is_dir, "a file"),
    ):
        if not name or wrong(settings.path(name)):
            raise SettingsError(
                f"`paths.{key}` is {name!r}, which is not {right}",
                where=str(settings.file),
                fix=f"name {right}; it is made where it is missing",
            )
