"""What sort of text an article is: by what its source says, by questions and answers, by its section and its headline.

A word of a headline says it only where it stands as a label (`Opinion: …`, `… | Interview`): an opposition leader, an opinion
poll and a minister who would not comment are news.
"""

from __future__ import annotations

import re

from digest.clean.draft import Draft, Form, is_speech, joined
from digest.model import Kind

# Labels, as they stand in a section or at an end of a headline.
_LABELS = {
    Kind.LIVE: r"live ?(?:blog|updates|ticker)|live coverage|en direct|en vivo|en directo|minuto a minuto|直播|مباشر",
    Kind.INTERVIEW: r"interviews?|entretien|im gespräch|entrevistas?|专访|访谈|مقابلة|حوار",
    Kind.EDITORIAL: r"editorials?|leitartikel|éditorial|édito|leaders?|leading article|our view|社论|社評|افتتاحية",
    Kind.OPINION: (
        r"opinions?|op-?ed|comment|commentary|kommentar|meinung|kolumne|glosse|gastbeitrag|tribune|chronique|point de vue|viewpoint"
        r"|columns?|columnists?|essay|opinión|columna|tribuna|评论|观点|رأي|مقال رأي"
    ),
    Kind.EXPLAINER: (
        r"explainers?|explained|faq|q ?& ?a|décryptage|erklärt|fragen und antworten|claves|preguntas y respuestas|解读|问答|شرح"
        r"|(?:what|all|everything) (?:we|you need to) know|was wir wissen"
    ),
    Kind.FEATURE: (
        r"(?:long|big|weekend) ?reads?|features?|reportagen?|magazine?|portraits?|porträt|profile|grand format|récit|reportajes?|perfil"
        r"|crónica|特写|长篇|تحقيق|قصة اليوم"
    ),
}
_BEFORE_A_COLON = {Kind.LIVE: r"|live|ticker"}  # but not in a section: `Live music`
# What says it wherever it stands in a headline.
_TURNS = {
    Kind.LIVE: r"\blive ?(?:blog|updates)\b|\bliveticker\b|\bas it happened\b|\bminute by minute\b",
    Kind.INTERVIEW: r"^(?:an? |ein |une? )?(?:interview|entretien|entrevista|gespräch) (?:with|mit|avec|con|a)\b|专访",
    Kind.EDITORIAL: r"社论",
    Kind.EXPLAINER: (
        r", explained$|\bwhat (?:we know|you need to know)\b|\bwas wir (?:bisher )?(?:über \w+ )?wissen\b|\bce que l['’]on sait\b"
        r"|\blo que (?:sabemos|se sabe)\b|\bq&a\b|\bexplainer\b"
    ),
    Kind.FEATURE: r"\bthe long read\b",
}
_WHOSE = r"(?:(?:the|our|a|today['’]s|guest|letters?|weekend|sunday|saturday|morning|evening|daily|weekly) ){0,2}"
_IN_SECTION = {kind: re.compile(rf"(?<!\w)(?:{labels})(?!\w)", re.IGNORECASE) for kind, labels in _LABELS.items()}
_IN_TITLE = {
    kind: re.compile(
        rf"^\W*{_WHOSE}(?:{labels})\W{{0,2}}(?:\s*[:：|•]|\s+[–—-]\s)"  # `Sunday long read: …`
        rf"|(?:[|•]\s*|\s[–—-]\s+|[(\[（【]\s*){_WHOSE}(?:{labels})\s*[)\]）】]?\W*$"  # `… | Interview`, `… (opinion)`
        rf"|^\W*{_WHOSE}(?:{labels})\W*$|^[(\[【]\s*(?:{labels})\s*[)\]】]" + (f"|{_TURNS[kind]}" if kind in _TURNS else ""),
        re.IGNORECASE,
    )
    for kind, labels in ((kind, labels + _BEFORE_A_COLON.get(kind, "")) for kind, labels in _LABELS.items())
}
_LETTER = re.compile(r"dear readers?\b|liebe leser", re.IGNORECASE)
_ANSWERS = 4  # blocks that are somebody's speech make an interview


def kind_of(said: str | None, section: str, title: str, draft: Draft) -> Kind:
    """The kind that the source says where it names one that there is, else what the text looks like."""
    if said and said.casefold() in list(Kind):
        return Kind(said.casefold())
    if sum(1 for block in draft.blocks if block.form is Form.TEXT and is_speech(block.text)) >= _ANSWERS:
        return Kind.INTERVIEW
    for where, patterns in ((section, _IN_SECTION), (title, _IN_TITLE)):
        for kind, words in patterns.items():
            if words.search(where):
                return kind
    return Kind.EDITORIAL if _LETTER.match(joined(draft.blocks[:1])) else Kind.ARTICLE
