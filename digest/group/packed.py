"""Arrays by name as bytes, for a later run to read: what is damaged, or was written by another version of the program, is nothing."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest import __version__

Arrays = Mapping[str, NDArray[Any]]
_ALIGNED = 16  # bytes: every array begins at a multiple of it
_COMPUTE = ("numpy", "scipy", "sparse-dot-topn")  # another version may add floats in another order


def packed(kind: str, arrays: Arrays) -> tuple[str, bytes]:
    """The arrays, each flat, as bytes, and the name of these: their SHA-256 in hex."""
    shapes = [[name, array.dtype.str, array.size] for name, array in arrays.items()]
    head = json.dumps([kind, program(), shapes]).encode()
    content = bytearray(len(head).to_bytes(_ALIGNED, "little") + head)
    for array in arrays.values():
        content += bytes(-len(content) % _ALIGNED)
        content += array.tobytes()
    return hashlib.sha256(content).hexdigest(), bytes(content)


def unpacked(name: str, content: bytes) -> tuple[str, Arrays]:
    """The kind and the arrays that `packed` wrote, which nobody may write to; no kind and none where they cannot be used."""
    if hashlib.sha256(content).hexdigest() != name:
        return "", {}
    at = _ALIGNED + int.from_bytes(content[:_ALIGNED], "little")
    try:
        kind, written_by, shapes = json.loads(content[_ALIGNED:at])
    except ValueError:  # an older version wrote another form
        return "", {}
    if written_by != program():
        return "", {}
    found = {}
    for label, dtype, size in shapes:
        at += -at % _ALIGNED
        found[label] = np.frombuffer(content, dtype, size, at) if size else np.zeros(0, dtype)
        at += found[label].nbytes
    return kind, found


@cache
def program() -> str:
    """What stands for all that an array may rest on beside the articles: this package's own code, and what computes for it."""
    mark = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.*")):
        if file.suffix in {".py", ".txt"}:
            mark.update(file.read_bytes())
    made_with = [__version__, sys.version, *(version(name) for name in _COMPUTE)]  # the tables of characters are Python's
    mark.update(json.dumps(made_with).encode())
    return mark.hexdigest()
