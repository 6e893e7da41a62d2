"""Whether a report came whole, or cut short: by its feed, or by a wall that only subscribers pass."""

from __future__ import annotations

import re

from digest.model import Article

_END = 160  # letters at the end of a text in which a wall or a cut shows
# What stands where a text was cut, in the languages that we read.
_CUT = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.)\]|\[\+\d+ chars\]|\((?:more|mehr|suite)\)|»)\s*$"
    r"|\b(?:read (?:more|on|the (?:full|whole|rest))|continue reading|keep reading|full story|weiterlesen|lesen sie (?:mehr"
    r"|weiter)|zum artikel|lire la suite|"
    r"lire l'article|leer más|seguir leyendo)\b[^.!?]{0,60}[.!?…»→]*\s*$",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\b(?:subscribers? only|for subscribers|subscribe (?:now )?to (?:read|continue|unlock)|to (?:read"
    r"|continue reading) this (?:article|story)|already a subscriber"
    r"|sign in to (?:read|continue)|register to (?:read|continue)|this (?:article|content|story) is (?:for|reserved|only)"
    r"|exclusively for (?:[\w’']+ )?subscribers"
    r"|nur für abonnent\w*|jetzt abonnieren|mit (?:plus|abo) weiterlesen|diesen artikel (?:weiter)?lesen|réservé aux abonnés"
    r"|article réservé|exclusivo para suscriptores)\b"
    r"|订阅后|登录后继续",
    re.IGNORECASE,
)
_CLOSES = ".!?…。！？:;\"'”’“»«)]」』"
_SHORT = 40  # letters: a text that ends in a shorter paragraph without a stop ends in a name or a credit


def is_whole(article: Article) -> bool:
    """Whether the text ends where its writer ended it, and no wall was taken out of it."""
    text = article.text.rstrip()
    walled = _WALL.search(text[-_END:]) or any(_WALL.search(removal.text) for removal in article.removed)
    return not walled and not _CUT.search(text[-_END:]) and _is_ended(text)


def _is_ended(text: str) -> bool:
    last = text.rsplit("\n", 1)[-1]
    return not text or text[-1] in _CLOSES or not text[-1].isalnum() or len(last) < _SHORT
