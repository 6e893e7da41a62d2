"""What must not stand in the settings: they name the environment variable or the file that holds it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from digest.errors import DeliveryError, SettingsError
from digest.settings import DeliverTable, Settings

_LONGEST = 4096  # bytes of a file that holds one


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a password, a key or an address that is one is held; `key` is what the settings call it."""

    key: str
    env: str = ""
    file: Path | None = None

    @classmethod
    def from_table(cls, table: DeliverTable, settings: Settings, key: str) -> Secret | None:
        """What `<key>_env` or `<key>_file` names, None where neither is set; raises SettingsError where both are."""
        env, file = getattr(table, f"{key}_env"), getattr(table, f"{key}_file")
        if env and file:
            raise SettingsError(f"the delivery {table.name!r} has both `{key}_env` and `{key}_file`", fix="one of them is enough")
        return cls(key, env, settings.path(file) if file else None) if env or file else None

    def read(self) -> str:
        """The secret itself; raises DeliveryError, which never tells it."""
        if self.file is None:
            place, fix = f"the environment variable {self.env}", "set it where digest runs"
            found = os.environ.get(self.env, "")
        else:
            place, fix = f"the file {self.file}", "put it into that file, on one line"
            found = _read(self.file, place, self.key).strip("\r\n")
        if not found or not found.isprintable():
            raise DeliveryError(f"{place} holds no {self.key}", where=f"{self.key}_{'file' if self.file else 'env'}", fix=fix)
        return found


def _read(file: Path, place: str, key: str) -> str:
    try:
        if not file.is_file():
            raise FileNotFoundError(2, "there is no such file")
        with file.open("rb") as stream:
            return stream.read(_LONGEST).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    except OSError as error:
        cause = f"{place} cannot be read: {error.strerror or error}"
        raise DeliveryError(cause, where=f"{key}_file", fix="name a file that you may read") from None
