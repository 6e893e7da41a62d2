"""Numbers that count nothing: ordinals, versions, identifiers, scores, addresses, years, pages, telephone numbers, ages, times."""

from __future__ import annotations

import re

# What a number behind it names, and does not count.
_NAMING = (
    "page pages pp number chapter section article paragraph clause version release volume vol issue figure fig table part episode "
    "season series "
    "phase stage step round day week game match lap gate pier platform berth room floor unit block building flight route line bus "
    "train highway "
    "motorway road exit junction channel studio apartment suite size type model class category level grade tier zone district ward "
    "precinct area "
    "sector box tel phone call dial fax psalm verse rule order resolution bill proposition case lot seed bib ranked aged age covid "
    "gpt iphone "
    "windows boeing airbus formula apollo seite kapitel artikel absatz paragraf nummer zimmer gleis linie halle haus stufe klasse "
    "teil band platz "
    "tor spieltag liga saison alter numéro chambre quai ligne número página artículo under-"
).split()
_SPELT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn"
_YEAR = r"(?<![\d.,$€£])(?:1[5-9]|20)\d\d(?!\d|[.,]\d)"
_UNIT = (
    r"(?:met(?:re|er)|mile|kilomet|km|hectare|acre|tonne|ton|litre|liter|magnitude|odd|plus|percent|per-?cent|strong|million|billion"
    r"|hour|minute|day|week|month|year|storey|foot|feet|inch|kilo|degree|bed|room|seat|turbine|member)"
)
_REGIONS = re.compile(
    r"(?<![a-zäöüß](?=[a-zäöüß]))(?:"  # none begins within a word; looked at once instead of by each
    + "|".join(
        (
            r"\d+(?:st|nd|rd|th|ème|e|er)(?!\w)",
            r"(?:\d+|[a-z]+(?:-[a-z]+)?) ?[ -] ?years? ?[ -] ?old|\b(?i:mother|father|parents?|mum|mom|dad|Mutter|Vater) (?:of"
            r"|von) \w+|\d+[ -]?(?:jährig\w*|Jahre alt)|\d+ (?:ans(?=[ ,.)])|años de edad)|\d+-year-olds?",
            r"[A-ZÄÖÜ][\w’'-]+ ?, \d{1,2}(?= ?[,.;)]|$)|(?<=[a-z] \()\d{1,2}(?=\))|\d{1,3}-(?: \w+ \d{1,3}-)?years?-olds?",
            r"\b(?:die[sd]?|dead|dying|died|passed away) (?:at|aged) (?:the age of )?\d{1,3}\b|\bage of \d{1,3}\b",
            r"\bnineteen (?:hundreds|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"
            r"|\b[A-Z]{2,4}[ -]{1,3}\d{1,3}\b(?=[ -])"
            r"(?! ?(?:[kK]ilo|[kc]m\b|[Mm]et(?:er|re)|[Pp]ro[zc]ent|per ?cent|million|billion|Million|Milliard))",
            r"\d+(?:\.\d+){2,}|\d+[ -]+\d ?/ ?\d",
            r"(?<=[A-Z] )\d+\.\d+(?= [a-z]+s\b)|\d+ ?- ?(?:month|week|day|hour|minute)s? ?- ?old",
            r"[#§№v]\s?\d[\d.]*|\b[Nn](?:o|r|os|°)\.? ?\d+",
            rf"(?<!s )\b(?i:{'|'.join(_NAMING)})[ #.-]{{1,2}}(?:\d[\d.,/]*|(?i:{_SPELT})\b)(?: (?:and|to|und) \d+)?",
            rf"(?:\b(?i:in|since|of|by|from|until|till|the|seit|im|en|de|bis|von|early|late|mid|for|depuis|desde) ){_YEAR}"
            rf"|{_YEAR}(?! (?:[a-z-]+ ){{0,2}}[a-z]{{3,}}s\b| [A-ZÄÖÜ][a-zäöü]+en\b| [A-Z]?\w* ?(?:Menschen|Personen))",
            r"(?<![\d.,])\d{1,3} ?[-–:] ?\d{1,3}(?![\d.,])(?! ?(?:people|per|%|million|billion|m\b|[a-zäöü]+s\b"
            r"|[A-ZÄÖÜ][a-zäöü]+en?\b|(?:kilo|centi)?met))",
            r"(?<![\d.,])\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\b|o[’']clock|Uhr\b)|(?<![\d.,])\d{1,2}:\d\d(?:[:.]\d+)?"
            r"|(?<![\d.,])\d{1,2}[.h]\d\d(?= Uhr| heures)",
            r"\b[\w.,]+ (?:times|fois|veces)\b|\b\d+[- ]?[Mm]al\b|\b[a-zäöü]+mal\b",
            rf"\b(?i:{_SPELT}) o[’']clock",
            r"\d ?[GT]B\b",
            # `Three Rivers Electric`
            rf"(?<=[a-zäöüß,] )(?:{_SPELT.title()}) (?=[A-ZÄÖÜ][a-z])"
            rf"|^(?:{_SPELT.title()}) (?=[A-Z][a-z]+ [A-Z][a-z])",
            r"\+?\(?\d{2,}\)?(?:[ /-]\d{2,}){2,}",
            r"(?<![\d.,])\d{1,4}[a-z]? (?:[A-Z][\w’'-]+ ){1,3}(?:Street|Road|Avenue|Lane|Square|Drive|Place|Boulevard|Quay|Terrace"
            r"|Row|Crescent|Parade)\b",
            r"\b[A-ZÄÖÜ][\w-]*(?:straße|strasse|platz|weg|gasse|allee) \d+\w?",
            rf"\d[\d.,]*-(?!{_UNIT})[A-Za-zÄÖÜäöü]+",
            r"\d+\.(?= (?:[a-zäöü]+ )?[A-ZÄÖÜ][a-zäöü]+)(?<=[ (]\d\.|\d\d\.)",
            r"\b(?:19|20)\d\ds\b|\b\d0s\b",
            r"\d{1,2}/\d{1,2}(?:/\d{2,4})?",
        )
    )
    + ")"
)
# A number behind a name is part of the name, unless what it counts follows.
_NAMED = re.compile(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][\w’'&-]* (\d+(?:\.\d+)?)(?![\d,%]|[.]\d)(?! (?:[a-zäöü]+|[A-ZÄÖÜ][a-zäöü]+))")


def uncounted(text: str) -> list[tuple[int, int]]:
    """Spans of `text` in which no number is a quantity, in order."""
    found = [match.span() for match in _REGIONS.finditer(text)] + [match.span(1) for match in _NAMED.finditer(text)]
    return sorted(found)
