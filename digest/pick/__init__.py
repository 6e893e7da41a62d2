"""Group to lead: the report that a good editor would put on top, with the reasons, in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from digest.model import Article, Group, Kind
from digest.pick.headline import telling
from digest.pick.middle import middle
from digest.pick.summary import summary
from digest.pick.whole import is_whole
from digest.text import counted, word_count

__all__ = ["Choice", "pick", "summary"]

# Reports before everything that comments on them; in the order in which they may lead.
_RANK = (Kind.ARTICLE, Kind.BRIEF, Kind.FEATURE, Kind.EXPLAINER, Kind.LIVE, Kind.INTERVIEW, Kind.EDITORIAL, Kind.OPINION)
_FULL = 700  # words: a longer report is no fuller to a reader of a digest
_STEP = 50  # words: a report longer by less is no fuller
_BLOATED = 1800  # words: a longer one is a page of several things, or a transcript
_THIN = 60  # words: a shorter one hardly tells the story
_DAY = 86400.0  # seconds

Test = tuple[str, Callable[[Article], float]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The lead of a group, why it leads, and the other articles in the order they are to be named."""

    lead: Article
    others: tuple[Article, ...]
    reasons: tuple[str, ...]


def pick(group: Group, weights: Mapping[str, float], language: str = "en", led: Collection[str] = ()) -> Choice:
    """Choose the lead; the order of `group.articles` does not matter.

    `weights` are the outlets' weights of the settings (1 where there is none); `language` is the
    issue's own: a reader can check a lead in it. `led` are the ids of the leads of an earlier build of the
    issue: one of them stays, unless another is better by what comes before it.
    """
    if len(group.articles) == 1:
        return Choice(group.articles[0], (), _reasons(group.articles[0], (), ()))
    fresh = _chosen(group, _tests(group, weights, language, ()))
    if fresh.lead.id in led or not any(article.id in led for article in group.articles):
        return fresh  # the same with the same reasons: a second build of the same articles is the same
    return _chosen(group, _tests(group, weights, language, led))


def _chosen(group: Group, tests: tuple[Test, ...]) -> Choice:
    ordered = sorted(group.articles, key=lambda article: (*(-test(article) for _, test in tests), article.source, article.id))
    lead, others = ordered[0], tuple(ordered[1:])
    return Choice(lead, others, _reasons(lead, others, tests))


def _tests(group: Group, weights: Mapping[str, float], language: str, led: Collection[str]) -> tuple[Test, ...]:
    """What decides, first to last; a higher value leads. Each comes with the words that say so."""
    near, clear = middle(group), telling(group.articles)
    length = {article.id: word_count(article.text) for article in group.articles}
    first = min(_moment(article) for article in group.articles)
    return (
        ("has a text", lambda article: float(length[article.id] > 0)),
        ("is in the language of the issue", lambda article: float(article.language in {language, ""})),
        ("is an original, not a copy", lambda article: float(article.id not in group.copies)),
        ("reports, where others comment", lambda article: -float(_rank(article.kind))),
        ("is whole, not cut short or behind a wall", lambda article: float(is_whole(article))),
        ("tells more than a few lines", lambda article: float(length[article.id] >= _THIN)),
        ("keeps to the story", lambda article: float(length[article.id] <= _BLOATED)),
        ("tells what the others tell", lambda article: float(near[article.id])),
        ("comes from a source with more weight", lambda article: weights.get(article.source, 1.0)),
        ("has a headline that says what happened", lambda article: float(article.id in clear)),
        ("led an earlier build of this issue", lambda article: float(article.id in led)),
        ("is the fullest report", lambda article: min(length[article.id], _FULL) // _STEP),
        ("is later by a day: the story moved on", lambda article: (_moment(article) - first) // _DAY),
        ("is the latest report", _moment),
    )


def _rank(kind: Kind) -> int:
    """A kind that is not in the table stands behind all reports and before what comments."""
    return _RANK.index(kind) if kind in _RANK else _RANK.index(Kind.LIVE)


def _moment(article: Article) -> float:
    return (article.published or article.first_seen).timestamp()


def _reasons(lead: Article, others: tuple[Article, ...], tests: tuple[Test, ...]) -> tuple[str, ...]:
    """Why the lead leads: against each test, over how many it won that were still in the race."""
    if not others:
        return ("lead: the only report",)
    reasons = []
    race = others
    for words, test in tests:
        beaten = [other for other in race if test(other) < test(lead)]
        if beaten:
            reasons.append(f"lead: {words} (before {counted(len(beaten), 'other')})")
        race = tuple(other for other in race if test(other) == test(lead))
    return tuple(reasons) or ("lead: first by name among equals",)
