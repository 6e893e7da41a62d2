"""IMAP servers that answer nonsense, lies, too much, too slowly or not at all."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.gather.imap import ImapSource
from digest.gather.imap_client import _utf7
from digest.gather.imap_errors import Server
from digest.model import Document, Failure
from tests.conftest import NOW
from tests.gather.dovecot import certify
from tests.gather.fake_imap import fake

pytestmark = [
    pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing: apt-get install openssl"),
    pytest.mark.usefixtures("_trusted"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("certificate")
    certify(place)
    return place


@pytest.fixture
def _trusted(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(home / "cert.pem"))
    monkeypatch.setenv("DESK_PASSWORD", "weir")


def source(port: int, **options: Any) -> ImapSource:
    server = Server("127.0.0.1", "desk", port, allow_private=True, **({"seconds": 5.0} | options))
    return ImapSource("Letters", server, password_env="DESK_PASSWORD")  # noqa: S106 - the name of a variable


def answered(
    home: Path, answers: Mapping[str, bytes], greeting: bytes = b"* OK ready\r\n", state: Mapping[str, Any] | None = None
) -> tuple[list[Document], list[Failure], dict[str, Any]]:
    with fake(home, answers, greeting) as port:
        reading = source(port).with_state(state or {})
        found = list(reading.documents(NOW))
    return [one for one in found if isinstance(one, Document)], [one for one in found if isinstance(one, Failure)], reading.state()


def test_the_fake_server_serves(home: Path) -> None:
    documents, failures, state = answered(home, {})
    assert [found.content for found in documents] == [b"The weir"]
    assert failures == []
    assert (state["validity"], state["uid"]) == (9, 5)


def test_a_server_that_needs_no_login_is_taken_as_it_is(home: Path) -> None:
    assert len(answered(home, {}, b"* PREAUTH ready\r\n")[0]) == 1


def test_a_mail_larger_than_was_said_is_named_and_passed_over(home: Path) -> None:
    documents, failures, state = answered(home, {"UID FETCH BODY": b"* 1 FETCH (UID 5 BODY[] {99999999999}\r\n"})
    assert documents == []
    assert [(found.where, found.cause.split(",")[0]) for found in failures] == [("INBOX;UID=5", "has 95367.4 MiB")]
    assert state["uid"] == 5


@pytest.mark.parametrize(
    "body", [b"% OK .\r\n", b"* 1 FETCH (UID 5 BODY[] NIL)\r\n% OK .\r\n", b"* 2 FETCH (UID 6 BODY[] {1}\r\nx)\r\n% OK .\r\n"]
)
def test_a_mail_that_is_gone_meanwhile_is_passed_over(home: Path, body: bytes) -> None:
    documents, failures, state = answered(home, {"UID FETCH BODY": body})
    assert (documents, failures, state["uid"]) == ([], [], 5)
    assert answered(home, {"UID FETCH": b"% OK .\r\n"})[:2] == ([], [])


def test_the_last_mail_which_a_server_names_again_is_not_new(home: Path) -> None:
    known = {"mailbox": "desk@127.0.0.1/INBOX", "validity": 9, "uid": 5}
    assert answered(home, {}, state=known) == ([], [], known)


@pytest.mark.parametrize(
    ("answers", "greeting", "told"),
    [
        ({}, b"", "did not answer in 0.5 seconds"),
        ({}, b"* BYE go away\r\n", "cannot be reached"),
        ({}, b"SSH-2.0-OpenSSH\r\n", "cannot be reached"),
        ({}, b"* OK \xff\x00\r\n", ""),
        ({"CAPABILITY": b"* CAPABILITY \xff\r\n% OK .\r\n"}, b"* OK\r\n", "cannot be reached"),
        ({"LOGIN": b"% NO [AUTHENTICATIONFAILED] \x1b[31mno\r\n"}, b"* OK\r\n", "does not let 'desk' in: [AUTHENTICATIONFAILED] [31mno"),
        ({"LOGIN": b""}, b"* OK\r\n", "cannot be reached"),
        ({"EXAMINE": b"% NO .\r\n", "LIST": b"% NO .\r\n"}, b"* OK\r\n", "there is no folder 'INBOX'"),
        ({"EXAMINE": b"* OK [UIDVALIDITY 99999999999999999999] .\r\n% OK .\r\n"}, b"* OK\r\n", ""),
        ({"EXAMINE": b"* OK [UIDVALIDITY x] .\r\n% OK .\r\n"}, b"* OK\r\n", ""),
        ({"EXAMINE": b""}, b"* OK\r\n", "broke off the connection"),
        ({"EXAMINE": b"% BAD what\r\n"}, b"* OK\r\n", "gave an answer that is none"),
        ({"EXAMINE": b"nonsense\r\n"}, b"* OK\r\n", "broke off the connection"),
        ({"EXAMINE": b"* " + b"x" * 1_100_000 + b"\r\n% OK .\r\n"}, b"* OK\r\n", "gave an answer that is none"),
        (
            {"UID SEARCH": (b"* SEARCH " + b"1 " * 400_000 + b"\r\n") * 30 + b"% OK .\r\n"},
            b"* OK\r\n",
            "for one answer",
        ),
        ({"UID SEARCH": b"* SEARCH five\r\n% OK .\r\n"}, b"* OK\r\n", "gave an answer that is none"),
        ({"UID SEARCH": b"% NO never\r\n"}, b"* OK\r\n", "gave an answer that is none: NO"),
        ({"UID FETCH": b"% NO never\r\n"}, b"* OK\r\n", "gave an answer that is none: NO"),
        ({"UID FETCH BODY": b"* 1 FETCH (UID 5 BODY[] {50}\r\nhalf a mail"}, b"* OK\r\n", "did not answer in"),
        ({"UID FETCH BODY": b""}, b"* OK\r\n", "broke off the connection"),
    ],
)
def test_nonsense_is_a_failure_with_a_fix(home: Path, answers: Mapping[str, bytes], greeting: bytes, told: str) -> None:
    with fake(home, answers, greeting) as port:
        found = list(source(port, seconds=0.5).documents(NOW))
    failures = [one for one in found if isinstance(one, Failure)]
    if told:
        assert len(found) == len(failures) == 1
        assert told in failures[0].cause
        assert failures[0].fix
        assert failures[0].cause.isprintable()
    assert len(failures) < 2


def test_a_server_that_never_speaks_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        (found,) = source(silent.getsockname()[1], seconds=0.3).documents(NOW)
    assert isinstance(found, Failure)
    assert found.cause == "did not answer in 0.3 seconds"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("greeting", "told"), [(b"* OK " + b"x" * 500 + b"\r\n", "cannot be reached"), (b"* OK\r\n", "took more than 1 seconds")]
)
def test_a_dripping_server_is_given_up_at_the_deadline(home: Path, greeting: bytes, told: str) -> None:
    with fake(home, {"EXAMINE": b"* OK " + b"x" * 900 + b"\r\n"}, greeting, pause=0.01) as port:
        began = time.monotonic()
        (found,) = source(port, seconds=5.0, session=1.0).documents(NOW)
    assert isinstance(found, Failure)
    assert told in found.cause
    assert time.monotonic() - began < 4


def test_a_server_without_starttls_gets_no_password(home: Path) -> None:
    with fake(home, {}, tls=False) as port:
        (found,) = source(port, starttls=True).documents(NOW)
    assert isinstance(found, Failure)
    assert "TLS" in found.cause
    with fake(home, {}, b"* PREAUTH in already\r\n", tls=False) as port:
        (found,) = source(port, starttls=True).documents(NOW)
    assert isinstance(found, Failure)


def test_login_is_not_tried_where_the_server_forbids_it(home: Path) -> None:
    capable = b"* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=PLAIN\r\n% OK .\r\n"
    documents, failures, _ = answered(home, {"CAPABILITY": capable, "LOGIN": b"% NO never\r\n"})
    assert (len(documents), failures) == (1, [])


@given(
    st.dictionaries(st.sampled_from(["EXAMINE", "UID SEARCH", "UID FETCH", "UID FETCH BODY", "LIST"]), st.binary(max_size=80), max_size=2)
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_answer_is_ever_a_traceback(home: Path, answers: dict[str, bytes]) -> None:
    with fake(home, {name: answer + b"\r\n% OK .\r\n" for name, answer in answers.items()}) as port:
        for found in source(port, seconds=0.4).documents(NOW):
            assert isinstance(found, Document | Failure)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("INBOX", "INBOX"),
        ("A & B", "A &- B"),
        ("Größe", "Gr&APYA3w-e"),
        ("台北", "&U,BTFw-"),
        ("~peter/mail/日本語", "~peter/mail/&ZeVnLIqe-"),
    ],
)
def test_names_of_folders_are_written_as_imap_has_them(name: str, written: str) -> None:
    assert _utf7(name) == written


def test_a_source_does_not_share_what_it_knows() -> None:
    first = source(1)
    second = first.with_state({"uid": 3})
    assert (first.state(), second.state(), replace(second, name="x").state()) == ({}, {"uid": 3}, {"uid": 3})
