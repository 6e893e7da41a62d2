"""One set of items as the many letters and pages that could hold it: headings, cells, bold words, plain lines, furniture between.

The texts are those of `tests/cases/split`; what a rendering adds is only its own signs and furniture, so
that what a person would read in it is known without anyone reading it.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from digest.evaluate.split import Item

WIDTH = 72  # columns of a letter wrapped by a mail program
_NAME, _NUMBER = "The Weekly Pier", "Friday 15 May 2026 | No. 77"
_SITE = "https://letters.example/"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document made of items: its file name, its content, and what is to be found in it."""

    name: str
    content: str
    items: tuple[Item, ...]


def sets(place: Path, size: int = 5) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Items of the cases, `size` at a time: those of one case, for they are about one field, and those of many."""
    every: list[Item] = []
    for file in sorted(place.glob("*/expected.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        found = tuple(Item(row["title"], row["body"]) for row in rows)
        if len(found) < 3 or not found[0].title.isascii() or any(len(item.body) < 150 or "\n- " in item.body for item in found):
            continue
        every.extend(found)
        yield file.parent.name, found[:size]
    for at in range(len(every) // size):
        yield f"mixed-{at}", tuple(every[at :: len(every) // size][:size])


def _paragraphs(item: Item) -> list[str]:
    return [part for part in item.body.split("\n\n") if part.strip()]


def _wrapped(text: str) -> str:
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _frame_html(body: str) -> str:
    return (
        f"<html><head><title>{_NAME}</title></head><body><p><a href='#'>View in browser</a></p><h1>{_NAME}</h1>"
        f"<p>{_NUMBER}</p>{body}<p><a href='{_SITE}x'>Unsubscribe</a> | <a href='#'>Privacy</a></p></body></html>"
    )


def _html(head: Callable[[int, Item], str], after: str = "") -> Callable[[Sequence[Item]], str]:
    def made(items: Sequence[Item]) -> str:
        told = (
            head(at, item) + "".join(f"<p>{escape(part)}</p>" for part in _paragraphs(item)) + after for at, item in enumerate(items, 1)
        )
        return _frame_html("".join(told))

    return made


def _cells(items: Sequence[Item]) -> str:
    style = "font-size:22px;font-weight:bold"
    rows = (
        f"<tr><td style='{style}'><a href='{_SITE}{at}'>{escape(item.title)}</a></td></tr><tr><td style='font-size:15px'>"
        + "".join(f"<p>{escape(part)}</p>" for part in _paragraphs(item))
        + f"<p><a href='{_SITE}{at}'>Read more</a></p></td></tr>"
        for at, item in enumerate(items)
    )
    return _frame_html(f"<table>{''.join(rows)}</table>")


def _plain(
    head: Callable[[int, str], str], between: str = "", *, wrapped: bool = False, gap: str = "\n\n"
) -> Callable[[Sequence[Item]], str]:
    def made(items: Sequence[Item]) -> str:
        parts = [f"{_NAME}\n{_NUMBER}"]
        for at, item in enumerate(items, 1):
            body = "\n\n".join(_wrapped(part) if wrapped else part for part in _paragraphs(item))
            title = head(at, item.title)
            parts.append((_wrapped(title) if wrapped and "\n" not in title else title) + gap + body + (f"\n\n{between}" if between else ""))
        return "\n\n".join([*parts, "You are receiving this e-mail because you signed up.\nUnsubscribe: https://letters.example/u"]) + "\n"

    return made


RENDERINGS: dict[str, tuple[str, Callable[[Sequence[Item]], str]]] = {
    "h2": ("html", _html(lambda _, item: f"<h2>{escape(item.title)}</h2>")),
    "h3-linked": (
        "html",
        _html(lambda at, item: f"<h3><a href='{_SITE}{at}'>{escape(item.title)}</a></h3>", "<p><a href='#'>Share</a></p>"),
    ),
    "bold": ("html", _html(lambda _, item: f"<p><b>{escape(item.title)}</b></p>")),
    "bold-ruled": ("html", _html(lambda _, item: f"<p><b>{escape(item.title)}</b></p>", "<hr>")),
    "numbered-html": ("html", _html(lambda at, item: f"<h3>{at}. {escape(item.title)}</h3>")),
    "cells": ("html", _cells),
    "plain": ("txt", _plain(lambda _, title: title)),
    "plain-ruled": ("txt", _plain(lambda _, title: title, "-----")),
    "plain-linked": ("txt", _plain(lambda _, title: title, "Read more: https://letters.example/1")),
    "tight": ("txt", _plain(lambda _, title: title, gap="\n")),
    "wrapped": ("txt", _plain(lambda _, title: title, wrapped=True)),
    "wrapped-ruled": ("txt", _plain(lambda _, title: title, "-" * WIDTH, wrapped=True)),
    "capitals": ("txt", _plain(lambda _, title: title.upper(), wrapped=True)),
    "underlined": ("txt", _plain(lambda _, title: f"{title}\n{'-' * min(len(title), WIDTH)}", wrapped=True)),
    "numbered": ("txt", _plain(lambda at, title: f"{at}. {title}")),
    "starred": ("txt", _plain(lambda _, title: f"* {title}", wrapped=True)),
    "markdown": ("md", _plain(lambda _, title: f"## {title}")),
    "markdown-ruled": ("md", _plain(lambda _, title: f"### {title}", "---")),
    "markdown-bold": ("md", _plain(lambda _, title: f"**{title}**")),
}


def rendered(items: Sequence[Item], form: str) -> Rendered:
    """These items in one of RENDERINGS."""
    suffix, made = RENDERINGS[form]
    told = tuple(Item(item.title.upper(), item.body) for item in items) if form == "capitals" else tuple(items)
    return Rendered(f"input.{suffix}", made(items), told)


def reports(place: Path) -> Iterator[tuple[str, Report]]:
    """The single texts of the cases that have sub-headings, by the name of their case."""
    for file in sorted(place.glob("*/expected.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        if len(rows) != 1:
            continue
        told = [part for part in rows[0]["body"].split("\n\n") if part.strip()]
        heads = [part for part in told if 8 < len(part) <= 60 and part[-1] not in '.!?,:;”"']
        paragraphs = [part for part in told if len(part) > 60]
        if len(heads) >= 3 and len(paragraphs) > len(heads):
            size = len(paragraphs) // (len(heads) + 1)
            bodies = ["\n\n".join(paragraphs[at * size : (at + 1) * size]) for at in range(len(heads) + 1)]
            parts = tuple(Item(head, body) for head, body in zip(heads, bodies[1:], strict=True))
            yield file.parent.name, Report(rows[0]["title"], bodies[0], parts)


@dataclass(frozen=True, slots=True)
class Report:
    """One text: its title, its opening, and its parts under their sub-headings."""

    title: str
    opening: str
    parts: tuple[Item, ...]

    def rendered(self, form: str) -> Rendered:
        """The text in one of RENDERINGS, its title and opening where a letter has its name and number."""
        made = rendered(self.parts, form)
        opening = self.opening if made.name.endswith((".txt", ".md")) else "</p><p>".join(map(escape, self.opening.split("\n\n")))
        content = made.content.replace(_NAME, self.title).replace(_NUMBER, opening)
        return Rendered(made.name, content, (Item(self.title, ""),))
