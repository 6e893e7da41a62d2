"""An issue goes through a real mail server into a real Maildir, and comes out as it went in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digest import store
from tests.deliver.postfix import PROGRAM, Postfix, started
from tests.rooms import ISSUE, Room

if PROGRAM is None and os.environ.get("CI") == "true":
    pytest.fail("postfix is missing, and in the gate it must be there: apt-get install postfix")
pytestmark = [
    pytest.mark.skipif(PROGRAM is None, reason="postfix is missing: apt-get install postfix"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can start a Postfix"),
]

# What Postfix puts in front on the way into a Maildir; the lines of what it keeps end in LF.
_ADDED = re.compile(rb"(?:(?:Return-Path|X-Original-To|Delivered-To|Received): .*\n(?:[ \t].*\n)*)+")


@pytest.fixture(scope="module")
def postfix() -> Iterator[Postfix]:
    server = started(["ada", "ines"])
    yield server
    server.end()


def undone(mail: bytes) -> bytes:
    """The mail without what the server added."""
    found = _ADDED.match(mail)
    assert found
    assert b"Received: " in found[0]
    return mail[found.end() :].replace(b"\n", b"\r\n")


def test_an_issue_arrives_as_it_was_sent(postfix: Postfix, tmp_path: Path) -> None:
    readers = tmp_path / "readers.txt"
    readers.write_text("Ada Brand <ada@quay.example>\nnobody@quay.example\ninés@quay.example # no SMTPUTF8 box\nines@quay.example\n")
    delivers = (
        f'\n[mail]\nunsubscribe = "https://quay.example/out"\nunsubscribe_mailto = "out@quay.example"\n\n[[deliver]]\nname = "post"\n'
        f'kind = "smtp"\nhost = "127.0.0.1"\nport = {postfix.port}\ntls = "starttls"\nca_file = "{postfix.certificate}"\n'
        f'recipients_file = "{readers}"\n'
    )
    room = Room.made(tmp_path / "room", delivers).with_reports()
    room.build()
    with closing(store.opened(room.root / "var/digest.sqlite3")) as opened:
        rows = {one.recipient: (one.standing.value, one.detail) for one in opened.handovers(ISSUE)}
    assert rows["ada@quay.example"][0] == rows["ines@quay.example"][0] == "taken", rows
    assert rows["nobody@quay.example"][0] == rows["inés@quay.example"][0] == "refused"
    assert rows["nobody@quay.example"][1].startswith("550 5.1.1")
    base = (room.outbox / ISSUE / "issue.eml").read_bytes()
    for box, to in (("ada", b"Ada Brand <ada@quay.example>"), ("ines", b"ines@quay.example")):
        (mail,) = postfix.mails(box)
        assert undone(mail) == b"To: " + to + b"\r\n" + base.replace(b"To: readers@newsroom.example\r\n", b"", 1)
        assert b"using TLSv1." in mail  # what the Received line says of the way here
    room.run("send", ISSUE)
    assert len(postfix.mails("ada")) == 1
