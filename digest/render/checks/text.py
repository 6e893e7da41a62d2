"""What holds of a text beside the HTML that tells the same: its lines, and whether all of it is there. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.render.checks.check import Check, named, unless
from digest.render.checks.html import Html
from digest.render.checks.tree import Element
from digest.render.plain import width

_TEMPLATE = "mend it in the theme's issue.txt.j2"


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the HTML of the same issue; `mail`: both are parts of one mail."""

    words: str
    page: Html
    mail: bool = False


def _letters(words: str) -> str:
    """Without white space: in a text lines break inside of headlines, also between the letters of Chinese."""
    return re.sub(r"\s+", "", words)


def _after(one: Element, *tags: str) -> bool:
    """Whether what stands before an element are these, the nearest first."""
    for tag in tags:
        before = one.before
        if before is None or before.tag != tag:
            return False
        one = before
    return True


def untold(text: Text) -> list[str]:
    """Headlines and summaries of the HTML that the text does not have."""
    told = _letters(re.sub(r"[ \n]\[\d+\]", "", text.words))
    heads = [one for one in text.page.elements if one.tag == "h3" or (one.tag == "p" and _after(one, "p", "h3"))]
    heads += [one for one in text.page.all("b") if text.mail and any(above.tag == "p" for above in one.above())]
    return [words for one in heads if _letters(words := _own(one)) not in told]


def _own(one: Element) -> str:
    """Its words, without the mark by which the page links a story to itself."""
    return re.sub(r" #$", "", one.text)


def missing_links(text: Text) -> list[str]:
    """The pages that the HTML leads to and the text does not, but for the text itself."""
    told = {word.strip("<>").split("#")[0] for word in text.words.split()}
    found = dict.fromkeys(one.get("href").split("#")[0] for one in text.page.all("a"))
    return [url for url in found if url and not url.endswith("/issue.txt") and url not in told]


def _long(text: Text) -> list[str]:
    return [line for line in text.words.split("\n") if width(line) >= 78 and "://" not in line]


def _entities(text: Text) -> list[str]:
    return re.findall(r"&(?:amp|lt|gt|quot|#\d+);", text.words)


CHECKS: tuple[Check[Text], ...] = (
    Check("lines of the text under 78", lambda text: named(_long(text), "some are longer"), "use `wrap` in the theme's issue.txt.j2"),
    Check("the text has no entities", lambda text: named(_entities(text), "it has some"), f"{_TEMPLATE}, unless a report says so"),
    Check(
        "a signature mark before the footer",
        lambda text: unless(text.words.count("\n-- \n") == 1, "mail programs know the footer by a line of `-- `"),
        _TEMPLATE,
    ),
    Check("every link of the page is in the text", lambda text: named(missing_links(text), "some are not"), _TEMPLATE),
    Check("every headline of the page is in the text", lambda text: named(untold(text), "some are not"), _TEMPLATE),
)
