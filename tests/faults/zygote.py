"""Runs `digest` commands, each in a forked process of its own that the shim breaks at one call.

Forking saves the second that Python needs to load the program; what runs is the program's own `main()`.
One JSON request a line on standard input, one answer a line on standard output.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

from digest import cli, closing, pipeline, rebuild, reports, service, store  # noqa: F401 - loaded before the forks, on purpose
from tests.faults.world import CLOSES, newsroom, second_week


def child(asked: dict[str, Any]) -> None:
    """One command, broken as asked; never returns."""
    out = os.open(asked["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.chdir(asked["cwd"])
    os.environ.update(asked["env"])
    trace = os.open(asked["trace"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC) if asked["trace"] else -1
    shim = ctypes.CDLL(None)
    kind = asked["kind"].encode()
    shim.fault_arm(asked["root"].encode(), ctypes.c_char(kind), ctypes.c_long(asked["at"]), asked["code"], asked["opens"], trace)
    status = 0
    try:
        cli.main(args=asked["arguments"], prog_name="digest")
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - shown as the interpreter would
        sys.excepthook(*sys.exc_info())
        status = 70
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def warm() -> None:
    """Run one round here, so that what is loaded where it is first used is loaded before the forks."""
    room = newsroom(Path(tempfile.mkdtemp()) / "room")
    second_week(room)
    os.environ["DIGEST_WORLD"] = str(room.root.parent / "world.txt")
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), suppress(SystemExit):
        cli.main(args=["build", "--config", str(room.config), "--as-of", CLOSES[0]], prog_name="digest")
    shutil.rmtree(room.root.parent)


def main() -> None:
    warm()
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            child(asked)
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"status": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    main()
