"""What a figure measures: money, percent, time, length … from the words and signs beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A dimension (`money:USD`, `percent`, `length`, `count`), what one unit is of its base, and the words' span."""

    dimension: str
    factor: float
    start: int
    end: int


# Signs and words of money; the plain dollar is the American one unless a letter before it says otherwise.
_MONEY = {
    "USD": r"US\$|\$|USD|US dollars?|dollars?|Dollar|dólares|美元",
    "EUR": r"€|EUR|euros?|Euro",
    "GBP": r"£|GBP|pounds?(?: sterling)?|Pfund|livres",
    "CNY": r"RMB|CNY|yuan|人民币|元",
    "JPY": r"¥|JPY|yen",
    "CHF": r"CHF|Swiss francs?|Schweizer Franken|Franken",
    "INR": r"₹|INR|rupees?",
    "RUB": r"₽|RUB|ro?ubles?|Rubel",
    "CAD": r"C\$|CA\$|CAD",
    "AUD": r"A\$|AU\$|AUD",
    "crown": r"crowns?|Kronen|couronnes|coronas",
    "thaler": r"thalers?|Taler",
    "franc": r"francs?",
    "mark": r"marks?|Mark",
    "florin": r"florins?|Gulden",
    "peso": r"pesos?",
    "won": r"won(?= )",
    "bitcoin": r"bitcoins?|BTC|Bitcoin",
    "cent": r"cents?|Cent|pence",
}
_NAME_OF = tuple((name, re.compile(rf"(?:{words})(?![^\W\d_])")) for name, words in _MONEY.items())
_BEFORE_MONEY = re.compile(r"(?:US\$|C\$|CA\$|A\$|AU\$|HK\$|\$|€|£|¥|₹|₽|USD|EUR|GBP|RMB|CHF|CNY|Rs\.?)[ \u00a0]?$")
_AFTER_MONEY = re.compile(
    r"[ \u00a0\u202f-]?(?:de |d')?(?P<name>"
    + "|".join(sorted((words for words in _MONEY.values()), key=len, reverse=True))
    + r")(?![^\W\d_]|\w)(?P<of>(?: US)?)"
)
_MEASURES = (
    ("percent", 1.0, r"%|per ?cent(?!age)|pc(?!\w)|pct|Prozent(?!p)|pour cent|por ciento|百分点"),
    ("points", 0.01, r"basis[ -]points?|Basispunkten?"),
    ("points", 1.0, r"(?:of a )?(?:percentage[ -])?points?|Prozentpunkte?n?|punkte?n?|points? de pourcentage"),
    (
        "speed",
        1.0,
        r"km/h|kmp?h|kph|(?:kilomet(?:er|re)s?|km) (?:an|per) hour|Stundenkilometern?|Kilometern? (?:pro|in der) Stunde"
        r"|(?:kilomètres|km)(?: à l['’]|[ -])heure|(?:kilómetros|km) (?:por|a la) hora",
    ),
    ("length", 1000.0, r"kilomet(?:er|re)s?|kilomètres|kilómetros|Kilometern?|km(?!/|²|\w)|公里"),
    ("speed", 1.609, r"mph|miles (?:an|per) hour"),
    ("area", 1.0, r"hectares?|Hektar|hectáreas|ha(?!\w)"),
    ("area", 0.4047, r"acres?"),
    ("area", 100.0, r"square (?:kilomet(?:er|re)s?|km)|Quadratkilometern?|km²"),
    ("area", 259.0, r"square miles"),
    ("area", 0.0000093, r"square f(?:ee|oo)t|sq\.? ft"),
    ("area", 0.0001, r"square (?:met(?:er|re)s?)|Quadratmetern?|m²"),
    ("speed", 1.852, r"knots|Knoten|nœuds|nudos"),
    ("length", 1852.0, r"nautical miles?|Seemeilen|mille?s? (?:nautiques|marins)|millas náuticas"),
    ("length", 1609.0, r"miles?|Meilen"),
    ("length", 0.01, r"centimet(?:er|re)s?|Zentimetern?|cm(?!\w)"),
    ("length", 0.001, r"millimet(?:er|re)s?|Millimetern?|mm(?!\w)"),
    ("length", 1.0, r"met(?:er|re)s?|mètres|metros|Metern?|m(?![\w’'])|米"),
    ("length", 0.3048, r"feet|foot|ft"),
    ("length", 0.0254, r"inch(?:es)?|pouces|pulgadas|Zoll"),
    ("charge", 1.0, r"mAh"),
    ("energy", 1.0, r"kWh|kilowatt[ -]hours?|Kilowattstunden?"),
    ("mass", 1000.0, r"tonnes?|tons?|Tonnen?|toneladas|吨"),
    ("mass", 1.0, r"kilos?|kilograms?|kg(?!\w)|Kilogramm|Kilo|kilogramos"),
    ("mass", 0.4536, r"pounds of|lbs?"),
    ("volume", 1.0, r"lit(?:er|re)s?|Litern?|litros"),
    ("volume", 159.0, r"barrels?|Barrel"),
    ("power", 1.0, r"megawatts?|MW(?!\w)|Megawatt"),
    ("power", 1000.0, r"gigawatts?|GW(?!\w)|Gigawatt"),
    ("temperature", 1.0, r"degrees(?: Celsius)?|degrés|grados|°C?|Grad(?: Celsius)?(?! Oechsle)"),
    ("duration", 1.0, r"seconds?|Sekunden?"),
    ("duration", 60.0, r"minutes?|Minuten?|minutos|分钟"),
    ("duration", 3600.0, r"hours?|Stunden?|heures?|horas|小时"),
    ("duration", 86400.0, r"days?|Tagen?|jours?|días|天"),
    ("duration", 604800.0, r"weeks?|Wochen?|semaines?|semanas|周"),
    ("duration", 2629800.0, r"months?|Monaten?|mois|meses|个月"),
    ("duration", 31557600.0, r"years?|Jahren?|ans|années|años|年"),
)
_AFTER = tuple((name, factor, re.compile(rf"[ \u00a0\u202f-]?(?:{words})(?![^\W\d_])", re.IGNORECASE)) for name, factor, words in _MEASURES)
_ANY_AFTER = re.compile(rf"[ \u00a0\u202f-]?(?:{'|'.join(words for _, _, words in _MEASURES)})(?![^\W\d_])", re.IGNORECASE)
_MAGNITUDE = re.compile(r"(?:magnitude(?: of)?|Stärke|magnitude de|magnitud) $", re.IGNORECASE)
_MAGNITUDE_AFTER = re.compile(r"[ -]magnitude\b| on the (?:\w+ )?(?:magnitude|Richter) scale| auf der Richterskala", re.IGNORECASE)
_TEMPO = re.compile(r"\bTempo $")
_PER = {
    "day": "day Tag jour día",
    "week": "week Woche semaine semana",
    "month": "month Monat mois mes",
    "year": "year Jahr an année año annum",
    "hour": "hour Stunde heure hora",
    "head": "head person Kopf Person tête persona",
    "share": "share Aktie action acción titre título Papier",
    "dose": "dose Dosis",
    "litre": "litre liter Liter litro",
    "ton": "tonne ton Tonne tonelada",
    "kilo": "kilo kg Kilo",
    "barrel": "barrel Barrel baril barril",
}
_NAME_OF_RATE = {word.casefold(): name for name, words in _PER.items() for word in words.split()}
_RATE = re.compile(
    r" ?(?:(?:for )?(?:a|an|per|each|every|pro|je|par|por|al|am|im|in der|à l'|l'|la|le) ?|/)(?P<per>"
    + "|".join(sorted((re.escape(word) for words in _PER.values() for word in words.split()), key=len, reverse=True))
    + r")\b|-a-(?P<other>day|week|month|year)\b",
    re.IGNORECASE,
)


def unit_of(text: str, start: int, end: int) -> Unit:
    """The unit of the number in `text[start:end]`; its span takes in the sign or the word. A bare number is a `count`."""
    money = _money(text, start, end)
    if money:
        return _rated(text, money)
    if _MAGNITUDE.search(text[max(0, start - 20) : start]):
        return Unit("magnitude", 1.0, start, end)
    after = _MAGNITUDE_AFTER.match(text, end)
    if after:
        return Unit("magnitude", 1.0, start, after.end())
    if _TEMPO.search(text[max(0, start - 8) : start]) and not _ANY_AFTER.match(text, end):
        return Unit("speed", 1.0, start, end)  # `mit Tempo 110`
    for name, factor, words in _AFTER if _ANY_AFTER.match(text, end) else ():
        found = words.match(text, end)
        if found:
            return _rated(text, Unit(name, factor, start, found.end()))
    return Unit("count", 1.0, start, end)


def _money(text: str, start: int, end: int) -> Unit | None:
    sign = _BEFORE_MONEY.search(text[max(0, start - 6) : start])
    word = _AFTER_MONEY.match(text, end)
    if sign:
        name = _currency(sign.group().strip())
        last = word.end() if word and _currency(word["name"]) == name else end
        return Unit(f"money:{name}", 1.0, max(0, start - 6) + sign.start(), last)
    return Unit(f"money:{_currency(word['name'])}", 1.0, start, word.end()) if word else None


def _currency(words: str) -> str:
    return next((name for name, spelling in _NAME_OF if spelling.fullmatch(words)), words)


def _rated(text: str, unit: Unit) -> Unit:
    """`a day`, `per share`: another thing than the whole."""
    found = _RATE.match(text, unit.end)
    if not found:
        return unit
    per = _NAME_OF_RATE[(found["per"] or found["other"]).casefold()]
    return Unit(f"{unit.dimension}/{per}", unit.factor, unit.start, unit.end)
