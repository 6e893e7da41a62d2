"""Parcels on disk, all or nothing: a reader never sees half an issue.

Each issue is a folder, put into its place in one rename; the manifest in it holds the SHA-256 of
every other file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from digest.errors import OutboxError
from digest.folders import place_folder
from digest.model import Batch, File, Parcel

MANIFEST = "manifest.json"


def manifest(parcel: Parcel, batch: Batch, settings_sha: str, theme_sha: str, version: str) -> File:
    """What the parcel holds and what it was made of, as a file of its own."""
    values = {
        "issue": parcel.issue,
        "opens": batch.window.opens.isoformat(),
        "closes": batch.window.closes.isoformat(),
        "digest": version,
        "settings": settings_sha,
        "theme": theme_sha,
        "articles": [article.id for article in batch.articles],
        "files": {
            file.name: {"sha256": hashlib.sha256(file.content).hexdigest(), "bytes": len(file.content), "media_type": file.media_type}
            for file in parcel.files
        },
    }
    return File(MANIFEST, "application/json", (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode())


def put(outbox: Path, parcel: Parcel) -> Path:
    """Put the parcel's folder up, durably, in place of one with its name; raises OutboxError."""
    try:
        return place_folder(outbox, parcel.issue, parcel.files)
    except OSError as error:
        raise OutboxError(
            f"cannot be written: {error.strerror or error}",
            where=str(outbox / parcel.issue),
            fix="make room or mend the rights of the outbox; no issue was touched",
        ) from error


def names(outbox: Path) -> tuple[str, ...]:
    """The issues in the outbox, oldest name first."""
    if not outbox.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in outbox.iterdir() if not entry.name.startswith(".") and (entry / MANIFEST).is_file()))


def read(outbox: Path, issue: str, name: str) -> bytes:
    """One file of an issue; raises OutboxError where there is none."""
    if issue not in names(outbox):
        known = ", ".join(names(outbox)[-6:]) or "none yet"
        raise OutboxError(f"there is no issue {issue!r}", where=str(outbox), fix=f"issues here: {known}")
    try:
        return (outbox / issue / name).read_bytes()
    except OSError as error:
        raise OutboxError(f"cannot be read: {error.strerror}", where=str(outbox / issue / name), fix="build the issue again") from None


def read_json(outbox: Path, issue: str, name: str) -> Mapping[str, Any]:
    """One JSON file of an issue; raises OutboxError where it is missing or broken."""
    try:
        found: Mapping[str, Any] = json.loads(read(outbox, issue, name))
    except ValueError as error:
        raise OutboxError(f"is broken: {error}", where=str(outbox / issue / name), fix="build the issue again") from None
    return found


def differences(outbox: Path, issue: str, parcel: Parcel) -> tuple[str, ...]:
    """Where the folder of `issue` and `parcel` (manifest included) are not the same bytes, in words."""
    told = []
    for file in parcel.files:
        try:
            found = read(outbox, issue, file.name)
        except OutboxError as error:
            told.append(f"{file.name}: {error.cause}")
            continue
        if found != file.content:
            at = next(
                (at for at, (left, right) in enumerate(zip(found, file.content, strict=False)) if left != right),
                min(len(found), len(file.content)),
            )
            told.append(f"{file.name}: differs from byte {at} on ({len(found)} bytes here, {len(file.content)} rebuilt)")
    strangers = {entry.name for entry in (outbox / issue).iterdir()} - {file.name for file in parcel.files}
    return (*told, *(f"{name}: is not of this issue" for name in sorted(strangers)))
