"""Seams: a registry is a dict of names; `kind = "their.module:Class"` lets a stranger in."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TypeVar

from digest.errors import SettingsError
from digest.settings import nearest

Plugin = TypeVar("Plugin")


def find(kind: str, registry: Mapping[str, Plugin], key: str) -> Plugin:
    """The entry of `registry` called `kind`, or what `module:Name` names; raises SettingsError."""
    if kind in registry:
        return registry[kind]
    if ":" not in kind:
        raise SettingsError(
            f"`{key}` is {kind!r}{nearest(kind, registry)}",
            fix=f'allowed: {", ".join(registry)}, or one of your own as "module:Name"',
        )
    module, name = kind.split(":", 1)
    try:
        found: Plugin = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise SettingsError(f"`{key}` is {kind!r}: {error}", fix="name an importable module and a name in it") from error
    return found
