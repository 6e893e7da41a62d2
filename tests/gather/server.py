"""A web server on loopback that can be told to misbehave, byte by byte."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Misbehaviour = Callable[[socket.socket, int], None]


@dataclass
class Server:
    """`answers` maps a path to the bytes of an answer, to several in turn, or to what is done with the connection."""

    port: int = 0
    answers: dict[str, bytes | list[bytes] | Misbehaviour] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def serve(self, connection: socket.socket) -> None:
        """One request, one answer."""
        connection.settimeout(10)
        head = b""
        while b"\r\n\r\n" not in head and not head.startswith(b"\x16") and (piece := connection.recv(65536)):
            head += piece
        lines = head.decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1] if " " in lines[0] else ""
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        self.asked.append((path, headers))
        answer = self.answers.get(path, made(b"", status="404 Not Found"))
        if callable(answer):
            answer(connection, len(self.asked))
        else:
            connection.sendall(answer.pop(0) if isinstance(answer, list) else answer)

    def drip(self, begin: bytes, drop: bytes = b"x", seconds: float = 0.05) -> Misbehaviour:
        """A few bytes, again and again, for ever."""

        def run(connection: socket.socket, _: int) -> None:
            connection.sendall(begin)
            while not self.stopping.wait(seconds):
                connection.sendall(drop)

        return run

    def wait(self, connection: socket.socket, _: int) -> None:
        """No answer at all."""
        self.stopping.wait(30)
        connection.close()


def made(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """An answer with its length, or with a wrong one."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


@contextlib.contextmanager
def running() -> Iterator[Server]:
    server = Server()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                server.serve(self.request)

    class Threaded(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Threaded(("127.0.0.1", 0), Handler) as made_here:
        server.port = made_here.server_address[1]
        thread = threading.Thread(target=made_here.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            made_here.shutdown()
            thread.join()
