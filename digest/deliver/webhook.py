"""A POST of the issue's record, signed, to an address of the owner's; or of a short text that chat programs know.

The last byte is held back until the other side has the rest, so that a line that broke early is known
to have broken early. Addresses inside the network are allowed: they come from the owner's settings.
"""

from __future__ import annotations

import contextlib
import hmac
import http.client
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit

from digest import __version__
from digest.deliver.pour import pour
from digest.deliver.secret import Secret
from digest.deliver.slack import message
from digest.deliver.smtp_errors import how, unreached
from digest.errors import DeliveryError, SettingsError
from digest.model import Parcel, Reply, Standing
from digest.settings import DeliverTable, Settings
from digest.text import cut, sha

_WORDS = 1000  # bytes that are read of an answer
_LONGEST_WAIT = timedelta(days=1)  # that another side may ask for
_SOON = frozenset({408, 425, 429})  # of 4xx, those that mean "not now"
_BROKEN = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """Posts each issue once. `url` may be held like a secret, since a chat program's is one."""

    name: str
    url: str
    held: Secret | None
    format: str
    key: Secret | None
    context: ssl.SSLContext = field(repr=False, compare=False)
    seconds: float
    newsroom: str
    pages: str = ""
    repeatable: bool = False  # a stranger's server promises nothing; `at_least_once` says that yours tells doubles by their key

    @classmethod
    def from_settings(cls, table: DeliverTable, settings: Settings) -> WebhookDelivery:
        """The delivery that `[[deliver]]` describes; raises SettingsError where it has no address, or more than one."""
        held = Secret.from_table(table, settings, "url")
        if bool(table.url) == bool(held):
            raise SettingsError(
                f"the delivery {table.name!r} needs one of `url`, `url_env` and `url_file`", fix='add url = "https://desk.example/issues"'
            )
        if table.url and not _target(table.url):
            raise SettingsError(
                f"the delivery {table.name!r} has a `url` that cannot be asked, or one with a name or password in it",
                fix="write https://desk.example/issues; an address that is a secret goes into what `url_env` names",
            )
        try:
            context = ssl.create_default_context(cafile=settings.path(table.ca_file) if table.ca_file else None)
        except OSError as error:
            raise SettingsError(
                f"the delivery {table.name!r} has a `ca_file` that cannot be used: {error.strerror or error}",
                fix="name a PEM file with the authority's certificate",
            ) from None
        key = Secret.from_table(table, settings, "secret")
        seconds, pages = table.timeout.total_seconds(), settings.digest.public_url.rstrip("/")
        return cls(table.name, table.url, held, table.format, key, context, seconds, settings.digest.title, pages)

    def recipients(self) -> tuple[str, ...]:
        """The one address, called as the delivery is: the address itself may be a secret, and may move."""
        return (self.name,)

    def deliver(self, parcel: Parcel, recipient: str) -> Reply:
        """Post the issue once; raises DeliveryError where that could not begin."""
        target = _target(self.held.read()) if self.held else _target(self.url)
        if target is None:
            raise DeliveryError("holds no address that can be asked", where="url_env or url_file", fix="put https://… into it, on one line")
        body = self._body(parcel)
        headers = {
            "Host": target.netloc,
            "User-Agent": f"digest/{__version__}",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Idempotency-Key": sha(self.newsroom, self.name, recipient, parcel.issue)[:32],
            "Connection": "close",
        }
        if self.key:
            headers["X-Digest-Signature"] = "sha256=" + hmac.new(self.key.read().encode(), body, "sha256").hexdigest()
        with self._connected(target) as line:
            return _posted(line, target, headers, body, self.seconds)

    def _body(self, parcel: Parcel) -> bytes:
        record = next((file.content for file in parcel.files if file.name == "issue.json"), None)
        if record is None:
            raise DeliveryError("there is no issue.json in the issue", where=parcel.issue, fix="build it with the shipped renderers")
        return message(record, f"{self.pages}/{parcel.issue}/issue.html" if self.pages else "") if self.format == "slack" else record

    @contextmanager
    def _connected(self, target: SplitResult) -> Iterator[http.client.HTTPConnection]:
        """A line to the other side that is cut when the time is up; raises DeliveryError."""
        host, secure = target.hostname or "", target.scheme == "https"
        where = f"{host}:{target.port or (443 if secure else 80)}"
        try:
            bare = socket.create_connection((host, target.port or (443 if secure else 80)), self.seconds)
        except (OSError, UnicodeError) as error:
            raise unreached(error, where, self.seconds) from error
        cord = bare.dup()  # the same connection: TLS takes the first descriptor for itself
        timer = threading.Timer(self.seconds, _cut, [cord])
        timer.daemon = True
        timer.start()
        line = http.client.HTTPConnection(host, timeout=self.seconds)
        line.sock = bare
        try:
            if secure:
                line.sock = self.context.wrap_socket(bare, server_hostname=host)
            yield line
        except (ssl.SSLError, OSError) as error:
            raise unreached(error, where, self.seconds) from error
        finally:
            timer.cancel()
            line.close()
            bare.close()
            cord.close()


def _cut(cord: socket.socket) -> None:
    with contextlib.suppress(OSError):
        cord.shutdown(socket.SHUT_RDWR)


def _target(url: str) -> SplitResult | None:
    """The address in its parts, if it is one: http or https, a host, printable ASCII, no password in it."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return None
    return parts if fits and re.fullmatch(r"[!-~]+", url) else None


def _posted(line: http.client.HTTPConnection, target: SplitResult, headers: dict[str, str], body: bytes, seconds: float) -> Reply:
    """What the other side made of it: a line lost before the last byte means that surely nothing arrived.

    One that hangs up early may have said why, so an answer is looked for in any case.
    """
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    whole, broke = False, ""
    try:
        line.putrequest("POST", path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            line.putheader(name, value)
        line.endheaders()
        pour(line.sock, body[:-1], seconds)
        whole = True
        line.sock.sendall(body[-1:])
    except _BROKEN as error:
        broke = how(error, seconds)
    try:
        return _judged(line.getresponse())
    except _BROKEN as error:
        place = "behind" if whole else "before"
        return Reply(
            Standing.UNKNOWN if whole else Standing.LATER, f"the line was lost {place} the last byte: {broke or how(error, seconds)}"
        )


def _judged(answer: http.client.HTTPResponse) -> Reply:
    status = answer.status
    try:
        words = answer.read(_WORDS)
    except _BROKEN:
        words = b""
    detail = cut(f"{status} {answer.reason} {words.decode('utf-8', 'replace')}", 200)
    if 200 <= status < 300:
        return Reply(Standing.TAKEN, detail)
    if 300 <= status < 400:
        return Reply(Standing.LATER, f"{detail}; it moved, and a POST is not sent on: mend `url`")
    if 400 <= status < 500 and status not in _SOON:
        return Reply(Standing.REFUSED, detail)
    if 400 <= status < 600:
        return Reply(Standing.LATER, detail, _wait(answer))
    return Reply(Standing.UNKNOWN, f"an answer that is none: {detail}")


def _wait(answer: http.client.HTTPResponse) -> timedelta | None:
    """How long it asks to be left alone: seconds, or a moment taken by its own clock; a day at most."""
    told = (answer.headers.get("Retry-After") or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", told):
        return min(timedelta(seconds=int(told)), _LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(told) - parsedate_to_datetime(answer.headers.get("Date") or "")
    except (TypeError, ValueError):
        return None
    return min(max(wait, timedelta(0)), _LONGEST_WAIT)
