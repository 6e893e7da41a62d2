"""Makes the pictures of this folder anew: `python docs/img/make.py`, with Chromium. They show the sample week."""

from __future__ import annotations

import base64
import re
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the tests' driver of Chromium

from digest import pipeline, store
from digest.model import Issue
from digest.render.forms import HTML
from digest.render.templates import Template
from digest.settings import Settings, load
from digest.shipped import folder
from tests.preview.chromium import Page
from tests.preview.newsrooms import running

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Shot:
    """One picture: which theme, in what window, and how."""

    name: str
    theme: str = "default"
    width: int = 1200
    height: int = 1500
    dark: bool = False
    bare: bool = False
    language: str = "en"


SHOTS = (
    Shot("issue-wide", width=900, height=1300),
    Shot("issue-dark", width=900, height=1300, dark=True),
    Shot("issue-phone", width=375, height=1100),
    Shot("issue-bare", width=375, height=1100, bare=True),
    Shot("issue-arabic", width=700, height=1000, language="ar"),
    *(Shot(f"theme-{theme}", theme, 700, 1000) for theme in ("briefing", "brief", "report", "plain")),
    *(Shot(f"theme-{theme}-dark-phone", theme, 375, 1000, dark=True) for theme in ("briefing", "brief", "report", "plain")),
)


@cache
def sample(language: str) -> tuple[Settings, Issue]:
    """The sample week as an issue, built from a store that nobody keeps."""
    settings = load(folder("sample") / "digest.toml")
    settings = settings.model_copy(update={"digest": settings.digest.model_copy(update={"language": language})})
    with tempfile.TemporaryDirectory() as home, closing(store.trial(Path(home) / "store")) as opened:
        return settings, pipeline.build(settings, opened, settings.digest.as_of or datetime.now(UTC))[0]


def page_of(shot: Shot) -> str:
    """The mail of a shot, as a client without style blocks has it where the shot is `bare`."""
    settings, issue = sample(shot.language)
    digest = settings.digest.model_copy(update={"theme": shot.theme, "public_url": "https://digest.example"})
    chosen = settings.model_copy(update={"digest": digest})
    html = Template(HTML, chosen, mail=True).render(issue)[0].content.decode()
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL) if shot.bare else html


def written(browser: Page, name: str) -> None:
    """What the window shows, as WebP."""
    seen = browser.call("Page.captureScreenshot", format="webp", quality=72)["data"]
    (HERE / f"{name}.webp").write_bytes(base64.b64decode(seen))


def preview(browser: Page) -> None:
    """The preview of the sample, wide, and on a phone with what it folds there open."""
    with running(folder("sample") / "digest.toml") as there:
        for name, width, height, dark in (("preview", 1200, 1000, False), ("preview-phone", 375, 1300, True)):
            browser.resize(width, height, dark)
            browser.open(f"{there.address}/?{name}")
            browser.wait("!document.querySelector('.next') && document.querySelector('iframe') !== null", 60)
            browser.tell("document.querySelector('#facts').open = true")
            written(browser, name)


def main() -> None:
    """Write every picture as WebP."""
    with tempfile.TemporaryDirectory() as home, Page(Path(home) / "profile") as browser:
        for shot in SHOTS:
            file = Path(home) / f"{shot.name}.html"
            file.write_text(page_of(shot), "utf-8")
            browser.resize(shot.width, shot.height, shot.dark)
            browser.open(file.as_uri())
            browser.wait(f"document.readyState == 'complete' && location.pathname.endsWith('/{shot.name}.html')")
            written(browser, shot.name)
        preview(browser)


if __name__ == "__main__":
    main()
