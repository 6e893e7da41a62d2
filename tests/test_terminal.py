"""Plain lines where a program reads, rich where a person looks on, and no control character anywhere."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable

import pytest

from digest import terminal
from digest.errors import DigestError
from digest.model import Failure


class Screen(io.StringIO):
    """What a person looks on."""

    def isatty(self) -> bool:
        return True


Shown = Callable[[Callable[[], object]], str]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """What a person sees of an action."""
    for name, value in (("TERM", "xterm-256color"), ("COLUMNS", "80")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def watch(action: Callable[[], object]) -> str:
        screen = Screen()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", screen)
            patched.setattr(sys, "stderr", screen)
            action()
        return screen.getvalue()

    return watch


FAILURES = tuple(Failure("Quay", f"Quay/{number}.txt", "is empty", "fill it") for number in range(60))


def test_a_line_is_plain_where_nobody_looks_on(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say("done [bold]", "green")
    terminal.say()
    assert capsys.readouterr().out == "done [bold]\n\n"


def test_a_line_has_its_colour_on_a_terminal_and_no_markup(shown: Shown) -> None:
    assert shown(lambda: terminal.say("done [bold]", "green")) == "\x1b[32mdone [bold]\x1b[0m\n"


def test_a_long_line_is_not_broken_on_a_terminal(shown: Shown) -> None:
    assert shown(lambda: terminal.say("/a/path" * 40, "bold")).count("\n") == 1


def test_json_is_readable_where_the_stream_can_hold_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.say_json({"a": "ü"})
    assert capsys.readouterr().out == '{\n "a": "ü"\n}\n'
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    terminal.say_json({"a": "ü"})
    narrow.seek(0)
    assert json.loads(narrow.read()) == {"a": "ü"}


def test_an_error_is_told_as_cause_place_and_fix(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.complain(DigestError("is \x1b[31mbroken\x07", where="a\u202eb", fix="mend it"))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("digest: a")
    assert told.err.endswith("broken\n  mend it\n")
    assert not set(told.err) & set("\x1b\x07\u202e")


def test_failures_are_named_with_cause_and_fix(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.failures([Failure("Quay", "", "is silent"), Failure("Quay", "a\x1b.txt", "is\nempty", "fill\rit")])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 problems, survived:"
    assert lines[1] == "  Quay is silent"
    assert lines[2].startswith("  a")
    assert lines[2].endswith(".txt is empty — fill it")
    assert "\x1b" not in lines[2]


def test_very_many_failures_are_counted_and_say_where_the_rest_is(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.failures(FAILURES, footer=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "60 problems, survived (each is in the issue's coverage footer too):"
    assert len(lines) == 52
    assert lines[-1] == "  … and 10 more: all of them with --json"


def test_no_failure_is_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.failures([])
    terminal.warn([])
    assert capsys.readouterr() == ("", "")


def test_a_warning_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.warn(FAILURES[:1])
    assert capsys.readouterr() == ("", "digest: Quay/0.txt is empty — fill it\n")


def test_a_table_has_columns_in_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.table(("issue", "files"), [("2026-W47", 5), ("a\x1bb", "")])
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["issue     files", "2026-W47  5"]
    assert "\x1b" not in lines[2]


def test_a_table_is_drawn_on_a_terminal(shown: Shown) -> None:
    told = shown(lambda: terminal.table(("issue", "files"), [("2026-W47", "[bold]5[/bold]")]))
    assert "2026-W47" in told
    assert "[bold]5[/bold]" in told
    assert "─" in told


def test_progress_is_one_plain_line_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.progress() as told:
        for step in ("gather", "gather", "group", "write", "write"):
            told(step, 0, 1)
    assert capsys.readouterr() == ("", "Gathering …\nGrouping …\nWriting notes …\n")


def test_progress_says_nothing_where_only_json_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.progress(quiet=True) as told:
        told("gather", 0, 1)
    assert capsys.readouterr() == ("", "")


def test_progress_is_a_bar_on_a_terminal(shown: Shown) -> None:
    def work() -> None:
        with terminal.progress() as told:
            told("gather", 0, 2)
            told("gather", 2, 2)

    screen = shown(work)
    assert "Gathering" in screen
    assert "2/2" in screen


def test_a_passage_is_cut_to_one_visible_line() -> None:
    assert terminal.passage("one\ntwo\x1b three", 7) == "one tw…"
