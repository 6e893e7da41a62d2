"""A delivery whose other side is a file outside the newsroom: what arrived there has arrived, whatever dies after."""

from __future__ import annotations

import os
from dataclasses import dataclass

from digest.model import Parcel, Reply, Standing
from digest.settings import DeliverTable, Settings

RECIPIENTS = ("ada", "ines", "odile")


@dataclass(frozen=True, slots=True)
class Post:
    """Takes everything, once each time it is asked: doubles show."""

    name: str
    repeatable: bool = False

    @classmethod
    def from_settings(cls, table: DeliverTable, settings: Settings) -> Post:  # noqa: ARG003 - the shape of a DeliveryKind
        return cls(table.name)

    def recipients(self) -> tuple[str, ...]:
        return RECIPIENTS

    def deliver(self, parcel: Parcel, recipient: str) -> Reply:
        handle = os.open(os.environ["DIGEST_WORLD"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{parcel.issue} {recipient}\n".encode())
        os.close(handle)
        return Reply(Standing.TAKEN, "250 taken")
