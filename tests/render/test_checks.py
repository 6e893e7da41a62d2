"""The checks of a rendered issue: each can be failed, none is stopped by what it is given, and pages are read as a browser reads them."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from digest.model import File
from digest.render import parcel
from digest.render.checks import Report, reports
from digest.render.checks.html import PAGE, Html
from digest.render.checks.text import CHECKS, Text
from digest.render.checks.tree import elements
from digest.text import one_line

from . import made_up


@cache
def files() -> tuple[File, ...]:
    """A full issue of a newsroom that has set all that readers need."""
    public = {"public_url": "https://digest.example", "unsubscribe": "https://digest.example/u"}
    return parcel(made_up.full(), made_up.settings(Path("/nonexistent"), **public)).files


def words(name: str) -> str:
    return next(file.content for file in files() if file.name == name).decode()


def told(*found: File) -> dict[str, Report]:
    return {one.form: one for one in reports(found)}


def test_a_good_issue_passes_every_check_of_every_form() -> None:
    found = told(*files())
    assert list(found) == ["Mail, its HTML", "Mail, its message and text", "Web page", "Text"]
    assert [one for report in found.values() for one in report.findings] == []
    assert len(found["Mail, its HTML"].checks) + len(found["Mail, its message and text"].checks) >= 44


PAGE_FAULTS = {
    "doctype first": ("<!DOCTYPE html>", "<!doctype html>"),
    "utf-8": ('charset="utf-8"', 'charset="latin1"'),
    "language on html": ('<html lang="en"', "<html"),
    "direction on html": ('<html lang="en" dir="ltr"', '<html lang="en"'),
    "title": ("<title>", "<title>" + "long " * 20),
    "viewport": ("width=device-width", "width=640"),
    "zoom is allowed": ("initial-scale=1", "initial-scale=1, user-scalable=no"),
    "alt on images": ("</h1>", "</h1><img src=x>"),
    "layout tables say so": ('<table role="presentation"', "<table"),
    "one h1, first": ("<h1", "<h2"),
    "headings without gaps": ("</h1>", "</h1><h4>Deep</h4>"),
    "no empty heading": ("</h1>", "</h1><h2> </h2>"),
    "dark mode declared": ("color-scheme: light dark", "color: red"),
    "dark mode made": ("prefers-color-scheme: dark) {", "prefers-color-scheme: light) {"),
    "links say where they lead": ("</h1>", '</h1><a href="https://a.example/">Read more</a>'),
    "no leftovers of templates": ("</h1>", "</h1><p>{{ week }}</p>"),
    "nothing is fetched": ("</h1>", "</h1><p style=\"background:url('x')\"></p>"),
    "no type under 13 pixels": ("</h1>", '</h1><p style="font-size:11px"></p>'),
    "line height from 1.35 to 1.6": ("</h1>", '</h1><p style="font:16px/18px serif"></p>'),
    "ids stand once": ("</h1>", '</h1><p id="a"></p><p id="a"></p>'),
    "links lead somewhere": ("</h1>", '</h1><a href="#nowhere">The lost</a>'),
}


@pytest.mark.parametrize("name", sorted(PAGE_FAULTS))
def test_each_check_of_a_page_can_be_failed(name: str) -> None:
    page, (right, wrong) = words("issue.html"), PAGE_FAULTS[name]
    assert right in page
    found = {one.name: one for one in told(File("issue.html", "text/html", page.replace(right, wrong).encode()))["Web page"].findings}
    assert name in found
    assert found[name].wrong
    assert found[name].fix


def test_every_check_of_a_page_is_tried() -> None:
    # A page without any large type would have none of its type under 13 pixels either: it is tried below.
    assert {check.name for check in PAGE} == set(PAGE_FAULTS) | {"text of 16 pixels and more"}
    assert "text of 16 pixels and more" in {check.name for check in PAGE if check.of(Html("<p style='font:14px/20px serif'>Small</p>"))}


# What makes the text and its page faulty.
TEXT_FAULTS: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "lines of the text under 78": lambda text, page: (text + "long " * 20, page),
    "the text has no entities": lambda text, page: (text + "&amp;", page),
    "a signature mark before the footer": lambda text, page: (text.replace("\n-- \n", "\n--\n"), page),
    "every link of the page is in the text": lambda text, page: (
        text,
        page.replace("</h1>", '</h1><a href="https://other.example/">Other</a>'),
    ),
    "every headline of the page is in the text": lambda text, page: (text, page.replace("</h1>", "</h1><h3>Another story</h3>")),
}


@pytest.mark.parametrize("name", sorted(TEXT_FAULTS))
def test_each_check_of_a_text_can_be_failed(name: str) -> None:
    check = next(check for check in CHECKS if check.name == name)
    text, page = words("issue.txt"), words("issue.html")
    assert check.of(Text(text, Html(page))) is None
    text, page = TEXT_FAULTS[name](text, page)
    found = check.of(Text(text, Html(page)))
    assert found
    assert found.fix


def test_every_check_of_a_text_is_tried() -> None:
    assert {check.name for check in CHECKS} == set(TEXT_FAULTS)


def test_forms_that_are_not_there_are_not_told() -> None:
    assert reports(()) == ()
    assert list(told(File("issue.txt", "text/plain", b"A"))) == ["Text"]


def test_the_reader_of_pages_reads_what_a_browser_does() -> None:
    page = words("issue.html")
    seen = [(str(node.tag), one_line(node.text())) for node in LexborHTMLParser(page).css("*") if node.tag not in {"html", "body"}]
    found = [(one.tag, one_line(one.text)) for one in elements(page) if one.tag not in {"html", "body"}]
    # In a browser what `head` holds is text too; neither tells apart what is shown.
    assert found == seen
    hrefs = [node.attributes.get("href") for node in LexborHTMLParser(page).css("a")]
    assert [one.get("href") for one in elements(page) if one.tag == "a"] == hrefs


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["issue.html", "issue.txt", "issue.eml"]))
def test_whatever_they_are_given_the_checks_answer(seed: int, name: str) -> None:
    """A theme of one's own may write anything: parts doubled, lost, cut off."""
    chance = random.Random(seed)  # noqa: S311 - makes faults, no secrets
    content = next(file.content for file in files() if file.name == name)
    for _ in range(6):
        start, end = sorted(chance.choices(range(len(content) + 1), k=2))
        end = min(end, start + chance.choice((1, 40, 4000)))
        content = content[:start] + chance.choice((b"", b"<", b'"', b"</p>", b"\xff\x00", content[start:end] * 2)) + content[end:]
    for report in reports([File(name, "", content), *(file for file in files() if file.name != name)]):
        assert all(one.wrong and one.fix and one.name in report.checks for one in report.findings)
