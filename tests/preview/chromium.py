"""Chromium over its debugging pipe: real pages, real keys, no further library."""

from __future__ import annotations

import base64
import fcntl
import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars --remote-debugging-pipe"
).split()
_PATIENCE = 60  # seconds for an answer; a page that is busy gives none
_SLOWEST = 20_000  # bytes of a page that a busy machine lays out in a second

# Chromium reads orders from 3 and writes answers to 4, whatever their numbers are here.
_MOVE = "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are out of the way of 3 and 4."""
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]


def program() -> str | None:
    """Where Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("/usr/bin/chromium")


class Page:
    """One page of a Chromium of its own.

    What the page logs as an error is kept in `errors`, and every address that it asks for in `requests`. `patience` is how many
    seconds an answer may take; `expect` makes it longer for a large page.
    """

    def __init__(self, profile: Path, width: int = 1200, height: int = 1000) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.patience = float(_PATIENCE)
        self._numbers = itertools.count(1)
        orders, self._out = _pipe()
        self._in, answers = _pipe()
        self._buffer, self._session, self._size = b"", "", (width, height)
        command = [str(program()), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        moved = [sys.executable, "-c", _MOVE, str(orders), str(answers), *command]
        self._process = subprocess.Popen(moved, pass_fds=(orders, answers), stderr=subprocess.DEVNULL)  # noqa: S603
        os.close(orders)
        os.close(answers)

    def __enter__(self) -> Page:
        try:
            target = self.call("Target.createTarget", url="about:blank")["targetId"]
            self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network"):
                self.call(f"{domain}.enable")
            self.resize(*self._size)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        os.close(self._out)
        os.close(self._in)

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Order something, and wait for the answer."""
        number = next(self._numbers)
        order: dict[str, object] = {"id": number, "method": method, "params": params}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._out, json.dumps(order).encode() + b"\0")
        while True:
            answer = self._answer()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            if answer.get("method") in {"Log.entryAdded", "Runtime.exceptionThrown"}:
                self.errors.append(json.dumps(answer["params"]))
            elif answer.get("method") == "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])

    def _answer(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            assert select.select([self._in], [], [], self.patience)[0], f"Chromium said nothing for {self.patience:.0f} seconds"
            found = os.read(self._in, 1 << 20)
            assert found, "Chromium has ended"
            self._buffer += found
        first, _, self._buffer = self._buffer.partition(b"\0")
        answer: dict[str, Any] = json.loads(first)
        return answer

    def resize(self, width: int, height: int, dark: bool = False) -> None:
        """Make the window so large, and the system light or dark."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def clear(self) -> None:
        """An empty page again, light, with scripts and the pages' own rules, and nothing on record."""
        self.patience = float(_PATIENCE)
        self.call("Emulation.setAutoDarkModeOverride", enabled=False)
        self.call("Emulation.setScriptExecutionDisabled", value=False)
        self.call("Page.setBypassCSP", enabled=False)
        self.resize(1200, 1000)
        self.open("about:blank")
        self.wait("location.href === 'about:blank'")
        self.errors.clear()
        self.requests.clear()

    def expect(self, size: int) -> None:
        """Have the patience that a page of `size` bytes needs."""
        self.patience = _PATIENCE + size / _SLOWEST

    def open(self, address: str) -> None:
        """Go to an address."""
        self.call("Page.navigate", url=address)

    def tell(self, script: str) -> Any:
        """The value of a JavaScript expression in the page."""
        return self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)["result"].get("value")

    def wait(self, script: str, seconds: float = 15) -> Any:
        """Wait until an expression is true."""
        end = time.monotonic() + seconds
        while not (found := self.tell(script)):
            assert time.monotonic() < end, f"never true: {script}; errors: {self.errors}"
            time.sleep(0.05)
        return found

    def press(self, key: str) -> None:
        """Press and release a key."""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, text=key if len(key) == 1 else "")

    def shot(self, file: Path) -> None:
        """Save what the window shows."""
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))
