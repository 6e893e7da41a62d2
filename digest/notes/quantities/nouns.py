"""What a bare number counts: the noun behind it, without a parser."""

from __future__ import annotations

import re

from digest.notes.quantities.classes import class_of

# Nouns that only say: human beings. With a role (killed, injured) they all count the same.
PERSONS = frozenset(
    "people person persons victim life soul human individual other dead death fatality casualty body injury arrest wounded injured missing "
    "head kopf köpf leich dead fallecido mensch person opfer tote toter todesopfer verletzte verletzter vermisste "
    "leben leiche festnahme personne mort blessé victime "
    "persona muerto herido víctima 人 名".split()
)
_IRREGULAR = {
    "people": "people",
    "men": "man",
    "women": "woman",
    "children": "child",
    "police": "officer",
    "feet": "foot",
    "lives": "life",
    "wives": "wife",
    "staff": "staff",
    "crew": "crew",
    "cattle": "cattle",
    "sheep": "sheep",
    "aircraft": "aircraft",
    "personnel": "personnel",
    "dead": "dead",
    "wounded": "wounded",
    "injured": "injured",
    "missing": "missing",
    "livestock": "livestock",
    "fish": "fish",
    "salmon": "salmon",
}
# Those whom an event befalls, as a whole: with a role they count as people do.
WHOLE = frozenset(
    "driver fahr beschäftigt job worker passenger resident inhabitant villager miner pilgrim tourist guest visitor customer "
    "patient pupil traveller "
    "migrant survivor evacuee "
    "protester spectator demonstrator fan participant teilnehm bewohn einwohn anwohn fahrgast fahrgäst fahrgäste gäst "
    "gast urlaub reisend arbeiter "
    "camper runner member mitglied membre miembro campeur vacancier islander camp soldier student hiker skier reveller marcher striker "
    "empleado salarié trabajador läuf besuch helf arbeit bergleut kumpel bergman zuschau demonstrant man woman boy "
    "girl child nachbar anlieg urlaub "
    "habitant passager vecino pasajero habitante fallecido victime víctima ouvrier travailleur".split()
)
_COLLECTIVE = {
    "team": "job",
    "staff": "job",
    "workforce": "job",
    "crew": "crew",
    "crowd": "spectator",
    "fleet": "boat",
    "audience": "spectator",
}
_OF = re.compile(r"\b(team|staff|workforce|crew|crowd|fleet|audience) of (?:about |some |around |over |at least )?$", re.IGNORECASE)
_NOT_PLURAL = re.compile(
    r"(?:ss|us|is|news|series|species|reports|'s|’s|always|perhaps|besides|towards|times|across|was|has|does|its|this|his|hers|says|as)$"
)
# What is counted on a scoreboard, not by a reporter.
SCORES = frozenset(
    "point yard pass game goal run match set try touchdown catch carry homer rbi win loss rebound assist hit shot wicket over lap "
    "inning save strikeout "
    "punkt tor spiel sieg treffer satz but match partido gol inch".split()
)
_STOPS = frozenset(
    "were was are is be been had have has in on at to for from by with and or but who that which when as after before while since "
    "than of the a an "
    "per could would will may might should also only still now then it he she they them him her we you i so if into over under out "
    "off up down not "
    "said says told "
    "der die das den dem des ein eine einer eines einem und oder als wie bis zur zum zu im am an auf von vom mit nach bei seit für "
    "über unter aus "
    "y e o de del la el los las en et ou le les des du à au aux un une por para con sur dans pour par se".split()
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_AMONG = re.compile(
    r" of (?:the|its|his|her|their|those|these|our|all)(?: \d[\d,.]*)? |(?: der| von den"
    r"| der insgesamt)(?: \d[\d,.]*)? (?=[A-ZÄÖÜ])|(?: des| de los| de las) "
)
_REACH = 4  # words behind a number within which its noun stands


def noun_behind(text: str, start: int, end: int, language: str, single: bool) -> tuple[str, tuple[int, int], bool]:
    """The noun that a number ending at `end` counts: its stem, the span of its words, whether it is a part of a whole.

    The stem is empty where there is none, or where it only says that human beings are meant.
    """
    of = _OF.search(text[max(0, start - 30) : start])
    if of:
        return _COLLECTIVE[of[1].casefold()], (max(0, start - 30) + of.start(), end), False
    among = _AMONG.match(text, end)
    at = among.end() if among else end
    found = _head(text, at, language, single)
    if found is None:
        return "", (end, end), bool(among)
    word, span = found
    stem = stemmed(word, language)
    if re.match(r" (?:and|or) (?:women|girls|children)\b", text[span[1] :]):
        stem = "people"
    if re.match(r" of staff\b", text[span[1] :]):
        stem, span = "job", (span[0], span[1] + len(" of staff"))
    return ("" if stem in PERSONS else class_of(stem)), span, bool(among)


def _head(text: str, at: int, language: str, single: bool) -> tuple[str, tuple[int, int]] | None:
    if language == "zh":
        mark = re.compile(r"[人名]").match(text, at)
        return (mark.group(), mark.span()) if mark else None
    first = at
    place = at
    for number in range(_REACH):
        found = re.compile(r"[ \u00a0]+").match(text, place)
        word = _WORD.match(text, found.end()) if found else None
        if not word or word.group().casefold() in _STOPS:
            return None
        first = word.start() if number == 0 else first
        if _is_head(word.group(), language, single) and text[word.end() : word.end() + 2] not in {"' ", "’ "}:
            return word.group(), (first, word.end())
        place = word.end()
    return None


def _is_head(word: str, language: str, single: bool) -> bool:
    if language == "de":
        return word[0].isupper()
    if language in {"fr", "es"}:
        return True
    small = word.casefold()
    if single:
        return small in {
            "person",
            "man",
            "woman",
            "child",
            "passenger",
            "soldier",
            "officer",
            "worker",
            "resident",
            "death",
            "fatality",
            "body",
            "boy",
            "girl",
        }
    return small in _IRREGULAR or (small.endswith("s") and len(small) > 3 and not word.isupper() and not _NOT_PLURAL.search(small))


def stemmed(word: str, language: str) -> str:
    """A word without its ending: enough to tell that two reports count the same."""
    small = word.casefold()
    if language == "de":
        bare = re.sub(r"(?:innen|ern|en|er|n|e|s)$", "", small) if len(small) > 5 else re.sub(r"[ns]$", "", small)
        return (
            small if small in PERSONS else {"mensch": "mensch", "person": "person", "verletzt": "verletzte", "tot": "tote"}.get(bare, bare)
        )
    if small in _IRREGULAR:
        return _IRREGULAR[small]
    if small.endswith("ies") and len(small) > 4:
        return small[:-3] + "y"
    if small.endswith(("sses", "shes", "ches", "xes")):
        return small[:-2]
    return small.removesuffix("s") if not small.endswith("ss") else small
