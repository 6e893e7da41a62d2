"""Checkers written in JavaScript and Java, where `.ci/tools` has put them: outside the repository, at the versions named there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
HOME = Path(os.environ.get("DIGEST_TOOLS") or _CACHE / "digest-tools") / "node_modules"
# What mail needs and a web page does not: styles inline, comments for Outlook, roles where mail programs drop <main>.
_MAIL = dict.fromkeys(("no-inline-style", "no-conditional-comment", "prefer-native-element"), "off")
_PATIENCE = 180  # seconds for one of them


def needed(*parts: str) -> Path:
    """A file of a tool. Where it is not installed the test is skipped; in CI it fails, unless `.ci/run` could not fetch the tools."""
    file = HOME.joinpath(*parts)
    if not file.exists():
        assert os.environ.get("CI") != "true" or os.environ.get("DIGEST_TOOLS") == "unreachable", f"{file} is missing: run .ci/tools"
        pytest.skip(f"{parts[0]} is not installed: run .ci/tools")
    return file


def axe() -> str:
    """The source of axe-core."""
    return needed("axe-core", "axe.min.js").read_text("utf-8")


def validated(*pages: Path) -> str:
    """What html-validate says of the pages: nothing where they are clean."""
    program = needed(".bin", "html-validate")
    rules = pages[0].parent / "rules.json"
    rules.write_text(json.dumps({"extends": ["html-validate:recommended"], "rules": _MAIL}), "utf-8")
    command: list[str | Path] = [program, "--config", rules, *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE)  # noqa: S603 - a checker of our own cache
    return done.stdout if done.returncode else ""


def checked(*pages: Path) -> list[str]:
    """What the Nu Html Checker says of the pages, but for the one property that Outlook alone knows."""
    jar, java = needed("vnu-jar", "build", "dist", "vnu.jar"), shutil.which("java")
    if java is None:
        pytest.skip("there is no Java")
    command: list[str | Path] = [java, "-jar", jar, "--format", "gnu", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE)  # noqa: S603 - a checker of our own cache
    return [line for line in done.stderr.splitlines() if "mso-hide" not in line]


def linted(*pages: Path) -> str:
    """What markdownlint says of the pages; a headline may be longer than its 80 columns."""
    program = needed(".bin", "markdownlint-cli2")
    (pages[0].parent / ".markdownlint-cli2.jsonc").write_text('{"config": {"MD013": false}}', "utf-8")
    command: list[str | Path] = [program, *(page.name for page in pages)]
    where = pages[0].parent
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE, cwd=where)  # noqa: S603
    return done.stderr if done.returncode else ""


def spam(*mails: bytes) -> list[float]:
    """What SpamAssassin's own rules say of mails, asking nobody on the network: its points, of which five make spam."""
    program = shutil.which("spamassassin")
    if program is None:
        pytest.skip("SpamAssassin is not installed")
    box = b"".join(b"From digest@example.org Sat Nov 28 10:00:00 2026\n" + mail.replace(b"\r\n", b"\n") + b"\n" for mail in mails)
    done = subprocess.run([program, "--local", "--mbox"], input=box, capture_output=True, check=True)  # noqa: S603
    return [float(points) for points in re.findall(rb"^X-Spam-Status: \w+, score=(-?[\d.]+)", done.stdout, re.MULTILINE)]
