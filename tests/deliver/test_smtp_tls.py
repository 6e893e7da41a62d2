"""The line to a mail server is safe before anything is said on it; a secret goes nowhere else."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from digest.deliver.smtp import SmtpDelivery
from digest.errors import DeliveryError, SettingsError
from digest.model import Standing
from tests.deliver.letters import BODY, delivery, parcel
from tests.deliver.mail_server import Script, serving
from tests.gather.dovecot import certify, ports

ADA = "ada@quay.example"
PASSWORD = "sea-wall 7 größer"  # noqa: S105 - of a user who is made up


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for 127.0.0.1, which no authority knows."""
    found = tmp_path_factory.mktemp("tls")
    certify(found)
    (found / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    return found


@pytest.fixture
def context(home: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(home / "cert.pem", home / "key.pem")
    return made


class Box:
    """Keeps what aiosmtpd took, and with which options."""

    def __init__(self) -> None:
        self.kept: list[Envelope] = []
        self.secure: list[bool] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - its name for it
        self.kept.append(envelope)
        self.secure.append(session.ssl is not None)
        return "250 kept"


def known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:  # noqa: ARG001
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"desk", PASSWORD.encode())
    return AuthResult(success=right, handled=right)


@contextmanager
def real(context: ssl.SSLContext, **more: Any) -> Iterator[tuple[Box, int]]:
    """aiosmtpd with STARTTLS and a user."""
    box, (port,) = Box(), ports(1)
    server = Controller(box, "127.0.0.1", port, tls_context=context, require_starttls=True, authenticator=known, auth_required=True, **more)
    server.start()
    try:
        yield box, port
    finally:
        server.stop()


def test_tls_first_then_the_log_in_then_the_mail(tmp_path: Path, home: Path, context: ssl.SSLContext) -> None:
    with real(context, enable_SMTPUTF8=True) as (box, port):
        made = delivery(
            tmp_path, port, tls="starttls", ca_file=str(home / "cert.pem"), user="desk", password_file=str(home / "password"),
            recipients=[ADA, "größe@quay.example"],
        )  # fmt: skip
        with made.connected() as post:
            assert [post.deliver(parcel(), one).standing for one in post.recipients()] == [Standing.TAKEN] * 2
    assert box.secure == [True, True]
    assert [envelope.rcpt_tos for envelope in box.kept] == [[ADA], ["größe@quay.example"]]
    content = box.kept[0].content
    assert isinstance(content, bytes)
    assert content.endswith(b"\r\n\r\n" + BODY)


@pytest.mark.parametrize("exclude", [[], ["PLAIN"]])
def test_both_ways_to_log_in(
    tmp_path: Path, home: Path, context: ssl.SSLContext, exclude: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_PASSWORD", PASSWORD)
    with real(context, auth_exclude_mechanism=exclude) as (box, port):
        made = delivery(tmp_path, port, tls="starttls", ca_file=str(home / "cert.pem"), user="desk", password_env="DESK_PASSWORD")  # noqa: S106
        assert made.deliver(parcel(), ADA).standing is Standing.TAKEN
    assert len(box.kept) == 1


def test_a_wrong_password_puts_everybody_off_and_is_not_told(
    tmp_path: Path, home: Path, context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_PASSWORD", "wrong-herring")
    with real(context) as (box, port):
        made = delivery(tmp_path, port, tls="starttls", ca_file=str(home / "cert.pem"), user="desk", password_env="DESK_PASSWORD")  # noqa: S106
        with pytest.raises(DeliveryError, match="does not let 'desk' in: 535") as caught, made.connected():
            pass
    assert "app password" in caught.value.fix
    assert "herring" not in repr(caught.value) + repr(made) + caught.value.cause
    assert box.kept == []


def test_a_server_that_repeats_the_password_does_not_get_it_into_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_PASSWORD", "wrong-herring")
    with serving(Script({"EHLO": b"250-quay.example\r\n250 AUTH PLAIN", "AUTH": b"535 'wrong-herring' is wrong"})) as script:
        made = delivery(tmp_path, script.port, user="desk", password_env="DESK_PASSWORD")  # noqa: S106
        with pytest.raises(DeliveryError, match="535 '…' is wrong"), made.connected():
            pass


def test_a_server_without_a_way_to_log_in_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_PASSWORD", "x")
    with serving(Script({"EHLO": b"250-quay.example\r\n250 AUTH NTLM"})) as script:
        made = delivery(tmp_path, script.port, user="desk", password_env="DESK_PASSWORD")  # noqa: S106
        with pytest.raises(DeliveryError, match="no way to log in that we know"), made.connected():
            pass


def starttls(root: Path, home: Path, port: int, **more: Any) -> SmtpDelivery:
    return delivery(root, port, tls="starttls", ca_file=str(home / "cert.pem"), timeout=timedelta(seconds=2), **more)


def test_where_starttls_was_taken_out_nothing_is_sent(tmp_path: Path, home: Path) -> None:
    with serving(Script()) as script:
        with (
            pytest.raises(DeliveryError, match="offers no STARTTLS, and without it nothing is sent"),
            starttls(tmp_path, home, script.port).connected(),
        ):
            pass
        assert [line.split(b" ")[0].upper() for line in script.commands] == [b"EHLO"]


@pytest.mark.parametrize("answer", [b"454 not now", b"220 go on\r\n250-evil.example\r\n250 AUTH PLAIN"])
def test_a_start_of_tls_that_is_none_ends_the_line(tmp_path: Path, home: Path, answer: bytes) -> None:
    with serving(Script({"EHLO": b"250-quay.example\r\n250 STARTTLS", "STARTTLS": answer})) as script:
        with pytest.raises(DeliveryError, match="does not go over to TLS"), starttls(tmp_path, home, script.port).connected():
            pass
        assert len(script.commands) == 2


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, context: ssl.SSLContext) -> None:
    with serving(Script(tls=context)) as script:
        made = delivery(tmp_path, script.port, tls="starttls")
        with pytest.raises(DeliveryError, match="shows a certificate that is not valid: self-signed") as caught, made.connected():
            pass
    assert "`ca_file`" in caught.value.fix


def test_a_certificate_of_another_host_is_refused(tmp_path: Path, home: Path, context: ssl.SSLContext) -> None:
    with serving(Script(tls=context)) as script:
        made = delivery(tmp_path, script.port, host="localhost", tls="starttls", ca_file=str(home / "cert.pem"))
        with pytest.raises(DeliveryError, match=r"not valid: .*localhost"), made.connected():
            pass


def test_tls_from_the_start(tmp_path: Path, home: Path, context: ssl.SSLContext) -> None:
    with serving(Script(tls=context, implicit=True)) as script:
        made = delivery(tmp_path, script.port, tls="implicit", ca_file=str(home / "cert.pem"))
        assert made.deliver(parcel(), ADA).standing is Standing.TAKEN
        assert b"STARTTLS" not in script.commands


def test_a_line_lost_behind_the_end_is_unknown_under_tls_too(tmp_path: Path, home: Path, context: ssl.SSLContext) -> None:
    with serving(Script({"end": None}, tls=context)) as script:
        assert starttls(tmp_path, home, script.port).deliver(parcel(), ADA).standing is Standing.UNKNOWN
    with serving(Script({"body": None}, tls=context)) as script:
        large = parcel(parcel().files[0].content + (b"x" * 76 + b"\r\n") * 200_000)
        assert starttls(tmp_path, home, script.port).deliver(large, ADA).standing is Standing.LATER


def test_implicit_tls_against_a_server_in_the_clear_says_so(tmp_path: Path) -> None:
    with serving(Script()) as script:
        made = delivery(tmp_path, script.port, tls="implicit")
        with pytest.raises(DeliveryError, match="speaks no TLS there") as caught, made.connected():
            pass
    assert "587" in caught.value.fix


@pytest.mark.parametrize(
    ("given", "port", "secure", "implicit"),
    [
        ({"host": "mail.quay.example"}, 587, True, False),
        ({"host": "mail.quay.example", "tls": "implicit"}, 465, True, True),
        ({"host": "mail.quay.example", "tls": "none"}, 25, False, False),
        ({"host": "localhost"}, 25, False, False),
        ({"host": "::1"}, 25, False, False),
        ({"host": "127.0.0.1", "tls": "starttls"}, 587, True, False),
        ({"host": "127.0.0.1.quay.example"}, 587, True, False),
    ],
)
def test_tls_is_required_unless_the_line_stays_here(tmp_path: Path, given: dict[str, Any], port: int, secure: bool, implicit: bool) -> None:
    server = delivery(tmp_path, 0, **given).server
    assert (server.port, server.context is not None, server.implicit) == (port, secure, implicit)
    if server.context:
        assert server.context.verify_mode is ssl.CERT_REQUIRED
        assert server.context.check_hostname


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"host": ""}, "has no `host`"),
        ({"host": "smtp://mail.quay.example"}, "is no name of a machine"),
        ({"recipients": []}, "has no recipients"),
        ({"user": "desk"}, "needs both `user` and one of `password_env` and `password_file`"),
        ({"password_env": "X"}, "needs both `user` and one of"),
        ({"user": "desk", "password_env": "X", "password_file": "y"}, "has both `password_env` and `password_file`"),
        ({"host": "mail.quay.example", "tls": "none", "user": "desk", "password_env": "X"}, "would send its password in the clear"),
        ({"tls": "starttls", "ca_file": "nothing.pem"}, "`ca_file` that cannot be used: No such file"),
        ({"dkim_key": "dkim.pem"}, "only one of `dkim_key` and `dkim_selector`"),
        ({"unsubscribe": "https://quay.example/{token}"}, "needs a `secret_env` or `secret_file`"),
        ({"secret_env": "X"}, "needs a `secret_env` or `secret_file` for {token}"),
        ({"unsubscribe": "https://quay.example/{name}"}, "signs in `unsubscribe` that no address has"),
        ({"unsubscribe": "https://quay.example/" + "x" * 900}, "`unsubscribe` that is too long for ada@quay.example"),
    ],
)
def test_what_does_not_fit_together_is_named(tmp_path: Path, given: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        delivery(tmp_path, **given)
    assert words in caught.value.cause
    assert caught.value.cause.startswith("the delivery 'post' ")
    assert caught.value.fix


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read: there is no such file"),
        ("", "holds no password"),
        ("a\nb", "holds no password"),
        (b"\xff", "holds no password"),
    ],
)
def test_a_password_file_that_holds_none_puts_everybody_off(tmp_path: Path, content: str | bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "password").write_bytes(content if isinstance(content, bytes) else content.encode())
    made = delivery(tmp_path, user="desk", password_file="password")  # noqa: S106
    with pytest.raises(DeliveryError, match=words), made.connected():
        pass
