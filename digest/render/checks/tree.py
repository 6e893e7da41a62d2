"""A page as a flat list of its elements, each with what stands in it. Forgiving: whatever it is given, it gives a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


@dataclass(eq=False, slots=True)
class Element:
    """An element; `before` is the one that ended where it begins, in the same parent."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    before: Element | None
    _all: list[str]
    _from: int
    _to: int = -1
    _last: Element | None = field(default=None, repr=False)

    @property
    def pieces(self) -> list[str]:
        """The texts in it, in order, each from one tag to the next."""
        return self._all[self._from : self._to if self._to >= 0 else None]

    @property
    def text(self) -> str:
        """All text in it, whatever element of it the text stands in."""
        return "".join(self.pieces)

    def get(self, name: str) -> str:
        """An attribute, or nothing."""
        return self.attributes.get(name, "")

    def above(self) -> Iterator[Element]:
        """The elements that it stands in, the nearest first."""
        found = self.parent
        while found:
            yield found
            found = found.parent

    def declared(self) -> Iterator[tuple[str, str]]:
        """The declarations in its `style`."""
        for declaration in self.get("style").split(";"):
            name, _, value = declaration.partition(":")
            if value:
                yield name.strip(), value.strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Element] = []
        self.text: list[str] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self.open[-1] if self.open else None
        values = {name: value or "" for name, value in reversed(attrs)}
        made = Element(tag, values, parent, parent._last if parent else None, self.text, len(self.text))
        self.found.append(made)
        if parent:
            parent._last = made
        if tag in _VOID:
            made._to = len(self.text)
        else:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if any(one.tag == tag for one in self.open):
            while True:
                ended = self.open.pop()
                ended._to = len(self.text)
                if ended.tag == tag:
                    return

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def elements(page: str) -> list[Element]:
    """Every element of a page, in order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
