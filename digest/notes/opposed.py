"""One source's denial of what another reports, where the words of the denial say which claim is meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest.model import Article, Note, Quote, Relation, Story
from digest.notes.spans import sentence_spans
from digest.text import dateline, word_count, words

# Words that are a denial of something said, and name it behind them: a claim, a report, `that …`, or what was not done.
_CLAIMS = (
    r"(?:an? |the |all |any |recent |earlier |media |press |such |those |these |online |local "
    r"|[\w’'-]+[’']s? ){0,4}(?:reports?|claims?|allegations?|accusations?|suggestions?|rumou?rs?|stor(?:y|ies)|account"
    r"|assertions?|speculation|charges?)"
)
_FORWARD = re.compile(
    rf"\b(?:den(?:ied|ies|y|ying)(?: (?:{_CLAIMS}|that\b|having\b|(?:the |its |his |her )?\w{{3,}}ing\b|it (?:had|was|is|would"
    rf"|has)\b|the [\w-]+ (?:is|was|were|has|had)\b))"
    rf"|contrary to (?:what|{_CLAIMS})|(?:reject(?:ed|s|ing)|dismiss(?:ed|es|ing)|disput(?:ed|es|ing)|refut(?:ed|es|ing)"
    rf"|rebuff(?:ed|s)) {_CLAIMS}"
    rf"|no truth (?:in|to) {_CLAIMS}|corrected {_CLAIMS}"
    rf"|(?:contradict(?:s|ed|ing)|rebut(?:s|ted)|den(?:ied|ies)|rebuffed|called|calls) {_CLAIMS}"
    r"|(?:trat|treten|tritt|traten) (?:[\w]+ ){0,3}(?:Darstellung|Behauptung|Vorwurf|Eindruck|Berichten?|Meldungen) entgegen,?"
    r"|(?:dement|réfut|rejet|contest|contred)\w* (?:les?|la|l[’']|une?|des|cette|ces) ?(?:informations?|affirmations?|accusations?|rumeurs?"
    r"|chiffres?|version|nouvelle)"
    r"|(?:rechaz|contradi|desmint|desmient|neg|nieg)\w* (?:el|la|los|las|una?|esas?|esos?|que) ?(?:informaci\w+|afirmaci\w+|acusaci\w+"
    r"|rumor\w*|noticia\w*|versión|dato\w*)"
    r"|(?:dementiert\w*|bestreite[nt]*|bestritt(?:en)?|widersprach(?:en)?|widerspricht)(?: (?:Berichten?|Angaben|Meldungen"
    r"|Darstellung|Behauptungen|Vorwürfen?|dass|einen|den|die|das|der))?,?"
    r"|entgegen (?:Berichten|Angaben|Meldungen|der Darstellung|anderslautenden)"
    r"|(?:wies|weist|wiesen|weisen) (?:[\w]+ ){0,3}(?:Berichte|Angaben|Meldungen|Behauptungen|Vorwürfe|Darstellung)"
    r"|dément(?:i|ent)?(?: avoir| que| les| des)|contrairement à|(?:negó|niega|desmintió|desmiente)(?: que| los| las| haber)"
    r")",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    rf"\b{_CLAIMS}\b(?P<said>.{{6,160}}?)\b(?:(?:is|was|were|are|be) (?:simply |just |completely |entirely )?(?:not true|untrue"
    rf"|false|wrong|incorrect|baseless"
    r"|unfounded|not correct)|(?:is|was|were|are|has been|have been) (?:\w+ly )?(?:denied|rejected|dismissed|refuted|disputed))\b"
    r"|\b(?:Bericht|Angabe|Meldung|Behauptung|Vorw[uü]rf|Darstellung|Gerücht)\w*\b(?P<gesagt>.{6,160}?),? (?:wies|wiesen|weist"
    r"|weisen|dementiert\w*|bestritt\w*|bestreite\w*|nannte|bezeichnete|seien falsch|sei falsch)\b",
    re.IGNORECASE,
)
# One of these stands in every denial: the rest is looked for only where one does.
_HINTS = (
    "contradict rebut called calls trat treten tritt réfut rejet contest contred rechaz contradi desmint démen deni deny "
    "contrary reject dismiss disput refut rebuff truth correct true false wrong baseless unfounded dementier bestreit bestritt "
    "widersprach widerspricht entgegen wies weis nannte bezeichnete falsch dément contraire neg nieg desm"
).split()
_UNSURE = re.compile(
    r"\b(?:nor|or|not|n[’']t|neither|without|cannot|never|nicht|weder|were|was|been|be) (?:confirm(?:ed)? (?:n?or )?"
    r"|to )?(?:den(?:y|ied|ying))\b|\bnot denying\b|\bn[’']t deny|\bdenied in (?:their|his|her)\b"
    r"|\b(?:den(?:y|ied|ies)|rejected|dismissed|refuted) (?:those|these|all|any|such|the)(?: \w+)? (?:claims?"
    r"|reports?|allegations?|accusations?"
    r"|charges?|rumou?rs?)(?! (?:that|of|about|over|on|he|she|it|they)\b)",
    re.IGNORECASE,
)
_STOPS_AT = re.compile(
    r"[;:?!]|, (?!\d)|(?<![^\W_])(?:but|despite|although|though|while|after|when|because|saying|adding|insisting|aber|obwohl"
    r"|während|nachdem|sondern)(?![^\W_])",
    re.IGNORECASE,
)
_DOUBTED = re.compile(r"\b(?:rumou?r\w*|exaggerat\w*|speculat\w*|perhaps|might|Gerücht\w*|angeblich)\b", re.IGNORECASE)
# A sentence that says no itself makes no claim that could be denied.
_NEGATED = re.compile(
    r"\b(?:no|not|none|never|nobody|neither|nor|without|denied|denies|deny|denying|rejected|dismissed|refuted|disputed|untrue"
    r"|false|contrary"
    r"|nicht|kein\w*|nie|niemand|ohne|dementiert\w*|bestritt\w*|bestreite\w*|entgegen|pas|aucun\w*|jamais|dément\w*|ningun\w*"
    r"|nunca|negó|niega)\b|n[’']t\b|\?",
    re.IGNORECASE,
)
# A denial that says whose words it denies: another's report or claim.
_REPORTED = re.compile(
    r"\b(?:reports?|claims?|stor(?:y|ies)|allegations?|rumou?rs?|accusations?|Berichte?n?|Meldung(?:en)?|Darstellung|Behauptung(?:en)?"
    r"|Vorw[uü]rfe?n?|Gerüchten?|informations?|rumeurs?|accusations?|affirmations?|informaci\w+|rumor\w*|acusaci\w+|afirmaci\w+)\b",
    re.IGNORECASE,
)
# … that something was not: then the claim says no as well.
_NEGATED_CLAIM = re.compile(
    r"\b(?:claims?|reports?|allegations?|Behauptung|Darstellung|Bericht\w*|Vorwurf)\b.*\b(?:never|not|no|nicht|nie|kein\w*)\b",
    re.IGNORECASE,
)
_SHARED = 0.7  # share of the denied words of content that the claim has
_FEW = 4  # words of content: of so few the claim must have all …
_ALL = 0.75  # … or nearly
_NAMED = 0.3  # … where the denial names the outlet that it denies
_HALF, _BOTH = 0.5, 2  # share, and number, of the denied words that do where it is a report or a claim that is denied
_SHORT_CLAIM = 0.3  # share of the claim's own words of content that two words in common must be
_ACTS = 2  # words in common that are written small
_BACK = 0.2  # share of the claim's own words of content that the denial has
_INSERTED = re.compile(r", (?:carried|made|published|reported|raised|voiced|put about|erhoben|verbreitet) [^,]{3,50},(?= that\b| dass\b)")
_HEAD = 3  # sentences in which a report says what its story is about
_OF_THE_MATTER = 0.5  # share of the denied words that are not of the story's topic
_LEAST = 3  # words of content in common
_LONG, _SHORT = 60, 5  # words of a sentence that is quoted
_LETTERS, _STEM = 4, 5
_EMPTY = frozenset(
    "that with from have been were this they said than also more when over after their there which would could about into what says "
    "denie deny denyi rejec repor claim alleg state spoke offic earli contr media corre refut dismi dispu sugge rumou rumor story stori "
    "monda tuesd wedne thurs frida satur sunda monta diens mittw donne freit samst sonnt "
    "accou accus asser specu charg havin "
    "nicht haben worden wurde sagte einer eines einem gegen beric demen sprec entge angab meldu darst behau vorwü bestr wider "
    "avoir contr negó niega desmi démen".split()
)


@dataclass(frozen=True, slots=True)
class OpposedNoter:
    """At most `most_notes` denials a story, each with the claim that it denies."""

    most_notes: int = 2
    name: str = "opposed"

    def notes(self, story: Story) -> Iterator[Note]:
        """A note for each denial whose claim another outlet reports without it."""
        reports = [member.article for member in story.members if member.relation is not Relation.COPY]
        sentences_of = {article.id: list(_sentences(article)) for article in reports}
        topic = _topic(reports, sentences_of)
        made = 0
        for denier in reports:
            for span in sentences_of[denier.id]:
                found = _claim(denier, span, reports, sentences_of, topic) if made < self.most_notes else None
                if found:
                    made += 1
                    claimer, claim = found
                    quotes = (Quote.of(claimer, *claim), Quote.of(denier, *span))
                    line = f"{claimer.source} reports what is denied in {denier.source}"
                    yield Note(self.name, (claimer.source, denier.source), line, quotes)


def _sentences(article: Article) -> Iterator[tuple[int, int]]:
    head = dateline(article.text)
    for start, end in sentence_spans(article.text):
        if end > head and _SHORT <= word_count(article.text[max(start, head) : end]) <= _LONG:
            yield max(start, head), end


def _claim(
    denier: Article,
    span: tuple[int, int],
    reports: list[Article],
    sentences_of: dict[str, list[tuple[int, int]]],
    topic: frozenset[str],
) -> tuple[Article, tuple[int, int]] | None:
    """The sentence of another outlet that the denial is about; None unless it is sure."""
    denied = _denied(denier.text[slice(*span)])
    if not denied:
        return None
    said = denier.text[slice(*span)]
    reported = _REPORTED.search(said) is not None
    named = {other.source for other in reports if _names(denier.text[slice(*span)], other.source)} - {denier.source}
    if len(denied) < (1 if named else _BOTH if reported else _LEAST):
        return None
    best: tuple[float, Article, tuple[int, int]] | None = None
    for other in reports:
        if (
            (named and other.source not in named)
            or other.source == denier.source
            or other.language != denier.language
            or _tells(other, denied, sentences_of)
        ):
            continue
        for claim in sentences_of[other.id]:
            text = other.text[slice(*claim)]
            content = _content(text)
            shared = len(denied & content)
            told = other.source in named
            if (
                not _is_of(shared, len(denied), len(content), told, reported)
                or not (told or _of_acts(text, denied & content, 1 if reported else _ACTS))
                or len(content & denied - topic) < _OF_THE_MATTER * len(denied - topic)
                or _DOUBTED.search(text)
                or (_NEGATED.search(text) and not _NEGATED_CLAIM.search(said))
            ):
                continue
            score = shared / len(denied | content)
            if best is None or score > best[0]:
                best = (score, other, claim)
    return best[1:] if best else None


def _topic(reports: list[Article], sentences_of: dict[str, list[tuple[int, int]]]) -> frozenset[str]:
    """What several reports open with, denials aside: two sentences that share no more are not of one claim."""
    told = [[one.text[slice(*span)] for span in sentences_of[one.id][:_HEAD]] for one in reports]
    heads = [_content(" ".join(head)) for head in told if not any(map(_denied, head))]
    return frozenset(stem for stem, times in Counter(stem for head in heads for stem in head).items() if times > 1)


def _is_of(shared: int, denied: int, claimed: int, named: bool, reported: bool) -> bool:
    """Whether a sentence has enough of what is denied; much less is enough where the denial names the outlet."""
    if named:
        return shared >= 1 and shared >= _NAMED * denied
    if reported and shared >= _HALF * denied and ((shared >= _BOTH and shared >= _SHORT_CLAIM * claimed) or shared > _LEAST):
        return shared >= _BACK * claimed
    enough = _SHARED if denied > _FEW else _ALL
    return shared >= _LEAST and shared >= enough * denied and shared >= _BACK * claimed


def _of_acts(text: str, shared: frozenset[str], least: int) -> bool:
    """Whether of the words in common at least so many are no names: two sentences on one person are not about one deed."""
    return len({stem for stem in shared if re.search(rf"(?<!\w){re.escape(stem)}", text)}) >= least


def _names(said: str, outlet: str) -> bool:
    """Whether a sentence names an outlet, in the genitive too (`des »Wirtschaftskuriers«`)."""
    return re.search(rf"(?<!\w){re.escape(outlet)}(?:[’']?s)?(?!\w)", said) is not None


@lru_cache(maxsize=4096)  # the same sentences are asked again for every claim
def _denied(said: str) -> frozenset[str]:
    """The words of content of what a sentence denies; none where it denies nothing, or not for sure."""
    small = said.casefold()
    if not any(hint in small for hint in _HINTS):
        return frozenset()
    if _UNSURE.search(said):
        return frozenset()
    said = _INSERTED.sub("", said)
    backward = _BACKWARD.search(said)
    if backward:
        return _content(backward["said"] or backward["gesagt"])
    forward = _FORWARD.search(said)
    if not forward:
        return frozenset()
    end = _STOPS_AT.search(said, forward.end() + 12)
    return _content(said[forward.start() : end.start() if end else len(said)])


def _tells(other: Article, denied: frozenset[str], sentences_of: dict[str, list[tuple[int, int]]]) -> bool:
    """Whether the other report tells of the denial itself: then nothing stands against anything."""
    return any(len(_denied(other.text[slice(*span)]) & denied) >= _LEAST for span in sentences_of[other.id])


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    stems = {word[:_STEM] if not word[0].isdigit() else word for word in words(text) if len(word) >= _LETTERS or word[0].isdigit()}
    return frozenset(stem for stem in stems if stem not in _EMPTY)
