"""How often a word stands in any news at all: the background that a small collection is measured against.

`common.txt` holds our own lists. A collection's own counts are added to them, so that the larger it is,
the more it speaks for itself.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.group.scan import scanned

BACKGROUND = 300  # articles that are taken to stand behind every collection
_DAILY = 0.1  # share of them that has a word of the newsroom's


@cache
def shares(width: int) -> NDArray[np.float32]:
    """Of each of `width` features the share of the background that has it: 1 for words that tell nothing, else 0 to 0.1."""
    found = np.zeros(width, np.float32)
    for share, text in ((_DAILY, _lists(1)), (1.0, _lists(0))):
        words = scanned([text])
        for hashes in (words.hash, words.stem):
            found[(hashes % np.uint64(width)).astype(np.int64)] = share
    return found


@cache
def _lists(part: int) -> str:
    lines = (Path(__file__).parent / "common.txt").read_text(encoding="utf-8").splitlines()
    return "\n".join(line.split(": ", 1)[1].split(" | ")[part] for line in lines if line and line[0] != "#")
