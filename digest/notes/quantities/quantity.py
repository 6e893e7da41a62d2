"""A quantity as a report states it, and how a sentence is read for quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from digest.notes.quantities.amounts import Amount
from digest.notes.quantities.figure import Figure, figures_in, kind
from digest.notes.quantities.heads import heads
from digest.notes.quantities.marks import PART, marks
from digest.notes.quantities.nouns import SCORES, WHOLE, noun_behind
from digest.notes.quantities.roles import ROLES, Role
from digest.notes.spans import sentence_spans
from digest.text import words


@dataclass(frozen=True, slots=True)
class Quantity:
    """One stated quantity. `start` and `end` span it with hedge and unit; `sentence` is where it stands.

    `role` says what happened to what is counted, `noun` what that is (empty: human beings, or not
    said), `named` spans its words; `marks` say how it is meant (`past`, `part`, `maybe`, `before`, `now`, `moved`,
    `more`, `some`, `denied`). `opening`: it stands among the first sentences; `names` are
    what of the context is written with a capital; `sole`: the sentence has no other figure of its kind.
    """

    start: int
    end: int
    sentence: tuple[int, int]
    amount: Amount
    dimension: str
    role: Role | None
    noun: str
    named: tuple[int, int]
    context: frozenset[str]
    marks: frozenset[str]
    opening: bool = False
    names: frozenset[str] = frozenset()
    sole: bool = False


# What ends the reach of a number: its clause.
_BOUNDS = re.compile(
    r"[;:()—]| – |,(?!\d)|(?<![^\W_])(?:and|but|while|after|when|where|which|who|whom|that|because|as|whose|though|although|before|if|than|"
    r"und|aber|während|nachdem|weil|dass|wobei|sowie|et|mais|dont|tandis|y|pero|mientras)(?![^\W_])|[，；、]",
    re.IGNORECASE,
)
# A part of what was counted, put between commas or at the end.
_ASIDE = re.compile(
    r",? (?:including|of which|among which|among them|among whom|of whom|of them|most of them|many of them|some of them"
    r"|all of them|darunter|unter ihnen|davon|"
    r"dont|parmi lesquels|entre ellos|incluidos?)\b[^,;.()]*(?:, (?!\d)|(?=[;.()]|$))",
    re.IGNORECASE,
)
_APPOSITION = re.compile(r", [^,;.\d]{1,60}, (?=(?:were|was|have|has|had|are|is|died|wurden?|sind|kamen|starben|haben|ont|sont)\b)")
_LEAD_IN = re.compile(r"(?:with|for|at|on|mit|für|bei|avec|pour|con)\b", re.IGNORECASE)
_BY_NOUN = frozenset(
    {"jobs cut", "jobs created", "votes for", "votes against", "aboard", "affected", "charged"}
)  # roles that do not say who
_CHANGES = frozenset({"rose", "fell", "loss"})
# A number that stands somewhere: `the number of dead rose to 19`, `die Zahl der Toten stieg auf 19`, `ist auf 19 gestiegen`.
_NUMBER_OF = re.compile(
    r"\b(?:(?:number|count|tally|total|toll)s? (?:of|for|from)|(?:Zahl|Anzahl) (?:der|an)|nombre (?:de|d'|des)"
    r"|(?:número|cifra|total) de)(?: (?:the|les|los|las))? "
    r"|\b(?=(?:death |casualty )toll\b|cancellations|deaths\b|infections\b|arrests\b|opfer\w*zahl)",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:rose|risen|rises|climb\w*|grown|grew|increase[sd]?|jump\w*|fell|fallen|drop\w*|up|down|revised|raised|lowered"
    r"|stands?|stood|put|came|stieg|steigt|kletterte|wuchs|sank|erhöhte sich|liegt|lag|steht|stand|passé|élève|ascend\w+|subió|aument\w+)"
    r" (?:[\w’'-]+ ){0,4}?"
    r"(?:to|at|auf|bei|à|a|en) (?:(?:at least|about|around|more than|nearly|mindestens|rund|mehr als) )?$"
    r"|\b(?:reached|reaches|hit|totall?ed|erreicht\w*|is now|are now|was now|now) $",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"\bauf (?:mindestens |rund |mehr als )?$", re.IGNORECASE)
_RISEN = re.compile(r" (?:\w+ ){0,2}?(?:gestiegen|erhöht|geklettert|gewachsen|angewachsen|gesunken|korrigiert)\b")
_LEVEL = re.compile(
    r"(?: [\w’'-]+){0,4}? (?:to|at|auf|bei|à|a|al|hasta) (?:about |around |nearly |almost |just (?:over|under) |rund |knapp )?",
    re.IGNORECASE,
)
_ROLES_OF = {
    dimension: tuple((number, role) for number, role in enumerate(ROLES) if dimension in role.dimensions)
    for dimension in {dimension for role in ROLES for dimension in role.dimensions}
}
_WHOLES = frozenset({"aboard", "took part"})  # roles of a whole of which the same sentence often tells a part
_OF_THE_WHOLE = re.compile(r"\b(?:of|von|sur|de) (?:the|all|its|den|les|los) \d", re.IGNORECASE)
_OF_MEMBERS = frozenset({"took part", "jobs cut"})
_COUNTED_WHOLE = re.compile(r" of (?:the|its|their|our|his) (?:\d|two|three|four|five|six|seven|eight|nine|ten)")
# Words of one language that are others in another.
_FALSE_FRIENDS = {
    "de": frozenset(
        "die dies fund wind toll bill plus rate kill cases by end still loss sale up fire stand halten stuck axe lost bid".split()
    )
    - {"wind", "plus"},
    "en": frozenset("brand plus minus wert haft mort bis frist".split()),
    "fr": frozenset("die cases pay plus or but on fire hurt sale end bid toll".split()),
    "es": frozenset("die sale plus once toll bid bis".split()),
}
# Letters between a figure that names nothing and the words that give its role, at most.
_POINTS = frozenset({"age", "clock", "year", "floor"})  # of which there is no part, and none more
_REACH = {"count": 32, "length": 24, "duration": 45}
_FAR = 400
_MOST = 24  # figures in a sentence: one with more is a table, and says of none what it counts
_ANYWHERE = frozenset({"money", "percent", "area", "volume", "mass"})  # of which a sentence with one has one: any clause may give the role
_NAME = re.compile(r"(?<=[^\s.!?:“\"„«] )[A-ZÄÖÜ][\w-]{2,}")
_OPENING = 4  # sentences in which a report says what it is about
_SHORT = 4  # letters that a word of context has at least
_STEM = 5  # letters that count of it
_COMMON = frozenset(
    "about after their there which would could people according between during official officials police authorities reported "
    "report reports spokesman spokeswoman statement monday tuesday wednesday thursday friday saturday sunday nach einer eines "
    "million millions billion trillion thousand hundred percent cent cents crowns dollars euros pounds euro millionen milliarden prozent "
    "january february march april june july august september october november december januar februar märz juni juli oktober dezember "
    "haben worden wurde wurden nicht sagte sagten mehr with from have been were that this they said than also more when over".split()
)


@lru_cache(maxsize=64)  # more than a story has reports: several noters read each
def read(text: str, language: str, year: int = 0) -> tuple[Quantity, ...]:
    """Every quantity that `text` states, in order. `language` is a two-letter code (empty: English); `year` is the report's own."""
    return tuple(
        _at(found, start, number < _OPENING)
        for number, (start, end) in enumerate(sentence_spans(text))
        for found in _sentence(text[start:end], language or "en", year)
    )


def _at(found: Quantity, start: int, opening: bool) -> Quantity:
    """A quantity of a sentence that begins at `start` of its text."""
    end, named = found.sentence[1], found.named
    return replace(
        found,
        start=start + found.start,
        end=start + found.end,
        sentence=(start, start + end),
        named=(start + named[0], start + named[1]),
        opening=opening,
    )


@lru_cache(maxsize=4096)  # reports of one agency share their sentences
def _sentence(said: str, language: str, year: int) -> tuple[Quantity, ...]:
    return tuple(_read(said, language, year))


def _read(said: str, language: str, year: int) -> Iterator[Quantity]:
    """What a sentence states; spans count from its own beginning."""
    figures = sorted(figures_in(said, language, year), key=lambda one: one.start)
    if not 0 < len(figures) <= _MOST:
        return
    names = frozenset(word.casefold()[:_STEM] for word in _NAME.findall(said))
    context = frozenset(word[:_STEM] for word in words(said) if len(word) >= _SHORT and not word[0].isdigit() and word not in _COMMON)
    asides = [match.span() for match in (*_ASIDE.finditer(said), *(_APPOSITION.finditer(said) if "," in said else ()))]
    for figure in figures:
        inner = next((span for span in asides if span[0] <= figure.start < span[1]), None)
        clause = _clause(said, figure, figures, asides, inner)
        if (figure.dimension == "count" and figure.amount.grain < 1) or _said_again(said, figure):
            continue  # a score, or an amount said again in another currency
        role, noun, named, part = _counted(said, figure, figures, clause, language)
        if noun in SCORES:
            continue
        if figure.single and named[0] == named[1] and figure.dimension == "count":
            continue
        since = max((other.end for other in figures if other.end <= figure.start), default=0)
        found = marks(said, figure, clause, year, since) if figure.dimension not in _POINTS else frozenset()
        if role and role.name in _WHOLES and _OF_THE_WHOLE.search(said, 0, figure.start):
            found |= {"part"}  # `of the 221 on board 198 lived`
        if role and role.name == "aftershocks":
            found -= {"past"}  # which of any other figure say that it is of another quake
        if role and role.name in _OF_MEMBERS and not part and not PART.search(said, figure.bare):
            found -= {"part"}
        if part or inner or any(begin == max(figure.end, named[1]) and said[begin] == " " for begin, _ in asides):
            found |= {"part"}
        last = max(figure.end, named[1])
        yield Quantity(
            figure.start,
            figure.end,
            (0, len(said)),
            figure.amount,
            figure.dimension,
            role,
            noun,
            (named[0], last),
            context,
            found,
            names=names & context,
            sole=sum(1 for other in figures if kind(other) == kind(figure)) == 1,
        )


def _said_again(said: str, figure: Figure) -> bool:
    """Whether an amount of money stands in brackets behind another."""
    return kind(figure) == "money" and said[figure.start - 1 : figure.start] == "("


def _counted(
    said: str, figure: Figure, figures: list[Figure], clause: list[tuple[int, int]], language: str
) -> tuple[Role | None, str, tuple[int, int], bool]:
    """What a figure counts: role, noun, the span of its words, and whether it is a part of a whole."""
    noun, named, part = figure.whose, (figure.end, figure.end), False
    if figure.dimension == "count":
        noun, named, part = noun_behind(said, figure.start, figure.bare, language, figure.single)
    reach = _REACH.get(kind(figure), _FAR) if named[0] == named[1] else _FAR
    role = _role(said, figure, clause, language, reach) or _role(said, figure, _led_in(said, clause), language, reach)
    if named[0] == named[1] and (topic := _topic(said, figure)):  # `the number of passengers stranded has risen to 240`
        role = _role(said, figure, [topic], language, _FAR) or role
        noun, part = noun_behind(said, topic[0], topic[0], language, False)[0], False
    alone = sum(1 for other in figures if kind(other) == kind(figure)) == 1
    if not role and alone and (kind(figure) in _ANYWHERE or (figure.dimension == "count" and not noun)):
        role = _role(said, figure, [(0, len(said))], language, reach)
    if role and noun in WHOLE and role.name not in _BY_NOUN:
        noun = ""
    if part and role and role.name in _OF_MEMBERS and not _COUNTED_WHOLE.match(said, figure.bare):
        part = False  # `640 of its members had joined`: nobody gave the members themselves
    return role, noun, named, part


def _clause(
    said: str, figure: Figure, figures: list[Figure], asides: list[tuple[int, int]], inner: tuple[int, int] | None
) -> list[tuple[int, int]]:
    """The stretches of the sentence that may say what a figure counts."""
    low, high = inner or (0, len(said))
    for bound in _BOUNDS.finditer(said, low, high):
        if any(one.start <= bound.start() < one.end for one in figures):
            continue
        if not inner and any(begin <= bound.start() < stop for begin, stop in asides):
            continue
        if bound.end() <= figure.start:
            low = bound.end()
        elif bound.start() >= figure.end:
            high = bound.start()
            break
    pieces = [(low, high)]
    for begin, stop in [] if inner else asides:
        pieces = [part for left, right in pieces for part in ((left, min(right, begin)), (max(left, stop), right)) if part[0] < part[1]]
    return pieces


def _topic(said: str, figure: Figure) -> tuple[int, int] | None:
    """The words behind `the number of …` in a sentence that says where that number stands (`rose to 19`, `stieg auf 19`)."""
    if figure.dimension != "count" or not _NUMBER_OF.search(said, 0, figure.start):
        return None
    level = _STANDS.search(said, 0, figure.start) or (_UP_TO.search(said, 0, figure.start) and _RISEN.match(said, figure.end))
    return (list(_NUMBER_OF.finditer(said, 0, figure.start))[-1].end() - 1, figure.start) if level else None


def _led_in(said: str, clause: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The clause after a figure that opens its sentence (`With just $6 million, China built …`)."""
    if not _LEAD_IN.match(said) or clause[0][0] != 0 or said[clause[-1][1] : clause[-1][1] + 1] != ",":
        return []
    begin = clause[-1][1] + 1
    bound = _BOUNDS.search(said, begin)
    return [(begin, bound.start() if bound else len(said))]


@lru_cache(maxsize=16)  # of one sentence, each of its figures asks
def _role_words(said: str, dimension: str) -> tuple[tuple[int, int, int, Role], ...]:
    """Where words stand that give a role to figures of a dimension: from, to, the number of the role, the role."""
    begun = heads(said)
    return tuple(
        (*found.span(), number, role)
        for number, role in _ROLES_OF.get(dimension, ())
        if not role.words.heads.isdisjoint(begun)
        for found in role.words.pattern.finditer(said)
    )


def _role(said: str, figure: Figure, clause: list[tuple[int, int]], language: str, reach: int) -> Role | None:
    """The role whose words stand nearest in the clause."""
    false = _FALSE_FRIENDS.get(language, frozenset())
    best: tuple[int, int, Role] | None = None
    for start, end, number, role in _role_words(said, kind(figure)):
        if not any(low <= start and end <= high for low, high in clause) or said[start:end].casefold() in false:
            continue
        around = start < figure.start and figure.bare < end  # `claimed four lives`
        if not around and start < figure.bare and figure.start < end:
            continue
        if role.name in _CHANGES and end <= figure.start and _LEVEL.fullmatch(said, end, figure.start):
            continue  # `rose to 66 per cent` is no rise of 66 per cent, `profit fell to 4 million` no loss of 4 million
        far = 0 if around else figure.start - end if end <= figure.start else start - figure.bare
        if best is None or (far, number) < best[:2]:
            best = (far, number, role)
    return best[2] if best and best[0] <= reach else None
