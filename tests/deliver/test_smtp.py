"""Every way in which a mail server can answer or break off, and what becomes of the recipient."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest import pipeline, store
from digest.errors import DeliveryError
from digest.model import Reply, Standing
from tests.conftest import NOW
from tests.deliver.letters import BODY, LETTER, delivery, parcel
from tests.deliver.mail_server import Answer, Script, serving
from tests.rooms import ISSUE, Room

ADA, INES, ODILE = "ada@quay.example", "ines@quay.example", "odile@quay.example"
LARGE = LETTER + (b"x" * 76 + b"\r\n") * 200_000  # 15 MB: more than the system takes while nobody reads


@pytest.fixture
def script() -> Iterator[Script]:
    with serving(Script()) as found:
        yield found


def sent(root: Path, script: Script, *, mail: bytes = LETTER, **more: Any) -> Reply:
    return delivery(root, script.port, **more).deliver(parcel(mail), ADA)


def test_what_the_server_took_is_taken_with_its_words(tmp_path: Path, script: Script) -> None:
    assert sent(tmp_path, script) == Reply(Standing.TAKEN, "250 2.0.0 queued as 4711")
    ((address, mail),) = script.taken
    assert address == ADA
    assert mail.endswith(b"\r\n\r\n" + BODY)
    assert f"MAIL FROM:<digest@newsroom.example> SIZE={len(mail)}".encode() in script.commands
    assert script.commands[0].lower() == b"ehlo newsroom.example"
    assert script.commands[-1] == b"QUIT"


@pytest.mark.parametrize(
    "told",
    [
        ("MAIL", b"451 4.3.0 try again", Standing.LATER, "451 4.3.0 try again"),
        ("MAIL", b"550 5.7.1 who are you", Standing.LATER, "takes nothing from digest@newsroom.example: 550 5.7.1 who are you; mend"),
        ("MAIL", b"552 5.3.4 too big", Standing.LATER, "552 5.3.4 too big"),
        ("MAIL", b"421 4.3.2 going down", Standing.LATER, "421 4.3.2 going down"),
        ("MAIL", b"hello", Standing.LATER, "an answer that is none: hello"),
        ("MAIL", None, Standing.LATER, "lost before the end of the mail: the line was closed"),
        ("RCPT", b"450 4.2.1 busy", Standing.LATER, "450 4.2.1 busy"),
        ("RCPT", b"550 5.1.1 no such user", Standing.REFUSED, "550 5.1.1 no such user"),
        ("RCPT", b"530 5.7.0 log in first", Standing.LATER, "set `user`"),
        ("RCPT", b"421 4.7.0 too many", Standing.LATER, "421 4.7.0 too many"),
        ("RCPT", b"354 what", Standing.LATER, "354 what"),
        ("RCPT", b"250-yes\r\n550 no", Standing.LATER, "an answer that is none: 550 no"),
        ("RCPT", None, Standing.LATER, "lost before the end"),
        ("RCPT", b"250 ok\r\n354 go on\r\n250 queued", Standing.LATER, "more was said than was asked"),
        ("DATA", b"354 go on\r\n250 queued", Standing.LATER, "more was said than was asked"),
        ("DATA", b"451 4.3.0 later", Standing.LATER, "451"),
        ("DATA", b"554 5.7.1 no", Standing.REFUSED, "554 5.7.1 no"),
        ("DATA", b"250 eh", Standing.LATER, "250 eh"),
        ("DATA", None, Standing.LATER, "lost before the end"),
        ("end", b"451 4.3.0 disk full", Standing.LATER, "451 4.3.0 disk full"),
        ("end", b"421 4.3.2 going down", Standing.LATER, "421"),
        ("end", b"552 5.2.2 mailbox full", Standing.REFUSED, "552 5.2.2 mailbox full"),
        ("end", b"554-no\r\n554-\x1b[31mnever\r\n554 at all", Standing.REFUSED, "554 no [31mnever at all"),
        ("end", None, Standing.UNKNOWN, "lost behind the end of the mail: the line was closed"),
        ("end", b"\xff\xfe", Standing.UNKNOWN, "an answer that is none"),
        ("end", b"2xx fine", Standing.UNKNOWN, "an answer that is none: 2xx fine"),
        ("end", b"354 more", Standing.LATER, "354 more"),
    ],
)
def test_each_answer_at_each_step(tmp_path: Path, script: Script, told: tuple[str, Answer, Standing, str]) -> None:
    step, answer, standing, words = told
    script.answers[step] = answer
    reply = sent(tmp_path, script)
    assert reply.standing is standing
    assert words in reply.detail
    assert "\n" not in reply.detail


def test_a_line_that_breaks_within_the_mail_breaks_before_its_end(tmp_path: Path, script: Script) -> None:
    script.answers["body"] = None
    reply = sent(tmp_path, script, mail=LARGE)
    assert reply.standing is Standing.LATER
    assert "lost before the end of the mail" in reply.detail


def test_a_server_that_stops_reading_has_no_mail(tmp_path: Path, script: Script) -> None:
    script.answers["body"] = script.silence
    reply = sent(tmp_path, script, mail=LARGE, timeout=timedelta(milliseconds=500))
    assert reply == Reply(Standing.LATER, "the line was lost before the end of the mail: no answer in 0.5 seconds")


@pytest.mark.parametrize(
    ("step", "standing"), [("MAIL", Standing.LATER), ("RCPT", Standing.LATER), ("DATA", Standing.LATER), ("end", Standing.UNKNOWN)]
)
@pytest.mark.parametrize("way", ["silence", "drip"])
def test_a_server_that_does_not_answer_is_not_waited_for(tmp_path: Path, script: Script, step: str, standing: Standing, way: str) -> None:
    script.answers[step] = getattr(script, way)
    reply = sent(tmp_path, script, timeout=timedelta(milliseconds=600))
    assert reply.standing is standing
    assert "no answer in" in reply.detail or "answer that is none" in reply.detail


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        (b"250-" + b"x" * 500, Standing.TAKEN),
        (b"550-" + b"x" * 500, Standing.REFUSED),
    ],
)
def test_an_answer_without_end_is_cut(tmp_path: Path, script: Script, answer: bytes, standing: Standing) -> None:
    script.answers["end"] = b"\r\n".join([answer] * 10_000)
    reply = sent(tmp_path, script)
    assert reply.standing is standing
    assert len(reply.detail) <= 200


def test_a_line_of_an_answer_without_end_is_cut(tmp_path: Path, script: Script) -> None:
    script.answers["RCPT"] = b"550 " + b"y" * 2_000_000
    reply = sent(tmp_path, script)
    assert reply.standing is Standing.REFUSED
    assert len(reply.detail) <= 200


def test_one_recipient_never_stops_another(tmp_path: Path, script: Script) -> None:
    script.answers = {f"RCPT {ADA}": b"550 5.1.1 no", f"end {INES}": None}
    with delivery(tmp_path, script.port, recipients=[ADA, INES, ODILE]).connected() as post:
        replies = {one: post.deliver(parcel(), one).standing for one in post.recipients()}
    assert replies == {ADA: Standing.REFUSED, INES: Standing.UNKNOWN, ODILE: Standing.TAKEN}
    assert [address for address, _ in script.taken] == [ODILE]
    assert script.lines == 2


def test_one_line_serves_all(tmp_path: Path, script: Script) -> None:
    with delivery(tmp_path, script.port, recipients=[ADA, INES, ODILE]).connected() as post:
        assert (post.name, post.repeatable) == ("post", False)
        assert [post.deliver(parcel(), one).standing for one in post.recipients()] == [Standing.TAKEN] * 3
    assert script.lines == 1
    assert [mail.count(b"\r\nTo: ") for _, mail in script.taken] == [1, 1, 1]  # the one in the body


@pytest.mark.parametrize("answer", [b"421 4.7.0 enough", None, b"500 what"])
def test_a_line_that_is_no_longer_good_is_replaced_before_the_next(tmp_path: Path, script: Script, answer: Answer) -> None:
    script.answers["RSET"] = [answer]
    with delivery(tmp_path, script.port, recipients=[ADA, INES]).connected() as post:
        assert [post.deliver(parcel(), one).standing for one in post.recipients()] == [Standing.TAKEN] * 2
    assert script.lines == 2


def test_a_server_that_is_gone_is_asked_three_times_not_a_thousand(tmp_path: Path) -> None:
    with serving(Script({"end": None, "greet": [b"220 hello"]})) as script:
        script.answers["greet"] = [b"220 hello", *[b"554 no"] * 50]
        with delivery(tmp_path, script.port, recipients=[ADA, INES]).connected() as post:
            assert post.deliver(parcel(), ADA).standing is Standing.UNKNOWN
            for _ in range(10):
                with pytest.raises(DeliveryError, match="does not talk to us: 554 no"):
                    post.deliver(parcel(), INES)
        assert script.lines == 4


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"greet": b"554 go away"}, "does not talk to us: 554 go away"),
        ({"greet": b"421 later"}, "does not talk to us: 421 later"),
        ({"greet": b"SSH-2.0-x"}, "does not talk to us: an answer that is none: SSH-2.0-x"),
        ({"greet": None}, "cannot be reached"),
        ({"EHLO": b"502 no", "HELO": b"550 no"}, "does not talk to us: 550 no"),
    ],
)
def test_a_server_that_does_not_begin_puts_everybody_off(tmp_path: Path, script: Script, answers: dict[str, Any], words: str) -> None:
    script.answers.update(answers)
    with pytest.raises(DeliveryError, match=words) as caught, delivery(tmp_path, script.port).connected():
        pass
    assert caught.value.where == f"127.0.0.1:{script.port}"


def test_an_old_server_is_greeted_in_the_old_way(tmp_path: Path, script: Script) -> None:
    script.answers["EHLO"] = b"502 what"
    assert sent(tmp_path, script).standing is Standing.TAKEN


def test_nobody_there_is_said_with_the_place(tmp_path: Path) -> None:
    with serving(Script()) as script:
        port = script.port
    with pytest.raises(DeliveryError, match="cannot be reached: Connection refused"), delivery(tmp_path, port).connected():
        pass


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 70 + ".example"])
def test_a_host_that_is_none_is_named(tmp_path: Path, host: str) -> None:
    with pytest.raises(DeliveryError), delivery(tmp_path, host=host, tls="none").connected():
        pass


def test_an_address_outside_ascii_goes_where_it_is_understood(tmp_path: Path, script: Script) -> None:
    made = delivery(tmp_path, script.port, recipients=["größe@quay.example"])
    refused = made.deliver(parcel(), "größe@quay.example")
    assert refused.standing is Standing.REFUSED
    assert "SMTPUTF8" in refused.detail
    script.answers["EHLO"] = b"250-quay.example\r\n250 SMTPUTF8"
    assert made.deliver(parcel(), "größe@quay.example").standing is Standing.TAKEN
    assert b"MAIL FROM:<digest@newsroom.example> SMTPUTF8" in script.commands
    assert script.taken[0][1].startswith("To: größe@quay.example\r\n".encode())


def room(tmp_path: Path, script: Script, recipients: list[str]) -> Room:
    delivers = f'\n[[deliver]]\nname = "post"\nkind = "smtp"\nhost = "127.0.0.1"\nport = {script.port}\nrecipients = {recipients!r}\n'
    return Room.made(tmp_path / "room", delivers).with_reports()


def standings(room: Room) -> dict[str, str]:
    with closing(store.opened(room.root / "var/digest.sqlite3")) as opened:
        return {one.recipient: one.standing.value for one in opened.handovers(ISSUE)}


def test_the_store_holds_what_the_server_made_of_each(tmp_path: Path, script: Script) -> None:
    script.answers = {f"RCPT {ADA}": [b"450 busy"], f"RCPT {INES}": b"550 gone", "end lost@quay.example": None}
    newsroom = room(tmp_path, script, [ADA, INES, "lost@quay.example", ODILE])
    newsroom.build()
    assert standings(newsroom) == {ADA: "later", INES: "refused", "lost@quay.example": "unknown", ODILE: "taken"}
    assert [address for address, _ in script.taken] == [ODILE]
    newsroom.run("send", ISSUE)
    newsroom.run("send", ISSUE)
    assert standings(newsroom) == {ADA: "taken", INES: "refused", "lost@quay.example": "unknown", ODILE: "taken"}
    assert [address for address, _ in script.taken] == [ODILE, ADA]
    ids = {line for _, mail in script.taken for line in mail.split(b"\r\n") if line.startswith(b"Message-ID:")}
    assert len(ids) == 1


def test_what_was_unknown_comes_again_as_the_same_mail(tmp_path: Path, script: Script) -> None:
    newsroom = room(tmp_path, script, [ADA])
    script.answers["end"] = [None]
    newsroom.build()
    assert standings(newsroom) == {ADA: "unknown"}
    newsroom.run("send", ISSUE, "--resolve", "again", "--to", ADA)
    with closing(store.opened(newsroom.root / "var/digest.sqlite3")) as opened:
        pipeline.send_again(newsroom.settings(), opened, ISSUE, NOW)
    assert standings(newsroom) == {ADA: "taken"}
    file = (newsroom.outbox / ISSUE / "issue.eml").read_bytes()
    ((_, mail),) = script.taken
    assert mail.partition(b"\r\n\r\n")[2] == file.partition(b"\r\n\r\n")[2]


def test_a_server_that_is_down_puts_all_off_and_the_issue_stands(tmp_path: Path) -> None:
    with serving(Script()) as script:
        newsroom = room(tmp_path, script, [ADA, INES])
    newsroom.build()
    assert standings(newsroom) == {ADA: "later", INES: "later"}
    assert (newsroom.outbox / ISSUE / "issue.html").exists()
