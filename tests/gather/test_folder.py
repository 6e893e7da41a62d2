"""A folder of files, hostile ones among them."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from digest.errors import SettingsError
from digest.gather import sources
from digest.gather.folder import FolderSource
from digest.model import Document, Failure
from digest.settings import Settings, SourceTable
from tests.conftest import NOW


def put(folder: Path, *names: str, text: str = "The weir was lowered.") -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def gathered(source: FolderSource) -> tuple[list[Document], list[Failure]]:
    found = list(source.documents(NOW))
    return [part for part in found if isinstance(part, Document)], [part for part in found if isinstance(part, Failure)]


def uris(source: FolderSource) -> list[str]:
    documents, failures = gathered(source)
    assert failures == []
    return [document.uri for document in documents]


def test_every_file_is_found_in_the_order_of_its_path(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.md", "a/b/c.html", "c/d.text")
    assert uris(FolderSource("Inbox", tmp_path)) == ["b.txt", "a/z.md", "a/b/c.html", "c/d.text"]


def test_hidden_files_are_passed_over_and_half_written_ones_left_for_the_next_run(tmp_path: Path) -> None:
    put(tmp_path, ".hidden.txt", ".git/a.txt", "a.txt.part", "b.txt~", "c.tmp", "d.txt", "e.jsonl.CRDOWNLOAD")
    documents, failures = gathered(FolderSource("Inbox", tmp_path))
    assert [document.uri for document in documents] == ["d.txt"]
    assert [(found.where, found.cause) for found in failures] == [
        (name, "has the name of a half-written file: still being written, left for the next run")
        for name in ("a.txt.part", "c.tmp", "e.jsonl.CRDOWNLOAD")
    ]
    documents, failures = gathered(FolderSource("Inbox", tmp_path, include=("*.txt",)))
    assert [found.where for found in failures] == ["a.txt.part"]


def test_patterns_match_the_path_or_the_bare_name(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b.txt", "old/c.md", "old/d.txt")
    assert uris(FolderSource("Inbox", tmp_path, include=("*.md",))) == ["a.md", "old/c.md"]
    assert uris(FolderSource("Inbox", tmp_path, exclude=("old/*",))) == ["a.md", "b.txt"]
    assert uris(FolderSource("Inbox", tmp_path, include=("*.md", "b.*"), exclude=("c.md",))) == ["a.md", "b.txt"]
    assert uris(FolderSource("Inbox", tmp_path, include=())) == []


@pytest.mark.parametrize(
    ("glob", "found"),
    [
        ("**/*.md", ["a.md", "old/2025/e.md", "old/c.md"]),
        ("old/**/*.md", ["old/2025/e.md", "old/c.md"]),
        ("old/**", ["old/2025/e.md", "old/c.md", "old/d.txt"]),
        ("**/2025/**", ["old/2025/e.md"]),
        ("?.[a-m]*", ["a.md", "old/2025/e.md", "old/c.md"]),
        ("[!a].txt", ["b.txt", "old/d.txt"]),
        ("a.md|b.txt", []),
        ("a", []),
        ("[", []),
    ],
)
def test_patterns_are_those_of_a_shell(tmp_path: Path, glob: str, found: list[str]) -> None:
    put(tmp_path, "a.md", "b.txt", "old/c.md", "old/d.txt", "old/2025/e.md")
    assert sorted(uris(FolderSource("Inbox", tmp_path, include=(glob,)))) == found
    assert set(uris(FolderSource("Inbox", tmp_path, exclude=(glob,)))).isdisjoint(found)


def test_sub_folders_can_be_outlets(tmp_path: Path) -> None:
    put(tmp_path, "top.txt", "Tide Weekly/a.txt", "Tide Weekly/b/c.txt")
    documents, _ = gathered(FolderSource("Inbox", tmp_path, outlets="folders"))
    assert {document.uri: document.hints.outlet for document in documents} == {
        "top.txt": "Inbox",
        "Tide Weekly/a.txt": "Tide Weekly",
        "Tide Weekly/b/c.txt": "Tide Weekly",
    }
    assert {document.source for document in documents} == {"Inbox"}
    plain, _ = gathered(FolderSource("Inbox", tmp_path))
    assert {document.hints.outlet for document in plain} == {"Inbox"}


def test_the_settings_of_a_source_stand_in_for_what_a_document_does_not_say(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "b.json", text='{"title": "A", "lang": "fr", "section": "Monde", "source": "Le Bac"}')
    documents, _ = gathered(FolderSource("Inbox", tmp_path, language="de", section="Lokales"))
    assert [(found.hints.language, found.hints.section, found.hints.outlet) for found in documents] == [
        ("de", "Lokales", "Inbox"),
        ("fr", "Monde", "Le Bac"),
    ]


def test_a_missing_folder_or_a_file_in_its_place_is_a_failure(tmp_path: Path) -> None:
    put(tmp_path, "file")
    for name in ("none", "file"):
        assert gathered(FolderSource("Inbox", tmp_path / name)) == (
            [],
            [Failure("Inbox", name, "there is no such folder", "make it, or mend `path` in the settings")],
        )


def failing(folder: Path, **options: int) -> dict[str, str]:
    documents, failures = gathered(FolderSource("Inbox", folder, max_file_size=options.get("size", 2**20)))
    assert [document.uri for document in documents] == ["good.txt"]
    assert all(found.fix and found.source == "Inbox" for found in failures)
    return {found.where: found.cause for found in failures}


def test_what_cannot_be_read_is_named_and_the_rest_comes_out(tmp_path: Path) -> None:
    put(tmp_path, "good.txt", "page.pdf", "none")
    put(tmp_path, "empty.txt", text="")
    put(tmp_path, "front.md", text="---\na: [b\n---\n")
    put(tmp_path, "broken.json", text="{")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "link.txt").symlink_to(tmp_path / "good.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "linked").symlink_to(tmp_path / "folder.txt")
    found = failing(tmp_path)
    assert {where.split(":")[0]: cause.split(":")[0].split(" (")[0] for where, cause in found.items()} == {
        "page.pdf": "is in no format that we read",
        "none": "is in no format that we read",
        "empty.txt": "is empty",
        "front.md": "has broken front matter",
        "broken.json": "is not JSON",
        "link.txt": "cannot be opened",
        "dangling.txt": "cannot be opened",
        "linked": "cannot be opened",
    }


def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found: list[dict[str, str]] = []
    thread = threading.Thread(target=lambda: found.append(failing(tmp_path)), daemon=True)
    thread.start()
    thread.join(10)
    assert found == [{"pipe.txt": "is no regular file"}]


def test_a_file_over_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    put(tmp_path, "large.txt", text="x" * 31)
    assert failing(tmp_path, size=30) == {"large.txt": "has 31 bytes, over the limit of 30 bytes"}
    put(tmp_path, "large.txt", text="x" * (3 * 2**20))
    assert failing(tmp_path, size=2**21) == {"large.txt": "has 3.0 MiB, over the limit of 2.0 MiB"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    put(tmp_path, "good.txt", "closed.txt")
    (tmp_path / "closed.txt").chmod(0)
    assert failing(tmp_path) == {"closed.txt": "cannot be opened: Permission denied"}


def test_a_folder_that_may_not_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "good.txt", "closed/a.txt")
    listing = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert failing(tmp_path) == {"closed": "cannot be opened: Permission denied"}


def test_a_source_that_may_not_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def scandir(path: str) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", scandir)
    _, failures = gathered(FolderSource("Inbox", tmp_path))
    assert [(found.where, found.cause) for found in failures] == [(tmp_path.name, "cannot be opened: Permission denied")]


def test_a_bad_record_is_told_under_its_outlet(tmp_path: Path) -> None:
    put(tmp_path, "Tide Weekly/w.jsonl", text='{"title": "A"}\n{\n')
    documents, failures = gathered(FolderSource("Inbox", tmp_path, outlets="folders"))
    assert [document.hints.outlet for document in documents] == ["Tide Weekly"]
    assert [(found.source, found.where) for found in failures] == [("Tide Weekly", "Tide Weekly/w.jsonl#2")]


def test_a_name_that_is_no_text_can_be_printed_and_stored(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9\x1b[31m.txt")).write_text("x", encoding="utf-8")
    assert uris(FolderSource("Inbox", tmp_path)) == ["caf\ufffd [31m.txt"]


def settings(root: Path, *tables: SourceTable) -> Settings:
    return Settings(root=root, file=root / "digest.toml", sources=list(tables))


def test_sources_are_made_in_the_order_of_the_settings(tmp_path: Path) -> None:
    table = SourceTable(
        name="A", path="in", outlets="folders", include=["*.md"], exclude=["x"], language="de", section="L", max_file_size=7
    )
    made = sources(settings(tmp_path, table, SourceTable(name="B", path="/other")))
    assert made[0] == FolderSource("A", tmp_path / "in", "folders", ("*.md",), ("x",), "de", "L", 7)
    assert [source.name for source in made] == ["A", "B"]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (SourceTable(name="A"), "the source 'A' has no `path`"),
        (SourceTable(name="A", kind="foldr", path="x"), "`sources[1].kind` is 'foldr'; did you mean 'folder'?"),
        (SourceTable(name="A", kind="json:loads", path="x"), "`sources[1].kind` is 'json:loads', which is no source"),
    ],
)
def test_a_source_that_cannot_be_made_names_the_settings(tmp_path: Path, table: SourceTable, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        sources(settings(tmp_path, table))
    assert caught.value.cause == told
    assert caught.value.where == str(tmp_path / "digest.toml")
    assert caught.value.fix


def test_a_stranger_can_be_a_source(tmp_path: Path) -> None:
    table = SourceTable(name="A", kind="digest.gather.folder:FolderSource", path="in")
    assert sources(settings(tmp_path, table)) == (FolderSource("A", tmp_path / "in"),)


def test_a_file_in_the_place_of_a_folder_is_read_alone(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt", "sub/a.txt")
    (found,) = sources(settings(tmp_path, SourceTable(name="Wire", path=str(tmp_path / "a.txt"))))
    assert isinstance(found, FolderSource)
    assert uris(found) == ["a.txt"]


def test_a_link_to_a_file_is_told_and_one_to_a_folder_is_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "inbox/a.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "inbox" / "a.txt")
    (tmp_path / "there").symlink_to(tmp_path / "inbox")
    linked, folder = sources(settings(tmp_path, *(SourceTable(name=name, path=str(tmp_path / name)) for name in ("link.txt", "there"))))
    assert [one.cause for one in linked.documents(NOW) if isinstance(one, Failure)] == [
        "cannot be opened: it is a link, and links are not followed"
    ]
    assert isinstance(folder, FolderSource)
    assert uris(folder) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "fix"),
    [("a.opml", "digest init"), ("a.xml", 'kind = "feed"'), ("notes", 'exclude = ["notes"]'), ("a.pdf", 'exclude = ["*.pdf"]')],
)
def test_what_to_do_with_a_file_that_is_no_document_is_told(tmp_path: Path, name: str, fix: str) -> None:
    put(tmp_path, name)
    _, (failure,) = gathered(FolderSource("Inbox", tmp_path))
    assert fix in failure.fix
