"""Whatever stands in a mail: documents or a clear failure, in time, in bounds, and never anything else."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from digest.clean import clean
from digest.errors import DocumentError
from digest.gather.mail import Mails
from digest.gather.mailbox import MailboxSource
from digest.model import Document, Failure
from digest.settings import CleanTable
from tests.conftest import NOW, ZONE
from tests.gather.letters import HEAD, HTML, PLAIN, hostile, multi
from tests.peaks import peak

CASES = dict(hostile())
_SECONDS = 25.0  # the limit of one mail is 20
_MEMORY = 300 * 10**6  # bytes


@pytest.fixture(scope="module")
def mails() -> Iterator[Mails]:
    with Mails() as opened:
        yield opened


def survived(mails: Mails, content: bytes) -> list[Document | DocumentError]:
    """What one mail comes to, cleaned as well."""
    try:
        found = list(mails.eml("a.eml", content, NOW))
        for document in found:
            assert document.mail
            assert all(value is None or value.isprintable() for value in (document.hints.title, document.hints.outlet, document.hints.id))
            clean(document, CleanTable(), NOW, ZONE)
    except DocumentError as caught:
        failed = caught
    else:
        return list(found)
    assert failed.where.split("#")[0] == "a.eml"
    assert failed.cause
    assert failed.fix
    return [failed]


def test_there_are_many_cases() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_mail_gives_documents_or_a_failure(mails: Mails, name: str) -> None:
    began = time.monotonic()
    assert survived(mails, CASES[name])
    assert time.monotonic() - began < _SECONDS
    assert peak(mails._sandbox) < _MEMORY


def test_the_mail_after_a_hostile_one_is_read(mails: Mails) -> None:
    for content in (CASES["two hundred thousand headers"], CASES["mails in mails, five thousand"], HEAD + HTML):
        (found,) = survived(mails, content)
    assert isinstance(found, Document)


def test_hostile_mails_in_a_folder_are_told_one_by_one(tmp_path: Path) -> None:
    small = {name: content for name, content in CASES.items() if len(content) < 20_000}
    for number, content in enumerate(small.values()):
        (tmp_path / f"{number:03}.eml").write_bytes(content)
    found = list(MailboxSource("Letters", tmp_path).documents(NOW))
    assert len(found) > 50  # the same mail in two forms is one
    assert all(one.fix and one.where for one in found if isinstance(one, Failure))


_PIECES = st.sampled_from(
    [b"--bb\n", b"--bb--\n", b"\n", HTML, PLAIN, b"Content-Type: message/rfc822\n\n", b"=?utf-8?B?", b"; charset*0=", b"\0"]
)


@given(st.binary(max_size=400) | st.lists(_PIECES | st.binary(max_size=20), max_size=12).map(b"".join))
@example(b"From ")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_documents_or_a_failure(mails: Mails, content: bytes) -> None:
    assert survived(mails, content)
    assert survived(mails, HEAD + b"Content-Type: multipart/mixed; boundary=bb\n\n" + content)


@given(
    st.lists(
        st.sampled_from([b"From a Tue Nov 17 14:30:00 2026\n", b">From x\n", b"From x\n", HEAD, b"\n", b"The weir\n"])
        | st.binary(max_size=20)
    )
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_an_mbox_or_a_failure(mails: Mails, pieces: list[bytes]) -> None:
    with contextlib.suppress(DocumentError):  # holds no mail
        for found in mails.mbox("a.mbox", b"".join(pieces), NOW):
            assert isinstance(found, Document | DocumentError)


def test_the_same_bytes_give_the_same_documents(mails: Mails) -> None:
    content = HEAD + multi("alternative", PLAIN, HTML)
    assert survived(mails, content) == survived(mails, content)
