"""A folder that a web server or a shared drive serves: the whole issue, put there in one rename."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from digest.errors import DeliveryError, SettingsError
from digest.folders import place_folder
from digest.model import Parcel, Reply, Standing
from digest.settings import DeliverTable, Settings


@dataclass(frozen=True, slots=True)
class DirectoryDelivery:
    """Copies every issue to `path`, one folder an issue."""

    name: str
    path: Path
    repeatable: bool = True  # the same bytes in the same place

    @classmethod
    def from_settings(cls, table: DeliverTable, settings: Settings) -> DirectoryDelivery:
        """The delivery that `[[deliver]]` describes; raises SettingsError where it names no folder."""
        if not table.path:
            raise SettingsError(f"the delivery {table.name!r} has no `path`", fix='add path = "/srv/www/digest"')
        return cls(table.name, settings.path(table.path))

    def recipients(self) -> tuple[str, ...]:
        """The folder is the one recipient."""
        return (self.path.name,)

    def deliver(self, parcel: Parcel, recipient: str) -> Reply:  # noqa: ARG002 - there is only the one
        """Put the issue into the folder; raises DeliveryError."""
        try:
            place_folder(self.path, parcel.issue, parcel.files)
        except OSError as error:
            raise DeliveryError(
                f"cannot be written: {error.strerror or error}", where=str(self.path), fix="mend `path` or the rights of that folder"
            ) from error
        return Reply(Standing.TAKEN)
