"""A web server on loopback that takes a POST, says what it is told to, and breaks off where it is told to."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket], None] | None


@dataclass
class Hook:
    """`early` is done once the head of a request came, `answers` one after the other once the body did; else 200."""

    answers: list[Answer] = field(default_factory=list)
    early: Answer = b""
    port: int = 0
    tls: ssl.SSLContext | None = None
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def silence(self, connection: socket.socket) -> None:
        self.stopping.wait(20)
        connection.close()

    def drip(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while not self.stopping.wait(0.02):
                connection.sendall(b"H")


class _Talk(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        hook: Hook = self.server.hook  # type: ignore[attr-defined]
        line: socket.socket = self.request
        with contextlib.suppress(OSError):
            line = hook.tls.wrap_socket(line, server_side=True) if hook.tls else line
            line.settimeout(20)
            self.talk(hook, line)
        line.close()

    def talk(self, hook: Hook, line: socket.socket) -> None:
        held = b""
        while b"\r\n\r\n" not in held:
            if not (more := line.recv(1000)):
                return
            held += more
        head, _, body = held.partition(b"\r\n\r\n")
        first, *fields = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in fields)}
        if callable(hook.early):
            hook.early(line)
            return
        if hook.early != b"":
            return
        while len(body) < int(headers["content-length"]):
            if not (more := line.recv(65536)):
                return
            body += more
        hook.asked.append((first, headers, body))
        answer = hook.answers.pop(0) if hook.answers else b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        if callable(answer):
            answer(line)
        elif answer is not None:
            line.sendall(answer)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what is tested here."""


@contextmanager
def serving(hook: Hook) -> Iterator[Hook]:
    """The server, for as long as the block lasts."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.hook = hook  # type: ignore[attr-defined]
        hook.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield hook
        finally:
            hook.stopping.set()
            server.shutdown()
            thread.join()


def status(line: str, *headers: str, body: bytes = b"") -> bytes:
    """An answer with these headers."""
    head = "".join(f"{one}\r\n" for one in (f"HTTP/1.1 {line}", *headers, f"Content-Length: {len(body)}"))
    return head.encode() + b"\r\n" + body
