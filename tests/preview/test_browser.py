"""The page in Chromium: what an editor sees and presses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.render import tools

from .chromium import Page
from .newsrooms import SETTINGS, Running, newsroom, report, running

pytestmark = pytest.mark.browser

FRAMED = "!document.querySelector('.next') && document.querySelector('iframe') !== null"
WORDS = "document.querySelector('iframe').contentDocument.body.innerText"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Running]:
    with running(newsroom(tmp_path / "room")) as found:
        yield found


@pytest.fixture
def page(browser: Page) -> Iterator[Page]:
    yield browser
    assert browser.errors == []


def test_the_page_shows_the_issue_in_every_form(there: Running, page: Page, tmp_path: Path) -> None:
    page.open(there.address)
    page.wait(FRAMED)
    tabs = "[...document.querySelectorAll('.tabs a')].map((tab) => tab.textContent).join()"
    assert page.tell(tabs) == "HTML,Markdown,Text,Mail source,Record,Manifest"
    assert "Council buys a second ferry" in page.tell(WORDS)
    assert page.tell("document.querySelector('#sender').textContent") == "The Small Paper"
    assert "of the 102 kB that Gmail shows" in page.tell("document.querySelector('#size').textContent")
    for key, name, start in [("2", "markdown", "# The Small Paper"), ("4", "mail", "From: "), ("6", "manifest", "{")]:
        page.press(key)
        page.wait(f"document.querySelector('pre')?.textContent.startsWith({start!r})")
        assert page.tell("location.hash") == f"#{name}"
        assert page.tell("document.querySelector('[aria-current]').dataset.form") == name
    page.shot(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 10_000


def test_a_view_has_an_address(there: Running, page: Page) -> None:
    page.open(f"{there.address}/#html/375/dark")
    page.wait(FRAMED)
    assert page.tell("document.querySelector('iframe').clientWidth") == 375
    dark = "getComputedStyle(document.querySelector('iframe').contentDocument.body).backgroundColor"
    assert page.tell(dark) == "rgb(17, 19, 21)"
    page.tell("document.querySelector('button[data-scheme=light]').click()")
    page.wait(f"{FRAMED} && {dark} === 'rgb(243, 241, 236)'")
    assert page.tell("location.hash") == "#html/375"
    page.press("w")
    page.wait("document.querySelector('iframe').clientWidth === 600")


def test_the_checks_are_told_and_follow(there: Running, page: Page, tmp_path: Path) -> None:
    page.open(there.address)
    page.wait(FRAMED)
    passed = "document.querySelector('#passed').textContent"
    before = page.tell(passed)
    assert "view in browser: no link does" in page.tell("document.querySelector('#checks').innerText")
    page.tell("document.querySelector('#checks details').open = true")
    assert "dark mode declared" in page.tell("document.querySelector('#checks').innerText")
    settings = (tmp_path / "room" / "config" / "digest.toml").read_text("utf-8")
    public = '[digest]\npublic_url = "https://quay.example"'
    (tmp_path / "room" / "config" / "digest.toml").write_text(settings.replace("[digest]", public), "utf-8")
    page.wait(f"{passed} !== {json.dumps(before)}")
    assert "view in browser: no link does" not in page.tell("document.querySelector('#checks').innerText")
    assert page.tell("document.querySelector('#checks details').open")


@pytest.mark.parametrize("width", [375, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page(there: Running, page: Page, width: int, scheme: str) -> None:
    source = tools.axe()
    page.resize(width, 900, dark=scheme == "dark")
    page.open(there.address)
    page.wait(FRAMED)
    page.tell("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    page.tell(f"{source};0")
    rules = json.dumps(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    run = f"axe.run(document, {{runOnly: {rules}, iframes: false}}).then((found) => found.violations.map((one) => one.id))"
    assert page.tell(run) == []


@pytest.mark.parametrize("width", [375, 1200])
def test_nothing_is_wider_than_the_window(there: Running, page: Page, width: int) -> None:
    page.resize(width, 800)
    page.open(there.address)
    page.wait(FRAMED)
    assert page.tell("document.documentElement.scrollWidth") == width


def test_the_page_follows_and_keeps_its_place(there: Running, page: Page, tmp_path: Path) -> None:
    page.resize(1200, 500)
    page.open(there.address)
    page.wait(FRAMED)
    page.tell("scrollTo(0, 400)")
    report(tmp_path / "room", "bridge")
    page.wait(f"{FRAMED} && {WORDS}.includes('Bridge over the sound')")
    assert page.tell("scrollY") == 400


def test_a_mistake_lies_over_the_last_good_issue(there: Running, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "room" / "config" / "digest.toml"
    page.open(there.address)
    page.wait(FRAMED)
    file.write_text(SETTINGS.replace("title", "titel"), "utf-8")
    page.wait("!document.querySelector('#mistake').hidden")
    assert "did you mean 'title'" in page.tell("document.querySelector('#mistake').innerText")
    assert "Council buys a second ferry" in page.tell(WORDS)
    page.press("Escape")
    assert page.tell("document.querySelector('#mistake').hidden")
    file.write_text(SETTINGS, "utf-8")
    page.wait("document.querySelector('#status').dataset.is === 'good'")
