"""What only a browser and other people's checkers can tell of a mail: widths, contrast, measure, landmarks, validity."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digest.model import Issue
from digest.render.forms import HTML, MARKDOWN
from digest.render.templates import Template
from tests.preview.chromium import Page, program

from . import made_up, tools

pytestmark = [pytest.mark.browser, pytest.mark.slow]
THEMES = ("default", "briefing", "brief", "report", "plain")
ISSUES = {"full": made_up.full, "one": made_up.one, "many": made_up.many}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Every text against the first opaque ground behind it, by the formula of WCAG 2.
CONTRAST = """(() => {
  const part = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = (c) => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
  const rgb = (s) => s.match(/[\\d.]+/g).map(Number);
  const ground = (e) => { for (; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = 21;
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !e.getClientRects().length) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    least = Math.min(least, (a + 0.05) / (b + 0.05));
  }
  return least;
})()"""
# Lines and characters of the paragraphs that have three lines and more.
MEASURE = """[...document.querySelectorAll("p")].map((p) => {
  const range = document.createRange(); range.selectNodeContents(p);
  const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.bottom / 6))).size;
  return [lines, p.textContent.trim().length, getComputedStyle(p).fontSize];
}).filter(([lines, , size]) => lines >= 3 && parseFloat(size) >= 16)"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if program() is None:
        pytest.skip("there is no Chromium")
    with Page(tmp_path_factory.mktemp("profile")) as page:
        yield page


def page_of(tmp_path: Path, theme: str, language: str, issue: Issue, *, mail: bool = True) -> str:
    settings = made_up.settings(
        tmp_path, theme=theme, language=language, public_url="https://digest.example", unsubscribe="https://digest.example/u"
    )
    return Template(HTML, settings, mail=mail).render(replace(issue, language=language))[0].content.decode()


def shown(browser: Page, tmp_path: Path, html: str, width: int, *, dark: bool = False, forced: bool = False) -> None:
    """Open a page of its own name, so that the one before is never looked at in its place."""
    file = tmp_path / f"{abs(hash((html, width, dark, forced)))}.html"
    file.write_text(html, "utf-8")
    browser.resize(width, 900, dark)
    browser.call("Emulation.setAutoDarkModeOverride", enabled=forced)
    browser.open(file.as_uri())
    browser.wait(f"document.readyState == 'complete' && location.pathname.endsWith('/{file.name}')")


def stripped(html: str) -> str:
    return re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr"])
def test_nothing_is_wider_than_the_window(browser: Page, tmp_path: Path, theme: str, language: str) -> None:
    html = page_of(tmp_path, theme, language, made_up.full())
    for width in (320, 375, 1200):
        for one in (html, stripped(html)):
            shown(browser, tmp_path, one, width)
            assert browser.tell("document.documentElement.scrollWidth") <= width, (width, one is html)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mail", [True, False])
def test_every_text_stands_out_in_light_and_dark(browser: Page, tmp_path: Path, theme: str, mail: bool) -> None:
    html = page_of(tmp_path, theme, "en", made_up.full(), mail=mail)
    grounds = []
    for dark in (False, True):
        shown(browser, tmp_path, html, 1200, dark=dark)
        assert browser.tell(CONTRAST) >= 4.5
        grounds.append(browser.tell("getComputedStyle(document.body).backgroundColor"))
    assert grounds[0] != grounds[1]


@pytest.mark.parametrize("theme", THEMES)
def test_a_line_holds_45_to_85_characters(browser: Page, tmp_path: Path, theme: str) -> None:
    shown(browser, tmp_path, page_of(tmp_path, theme, "en", made_up.many(20)), 1200)
    found = browser.tell(MEASURE)
    assert len(found) >= 5
    # The last line may hold one word or be full.
    assert all(length / (lines - 0.9) >= 45 and length / lines <= 85 for lines, length, _ in found), found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing(browser: Page, tmp_path: Path, theme: str, language: str) -> None:
    source = tools.axe()
    for mail in (True, False):
        html = page_of(tmp_path, theme, language, made_up.full(), mail=mail)
        for width, dark, forced in ((1200, False, False), (375, True, False), (1200, False, True)):
            shown(browser, tmp_path, html, width, dark=dark, forced=forced)
            browser.tell(f"{source};0")
            ran = f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then((found) => found.violations.map((one) => one.id))"
            assert browser.tell(ran) == []


def pages(tmp_path: Path, language: str) -> list[Path]:
    """The mail of each theme and issue, and the web page of some, as files."""
    made = []
    for theme in THEMES:
        for name, make in ISSUES.items():
            for mail in (True, False) if name != "many" else (True,):
                file = tmp_path / f"{theme}-{name}-{mail}.html"
                file.write_text(page_of(tmp_path, theme, language, make(), mail=mail), "utf-8")
                made.append(file)
    return made


@pytest.mark.parametrize("language", ["en", "ar"])
def test_html_validate_finds_nothing(tmp_path: Path, language: str) -> None:
    assert tools.validated(*pages(tmp_path, language)) == ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_nu_checker_finds_nothing(tmp_path: Path, language: str) -> None:
    assert tools.checked(*pages(tmp_path, language)) == []


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "zh", "ar"])
def test_markdownlint_finds_nothing(tmp_path: Path, language: str) -> None:
    made = []
    for name, make in ISSUES.items():
        file = tmp_path / f"{name}.md"
        settings = made_up.settings(tmp_path, language=language)
        file.write_bytes(Template(MARKDOWN, settings).render(replace(make(), language=language))[0].content)
        made.append(file)
    assert tools.linted(*made) == ""
