"""The error tree, and the one place where an expected error becomes a `Failure`.

An expected error says what is wrong, where, and what to do. Anything else is a bug and stays loud.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from digest.model import Failure

Item = TypeVar("Item")
Result = TypeVar("Result")


class DigestError(Exception):
    """An error that a user can mend. `where` names the file, key or line; `fix` says what to do."""

    exit_code = 1

    def __init__(self, cause: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(cause)
        self.cause, self.where, self.fix = cause, where, fix

    def __str__(self) -> str:
        head = f"{self.where}: {self.cause}" if self.where else self.cause
        return f"{head}\n  {self.fix}" if self.fix else head


class UsageError(DigestError):
    """The command line asks for something that is not there."""

    exit_code = 2


class SettingsError(UsageError):
    """digest.toml, or what it points at, is wrong."""


class SourceError(DigestError):
    """A source as a whole gave nothing."""


class DocumentError(DigestError):
    """One document cannot be read."""


class StoreError(DigestError):
    """The store cannot be opened, read or written."""


class RenderError(DigestError):
    """A template or its style sheet is wrong."""


class OutboxError(DigestError):
    """A parcel cannot be put up or read back."""


class DeliveryError(DigestError):
    """A parcel could not be handed over."""


def failure(error: DigestError, source: str) -> Failure:
    """The error as a value that can travel to the reader of the issue."""
    return Failure(source, error.where, error.cause, error.fix)


def each(
    items: Iterable[Item],
    work: Callable[[Item], Result],
    source: Callable[[Item], str],
    failures: list[Failure],
) -> Iterator[Result]:
    """Yield `work(item)` for each item; an expected error is added to `failures` instead."""
    for item in items:
        try:
            result = work(item)
        except DigestError as error:
            failures.append(failure(error, source(item)))
        else:
            yield result
