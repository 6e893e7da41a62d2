"""SEAM Delivery: how a parcel reaches its readers.

A delivery is a frozen dataclass whose fields are its options. To add one, write a class with
`recipients()`, `deliver()` and `from_settings()`, and name it below or as `kind = "module:Class"`.
What it may offer beside these: `connected()`, to keep one line open for all recipients of a run.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, runtime_checkable

from digest.deliver.directory import DirectoryDelivery
from digest.deliver.smtp import SmtpDelivery
from digest.deliver.webhook import WebhookDelivery
from digest.errors import SettingsError
from digest.model import Parcel, Reply
from digest.plugins import find
from digest.settings import DeliverTable, Settings


class Delivery(Protocol):
    """Hands a parcel to one recipient, and says what became of it.

    The reply of `deliver()` is one of four:
      TAKEN    the other side took it over (250 after DATA, 2xx): the receipt is signed.
      REFUSED  it never will, for this recipient (5xx): final for this one alone.
      LATER    not now (4xx, no connection), and surely nothing arrived: tried again after growing pauses.
      UNKNOWN  the line was lost when the other side may have had it all (behind DATA's final dot): shown, and
               never tried again by itself, unless `at_least_once` is set.
    A DeliveryError means LATER, and any other exception is a fault: the recipient is then UNKNOWN. `repeatable`
    says that handing over twice does no more than once: a run that was broken off is then simply done again.
    """

    @property
    def name(self) -> str: ...

    @property
    def repeatable(self) -> bool: ...

    def recipients(self) -> tuple[str, ...]: ...

    def deliver(self, parcel: Parcel, recipient: str) -> Reply: ...


@runtime_checkable
class Connecting(Protocol):
    """A delivery with a line to open first; DeliveryError there puts off every recipient of the run."""

    def connected(self) -> AbstractContextManager[Delivery]: ...


class DeliveryKind(Protocol):
    """What a kind of delivery must offer: to be made from its table of the settings."""

    def from_settings(self, table: DeliverTable, settings: Settings) -> Delivery: ...


DELIVERIES: dict[str, DeliveryKind] = {"directory": DirectoryDelivery, "smtp": SmtpDelivery, "webhook": WebhookDelivery}

# Which keys of [[deliver]] each of our kinds knows beside those of all; a stranger's may use any.
_ALL = frozenset({"name", "kind", "at_least_once", "give_up"})
_KEYS = {
    "directory": frozenset({"path"}),
    "smtp": frozenset(
        "host port tls ca_file user password_env password_file recipients recipients_file unsubscribe secret_env secret_file "
        "dkim_selector dkim_key timeout".split()
    ),
    "webhook": frozenset("url url_env url_file ca_file format secret_env secret_file timeout".split()),
}


def deliveries(settings: Settings) -> tuple[Delivery, ...]:
    """Every configured delivery, in the order of the settings; raises SettingsError."""
    made = []
    for number, table in enumerate(settings.deliver, 1):
        try:
            _check_keys(table, number)
            made.append(find(table.kind, DELIVERIES, f"deliver[{number}].kind").from_settings(table, settings))
        except SettingsError as error:
            raise SettingsError(error.cause, where=error.where or str(settings.file), fix=error.fix) from error
    return tuple(made)


def _check_keys(table: DeliverTable, number: int) -> None:
    """A key that a kind does not know is a mistake, not a wish that comes true by itself."""
    known = _KEYS.get(table.kind, table.model_fields_set) | _ALL
    for key in sorted(table.model_fields_set - known):
        raise SettingsError(
            f"`deliver[{number}].{key}` means nothing to the kind {table.kind!r}", fix=f"allowed here: {', '.join(sorted(known))}"
        )


def line(delivery: Delivery) -> AbstractContextManager[Delivery]:
    """The delivery with its line open, where it has one."""
    return delivery.connected() if isinstance(delivery, Connecting) else nullcontext(delivery)
