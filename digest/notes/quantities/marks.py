"""How a figure is meant: what must not be compared (the past, a part of the whole, one more, a denial), and what is new."""

from __future__ import annotations

import re
from collections.abc import Callable

from digest.notes.quantities.figure import Figure, kind
from digest.notes.quantities.heads import Words

PART = re.compile(
    r"\b(?:of (?:them|whom|those|these)|one of (?:the|several|many)|eine[rs]? der|among (?:them|the)|in (?:one|a single)|alone"
    r"|each|apiece|davon|darunter|allein|jeweils|chacun)\b",
    re.IGNORECASE,
)
# `the two`, `two other`: some of those named before.
_ADDING = Words.of(r"adding|added|plus another|zusätzlich")
_DEFINITE = re.compile(
    r"\b(?:the|these|those|his|her|their|all|both|other|die|den|der|ihre|seine|alle|les|los|las) (?:other |anderen |\w+ )?$", re.IGNORECASE
)
_OTHER = re.compile(r" (?:other|andere[nr]?|autres|otros)\b", re.IGNORECASE)
_MORE = re.compile(
    r"(?:\b(?:another|further|additional|weitere[nr]?|extra|encore)\s)$|^ (?:more|additional|further|weitere|de plus|más)\b", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\b(?:(?:up|down) from|than|against|compared with|instead of|rather than|and not|not|earlier|initial|initially|previous"
    r"|previously|statt|zuvor|zunächst|nicht|gegenüber)"
    r"(?: (?:the|an?|earlier|initial|previous|about|ursprünglich\w*))*\s$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|von|de)\s$", re.IGNORECASE)
_TO = re.compile(r"[^,;.]{0,24}?\s(?:to|auf|à|a)\s", re.IGNORECASE)
# A figure of this hour, and one that says that it was another before.
_NOW = re.compile(r"\b(?:now|latest|inzwischen|mittlerweile|nunmehr|nun|jetzt|désormais|ahora|so far|bislang)\b", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:rose|risen|rises|climb\w*|increas\w+|grown|widened|revis\w+|updat\w+|up from|down from|corrected|has reached|had reached"
    r"|stieg|gestiegen|erhöht\w*|korrigiert\w*|lowered|raised (?:its|the)"
    r"|new (?:offer|total|figure|count|toll)|neue[nrs]? (?:angebot|zahl|stand)|more bodies"
    r"|than (?:was |were |had been |first |originally ){0,2}(?:estimated|expected|thought|feared)"
    r"|als (?:zunächst )?(?:geschätzt|erwartet|vermutet)"
    r"|alourdi|passé|ascend\w+|subió|subido)\b|上升至|升至|增至",
    re.IGNORECASE,
)
_PAST = Words.of(
    r"last year|last month|last week|a year (?:ago|earlier)|(?:years?|months?|weeks?|decades?|days?) (?:ago|earlier)|recently"
    r"|earlier this|in fresh|separate(?:ly)?|aftershocks?|nachbeben|kürzlich|neulich|previously|in total since|so far in"
    r"|previous year|the year before|prior year|in recent years|on average|average of|"
    r"normally|usually|typically|over the course of|at (?:the|that) time|damals|annually|every year|each year"
    r"|per year|so far this year|this year|beginning of the year|start of the year|beginn des jahres|jahresanfang|début de l'année"
    r"|since \d{4}|in history|historically|anniversary|vorjahr\w*|vergangenen jahr\w*|letzten jahr\w*|"
    r"(?:ein|zwei|drei|fünf|zehn) jahre? (?:zuvor|vorher|früher)|vor \w+ jahren|im schnitt"
    r"|durchschnittlich|jährlich|seit jahresbeginn|l'an dernier|en moyenne|el año pasado|worst \w+ since"
    r"|deadliest",
)
# The year before: figures of it may be compared with one another, and a comparison with it says nothing of its sentence's figure.
_LAST_YEAR = re.compile(
    r"\b(?:(?:in |during |over )?(?:the )?(?:last|past|previous) year|im (?:vergangenen|letzten|vorigen) jahr|l'an dernier|el año pasado"
    r"|l'année dernière)\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(
    r",? ?[^,;]{0,40}\b(?:than|compared (?:with|to)|against|gegenüber|als|par rapport à|frente a)(?: (?!\d)[\w’'-]+){0,4}? "
    r"(?:a year (?:ago|earlier|before)|last year|(?:in )?the year before|(?:in )?the previous year|im (?:vorjahr|jahr zuvor)|vor einem jahr"
    r"|l'an dernier|el año (?:pasado|anterior))\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r" (?:after|before(?! any)|later|ago|earlier|from|nach|vor|später|zuvor)\b", re.IGNORECASE
)  # a point in time, no length of it
_WITHIN = re.compile(r"\b(?:within|in|past|last|first|next|binnen|innerhalb von|vor|nach)\s$", re.IGNORECASE)
_AT_FIRST = re.compile(r"(?:In|Since|During|Im|Seit|En|Depuis|Desde)\b")
_QUARTERLY = re.compile(r"\b(?:quarter(?:ly)?|three months|[\w-]*quartal\w*|trimest\w+)\b", re.IGNORECASE)
_YEARLY = Words.of(
    r"annual(?:ly)?|a year|yearly|full[- ]year|fiscal|per year|jahresumsatz|jährlich\w*|geschäftsjahr\w*|im jahr|annuel\w*"
    r"|anual\w*",
)
_OF_MORE = re.compile(r" of (?:a|an|his|her|their|its) | (?:quakes|earthquakes|tremors)\b", re.IGNORECASE)
_OF_THOSE = re.compile(r"(?:Of|Among) (?:those|these|them|whom)\b|Davon\b|Darunter\b|Unter ihnen\b|Parmi (?:eux|elles)\b|De ellos\b")
_JUST_BEHIND = 30  # letters behind a figure in which `ist auf 19 gestiegen` says that it is new
_OF_THAT = re.compile(
    r" of (?:the|this|these|those|that|which) \w|(?<=[a-zäöü]) (?:davon|dieser)\b", re.IGNORECASE
)  # `$22 million of the stolen coins`
_MAYBE = Words.of(
    r"needs?|needed|requires?|required|necessary|nötig|notwendig|benötigt\w*|erforderlich\w*|necesit\w+|"
    r"could|may|might|would|expected|expects?|plans?|planned|forecast\w*|predict\w*|target\w*|hopes?|hoped|aims?|unless"
    r"|feared|fears|demand\w*|"
    r"wants?|called for|asked for|sought|könnte[n]?|dürfte[n]?|soll(?:en|te|ten)?|erwartet\w*|geplant\w*|prognos\w+|befürchtet"
    r"|fordert\w*|pourrait|devrait|podría",
)
_DENIED = re.compile(
    r"\b(?:not|n't|never|denied|denies|deny|(?:is|was|are|were|as) (?:\w+ )?(?:false|wrong|untrue)|nicht|kein\w*|dementiert\w*|falsch"
    r"|bestritt\w*)\b|n[’']t\b",
    re.IGNORECASE,
)
_DENIED_THAT = re.compile(
    r"\b(?:denied|denies|denying|(?:not|isn[’']t|wasn[’']t) true|untrue|false|rejected|dismissed|contrary to|dementiert\w*"
    r"|bestritt\w*|nicht wahr)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:(?i:in|since|of|by|from|until|till|during|seit|im|jahr|bis|von|en|de|depuis|early|late|mid)(?: the)?"
    r"|(?:[A-Z][a-z]{2,8}\.? (?:\d{1,2},? )?)) ?-?((?:19|20)\d\d)\b",
)
_WHOLE_OF = re.compile(
    r"(?:\d\S*|one|two|three|four|five|six|seven|eight|nine|ten) of (?:its|their|the|our|his|her)(?: [a-z]+)? $"
    r"|(?:\d\S*|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn) (?:der|ihrer|seiner|de ses|de sus) $",
    re.IGNORECASE,
)
_OPENS = 28  # letters at the head of a sentence in which it says of what time it speaks
_FEW = 10  # so many may be named one by one before they are counted


def marks(said: str, figure: Figure, clause: list[tuple[int, int]], year: int, since: int) -> frozenset[str]:
    """How a figure is meant; `since` is where the one before it ends."""
    inside = " ".join(said[low:high] for low, high in clause)
    before, after = said[max(0, figure.start - 30) : figure.start], said[figure.end : figure.end + 30]
    opening = said.partition(",")[0] if figure.start > said.find(",") > 0 else said[:_OPENS] if _AT_FIRST.match(said) else ""
    last_year = any(_LAST_YEAR.search(part) for part in (inside, opening)) and not _BEFORE.search(before)
    spoken = _COMPARISON.sub(_figureless(figure), said) if "year" in said or "ahr" in said else said
    spoken = _LAST_YEAR.sub("", spoken) if last_year else spoken
    years = {int(found) for part in (inside, opening) for found in _YEAR.findall(part)}
    found = {
        "past": _PAST.search(spoken, said)
        or (figure.dimension == "duration" and bool(_WHEN.match(said, figure.end) or _WITHIN.search(before)))
        or any(found != year if not year else found < year for found in years),
        "part": (bool(PART.search(inside) or _OF_THOSE.match(said)) and figure.dimension in {"count", "magnitude"})
        or bool(_OF_MORE.match(said, figure.end) or _OF_THAT.match(said, figure.end)),
        "maybe": _MAYBE.search(inside, said),
        "some": figure.dimension == "count"
        and figure.amount.value <= _FEW
        and bool(_DEFINITE.search(before) or _OTHER.match(said, figure.end)),
        "before": said.startswith("-strong", figure.bare)
        or bool(_WHOLE_OF.search(before))
        or bool(_BEFORE.search(before) or (_FROM.search(before) and _TO.match(said, figure.end))),
        "now": _stands_near(_NOW, said, figure, since) or _stands_near(_MOVED, said, figure, since),
        "moved": _stands_near(_MOVED, said, figure, since),
        "more": _ADDING.search(inside, said) or bool(_MORE.search(before) or (_MORE.search(after) and figure.dimension != "percent")),
        "denied": bool(_DENIED.search(inside) or _DENIED_THAT.search(said, 0, figure.start)),
        "last year": last_year,
        "quarterly": kind(figure) == "money" and bool(_QUARTERLY.search(said)),
        "yearly": kind(figure) == "money" and _YEARLY.search(said, said),
    }
    return frozenset(name for name, holds in found.items() if holds)


def _stands_near(words: re.Pattern[str], said: str, figure: Figure, since: int) -> bool:
    return bool(words.search(said, since, figure.start) or words.search(said, figure.end, figure.end + _JUST_BEHIND))


def _figureless(figure: Figure) -> Callable[[re.Match[str]], str]:
    """Take out a comparison with the year before, unless it is the figure's own (`than the 5,000 of last year`)."""
    return lambda found: found.group() if found.start() <= figure.start < found.end() else ""
