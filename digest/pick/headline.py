"""Whether a headline says what happened, or only teases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.model import Article
from digest.text import words

# Headlines that promise to tell, and do not.
_TEASES = re.compile(
    r"\?\s*$|^(?:here[’']s|this is|why|how|what|when|who|where|meet|watch|video|photos?|pictures?|gallery|live|podcast|opinion"
    r"|analysis|explainer|fact ?check"
    r"|five|six|seven|ten|\d+) (?!.*\b(?:killed|dead|die|injured|arrested)\b)|you (?:won[’']t believe|need to know|should know)"
    r"|everything (?:you|we)|what we know"
    r"|all you need|one thing|in pictures|at a glance|morning briefing|newsletter|^(?:so|warum|wie|was|wer|wo|das ist|darum"
    r"|pourquoi|comment|voici|qué|cómo|por qué)\b",
    re.IGNORECASE,
)
_LEAST = 4  # words of a headline that may say what happened; two characters of Chinese make one
_OPENING = 60  # words of a report in which it says what happened
_LETTERS_OPENING = 1000  # in which these words stand
_SHARE = 0.34  # of a headline's words of content: so many the opening has, or the headline is about something else
_LETTERS = 4
_UNSPACED = "\u0e00"


def telling(group: Sequence[Article]) -> frozenset[str]:
    """The ids of the articles whose headline is a statement, and of words that its own or another report opens with."""
    openings: dict[str, list[set[str]]] = {}
    for article in group:
        openings.setdefault(article.language, []).append(set(words(article.text[:_LETTERS_OPENING])[:_OPENING]))
    return frozenset(article.id for article in group if _tells(article, openings[article.language]))


def _tells(article: Article, openings: Sequence[set[str]]) -> bool:
    title = words(article.title)
    if len(title) < _LEAST or _TEASES.search(article.title):
        return False
    told = {word for word in title if len(word) >= _LETTERS or word >= _UNSPACED}
    return not told or any(len(told & opening) >= _SHARE * len(told) for opening in openings)
