"""Whatever a folder or a list of feeds holds: documents or failures, in bounded time and memory; and told at every run."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st

from digest.clean import clean
from digest.errors import DocumentError
from digest.gather.folder import FolderSource
from digest.gather.opml import outlines
from digest.gather.records import Records
from digest.model import Document, Failure
from digest.settings import CleanTable
from tests.conftest import NOW, ZONE
from tests.fuzz.hostile_files import files, lists

SECONDS = 30.0  # for one file, on a machine that is very busy: what hung took minutes


@pytest.mark.slow
def test_hostile_files_give_documents_or_failures_and_both_runs_say_the_same(tmp_path: Path) -> None:
    names = []
    for name, content in files():
        (tmp_path / name).write_bytes(content)
        names.append(name)
    assert len(names) >= 400
    first = FolderSource("Hostile", tmp_path, fields={"section": "a.b.0"}).with_state({})
    found: list[Document | Failure] = []
    began = time.monotonic()
    for one in first.documents(NOW):
        assert time.monotonic() - began < SECONDS, one
        found.append(one)
        began = time.monotonic()
    told = [one.uri if isinstance(one, Document) else one.where for one in found]
    assert [name for name in names if not any(place.startswith(name) for place in told)] == []
    wrong = [one for one in found if isinstance(one, Failure)]
    assert all(one.cause and one.fix and one.where for one in wrong)
    assert len(wrong) > 200
    assert len(found) - len(wrong) > 200
    waiting = {one.where for one in wrong if "left for the next run" in one.cause}
    again = list(first.with_state(first.state()).documents(NOW))
    assert waiting
    assert [one for one in again if not _is_of(one, waiting)] == [one for one in wrong if one.where not in waiting]
    assert not [one for one in again if isinstance(one, Failure) and "left for the next run" in one.cause]


def _is_of(one: Document | Failure, waiting: set[str]) -> bool:
    """Whether it is of a file that waited at the run before, and is taken now."""
    return (one.uri if isinstance(one, Document) else one.where).partition("#")[0] in waiting


_MEASURED = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from digest.gather.folder import FolderSource
from digest.model import Document
found = sum(isinstance(one, Document) for one in FolderSource("Hostile", Path(sys.argv[1])).documents(datetime(2026, 11, 22, tzinfo=UTC)))
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))  # rusage knows the parent's too
print(found, own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks /proc for the memory")
def test_hostile_files_take_less_than_300_mb(tmp_path: Path) -> None:
    for name, content in files(60):
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-c", _MEASURED, str(tmp_path)]
    where = Path(__file__).parents[2]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=where, timeout=300)  # noqa: S603 - our own words
    found, own, child = map(int, done.stdout.split())
    assert found > 20
    assert own * 1024 < 300e6
    assert child * 1024 < 300e6


def test_what_comes_of_broken_files_can_be_cleaned(tmp_path: Path) -> None:
    for name, content in list(files(200))[30:]:
        (tmp_path / name).write_bytes(content)
    cleaned = 0
    for found in FolderSource("Hostile", tmp_path).documents(NOW):
        if isinstance(found, Document):
            try:
                cleaned += len(clean(found, CleanTable(), NOW, ZONE).articles)
            except DocumentError as error:
                assert error.where.startswith(found.uri)  # noqa: PT017 - either may happen
    assert cleaned > 50


def test_hostile_lists_of_feeds_give_feeds_or_a_failure() -> None:
    feeds = failures = 0
    for name, content in lists():
        began = time.monotonic()
        try:
            found = outlines(content)
        except DocumentError as error:
            assert error.fix, name  # noqa: PT017
            failures += 1
        else:
            assert all(outline.url.startswith(("http://", "https://")) for outline in found), name
            feeds += len(found)
        assert time.monotonic() - began < SECONDS, name
    assert feeds > 3
    assert failures > 50


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "name"]), one, max_size=3),
    max_leaves=8,
)


@rules(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["a", "b", "title", "text", "html"]), _VALUES),
    st.dictionaries(
        st.sampled_from(["items", "id", "title", "text", "html", "authors", "tags", "published"]),
        st.sampled_from(["a", "a.b", "a.0", "b.name", "a.b.name.0"]),
    ),
)
def test_any_values_under_any_names_make_a_record(values: dict[str, object], fields: dict[str, str]) -> None:
    records = Records(fields)
    try:
        found = list(records.json("a.json", json.dumps(values).encode(), NOW))
    except DocumentError as error:
        assert error.fix  # noqa: PT017
        return
    assert all(isinstance(one, Document | DocumentError) for one in found)
    assert all(key.startswith("fields.") and cause and fix for key, cause, fix in records.unmet())
