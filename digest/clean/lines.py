"""Lines that are neither text nor heading: menus, bylines, stamps, sources, the name of an advertiser.

A page shows them between its stories, and a reader never takes them for a headline. What they say goes
to the story they stand at (who wrote it, when), or is dropped and kept on record.
"""

from __future__ import annotations

import re

from digest.clean.dates import is_date
from digest.clean.letter import is_service
from digest.text import word_count

_PARTED = re.compile(r"\s+[|·•/→‧∙■—–›»>-]\s+|\s*[|｜]\s*|\s+·\s*|\s{2,}")
_BAR = re.compile(r"[|·•/→‧∙■—–｜]| [›»>-] |  ")
_LINE_WORDS = 24  # a longer line is text
_ENTRY_WORDS = 4  # of an entry of a menu
_LEAST_ENTRIES = 3
_NAME = r"[^\W\d_a-z][\w.’'-]*"
_CAPITALS = re.compile(rf"{_NAME}(?: (?:de|del|la|van|von|der|den|zu|di|da|dos|du|le|bin|al|el|y|{_NAME})){{0,3}} {_NAME}")
_WHO = re.compile(
    r"(?:(?:text|texte|texto|words|story|report(?:ing)?|written|reported|compiled|edited|interview|bericht)(?: (?:by|von|par"
    r"|por|di|door))?"
    r"\s*[:：]?\s+(?=[^\Wa-z])|(?:by|von|par|por|di|door|av|af|от|автор)(?-i:\s+(?=[^\Wa-z]))|作者\s*[:：]?|(?:authors?"
    r"|auto?re?s?|auteure?s?|автор[ы]?|verfasst von)\s*:\s*|بقلم\s*:?\s+|"
    r"(?:本报)?(?:记者|記者|撰文|編輯|编辑|特约记者|通讯员)\s*[/:：・·]?\s*|(?:取材・)?文\s*[=＝・:：/／]\s*)"
    r"(?P<names>[^\W\d_](?:(?<=\b[^\W\d_])\.|[^.!?:\n。！？：，、|·•]){1,80})",
    re.IGNORECASE,
)
_WHO_BEHIND = re.compile(r"(?P<names>[^\W\d_a-z][\w ]{1,16}?)\s*[（(]?(?:記者|记者)[)）]?")
# What stands beside a byline or a date on the same line, between bars or points.
_ABOUT = re.compile(
    r"(?:\d+ ?(?:-| )?min(?:ute|uten|utes|utos|uti)?s?\.?(?: (?:read|lesezeit|de lecture|de lectura))?"
    r"|\d[\d.,]* (?:comments?|replies|likes"
    r"|shares|views|kommentare|commentaires|comentarios)|(?:no|nr|n°|vol|issue|ausgabe|numéro|número|edition|letter|episode)\.?[  ]?#?\d+"
    r"(?:[ ,./-]+(?:no|nr|issue)?\.? ?\d+)?|#\d+|第\s*\d+\s*[期号號]|\d{1,2}[:.h]\d{2}(?: ?(?:uhr|[ap]\.?m\.?|gmt|cet|est|utc))?"
    r"|(?:first |last |zuletzt )?(?:published|updated|posted|publié|mis à jour|veröffentlicht|aktualisiert|stand|publicado|actualizado)\b"
    r"(?=.{0,30}\d).{0,40}|(?:listen|lesezeit|reading time)\b.{0,30}|read by [\d.,]+ \w+)",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?:[^\W\d_]+[,،]? )?\d{1,2}\.? (?:de |of )?[^\W\d_]+ (?:de )?\d{4}(?: г\.?)?$"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?$|"
    r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}\b|(?:\w+day|\w+tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche),? (?:the )?\d{1,2}\.? \w+ \d{4}\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\[[^\[\]!?]{3,160}\]|\((?:(?:source|quelle|via|fuente|fonte|with|mit|according)\b[^()]{2,120}"
    r"|[a-z]{2,5}(?:/[a-z]{2,5})*|[^()]{2,60},(?=[^()]{0,60}\d)[^()]{2,90})\)|[（(]?(?:来源|出典)\s*[:：].{1,60}",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\W{0,3}\d{1,2}(?:[:.h]\d{2}| ?[ap]\.?m\.?)(?: ?(?:uhr|[ap]\.?m\.?|gmt|cet|est|bst|utc|ist"
    r"|heures))?\b",
    re.IGNORECASE,
)
_FRAMES = re.compile(r"^[\s\u2190-\u21ff\u2500-\u25ff\u2605\u2606\u2660-\u2667\u2756\u2794-\u27bf※◎＞>#*]+\s*(?=\S)")
_BRACKETED = re.compile(r"[【\[《〈「『［](?P<inside>[^【】\[\]《》]{2,120})[】\]》〉」』］]")
_PROMO = re.compile(
    r"\W*(?:(?:please )?support (?:us|our \w+|the [\w -]{2,30}|independent \w+|this \w+)|(?:a |some )?(?:words?|message"
    r"|note)s? from (?:our|the|this|today[’']s) "
    r"(?:\w+ )?(?:partners?|sponsors?|supporters?|advertisers?)|(?:from )?our (?:partners?|sponsors?|supporters)"
    r"|partner content|sponsor(?:ed)?(?: \w+)?"
    r"|(?:today|this week|this issue)[’']?s? sponsor|in partnership with .{2,60}|presented by .{2,60}|brought to you by .{2,60}"
    r"|adverti[sz](?:e?ment|ing|e with us)|in (?:this|today[’']s) (?:issue|edition|letter|newsletter|e-?mail)"
    r"|(?:table of )?contents|what[’']s inside"
    r"|key (?:moments|points|events|developments)|at a glance|(?:the )?headlines(?: today)?|anzeige|werbung|in eigener sache"
    r"|unterstützen sie .{2,50}|von unserem (?:partner|sponsor)|inhalt|in dieser ausgabe"
    r"|(?:die )?themen(?: heute| des tages| der woche)?|publicité|partenaires?|soutenez[ -].{2,50}|au sommaire|sommaire"
    r"|dans ce numéro|publicidad|patrocinado"
    r"|apóyan?os|en (?:este número|esta edición)|sumario|in questo numero|sommario|pubblicità|広告|広告・?pr|目次|今週の目次"
    r"|pr|推广|广告|本期目录|目录|往期(?:推荐|回顾|精选)"
    r"|refer a friend|share (?:this|the|with) .{2,40}|spread the word|get in touch|contact us|about us|follow us|jobs? board"
    r"|(?:our )?archives?"
    r"|most (?:read|popular|viewed)\b.{0,30}|(?:you (?:may|might) also like|recommended|related|more from .{1,40}"
    r"|read (?:also|next)|also read)\W*"
    r"|meist ?gelesen|les plus lus|lo más leído)\W*",
    re.IGNORECASE,
)

_READER = re.compile(
    r"\b(?:[Yy]ou|[Yy]our|[Ww]e|[Oo]ur|us|[Pp]lease|[Cc]lick"
    r"|[Tt]his (?:web)?(?:site|page|article|story|newsletter|e-?mail|issue|edition|list)"
    r"|Sie|Ihr|Ihnen|Ihre[nmrs]?|[Ww]ir|[Uu]nser\w*|[Vv]ous|[Vv]os|[Vv]otre|[Nn]ous|[Nn]os|[Nn]otre|[Cc]e site"
    r"|[Tt]u|[Tt]us|[Nn]uestr[oa]s?|[Uu]sted(?:es)?|[Vv]ostr[oaei]|[Nn]ostr[oaei]|[Vv]ocês?|[Nn]oss[oa]s?|[Jj]ouw|[Oo]nze|[Вв]ы|[Вв]аш\w*|[Нн]аш\w*)\b"
    r"|[你您]|我们|本网站|نستخدم|نشرتنا|موقعنا"
)
# What the buttons and the foot of a page say, word by word.
_BUTTONS = frozenset(
    """
    home menu search login log in out sign up register account subscribe subscription newsletter newsletters contact about us help faq
    accessibility privacy policy terms of use conditions cookies imprint legal notice sitemap rss archive comments comment print share
    email e-mail mail tweet listen save bookmark copy link like reply
    start startseite suche anmelden registrieren abo abos kündigen kontakt über uns hilfe impressum datenschutz agb nutzungsbedingungen
    mediadaten archiv e-paper kommentare kommentieren drucken teilen merken vorlesen versenden
    accueil recherche connexion abonnement aide mentions légales confidentialité imprimer partager commentaires écouter
    inicio buscar acceder suscripción contacto ayuda aviso privacidad imprimir compartir comentarios escuchar and und et y &
    """.split()
)


def is_addressed(text: str) -> bool:
    """Speaks to its reader, of itself or of its house."""
    return bool(_READER.search(text))


def is_menu(text: str) -> bool:
    """Three or more short entries between bars or points: where a page leads, and nothing that it says."""
    if len(text) > 300:
        return False
    said = text.casefold().split()
    if len(said) > 1 and all(word in _BUTTONS for word in said):
        return True
    if not _BAR.search(text) or word_count(text) > 2 * _LINE_WORDS:
        return False
    parts = [part for part in _PARTED.split(text) if part.strip()]
    served = len(parts) > 1 and any(is_service(part, "") for part in parts)
    if (len(parts) < _LEAST_ENTRIES and not served) or is_stamp(text):
        return False
    return all(word_count(part) <= _ENTRY_WORDS and not part.endswith((".", "。")) for part in parts)


def is_stamp(text: str) -> bool:
    """A line of a page about the text on it: its author, day, number, length, each by itself."""
    if len(text) > 200 or word_count(text) > _LINE_WORDS:
        return False
    if is_date(text) or _ABOUT.fullmatch(text) or (_DAY.match(text) and word_count(text) <= 14 and text[-1] not in ".。!?"):
        return True
    if not _BAR.search(text):
        return False
    parts = [part.strip() for part in _PARTED.split(text) if part.strip()]
    if len(parts) < 2 or (text.endswith((".", "!", "?")) and not is_date(parts[-1])):
        return False
    told = [part for part in parts if is_date(part) or _ABOUT.fullmatch(part)]
    return bool(told) and all(word_count(part) <= 8 for part in parts)


def writers(text: str) -> str:
    """The names that a byline says, as it says them; nothing where the line is no byline."""
    if len(text) > 160 or word_count(text) > _LINE_WORDS:
        return ""
    parts = [part.strip() for part in _PARTED.split(text) if part.strip()]
    if not parts:
        return ""
    found = _WHO.fullmatch(parts[0]) or _WHO_BEHIND.fullmatch(parts[0])
    if found and word_count(parts[0]) <= 12:
        return found["names"].strip()
    return parts[0] if len(parts) > 1 and is_stamp(text) and is_name(parts[0]) else ""


def is_name(text: str) -> bool:
    """Two to four capitalised words and nothing else: a person's name, where a byline may stand."""
    return len(text) <= 50 and bool(_CAPITALS.fullmatch(text)) and not text.isupper()


def is_source(text: str) -> bool:
    """In brackets and by itself: where a report was taken from."""
    return len(text) <= 170 and bool(_SOURCE.fullmatch(text))


def is_clock(text: str) -> bool:
    """A time of day, with at most a headline behind it: an entry of a live page."""
    return bool(_CLOCK.match(text)) and word_count(text) <= 14 and not text.endswith((".", "。"))


def is_promo(text: str) -> bool:
    """What stands above an advertisement, a plea, a list of contents or of links."""
    return len(text) <= 90 and bool(_PROMO.fullmatch(bare(text)))


def is_aside(text: str) -> bool:
    """Any of these: no heading, whatever its looks."""
    return is_source(text) or is_stamp(text) or bool(writers(text)) or is_menu(text)


def bare(text: str) -> str:
    """A headline without the signs that a letter sets before or around it (`■`, `◆`, `【…】`)."""
    text = _FRAMES.sub("", text)
    found = _BRACKETED.fullmatch(text)
    return found["inside"].strip() if found else text
