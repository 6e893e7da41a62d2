"""Maildirs, mbox files and folders of .eml files."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest

from digest.errors import SettingsError
from digest.gather import sources
from digest.gather.folder import FolderSource
from digest.gather.formats import documents
from digest.gather.mailbox import MailboxSource
from digest.gather.mbox import mails
from digest.model import Document, Failure
from digest.settings import Settings, SourceTable
from tests.conftest import NOW

FROM = b"From desk@tide.example Tue Nov 17 14:30:00 2026\n"


def letter(number: int, body: str = "The weir was lowered.") -> bytes:
    return f"From: Tide Weekly <desk@tide.example>\nSubject: Letter {number}\nMessage-ID: <{number}@tide.example>\n\n{body}\n".encode()


def put(place: Path, content: bytes) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place


def read(source: MailboxSource | FolderSource) -> tuple[list[Document], list[Failure]]:
    found = list(source.documents(NOW))
    return [one for one in found if isinstance(one, Document)], [one for one in found if isinstance(one, Failure)]


def titles(path: Path) -> list[str | None]:
    found, failures = read(MailboxSource("Letters", path))
    assert failures == []
    return [document.hints.title for document in found]


def failing(path: Path) -> list[tuple[str, str]]:
    found, failures = read(MailboxSource("Letters", path, max_file_size=1000))
    assert found == []
    assert all(failure.fix and failure.source == "Letters" for failure in failures)
    return [(failure.where, failure.cause) for failure in failures]


def maildir(place: Path) -> Path:
    for folder in ("cur", "new", "tmp"):
        (place / folder).mkdir(parents=True)
    return place


def test_a_maildir_is_read_by_the_names_of_its_mails(tmp_path: Path) -> None:
    place = maildir(tmp_path / "Maildir")
    put(place / "cur" / "1001.a.tide:2,S", letter(1))
    put(place / "cur" / "1003.a.tide:2,RS", letter(3))
    put(place / "new" / "1002.a.tide", letter(2))
    put(place / "tmp" / "1004.a.tide", letter(4))
    put(place / "cur" / ".hidden", letter(5))
    found, failures = read(MailboxSource("Letters", place, "en", "World"))
    assert failures == []
    assert [(one.uri, one.hints.title) for one in found] == [
        ("1001.a.tide", "Letter 1"),
        ("1002.a.tide", "Letter 2"),
        ("1003.a.tide", "Letter 3"),
    ]
    first = found[0]
    assert (first.source, first.mail, first.media_type) == ("Letters", True, "text/plain")
    assert (first.hints.outlet, first.hints.language, first.hints.section) == ("Tide Weekly", "en", "World")


def test_drafts_and_what_is_in_the_bin_are_passed_over(tmp_path: Path) -> None:
    place = maildir(tmp_path)
    for number, flags in enumerate(("S", "T", "D", "ST", "")):
        put(place / "cur" / f"{number}:2,{flags}", letter(number))
    assert titles(place) == ["Letter 0", "Letter 4"]


def test_what_a_maildir_holds_that_is_no_mail_is_named(tmp_path: Path) -> None:
    place = maildir(tmp_path)
    put(tmp_path / "elsewhere", letter(1))
    (place / "cur" / "1:2,S").symlink_to(tmp_path / "elsewhere")
    (place / "cur" / "2:2,S").mkdir()
    put(place / "cur" / "3:2,S", letter(3, "x" * 2000))
    put(place / "cur" / "4:2,S", b"\n")
    os.mkfifo(place / "new" / "5")
    assert failing(place) == [
        ("1", "cannot be opened: it is a link, and links are not followed"),
        ("2", "is no regular file"),
        ("3", "has 2087 bytes, over the limit of 1000 bytes"),
        ("4", "is a mail without text"),
        ("5", "is no regular file"),
    ]


def test_a_maildir_that_may_not_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = maildir(tmp_path / "Maildir")

    def listing(path: Path) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", listing)
    assert failing(place) == [("Maildir", "cannot be opened: Permission denied")]


def test_a_maildir_without_new_mails_is_one(tmp_path: Path) -> None:
    put(tmp_path / "cur" / "1:2,", letter(1))
    assert titles(tmp_path) == ["Letter 1"]


def test_the_same_mail_by_two_ways_is_one(tmp_path: Path) -> None:
    place = maildir(tmp_path)
    for name, content in (
        ("1", letter(1)),
        ("2", letter(1)),
        ("3", letter(1, "Another text.")),
        ("4", b"\n\nNo head."),
        ("5", b"\n\nNo head."),
    ):
        put(place / "new" / name, content)
    assert titles(place) == ["Letter 1", "Letter 1", None, None]


@pytest.mark.parametrize("end", [b"", b"\n", b"\n\n"])
def test_an_mbox_is_read_mail_by_mail(tmp_path: Path, end: bytes) -> None:
    place = put(tmp_path / "Letters", FROM + letter(1) + b"\n" + FROM + letter(2) + b"\n" + FROM + letter(3).rstrip(b"\n") + end)
    found, failures = read(MailboxSource("Letters", place))
    assert failures == []
    assert [(one.uri, one.hints.title) for one in found] == [
        ("Letters#1", "Letter 1"),
        ("Letters#2", "Letter 2"),
        ("Letters#3", "Letter 3"),
    ]
    assert found[2].content.strip() == b"The weir was lowered."


def test_one_bad_mail_in_an_mbox_is_named_and_the_others_come_out(tmp_path: Path) -> None:
    place = put(tmp_path / "a", FROM + letter(1) + FROM + b"\n\n" + FROM + letter(3, "x" * 5000) + FROM + letter(4))
    found, failures = read(MailboxSource("Letters", place, max_file_size=1000))
    assert [one.hints.title for one in found] == ["Letter 1", "Letter 4"]
    assert [(one.where, one.cause) for one in failures] == [("a#2", "is a mail without text"), ("a#3", "has more than 1000 bytes")]


def test_what_is_no_mailbox_is_named(tmp_path: Path) -> None:
    put(tmp_path / "text", b"The weir was lowered.\n")
    (tmp_path / "link").symlink_to(tmp_path / "text")
    os.mkfifo(tmp_path / "pipe")
    assert failing(tmp_path / "text") == [("text", "holds no mail")]
    assert failing(tmp_path / "none") == [("none", "there is no such mailbox")]
    assert failing(tmp_path / "link") == [("link", "cannot be opened: it is a link, and links are not followed")]
    assert failing(tmp_path / "pipe") == [("pipe", "is no regular file")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (FROM + b"a\n" + FROM + b"b\n", [b"a\n", b"b\n"]),
        (FROM + b"a", [b"a"]),
        (FROM, [b""]),
        (b"before\n" + FROM + b"a\n", [b"a\n"]),
        (FROM + b">From x\n>>From y\n> From z\n", [b"From x\n>From y\n> From z\n"]),
        (FROM + b"\nFrom today on the weir is low.\n", [b"\nFrom today on the weir is low.\n"]),
        (FROM.replace(b"\n", b"\r\n") + b"a\r\n", [b"a\r\n"]),
        (b"From - Tue Nov 17 14:30:00 2026\na\n", [b"a\n"]),
        (b"From a Tue Nov 17 14:30 CET 2026\na\n", [b"a\n"]),
        (FROM + b"x" * 4999 + FROM + b"y\n", [b"x" * 4999 + FROM + b"y\n"]),
        (FROM + b"x" * 9000 + b"\n" + FROM + b"y\n", [None, b"y\n"]),
        (b"", []),
    ],
)
def test_an_mbox_is_cut_where_mails_begin(content: bytes, expected: list[bytes | None]) -> None:
    assert list(mails(BytesIO(content), 6000)) == expected


def test_a_line_that_begins_a_mail_is_one_only_at_the_beginning_of_a_line() -> None:
    content = FROM + b"x" * (998 * 4) + FROM + b"y\n"
    assert list(mails(BytesIO(content), 10_000)) == [content[len(FROM) :]]


def test_a_folder_of_mails_is_read_with_all_below_it(tmp_path: Path) -> None:
    put(tmp_path / "a.eml", letter(1))
    put(tmp_path / "2026" / "b.eml", letter(2))
    put(tmp_path / "2026" / "c.mbox", FROM + letter(3) + FROM + letter(4))
    put(tmp_path / "notes.txt", b"not a mail")
    assert titles(tmp_path) == ["Letter 1", "Letter 2", "Letter 3", "Letter 4"]


def test_the_folder_source_reads_mails_too(tmp_path: Path) -> None:
    put(tmp_path / "Morning Lantern" / "a.eml", letter(1))
    put(tmp_path / "b.mbox", FROM + letter(2))
    put(tmp_path / "c.txt", b"The weir.")
    for outlets, expected in (("folders", ["Tide Weekly", "Inbox", "Morning Lantern"]), ("one", ["Tide Weekly", "Inbox", "Tide Weekly"])):
        found, failures = read(FolderSource("Inbox", tmp_path, outlets))
        assert failures == []
        assert [one.hints.outlet for one in found] == expected


def test_one_file_can_be_read_by_itself() -> None:
    assert [one.hints.title for one in documents("a.mbox", FROM + letter(1), NOW) if isinstance(one, Document)] == ["Letter 1"]


def test_a_page_in_a_mail_may_say_its_charset_itself(tmp_path: Path) -> None:
    put(tmp_path / "a.eml", b"Content-Type: text/html\n\n<meta charset=koi8-r><p>\xd2\xc5\xcb\xc1\n")
    put(tmp_path / "b.eml", b"Content-Type: text/plain\n\n<meta charset=koi8-r>\n")
    assert [one.charset for one in read(MailboxSource("Letters", tmp_path))[0]] == ["koi8-r", None]


def test_the_settings_make_the_source(tmp_path: Path) -> None:
    table = SourceTable(name="Letters", kind="mailbox", path="mail", language="de", section="L", max_file_size=7)
    (made,) = sources(Settings(root=tmp_path, file=tmp_path / "digest.toml", sources=[table]))
    assert made == MailboxSource("Letters", tmp_path / "mail", "de", "L", 7)
    with pytest.raises(SettingsError, match="has no `path`"):
        sources(Settings(root=tmp_path, file=tmp_path / "digest.toml", sources=[SourceTable(name="Letters", kind="mailbox")]))
