"""Outlets are not origins: which reports of a story are tellings of their own.

One origin have: a copy and its original; reports that credit the same agency; titles of one
publisher; and texts that share a long passage word for word. The credit stands at the head of a
report (its byline or dateline) or as its last words, never somewhere in between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.model import Article, Group
from digest.text import listed, shingles, word_count, words

# Agencies by the name under which they count, and how they sign in the languages that we read.
_AGENCIES = {
    "Reuters": r"Reuters|rtr|RTR|Thomson Reuters|رويترز|路透社?",
    "AP": r"AP|Associated Press|The Associated Press|أسوشيتد برس|美联社",
    "AFP": r"AFP|afp|Agence France-Presse|فرانس برس|法新社",
    "dpa": r"dpa|DPA|Deutsche Presse-Agentur",
    "epd": r"epd|EPD",
    "KNA": r"KNA|kna",
    "SID": r"SID|sid",
    "APA": r"APA|apa",
    "Keystone-SDA": r"SDA|sda|Keystone-SDA|ATS|ats",
    "PA": r"PA|PA Media|Press Association|PA news agency",
    "EFE": r"EFE|efe|Agencia EFE",
    "Europa Press": r"Europa Press",
    "ANSA": r"ANSA|Ansa",
    "Xinhua": r"Xinhua|新华社|新华网",
    "TASS": r"TASS|ТАСС",
    "Interfax": r"Interfax|Интерфакс",
    "RIA": r"RIA Novosti|РИА Новости",
    "Kyodo": r"Kyodo|共同社?",
    "UPI": r"UPI",
    "Bloomberg": r"Bloomberg|bloomberg",
    "ANI": r"ANI",
    "IANS": r"IANS",
    "AAP": r"AAP|Australian Associated Press",
    # … in full: `PC` is a computer too.
    "The Canadian Press": r"The Canadian Press|La Presse canadienne",
    "PNA": r"PNA|Philippine News Agency",
    "Bernama": r"Bernama|BERNAMA",
    "Antara": r"Antara|ANTARA",
    "Yonhap": r"Yonhap",
    "Jiji": r"Jiji|Jiji Press|時事",
    "Anadolu": r"Anadolu|Anadolu Agency|Agence Anadolu",
    "NAN": r"NAN|News Agency of Nigeria",
    "GNA": r"GNA|Ghana News Agency",
    "Télam": r"Télam|TÉLAM|Telam",
    "Notimex": r"Notimex|NTX",
    "Adnkronos": r"Adnkronos",
    "AGI": r"AGI",
    "PAP": r"PAP",
    "CTK": r"[ČC]TK",
    "MTI": r"MTI",
    "STT": r"STT",
    "PTI": r"PTI",
    "Belga": r"Belga|belga",
    "ANP": r"ANP",
    "TT": r"TT",
    "Ritzau": r"Ritzau",
    "NTB": r"NTB",
    "Lusa": r"Lusa",
    "CNS": r"中新社|中新网",
    "SPA": r"واس",
    "WAM": r"وام",
}
_NAMES = "|".join(rf"(?P<a{number}>{spelling})" for number, spelling in enumerate(_AGENCIES.values()))
_HEAD, _TAIL = 160, 60  # letters at the head and at the end of a text in which a credit stands
_OPENING = 60  # … before which a bracket at the head opens
_TOGETHER = r"(?:[/,·&+ ]{1,3}[\w-]+)*"  # `dpa/lnw`, `AP, Reuters`
_BRACKET = re.compile(rf"[(\[（【](?:{_NAMES}){_TOGETHER}[)\]）】]")
_UNKNOWN = re.compile(
    r"[(\[](?P<other>[A-Z]{2,5}|(?:[A-Z][\w-]+ ){1,3}(?:Agency|Press|Wire|Newswire|Agentur)|[A-Z][a-z]+wire)[)\]]\s*[—–-]"
)
_BYLINE = re.compile(rf"^\W*(?:(?:By|Von|Par|Por|De)\s+)?(?:{_NAMES})(?:{_TOGETHER})(?:\s*[:|–—]|\s+-\s|\s*$|\s+staff\b)", re.MULTILINE)
_AT_END = re.compile(
    rf"(?:^|[\n(\[]|[.!?”\"] [(\[–—-]? ?)(?:Source|Quelle|Fuente|来源|avec|with|mit|con|[Aa]dditional reporting by"
    rf"|[Mm]it Material von)?:? ?(?:{_NAMES}){_TOGETHER}[)\]]?[.]?\s*$"
)
# A passage so long, word for word, was not written twice.
PASSAGE = 40  # words in a row


@dataclass(frozen=True, slots=True)
class Origins:
    """`of` maps each article's id to the id of the first of its origin; `reasons` say what was put together, and why."""

    of: Mapping[str, str]
    reasons: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many independent origins there are."""
        return len(set(self.of.values()))


def origins(group: Group, families: Mapping[str, str], ordered: Sequence[Article] = ()) -> Origins:
    """The origins of a group's articles, in the order given (else in the group's).

    `families` maps an outlet to the name of its publisher; two reports of one outlet are one origin.
    """
    articles = list(ordered or group.articles)
    first = {article.id: article.id for article in articles}
    reasons: list[str] = []
    for why, keys in (
        ("one text", {article.id: group.copies.get(article.id, article.id) for article in articles}),
        ("one outlet", {article.id: article.source for article in articles}),
        ("one publisher", {article.id: families[article.source] for article in articles if families.get(article.source)}),
        ("one agency", {article.id: agency for article in articles if (agency := credit(article))}),
        ("one passage", _passages(articles)),
    ):
        for key in dict.fromkeys(keys.values()):
            same = [article for article in articles if keys.get(article.id) == key]
            if _join(first, [article.id for article in same]) and why not in {"one text", "one outlet"}:
                outlets = dict.fromkeys(article.source for article in same)
                named = f" ({key})" if why in {"one agency", "one publisher"} else ""
                reasons.append(f"origins: {listed(outlets, 6)} are one, by {why}{named}")
    place = {article.id: at for at, article in enumerate(articles)}
    roots: dict[str, str] = {}
    for article in sorted(articles, key=lambda article: place[article.id]):
        roots.setdefault(first[article.id], article.id)
    return Origins({article.id: roots[first[article.id]] for article in articles}, tuple(reasons))


def _join(first: dict[str, str], same: Sequence[str]) -> bool:
    """Make one of the sets that hold `same`; whether that changed anything."""
    roots = list(dict.fromkeys(first[one] for one in same))
    for one, root in first.items():
        if root in roots[1:]:
            first[one] = roots[0]
    return len(roots) > 1


def credit(article: Article) -> str:
    """The agency whose text a report says it is; empty where it credits none."""
    for author in article.authors:
        found = re.fullmatch(rf"(?:{_NAMES})(?:[ /,].*)?", author.strip())
        if found:
            return _agency(found)
    head, tail = article.text[:_HEAD], article.text[-_TAIL:]
    bracket = _BRACKET.search(head)
    early = bracket if bracket and bracket.start() <= _OPENING else None
    found = early or _UNKNOWN.search(head) or _BYLINE.search(head) or _AT_END.search(tail)
    return _agency(found) if found else ""


def _agency(found: re.Match[str]) -> str:
    groups = found.groupdict()
    known = (name for number, name in enumerate(_AGENCIES) if groups.get(f"a{number}"))
    return next(known, groups.get("other") or "")


def _passages(articles: Sequence[Article]) -> Mapping[str, str]:
    """Articles that share a run of PASSAGE words, each with the id of the first of them."""
    runs = {article.id: _runs(article) for article in articles}
    found: dict[str, str] = {}
    for at, left in enumerate(articles):
        for right in articles[at + 1 :]:
            if not runs[left.id].isdisjoint(runs[right.id]):
                found.setdefault(left.id, left.id)
                found[right.id] = found[left.id]
    return found


def _runs(article: Article) -> frozenset[str]:
    return frozenset(shingles(words(article.text), PASSAGE)) if word_count(article.text) >= PASSAGE else frozenset()
