"""Runs a parser of hostile input in a child process, with limits on memory, computing and time.

Parsers that others wrote take minutes over some inputs, gigabytes over others, and crash over a few;
in a child each of these becomes a DocumentError. The child starts Python afresh (isolated, without
our environment, no shell), calls one function `bytes -> JSON-able value`, and answers in JSON: what
it says is read as data and never as code, so nothing is pickled.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from digest.confined import HEAD, failed
from digest.errors import DocumentError

_LONGEST = 128 * 2**20  # bytes of an answer; all that a parser makes of 15 MiB is less
_START = 60.0  # seconds for a child to start and import its target, on a machine that is busy
_PIECE = 2**16
_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from digest.confined import main; main()"
# Nothing of ours goes to the child; libraries that start a thread for each processor are told not to.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_FIX = "leave it out: it is broken, or made to do harm"


class Sandbox:
    """One long-lived child for the function `target` ("package.module:function"), begun anew when it dies.

    `seconds` limits each call, by the clock and by computing time; `memory` is the child's whole
    address space in bytes (not enforced by macOS). Several threads may enter and use it: calls queue,
    and the child ends when the last has left.
    """

    def __init__(self, target: str, seconds: float = 20.0, memory: int = 400 * 2**20) -> None:
        self._target, self._seconds, self._memory = target, seconds, memory
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._users = 0

    def __enter__(self) -> Sandbox:
        with self._lock:
            self._users += 1
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                self._stop()

    def close(self) -> None:
        """End the child, if there is one; a later call starts another."""
        with self._lock:
            self._stop()

    def run(self, content: bytes) -> Any:
        """What the function makes of `content`; raises DocumentError where it fails, dies or takes too much."""
        with self._lock:
            child = self._child or self._start()
            answer = self._ask(child, content, self._seconds)
            if answer.get("broken"):  # what is left in the child then is anybody's guess
                self._stop()
        if "value" in answer:
            return answer["value"]
        raise DocumentError(answer["cause"], where=answer["where"], fix=answer["fix"] or _FIX)

    def _start(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[1])
        command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _BOOT, root, self._target, str(self._seconds), str(self._memory)]
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            bufsize=0,
            start_new_session=True,
        )
        for pipe in _pipes(child):
            os.set_blocking(pipe.fileno(), False)
        self._child = child
        answer = self._ask(child, None, _START)
        if "value" not in answer:
            self._stop()
            raise DocumentError(answer["cause"], fix="install digest again: a part of it is missing")
        return child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in _pipes(child):
            pipe.close()

    def _ask(self, child: subprocess.Popen[bytes], content: bytes | None, seconds: float) -> dict[str, Any]:
        """Send one frame (None: only listen) and read one; whatever goes wrong comes back as a cause, without "value"."""
        try:
            answer = json.loads(_exchange(child, content, time.monotonic() + seconds))
            return answer if isinstance(answer, dict) else failed("gives no answer that can be read")
        except TimeoutError:
            self._stop()
            return failed(f"takes longer than {seconds:g} s to take apart")
        except EOFError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(5)
            return failed(_death(child.poll(), self._seconds))
        except (ValueError, RecursionError):
            return failed("gives no answer that can be read")


def _exchange(child: subprocess.Popen[bytes], content: bytes | None, until: float) -> bytes:
    """Write a frame and read one, never waiting beyond `until`; raises TimeoutError, EOFError or ValueError."""
    requests, answers = _pipes(child)
    left = memoryview(b"" if content is None else HEAD.pack(len(content)) + content)
    got = bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(answers, selectors.EVENT_READ)
        if left:
            waiting.register(requests, selectors.EVENT_WRITE)
        while True:
            ready = waiting.select(max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            for key, _ in ready:
                if key.fileobj is requests:
                    left = left[_written(requests, left) :]
                    if not left:
                        waiting.unregister(requests)
                    continue
                piece = answers.read(_PIECE)
                if not piece:
                    raise EOFError
                got += piece
            if len(got) >= HEAD.size:
                (length,) = HEAD.unpack_from(got)
                if length > _LONGEST:
                    raise ValueError(length)
                if len(got) >= HEAD.size + length:
                    return bytes(got[HEAD.size :])


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """To the child and from it."""
    assert child.stdin is not None  # noqa: S101 - both were asked for
    assert child.stdout is not None  # noqa: S101
    return child.stdin, child.stdout


def _written(pipe: IO[bytes], left: memoryview) -> int:
    try:
        return pipe.write(left[:_PIECE]) or 0
    except BrokenPipeError:
        raise EOFError from None


def _death(code: int | None, seconds: float) -> str:
    """What the end of a child says of its input, in words."""
    if code == -signal.SIGXCPU:
        return f"takes more than {seconds:g} s of computing to take apart"
    if code is not None and code < 0:
        return f"crashes its parser (signal {-code})"
    return "ends its parser"
