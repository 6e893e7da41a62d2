"""The child process: what it answers, and what becomes of one that dies, hangs or grows."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest

from digest.errors import DocumentError
from digest.sandbox import Sandbox


def worked(content: bytes) -> Any:
    """In the child: what the tests ask for by name."""
    word = content[:10].decode("ascii", "replace")
    if word == "die":
        os._exit(3)
    if word == "sleep":
        time.sleep(60)
    if word == "grow":
        return len(b"x" * 2**31)
    if word == "wrong":
        raise DocumentError("is wrong", where="there", fix="mend it")
    if word == "bug":
        raise KeyError("x")
    if word == "set":
        return {1, 2}
    if word == "print":
        print("not an answer")
    return {"pid": os.getpid(), "size": len(content), "secret": os.environ.get("DIGEST_SECRET", "")}


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox("tests.test_sandbox:worked", seconds=2)


def test_one_child_answers_many_times(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_SECRET", "weir")
    with sandbox:
        answers = [sandbox.run(content) for content in (b"", b"x" * 5_000_000, b"print")]
    assert [answer["size"] for answer in answers] == [0, 5_000_000, 5]
    assert len({answer["pid"] for answer in answers} - {os.getpid()}) == 1
    assert answers[0]["secret"] == ""


@pytest.mark.parametrize("word", [b"die", b"sleep", b"grow", b"bug", b"set"])
def test_what_goes_wrong_is_an_error_and_the_next_run_works(sandbox: Sandbox, word: bytes) -> None:
    began = time.monotonic()
    with sandbox:
        with pytest.raises(DocumentError) as caught:
            sandbox.run(word)
        assert caught.value.cause
        assert caught.value.fix
        assert sandbox.run(b"")["size"] == 0
    assert time.monotonic() - began < 10


def test_an_error_of_the_function_comes_back_as_it_is(sandbox: Sandbox) -> None:
    with sandbox, pytest.raises(DocumentError) as caught:
        sandbox.run(b"wrong")
    assert (caught.value.cause, caught.value.where, caught.value.fix) == ("is wrong", "there", "mend it")


def test_a_sandbox_that_was_never_used_has_nothing_to_end(sandbox: Sandbox) -> None:
    with sandbox:
        pass


def test_a_function_that_is_not_there_is_an_error() -> None:
    with Sandbox("tests.test_sandbox:none") as missing, pytest.raises(DocumentError):
        missing.run(b"x" * 1_000_000)
