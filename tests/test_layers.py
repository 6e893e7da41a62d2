"""The floors of the house: imports go strictly down, and each library has one module that is about it."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "digest"
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the top down. What stands on one floor never imports its neighbours; a package may import within itself.
FLOORS = (
    {"cli"},
    {"preview", "reports"},
    {"schedule"},
    {"service"},
    {"evaluate"},
    {"terminal", "explain", "exchange", "newsroom"},
    {"closing", "rebuild"},
    {"pipeline"},
    {"composing"},
    {"sending"},
    {"continued"},
    {"gather", "clean", "store", "group", "pick", "notes", "rank", "front", "window", "render", "outbox", "deliver", "health"},
    {"plugins", "words"},
    {"settings", "shipped"},
    {"calendar", "caps", "decode", "lock", "markdown", "sandbox"},
    {"confined", "folders"},
    {"errors", "jsonline", "text", "urls", "likeness", "mojibake"},
    {"model"},
)
FLOOR = {unit: number for number, units in enumerate(FLOORS) for unit in units}

# The one module (or package, `store.`) that knows a library, and the distribution that brings it.
OWNERS = {
    "apscheduler": ("schedule", "apscheduler"),
    "babel": ("words", "babel"),
    "charset_normalizer": ("decode", "charset-normalizer"),
    "click": ("cli", "click"),
    "cssutils": ("render.inline", "premailer"),
    "dkim": ("deliver.smtp_dkim", "dkimpy"),
    "feedparser": ("gather.feed_parse", "feedparser"),
    "httpcore": ("gather.wire", "httpcore"),
    "httpx": ("gather.fetch", "httpx"),
    "idna": ("deliver.smtp_readers", "idna"),
    "jinja2": ("render.templates", "jinja2"),
    "markdown_it": ("markdown", "markdown-it-py"),
    "markupsafe": ("render.forms", "jinja2"),
    "nh3": ("markdown", "nh3"),
    "model2vec": ("group.embeddings", "model2vec"),
    "numpy": ("group. notes.", "numpy"),  # pairs of articles, pairs of figures
    "orjson": ("jsonline", "orjson"),
    "premailer": ("render.inline", "premailer"),
    "py3langid": ("clean.facts", "py3langid"),
    "pydantic": ("settings", "pydantic"),
    "rapidfuzz": ("likeness", "rapidfuzz"),
    "rich": ("terminal", "rich"),
    "scipy": ("group.sparse", "scipy"),
    "selectolax": ("clean.html", "selectolax"),
    "sparse_dot_topn": ("group.sparse", "sparse-dot-topn"),
    "sqlalchemy": ("store.", "sqlalchemy"),
    "starlette": ("preview.web", "starlette"),
    "trafilatura": ("gather.page_parse", "trafilatura"),
    "uvicorn": ("preview.server", "uvicorn"),
    "watchfiles": ("preview.watch", "watchfiles"),
    "yaml": ("gather.formats", "pyyaml"),
}
# Dependencies that nobody here imports: zoneinfo reads tzdata, trafilatura needs the cleaner of lxml.
DATA_ALONE = {"tzdata", "lxml-html-clean"}
CLOCKS = {"cli", "preview", "schedule", "terminal"}


def dotted(path: Path) -> str:
    """`clean.html`; a package is called as its `__init__` is: `clean`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere in it, dotted; `from digest import x` is `digest.x`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it goes"
            yield from (f"digest.{alias.name}" for alias in node.names) if node.module == "digest" else (node.module or "",)


def inside(path: Path) -> set[str]:
    """The units of the package, by first name, that a file imports."""
    parts = [name.split(".") for name in imports(path)]
    return {part[1] for part in parts if part[0] == "digest" and len(part) > 1 and not part[1].startswith("__")}


def test_every_module_has_its_floor() -> None:
    assert {dotted(path).split(".")[0] for path in MODULES} - {""} == set(FLOOR)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_go_strictly_down(path: Path) -> None:
    unit = dotted(path).split(".")[0]
    if not unit:
        assert not inside(path)
        return
    level = [other for other in inside(path) - {unit} if FLOOR[other] <= FLOOR[unit]]
    assert not level, f"{dotted(path)} imports {level}, which do not stand below it"


def test_the_model_knows_nothing_but_the_standard_library() -> None:
    assert {name.split(".")[0] for name in imports(PACKAGE / "model.py")} <= sys.stdlib_module_names


def test_each_library_is_imported_in_the_one_module_that_is_about_it() -> None:
    owners = {library: set(names.split()) for library, (names, _) in OWNERS.items()}
    packages = {(library, owner.rstrip(".")) for library, names in owners.items() for owner in names if owner.endswith(".")}
    found: dict[str, set[str]] = {}
    for path in MODULES:
        for name in imports(path):
            library = name.split(".")[0]
            if library != "digest" and library not in sys.stdlib_module_names:
                owner, package = dotted(path), dotted(path).split(".")[0]
                found.setdefault(library, set()).add(f"{package}." if (library, package) in packages else owner)
    assert found == owners


def test_every_dependency_is_used_and_every_library_is_a_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {line.split(">")[0].strip() for line in project["dependencies"]}
    extra = {line.split(">")[0].strip() for line in project["optional-dependencies"]["embeddings"]}
    assert named | extra == {distribution for _, distribution in OWNERS.values()} | DATA_ALONE


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_nothing_below_the_commands_reads_the_clock(path: Path) -> None:
    if dotted(path).split(".")[0] in CLOCKS:
        return
    called = {
        (node.func.value.id, node.func.attr)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)
    }
    clocks = {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
        ("time", "time"),
        ("time", "localtime"),
    }
    assert not called & clocks


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text or ast.get_docstring(ast.parse(text))
