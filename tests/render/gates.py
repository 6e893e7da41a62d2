"""Yes or no questions to a mail, each with where it comes from: what clients demand, what readers need.

Pure functions over the bytes of an `.eml` and its HTML; what only a browser can tell is in `test_gates_browser.py`.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.text import one_line

GENERIC = {"here", "click here", "read more", "more", "link", "this link", "learn more", "mehr", "hier", "weiterlesen"}
CLIENTS = (
    "apple-mail:macos apple-mail:ios gmail:desktop-webmail gmail:ios gmail:android gmail:mobile-webmail outlook:windows "
    "outlook:windows-mail outlook:macos outlook:outlook-com outlook:ios outlook:android yahoo:desktop-webmail yahoo:ios yahoo:android "
    "aol:desktop-webmail aol:ios aol:android samsung-email:android thunderbird:macos protonmail:desktop-webmail protonmail:ios "
    "protonmail:android fastmail:desktop-webmail hey:desktop-webmail gmx:desktop-webmail web-de:desktop-webmail t-online-de:desktop-webmail"
).split()
_CLIENTS = [tuple(client.split(":")) for client in CLIENTS]


@dataclass(frozen=True)
class Mail:
    """An issue.eml, and its parts as a client sees them."""

    content: bytes

    @cached_property
    def message(self) -> EmailMessage:
        found = email.message_from_bytes(self.content, policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        return found

    def part(self, number: int) -> str:
        payload = list(self.message.iter_parts())[number].get_payload(decode=True)
        assert isinstance(payload, bytes)
        return payload.decode("utf-8").replace("\r\n", "\n")

    @cached_property
    def text(self) -> str:
        return self.part(0)

    @cached_property
    def html(self) -> str:
        return self.part(1)

    @cached_property
    def page(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    def css(self, selector: str) -> list[LexborNode]:
        return list(self.page.css(selector))

    @cached_property
    def sheet(self) -> str:
        """All style blocks but those for Outlook, which stand in comments."""
        return "\n".join(re.findall(r"<style[^>]*>(.*?)</style>", re.sub(r"<!--.*?-->", "", self.html, flags=re.DOTALL), re.DOTALL))

    @cached_property
    def preheader(self) -> LexborNode:
        found = self.page.css_first("body > div")
        assert found is not None
        return found


def attribute(node: LexborNode, name: str) -> str:
    """An attribute, or nothing."""
    return str(node.attributes.get(name) or "")


def declared(node: LexborNode) -> Iterator[tuple[str, str]]:
    """The declarations in a style attribute."""
    for declaration in attribute(node, "style").split(";"):
        name, _, value = declaration.partition(":")
        if value:
            yield name.strip(), value.strip()


def font_sizes(mail: Mail) -> list[float]:
    """Every size of type that the mail sets, in pixels."""
    told = [value for node in mail.css("[style]") for name, value in declared(node) if name in {"font", "font-size"}]
    told += re.findall(r"font(?:-size)?:([^;}]*)", mail.sheet)
    return [float(size) for value in told for size in re.findall(r"([\d.]+)px(?:/|\s|$|!)", value)[:1]]


def line_heights(mail: Mail) -> list[float]:
    """Line height to size, of all running text (headlines may stand closer)."""
    told = [value for node in mail.css("p[style], td[style]") for name, value in declared(node) if name == "font"]
    pairs = [re.search(r"([\d.]+)px/([\d.]+)px", value) for value in told]
    return [float(found[2]) / float(found[1]) for found in pairs if found]


def hidden(mail: Mail) -> dict[str, str]:
    return dict(declared(mail.preheader))


def headings(mail: Mail) -> list[int]:
    return [int(str(node.tag)[1]) for node in mail.css("h1, h2, h3, h4, h5, h6")]


def words_of_links(mail: Mail) -> list[str]:
    return [one_line(node.text() + attribute(node, "aria-label")) for node in mail.css("a")]


def padded(mail: Mail) -> list[LexborNode]:
    """What has padding and is no cell: Outlook would show none."""
    nodes = mail.css("p[style], h1[style], h2[style], h3[style], div[style]")
    return [node for node in nodes if re.search(r"padding:[^;]*[1-9]", attribute(node, "style"))]


def missing_links(mail: Mail) -> set[str]:
    """The pages that the HTML leads to and the text does not, but for the text itself."""
    told = {word.strip("<>").split("#")[0] for word in mail.text.split()}
    return {url for node in mail.css("a") if not (url := attribute(node, "href").split("#")[0]).endswith("/issue.txt")} - told


def _letters(text: str) -> str:
    """Without white space: in the text part lines break inside of headlines, also between the letters of Chinese."""
    return re.sub(r"\s+", "", text)


def untold(mail: Mail) -> list[str]:
    """Headlines and summaries of the HTML that the text does not have."""
    told = _letters(re.sub(r"[ \n]\[\d+\]", "", mail.text))
    shown = [node.text() for node in mail.css("h3, h3 + p + p, p b")]
    return [words for words in shown if _letters(words) not in told]


def unsubscribe(mail: Mail) -> bool:
    """RFC 8058: an https address that is no encoded word, and the header that allows one click."""
    head = mail.content.partition(b"\r\n\r\n")[0]
    line = next((line for line in head.split(b"\r\n") if line.startswith(b"List-Unsubscribe:")), b"")
    return b"<https://" in line and b"=?" not in line and mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


GATES: dict[str, Callable[[Mail], object]] = {
    # What every client needs (look.md, "What mail clients demand").
    "under Gmail's clip": lambda mail: len(mail.html.encode()) < 102_000,
    "style blocks under 16 kB": lambda mail: len(mail.sheet.encode()) < 16_000,
    "style in the head alone": lambda mail: not mail.css("body style"),
    "doctype first": lambda mail: mail.html.startswith("<!DOCTYPE html>"),
    "utf-8": lambda mail: attribute(mail.css("meta")[0], "charset") == "utf-8",
    "language on html": lambda mail: re.fullmatch(r"[a-z]{2}", attribute(mail.css("html")[0], "lang")),
    "direction on html": lambda mail: attribute(mail.css("html")[0], "dir") in {"ltr", "rtl"},
    "language on a wrapper": lambda mail: attribute(mail.css('[role="article"]')[0], "lang") == attribute(mail.css("html")[0], "lang"),
    "direction on a wrapper": lambda mail: attribute(mail.css('[role="article"]')[0], "dir") == attribute(mail.css("html")[0], "dir"),
    "title": lambda mail: 5 <= len(mail.css("title")[0].text()) <= 70,
    "viewport": lambda mail: mail.css('meta[name="viewport"][content*="width=device-width"]'),
    "zoom is allowed": lambda mail: "user-scalable" not in mail.html and "maximum-scale" not in mail.html,
    "alt on images": lambda mail: all("alt" in node.attributes for node in mail.css("img")),
    "an article for screen readers": lambda mail: attribute(mail.css('[role="article"]')[0], "aria-roledescription") == "email",
    "layout tables say so": lambda mail: all(attribute(node, "role") == "presentation" for node in mail.css("table")),
    "one h1, first": lambda mail: headings(mail)[0] == 1 and headings(mail).count(1) == 1,
    "headings without gaps": lambda mail: all(after - before <= 1 for before, after in pairwise(headings(mail))),
    "no empty heading": lambda mail: all(one_line(node.text()) for node in mail.css("h1, h2, h3, h4")),
    "dark mode declared": lambda mail: mail.css('meta[name="color-scheme"][content*="dark"]') and "color-scheme: light dark" in mail.sheet,
    "dark mode made": lambda mail: re.search(r"prefers-color-scheme: dark\) \{.*background-color.*color:", mail.sheet, re.DOTALL),
    "media rules win over inline styles": lambda mail: all(
        " !important" in line for line in re.findall(r"^ {2}\.[^\n]*$", mail.sheet, re.MULTILINE)
    ),
    "no nested media": lambda mail: not re.search(r"@media[^{]*\{[^@]*@media[^{]*\{[^}]*\}\s*\}\s*\}", mail.sheet),
    "ghost tables for Outlook": lambda mail: '<!--[if mso]><table role="presentation"' in mail.html and "</table><![endif]-->" in mail.html,
    "padding on cells alone": lambda mail: not padded(mail),
    "preheader hidden": lambda mail: hidden(mail).get("display") == "none" and hidden(mail).get("mso-hide") == "all",
    "preheader of 40 to 140 characters": lambda mail: 40 <= len(one_line(mail.preheader.text())) <= 140,
    "preheader is not the title": lambda mail: mail.css("h1")[0].text() not in mail.preheader.text(),
    "links lead to web pages": lambda mail: all(re.match(r"https?://[^/\s]+", attribute(node, "href")) for node in mail.css("a")),
    "links say where they lead": lambda mail: all(words and words.casefold() not in GENERIC for words in words_of_links(mail)),
    "a way out in the mail": lambda mail: mail.css('a[href="https://digest.example/u"]'),
    "view in browser": lambda mail: mail.css('a[href^="https://digest.example/20"][href$="/issue.html"]'),
    "no leftovers of templates": lambda mail: not re.search(r"\{\{|\{%|\{#|%\}|\}\}", mail.html.replace(mail.sheet, "")),
    "nothing is fetched": lambda mail: (
        not mail.css("img, link, script, iframe, object, embed, video, audio, form, input") and not re.search(r"url\(|@import", mail.html)
    ),
    "no type under 13 pixels": lambda mail: min(font_sizes(mail)) >= 13,
    "text of 16 pixels and more": lambda mail: max(font_sizes(mail)) >= 16,
    "line height from 1.35 to 1.6": lambda mail: all(1.35 <= height <= 1.6 for height in line_heights(mail)),
    "ids stand once": lambda mail: len({attribute(node, "id") for node in mail.css("[id]")}) == len(mail.css("[id]")),
    "few features that clients lack": lambda mail: sum(unsupported(mail).values()) <= 14,
    # The mail as a message.
    "text first, HTML last": lambda mail: [part.get_content_type() for part in mail.message.iter_parts()] == ["text/plain", "text/html"],
    "headers are there": lambda mail: all(mail.message[name] for name in ("From", "To", "Subject", "Date", "Message-ID", "List-Id")),
    "a subject of at most 60 characters": lambda mail: 1 <= len(mail.message["Subject"]) <= 60,
    "one click unsubscribes": unsubscribe,
    "lines of the text under 78": lambda mail: all(len(line) < 78 for line in mail.text.split("\n") if "://" not in line),
    "the text has no entities": lambda mail: not re.search(r"&(amp|lt|gt|quot|#\d+);", mail.text),
    "a signature mark before the footer": lambda mail: mail.text.count("\n-- \n") == 1,
    "every link of the mail is in the text": lambda mail: not missing_links(mail),
    "every headline of the mail is in the text": lambda mail: not untold(mail),
    "no defects": lambda mail: not mail.message.defects,
}


def features(mail: Mail) -> set[str]:
    """The slugs of caniemail.com of what the inline styles and the elements of a mail use."""
    found = {f"html-{node.tag}" for node in mail.css("body *")}
    for node in mail.css("[style]"):
        for name, value in declared(node):
            found.add(f"css-{name}")
            found |= {f"css-display-{value}"} if name == "display" else set()
            found |= {f"css-unit-{unit.replace('%', 'percent')}" for unit in re.findall(r"\d(px|em|rem|vw|vh|%)", value)}
        found |= {f"html-{name}" for name in node.attributes if name not in {"style", "class", "id"}}
    borders = {f"css-border-{side}": "css-border" for side in ("top", "left", "right", "bottom")}
    links = {"html-anchor-links"} if mail.css('a[href^="#"]') else set()
    return {borders.get(name, name) for name in found} | links


@cache
def lacking() -> dict[str, int]:
    """In how many of `CLIENTS` each feature does not work, by caniemail.com."""
    found: dict[str, int] = json.loads((Path(__file__).parent / "caniemail.json").read_text("utf-8"))["lacking"]
    return found


def counted(data: list[dict[str, Any]]) -> dict[str, int]:
    """The same from the data of caniemail.com itself: what the newest version of each client that was tested makes of each feature."""
    found = {}
    for one in data:
        tested = [one["stats"].get(family, {}).get(platform, {"": "u"}) for family, platform in _CLIENTS]
        found[one["slug"]] = sum(list(versions.values())[-1].startswith("n") for versions in tested)
    return found


def unsupported(mail: Mail) -> dict[str, int]:
    """The features used that some clients lack, and how many, as a linter counts: roles and languages too."""
    return {slug: count for slug in features(mail) if (count := lacking().get(slug, 0))}
