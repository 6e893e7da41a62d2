"""Numbers as they are written: digits, number words, and the words that scale them (`1.2bn`, `zwölf`, `half a million`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: `value`, and `grain`, the place of its last digit that says something.

    `1,200` has the grain 100, `1,187` the grain 1, `$5.5 million` the grain 100,000. A `vague` one
    (dozens, hundreds) reaches from `value` to `most`. `plain` is false where a word or a scale is part of it.
    """

    start: int
    end: int
    value: float
    grain: float
    plain: bool = True
    most: float = 0.0

    @property
    def vague(self) -> bool:
        """Whether it is an order of magnitude and no figure."""
        return self.most > 0


_ENGLISH = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen".split()
    )
} | dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_GERMAN = {
    word: value
    for value, word in enumerate(
        "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn "
        "neunzehn".split()
    )
} | dict(zip("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split(), range(20, 100, 10), strict=True))
_GERMAN["dreissig"] = 30
_FRENCH = dict(
    zip(
        "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt".split(),
        range(2, 21),
        strict=True,
    )
) | {"trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100}
_SPANISH = dict(
    zip(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve "
        "veinte".split(),
        range(2, 21),
        strict=True,
    )
) | {"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "cien": 100}
_OTHERS = {"fr": _FRENCH, "es": _SPANISH}
_FRENCH |= {"quatre-vingts": 80, "quatre-vingt": 80, "cents": 100, "mille": 1000}
_FRENCH |= {"une dizaine": 10, "une douzaine": 12, "une quinzaine": 15, "une vingtaine": 20, "une trentaine": 30}
_FRENCH |= {"une quarantaine": 40, "une cinquantaine": 50, "une centaine": 100}
_SPANISH |= {"ciento": 100, "doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500, "seiscientos": 600}
_SPANISH |= {"setecientos": 700, "ochocientos": 800, "novecientos": 900, "mil": 1000, "una docena": 12, "una decena": 10}


_ROMANCE_SCALE = {
    "fr": re.compile(r" (millions?|milliards?)\b", re.IGNORECASE),
    "es": re.compile(r" (mil millones|millones|millón)\b", re.IGNORECASE),
}


def _run_of(table: dict[str, int]) -> re.Pattern[str]:
    names = "|".join(sorted(table, key=len, reverse=True))
    return re.compile(rf"\b(?:{names})(?:(?: |-| y | et |-et-)(?:{names}))*\b", re.IGNORECASE)


_OTHER_RUNS = {language: _run_of(table) for language, table in _OTHERS.items()}

# Longest first where one begins another. `m` and `k` scale only behind a currency (`units.py` sees to that).
_SCALES = {
    "en": {"thousand": 1e3, "million": 1e6, "mln": 1e6, "mn": 1e6, "billion": 1e9, "bln": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}
    | {"lakh": 1e5, "crore": 1e7},
    "de": {"tausend": 1e3, "millionen": 1e6, "million": 1e6, "mio.": 1e6, "mio": 1e6, "milliarden": 1e9, "milliarde": 1e9, "mrd.": 1e9}
    | {"mrd": 1e9, "billionen": 1e12, "billion": 1e12},
    "fr": {"mille": 1e3, "millions": 1e6, "million": 1e6, "milliards": 1e9, "milliard": 1e9},
    "es": {"mil millones": 1e9, "mil": 1e3, "millones": 1e6, "millón": 1e6},
    "zh": {"万亿": 1e12, "亿": 1e8, "万": 1e4, "千": 1e3},
}
_LETTERS = {"m": 1e6, "k": 1e3, "b": 1e9}  # behind a currency or glued to digits
_VAGUE = {
    "en": {"several dozen": (36.0, 99.0), "a few dozen": (24.0, 60.0), "dozens": (24.0, 99.0), "several hundred": (200.0, 999.0)}
    | {
        "several thousand": (2e3, 9e3),
        "a few hundred": (200.0, 600.0),
        "tens of thousands": (2e4, 99e3),
        "hundreds of thousands": (2e5, 9e5),
    }
    | {"scores": (40.0, 199.0), "hundreds": (200.0, 999.0), "thousands": (2e3, 99e3), "millions": (2e6, 99e6)},
    "de": {
        "mehrere dutzend": (24.0, 99.0),
        "mehrere hundert": (200.0, 999.0),
        "mehrere tausend": (2e3, 9e3),
        "dutzende": (24.0, 99.0),
        "hunderte": (200.0, 999.0),
        "tausende": (2e3, 99e3),
    },
    "fr": {"des dizaines": (20.0, 99.0), "des centaines": (200.0, 999.0), "des milliers": (2e3, 99e3)},
    "es": {"decenas": (20.0, 99.0), "cientos": (200.0, 999.0), "miles": (2e3, 99e3)},
}
_VAGUE_RUNS = {
    language: re.compile(rf"\b(?:{'|'.join(sorted(table, key=len, reverse=True))})\b", re.IGNORECASE) for language, table in _VAGUE.items()
}
_THOUSANDS = {"en": ",", "de": r".\u202f\u00a0'’ ", "fr": r".\u202f\u00a0 ", "es": r".\u202f\u00a0 ", "zh": ","}
_DECIMALS = {"en": ".", "de": ",", "fr": ",", "es": ",", "zh": "."}
_ENGLISH_WORD = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_ENGLISH_RUN = re.compile(
    rf"\b(?:(?:half a|a quarter of a) (?:million|billion|dozen)|(?:(?:{_ENGLISH_WORD}|an?)[ -](?:and a half )?)?(?:dozen)\b"
    rf"|(?:{_ENGLISH_WORD}|an?(?= (?:hundred|thousand|lakh|million|crore|billion|trillion)\b))"
    rf"(?:[ -](?:{_ENGLISH_WORD}|hundred|thousand|lakh|million|crore|billion|trillion|and a half|and(?= (?:{_ENGLISH_WORD})\b)))*)\b",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"\b(?:a )?(?:quarter|half)(?: of)?(?: a)?(?=[ -](?:percentage[ -])?point)", re.IGNORECASE)
_ENGLISH_SCALES = {"thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9, "trillion": 1e12}
_GERMAN_PART = "|".join(sorted({*_GERMAN, "und", "hundert", "tausend"}, key=len, reverse=True))
_GERMAN_RUN = re.compile(
    rf"\b(?:(?:{_GERMAN_PART})+|eine[rmns]?(?= (?:halben? )?(?:Million|Milliarde|Dutzend)))"
    r"(?: (?:halben? )?(?:Millionen|Million|Milliarden|Milliarde|Dutzend))?\b|\b(?:anderthalb|eineinhalb|zweieinhalb)"
    r"(?: (?:Millionen|Milliarden))?\b|\bein(?:em)? (?:halbes )?Dutzend\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[一二两三四五六七八九十百千万亿零]+(?=[人名个位辆艘架万亿])")
_CHINESE_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000}


_WORDS = {*_ENGLISH, *_GERMAN, *_FRENCH, *_SPANISH} | set(
    "a an half quarter viertel hundert hundred tausend thousand million billion trillion dozen dutzend anderthalb eineinhalb "
    "eine einem einer eines scores several few mehrere tens hunderte tausende dutzende dizaine douzaine quinzaine vingtaine trentaine "
    "quarantaine cinquantaine centaine mille millier million milliard docena decena ciento cientos mil medio dozens hundreds thousands "
    "millions".split()
)
_HEAD = 4  # letters by which a number word is known from afar
_HEADS = frozenset(word[:_HEAD] for word in _WORDS)
_LETTERED = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")


def numerals(text: str, language: str) -> list[Numeral]:
    """Every number in `text`, in order, none inside another. `language` is a two-letter code; others are read as English."""
    known = language if language in _SCALES else "en"
    # Most sentences hold no number, or only digits: what cannot be there is not looked for.
    worded = known == "zh" or not _HEADS.isdisjoint(word[:_HEAD] for word in _LETTERED.findall(text.casefold()))
    found = [*_written_in_digits(text, known)] if _DIGIT.search(text) else []
    found += [*_in_words(text, known), *_vague(text, known)] if worded else []
    taken: list[Numeral] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not taken or one.start >= taken[-1].end:
            taken.append(one)
    return taken


def _digits_of(language: str) -> re.Pattern[str]:
    group, decimal = _THOUSANDS[language], _DECIMALS[language]
    scales = "|".join(re.escape(word) for word in sorted(_SCALES[language] | _SCALES["en"], key=len, reverse=True))
    space = "[ \u00a0\u202f-]?"
    tail = rf"(?P<space>{space})(?P<scale>{scales})(?![^\W\d_])" if language != "zh" else rf"(?P<space>)(?P<scale>{scales})"
    before = r"(?<![A-Za-z\d#])" if language == "zh" else r"(?<![\w#§/@])(?<![:\s]\.)"
    return re.compile(
        rf"{before}(?<!\d[.,:/])(?P<whole>\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)|\d+)(?P<part>[{decimal}]\d+)?"
        rf"(?P<half> and a half\b| ½)?(?:{tail}|(?P<letter>[mMkKbB](?:n|N)?)(?!\w))?",
        re.IGNORECASE,
    )


_DIGITS = {language: _digits_of(language) for language in _SCALES}


def _written_in_digits(text: str, language: str) -> Iterator[Numeral]:
    scales = {**_SCALES["en"], **_SCALES[language]}
    for found in _DIGITS[language].finditer(text):
        whole = re.sub(r"\D", "", found["whole"])
        part = (found["part"] or "")[1:]
        if len(whole) > 15 or len(part) > 6:
            continue
        scale = scales.get((found["scale"] or "").casefold(), 0.0) or _LETTERS.get((found["letter"] or "")[:1].casefold(), 1.0)
        value = (float(f"{whole}.{part or 0}") + (0.5 if found["half"] else 0.0)) * scale
        grain = 10.0 ** -len(part) * scale if part else _grain(int(whole)) * scale
        yield Numeral(found.start(), found.end(), value, grain, scale == 1.0)


def _grain(whole: int) -> float:
    """The place of the last digit that is not 0; of less than 100 every digit speaks."""
    if whole < 100:
        return 1.0
    zeros = len(str(whole)) - len(str(whole).rstrip("0"))
    return 10.0 ** min(zeros, len(str(whole)) - 1)


def _in_words(text: str, language: str) -> Iterator[Numeral]:
    if language == "zh":
        yield from _chinese(text)
    elif language == "de":
        for found in re.finditer(r"\b[Vv]iertel(?=punkt)", text):
            yield Numeral(found.start(), found.end(), 0.25, 0.01, False)
        for found in _GERMAN_RUN.finditer(text):
            value = _german(found.group().casefold()) if found.group().casefold() != "ein" else None
            if value is not None:
                yield _said(found, value)
    elif language in _OTHERS:
        for found in _OTHER_RUNS[language].finditer(text):
            scale = _ROMANCE_SCALE[language].match(text, found.end())
            value = _romance(found.group().casefold(), _OTHERS[language])
            yield _said(found, value) if scale is None else _scaled(found, scale, value * _SCALES[language][scale[1].casefold()])
    else:
        for found in _FRACTION.finditer(text):
            yield Numeral(found.start(), found.end(), 0.25 if "uarter" in found.group() else 0.5, 0.01, False)
        for found in _ENGLISH_RUN.finditer(text):
            yield _said(found, _english(found.group().casefold()))


def _scaled(found: re.Match[str], scale: re.Match[str], value: float) -> Numeral:
    """`trois millions`"""
    return Numeral(found.start(), scale.end(), value, _SCALES["en"]["million"], False)


def _said(found: re.Match[str], value: float) -> Numeral:
    grain = next((scale for scale in (1e12, 1e9, 1e6) if value >= scale and value % scale == 0), 0.0)
    if re.search(r"ozen|utzend|aine\b|[dc]ena\b", found.group()):
        grain = max(1.0, value / 4)  # nobody counts a dozen to the last one
    return Numeral(found.start(), found.end(), value, grain or (_grain(int(value)) if value == int(value) else value / 10), False)


def _english(said: str) -> float:
    """`a hundred and five thousand` as 105000."""
    if said.startswith("half a"):
        return {"dozen": 6.0, "million": 5e5, "billion": 5e8}[said.rsplit(maxsplit=1)[-1]]
    if said.startswith("a quarter of a"):
        return {"dozen": 3.0, "million": 2.5e5, "billion": 2.5e8}[said.rsplit(maxsplit=1)[-1]]
    half = "and a half" in said
    total = current = 0.0
    for word in re.split(r"[ -]", said.replace("and a half", "")):
        if word in _ENGLISH:
            current += _ENGLISH[word]
        elif word in {"a", "an"}:
            current += 1
        elif word in {"hundred", "dozen"}:
            current = (current or 1) * (100 if word == "hundred" else 12) + (50 if half and word == "hundred" else 0)
        elif word in _ENGLISH_SCALES:
            total += ((current or 1) + (0.5 if half else 0)) * _ENGLISH_SCALES[word]
            current = 0.0
            half = False
    return total + current + (0.5 if half and total == 0 and current < 100 else 0)


def _romance(said: str, table: dict[str, int]) -> float:
    """`quatre cents` as 400, `mil ochocientos` as 1800, `veinticinco mil` where its parts are known."""
    if said in table:
        return float(table[said])
    total = current = 0
    for word in re.split(r"[ -]|(?<= )(?:y|et)(?= )", said):
        value = table.get(word, 0)
        if value == 1000:
            total, current = total + (current or 1) * value, 0
        elif value == 100:
            current = (current or 1) * value
        else:
            current += value
    return float(total + current)


_GERMAN_HALVES = {"anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5}


def _german(said: str) -> float | None:
    """`zweihundertfünf`, `drei Millionen`, `ein halbes Dutzend`; None for a word that only looks like one (`und`)."""
    word, _, rest = said.partition(" ")
    scale = 1.0
    if rest:
        scale = next(value for name, value in (("milliard", 1e9), ("million", 1e6), ("dutzend", 12.0)) if name in rest)
    if "halbe" in rest:
        return scale / 2
    if word in _GERMAN_HALVES:
        return _GERMAN_HALVES[word] * scale
    if word.startswith("eine") and word[3:] in {"e", "er", "en", "em", "es"} and rest:
        return scale
    value = _german_word(word)
    return value * scale if value is not None else None


def _german_word(word: str) -> float | None:
    for name, scale in (("tausend", 1000), ("hundert", 100)):
        if name in word:
            before, _, after = word.partition(name)
            head = _german_word(before) if before else 1.0
            tail = _german_word(after.removeprefix("und")) if after else 0.0
            return head * scale + tail if head is not None and tail is not None else None
    if word in _GERMAN:
        return float(_GERMAN[word])
    ones, joined, tens = word.partition("und")
    if joined and ones in _GERMAN and tens in _GERMAN and _GERMAN[tens] >= 20:
        return float(_GERMAN[ones] + _GERMAN[tens])
    return None


def _chinese(text: str) -> Iterator[Numeral]:
    for found in _CHINESE.finditer(text):
        total = section = digit = 0
        for char in found.group():
            if char in _CHINESE_DIGITS:
                digit = _CHINESE_DIGITS[char]
            elif char in _CHINESE_SCALES:
                section += (digit or 1) * _CHINESE_SCALES[char]
                digit = 0
            else:
                total = (total + section + digit) * (10_000 if char == "万" else 100_000_000)
                section = digit = 0
        if total + section + digit:
            yield _said(found, float(total + section + digit))


def _vague(text: str, language: str) -> Iterator[Numeral]:
    table = _VAGUE.get(language, {})
    if table:
        for found in _VAGUE_RUNS[language].finditer(text):
            least, most = table[found.group().casefold()]
            yield Numeral(found.start(), found.end(), least, least, False, most)
