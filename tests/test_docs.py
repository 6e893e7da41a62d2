"""What can be typed, set or named is documented, with the default that it has; every link leads somewhere."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from digest.cli import main
from digest.deliver import DELIVERIES
from digest.gather import SOURCES
from digest.gather.formats import FORMATS
from digest.group import ENGINES
from digest.notes import NOTERS
from digest.settings import DeliverTable, Edits, OutletTable, SectionTable, Settings, SourceTable

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "config" / "digest.toml"
PAGES = sorted(
    path
    for folder in (".", "docs", "docs/notes", "sample", "templates", "benchmarks", "config", "tests")
    for path in (ROOT / folder).glob("*.md")
)
# Named in config/digest.toml as examples: they have no default that one could want.
EXAMPLES = {"digest.as_of", "deliver.name", "deliver.path"}
ROWS: dict[str, type[BaseModel]] = {"sources": SourceTable, "outlets": OutletTable, "sections": SectionTable, "deliver": DeliverTable}


@cache
def docs() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))))


def tables() -> Iterator[tuple[str, type[BaseModel]]]:
    """Every table of digest.toml by its name."""
    for name, field in Settings.model_fields.items():
        if name in ROWS:
            yield name, ROWS[name]
        elif isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield name, field.annotation


KEYS = [(table, key) for table, model in tables() for key in model.model_fields]
OPTIONS = [
    (name, option.opts[0]) for name, command in main.commands.items() for option in command.params if isinstance(option, click.Option)
]


def test_every_table_is_looked_at() -> None:
    assert {name for name, _ in tables()} == set(Settings.model_fields) - {"root", "file"}


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_documented(command: str) -> None:
    assert re.search(rf"`digest {command}\b", docs())


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_every_option_is_documented(command: str, option: str) -> None:
    assert re.search(rf"{option}\b", docs()), f"digest {command} {option}"


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_every_setting_is_documented(table: str, key: str) -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    heads = [line for line in text.splitlines() if line.startswith("#") and re.search(rf"\[{table}\b", line)]
    assert heads, f"no head for [{table}] in docs/settings.md"
    assert f"`{key}`" in text.split(heads[0], 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("key", sorted(Edits.model_fields))
def test_what_the_editor_may_decide_is_documented(key: str) -> None:
    assert f"`{key}" in docs()


@pytest.mark.parametrize("kind", [*SOURCES, *ENGINES, *NOTERS, *DELIVERIES])
def test_every_kind_is_documented(kind: str) -> None:
    assert re.search(rf"[`\"]{kind}[`\"]", docs())


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_documented(suffix: str) -> None:
    assert f"`{suffix}`" in docs()


def uncommented() -> tuple[dict[str, Any], set[tuple[str, str]]]:
    """config/digest.toml with every commented key in it, and which those are."""
    lines, commented, table = [], set(), ""
    for line in CONFIG.read_text(encoding="utf-8").splitlines():
        bare = re.sub(r"^# (?=\[|\w+ = )", "", line)
        head = re.match(r"\[\[?(\w+)", bare)
        key = re.match(r"(\w+) = ", bare)
        if head:
            table = head[1]
        if key and bare != line:
            commented.add((table, key[1]))
        lines.append(bare)
    return tomllib.loads("\n".join(lines)), commented


def first(value: Any) -> Any:
    """The first row of an array of tables, the first table of named ones, or the table itself."""
    if isinstance(value, list):
        return value[0]
    return next(iter(value.values())) if isinstance(value, dict) else value


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_every_setting_stands_in_the_shipped_settings_with_its_default(table: str, key: str) -> None:
    values, commented = uncommented()
    settings = Settings.model_validate(values | {"root": ROOT, "file": CONFIG})
    found = getattr(settings, table)
    shown = first(found)
    assert key in (first(values[table]) if table in ROWS else values[table]), f"[{table}] {key} is not in config/digest.toml"
    field = dict(tables())[table].model_fields[key]
    if (table, key) in commented and f"{table}.{key}" not in EXAMPLES:
        assert field.default is not PydanticUndefined
        assert getattr(shown, key) == field.default


def test_every_key_of_the_shipped_settings_has_a_comment() -> None:
    text = CONFIG.read_text(encoding="utf-8")
    silent = [
        line
        for line in text.split("[[sections]]")[0].splitlines()
        if re.match(r"(# )?\w+ = ", line) and line.count("#") < (2 if line.startswith("#") else 1)
    ]
    named = {re.sub(r"^# ", "", line).split(" =")[0] for line in silent}
    assert named <= {"path", "exclude"}


def links(text: str) -> Iterator[str]:
    """The targets of the links and images of a page that stay in this repository."""
    for target in re.findall(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)", re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)):
        if not re.match(r"[a-z]+:|#", target):
            yield target.split("#")[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    lost = [target for target in links(page.read_text(encoding="utf-8")) if not (page.parent / target).exists()]
    assert not lost


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "docs/issue.schema.json"])
def test_the_pages_that_a_visitor_looks_for_are_there(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()
