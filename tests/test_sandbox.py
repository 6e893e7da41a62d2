"""A parser in a child: what it answers, and every way in which it can go wrong."""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digest import confined
from digest.confined import HEAD, serve
from digest.errors import DocumentError
from digest.sandbox import Sandbox

HERE = "tests.test_sandbox"
WRITTEN = Path("/tmp/digest-sandbox-wrote")  # noqa: S108 - what a child tries to write, and must not


def work(content: bytes) -> Any:
    """What the child runs: the first word of the content says how it is to behave."""
    name = content[:40].decode("latin-1").split("\0")[0]
    return MANNERS[name](content) if name else None


def refuse(_: bytes) -> None:
    raise DocumentError("is refused", where="line 3", fix="mend it")


def plainly(_: bytes) -> None:
    raise DocumentError("is refused")


def loop(_: bytes) -> None:
    while True:
        pass


def recursion(content: bytes) -> Any:
    return recursion(content)


def chat(_: bytes) -> str:
    print("this must not get between the answers")
    os.write(1, b"\0" * 100)
    return "printed"


def forge(frame: bytes) -> None:
    """Write to whatever is open, as a parser that was taken over would."""
    for descriptor in range(3, 10):
        with contextlib.suppress(OSError):
            os.write(descriptor, frame)


MANNERS: dict[str, Callable[[bytes], Any]] = {
    "length": len,
    "pid": lambda _: os.getpid(),
    "environment": lambda _: (sorted(os.environ), sys.flags.isolated, str(Path.cwd())),
    "refuse": refuse,
    "plainly": plainly,
    "loop": loop,
    "hog": lambda _: len([b"x" * 2**20 for _ in range(4096)]),
    "recursion": recursion,
    "exit": lambda _: os._exit(3),
    "segfault": lambda _: os.kill(os.getpid(), signal.SIGSEGV),
    "computing": lambda _: os.kill(os.getpid(), signal.SIGXCPU),
    "print": chat,
    "unwritable": lambda _: {"a set": {1}},
    "write": lambda _: WRITTEN.write_text("x", encoding="utf-8"),
    "garbage": lambda _: forge(HEAD.pack(3) + b"[[["),
    "large": lambda _: forge(HEAD.pack(2**50)),
    "list": lambda _: forge(HEAD.pack(2) + b"[]"),
}


@pytest.fixture(scope="module")
def sandbox() -> Any:
    with Sandbox(f"{HERE}:work", seconds=10) as made:
        yield made


def cause(sandbox: Sandbox, content: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        sandbox.run(content)
    assert caught.value.fix
    return caught.value.cause


def test_the_value_comes_back(sandbox: Sandbox) -> None:
    assert sandbox.run(b"length") == 6
    assert sandbox.run(b"length\0" + bytes(3 * 2**20)) == 3 * 2**20 + 7
    assert sandbox.run(b"") is None


def test_one_child_serves_many_calls_quickly(sandbox: Sandbox) -> None:
    first = sandbox.run(b"pid")
    began = time.monotonic()
    assert {sandbox.run(b"pid") for _ in range(1000)} == {first}
    assert time.monotonic() - began < 5
    assert first != os.getpid()


def test_the_child_has_nothing_of_our_environment(sandbox: Sandbox) -> None:
    names, isolated, folder = sandbox.run(b"environment")
    assert set(names) <= {"LC_ALL", "LC_CTYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"}
    assert isolated == 1
    assert folder == "/"


def test_a_refusal_is_carried_over_and_the_child_stays(sandbox: Sandbox) -> None:
    before = sandbox.run(b"pid")
    with pytest.raises(DocumentError) as caught:
        sandbox.run(b"refuse")
    assert (caught.value.cause, caught.value.where, caught.value.fix) == ("is refused", "line 3", "mend it")
    assert cause(sandbox, b"plainly") == "is refused"
    assert sandbox.run(b"pid") == before


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hog", "takes more memory than is allowed to take apart"),
        (b"recursion", "cannot be taken apart (RecursionError)"),
        (b"exit", "ends its parser"),
        (b"segfault", f"crashes its parser (signal {signal.SIGSEGV})"),
        (b"computing", "takes more than 10 s of computing to take apart"),
        (b"unwritable", "cannot be taken apart (TypeError)"),
        (b"garbage", "gives no answer that can be read"),
        (b"large", "gives no answer that can be read"),
        (b"list", "gives no answer that can be read"),
    ],
)
def test_what_goes_wrong_is_said_and_the_next_call_gets_a_new_child(sandbox: Sandbox, content: bytes, told: str) -> None:
    before = sandbox.run(b"pid")
    assert cause(sandbox, content) == told
    assert sandbox.run(b"pid") != before


def test_a_file_is_never_written() -> None:
    WRITTEN.unlink(missing_ok=True)
    with Sandbox(f"{HERE}:work") as sandbox:
        assert cause(sandbox, b"write") == "cannot be taken apart (OSError)"
    assert WRITTEN.read_bytes() == b""
    WRITTEN.unlink()


def test_an_endless_loop_is_ended_in_time() -> None:
    with Sandbox(f"{HERE}:work", seconds=0.5) as sandbox:
        began = time.monotonic()
        assert cause(sandbox, b"loop") == "takes longer than 0.5 s to take apart"
        assert time.monotonic() - began < 10
        assert sandbox.run(b"length") == 6


def test_what_a_library_prints_does_not_get_between_the_answers(sandbox: Sandbox) -> None:
    assert sandbox.run(b"print") == "printed"
    assert sandbox.run(b"length") == 6


def test_a_child_that_died_between_calls_is_noticed() -> None:
    with Sandbox(f"{HERE}:work") as sandbox:
        os.kill(sandbox.run(b"pid"), signal.SIGKILL)
        assert cause(sandbox, bytes(2**20)) == f"crashes its parser (signal {signal.SIGKILL})"
        assert sandbox.run(b"length") == 6


def test_a_closed_sandbox_ends_its_child_and_can_begin_again() -> None:
    sandbox = Sandbox(f"{HERE}:work")
    sandbox.close()
    child = sandbox.run(b"pid")
    sandbox.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    with sandbox:
        assert sandbox.run(b"length") == 6


def test_threads_queue() -> None:
    found: list[int] = []
    with Sandbox(f"{HERE}:work") as sandbox:
        threads = [threading.Thread(target=lambda: found.append(sandbox.run(b"length"))) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert found == [6] * 20


@pytest.mark.parametrize("target", ["digest.nothing:work", f"{HERE}:nothing", "nothing"])
def test_a_target_that_is_not_there_is_named(target: str) -> None:
    with Sandbox(target) as sandbox:
        assert cause(sandbox, b"").startswith("cannot be taken apart here: ")


def told(answers: io.BytesIO) -> list[Any]:
    frames, content = [], answers.getvalue()
    while content:
        (length,) = HEAD.unpack(content[: HEAD.size])
        frames.append(json.loads(content[HEAD.size : HEAD.size + length]))
        content = content[HEAD.size + length :]
    return frames


def test_the_childs_side_answers_frame_by_frame_under_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[int, int] = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, pair: limits.__setitem__(what, pair[0]))
    asked = [b"length", b"refuse", b"recursion", b"unwritable"]
    requests = io.BytesIO(b"".join(HEAD.pack(len(one)) + one for one in asked) + b"cut")
    answers = io.BytesIO()
    serve(f"{HERE}:work", 3.0, 2**28, requests, answers)
    assert told(answers) == [
        {"value": None},
        {"value": 6},
        {"cause": "is refused", "where": "line 3", "fix": "mend it"},
        confined.failed("cannot be taken apart (RecursionError)"),
        confined.failed("cannot be taken apart (TypeError)"),
    ]
    assert limits[resource.RLIMIT_AS] == 2**28
    assert limits[resource.RLIMIT_FSIZE] == limits[resource.RLIMIT_CORE] == 0
    assert limits[resource.RLIMIT_CPU] >= 4


def test_the_childs_side_says_what_it_cannot_load_or_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = io.BytesIO()
    serve(f"{HERE}:nothing", 3.0, 2**28, io.BytesIO(), answers)
    assert told(answers)[0]["cause"].startswith("cannot be taken apart here")

    def full(_: bytes) -> None:
        raise MemoryError

    def refused(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(sys.modules[__name__], "work", full)
    monkeypatch.setattr(confined, "allow", lambda _: None)
    monkeypatch.setattr(resource, "setrlimit", refused)
    answers = io.BytesIO()
    serve(f"{HERE}:work", 3.0, 2**28, io.BytesIO(HEAD.pack(0)), answers)
    assert told(answers)[1]["cause"] == "takes more memory than is allowed to take apart"


def test_the_childs_pipes_are_moved_out_of_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[object] = []
    monkeypatch.setattr(sys, "argv", ["-c", "/root", "a:b", "2.5", "1000"])
    monkeypatch.setattr(os, "dup", lambda descriptor: descriptor)
    monkeypatch.setattr(os, "dup2", lambda left, right: served.append((left, right)))
    monkeypatch.setattr(os, "fdopen", lambda descriptor, mode: (descriptor, mode))
    monkeypatch.setattr(confined, "serve", lambda *arguments: served.extend(arguments))
    confined.main()
    assert served == [(2, 1), "a:b", 2.5, 1000, (0, "rb"), (1, "wb")]
