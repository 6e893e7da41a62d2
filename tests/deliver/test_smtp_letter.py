"""One reader's letter: own headers in front, the body untouched, signed the same way each time."""

from __future__ import annotations

import email
import email.policy
import subprocess
from pathlib import Path

import dkim  # type: ignore[import-untyped]
import pytest

from digest.deliver.smtp_dkim import Signer
from digest.deliver.smtp_letter import base, letter, stuffed, token, ways_out
from digest.deliver.smtp_readers import Reader
from digest.errors import DeliveryError
from digest.model import Parcel
from tests.deliver.letters import BODY, HEAD, LETTER, delivery, parcel
from tests.deliver.mail_server import Script, serving

ADA = Reader("ada@quay.example", "Ada Brand")


def test_the_reader_stands_in_front_and_the_body_is_as_it_was() -> None:
    made = letter(LETTER, ADA)
    assert made == b"To: Ada Brand <ada@quay.example>\r\n" + HEAD.replace(b"To: readers@newsroom.example\r\n", b"") + b"\r\n" + BODY


def test_an_own_way_out_replaces_the_one_of_all() -> None:
    out = ways_out("https://quay.example/out?who={recipient}&t={token}", "out@quay.example", ADA, "key")
    made = letter(LETTER, ADA, out)
    lines = made.partition(b"\r\n\r\n")[0].split(b"\r\n")
    mark = token("key", ADA)
    assert len(mark) == 40
    assert mark != token("other", ADA) != token("key", Reader("ines@quay.example"))
    assert [line for line in lines if line.startswith(b"List-Unsub")] == [
        f"List-Unsubscribe: <https://quay.example/out?who=ada%40quay.example&t={mark}>, <mailto:out@quay.example>".encode(),
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]


def test_one_click_is_promised_over_https_alone() -> None:
    assert b"One-Click" not in letter(LETTER, ADA, ways_out("http://quay.example/{recipient}", "", ADA, ""))


@pytest.mark.parametrize("name", ["", "Ada", 'Brand, "Ada" \\ (desk)', "آدا " * 12, "Ærø Ö", "=?utf-8?q?x?=", "A. B", "x" * 60])
def test_any_name_reads_back_on_lines_that_are_short(name: str) -> None:
    made = letter(LETTER, Reader("ada@quay.example", name.strip()))
    message = email.message_from_bytes(made, policy=email.policy.default)
    (address,) = message["To"].addresses
    assert address.addr_spec == "ada@quay.example"
    assert address.display_name.split() == name.split()  # Python's parser puts spaces between encoded words
    head = made.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 100
    assert message.defects == []


def test_dots_are_stuffed_at_the_beginning_of_lines_alone() -> None:
    assert stuffed(b".\r\n..a\r\nb.\r\n.c.\r\n") == b"..\r\n...a\r\nb.\r\n..c.\r\n"


@pytest.mark.parametrize(
    "mail",
    [
        HEAD + b"\r\nx" + b"y" * 998 + b"\r\n",
        HEAD + b"\r\nbare\nline\r\n",
        HEAD + b"\r\nbare\rline\r\n",
        HEAD + b"\r\nsmuggled\n.\r\nMAIL FROM:<x@quay.example>\r\n",
        HEAD + b"\r\n\xc3\xa4\r\n",
        HEAD,
    ],
)
def test_a_mail_that_must_not_travel_does_not(mail: bytes) -> None:
    with pytest.raises(DeliveryError, match="over 998 bytes"):
        base(parcel(mail))


def test_an_issue_without_a_mail_is_named() -> None:
    with pytest.raises(DeliveryError, match=r"no issue\.eml") as caught:
        base(Parcel("2026-W47", ()))
    assert caught.value.where == "2026-W47"


def test_a_mail_without_a_last_line_end_gets_one() -> None:
    assert base(parcel(LETTER[:-2])) == LETTER


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("dkim")
    subprocess.run(["openssl", "genrsa", "-out", "dkim.pem", "2048"], cwd=home, check=True, capture_output=True, timeout=60)  # noqa: S607 - the system's
    return home / "dkim.pem"


def published(key: Path) -> bytes:
    """What DNS would hold."""
    made = subprocess.run(  # noqa: S603
        ["openssl", "rsa", "-in", str(key), "-pubout", "-outform", "pem"],  # noqa: S607
        check=True,
        capture_output=True,
        timeout=60,
    )
    return b"v=DKIM1; k=rsa; p=" + b"".join(made.stdout.splitlines()[1:-1])


def verified(mail: bytes, key: Path) -> bool:
    asked: list[bytes] = []

    def dns(name: bytes, timeout: int = 5) -> bytes:  # noqa: ARG001 - dkimpy's way to ask
        asked.append(name)
        return published(key)

    found: bool = dkim.verify(mail, dnsfunc=dns)
    assert asked == [b"digest._domainkey.newsroom.example."]
    return found


def test_a_signature_holds_is_the_same_each_time_and_dated_by_the_issue(key: Path) -> None:
    signer = Signer("digest", "newsroom.example", key)
    plain = letter(LETTER, ADA)
    signed = signer.signed(plain, signer.key())
    assert signed.endswith(plain)
    assert signed == signer.signed(plain, signer.key())
    head = signed[: -len(plain)].replace(b"\r\n ", b"").replace(b" ", b"")
    assert b";t=1795366800;" in head
    assert b"list-unsubscribe:list-unsubscribe-post" in head
    assert verified(signed, key)
    assert not verified(signed.replace(b"rope store", b"rope shop"), key)
    assert not verified(signed.replace(b"ada@quay", b"ines@quay"), key)
    assert not verified(signed.replace(b"To: Ada", b"To: all@quay.example\r\nTo: Ada"), key)
    assert not verified(b"Subject: Another\r\n" + signed, key)


def test_what_comes_over_the_line_is_signed(tmp_path: Path, key: Path) -> None:
    with serving(Script()) as script:
        made = delivery(tmp_path, script.port, dkim_key=str(key), dkim_selector="digest", unsubscribe="https://quay.example/{recipient}")
        made.deliver(parcel(), "ada@quay.example")
        made.deliver(parcel(), "ada@quay.example")
    (_, first), (_, second) = script.taken
    assert first == second
    assert verified(first, key)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"ssh-rsa AAAA", "holds no RSA key in PEM"),
        (b"-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "is no key to sign with"),
        (b"-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----\n", "is no key to sign with"),
    ],
)
def test_a_key_that_is_none_puts_everybody_off(tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "dkim.pem").write_bytes(content)
    signer = Signer("digest", "newsroom.example", tmp_path / "dkim.pem")
    with pytest.raises(DeliveryError, match=words) as caught:
        signer.signed(LETTER, signer.key())
    assert caught.value.where == str(tmp_path / "dkim.pem")
