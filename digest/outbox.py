"""Parcels on disk, all or nothing: a reader never sees half an issue.

Each issue is a folder, put into its place in one rename; the manifest in it holds the SHA-256 of
every other file.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.errors import OutboxError
from digest.folders import is_plain, place_file, place_folder, swept, unfinished
from digest.model import Batch, File, Parcel

MANIFEST = "manifest.json"


def manifest(
    parcel: Parcel, batch: Batch, settings_sha: str, theme_sha: str, version: str, *, shelved: Mapping[str, Any] | None = None
) -> File:
    """What the parcel holds and what it was made of, as a file of its own; `shelved` is what the archive tells of it."""
    values = {
        "issue": parcel.issue,
        "opens": batch.window.opens.isoformat(),
        "closes": batch.window.closes.isoformat(),
        "digest": version,
        "settings": settings_sha,
        "theme": theme_sha,
        "articles": [article.id for article in batch.articles],
        "feeds": list(batch.feeds),
        "foreword": batch.foreword,
        "archive": dict(shelved or {}),
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


def put_beside(outbox: Path, files: Sequence[File]) -> None:
    """Put files up beside the issues, each all at once, where they are not the same already; raises OutboxError."""
    for file in files:
        try:
            place_file(outbox, file)
        except OSError as error:
            raise OutboxError(
                f"cannot be written: {error.strerror or error}",
                where=str(outbox / file.name),
                fix="make room or mend the rights of the outbox; the issues are whole, and the next run goes on here",
            ) from error


def discard(outbox: Path, issue: str) -> None:
    """Take an issue's folder away, if it is there; what cannot be taken away stays."""
    if is_plain(issue):
        shutil.rmtree(outbox / issue, ignore_errors=True)


def sweep(outbox: Path) -> tuple[str, ...]:
    """Clear what interrupted runs left in the outbox; the names of what was left. Raises OutboxError."""
    try:
        left = unfinished(outbox)
        for name in left:
            swept(outbox, name)
    except OSError as error:
        raise OutboxError(
            f"cannot be cleared: {error.strerror or error}", where=str(outbox), fix="mend the rights of the outbox"
        ) from error
    return left


def names(outbox: Path) -> tuple[str, ...]:
    """The issues in the outbox, oldest name first."""
    try:
        return tuple(sorted(entry.name for entry in outbox.iterdir() if is_plain(entry.name) and (entry / MANIFEST).is_file()))
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise OutboxError(f"cannot be read: {error.strerror}", where=str(outbox), fix="mend the rights of the outbox") from None


def read(outbox: Path, issue: str, name: str) -> bytes:
    """One file of an issue; raises OutboxError where there is none."""
    _require(outbox, issue)
    if not is_plain(name):
        raise OutboxError(f"{name!r} is no name of a file", where=str(outbox / issue), fix="name a file of the issue, without a folder")
    try:
        return (outbox / issue / name).read_bytes()
    except OSError as error:
        raise OutboxError(f"cannot be read: {error.strerror}", where=str(outbox / issue / name), fix="build the issue again") from None


def _require(outbox: Path, issue: str) -> None:
    there = names(outbox)
    if issue not in there:
        known = ", ".join(there[-6:]) or "none yet"
        raise OutboxError(f"there is no issue {issue!r}", where=str(outbox), fix=f"issues here: {known}")


def read_json(outbox: Path, issue: str, name: str) -> Mapping[str, Any]:
    """One JSON file of an issue; raises OutboxError where it is missing or broken."""
    try:
        found = json.loads(read(outbox, issue, name))
        cause = "" if isinstance(found, dict) else f"holds a {type(found).__name__}, not an object"
    except (ValueError, RecursionError) as error:
        cause = str(error)
    if cause:
        raise OutboxError(f"is broken: {cause}", where=str(outbox / issue / name), fix="build the issue again")
    return dict(found)


def parcel(outbox: Path, issue: str) -> Parcel:
    """The issue as it stands there, each file checked against the manifest; raises OutboxError where one is not what went up."""
    files = []
    listed = read_json(outbox, issue, MANIFEST).get("files")
    for name, facts in dict(listed if isinstance(listed, dict) else {}).items():
        content = read(outbox, issue, name)
        if not isinstance(facts, dict) or hashlib.sha256(content).hexdigest() != facts.get("sha256"):
            raise OutboxError(
                "is not what went up: its SHA-256 differs from the manifest's",
                where=str(outbox / issue / name),
                fix=f"`digest build` puts {issue} up again where the ledger has it; see `digest verify {issue}`",
            )
        files.append(File(name, str(facts.get("media_type", "")), content))
    return Parcel(issue, (*files, File(MANIFEST, "application/json", read(outbox, issue, MANIFEST))))


def differences(outbox: Path, issue: str, parcel: Parcel) -> tuple[str, ...]:
    """Where the folder of `issue` and `parcel` (manifest included) are not the same bytes, in words."""
    _require(outbox, issue)
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
