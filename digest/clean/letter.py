"""What only mail has: links that serve the sending and not the reading, words that no reader sees, counters.

Pure decisions on words, addresses and styles; `html.py` and the plain text use them.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from digest.text import one_line
from digest.urls import direct

# What stands on a link, whole: in a sentence of its own the same words may be news.
_WORDS = re.compile(
    r"\W*(?:(?:please )?(?:click |tap )?(?:here )?(?:to )?)?(?:"
    r"unsubscribe|opt[ -]?out|manage|(?:manage|update|change|edit|set) (?:your |my |e-?mail |mail |newsletter |subscription )*"
    r"(?:preferences|settings|subscriptions?|profile|options)|(?:e-?mail |subscription |communication )?preferences"
    r"|(?:view|read|open|see|display) (?:this |it |the |e-?mail |mail |message |newsletter |issue )*(?:in|on) (?:your |a |the )?(?:web )?"
    r"(?:browser|web|online)|(?:view|read) (?:it |this )?online|(?:web|online|browser)[ -]?version"
    r"|forward (?:this |it )?(?:e-?mail |newsletter )?to a friend|report (?:as )?(?:spam|abuse)"
    r"|abmelden|abbestellen|newsletter (?:abbestellen|abmelden)|(?:im )?(?:web)?browser (?:ansehen|anzeigen|öffnen|lesen)"
    r"|(?:im browser|online) (?:ansehen|anzeigen|öffnen|lesen)|einstellungen(?: ändern| verwalten)?|onlineversion"
    r"|se désabonner|se désinscrire|me désinscrire|gérer (?:vos|mes) (?:préférences|abonnements)"
    r"|(?:voir|lire|afficher)(?: ce (?:mail|message|courriel))? (?:en ligne|dans (?:le|votre) navigateur)|version en ligne"
    r"|darse de baja|cancelar (?:la )?suscripción|ver en (?:el|su|tu) navegador|disiscriviti|cancella iscrizione"
    r"|退订|取消订阅|在浏览器中查看|إلغاء الاشتراك"
    r")(?: here| now| instantly| from (?:this|our|all|these) [\w ’'-]{1,40}| at any time)?\W*",
    re.IGNORECASE,
)
# What stands in the address as a part of its own; `/how-to-unsubscribe-from-a-gym` is a page to read.
_PLACE = re.compile(
    r"(?:^|[/.?&=_#])(?:unsub|unsubscribe|unsubscribed|opt-?out|list-?unsubscribe|one-?click-?unsubscribe|abmelden|abbestellen|austragen"
    r"|desinscription|desabonnement|manage-?(?:preferences|subscriptions?)|(?:e-?mail|subscription|update)-?preferences|update-?profile"
    r"|view-?(?:in-?browser|as-?web-?page|online|email)|web-?version|browser-?view|forward-?to-?(?:a-?)?friend)(?:$|[/.?&=_#])",
    re.IGNORECASE,
)
_LONGEST = 80  # characters of a link that is no sentence
_AROUND = 200  # characters of a line that is about its service link
_NOTHING = r"0*(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!important)?\s*(?:;|$)"
_SHUT = re.compile(rf"(?:^|[;\s])max-height\s*:\s*{_NOTHING}|(?:^|[;\s])opacity\s*:\s*{_NOTHING}", re.IGNORECASE)
_TINY = re.compile(
    r"(?:^|[;\s])font-size\s*:\s*(?:0*(?:\.\d+)?|0*1(?:\.0+)?)(?:px|pt|em|rem|%)?\s*(?:!important)?\s*(?:;|$)", re.IGNORECASE
)
_SIZED = re.compile(r"(?:^|[;\s])font(?:-size)?\s*:", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"'\])}]{4,2000}", re.IGNORECASE)
_AROUND_URL = " \t\r()[]<>{}:;.,!|*•·>–—-"
_STYLE = 2000  # characters of a style that are looked at


def is_service(words: str, target: str) -> bool:
    """Whether a link unsubscribes, sets preferences, or shows the mail in a browser: by its words, or by its address."""
    words = one_line(words)
    if len(words) <= _LONGEST and words and _WORDS.fullmatch(words):
        return True
    return len(words) <= _LONGEST and any(map(_serves, (target, direct(target))))


def _serves(target: str) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return bool(_PLACE.search(unquote(f"{parts.path}?{parts.query}#{parts.fragment}"[:2000])))


def is_about(line: str) -> bool:
    """Whether a line with a service link in it is short enough to be about nothing else."""
    return len(one_line(line)) <= _AROUND


def is_shut(style: str) -> bool:
    """A style that shows nothing of what is inside, as preheaders have it."""
    return bool(_SHUT.search(style[:_STYLE]))


def is_tiny(style: str) -> bool:
    """Letters too small to see; layouts use them too, where what is inside has a size of its own."""
    return bool(_TINY.search(style[:_STYLE]))


def has_size(style: str) -> bool:
    """A style that gives letters a size that can be seen."""
    return bool(_SIZED.search(style[:_STYLE])) and not is_tiny(style)


def plain_letter(text: str) -> str:
    """A plain letter without the lines that are service links; the addresses in it lead straight to their pages."""
    kept = [line for line in text.split("\n") if not _is_service_line(line)]
    return _URL.sub(lambda found: direct(found[0]), "\n".join(kept))


def _is_service_line(line: str) -> bool:
    """A few words and one address, which serve the sending."""
    found = _URL.search(line)
    if found is None or line[found.end() :].strip(_AROUND_URL):
        return False
    return is_service(line[: found.start()].strip(_AROUND_URL), found[0])
