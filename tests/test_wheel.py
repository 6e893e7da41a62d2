"""An installed wheel carries templates, settings and sample, and works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]


def called(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(  # noqa: S603 - our own build and program
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=200, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("wheel")
    done = called(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", ROOT, "-w", place, cwd=place)
    assert done.returncode == 0, done.stderr
    (made,) = place.glob("*.whl")
    return made


def files(folder: str) -> set[str]:
    """What the repository has in a folder, as the wheel should hold it."""
    return {f"digest/_shipped/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize("folder", ["templates", "config", "sample", "tests/cases", "tests/quality/stories", "tests/quality/notes"])
def test_it_holds_every_file_that_a_newsroom_needs(wheel: Path, folder: str) -> None:
    assert files(folder)
    assert files(folder) <= set(zipfile.ZipFile(wheel).namelist())


def test_it_holds_the_package_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "digest").rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert sources <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"digest", "digest_newsroom"}
    assert not [name for name in names if name.endswith((".pyc", ".sqlite3"))]
    assert [name for name in names if name.endswith("/LICENSE")]


def test_installed_it_lays_out_a_newsroom_and_builds_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    assert called(sys.executable, "-m", "venv", "--without-pip", home, cwd=tmp_path).returncode == 0
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", home / "bin/python"]
    done = called(*pip, "install", "--quiet", "--no-deps", "--no-index", "--no-compile", wheel, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (site,) = (home / "lib").glob("python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")  # the libraries of this environment, behind its own
    digest = home / "bin" / "digest"

    where = called(home / "bin/python", "-c", "import digest; print(digest.__file__)", cwd=tmp_path).stdout
    assert where.startswith(str(site)), "the installed package is the one that runs"
    done = called(digest, "init", "mydigest", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Next: cd mydigest && digest build" in done.stdout
    done = called(digest, "build", cwd=tmp_path / "mydigest")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "mydigest/outbox/2026-W47/issue.html").stat().st_size > 10_000
    done = called(digest, "verify", "2026-W47", cwd=tmp_path / "mydigest")
    assert done.stdout == "2026-W47: the same bytes, file by file\n"
