"""The preview as it runs: a file changes, the page hears of it, and nothing is consumed."""

from __future__ import annotations

import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from digest import preview
from digest.errors import DigestError
from digest.preview.server import listen
from tests.rooms import alongside

from .newsrooms import NOW, SETTINGS, Running, newsroom, report, running


def events(client: httpx.Client) -> Iterator[str]:
    """The names of the events, as they come."""
    with client.stream("GET", "/events") as answer:
        for line in answer.iter_lines():
            if line.startswith("event: "):
                yield line.removeprefix("event: ")
            elif line.startswith("retry"):
                yield "open"


def until_built(there: Running) -> None:
    """Wait for the first build."""
    end = time.monotonic() + 20
    while there.client.get("/state.json").json()["issue"] is None:
        assert time.monotonic() < end, there.lines
        time.sleep(0.05)


def test_changes_are_shown_and_mistakes_keep_the_last_good_issue(tmp_path: Path) -> None:
    file = newsroom(tmp_path)
    with running(file) as there:
        until_built(there)
        heard = events(there.client)
        assert next(heard) == "open"

        report(tmp_path, "bridge")
        assert next(heard) == "rebuilt"
        assert "Bridge over the sound" in there.client.get("/issue.html").text

        file.write_text(SETTINGS.replace("title", "titel"), "utf-8")
        assert next(heard) == "failed"
        state = there.client.get("/state.json").json()
        assert "did you mean 'title'" in state["mistake"]["cause"]
        assert state["mistake"]["where"] == str(file)
        assert state["issue"]["title"] == "The Small Paper"
        assert "Bridge over the sound" in there.client.get("/issue.html").text

        file.write_text(SETTINGS.replace("Small", "Great"), "utf-8")
        assert next(heard) == "rebuilt"
        state = there.client.get("/state.json").json()
        assert state["mistake"] is None
        assert state["issue"]["title"] == "The Great Paper"

        theme = tmp_path / "templates" / "default"
        theme.mkdir(parents=True)
        (theme / "issue.html.j2").write_text("\n\n{{ issue.titel }}", "utf-8")
        while next(heard) != "failed":
            pass
        assert there.client.get("/state.json").json()["mistake"]["where"] == f"{theme / 'issue.html.j2'}:3"
        heard.close()  # type: ignore[attr-defined]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["config", "inbox", "templates"]
    assert there.lines[0].startswith("Built 2026-W47 in ")


def test_the_server_stops_while_somebody_listens(tmp_path: Path) -> None:
    with running(newsroom(tmp_path)) as there:
        heard = events(there.client)
        assert next(heard) == "open"
        start = time.monotonic()
    assert time.monotonic() - start < 10
    heard.close()  # type: ignore[attr-defined]


def test_a_newsroom_that_is_wrong_from_the_start_is_told_and_can_be_mended(tmp_path: Path) -> None:
    file = newsroom(tmp_path)
    file.write_text("[digest\n", "utf-8")
    with running(file) as there:
        heard = events(there.client)
        end = time.monotonic() + 10
        while not (mistake := there.client.get("/state.json").json()["mistake"]):
            assert time.monotonic() < end
        assert "is not TOML" in mistake["cause"]
        assert there.client.get("/issue.html").status_code == 404
        assert next(heard) == "open"
        file.write_text(SETTINGS, "utf-8")
        assert next(heard) == "rebuilt"
        assert there.client.get("/issue.html").status_code == 200
        heard.close()  # type: ignore[attr-defined]


def test_strangers_are_refused_over_the_wire(tmp_path: Path) -> None:
    with running(newsroom(tmp_path)) as there:
        assert there.client.get("/", headers={"Host": "evil.example"}).status_code == 421
        assert there.client.post("/").status_code == 405
        assert "server" not in there.client.get("/").headers


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(DigestError) as caught:
            preview.serve(newsroom(tmp_path), lambda: NOW, port=port)
    assert caught.value.where == f"127.0.0.1:{port}"
    assert "something else listens" in caught.value.cause
    assert "--port" in caught.value.fix


def test_an_address_that_is_not_ours_is_told() -> None:
    with pytest.raises(DigestError, match="cannot listen there"):
        listen("192.0.2.1", 65535)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_ctrl_c_stops_it(tmp_path: Path, host: str) -> None:
    try:
        listen(host, 0).close()
    except DigestError:
        pytest.skip(f"this machine has no {host}")
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if line.startswith("Built"):  # earlier, nobody would catch it but the tests as a whole
            signal.raise_signal(signal.SIGINT)

    preview.serve(newsroom(tmp_path), lambda: NOW, host, 0, say)
    assert said[0].startswith("Preview at http://" + ("127.0.0.1:" if host == "127.0.0.1" else "[::1]:"))
    assert said[0].endswith("/ — Ctrl-C stops it")
    assert said[-1] == "Preview stopped"


def test_ctrl_c_ends_a_process_cleanly(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import datetime, UTC; from pathlib import Path; from digest.preview import serve\n"
        "serve(Path(sys.argv[1]), lambda: datetime.now(UTC), port=0, say=lambda line: print(line, flush=True))"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(newsroom(tmp_path))]
    with alongside(command) as process:
        assert process.stdout is not None
        while not process.stdout.readline().startswith("Built"):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=20)
    assert (process.returncode, out, errors) == (0, "Preview stopped\n", "")
