"""A mail server on loopback that says what it is told to, and breaks off where it is told to."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Act = Callable[[socket.socket], None]
Answer = bytes | Act | None  # what is said; what is done with the line; or nothing at all, and the line is closed


@dataclass
class Script:
    """`answers` maps a step (`greet EHLO MAIL RCPT DATA body end RSET QUIT STARTTLS AUTH`), or a step and an address, to an answer.

    `body` is asked when the mail begins to come, `end` when its dot came. What was taken is kept, and so is every command.
    """

    answers: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    commands: list[bytes] = field(default_factory=list)
    lines: int = 0
    tls: ssl.SSLContext | None = None
    implicit: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)

    def answer(self, step: str, address: str, default: bytes) -> Answer:
        for key in (f"{step} {address}", step):
            if key in self.answers:
                found = self.answers[key]
                if isinstance(found, list):
                    if not found:
                        continue
                    found = found.pop(0)
                return found
        return default

    def silence(self, connection: socket.socket) -> None:
        """No answer at all, until the test is over."""
        self.stopping.wait(20)
        connection.close()

    def drip(self, connection: socket.socket) -> None:
        """An answer that never ends, a sign at a time."""
        with contextlib.suppress(OSError):
            while not self.stopping.wait(0.02):
                connection.sendall(b"2")
        connection.close()


class _Over(Exception):  # noqa: N818 - the end of a line, not an error
    pass


class _Talk(socketserver.BaseRequestHandler):
    """One line, from its greeting to its end."""

    def handle(self) -> None:
        script: Script = self.server.script  # type: ignore[attr-defined]
        script.lines += 1
        self.connection, self.address, self.held = self.request, "", b""
        with contextlib.suppress(_Over, OSError):
            self.connection.settimeout(20)
            if script.implicit and script.tls:
                self.connection = script.tls.wrap_socket(self.connection, server_side=True)
            self.say(script, "greet", b"220 quay.example ESMTP")
            while True:
                self.command(script)
        with contextlib.suppress(OSError):
            self.connection.close()

    def say(self, script: Script, step: str, default: bytes) -> bool:
        """Answer a step; whether the answer was yes."""
        found = script.answer(step, self.address, default)
        if found is None:
            raise _Over
        if callable(found):
            found(self.connection)
            raise _Over
        self.connection.sendall(found + b"\r\n")
        if found.startswith(b"421"):
            raise _Over
        return found[:1] in b"23"

    def line(self) -> bytes:
        while b"\r\n" not in self.held:
            more = self.connection.recv(65536)
            if not more:
                raise _Over
            self.held += more
        found, _, self.held = self.held.partition(b"\r\n")
        return found

    def command(self, script: Script) -> None:
        said = self.line()
        script.commands.append(said)
        verb = said.split(b" ")[0].split(b":")[0].upper().decode("latin-1")
        if verb == "EHLO":
            self.say(script, verb, b"250-quay.example\r\n250-SIZE 9999999" + (b"\r\n250-STARTTLS" if script.tls else b"") + b"\r\n250 HELP")
        elif verb == "STARTTLS":
            if self.say(script, verb, b"220 go on") and script.tls:
                self.connection = script.tls.wrap_socket(self.connection, server_side=True)
        elif verb == "RCPT":
            self.address = said.partition(b"<")[2].partition(b">")[0].decode("utf-8")
            self.say(script, verb, b"250 ok")
        elif verb == "DATA":
            if self.say(script, verb, b"354 go on"):
                self.content(script)
        elif verb == "QUIT":
            self.say(script, verb, b"221 bye")
            raise _Over
        else:
            self.address = "" if verb == "MAIL" else self.address
            self.say(script, verb, b"250 ok")

    def content(self, script: Script) -> None:
        begun = script.answer("body", self.address, b"")
        if begun is None or callable(begun):
            self.connection.recv(100)
            if callable(begun):
                begun(self.connection)
            raise _Over
        lines = []
        while (found := self.line()) != b".":
            lines.append(found.removeprefix(b"."))
        mail = b"\r\n".join([*lines, b""])
        end = script.answer("end", self.address, b"250 2.0.0 queued as 4711")
        if isinstance(end, bytes) and end.startswith(b"2"):
            script.taken.append((self.address, mail))
        self.say_found(end)

    def say_found(self, found: Answer) -> None:
        if found is None:
            raise _Over
        if callable(found):
            found(self.connection)
            raise _Over
        self.connection.sendall(found + b"\r\n")
        if found.startswith(b"421"):
            raise _Over


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what is tested here."""


@contextmanager
def serving(script: Script) -> Iterator[Script]:
    """The server, for as long as the block lasts."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.script = script  # type: ignore[attr-defined]
        script.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield script
        finally:
            script.stopping.set()
            server.shutdown()
            thread.join()
