"""Which features of HTML and CSS a mail uses that some mail programs lack, by the data of caniemail.com. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from digest.render.checks.tree import Element

_BORDERS = {f"css-border-{side}": "css-border" for side in ("top", "left", "right", "bottom")}


def features(elements: Iterable[Element]) -> set[str]:
    """The slugs of caniemail.com of what the inline styles and the elements of a mail's body use."""
    found: set[str] = set()
    for node in elements:
        if any(one.tag == "body" for one in node.above()):
            found.add(f"html-{node.tag}")
        for name, value in node.declared():
            found.add(f"css-{name}")
            found |= {f"css-display-{value}"} if name == "display" else set()
            found |= {f"css-unit-{unit.replace('%', 'percent')}" for unit in re.findall(r"\d(px|em|rem|vw|vh|%)", value)}
        if node.get("style"):
            found |= {f"html-{name}" for name in node.attributes if name not in {"style", "class", "id"}}
        if node.tag == "a" and node.get("href").startswith("#"):
            found.add("html-anchor-links")
    return {_BORDERS.get(name, name) for name in found}


@cache
def lacking() -> dict[str, int]:
    """In how many of the 28 clients of `tests/render/gates.py` each feature does not work."""
    found: dict[str, int] = json.loads((Path(__file__).parent / "caniemail.json").read_text("utf-8"))["lacking"]
    return found


def unsupported(elements: Iterable[Element]) -> dict[str, int]:
    """The features used that some clients lack, and how many, as a linter counts: roles and languages too."""
    return {slug: count for slug in features(elements) if (count := lacking().get(slug, 0))}
