"""One session with an IMAP server, over TLS and for reading only.

The certificate is checked, and so is the address that was really reached. Every wait has a limit, and
so has the session as a whole; an answer is never longer than a mail may be.
"""

from __future__ import annotations

import contextlib
import imaplib
import ipaddress
import re
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from digest.errors import SourceError
from digest.gather.files import oversize
from digest.gather.imap_errors import BROKEN, Server, lost, refused, unreached
from digest.text import listed

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,15})")
_UID = re.compile(rb"UID (\d{1,10})")
_NAME = re.compile(rb'\([^)]*\) (?:"[^"]*"|NIL) "?(.*?)"?$')
_TALK = 4 * 2**20  # bytes of an answer beside the mail in it: a list of 500,000 mails
_CHUNK = 100  # mails asked for their size in one command


class _Client(imaplib.IMAP4):
    """imaplib's client, with an eye on who answers, for how long and how much."""

    def __init__(self, server: Server) -> None:
        self.server, self.late, self.taken = server, False, 0
        self._cord: socket.socket | None = None
        self._timer = threading.Timer(server.session, self._give_up)
        self._tls = ssl.create_default_context()
        try:
            super().__init__(server.host, server.port, timeout=server.seconds)
        except BaseException:
            self.let_go()
            raise

    def _create_socket(self, timeout: float) -> socket.socket:
        made = socket.create_connection((self.server.host, self.server.port), timeout)
        try:
            if not self.server.allow_private and not ipaddress.ip_address(made.getpeername()[0].split("%")[0]).is_global:
                raise SourceError(
                    f"is at {made.getpeername()[0]}, an address of a private network",
                    where=str(self.server),
                    fix="if that is your own server, set allow_private = true for this source",
                )
            self._cord = made.dup()  # the same connection: TLS takes the first descriptor for itself
            self._timer.daemon = True
            self._timer.start()
            return made if self.server.starttls else self._tls.wrap_socket(made, server_hostname=self.server.host)
        except BaseException:
            made.close()
            raise

    def secure(self) -> None:
        """Go over to TLS where it is not there from the start."""
        if self.server.starttls:
            self.starttls(self._tls)

    def read(self, size: int) -> bytes:
        """The next bytes of an answer, no more than a mail may have: else there is nothing more to say to this server."""
        if size > self.server.largest:
            self.shutdown()
            raise oversize(size, self.server.largest)
        return self._counted(super().read(size))

    def readline(self) -> bytes:
        """The next line of an answer."""
        return self._counted(super().readline())

    def _counted(self, answer: bytes) -> bytes:
        self.taken += len(answer)
        if self.taken > self.server.largest + _TALK:
            raise self.abort(f"more than {self.taken} bytes for one answer")
        return answer

    def let_go(self) -> None:
        """End the watch over the session."""
        self._timer.cancel()
        if self._cord is not None:
            self._cord.close()

    def _give_up(self) -> None:
        self.late = True
        if self._cord is not None:
            with contextlib.suppress(OSError):
                self._cord.shutdown(socket.SHUT_RDWR)


@dataclass(slots=True)
class Session:
    """A folder of the server, opened for reading; every method raises SourceError."""

    client: _Client

    def examine(self, folder: str) -> int:
        """Open the folder read-only; its UIDVALIDITY: as long as that stays, so do the UIDs."""
        with self._named():
            kind, _ = self.client.select(_quoted(_utf7(folder)), readonly=True)
            if kind == "OK":
                return int(self.client.response("UIDVALIDITY")[1][0] or 0)
            names = [found[1].decode("ascii", "replace") for line in self.client.list()[1] if line and (found := _NAME.match(_line(line)))]
        raise SourceError(
            f"there is no folder {folder!r} that may be read",
            where=str(self.client.server),
            fix=f"mend `folder`; there are: {listed(names, 8)}",
        )

    def uids(self, first: int, since: date | None) -> list[int]:
        """The UIDs from `first` on, of mails that came in `since` then, in their order."""
        told = ["SINCE", f"{since.day}-{_MONTHS[since.month - 1]}-{since.year:04}"] if since else []
        with self._named():
            _, lines = self._did(*self.client.uid("SEARCH", "UID", f"{first}:*", *told))
            found = {int(number) for line in map(_line, lines) for number in line.split()}
        return sorted(uid for uid in found if uid >= first)  # `n:*` holds the last mail, whatever its number

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """How large these mails are, in bytes; what is gone has none."""
        found: dict[int, int] = {}
        with self._named():
            for at in range(0, len(uids), _CHUNK):
                _, lines = self._did(*self.client.uid("FETCH", ",".join(map(str, uids[at : at + _CHUNK])), "(RFC822.SIZE)"))
                for line in map(_line, lines):
                    uid, size = _UID.search(line), _SIZE.search(line)
                    if uid and size:
                        found[int(uid[1])] = int(size[1])
        return found

    def content(self, uid: int) -> bytes | None:
        """The mail as it is, its flags untouched; None where it is gone. Raises DocumentError where it is larger than was said."""
        with self._named():
            _, parts = self._did(*self.client.uid("FETCH", str(uid), "(BODY.PEEK[])"))
            for part in parts:
                if isinstance(part, tuple) and (told := _UID.search(part[0])) and int(told[1]) == uid:
                    return bytes(part[1])
        return None

    def _did(self, kind: str, lines: list[bytes | tuple[bytes, bytes] | None]) -> tuple[str, list[bytes | tuple[bytes, bytes] | None]]:
        if kind != "OK":
            raise self.client.error(f"{kind} {b' '.join(map(_line, lines)).decode('utf-8', 'replace')}")
        return kind, lines

    @contextmanager
    def _named(self) -> Iterator[None]:
        self.client.taken = 0
        try:
            yield
        except BROKEN as error:
            raise lost(error, self.client.server, self.client.late) from error


@contextmanager
def session(server: Server, password: str) -> Iterator[Session]:
    """A session with the server, logged in; raises SourceError, which says what to do."""
    try:
        client = _Client(server)
    except BROKEN as error:
        raise unreached(error, server) from error
    try:
        _log_in(client, server, password)
        yield Session(client)
    finally:
        with contextlib.suppress(*BROKEN):
            client.logout()
        with contextlib.suppress(OSError):
            client.shutdown()
        client.let_go()


def _log_in(client: _Client, server: Server, password: str) -> None:
    try:
        client.secure()
        if client.state == "AUTH":
            return
        if "LOGINDISABLED" in client.capabilities or not f"{server.user}{password}".isascii():
            client.authenticate("PLAIN", lambda _: f"\0{server.user}\0{password}".encode())
        else:
            client.login(server.user, password)
    except (imaplib.IMAP4.abort, ssl.SSLError, OSError) as error:
        raise unreached(error, server) from error
    except BROKEN as error:
        raise refused(error, server) from error


def _line(part: bytes | tuple[bytes, bytes] | None) -> bytes:
    return b" ".join(part) if isinstance(part, tuple) else part or b""


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _utf7(name: str) -> str:
    """The folder's name as IMAP writes it (RFC 3501, 5.1.3): what is not ASCII in base64 of UTF-16."""

    def coded(found: re.Match[str]) -> str:
        return "&" + b64encode(found[0].encode("utf-16-be")).decode("ascii").rstrip("=").replace("/", ",") + "-"

    return re.sub(r"[^\x20-\x7e]+", coded, name.replace("&", "&-"))
