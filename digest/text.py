"""Pure helpers on text: words, sentences, spans, shingles, keys. Nothing here reads or writes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

# A word is a run of letters and digits; scripts without spaces (Thai, Lao, Khmer, Myanmar, Han,
# Kana) are cut into overlapping pairs of characters, the usual stand-in for words there.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Signs that belong to the letter before them: accents, Hebrew and Arabic vowels, the vowels of India.
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_LETTERS = rf"(?![{_UNSPACED}])[^\W_](?:[{_MARKS}]|(?![{_UNSPACED}])[^\W_])*+"
_TOKEN = re.compile(rf"[{_UNSPACED}]+|{_LETTERS}(?:['’]{_LETTERS})?")
# The same for a text that holds none of those signs and scripts, three times as fast.
_PLAIN_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ASCII_TOKEN = re.compile(r"[a-zA-Z0-9]+(?:'[a-zA-Z0-9]+)?")  # and once more for ASCII, three times as fast again
_UNPLAIN = re.compile(rf"[{_UNSPACED}{_MARKS}]")
_UNSPACED_CHAR = re.compile(rf"[{_UNSPACED}]")
_SPACE = re.compile(r"\s+")

# Controls and line separators, which end something, and letters that show as nothing: a space is what they leave.
_BLANK = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u115f\u1160\u2028\u2029\u2800\u3164\uffa0\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff"
    "\U0001d173-\U0001d17a\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000efffe-\U000effff\U000ffffe\U000fffff\U0010fffe\U0010ffff]"
)
# What has no width: soft hyphens, joiners, bidirectional marks, hidden tags. Never text by itself, often an attack.
_ZERO = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
# Scripts whose letters join or stack (Arabic and its kin, N'Ko, the scripts of India and beyond): there a joiner spells.
_JOINED = (
    "\u0620-\u065f\u066e-\u06d3\u06ee-\u07ff\u0840-\u085f\u0860-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1a20-\u1b7f"
    "\ufb50-\ufdcf\ufe70-\ufefc"
)
# Pictures and what may stand behind one: its style, a skin, a keycap, hair.
_PICTURE = "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_HIDDEN = re.compile(
    f"(?<=[{_JOINED}])([\u200c\u200d])[\u200c\u200d]*(?=[{_JOINED}])"  # می‌خواهم, क्‍ष
    f"|(?<=[{_PICTURE}])(\u200d)\u200d*(?=[{_PICTURE}])"  # 👩‍👩‍👧
    "|(?<=\U0001f3f4)([\U000e0061-\U000e007a]{3,6}\U000e007f)"  # the flags of Scotland and Wales
    f"|[{_ZERO}]+"
)
# One style to a letter (more of them carry hidden words), and of signs that pile up no more than any language sets.
_STYLES = re.compile("([\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_SIGNS = (
    "[\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PILES = re.compile(f"({_SIGNS}{{5}}){_SIGNS}+")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Any of the above, and every line break but `\\n`: a text with none of them, as most are, is visible as it stands.
_ODD = re.compile(f"[\r\x0b\x0c\x85\ud800-\udfff\ufe00-\ufe0f\U000e0100-\U000e01ef{_ZERO}{_SIGNS[1:-1]}{_BLANK.pattern[1:-1]}]")

# Possessive, and tried once a run of stops: a page of dots costs no more than any other page.
_CLOSERS = r"(?:[\"'”“’‘»«›‹)\]]|[ \u00a0\u202f]»(?=\s|$))*+"
_END = re.compile(rf"(?<![.!?…])[.!?…]++{_CLOSERS}(?=\s|$)|[。！？]++[”’」』）]*+|[؟۔।]{_CLOSERS}(?=\s|$)|\n{{2,}}")
_OPENERS = "\"'“‘„«‹([「『（"
# Abbreviations that a full stop follows without ending a sentence, in the languages that we read.
_ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr prof sen rep gov gen col lt sgt capt st jr sr vs etc inc ltd co corp no nos vol approx dept est
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun u.s u.k u.n e.g i.e a.m p.m a.k.a
    bzw ca d.h z.b u.a usw nr hr fr mio mrd abs art bd evtl ggf inkl jh max min str tel vgl zzgl m mm mme mlle av p pp
    """.split()
)
# Of these, the ones that are words as well: abbreviations only where a number follows (`No. 5`).
_BEFORE_NUMBERS = frozenset("no nos art max min abs sat sun mar".split())
# German words behind which a number with a stop is an ordinal.
_BEFORE_ORDINALS = frozenset(
    """
    am im zum zur vom beim ins ans der die das dem den des ein eine einen einem einer eines jeder jede jedes jeden jedem
    ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner unser unsere unseren dieser diese dieses diesen diesem
    """.split()
)
_MONTH = re.compile(r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)")

_REMEMBERED = 2000  # characters of a text whose words are counted once

_DATELINE = re.compile(
    r"[^\W\d_a-zßà-öø-ÿ][^a-zßà-öø-ÿ\n]{1,40}(?:,? [^\n—–]{0,40})?(?:\([^)\n]{2,20}\))?\s*[—–-]{1,2}\s+(?=[^\sa-zß-öø-ÿ])"
    # An agency in brackets and no dash: `PORT ELLERY, Nov 16 (NPA) The ferry …`.
    r"|[^\W\d_a-zßà-öø-ÿ][^a-zßà-öø-ÿ\n(]{1,40}, [^\n—–()]{0,20}\([A-Z][^)\n]{1,19}\)\s+(?=[^\sa-zß-öø-ÿ])"
    # A whole date: `PORT ELLERY, 17. November 2026. Beim …`, `18 November 2026 — She …`, `埃勒里港2026年11月18日电 …`.
    r"|(?:[^\W\d_a-zßà-öø-ÿ][^a-zßà-öø-ÿ\n\d]{1,40}, )?\d{1,2}\.? [^\W\d_]{3,12} \d{4}(?:\.|\s*[—–-]{1,2})\s+(?=[^\sa-zß-öø-ÿ])"
    r"|[^\n。，]{0,12}\d{4}年\d{1,2}月\d{1,2}日[电電]\s+"
)


def sha(*parts: str | bytes) -> str:
    """SHA-256 in hex over the parts, kept apart by a byte that no text holds."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part)
        digest.update(b"\xff")
    return digest.hexdigest()


def visible(text: str) -> str:
    """`text` without controls, lone surrogates and what has no width; newlines stay.

    Joiners stay between the letters that they join, in Persian or Hindi as in families of emoji.
    """
    if not _ODD.search(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    text = _SURROGATE.sub("\ufffd", text).replace("\x0b", "\n").replace("\x0c", "\n")
    text = _HIDDEN.sub(lambda found: found[1] or found[2] or found[3] or "", _BLANK.sub(" ", text))
    return _PILES.sub(r"\1", _STYLES.sub(r"\1", text))


def one_line(text: str) -> str:
    """`text` made visible, on one line, with single spaces."""
    if text.isprintable() and "  " not in text and "\ufffc" not in text:  # most texts; none of it is there to be taken out
        return text.strip()
    return _SPACE.sub(" ", visible(text)).strip()


def words(text: str) -> list[str]:
    """The case-folded words of `text`, in order; unspaced scripts as pairs of characters."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.casefold())
    text = _unjoined(unicodedata.normalize("NFKC", text)).casefold()
    if not _UNPLAIN.search(text):
        return _PLAIN_TOKEN.findall(text)
    found: list[str] = []
    for run in _TOKEN.findall(text):
        if len(run) > 1 and _UNSPACED_CHAR.match(run):
            found.extend(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found.append(run)
    return found


def _unjoined(text: str) -> str:
    """`text` without joiners, which some spell and others do not."""
    return text.replace("\u200c", "").replace("\u200d", "")


def word_count(text: str) -> int:
    """Words as a reader counts them; two characters of an unspaced script make one."""
    return _word_count(text) if len(text) <= _REMEMBERED else _counted(text)


def _counted(text: str) -> int:
    if text.isascii():
        return len(_ASCII_TOKEN.findall(text))
    text = _unjoined(text)
    if not _UNPLAIN.search(text):
        return len(_PLAIN_TOKEN.findall(text))
    count = 0
    for run in _TOKEN.findall(text):
        count += (len(run) + 1) // 2 if _UNSPACED_CHAR.match(run) else 1
    return count


_word_count = lru_cache(maxsize=2**10)(_counted)  # one paragraph is counted by step after step


def shingles(tokens: Sequence[str], size: int = 3) -> set[str]:
    """The distinct runs of `size` words; a shorter text is one shingle, an empty one none."""
    if len(tokens) <= size:
        return {" ".join(tokens)} if tokens else set()
    return {" ".join(tokens[at : at + size]) for at in range(len(tokens) - size + 1)}


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of `text`, without the space around them.

    A stop ends a sentence where white space and something other than a lower-case letter follow,
    unless it closes an abbreviation, an initial or an ordinal such as `12. November`.
    """
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, len(text))


def _ends(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] != ".":
        following = text[match.end() : match.end() + 2].lstrip()
        return mark[0] in "。！？؟۔।\n" or not following[:1].islower()
    rest = text[match.end() : match.end() + 40].lstrip()
    if rest and rest.lstrip(_OPENERS)[:1].islower():
        return False
    if len(mark) > 1:
        return True
    before = text[max(0, match.start() - 24) : match.start()]
    lead, word = ["", "", *before.rpartition("\n")[2].split()][-2:]
    return not _is_short_for(word.lstrip(_OPENERS), lead, rest)


def _is_short_for(word: str, lead: str, rest: str) -> bool:
    """Whether the stop behind `word` belongs to it and does not end a sentence, seeing the word before it and what follows."""
    if word.isdigit() and len(word) <= 2:  # "am 12. November", "der 13. Gang", "1. Platz"; but "rose to 12. Two were …"
        return rest[:1].isalpha() and (not lead or lead.casefold() in _BEFORE_ORDINALS or bool(_MONTH.match(rest)))
    if len(word) == 1 and word.isalpha():
        return bool(rest)  # an initial, or one letter of `z. B.`
    if word.casefold() in _BEFORE_NUMBERS:
        return rest[:1].isdigit()
    return word.casefold() in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def dateline(text: str) -> int:
    """How many characters the dateline at the head of a report takes (`PORT ELLERY, 3 May (NPA) — `); 0 for none."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs of `text`: what stands between empty lines."""
    start = 0
    for match in re.finditer(r"\n\s*\n", text):
        yield from _trimmed(text, start, match.start())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def cut(text: str, limit: int) -> str:
    """`text` on one line, at most `limit` characters, cut at a word with an ellipsis."""
    line = one_line(text)
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:–-\u200d") + "…"


def listed(items: Iterable[str], most: int = 4) -> str:
    """`A, B and C`; more than `most` become `A, B, C (+2)`."""
    names = list(items)
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} (+{len(names) - most + 1})"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 story`, `2 stories`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
