"""A record is posted once, signed; every way to answer or break off has its meaning."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest import store
from digest.deliver.slack import message
from digest.deliver.webhook import WebhookDelivery
from digest.errors import DeliveryError, SettingsError
from digest.model import File, Parcel, Reply, Standing
from digest.render.record import Record
from digest.settings import DeliverTable
from tests.deliver.hook_server import Answer, Hook, serving, status
from tests.gather.dovecot import certify
from tests.made import settings
from tests.render import made_up
from tests.rooms import ISSUE, Room

RECORD = Record().render(made_up.full())[0].content
PARCEL = Parcel("2026-W47", (File("issue.json", "application/json", RECORD),))
LARGE = Parcel("2026-W47", (File("issue.json", "application/json", b'"' + b"x" * 15_000_000 + b'"'),))


@pytest.fixture
def hook() -> Iterator[Hook]:
    with serving(Hook()) as found:
        yield found


def made(root: Path, hook: Hook | None = None, **more: Any) -> WebhookDelivery:
    given: dict[str, Any] = {"name": "desk", "kind": "webhook", "timeout": timedelta(seconds=2)}
    if hook:
        given["url"] = f"http://127.0.0.1:{hook.port}/issues?from=quay"
    return WebhookDelivery.from_settings(DeliverTable(**(given | more)), settings(root))


def test_the_record_is_posted_as_it_is_with_a_signature(tmp_path: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECRET", "tide table")
    one = made(tmp_path, hook, secret_env="DESK_SECRET")  # noqa: S106 - a name
    assert one.recipients() == ("desk",)
    assert one.deliver(PARCEL, "desk") == Reply(Standing.TAKEN, "200 OK ok")
    ((line, headers, body),) = hook.asked
    assert line == "POST /issues?from=quay HTTP/1.1"
    assert body == RECORD
    assert headers["content-type"] == "application/json"
    assert headers["host"] == f"127.0.0.1:{hook.port}"
    assert headers["x-digest-signature"] == "sha256=" + hmac.new(b"tide table", body, hashlib.sha256).hexdigest()


def test_the_key_is_the_same_at_every_attempt_and_for_nothing_else(tmp_path: Path, hook: Hook) -> None:
    one = made(tmp_path, hook)
    for _ in range(2):
        one.deliver(PARCEL, "desk")
    one.deliver(replace(PARCEL, issue="2026-W48"), "desk")
    made(tmp_path, hook, name="other").deliver(PARCEL, "other")
    keys = [headers["idempotency-key"] for _, headers, _ in hook.asked]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
    assert all("x-digest-signature" not in headers for _, headers, _ in hook.asked)


@pytest.mark.parametrize(
    ("answer", "standing", "words"),
    [
        (status("201 Created"), Standing.TAKEN, "201 Created"),
        (status("204 No Content"), Standing.TAKEN, "204"),
        (status("400 Bad Request", body=b"no\x1b[31m\nsuch\x00 key"), Standing.REFUSED, "400 Bad Request no [31m such key"),
        (status("404 Not Found"), Standing.REFUSED, "404"),
        (status("410 Gone"), Standing.REFUSED, "410"),
        (status("408 Request Timeout"), Standing.LATER, "408"),
        (status("425 Too Early"), Standing.LATER, "425"),
        (status("429 Too Many Requests"), Standing.LATER, "429"),
        (status("500 Oops"), Standing.LATER, "500 Oops"),
        (status("503 Busy"), Standing.LATER, "503"),
        (status("302 Found", "Location: https://elsewhere.example/"), Standing.LATER, "mend `url`"),
        (status("101 Switching Protocols"), Standing.UNKNOWN, "an answer that is none: 101"),
        (status("999 What"), Standing.UNKNOWN, "an answer that is none: 999"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n" + b"x" * 9_000_000, Standing.TAKEN, "200 OK xxx"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nok", Standing.TAKEN, "200 OK"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 1000 + b"\r\n", Standing.UNKNOWN, "more than 100 headers"),
        (b"220 smtp.quay.example\r\n", Standing.UNKNOWN, "lost behind the last byte"),
        (None, Standing.UNKNOWN, "lost behind the last byte"),
    ],
)
def test_each_answer(tmp_path: Path, hook: Hook, answer: Answer, standing: Standing, words: str) -> None:
    hook.answers = [answer]
    reply = made(tmp_path, hook).deliver(PARCEL, "desk")
    assert reply.standing is standing
    assert words in reply.detail
    assert len(reply.detail) <= 300


@pytest.mark.parametrize(
    ("headers", "after"),
    [
        (("Retry-After: 120",), timedelta(minutes=2)),
        (("Retry-After: 999999999",), timedelta(days=1)),
        (("Retry-After: Mon, 23 Nov 2026 12:10:00 GMT", "Date: Mon, 23 Nov 2026 12:00:00 GMT"), timedelta(minutes=10)),
        (("Retry-After: Mon, 23 Nov 2026 11:00:00 GMT", "Date: Mon, 23 Nov 2026 12:00:00 GMT"), timedelta(0)),
        (("Retry-After: Mon, 23 Nov 2026 12:10:00 GMT",), None),
        (("Retry-After: soon", "Date: Mon, 23 Nov 2026 12:00:00 GMT"), None),
        (("Retry-After: Mon, 23 Nov 2026 12:10:00 -0000", "Date: Mon, 23 Nov 2026 12:00:00 GMT"), None),
        ((), None),
    ],
)
def test_how_long_it_asks_to_be_left_alone(tmp_path: Path, hook: Hook, headers: tuple[str, ...], after: timedelta | None) -> None:
    hook.answers = [status("429 Too Many Requests", *headers)]
    assert made(tmp_path, hook).deliver(PARCEL, "desk").after == after


def test_a_line_that_breaks_before_the_last_byte_breaks_early(tmp_path: Path, hook: Hook) -> None:
    hook.early = None
    reply = made(tmp_path, hook).deliver(LARGE, "desk")
    assert reply.standing is Standing.LATER
    assert "lost before the last byte" in reply.detail


def test_a_side_that_stops_reading_has_nothing(tmp_path: Path, hook: Hook) -> None:
    hook.early = hook.silence
    reply = made(tmp_path, hook, timeout=timedelta(milliseconds=800)).deliver(LARGE, "desk")
    assert reply.standing is Standing.LATER


def test_one_that_refuses_without_reading_on_is_understood(tmp_path: Path, hook: Hook) -> None:
    def refuse(line: socket.socket) -> None:
        line.sendall(status("413 Content Too Large"))
        line.shutdown(socket.SHUT_WR)
        hook.stopping.wait(5)

    hook.early = refuse
    reply = made(tmp_path, hook, timeout=timedelta(milliseconds=500)).deliver(LARGE, "desk")
    assert reply.standing is Standing.REFUSED
    assert "413" in reply.detail


@pytest.mark.parametrize("way", ["silence", "drip"])
def test_one_that_does_not_answer_is_not_waited_for(tmp_path: Path, hook: Hook, way: str) -> None:
    hook.answers = [getattr(hook, way)]
    reply = made(tmp_path, hook, timeout=timedelta(milliseconds=800)).deliver(PARCEL, "desk")
    assert reply.standing is Standing.UNKNOWN


def test_nobody_there_is_said_with_the_place_but_not_the_path(tmp_path: Path) -> None:
    with serving(Hook()) as hook:
        pass
    with pytest.raises(DeliveryError, match="cannot be reached: Connection refused") as caught:
        made(tmp_path, hook).deliver(PARCEL, "desk")
    assert caught.value.where == f"127.0.0.1:{hook.port}"


def test_the_certificate_is_checked(tmp_path: Path) -> None:
    certify(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with serving(Hook(tls=context)) as hook:
        url = f"https://127.0.0.1:{hook.port}/"
        with pytest.raises(DeliveryError, match="certificate that is not valid"):
            made(tmp_path, url=url).deliver(PARCEL, "desk")
        assert made(tmp_path, url=url, ca_file="cert.pem").deliver(PARCEL, "desk").standing is Standing.TAKEN
        assert hook.asked[0][0] == "POST / HTTP/1.1"


def test_an_address_that_is_a_secret_is_held_elsewhere(tmp_path: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAT", f"http://127.0.0.1:{hook.port}/T0/B0/hush")
    one = made(tmp_path, url_env="CHAT")
    assert one.deliver(PARCEL, "desk").standing is Standing.TAKEN
    assert hook.asked[0][0] == "POST /T0/B0/hush HTTP/1.1"
    for wrong, words in (("", "holds no url"), ("hush", "no address that can be asked")):
        monkeypatch.setenv("CHAT", wrong)
        with pytest.raises(DeliveryError, match=words):
            one.deliver(PARCEL, "desk")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "needs one of `url`, `url_env` and `url_file`"),
        ({"url": "https://desk.example", "url_env": "X"}, "needs one of"),
        ({"url_env": "X", "url_file": "y"}, "has both `url_env` and `url_file`"),
        ({"url": "https://ada:secret@desk.example/"}, "one with a name or password in it"),
        ({"url": "https://desk.example:99999/"}, "cannot be asked"),
        ({"url": "https://dësk.example/"}, "cannot be asked"),
        ({"url": "https://desk.example/", "ca_file": "nothing.pem"}, "`ca_file` that cannot be used"),
        ({"url": "https://desk.example/", "secret_env": "X", "secret_file": "y"}, "has both `secret_env` and `secret_file`"),
    ],
)
def test_what_does_not_fit_together_is_named(tmp_path: Path, given: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        made(tmp_path, **given)
    assert words in caught.value.cause
    assert "secret@" not in str(caught.value)


def test_an_issue_without_a_record_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match=r"no issue\.json"):
        made(tmp_path, url="http://127.0.0.1:9/").deliver(Parcel("2026-W47", ()), "desk")


def text(record: bytes, page: str = "") -> str:
    found = json.loads(message(record, page))
    assert found["mrkdwn"] is False
    return str(found["text"])


def test_slack_gets_title_stories_and_links() -> None:
    lines = text(RECORD, "https://quay.example/2026-W47/issue.html").split("\n")
    assert lines[0] == "<https://quay.example/2026-W47/issue.html|The Weekly Digest>"
    assert lines[3].startswith("• <https://")
    assert lines[3].endswith("|Crack in a pier shuts the Alder Bridge for five weeks> (6 outlets)")
    assert sum(line.startswith("• ") for line in lines) == 10
    assert "more stor" in lines[-1]
    assert "•  " not in text(RECORD)


def test_no_headline_makes_a_mention_or_a_link_in_slack() -> None:
    record = json.loads(RECORD)
    story = record["sections"][0]["stories"][0]
    story["title"] = "<!channel> & <https://evil.example|click>\n*bold* \u202e"
    story["members"][0]["url"] = "https://quay.example/a|b>c?x=1&y=2"
    told = text(json.dumps(record).encode()).split("\n")
    assert told[3].startswith(
        "• <https://quay.example/a%7Cb%3Ec?x=1&amp;y=2|&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt; *bold*>"
    )
    story["members"][0]["url"] = "javascript:alert(1)"
    told = text(json.dumps(record).encode()).split("\n")
    assert told[3].startswith("• &lt;!channel&gt;")


def test_slack_is_posted_too(tmp_path: Path, hook: Hook) -> None:
    made(tmp_path, hook, format="slack").deliver(PARCEL, "desk")
    assert json.loads(hook.asked[0][2])["text"].startswith("The Weekly Digest\n")


@pytest.mark.parametrize(("more", "expected"), [("", "unknown"), ("at_least_once = true\n", "taken")])
def test_the_store_holds_what_became_of_it(tmp_path: Path, hook: Hook, more: str, expected: str) -> None:
    hook.answers = [None]
    url = f"http://127.0.0.1:{hook.port}/"
    room = Room.made(tmp_path / "room", f'\n[[deliver]]\nname = "desk"\nkind = "webhook"\nurl = "{url}"\n{more}').with_reports()
    room.build()
    room.run("send", ISSUE)
    with closing(store.opened(room.root / "var/digest.sqlite3")) as opened:
        assert [one.standing.value for one in opened.handovers(ISSUE)] == [expected]
    assert len({headers["idempotency-key"] for _, headers, _ in hook.asked}) == 1
    assert all(body == (room.outbox / ISSUE / "issue.json").read_bytes() for _, _, body in hook.asked)
