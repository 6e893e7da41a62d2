"""Mail: one letter to each reader, over one line a run, each answer for itself.

recipients → (for each) letter → signature → the talk with the server → TAKEN, REFUSED, LATER or UNKNOWN
"""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from digest.deliver.secret import Secret
from digest.deliver.smtp_client import Client, Server, opened
from digest.deliver.smtp_letter import base, letter, ways_out
from digest.deliver.smtp_readers import Reader, readers
from digest.deliver.smtp_talk import handed_over
from digest.errors import DeliveryError, SettingsError
from digest.model import Parcel, Reply
from digest.settings import DeliverTable, Settings

if TYPE_CHECKING:
    from digest.deliver.smtp_dkim import Signer

_PORTS = {"starttls": 587, "implicit": 465, "none": 25}
_TRIES = 3  # lines that could not be opened, one after the other: then the rest of the recipients is put off at once
_LONGEST = 900  # bytes of List-Unsubscribe, which cannot be folded: the line has 998


@dataclass(frozen=True, slots=True)
class SmtpDelivery:
    """Mails the issue to every reader. `unsubscribe` is a template, filled in for each; `key` the secret of its tokens."""

    name: str
    server: Server
    sender: str
    readers: Mapping[str, Reader]
    password: Secret | None = None
    unsubscribe: str = ""
    mailto: str = ""
    key: Secret | None = None
    signer: Signer | None = None
    repeatable: bool = False

    @classmethod
    def from_settings(cls, table: DeliverTable, settings: Settings) -> SmtpDelivery:
        """The delivery that `[[deliver]]` describes; raises SettingsError for what it lacks."""
        file = settings.path(table.recipients_file) if table.recipients_file else None
        made = cls(
            table.name,
            _server(table, settings),
            settings.mail.sender,
            _readers(table, file),
            Secret.from_table(table, settings, "password"),
            table.unsubscribe,
            settings.mail.unsubscribe_mailto,
            Secret.from_table(table, settings, "secret"),
            _signer(table, settings),
        )
        _check(made, table)
        return made

    def recipients(self) -> tuple[str, ...]:
        """Every reader's address, in the order of the list."""
        return tuple(self.readers)

    @contextmanager
    def connected(self) -> Iterator[Post]:
        """This delivery with its line open, its secrets read; raises DeliveryError."""
        password = self.password.read() if self.password else ""
        key = self.key.read() if self.key else ""
        post = Post(self, password, key, self.signer.key() if self.signer else b"")
        try:
            post.line()
            yield post
        finally:
            post.hang_up()

    def deliver(self, parcel: Parcel, recipient: str) -> Reply:
        """One letter over a line of its own."""
        with self.connected() as post:
            return post.deliver(parcel, recipient)


@dataclass(slots=True)
class Post:
    """A delivery at work: its line, opened anew where it was lost, and what it must know for it."""

    delivery: SmtpDelivery
    password: str = field(repr=False)
    token_key: str = field(repr=False)
    signing_key: bytes = field(repr=False)
    client: Client | None = None
    failed: DeliveryError | None = None
    failures: int = 0

    @property
    def name(self) -> str:
        return self.delivery.name

    @property
    def repeatable(self) -> bool:
        return self.delivery.repeatable

    def recipients(self) -> tuple[str, ...]:
        return self.delivery.recipients()

    def deliver(self, parcel: Parcel, recipient: str) -> Reply:
        """One letter to one reader; raises DeliveryError where there is no line or no letter."""
        to = self.delivery.readers.get(recipient) or Reader(recipient)
        made = letter(base(parcel), to, ways_out(self.delivery.unsubscribe, self.delivery.mailto, to, self.token_key))
        if self.delivery.signer:
            made = self.delivery.signer.signed(made, self.signing_key)
        return handed_over(self.line(), self.delivery.sender, recipient, made)

    def line(self) -> Client:
        """The line if it can be used again, or a new one; raises DeliveryError, at once if the last three could not be opened."""
        if self.client is not None and not self.client.is_fresh():
            self.hang_up()
        if self.client is None:
            if self.failed and self.failures >= _TRIES:
                raise self.failed
            try:
                self.client = opened(self.delivery.server, self.password)
            except DeliveryError as error:
                self.failed, self.failures = error, self.failures + 1
                raise
            self.failures = 0
        return self.client

    def hang_up(self) -> None:
        """End the line."""
        if self.client is not None:
            self.client.goodbye()
            self.client = None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name alone: nothing is looked up."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _readers(table: DeliverTable, file: Path | None) -> dict[str, Reader]:
    try:
        return readers(table.recipients, file)
    except SettingsError as error:
        cause = f"the delivery {table.name!r} has recipients that are none:\n  {error.cause}"
        raise SettingsError(cause, where=error.where, fix=error.fix) from None


def _server(table: DeliverTable, settings: Settings) -> Server:
    if not table.host:
        raise _wrong(table, "has no `host`", 'add host = "mail.newsroom.example"')
    if not re.fullmatch(r"[^\s\x00-\x20\x7f/@]+", table.host):
        raise _wrong(
            table, f"has {table.host!r} for `host`, which is no name of a machine", "write the name alone; `port` is a key of its own"
        )
    tls = table.tls if table.tls != "auto" else "none" if is_loopback(table.host) else "starttls"
    domain = settings.mail.sender.rpartition("@")[2]
    context = None if tls == "none" else _context(table, settings)
    seconds = table.timeout.total_seconds()
    return Server(table.host, table.port or _PORTS[tls], domain, context, tls == "implicit", table.user, seconds)


def _context(table: DeliverTable, settings: Settings) -> ssl.SSLContext:
    """TLS with the certificate checked: by the authorities of the system, or by those of `ca_file` alone."""
    file = settings.path(table.ca_file) if table.ca_file else None
    try:
        return ssl.create_default_context(cafile=file)
    except (OSError, ssl.SSLError) as error:
        cause = f"has a `ca_file` that cannot be used: {error.strerror or error}"
        raise _wrong(table, cause, "name a PEM file with the authority's certificate") from None


def _signer(table: DeliverTable, settings: Settings) -> Signer | None:
    if bool(table.dkim_key) != bool(table.dkim_selector):
        raise _wrong(table, "has only one of `dkim_key` and `dkim_selector`", "set both, or neither")
    if not table.dkim_key:
        return None
    from digest.deliver.smtp_dkim import Signer  # noqa: PLC0415 - it brings a DNS client along: loaded only where there is a key

    return Signer(table.dkim_selector, settings.mail.sender.rpartition("@")[2].lower(), settings.path(table.dkim_key))


def _check(made: SmtpDelivery, table: DeliverTable) -> None:
    """What belongs together stands together; raises SettingsError."""
    if not made.readers:
        raise _wrong(table, "has no recipients", 'add recipients = ["ada@quay.example"], or recipients_file = "config/readers.txt"')
    if bool(table.user) != bool(made.password):
        raise _wrong(
            table, "needs both `user` and one of `password_env` and `password_file`, or none", 'add password_env = "MAIL_PASSWORD"'
        )
    if made.server.user and made.server.context is None and not is_loopback(made.server.host):
        raise _wrong(table, 'would send its password in the clear: tls = "none"', 'set tls = "starttls", or take `user` out')
    if ("{token}" in made.unsubscribe) != bool(made.key):
        raise _wrong(
            table, "needs a `secret_env` or `secret_file` for {token} in `unsubscribe`, and for that alone", "set both, or neither"
        )
    if re.search(r"[{}]", re.sub(r"\{(recipient|token)\}", "", made.unsubscribe)) or not made.unsubscribe.isascii():
        raise _wrong(table, "has signs in `unsubscribe` that no address has", "only {recipient} and {token} stand in braces")
    for one in made.readers.values():
        if len(ways_out(made.unsubscribe, made.mailto, one, "")) > _LONGEST:
            raise _wrong(
                table, f"has an `unsubscribe` that is too long for {one.address}", f"keep it under {_LONGEST} signs; {{token}} is 40"
            )


def _wrong(table: DeliverTable, cause: str, fix: str) -> SettingsError:
    return SettingsError(f"the delivery {table.name!r} {cause}", fix=fix)
