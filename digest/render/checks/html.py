"""What holds of the HTML of an issue, in a mail and on the web: what browsers, readers and screen readers need. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from digest.render.checks.check import Check, named, unless
from digest.render.checks.tree import Element, elements
from digest.text import one_line

_GENERIC = frozenset("here|click here|read more|more|link|this link|learn more|mehr|hier|weiterlesen".split("|"))
_FETCHING = frozenset("img link script iframe object embed video audio form input".split())
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TEMPLATE = "mend it in the theme's issue.html.j2"
_STYLE = "mend it in the theme's style.css"
_HEAD = "mend it in the theme's head.css"
_TITLE = "mend `digest.title`, or the theme's issue.html.j2"


@dataclass(frozen=True)
class Html:
    """A page, and its parts as a client sees them."""

    source: str

    @cached_property
    def elements(self) -> list[Element]:
        """Every element in order."""
        return elements(self.source)

    def all(self, *tags: str) -> list[Element]:
        """The elements of these tags."""
        return [one for one in self.elements if one.tag in tags]

    def one(self, tag: str, **attributes: str) -> Element:
        """The first element of that tag whose attributes hold these words; an empty one where there is none."""
        fits = (one for one in self.all(tag) if all(value in one.get(name).split() for name, value in attributes.items()))
        return next(fits, Element(tag, {}, None, None, [], 0))

    @cached_property
    def sheet(self) -> str:
        """All style blocks but those for Outlook, which stand in comments."""
        return "\n".join(re.findall(r"<style[^>]*>(.*?)</style>", re.sub(r"<!--.*?-->", "", self.source, flags=re.DOTALL), re.DOTALL))

    @property
    def wrapper(self) -> Element:
        """What stands for the whole mail in programs that drop `html` and `body`."""
        return next((one for one in self.elements if one.get("role") == "article"), self.one("article"))


def levels(page: Html) -> list[int]:
    """The levels of the headings, in order."""
    return [int(one.tag[1]) for one in page.all(*_HEADINGS)]


def font_sizes(page: Html) -> list[float]:
    """Every size of type that the page sets, in pixels."""
    told = [value for one in page.elements for name, value in one.declared() if name in {"font", "font-size"}]
    told += re.findall(r"font(?:-size)?:([^;}]*)", page.sheet)
    return [float(size) for value in told for size in re.findall(r"([\d.]+)px(?:/|\s|$|!)", value)[:1]]


def line_heights(page: Html) -> dict[str, float]:
    """Line height to size, of all running text (headlines may stand closer)."""
    told = {value for one in page.all("p", "td") for name, value in one.declared() if name == "font"}
    found = [match for value in sorted(told) if (match := re.search(r"([\d.]+)px/([\d.]+)px", value))]
    return {match[0]: float(match[2]) / float(match[1]) for match in found if float(match[1])}


def words_of(link: Element) -> str:
    """What a link says."""
    return one_line(f"{link.text} {link.get('aria-label')}")


def _heading_gaps(page: Html) -> list[str]:
    return [f"an h{after} after an h{before}" for before, after in pairwise(levels(page)) if after - before > 1]


def _twice(page: Html) -> list[str]:
    return [name for name, times in Counter(one.get("id") for one in page.elements if one.get("id")).items() if times > 1]


def _vague(page: Html) -> list[str]:
    return [f"“{words_of(one)}” to {one.get('href')}" for one in page.all("a") if words_of(one).casefold() in _GENERIC | {""}]


def _fetched(page: Html) -> list[str]:
    return [f"<{one.tag}>" for one in page.elements if one.tag in _FETCHING] + re.findall(r"url\(|@import", page.source)


def _sizes(page: Html, low: bool) -> str:
    sizes = font_sizes(page)
    if low:
        return unless(not sizes or min(sizes) >= 13, f"the smallest is {min(sizes, default=0):g} px")
    return unless(max(sizes, default=0) >= 16, f"the largest is {max(sizes, default=0):g} px")


def _heights(page: Html) -> str:
    return named(
        (f"{face} is {height:.2f}" for face, height in line_heights(page).items() if not 1.35 <= height <= 1.6), "lines stand badly"
    )


def _leftovers(page: Html) -> list[str]:
    shown = re.sub(r"<style[^>]*>.*?</style>", "", page.source, flags=re.DOTALL)
    return [shown[max(0, found.start() - 20) : found.end() + 20] for found in re.finditer(r"\{[{%#]|[%}]\}", shown)]


CHECKS: tuple[Check[Html], ...] = (
    Check("doctype first", lambda page: unless(page.source.startswith("<!DOCTYPE html>"), "browsers show it by old rules"), _TEMPLATE),
    Check("utf-8", lambda page: unless(page.one("meta").get("charset").lower() == "utf-8", "the first meta does not say so"), _TEMPLATE),
    Check(
        "language on html",
        lambda page: unless(re.fullmatch(r"[a-z]{2,3}(-\w+)*", page.one("html").get("lang")), "there is none"),
        _TEMPLATE,
    ),
    Check("direction on html", lambda page: unless(page.one("html").get("dir") in {"ltr", "rtl"}, "there is none"), _TEMPLATE),
    Check(
        "title",
        lambda page: unless(5 <= len(page.one("title").text) <= 70, f"it has {len(page.one('title').text)} characters, not 5 to 70"),
        _TITLE,
    ),
    Check(
        "viewport",
        lambda page: unless("width=device-width" in page.one("meta", name="viewport").get("content"), "phones show it small"),
        _TEMPLATE,
    ),
    Check(
        "zoom is allowed",
        lambda page: unless(not re.search("user-scalable|maximum-scale", page.source), "the viewport forbids it"),
        _TEMPLATE,
    ),
    Check("alt on images", lambda page: unless(all("alt" in one.attributes for one in page.all("img")), "an image has none"), _TEMPLATE),
    Check(
        "layout tables say so",
        lambda page: unless(all(one.get("role") == "presentation" for one in page.all("table")), "a table has no role"),
        _TEMPLATE,
    ),
    Check(
        "one h1, first",
        lambda page: unless(levels(page)[:1] == [1] and levels(page).count(1) == 1, f"there are {levels(page).count(1)}"),
        _TEMPLATE,
    ),
    Check("headings without gaps", lambda page: named(_heading_gaps(page), "there is one"), _TEMPLATE),
    Check("no empty heading", lambda page: unless(all(one_line(one.text) for one in page.all(*_HEADINGS)), "there is one"), _TEMPLATE),
    Check(
        "dark mode declared",
        lambda page: unless(
            "dark" in page.one("meta", name="color-scheme").get("content") and "color-scheme: light dark" in page.sheet, "it is not"
        ),
        _HEAD,
    ),
    Check(
        "dark mode made",
        lambda page: unless(
            re.search(r"prefers-color-scheme: dark\) \{.*background-color.*color:", page.sheet, re.DOTALL), "no rules for it"
        ),
        _HEAD,
    ),
    Check("links say where they lead", lambda page: named(_vague(page), "some do not"), _TEMPLATE),
    Check("no leftovers of templates", lambda page: named(_leftovers(page), "there are some"), f"{_TEMPLATE}, unless a report says so"),
    Check("nothing is fetched", lambda page: named(_fetched(page), "something is"), _TEMPLATE),
    Check("no type under 13 pixels", lambda page: _sizes(page, low=True), _STYLE),
    Check("text of 16 pixels and more", lambda page: _sizes(page, low=False), _STYLE),
    Check("line height from 1.35 to 1.6", _heights, _STYLE),
    Check("ids stand once", lambda page: named(_twice(page), "some stand twice"), _TEMPLATE),
)


def _lost(page: Html) -> list[str]:
    """Links into the page that lead nowhere, and links to anything but the web."""
    there = {f"#{one.get('id')}" for one in page.elements if one.get("id")}
    hrefs = [one.get("href") for one in page.all("a")]
    return [href for href in hrefs if href not in there and not re.match(r"https?://[^/\s]+", href)]


PAGE: tuple[Check[Html], ...] = (*CHECKS, Check("links lead somewhere", lambda page: named(_lost(page), "some do not"), _TEMPLATE))
