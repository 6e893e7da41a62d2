"""SEAM Engine: which articles belong together, with evidence.

An engine returns links, not groups; `join()` makes groups of the links of all engines. To add one,
write a class with `name` and `links()`, and name it in ENGINES or as `module:Class`. Engines see the
articles in order of time, as arrays; they may answer with Links, or with Claims, which are arrays of links.
One that says `views = False` asks for no views of the articles; where none does, none are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np

from digest.group.claims import Claims, claimed
from digest.group.exact import ExactEngine
from digest.group.join import Guard, gathered, join, joined
from digest.group.near import NearEngine
from digest.group.refused import refused
from digest.group.story import StoryEngine
from digest.group.tokens import Texts, tokens
from digest.model import Article, Group, Link
from digest.plugins import find
from digest.settings import GroupTable

__all__ = ["ENGINES", "Claims", "Engine", "Texts", "engines", "group", "join"]


class Engine(Protocol):
    """Claims links between articles. Input order and hash seed must not matter."""

    @property
    def name(self) -> str: ...

    def links(self, texts: Texts) -> Claims | Iterable[Link]: ...


ENGINES: dict[str, Callable[[GroupTable], Engine]] = {
    "exact": lambda _: ExactEngine(),
    "near": lambda _: NearEngine(),
    "story": lambda options: StoryEngine(options.span),
}


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
    chosen = engines(options)
    texts = tokens(_counted(articles, progress), lean=not evidence, views=any(getattr(engine, "views", True) for engine in chosen))
    claims: list[Claims] = []
    told: list[Link] = []
    for number, engine in enumerate(chosen):
        progress("group", number, len(chosen) + 1)
        answer = engine.links(texts)
        if isinstance(answer, Claims):
            claims.append(answer)
        else:
            theirs, links = claimed(answer, texts.articles)
            claims.extend(theirs)
            told.extend(links)
    progress("group", len(chosen), len(chosen) + 1)
    guard = Guard(options.max_size, options.span)
    bundle, story = joined(texts.articles, claims, guard)
    first = {article.id: int(story[at]) for at, article in enumerate(texts.articles)} if told else {}
    inside = [(first[link.left], link) for link in told if first[link.left] == first[link.right]]
    if not evidence:
        return gathered(texts.articles, bundle, story, inside)
    inside.extend(_inside(texts.articles, claims, story.tolist()))
    return gathered(texts.articles, bundle, story, inside, refused(texts.articles, claims, story, guard))


def _counted(articles: Iterable[Article], progress: Progress) -> Iterator[Article]:
    for number, article in enumerate(articles, 1):
        yield article
        if number % 1000 == 0:
            progress("read", number, number)


def _inside(articles: Sequence[Article], claims: Iterable[Claims], story: Sequence[int]) -> Iterator[tuple[int, Link]]:
    """The claims inside stories as links, with the story that each is in."""
    stories = np.array(story, np.int64)
    for claim in claims:
        if claim.engine:
            for at in np.flatnonzero((stories[claim.left] == stories[claim.right]) & (claim.scores > 0)):
                yield story[claim.left[at]], claim.link(int(at), articles)
