"""A line to a mail server: opened, made safe, logged in; then one answer for each step of each mail.

smtplib's `sendmail()` does not tell where a line broke, and that decides whether a mail may have
arrived. So each step is taken here, and smtplib's client lends its commands alone.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
import time
from base64 import b64encode
from dataclasses import dataclass

from digest.deliver.pour import pour
from digest.deliver.smtp_errors import BROKEN, said, unreached
from digest.errors import DeliveryError

_REPLY = re.compile(rb"([2-5]\d\d)([ -]|\r?\n|$)")
_LONGEST, _MOST = 4096, 100  # bytes of a line of an answer (RFC 5321, 4.5.3.1.5: 512), and lines of it
_GOODBYE = 5.0  # seconds for the answer to QUIT, which nobody needs


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in. `seconds` limit each step, `context` is None where the line stays in the clear."""

    host: str
    port: int
    hello: str
    context: ssl.SSLContext | None
    implicit: bool = False
    user: str = ""
    seconds: float = 120.0

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class Client(smtplib.SMTP):
    """smtplib's commands, over a line on which every wait and every answer has a limit.

    `spent` says that nothing more can be said on this line: an answer was none, or had no end.
    """

    def __init__(self, server: Server) -> None:
        super().__init__("", local_hostname=server.hello)
        self.server, self.spent, self._held = server, False, b""

    def _get_socket(self, host: str, port: int, timeout: object) -> socket.socket:  # noqa: ARG002 - smtplib calls it so
        made = socket.create_connection((host, port), self.server.seconds)
        return self._secured(made) if self.server.implicit else made

    def _secured(self, made: socket.socket) -> socket.socket:
        assert self.server.context  # noqa: S101 - asked for where there is one
        try:
            return self.server.context.wrap_socket(made, server_hostname=self.server.host)
        except BaseException:
            made.close()
            raise

    def over_to_tls(self) -> None:
        """STARTTLS; what was learnt before is forgotten, and what was slipped in behind the answer ends it (RFC 3207, 6)."""
        if not self.has_extn("starttls"):
            raise DeliveryError(
                "offers no STARTTLS, and without it nothing is sent: somebody on the way may have taken it out",
                where=str(self.server),
                fix='see whether its port is another (465 with tls = "implicit")',
            )
        code, words = self.docmd("STARTTLS")
        if code != 220 or self._held or self.sock is None:
            raise DeliveryError(f"does not go over to TLS: {said(code, words)}", where=str(self.server), fix="ask who runs it, or wait")
        self.sock = self._secured(self.sock)
        self.helo_resp = self.ehlo_resp = None
        self.esmtp_features, self.does_esmtp = {}, False

    def send(self, s: object) -> None:
        """Send a command; raises OSError."""
        line = self._ready()
        line.settimeout(self.server.seconds)
        line.sendall(s.encode(self.command_encoding) if isinstance(s, str) else bytes(memoryview(s)))  # type: ignore[arg-type]

    def pour(self, content: bytes) -> None:
        """Send all of a mail but its end, and wait until the other side has it; raises OSError."""
        pour(self._ready(), content, self.server.seconds)

    def _ready(self) -> socket.socket:
        """The line, on which nothing was said that was not asked for: it would pass for the answer to what comes next."""
        if self.sock is None:
            raise ConnectionResetError("the line is closed")
        if self._held:
            raise ConnectionResetError("more was said than was asked")
        return self.sock

    def getreply(self, seconds: float = 0.0) -> tuple[int, bytes]:
        """An answer, its lines joined; the code is -1 where it is none. Raises OSError where the line is lost."""
        until = time.monotonic() + (seconds or self.server.seconds)
        lines: list[bytes] = []
        first = b""
        while True:
            line = self._line(until)
            found = _REPLY.match(line)
            if not found or (first and found[1] != first):
                self.spent = True
                return -1, line
            first = found[1]
            lines.append(line[4:].strip())
            if found[2] != b"-":
                return int(first), b"\n".join(lines)
            if len(lines) == _MOST or self.spent:
                self.spent = True
                return int(first), b"\n".join(lines)

    def _line(self, until: float) -> bytes:
        while b"\n" not in self._held and len(self._held) < _LONGEST:
            assert self.sock  # noqa: S101 - what is answered was sent
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self.sock.settimeout(left)
            more = self.sock.recv(_LONGEST)
            if not more:
                raise ConnectionResetError("the line was closed")
            self._held += more
        if b"\n" not in self._held:
            self.spent = True
        line, _, self._held = self._held.partition(b"\n")
        return line

    def close(self) -> None:
        """Let the line go."""
        self._held = b""
        self.spent = True
        super().close()

    def goodbye(self) -> None:
        """QUIT where it can still be said, and let the line go."""
        with contextlib.suppress(*BROKEN):
            if self.sock is not None and not self.spent:
                self.putcmd("QUIT")
                self.getreply(_GOODBYE)
        self.close()

    def is_fresh(self) -> bool:
        """Whether another mail can begin on this line: servers close idle ones, and count what goes over one."""
        try:
            return not self.spent and self.rset()[0] == 250
        except BROKEN:
            return False


def opened(server: Server, password: str = "") -> Client:
    """A line on which mail can be handed in; raises DeliveryError, which says what to do."""
    client = Client(server)
    try:
        _greet(client, *client.connect(server.host, server.port))
        if server.context is not None and not server.implicit:
            client.over_to_tls()
            _greet(client, 220, b"")
        if server.user:
            _log_in(client, server, password)
    except BROKEN as error:
        client.close()
        raise unreached(error, str(server), server.seconds) from error
    except BaseException:
        client.close()
        raise
    return client


def _greet(client: Client, code: int, words: bytes) -> None:
    if code == 220:
        code, words = client.ehlo()
        if code != 250 and client.server.context is None and not client.spent:
            code, words = client.helo()
    if code not in {220, 250}:
        raise DeliveryError(f"does not talk to us: {said(code, words)}", where=str(client.server), fix="ask who runs it, or wait")


def _log_in(client: Client, server: Server, password: str) -> None:
    """PLAIN or LOGIN, in UTF-8 (RFC 4616); the line is under TLS or stays on this machine."""
    offered = client.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, words = client.docmd("AUTH PLAIN " + _coded(f"\0{server.user}\0{password}"))
    elif "LOGIN" in offered:
        code, words = client.docmd("AUTH LOGIN")
        for part in (server.user, password):
            if code == 334:
                code, words = client.docmd(_coded(part))
    else:
        raise DeliveryError(
            "offers no way to log in that we know (PLAIN, LOGIN)", where=str(server), fix="mend `port` and `tls`, or take `user` out"
        )
    if code not in {235, 503}:
        raise DeliveryError(
            f"does not let {server.user!r} in: {said(code, words, password)}",
            where=str(server),
            fix="check `user` and what `password_env` or `password_file` names; many providers want an app password",
        )


def _coded(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")
