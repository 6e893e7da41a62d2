"""SEAM Engine: which articles belong together, with evidence.

An engine returns links, not groups; `join()` makes groups of the links of all engines. To add one,
write a class with `name` and `links()`, and name it in ENGINES or as `module:Class`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from digest.group.exact import ExactEngine
from digest.group.join import Guard, join
from digest.group.near import NearEngine
from digest.group.story import StoryEngine
from digest.group.tokens import Tokens, tokens
from digest.model import Article, Group, Link
from digest.plugins import find
from digest.settings import GroupTable


class Engine(Protocol):
    """Claims links between articles. Input order and hash seed must not matter."""

    @property
    def name(self) -> str: ...

    def links(self, texts: Sequence[Tokens]) -> Iterable[Link]: ...


ENGINES: dict[str, Callable[[GroupTable], Engine]] = {
    "exact": lambda _: ExactEngine(),
    "near": lambda _: NearEngine(),
    "story": lambda options: StoryEngine(options.span),
}


def engines(options: GroupTable) -> tuple[Engine, ...]:
    """The configured engines, in order; raises SettingsError for one that there is not."""
    return tuple(find(name, ENGINES, "group.engines")(options) for name in options.engines)


def group(articles: Iterable[Article], options: GroupTable) -> tuple[Group, ...]:
    """Every article in exactly one group; the order of `articles` changes nothing."""
    texts = tokens(sorted(articles, key=lambda article: article.id))
    links = [link for engine in engines(options) for link in engine.links(texts)]
    return join([text.article for text in texts], links, Guard(options.max_size, options.span))
