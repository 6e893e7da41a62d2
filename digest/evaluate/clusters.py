"""Two files of groups against each other: labels that people gave, and what some program found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from digest.errors import UsageError
from digest.evaluate.measures import Measured, b_cubed, pairwise

_LABELS = ("gold_cluster", "story", "cluster")  # the columns that may name a row's group, first found first


def compared(gold: Path, predicted: Path) -> Measured:
    """Rows `{id, gold_cluster | story | cluster}` in both files; an id that PREDICTED lacks stands alone."""
    labels, found = _labels(gold), _labels(predicted)
    if not labels:
        raise UsageError("holds no labelled row", where=str(gold), fix='expected rows {"id": "…", "gold_cluster": "…"}')
    missing = sorted(set(labels) - set(found))
    full: dict[str, tuple[str, ...]] = {name: ("group", found[name]) if name in found else ("alone", name) for name in labels}
    remarks = (f"{len(missing)} of {len(labels)} ids are not in {predicted.name}, for instance {missing[0]!r}",) if missing else ()
    return Measured(
        gold.name,
        f"{len(labels)} articles, {len(set(labels.values()))} stories",
        (("pairwise", pairwise(labels, full)), ("b-cubed", b_cubed(labels, full))),
        remarks,
    )


def _labels(file: Path) -> Mapping[str, str]:
    found: dict[str, str] = {}
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    identity, label = _label(line, f"{file}:{number}")
                    found[identity] = label
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(file), fix="name a file of JSON rows") from None
    return found


def _label(line: bytes, where: str) -> tuple[str, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"is not JSON: {error}", where=where, fix="one object a line, in UTF-8") from None
    label = next((row[key] for key in _LABELS if row.get(key) is not None), None) if isinstance(row, dict) else None
    if label is None or row.get("id") is None:
        raise UsageError("has no id or no label", where=where, fix='expected {"id": "…", "gold_cluster": "…"} or {"id": "…", "story": "…"}')
    return str(row["id"]), str(label)
