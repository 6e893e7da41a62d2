"""SEAM Engine: which articles belong together, with evidence.

An engine returns links, not groups; `join()` makes groups of the links of all engines. To add one,
write a class with `name` and `links()`, and name it in ENGINES or as `module:Class`. Engines see the
articles in order of time, as arrays; they may answer with Links, or with Claims, which are arrays of links.
One that says `views = False` asks for no views of the articles; where none does, none are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from digest.group.claims import Claims
from digest.group.embeddings import EmbeddingsEngine
from digest.group.exact import ExactEngine
from digest.group.grouping import Grouping
from digest.group.join import Guard, join
from digest.group.kept import Kept
from digest.group.near import NearEngine
from digest.group.story import StoryEngine
from digest.group.tokens import Texts, tokens
from digest.model import Article, Group, Link
from digest.plugins import find
from digest.settings import GroupTable

__all__ = ["ENGINES", "Claims", "Engine", "Grouping", "Kept", "Texts", "engines", "group", "grouping", "join"]


class Engine(Protocol):
    """Claims links between articles. Input order and hash seed must not matter."""

    @property
    def name(self) -> str: ...

    def links(self, texts: Texts) -> Claims | Iterable[Link]: ...


ENGINES: dict[str, Callable[[GroupTable], Engine]] = {
    "exact": lambda _: ExactEngine(),
    "near": lambda _: NearEngine(),
    "story": lambda options: StoryEngine(options.span),
    "embeddings": EmbeddingsEngine.of,
}
_OF_ARRAYS = {"exact", "near", "story"}  # these need no texts once they are arrays


def engines(options: GroupTable) -> tuple[Engine, ...]:
    """The configured engines, in order; raises SettingsError for one that there is not."""
    return tuple(find(name, ENGINES, "group.engines")(options) for name in options.engines)


Progress = Callable[[str, int, int], None]


def group(
    articles: Iterable[Article], options: GroupTable, evidence: bool = True, progress: Progress = lambda *_: None
) -> tuple[Group, ...]:
    """Every article in exactly one group; the order of `articles` changes nothing.

    Without `evidence` the groups have neither links nor texts: a million articles fit into memory.
    """
    found = grouping(articles, options, not evidence, progress)
    return found.explained(found.groups()) if evidence else found.groups()


def grouping(
    articles: Iterable[Article],
    options: GroupTable,
    lean: bool = False,
    progress: Progress = lambda *_: None,
    kept: Kept | None = None,
) -> Grouping:
    """The groups, and their evidence for whoever asks; `lean`: without the articles' texts; `kept`: what the last run left for this one."""
    chosen = [replace(one, kept=kept.nearest) if kept is not None and isinstance(one, StoryEngine) else one for one in engines(options)]
    lean = lean and _OF_ARRAYS.issuperset(options.engines)
    views = any(getattr(engine, "views", True) for engine in chosen)
    texts = tokens(_counted(articles, progress), lean=lean, views=views, kept=kept.tokens if kept else None)
    answers: list[Claims | tuple[Link, ...]] = []
    for number, engine in enumerate(chosen):
        progress("group", number, len(chosen) + 1)
        if lean and all(isinstance(later, StoryEngine) for later in chosen[number:]):
            texts = texts.without_copies()
        answer = engine.links(texts)
        answers.append(answer if isinstance(answer, Claims) else tuple(answer))
    progress("group", len(chosen), len(chosen) + 1)
    return Grouping.of(texts, answers, Guard(options.max_size, options.span))


def _counted(articles: Iterable[Article], progress: Progress) -> Iterator[Article]:
    for number, article in enumerate(articles, 1):
        yield article
        if number % 1000 == 0:
            progress("read", number, number)
