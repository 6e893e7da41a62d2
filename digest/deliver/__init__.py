"""SEAM Delivery: how a parcel reaches its readers.

A delivery is a frozen dataclass whose fields are its options. To add one, write a class with
`recipients()`, `deliver()` and `from_settings()`, and name it below or as `kind = "module:Class"`.
"""

from __future__ import annotations

from typing import Protocol

from digest.deliver.directory import DirectoryDelivery
from digest.errors import SettingsError
from digest.model import Parcel
from digest.plugins import find
from digest.settings import DeliverTable, Settings


class Delivery(Protocol):
    """Hands a parcel to one recipient; returns once it is there, raises DeliveryError otherwise."""

    @property
    def name(self) -> str: ...

    def recipients(self) -> tuple[str, ...]: ...

    def deliver(self, parcel: Parcel, recipient: str) -> None: ...


class DeliveryKind(Protocol):
    """What a kind of delivery must offer: to be made from its table of the settings."""

    def from_settings(self, table: DeliverTable, settings: Settings) -> Delivery: ...


DELIVERIES: dict[str, DeliveryKind] = {"directory": DirectoryDelivery}


def deliveries(settings: Settings) -> tuple[Delivery, ...]:
    """Every configured delivery, in the order of the settings; raises SettingsError."""
    made = []
    for number, table in enumerate(settings.deliver, 1):
        try:
            made.append(find(table.kind, DELIVERIES, f"deliver[{number}].kind").from_settings(table, settings))
        except SettingsError as error:
            raise SettingsError(error.cause, where=str(settings.file), fix=error.fix) from error
    return tuple(made)
