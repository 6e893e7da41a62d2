"""A child process in which hostile bytes are parsed, with limits on memory and time.

    with Sandbox("digest.gather.mail:parsed") as sandbox:
        found = sandbox.run(content)

One worker lives as long as the sandbox, and starts with the first `run`. Both ways over its pipes go
frames: a length in eight bytes, then as many bytes; into it the content, out of it JSON. A worker that
dies, hangs or outgrows its memory is replaced at the next `run`.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import struct
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from digest.errors import DocumentError

_ROOT = Path(__file__).resolve().parents[1]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from digest.sandbox import work; work(*sys.argv[2:])"
_LENGTH = struct.Struct(">Q")
_FIX = "look at it in the program it came from, or remove it"


class Sandbox:
    """`target` names a function `package.module:function` of bytes, which answers with what JSON can hold.

    `seconds` is the limit of one `run`, in wall time and in processor time; `memory` the worker's whole
    address space in bytes.
    """

    def __init__(self, target: str, seconds: float = 20.0, memory: int = 400 * 2**20) -> None:
        self._target, self._seconds, self._memory = target, seconds, memory
        self._worker: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def run(self, content: bytes) -> Any:
        """What the function makes of `content`; raises DocumentError where it raised that, died or ran over a limit."""
        worker = self._started()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            worker.kill()

        timer = threading.Timer(self._seconds, give_up)
        timer.start()
        try:
            answer = _exchanged(worker, content)
        finally:
            timer.cancel()
            timer.join()
        if answer is None or late.is_set():
            self.close()
            cause = f"takes more than {self._seconds:g} seconds to read" if late.is_set() else "cannot be read: the parser died over it"
            raise DocumentError(cause, fix=_FIX)
        if "cause" in answer:
            raise DocumentError(answer["cause"], where=answer["where"], fix=answer["fix"])
        return answer["found"]

    def close(self) -> None:
        """End the worker, if there is one."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.kill()
        for pipe in (worker.stdin, worker.stdout):
            with contextlib.suppress(OSError):  # what was never written is of no use any more
                pipe.close()  # type: ignore[union-attr] # both are pipes
        worker.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._worker is None:
            command = [sys.executable, "-I", "-c", _START, str(_ROOT), self._target, str(self._seconds), str(self._memory)]
            self._worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={})  # noqa: S603 - our own interpreter
        return self._worker


def _exchanged(worker: subprocess.Popen[bytes], content: bytes) -> dict[str, Any] | None:
    """The worker's answer; None where it died."""
    try:
        _send(worker.stdin, content)  # type: ignore[arg-type] # is a pipe
        answer = _receive(worker.stdout)  # type: ignore[arg-type] # is a pipe
    except OSError:
        return None
    found: dict[str, Any] | None = json.loads(answer) if answer is not None else None
    return found


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """The next frame; None where there is none, or only a part of one."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    return content if len(content) == length else None


def work(target: str, seconds: str, memory: str) -> None:  # pragma: no cover - runs in the child, where nothing counts lines
    """The child's side: limits first, then one answer a frame until the pipe is closed."""
    module, _, name = target.partition(":")
    function = getattr(importlib.import_module(module), name)
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what the function prints is no answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    while (content := _taken(inward)) is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        ends = int(used.ru_utime + used.ru_stime + float(seconds)) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (ends, resource.RLIM_INFINITY))
        try:
            answer = json.dumps({"found": function(content)}).encode()
        except DocumentError as error:
            answer = json.dumps({"cause": error.cause, "where": error.where, "fix": error.fix}).encode()
        except MemoryError:
            answer = json.dumps({"cause": "takes more memory than it may", "where": "", "fix": _FIX}).encode()
        except Exception as error:  # noqa: BLE001 - whatever hostile bytes can make a parser raise, the parent names it
            answer = json.dumps({"cause": f"cannot be read: {type(error).__name__}", "where": "", "fix": _FIX}).encode()
        _send(outward, answer)


def _taken(stream: IO[bytes]) -> bytes | None:  # pragma: no cover - runs in the child
    try:
        return _receive(stream)
    except MemoryError:
        os._exit(1)
