"""Small newsrooms to build in, and the ways to run the program on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from digest import pipeline, store
from digest.cli import main
from digest.model import Batch, Issue
from digest.settings import Settings, load
from tests.conftest import NOW

AS_OF = NOW.isoformat()
ISSUE = "2026-W47"
HEAD = '[digest]\ntitle = "The Quay"\ntimezone = "Europe/Berlin"\n'
INBOX = '\n[[sources]]\nname = "Inbox"\npath = "inbox"\noutlets = "folders"\n'

FIRE = (
    "A fire destroyed the rope store on Gannet Quay early on Thursday. Forty firefighters worked until noon to keep the flames from "
    "the fish hall, and nobody was hurt. The harbour master, Odile Brand, said that the loss of 900 coils of hemp would be felt for years."
)
FIRE_TOO = (
    "The rope store on Gannet Quay burned down on Thursday morning. Harbour master Odile Brand praised the forty firefighters who saved "
    "the fish hall next door. An insurer put the damage at two million crowns, and a night watchman told police of a blue lamp."
)
CHESS = (
    "Schoolchildren from eleven villages filled the assembly rooms in Lower Tarn for the valley chess cup on Sunday. The youngest player, "
    "who is six, brought a cushion to see over the table and held the district champion to a draw in the first round."
)
BEES = (
    "Beekeepers on the moor report the best heather honey in twenty summers. Warm nights in August kept the bees at work, they say, and "
    "the cooperative in Ashby has run out of jars and is asking households to hand in clean ones at the dairy gate."
)


@dataclass(frozen=True)
class Room:
    """A newsroom in a folder, with `digest.toml` in it."""

    root: Path

    @classmethod
    def made(cls, root: Path, more: str = "", *, head: str = HEAD, sources: str = INBOX) -> Room:
        (root / "inbox").mkdir(parents=True)
        (root / "digest.toml").write_text(head + sources + more, encoding="utf-8")
        return cls(root)

    @property
    def config(self) -> Path:
        return self.root / "digest.toml"

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.root / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def report(self, outlet: str, name: str, title: str, text: str, published: str = "2026-11-19T09:00:00+01:00", **more: Any) -> Path:
        row = {"id": name, "title": title, "text": text, "published": published, "language": "en", **more}
        return self.file(f"{outlet}/{name}.json", json.dumps(row))

    def with_reports(self) -> Room:
        """Four reports: one event told by two outlets, and two others."""
        self.report("Gannet Gazette", "fire", "Fire destroys rope store on Gannet Quay", FIRE)
        self.report("Moor Mail", "fire-too", "Gannet Quay rope store burns down", FIRE_TOO)
        self.report("Moor Mail", "chess", "Six-year-old draws with valley chess champion", CHESS)
        self.report("Gannet Gazette", "bees", "Heather honey runs out of jars", BEES)
        return self

    def settings(self) -> Settings:
        return load(self.config)

    def run(self, *arguments: str) -> Result:
        """A command with the settings of this room."""
        return run(*arguments, "--config", str(self.config))

    def built(self, *more: str, as_of: str = AS_OF) -> Result:
        return self.run("build", "--as-of", as_of, *more)

    def build(self, now: datetime = NOW) -> tuple[Issue, Batch, pipeline.Outcome]:
        """Build and publish, without the command line."""
        settings = self.settings()
        with closing(store.opened(settings.path(settings.paths.store))) as opened:
            issue, batch = pipeline.build(settings, opened, now)
            return issue, batch, pipeline.publish(settings, opened, (issue, batch), now)

    def record(self, issue: str = ISSUE) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.outbox / issue / "issue.json").read_bytes())
        return found

    def page(self, name: str, issue: str = ISSUE) -> str:
        return (self.outbox / issue / name).read_text(encoding="utf-8")


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    """A command, in this process; an unexpected error stays loud."""
    return CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)


def process(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command, in a process of its own, where warnings are errors too."""
    command = [sys.executable, "-W", "error", "-c", "from digest.cli import main; main(prog_name='digest')", *arguments]
    return subprocess.run(  # noqa: S603 - our own program
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )


@contextmanager
def alongside(command: Sequence[str], cwd: Path | None = None, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """A program that runs on beside the test, and is ended with the block, whatever became of it."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=cwd, env=os.environ | environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as started:  # noqa: S603 - our own program
        try:
            yield started
        finally:
            started.kill()


def listing(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder with its bytes, and every empty folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"folder" for path in sorted(folder.rglob("*"))}


def titles(record: Mapping[str, Any]) -> list[str]:
    """The headlines of every report shown, as leads and as members."""
    return [member["title"] for story in stories(record) for member in story["members"]]


def stories(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [story for section in record["sections"] for story in section["stories"]]
