"""Fetching, from a server that misbehaves, and never from inside a network unless that is allowed."""

from __future__ import annotations

import contextlib
import gzip
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpcore
import pytest

from digest.errors import SourceError
from digest.gather import addresses
from digest.gather.addresses import is_public, resolved
from digest.gather.fetch import Client, _context
from digest.gather.inflate import decoded
from digest.gather.wire import BusyError, Line
from tests.gather.server import Server, made, running

PUBLIC = "93.184.216.34"


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(site: Server) -> Server:
    site.answers.clear()
    site.asked.clear()
    return site


waits: list[float] = []


@pytest.fixture
def client() -> Client:
    waits.clear()
    return Client(allow_private=True, seconds=5, pause=waits.append, jitter=lambda: 0.5)


def refused(client: Client, url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        client.get(url)
    assert caught.value.fix
    return caught.value


def test_what_is_there_comes_back_with_what_is_needed_the_next_time(server: Server, client: Client) -> None:
    server.answers["/a?b=1"] = made(
        b"hello", "Content-Type: text/plain; charset=x", 'ETag: "v1"', "Last-Modified: Sun, 22 Nov 2026 06:00:00 GMT"
    )
    found = client.get(server.url("/a?b=1#part"))
    assert (found.status, found.content, found.media_type) == (200, b"hello", "text/plain; charset=x")
    assert (found.etag, found.modified, found.moved) == ('"v1"', "Sun, 22 Nov 2026 06:00:00 GMT", "")
    path, headers = server.asked[0]
    assert path == "/a?b=1"
    assert headers["user-agent"].startswith("digest/")
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert "if-none-match" not in headers


def test_what_has_not_changed_is_not_sent_again(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"", 'ETag: "v1"', status="304 Not Modified")
    found = client.get(server.url(), '"v1"', "Sun, 22 Nov 2026 06:00:00 GMT")
    assert (found.status, found.content, found.etag) == (304, b"", '"v1"')
    headers = server.asked[0][1]
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', "Sun, 22 Nov 2026 06:00:00 GMT")


def test_a_tag_that_could_not_be_sent_back_is_not_kept(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"x", "ETag: " + "x" * 501, "Last-Modified: é")
    assert (client.get(server.url()).etag, client.get(server.url()).modified) == ("", "")


@pytest.mark.parametrize(
    ("status", "told"),
    [("404 Not Found", "answers 404"), ("410 Gone", "answers 410"), ("403 Forbidden", "answers 403"), ("500 Oops", "answers 500")],
)
def test_a_refusal_is_told_with_its_place_and_not_tried_again(server: Server, client: Client, status: str, told: str) -> None:
    server.answers["/"] = made(b"sorry", status=status)
    error = refused(client, server.url())
    assert (error.cause, error.where) == (told, server.url())
    assert len(server.asked) == 1


def test_a_server_in_trouble_is_tried_again_with_some_chance_in_the_wait(server: Server, client: Client) -> None:
    server.answers["/"] = [made(b"", status="503 Busy"), made(b"", status="502 Bad"), made(b"ok")]
    assert client.get(server.url()).content == b"ok"
    assert waits == [0.75, 1.5]


def test_a_server_that_stays_in_trouble_is_left_alone_after_three_tries(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"", status="504 Late")
    assert refused(client, server.url()).cause == "answers 504: it is too busy"
    assert len(server.asked) == 3


def test_retry_after_is_obeyed(server: Server, client: Client) -> None:
    dated = ("Date: Sun, 22 Nov 2026 06:00:00 GMT", "Retry-After: Sun, 22 Nov 2026 06:00:03 GMT")
    server.answers["/"] = [made(b"", "Retry-After: 2", status="429 Slow"), made(b"", *dated, status="429 Slow"), made(b"ok")]
    assert client.get(server.url()).content == b"ok"
    assert waits == [2, 3]


def test_a_server_that_asks_for_a_long_wait_is_left_for_the_next_run(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"", "Retry-After: 3600", status="429 Slow")
    error = refused(client, server.url())
    assert isinstance(error, BusyError)
    assert error.wait == 3600
    assert len(server.asked) == 1
    server.answers["/"] = made(b"", "Retry-After: soon", status="429 Slow")
    assert isinstance(error := refused(client, server.url()), BusyError)
    assert error.wait is None


def test_nothing_listening_is_tried_again_and_told(client: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(client, f"http://127.0.0.1:{port}/").cause.startswith("cannot be reached: ")
    assert len(waits) == 2


def test_redirects_are_followed_and_lasting_ones_told(server: Server, client: Client) -> None:
    server.answers["/1"] = made(b"", "Location: /2", status="301 Moved")
    server.answers["/2"] = made(b"", f"Location: {server.url('/3')}", status="308 Moved")
    server.answers["/3"] = made(b"", "Location: 4", status="302 Found")
    server.answers["/4"] = made(b"", "Location: /5#x", status="301 Moved")
    server.answers["/5"] = made(b"here")
    found = client.get(server.url("/1"))
    assert (found.content, found.url, found.moved) == (b"here", server.url("/5"), server.url("/3"))
    assert client.get(server.url("/3")).moved == ""


def test_a_redirect_without_a_place_is_a_refusal(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"", status="302 Found")
    assert refused(client, server.url()).cause == "answers 302"


def test_a_loop_of_redirects_ends(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"", "Location: /", status="302 Found")
    assert refused(client, server.url()).cause == "is redirected more than 5 times"
    assert len(server.asked) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x.example/", "http://u:p@x.example/", "http://a:b/", "javascript:x"])
def test_a_redirect_to_what_is_no_page_is_refused(server: Server, client: Client, target: str) -> None:
    server.answers["/"] = made(b"", f"Location: {target}", status="302 Found")
    assert refused(client, server.url()).cause.startswith("is redirected to what ")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "file:///etc/passwd",
        "ftp://x.example/",
        "http://",
        "http://h:0/",
        "http://h:99999/",
        "http://[::1",
        "//h/",
        "http://①.com",
        "http://h/" + "x" * 2000,
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    assert refused(Client(), url).cause == "is no address on the web"


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    error = refused(Client(), "http://user:geheim@x.example/")
    assert error.cause == "has a name or password in its address"
    assert "geheim" not in str(error)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "0.0.0.0",  # noqa: S104 - asked for, not bound to
        "[::]",
    ],
)
def test_loopback_is_refused_however_it_is_written(server: Server, host: str) -> None:
    error = refused(Client(seconds=5), f"http://{host}:{server.port}/")
    assert "inside a network" in error.cause or "nobody knows" in error.cause or "no address" in error.cause
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.255.1.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.1.1 100.100.100.200 192.0.0.192 168.63.129.16
    0.0.0.0 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 198.18.0.1 192.0.2.1 203.0.113.9 192.88.99.1
    :: ::1 ::127.0.0.1 ::ffff:10.0.0.1 fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 2001:db8::1 2002:7f00:1::1
    64:ff9b::7f00:1 64:ff9b:1::1 2001:0:53aa:64c:0:0:80ff:fffe fec0::1 100::1 nonsense""".split(),
)
def test_an_address_inside_is_told_from_one_outside(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808", "::ffff:8.8.8.8", "2002:808:808::1"]
)
def test_an_address_outside_is_open(address: str) -> None:
    assert is_public(address)


class Detour(httpcore.SyncBackend):
    asked: list[str] = []  # noqa: RUF012 - shared by the detours of one test, emptied by it

    def connect_tcp(self, host: str, *rest: Any, **more: Any) -> httpcore.NetworkStream:
        self.asked.append(host)
        return super().connect_tcp("127.0.0.1" if host == PUBLIC else host, *rest, **more)


@dataclass(slots=True)
class Pretended(Line):
    """Connects to this machine where it was asked for a public address, and notes what it was asked for."""

    inner: httpcore.NetworkBackend = field(default_factory=Detour)


def pretending(names: dict[str, list[str]]) -> Client:
    """A client that lives in a network of these names, whose public address is our server's."""
    Detour.asked.clear()
    return Client(seconds=5, resolve=lambda host, _: names[host], line=Pretended, pause=waits.append)


def test_a_public_host_is_reached_at_the_address_that_was_judged(server: Server) -> None:
    server.answers["/"] = made(b"ok")
    assert pretending({"feeds.example": [PUBLIC]}).get(f"http://feeds.example:{server.port}/").content == b"ok"
    assert Detour.asked == [PUBLIC]
    assert server.asked[0][1]["host"] == f"feeds.example:{server.port}"


@pytest.mark.parametrize("inside", ["127.0.0.1", "intern.example", "both.example"])
def test_a_redirect_from_outside_to_inside_is_refused(server: Server, inside: str) -> None:
    names = {"feeds.example": [PUBLIC], "intern.example": ["10.0.0.7"], "both.example": [PUBLIC, "::1"], "127.0.0.1": ["127.0.0.1"]}
    server.answers["/"] = made(b"", f"Location: http://{inside}:{server.port}/secret", status="302 Found")
    error = refused(pretending(names), f"http://feeds.example:{server.port}/")
    assert "inside a network" in error.cause
    assert inside in error.where
    assert Detour.asked == [PUBLIC]
    assert len(server.asked) == 1


def test_a_name_that_changes_its_address_is_judged_each_time(server: Server) -> None:
    turns = [[PUBLIC], ["127.0.0.1"]]
    server.answers["/"] = made(b"", "Location: /again", status="302 Found")
    client = replace(pretending({}), resolve=lambda *_: turns.pop(0))
    assert "inside a network" in refused(client, f"http://feeds.example:{server.port}/").cause
    assert Detour.asked == [PUBLIC]


def test_the_next_address_is_tried_where_the_first_does_not_answer(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"ok")
    client = replace(client, resolve=lambda *_: ["127.0.0.9", "::1", "127.0.0.1"])
    assert client.get(f"http://feeds.example:{server.port}/").content == b"ok"
    client = replace(client, resolve=lambda *_: [])
    assert refused(client, "http://feeds.example/").cause == "cannot be reached: has no address"


def test_a_name_that_nobody_knows_is_not_tried_again(client: Client) -> None:
    def unknown(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def later(*_: object) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    def odd(*_: object) -> list[str]:
        raise UnicodeError("label too long")

    assert refused(replace(client, resolve=unknown), "http://x.example/").cause == "has a host that nobody knows"
    assert waits == []
    assert "is no name of a host" in refused(replace(client, resolve=odd), "http://x.example/").cause
    waits.clear()
    assert "Temporary failure" in refused(replace(client, resolve=later), "http://x.example/").cause
    assert len(waits) == 2


def test_a_name_server_that_does_not_answer_is_not_waited_for() -> None:
    over = threading.Event()

    def stuck(*_: object) -> list[str]:
        over.wait(10)
        return []

    began = time.monotonic()
    assert refused(Client(seconds=0.3, resolve=stuck), "http://x.example/").cause == "takes too long to answer"
    with pytest.raises(TimeoutError):
        resolved("x.example", 80, stuck, False, 0.05)
    assert time.monotonic() - began < 3
    over.set()


def test_the_system_is_asked_for_each_address_once() -> None:
    assert addresses.lookup("127.0.0.1", 80) == ["127.0.0.1"]


@pytest.mark.parametrize(
    "begin", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"]
)
def test_a_body_or_a_head_that_drips_for_ever_ends_at_the_deadline(server: Server, client: Client, begin: bytes) -> None:
    drop = b"1\r\nx\r\n" if b"chunked" in begin else b"x"
    server.answers["/"] = server.drip(begin, drop)
    began = time.monotonic()
    error = refused(replace(client, seconds=0.5), server.url())
    assert error.cause == "takes too long to answer" or "speaks no HTTP" in error.cause
    assert time.monotonic() - began < 2


def test_silence_ends_at_the_deadline(server: Server, client: Client) -> None:
    server.answers["/"] = server.wait
    began = time.monotonic()
    assert refused(replace(client, seconds=0.4), server.url()).cause == "takes too long to answer"
    assert time.monotonic() - began < 2


def test_one_deadline_holds_for_all_redirects_together(server: Server, client: Client) -> None:
    def slowly(connection: socket.socket, _: int) -> None:
        time.sleep(0.2)
        connection.sendall(made(b"", "Location: /", status="302 Found"))

    server.answers["/"] = slowly
    began = time.monotonic()
    assert refused(replace(client, seconds=0.5), server.url()).cause == "takes too long to answer"
    assert time.monotonic() - began < 2


def test_no_wait_goes_beyond_the_deadline(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"", "Retry-After: 5", status="503 Busy")
    refused(replace(client, seconds=2), server.url())
    assert waits == []


@pytest.mark.parametrize(
    "answer",
    [
        made(b"half", length=8),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
        made(gzip.compress(b"hello" * 99)[:-4], "Content-Encoding: gzip"),
        made(gzip.compress(b"hello" * 99)[:20], "Content-Encoding: gzip"),
        made(b"not gzip at all", "Content-Encoding: gzip"),
        made(zlib.compress(b"hello")[:-1], "Content-Encoding: deflate"),
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40000 + b"\r\n",
    ],
)
def test_an_answer_that_is_not_whole_is_a_failure(server: Server, client: Client, answer: bytes) -> None:
    server.answers["/"] = answer
    error = refused(client, server.url())
    assert error.where == server.url()
    assert error.cause.startswith(("breaks off", "came as broken", "is larger"))


def test_a_connection_that_is_reset_is_a_failure(server: Server, client: Client) -> None:
    def reset(begin: bytes) -> Any:
        def run(connection: socket.socket, _: int) -> None:
            connection.sendall(begin)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            connection.close()

        return run

    server.answers["/"] = reset(b"")
    assert refused(client, server.url()).cause.startswith(("cannot be reached", "breaks off"))
    server.answers["/"] = reset(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
    assert refused(client, server.url()).cause.startswith("breaks off")


def test_what_is_longer_than_it_says_is_cut_where_it_says(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"whole and more", length=5)
    assert client.get(server.url()).content == b"whole"


def raw(content: bytes) -> bytes:
    engine = zlib.compressobj(wbits=-15)
    return engine.compress(content) + engine.flush()


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"hello"), "gzip"),
        (gzip.compress(b"hello"), "X-GZIP"),
        (gzip.compress(b"hel") + gzip.compress(b"lo"), "gzip"),
        (gzip.compress(b"hello") + b"\0\0\0", "gzip"),
        (zlib.compress(b"hello"), "deflate"),
        (raw(b"hello"), "deflate"),
        (b"hello", "identity"),
    ],
)
def test_what_came_compressed_is_inflated(server: Server, client: Client, body: bytes, encoding: str) -> None:
    server.answers["/"] = made(body, f"Content-Encoding: {encoding}")
    assert client.get(server.url()).content == b"hello"


def test_what_was_not_asked_for_is_refused(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"hello", "Content-Encoding: br")
    assert refused(client, server.url()).cause == "came compressed as 'br', which was not asked for"


def test_a_bomb_stops_at_the_limit(server: Server, client: Client) -> None:
    bomb = gzip.compress(bytes(64 * 2**20))
    server.answers["/"] = made(bomb, "Content-Encoding: gzip")
    assert refused(replace(client, most=2**20), server.url()).cause == "is larger than 1 MiB"
    server.answers["/"] = made(gzip.compress(b"x" * 600) * 2, "Content-Encoding: gzip")
    assert refused(replace(client, most=1000), server.url()).cause == "is larger than 1000 bytes"


@pytest.mark.parametrize("answer", [made(b"x" * 1001), b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1001, made(b"", length=10**15)])
def test_what_is_too_large_is_refused(server: Server, client: Client, answer: bytes) -> None:
    server.answers["/"] = answer
    assert refused(replace(client, most=1000), server.url()).cause == "is larger than 1000 bytes"


def test_nothing_is_empty_in_every_encoding() -> None:
    assert decoded([], "gzip", 10) == b""


def test_only_so_many_ask_one_host_at_the_same_time(server: Server, client: Client) -> None:
    at_once, most = 0, 0
    lock = threading.Lock()

    def count(connection: socket.socket, _: int) -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.05)
        with lock:
            at_once -= 1
        connection.sendall(made(b"ok"))

    server.answers["/"] = count
    threads = [threading.Thread(target=client.get, args=(server.url(),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == 2


def test_a_server_without_a_trusted_certificate_is_refused(server: Server, client: Client) -> None:
    server.answers["/"] = made(b"ok")
    error = refused(client, server.url().replace("http:", "https:"))
    assert error.cause.startswith("cannot be trusted: ")
    assert waits == []
    assert _context() is _context()
    assert _context().verify_mode is ssl.CERT_REQUIRED
    assert _context().check_hostname


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes its certificates with openssl")
@pytest.mark.parametrize(("name", "good"), [("IP:127.0.0.1", True), ("DNS:other.example", False)])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch, name: str, good: bool
) -> None:
    pair = certificate(tmp_path, name)
    with secured(pair) as server:
        url = f"https://127.0.0.1:{server.port}/"
        error = refused(client, url)
        assert error.cause.startswith("cannot be trusted: ")
        assert "self-signed" in error.cause.replace("self signed", "self-signed")
        assert "SSL_CERT_FILE" in error.fix
        assert waits == []
        monkeypatch.setenv("SSL_CERT_FILE", str(pair[0]))  # as the advice says
        _context.cache_clear()
        try:
            if good:
                assert client.get(url).content == b"ok"
            else:
                assert "not valid for" in refused(client, url).cause
        finally:
            _context.cache_clear()


def certificate(place: Path, name: str) -> tuple[Path, Path]:
    """A certificate that vouches for itself, and its key."""
    pair = place / "cert.pem", place / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=test"]
    made_as = ["-addext", f"subjectAltName={name}", "-days", "2", "-out", str(pair[0]), "-keyout", str(pair[1])]
    subprocess.run([*command, *made_as], capture_output=True, check=True, timeout=60)  # noqa: S603 - our own words
    return pair


@contextlib.contextmanager
def secured(pair: tuple[Path, Path]) -> Iterator[Server]:
    """A server over TLS that answers everybody with `ok`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*pair)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError), context.wrap_socket(self.request, server_side=True) as line:
                line.recv(65536)
                line.sendall(made(b"ok"))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as running_here:
        thread = threading.Thread(target=running_here.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield Server(running_here.server_address[1])
        running_here.shutdown()
        thread.join()


class Silent(httpcore.SyncBackend):
    def connect_tcp(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise httpcore.ConnectTimeout("timed out")


def test_an_address_that_says_nothing_is_tried_again(client: Client) -> None:
    @dataclass(slots=True)
    class Mute(Line):
        inner: httpcore.NetworkBackend = field(default_factory=Silent)

    error = refused(replace(client, line=Mute), "http://127.0.0.1/")
    assert error.cause == "cannot be reached: no answer"
    assert len(waits) == 2


def test_a_line_that_is_over_reads_and_writes_no_more(server: Server) -> None:
    line = Line(time.monotonic() + 5, addresses.lookup, True)
    stream = line.connect_tcp("127.0.0.1", server.port)
    stream.until = 0  # type: ignore[attr-defined]
    with pytest.raises(httpcore.ReadTimeout):
        stream.read(1)
    with pytest.raises(httpcore.WriteTimeout):
        stream.write(b"x")
