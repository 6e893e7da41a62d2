"""The archive page in Chromium, and what other people's checkers say of it and of the preview."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.render.archive import archive
from tests.preview.chromium import Page
from tests.preview.newsrooms import newsroom, running

from . import tools
from .made_up import settings
from .test_archive import one

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SHOWN = "[...document.querySelectorAll('.issue')].filter((one) => one.getClientRects().length).length"
ISSUES = [one(number, headlines=(f"Weir {number} lowered", "Brücke gesperrt", "إغلاق الجسر")) for number in range(1, 61)]


def written(tmp_path: Path, language: str = "en") -> Path:
    """The page of sixty issues as a file."""
    content = archive(settings(tmp_path, language=language), ISSUES)[0].content
    (tmp_path / "index.html").write_bytes(content)
    return tmp_path / "index.html"


def shown(browser: Page, file: Path, width: int = 1200, *, dark: bool = False) -> None:
    browser.errors.clear()
    browser.resize(width, 900, dark)
    browser.open(file.as_uri())
    browser.wait(f"document.readyState == 'complete' && location.pathname == {str(file)!r}")


def typed(browser: Page, words: str) -> str:
    """What the page says after these words were typed."""
    told: str = browser.tell(
        f"(() => {{ const f = document.getElementById('search'); f.value = {json.dumps(words)};"
        "f.dispatchEvent(new Event('input')); return document.getElementById('told').textContent })()"
    )
    return told


def test_the_search_finds_issues_by_all_words_whatever_their_accents(browser: Page, tmp_path: Path) -> None:
    shown(browser, written(tmp_path))
    assert browser.tell(SHOWN) == 60
    assert typed(browser, "weir 45") == "1 of 60"
    assert browser.tell(SHOWN) == 1
    assert browser.tell("document.querySelector('.issue:not([hidden]) details').open")
    assert browser.tell("[...document.querySelectorAll('.year:not([hidden]) h2')].map((one) => one.textContent).join()") == "2026"
    assert typed(browser, "BRUCKE gesperrt") == "60 of 60"
    assert typed(browser, "<script>") == "No headline holds all of these words."
    assert browser.tell(SHOWN) == 0
    assert typed(browser, "") == ""
    assert browser.tell(SHOWN) == 60
    assert browser.errors == []


def test_without_scripting_every_issue_shows_and_no_search(browser: Page, tmp_path: Path) -> None:
    file = written(tmp_path)
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    shown(browser, file)
    assert browser.tell(SHOWN) == 60
    assert browser.tell("document.getElementById('form').getClientRects().length") == 0


def test_a_script_that_is_not_its_own_does_not_run(browser: Page, tmp_path: Path) -> None:
    file = written(tmp_path)
    file.write_text(
        file.read_text("utf-8").replace("<main>", "<main><script>window.__ran = 1</script><img src=x onerror='window.__ran = 1'>"), "utf-8"
    )
    shown(browser, file)
    assert browser.tell("window.__ran ?? null") is None
    assert any("Content Security Policy" in error for error in browser.errors)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_nothing_is_wider_than_the_window(browser: Page, tmp_path: Path, language: str) -> None:
    shown(browser, written(tmp_path, language))
    for width in (320, 375, 1200):
        browser.resize(width, 900)
        assert browser.tell("document.documentElement.scrollWidth") == width


def violations(browser: Page) -> list[str]:
    browser.tell(f"{tools.axe()};0")
    found: list[str] = browser.tell(
        f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})"
        ".then((found) => found.violations.map((one) => one.id + ' ' + one.nodes[0].html.slice(0, 200)))"
    )
    return found


@pytest.mark.parametrize(("language", "width", "dark"), [("en", 1200, False), ("en", 375, True), ("ar", 375, False)])
def test_axe_finds_nothing_on_the_archive(browser: Page, tmp_path: Path, language: str, width: int, dark: bool) -> None:
    tools.axe()
    shown(browser, written(tmp_path, language), width, dark=dark)
    typed(browser, "weir 4")  # some hidden, some open
    assert violations(browser) == []


def test_axe_finds_nothing_on_the_preview(browser: Page, tmp_path: Path) -> None:
    tools.axe()
    with running(newsroom(tmp_path / "room")) as there:
        browser.call("Page.setBypassCSP", enabled=True)  # so that axe itself may run
        browser.open(there.address)
        browser.wait("!document.querySelector('.next') && document.querySelector('iframe') !== null")
        for width, dark in ((1200, False), (375, True)):
            browser.resize(width, 900, dark)
            assert violations(browser) == [], (width, dark)


def test_html_validate_finds_nothing(tmp_path: Path) -> None:
    files = []
    for language in ("en", "de", "fr", "es", "zh", "ar"):
        (tmp_path / language).mkdir()
        files.append(written(tmp_path / language, language))
    assert tools.validated(*files) == ""


def test_the_nu_checker_finds_nothing(tmp_path: Path) -> None:
    """But for its warning that the script is not allowed: it compares no hash, and in Chromium the script runs."""
    found = tools.checked(written(tmp_path, "ar"))
    assert [line for line in found if "Content Security Policy" not in line] == []
