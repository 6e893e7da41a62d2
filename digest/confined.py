"""The child's side of `sandbox`: one function, called over pipes, under limits set before its first call.

A frame is its length in eight bytes, then its bytes: the content on the way in, JSON on the way out.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import struct
import sys
from collections.abc import Callable
from typing import IO, Any

from digest.errors import DocumentError

HEAD = struct.Struct(">Q")


def failed(cause: str) -> dict[str, Any]:
    """An answer that says why there is none; the child that gave it is not to be asked again."""
    return {"cause": cause, "where": "", "fix": "", "broken": True}


def main() -> None:
    """Set up the pipes, so that nothing a library prints gets between the answers, and serve."""
    target, seconds, memory = sys.argv[2:5]
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(target, float(seconds), int(memory), requests, answers)


def serve(target: str, seconds: float, memory: int, requests: IO[bytes], answers: IO[bytes]) -> None:
    """Say that the target is there, then answer frame by frame until the requests end."""
    try:
        module, name = target.split(":")
        work: Callable[[bytes], Any] = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        _answer(answers, json.dumps(failed(f"cannot be taken apart here: {error}")))
        return
    confine(memory)
    _answer(answers, json.dumps({"value": None}))
    while len(head := requests.read(HEAD.size)) == HEAD.size:
        allow(seconds)
        _answer(answers, _worked(work, requests, *HEAD.unpack(head)))


def _worked(work: Callable[[bytes], Any], requests: IO[bytes], length: int) -> str:
    """The answer, written here: what cannot be written, or not in this memory, fails like the rest."""
    try:
        return json.dumps({"value": work(requests.read(length))})
    except DocumentError as error:
        return json.dumps({"cause": error.cause, "where": error.where, "fix": error.fix})
    except MemoryError:
        return json.dumps(failed("takes more memory than is allowed to take apart"))
    except Exception as error:  # noqa: BLE001 - whatever a parser raises over hostile input is said of that input
        return json.dumps(failed(f"cannot be taken apart ({type(error).__name__})"))


def _answer(answers: IO[bytes], text: str) -> None:
    frame = text.encode()
    answers.write(HEAD.pack(len(frame)) + frame)
    answers.flush()


def confine(memory: int) -> None:
    """No more address space than `memory` bytes, no file written, no core dumped."""
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some of these; the clock still holds
            resource.setrlimit(what, (most, most))


def allow(seconds: float) -> None:
    """Computing time for one more call. The parent's clock comes first; this is for when the parent is gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used.ru_utime + used.ru_stime + seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
