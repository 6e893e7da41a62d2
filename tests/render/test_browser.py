"""What only a browser and other people's checkers can tell of a mail: widths, contrast, measure, landmarks, validity.

A page is loaded once and then made narrow, dark or bare: what a theme and what a language changes is looked at once each.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from digest.render.eml import Eml
from digest.render.forms import HTML, MARKDOWN
from digest.render.templates import Template
from digest.text import sha
from tests.preview.chromium import Page

from . import tools
from .issues import ALL, CASES, LANGUAGES, NAMES, SOME, THEMES, made

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = [*((*one, "full") for one in CASES), ("default", "en", "one"), ("default", "en", "many")]
LOOKED = [(theme, language, name) for theme, language in CASES for name in NAMES]
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


# What Chromium's own dark mode paints, since no style tells it: in the box of each text the contrast of its lightest and its darkest tone.
PAINTED = """(async (shot, boxes) => {
  const image = new Image(); image.src = 'data:image/png;base64,' + shot; await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d'); canvas.drawImage(image, 0, 0);
  const part = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  return boxes.map(([x, y, width, height]) => {
    const data = canvas.getImageData(x, y, width, height).data, tones = [];
    for (let at = 0; at < data.length; at += 4)
      tones.push(0.2126 * part(data[at]) + 0.7152 * part(data[at + 1]) + 0.0722 * part(data[at + 2]));
    tones.sort((a, b) => a - b);
    return (tones.at(-1) + 0.05) / (tones[0] + 0.05);
  });
})"""
BOXES = """[...document.querySelectorAll('h1, h2, h3, p, td, a, b')].flatMap((one) => [...one.childNodes].map((text) => {
  if (text.nodeType !== 3 || !text.textContent.trim()) return null;
  const range = document.createRange(); range.selectNodeContents(text);
  const box = range.getClientRects()[0];
  return box && box.width > 8 ? [box.x, box.y + scrollY, box.width, box.height].map(Math.round) : null;
})).filter(Boolean)"""


def page_of(tmp_path: Path, theme: str, language: str, name: str, *, mail: bool = True) -> str:
    issue, settings = made(theme, language, name, tmp_path)
    return Template(HTML, settings, mail=mail).render(issue)[0].content.decode()


def shown(browser: Page, tmp_path: Path, html: str, width: int) -> None:
    """Open a page of its own name, so that the one before is never looked at in its place."""
    file = tmp_path / f"{sha(html)[:16]}.html"
    file.write_text(html, "utf-8")
    browser.resize(width, 900)
    browser.open(file.as_uri())
    browser.wait(f"document.readyState == 'complete' && location.pathname.endsWith('/{file.name}')")


@pytest.mark.parametrize(("theme", "language", "name"), LOOKED)
def test_nothing_is_wider_than_the_window_and_every_text_stands_out(
    browser: Page, tmp_path: Path, theme: str, language: str, name: str
) -> None:
    """In light and dark, as a mail and as a page, and without any style block as some mail programs show it."""
    for mail in (True, False):
        shown(browser, tmp_path, page_of(tmp_path, theme, language, name, mail=mail), 1200)
        grounds = []
        for dark in (False, True):
            browser.resize(1200, 900, dark)
            assert browser.tell(CONTRAST) >= 4.5
            grounds.append(browser.tell("getComputedStyle(document.body).backgroundColor"))
        assert grounds[0] != grounds[1]
        for bare in (False, True) if mail else (False,):
            if bare:
                browser.tell("document.querySelectorAll('style').forEach((one) => one.remove())")
                assert browser.tell(CONTRAST) >= 4.5
            for width in (320, 375, 1200):
                browser.resize(width, 900)
                assert browser.tell("document.documentElement.scrollWidth") <= width, (width, bare)


@pytest.mark.parametrize("theme", THEMES)
def test_a_line_holds_45_to_85_characters(browser: Page, tmp_path: Path, theme: str) -> None:
    shown(browser, tmp_path, page_of(tmp_path, theme, "en", "many"), 1200)
    found = browser.tell(MEASURE)
    assert len(found) >= 5
    # The last line may hold one word or be full.
    assert all(length / (lines - 0.9) >= 45 and length / lines <= 85 for lines, length, _ in found), found


@pytest.mark.parametrize(("theme", "language", "name"), LOOKED if ALL else [(theme, "en", "full") for theme in THEMES])
def test_every_text_stands_out_where_a_client_forces_the_dark(browser: Page, tmp_path: Path, theme: str, language: str, name: str) -> None:
    """Many a client turns colours over by itself and knows no dark of ours; thin letters are never wholly of their colour."""
    shown(browser, tmp_path, page_of(tmp_path, theme, language, name).replace("light dark", "light"), 600)
    browser.call("Emulation.setAutoDarkModeOverride", enabled=True)
    height = browser.tell("document.documentElement.scrollHeight")
    # Beyond the window only where it must be: Chromium lays short pages that read from right to left out anew for that.
    clip = {"x": 0, "y": 0, "width": 600, "height": height, "scale": 1}
    shot = browser.call("Page.captureScreenshot", format="png", captureBeyondViewport=height > 900, clip=clip)["data"]
    boxes = browser.tell(BOXES)
    found = browser.tell(f"({PAINTED})({json.dumps(shot)}, {json.dumps(boxes)})")
    assert len(found) > (100 if name == "full" else 10)
    assert [box for box, contrast in zip(boxes, found, strict=True) if contrast < 4.5] == []


@pytest.mark.parametrize(("theme", "language", "name"), LOOKED)
def test_axe_finds_nothing(browser: Page, tmp_path: Path, theme: str, language: str, name: str) -> None:
    source = tools.axe()
    run = f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then((found) => found.violations.map((one) => one.id))"
    every = [(width, dark) for width in (1200, 375) for dark in (False, True)]
    for mail in (True, False) if language == "en" and name == "full" else (True,):
        shown(browser, tmp_path, page_of(tmp_path, theme, language, name, mail=mail), 1200)
        browser.tell(f"{source};0")
        for width, dark in every if ALL else ((1200, False), (375, True)) if mail else ((375, False),):
            browser.resize(width, 900, dark)
            assert browser.tell(run) == [], (mail, width, dark)


def pages(tmp_path: Path, theme: str) -> list[Path]:
    """Mails and web pages of a theme as files."""
    made = []
    for one, language, name in LOOKED if ALL else SIZES:
        # What is long is made of what the full one has: once is enough.
        for mail in (True, False) if ALL or (language == "en" and name == "full") else (True,):
            if one == theme:
                file = tmp_path / f"{theme}-{language}-{name}-{mail}.html"
                file.write_text(page_of(tmp_path, theme, language, name, mail=mail), "utf-8")
                made.append(file)
    return made


@pytest.mark.parametrize("theme", THEMES)
def test_html_validate_and_the_nu_checker_find_nothing(tmp_path: Path, theme: str) -> None:
    files = pages(tmp_path, theme)
    assert tools.validated(*files) == ""
    assert tools.checked(*files) == []


def test_markdownlint_finds_nothing(tmp_path: Path) -> None:
    files = []
    for language in LANGUAGES:
        for name in NAMES if ALL else ("full", "one", "many") if language == "en" else ("full",):
            issue, settings = made("default", language, name, tmp_path)
            file = tmp_path / f"{language}-{name}.md"
            file.write_bytes(Template(MARKDOWN, settings).render(issue)[0].content)
            files.append(file)
    assert tools.linted(*files) == ""


@pytest.mark.parametrize("theme", THEMES)
def test_spamassassin_finds_next_to_nothing(tmp_path: Path, theme: str) -> None:
    chosen = LOOKED if ALL else [(*one, "full") for one in SOME[-5:]]
    mails = [made(*one, tmp_path) for one in chosen if one[0] == theme]
    scores = tools.spam(*(Eml(settings).render(issue)[0].content for issue, settings in mails))
    assert len(scores) == len(mails)
    assert max(scores) < 1
