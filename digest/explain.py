"""Why an issue is as it is: the reasons that were recorded when they were decided, read from its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from digest.errors import UsageError
from digest.text import counted, cut

Record = Mapping[str, Any]


def explained(record: Record, story: str = "") -> Iterator[str]:
    """Lines on every story of the issue, or on the one that `story` names (its id, number, or words of its title)."""
    stories = [(section, found) for section in record["sections"] for found in section["stories"]]
    if story:
        number, (section, found) = _named(stories, story)
        yield from _whole(number, section, found, record["articles"])
        return
    for number, (section, found) in enumerate(stories, 1):
        yield from _short(number, section, found)
    if record["left_out"]:
        yield f"Left out ({len(record['left_out'])}):"
        for row in record["left_out"]:
            article = record["articles"][row["article"]]
            yield f"  {cut(article['title'], 70)} ({article['source']}): {row['reason']}"


def _named(stories: Sequence[tuple[Record, Record]], story: str) -> tuple[int, tuple[Record, Record]]:
    for number, (section, found) in enumerate(stories, 1):
        if story in {found["id"], str(number)}:
            return number, (section, found)
    for number, (section, found) in enumerate(stories, 1):
        if story.casefold() in found["title"].casefold():
            return number, (section, found)
    raise UsageError(f"no story of this issue is called {story!r}", fix="name its number, its id or words of its headline")


def _short(number: int, section: Record, found: Record) -> Iterator[str]:
    yield f"{number}. {cut(found['title'], 90)}  [{found['id']}]"
    counts = (counted(len(found["members"]), "report"), counted(len(found["outlets"]), "outlet"), counted(found["origins"], "origin"))
    yield f"   {section['title']} · {', '.join(counts)}"
    yield from (f"   {reason}" for reason in found["reasons"])


def _whole(number: int, section: Record, found: Record, articles: Record) -> Iterator[str]:
    yield from _short(number, section, found)
    yield "   Members:"
    for member in found["members"]:
        of = f" of {articles[member['copy_of']]['source']}" if member["copy_of"] else ""
        yield f"     {member['relation']}{of}: {member['source']} · {cut(member['title'], 80)}  [{member['article']}]"
    if found["links"]:
        yield "   Links:"
    yield from (f"     {_told(link, articles)}" for link in found["links"])
    missed = found.get("near_misses", [])  # a record of before November 2026 has none
    if missed:
        yield "   Kept apart:"
    for miss in missed:
        outside = next(miss[end] for end in ("right", "left") if miss[end] not in {member["article"] for member in found["members"]})
        yield f"     {_told(miss, articles)}: {miss['reason']} · {cut(articles[outside]['title'], 70)}"


def _told(link: Record, articles: Record) -> str:
    ends = " ~ ".join(f"{articles[link[end]]['source']} [{link[end]}]" for end in ("left", "right"))
    signals = ", ".join(f"{name} {value}" for name, value in link["signals"].items())
    return f"{link['kind']} {link['score']} by {link['engine']}: {ends} ({signals})"
