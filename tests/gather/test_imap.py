"""IMAP, against a real server: Dovecot, started by the tests themselves on loopback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.errors import SettingsError
from digest.gather import Remembering, sources
from digest.gather.imap import ImapSource
from digest.gather.imap_errors import Server
from digest.model import Document, Failure
from digest.pipeline import gather
from digest.settings import Settings, SourceTable
from digest.store import opened, trial
from tests.conftest import NOW
from tests.gather.dovecot import PASSWORD, PROGRAM, Dovecot, ended, made, ports

USERS = [f"desk{number}" for number in range(40)]
if PROGRAM is None and os.environ.get("CI") == "true":
    pytest.fail("dovecot is missing, and in the gate it must be there: apt-get install dovecot-imapd")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="dovecot is missing: apt-get install dovecot-imapd")


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    server = made(USERS)
    yield server
    ended(server)


@pytest.fixture(scope="module")
def names() -> Iterator[str]:
    return iter(USERS)


@pytest.fixture
def user(names: Iterator[str]) -> str:
    """Somebody with an empty mailbox."""
    return next(names)


@pytest.fixture
def source(dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch) -> ImapSource:
    """That mailbox as a source; the server's certificate is trusted, the password is in the environment."""
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.certificate))
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)
    server = Server("127.0.0.1", user, dovecot.tls, allow_private=True, seconds=10)
    return ImapSource("Letters", server, password_env="DESK_PASSWORD", since=timedelta(days=10_000))  # noqa: S106 - a name


def letter(number: int, body: str = "The weir was lowered on Monday.") -> bytes:
    return (
        f"From: Tide Weekly <desk@tide.example>\nSubject: Letter {number}\nMessage-ID: <{number}@tide.example>\n"
        f"Date: Tue, 17 Nov 2026 14:30:00 +0100\nContent-Type: text/html; charset=utf-8\n\n<h2>Weir {number}</h2><p>{body}</p>\n"
    ).encode()


def read(source: ImapSource) -> tuple[list[Document], list[Failure], dict[str, Any]]:
    found = list(source.documents(NOW))
    return [one for one in found if isinstance(one, Document)], [one for one in found if isinstance(one, Failure)], source.state()


def titles(source: ImapSource) -> list[str | None]:
    documents, failures, _ = read(source)
    assert failures == []
    return [document.hints.title for document in documents]


def failing(source: ImapSource) -> Failure:
    documents, failures, _ = read(source)
    assert documents == []
    (found,) = failures
    assert found.fix
    assert found.source == "Letters"
    return found


def test_a_mail_is_a_document_and_stays_unread(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    dovecot.put(user, [letter(1), letter(2)])
    before = dovecot.flags(user)
    documents, failures, state = read(source)
    assert failures == []
    assert [(found.uri, found.media_type, found.source, found.mail) for found in documents] == [
        ("INBOX;UID=1", "text/html", "Letters", True),
        ("INBOX;UID=2", "text/html", "Letters", True),
    ]
    hints = documents[0].hints
    assert (hints.id, hints.title, hints.outlet, hints.published) == (
        "<1@tide.example>",
        "Letter 1",
        "Tide Weekly",
        "Tue, 17 Nov 2026 14:30:00 +0100",
    )
    assert state["uid"] == 2
    assert dovecot.flags(user) == before
    assert not any(b"Seen" in line for line in before)


def test_nothing_is_fetched_twice(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    dovecot.put(user, [letter(1), letter(2)])
    assert titles(source) == ["Letter 1", "Letter 2"]
    again = source.with_state(source.state())
    assert titles(again) == []
    dovecot.put(user, [letter(3)])
    assert titles(again) == ["Letter 3"]
    assert titles(source.with_state(again.state())) == []
    assert isinstance(source, Remembering)


def test_the_state_comes_back_from_the_store_and_a_dry_run_consumes_nothing(
    dovecot: Dovecot, user: str, tmp_path: Path, source: ImapSource
) -> None:
    dovecot.put(user, [letter(1)])
    table = SourceTable(
        name="Letters",
        kind="imap",
        host=source.server.host,
        port=source.server.port,
        user=user,
        password_env="DESK_PASSWORD",  # noqa: S106 - the name of a variable
        since=timedelta(days=10_000),
        allow_private=True,
    )
    settings = Settings(root=tmp_path, file=tmp_path / "digest.toml", sources=[table])
    place = tmp_path / "store.sqlite3"
    opened(place).close()
    dry = trial(place)
    assert gather(settings, dry, NOW).documents == 1
    dry.close()
    store = opened(place)
    assert [gather(settings, store, NOW).documents for _ in range(2)] == [1, 0]
    assert store.recall("Letters")["uid"] == 1
    store.close()


def test_a_folder_made_anew_is_read_anew(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    source = replace(source, folder="News")
    dovecot.put(user, [letter(1), letter(2)], "News")
    assert titles(source) == ["Letter 1", "Letter 2"]
    validity = source.state()["validity"]
    with dovecot.client(user) as client:
        client.delete("News")
    dovecot.put(user, [letter(3)], "News")
    again = source.with_state(source.state())
    assert titles(again) == ["Letter 3"]
    assert again.state()["validity"] != validity
    assert again.state()["uid"] == 1


def test_what_was_read_of_another_folder_says_nothing_of_this_one(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    dovecot.put(user, [letter(1), letter(2)])
    other = source.with_state({"mailbox": "desk@imap.tide.example/INBOX", "validity": 1, "uid": 99})
    assert titles(other) == ["Letter 1", "Letter 2"]


def test_a_folder_may_have_any_name(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    dovecot.put(user, [letter(4)], '"Gr&APYA3w-e &- \\"Ma&AN8-\\""')
    assert titles(replace(source, folder='Größe & "Maß"')) == ["Letter 4"]


def test_at_first_only_mails_of_the_last_weeks_are_taken(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    with dovecot.client(user) as client:
        client.append("INBOX", "", '"01-Sep-2026 10:00:00 +0000"', letter(1))
        client.append("INBOX", "", '"20-Nov-2026 10:00:00 +0000"', letter(2))
    source = replace(source, since=timedelta(days=30))
    assert titles(source) == ["Letter 2"]
    with dovecot.client(user) as client:
        client.append("INBOX", "", '"01-Sep-2026 10:00:00 +0000"', letter(3))
    assert titles(source.with_state(source.state())) == ["Letter 3"]


def test_a_run_takes_so_many_and_the_next_goes_on(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    dovecot.put(user, [letter(number) for number in range(1, 6)])
    source = replace(source, max_mails=3)
    documents, failures, state = read(source)
    assert [found.hints.title for found in documents] == ["Letter 1", "Letter 2", "Letter 3"]
    assert [(found.where, found.cause) for found in failures] == [("INBOX", "holds 2 more new mails than the 3 of one run")]
    assert titles(source.with_state(state)) == ["Letter 4", "Letter 5"]


def test_a_mail_of_twenty_megabytes_is_named_and_never_fetched(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    dovecot.put(user, [letter(1), letter(2, "The weir was lowered. " * 1_000_000), letter(3)])
    documents, failures, state = read(source)
    assert [found.hints.title for found in documents] == ["Letter 1", "Letter 3"]
    assert [found.where for found in failures] == ["INBOX;UID=2"]
    assert failures[0].cause.endswith("over the limit of 15.0 MiB")
    assert titles(source.with_state(state)) == []


def test_a_mail_without_text_is_named_once(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    dovecot.put(user, [b"Subject: x\nContent-Type: image/png\n\nx\n", letter(2)])
    documents, failures, state = read(source)
    assert [found.hints.title for found in documents] == ["Letter 2"]
    assert [(found.where, found.cause) for found in failures] == [("INBOX;UID=1", "is a mail without text")]
    assert titles(source.with_state(state)) == []


def test_a_server_gone_in_the_middle_loses_nothing_and_doubles_nothing(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    dovecot.put(user, [letter(number) for number in range(1, 5)])
    running = source.documents(NOW)
    first = [next(running), next(running)]
    dovecot.kill()
    (lost,) = running
    dovecot.start()
    assert [found.hints.title for found in first if isinstance(found, Document)] == ["Letter 1", "Letter 2"]
    assert isinstance(lost, Failure)
    assert "broke off the connection" in lost.cause
    assert "the rest comes at the next run" in lost.fix
    rest = titles(source.with_state(source.state()))
    assert rest in (["Letter 3", "Letter 4"], ["Letter 2", "Letter 3", "Letter 4"])  # the one in hand was not yet done with


def test_a_wrong_password_says_what_to_look_at(source: ImapSource, monkeypatch: pytest.MonkeyPatch) -> None:
    for password in ("wrong", "größer"):
        monkeypatch.setenv("DESK_PASSWORD", password)
        found = failing(source)
        assert found.cause.startswith(f"does not let {source.server.user!r} in: ")
        assert "password_env" in found.fix
        assert password not in str(found)


def test_a_password_comes_from_a_file_too(dovecot: Dovecot, user: str, source: ImapSource, tmp_path: Path) -> None:
    dovecot.put(user, [letter(1)])
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    assert titles(replace(source, password_env="", password_file=file)) == ["Letter 1"]


@pytest.mark.parametrize("content", [b"", b"a\nb\n", b"\xff\n", b"\n"])
def test_a_file_without_a_password_is_named(source: ImapSource, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "password"
    file.write_bytes(content)
    assert failing(replace(source, password_file=file)).cause == "the file password holds no password"
    assert "cannot be opened" in failing(replace(source, password_file=tmp_path / "none")).cause


def test_a_password_that_is_not_set_is_named(source: ImapSource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_PASSWORD")
    found = failing(source)
    assert (found.cause, found.fix) == ("the environment variable DESK_PASSWORD holds no password", "set it where digest runs")


def test_a_folder_that_is_not_there_is_answered_with_those_that_are(dovecot: Dovecot, user: str, source: ImapSource) -> None:
    dovecot.put(user, [letter(1)], "Newsletters")
    found = failing(replace(source, folder="Newsletter"))
    assert found.cause == "there is no folder 'Newsletter' that may be read"
    assert "Newsletters" in found.fix
    assert "INBOX" in found.fix


def test_a_certificate_that_nobody_vouches_for_is_refused(source: ImapSource, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    found = failing(source)
    assert found.cause.startswith("shows a certificate that is not valid: self-signed")
    assert "SSL_CERT_FILE" in found.fix


def test_a_certificate_of_another_name_is_refused(source: ImapSource) -> None:
    found = failing(replace(source, server=replace(source.server, host="localhost")))
    assert "Hostname mismatch" in found.cause


def test_a_private_address_is_refused_unless_it_was_allowed(source: ImapSource) -> None:
    found = failing(replace(source, server=replace(source.server, allow_private=False)))
    assert found.cause == "is at 127.0.0.1, an address of a private network"
    assert "allow_private = true" in found.fix


def test_starttls_is_a_setting(dovecot: Dovecot, user: str, source: ImapSource, monkeypatch: pytest.MonkeyPatch) -> None:
    dovecot.put(user, [letter(1)])
    source = replace(source, server=replace(source.server, port=dovecot.plain, starttls=True))
    assert titles(source) == ["Letter 1"]
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "certificate" in failing(source.with_state({})).cause


def test_a_port_without_tls_is_named(dovecot: Dovecot, source: ImapSource) -> None:
    found = failing(replace(source, server=replace(source.server, port=dovecot.plain)))
    assert found.cause.startswith("speaks no TLS there")
    assert "starttls = true" in found.fix


def test_a_port_where_nobody_listens_and_a_name_that_leads_nowhere_are_named(source: ImapSource) -> None:
    (free,) = ports(1)
    assert failing(replace(source, server=replace(source.server, port=free))).cause.startswith("cannot be reached: ")
    assert failing(replace(source, server=replace(source.server, host="imap.invalid"))).cause == "is a name that leads nowhere"


FULL: dict[str, Any] = {"name": "Letters", "kind": "imap", "host": "imap.tide.example", "user": "desk", "password_env": "P"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"host": ""}, "has no `host`"),
        ({"user": ""}, "has no `user`"),
        ({"password_env": ""}, "needs a `password_env` or a `password_file`"),
        ({"password_file": "p"}, "and one only"),
        ({"starttls": True}, "has `starttls` on port 993"),
        ({"folder": "a\r\nb"}, "cannot be printed"),
        ({"host": "a\0"}, "cannot be printed"),
    ],
)
def test_settings_that_lack_something_are_refused(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    settings = Settings(root=tmp_path, file=tmp_path / "digest.toml", sources=[SourceTable(**(FULL | change))])
    with pytest.raises(SettingsError) as caught:
        sources(settings)
    assert told in caught.value.cause
    assert caught.value.fix


def test_settings_make_the_source(tmp_path: Path) -> None:
    table = SourceTable(**(FULL | {"password_env": "", "password_file": "secret", "language": "de", "section": "L", "max_file_size": 7}))
    (made,) = sources(Settings(root=tmp_path, file=tmp_path / "digest.toml", sources=[table]))
    server = Server("imap.tide.example", "desk", largest=7)
    assert made == ImapSource("Letters", server, password_file=tmp_path / "secret", language="de", section="L")
