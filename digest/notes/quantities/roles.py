"""What happened to what is counted: the roles by which figures of two reports are laid side by side.

One row a role: its name, as it heads a note; the dimensions that it takes; the words that give it,
English and German first. A figure has the role whose words stand nearest to it in its own clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """`running`: a series that later reports bring up to date. `alone`: nothing more is needed to align two figures."""

    name: str
    dimensions: tuple[str, ...]
    words: re.Pattern[str]
    running: bool = False
    alone: bool = False


_COUNT = ("count",)
_MONEY = ("money",)
_SHARE = ("percent", "points")


def _role(name: str, dimensions: tuple[str, ...], words: str, *, running: bool = False, alone: bool = False) -> Role:
    return Role(name, dimensions, re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", re.IGNORECASE), running, alone)


ROLES = (
    _role(
        "killed",
        _COUNT,
        "killed|killing|kills|kill|dead|died|die|dies|dying|deaths?|death toll|toll|fatalities|fatality|lost their lives"
        "|loss of life|lives (?:were |was |had been |have been )?lost|lost (?:[\\w-]+ ){0,2}lives|the lives of|lives of"
        "|bodies|body|perished|drowned|fatally|casualties|claim(?:s|ed|ing)? (?:[\\w-]+ ){1,3}lives"
        "|getötet|töte(?:n|t|te|ten)|tote[nrs]?|todesopfern?|totenzahl|todeszahl|starben|stirbt|sterben|gestorben|ums leben"
        "|ertranken|ertrunken|toter|leichen"
        "|mort(?:e?s)?|tués?|tuées?|décès|victimes|perdu la vie|coûté la vie|víctimas mortales|vidas|perdieron la vida|muertos"
        "|muertas|fallecidos|fallecieron|murieron|死亡|遇难|丧生|身亡",
        running=True,
        alone=True,
    ),
    _role(
        "injured",
        _COUNT,
        "injured|injuring|injures|injuries|injury|wounded|wounding|hurt|hurting|verletzt|verletzte[nr]?|verletzten|blessés?"
        "|blessées?|heridos|heridas"
        "|受伤|伤者",
        running=True,
        alone=True,
    ),
    _role(
        "treated in hospital",
        _COUNT,
        "hospitalised|hospitalized|in hospital|to hospital|hospitals?|treated|krankenhaus|krankenhäuser|klinik(?:en)?|behandelt",
        running=True,
    ),
    _role(
        "missing",
        _COUNT,
        "missing|unaccounted for|vermisst|vermisste[nr]?|disparus?|desaparecid[oa]s|失踪|失联",
        running=True,
        alone=True,
    ),
    _role(
        "rescued",
        _COUNT,
        "survivors?|survived|überlebende[n]?|überlebten|rescued|rescuing|saved|pulled alive|taken off|plucked|gerettet|rettete[n]?"
        "|retten|secourues?|rescatad[oa]s|获救",
        running=True,
        alone=True,
    ),
    _role(
        "evacuated",
        _COUNT,
        "evacuated|evacuating|evacuations?|evacuees|evakuiert|evakuierte[n]?|in sicherheit|évacuée?s?|evacuad[oa]s"
        "|leave their homes|left their homes|flee|fled|forced from their homes|sleep elsewhere|ihre häuser verlassen"
        "|ihre wohnungen verlassen",
        running=True,
        alone=True,
    ),
    _role("displaced", _COUNT, "displaced|homeless|obdachlos", running=True, alone=True),
    _role(
        "arrested",
        _COUNT,
        "arrested|arresting|arrests?|detained|detaining|detentions?|in custody|festgenommen|festnahmen?|verhaftet|verhaftungen"
        "|arrêtée?s?|interpellée?s?"
        "|detenid[oa]s|被捕|逮捕",
        running=True,
        alone=True,
    ),
    _role("charged", _COUNT, "charged|indicted|angeklagt"),
    _role("aboard", _COUNT, "on board|aboard|carrying|carried|an bord|à bord|a bordo"),
    _role(
        "infected",
        _COUNT,
        "infected|infections?|confirmed cases|cases|sickened|fell ill|fallen ill|infiziert|infektionen|erkrankt(?:e[n]?)?|contagios",
        running=True,
    ),
    _role(
        "without power",
        _COUNT,
        "privés d'électricité|sans courant|without light|stromlos|without power|without electricity|lost power|power cuts?"
        "|blackout|ohne strom|sans électricité|sin luz",
        running=True,
        alone=True,
    ),
    _role(
        "jobs cut",
        _COUNT,
        "job cuts|jobs? (?:will |would |are |to |at )*(?:be )?(?:cut|lost|go|axed|shed)|cut|cuts|cutting|axe|axed|axing|shed"
        "|shedding|lay off|laid off|laying off|layoffs|redundan(?:t|cies|cy)|lose their jobs"
        "|stellen (?:ab)?|streicht|streichen|gestrichen|entlassen|abbau(?:en)?|supprim\\w+|despid\\w+",
    ),
    _role("jobs created", _COUNT, "create|creates|creating|created|hire|hires|hiring|schaffen|geschaffen|entstehen"),
    _role("destroyed", _COUNT, "destroyed|destroying|burned down|burnt down|flattened|zerstört|abgebrannt", running=True),
    _role("damaged", _COUNT, "damaged|damaging|beschädigt", running=True),
    _role("flooded", _COUNT, "flooded|under water|inundated|überflutet|überschwemmt", running=True),
    _role(
        "took part",
        _COUNT,
        "beteiligten sich|ausstand|im streik|streikten|on strike|went on strike|walked out|en grève|en huelga|marched|marching"
        "|protested|protesting|protesters?|demonstrators?|demonstrated|attended|attending|attendance|turned out"
        "|gathered|rallied|crowd|spectators|took to the streets|took part|joined"
        "|demonstrierten|demonstrant(?:en|innen)|teilnehmer(?:n|innen)?|walked|marchers|nahmen teil|auf die straße|auf der straße"
        "|manifestants|manifestantes|zuschauer(?:n)?",
        alone=True,
    ),
    _role(
        "studied",
        _COUNT,
        "followed|enrolled|recruited|participants|volunteers|surveyed|interviewed|respondents|polled|took part in the study"
        "|probanden|befragt(?:e[n]?)?|teilnehmende[n]?",
        alone=True,
    ),
    _role("votes for", _COUNT, "in favou?r|voted for|votes for|votes to|dafür|ja-stimmen|stimmten für"),
    _role("votes against", _COUNT, "against|dagegen|nein-stimmen|stimmten gegen"),
    _role(
        "cancelled",
        _COUNT,
        "cancelled|canceled|cancelling|cancell?ations?|scrapped|gestrichen|ausgefallen|fielen aus|annulés?",
        running=True,
        alone=True,
    ),
    _role("affected", _COUNT, "affected|affecting|affects|betroffen|impacted"),
    _role("stranded", _COUNT, "stranded|trapped|stuck|eingeschlossen|gestrandet", alone=True),
    _role(
        "cost",
        _MONEY,
        "costs?|costing|price tag|to build|to train|to develop|to make|train(?:ed|ing)?|built|developed|spent|spend|spending|bill"
        "|budget|kosten|kostet(?:e)?|kostete|gekostet|coût|coûté|costó|cuesta",
    ),
    _role(
        "damage",
        _MONEY,
        "damages?|losses|destruction|schäden|schaden|sachschaden|schadenshöhe|dégâts|dommages|daños|insured",
        alone=True,
    ),
    _role(
        "fine", _MONEY, "fined?|fines|fining|penalty|penalties|settlement|settle|settled|geldstrafe|strafe|bußgeld|amende|multa", alone=True
    ),
    _role(
        "deal",
        _MONEY,
        "deal|take over|taking over|takes over|took over|acqui\\w+|buy|buys|bought|buying|purchase|purchased|sold|sell|sells"
        "|selling|sale|takeover|bid|offer|valued|valuing|valuation|worth|paid|pay|übernahme|übernimmt|kauf|kauft|kaufpreis"
        "|verkauf\\w*|wert",
        alone=True,
    ),
    _role(
        "raised",
        _MONEY,
        "raised|raises|raising|funding|fundraising|donations?|donated|collected|eingesammelt|spenden|finanzierungsrunde|investment round",
    ),
    _role(
        "invest",
        _MONEY,
        "invest|invests|invested|investing|investment|investments|pledged?|pledges|pledging|package|aid|grant|fund|loan|subsid\\w+"
        "|investiert|investieren|investition(?:en)?|hilfspaket|kredit|hilfen|förderung",
    ),
    _role("revenue", _MONEY, "revenues?|sales|turnover|takings|umsatz|umsätze|erlöse|chiffre d'affaires|ingresos"),
    _role("profit", _MONEY, "profits?|earnings|earned|net income|gewinn|überschuss|bénéfice|beneficio"),
    _role(
        "loss",
        _MONEY,
        "verlor(?:en)?|verliert|a perdu|perdió|loss|lost|losing|fell|dropped|plunged|wiped|wiping|verlust(?:e)?|fehlbetrag|vernichtet",
    ),
    _role("debt", _MONEY, "debts?|owes?|owed|liabilities|schulden|dette|deuda"),
    _role("stolen", _MONEY, "stolen|stole|theft|heist|embezzled|loot|gestohlen|erbeutet(?:e[n]?)?|beute|geraubt", alone=True),
    _role("ransom", _MONEY, "ransom|demands?|demanding|demanded|lösegeld|rançon|rescate", alone=True),
    _role("bail", _MONEY, "bail|kaution", alone=True),
    _role("price", _MONEY, "prices?|priced|ticket|fare|fares|per share|shares|preis(?:e)?|closed at|trading at"),
    _role(
        "fell",
        _SHARE,
        "fell|fall|falls|fallen|falling|drop|drops|dropped|dropping|plunge\\w*|slump\\w*|slid|slide|decline\\w*|down|lower|lost"
        "|tumbl\\w+|sank|sink|shed|decrease\\w*|reduc\\w+|cut|cuts|sank|sinken|gesunken|fiel|fielen|gefallen|verlor(?:en)?"
        "|einbruch|brach(?:en)? ein|minus|gaben nach|rückgang|baisse\\w*|chut\\w+|caída|cayó",
    ),
    _role(
        "rose",
        _SHARE,
        "rose|rise|rises|risen|rising|climb\\w*|jump\\w*|grew|grow|grows|grown|growth|gain|gains|gained|increase\\w*|up|higher"
        "|surge\\w*|soar\\w*|stieg(?:en)?|steigen|gestiegen|anstieg|plus|zulegt\\w*|legte[n]? zu|wuchs|gewachsen|wachstum|zuwachs"
        "|hausse|aument\\w+|subi\\w+",
    ),
    _role("inflation", _SHARE, "inflation|consumer prices|teuerung|inflationsrate|verbraucherpreise"),
    _role("unemployment", _SHARE, "unemployment|jobless|arbeitslosenquote|arbeitslosigkeit"),
    _role("interest rate", _SHARE, "rates?|interest|key rate|base rate|policy rate|bank rate|leitzins|zinssatz|taux directeur"),
    _role(
        "turnout",
        _SHARE,
        "turnout|of those entitled|of those eligible|of eligible voters|of registered voters|went to the polls|wahlbeteiligung"
        "|wahlberechtigten|participation",
        alone=True,
    ),
    _role("vote", _SHARE, "of the votes?|of votes|vote share|voted|votes|der stimmen|stimmenanteil|des voix|de los votos"),
    _role("tariff", _SHARE, "tariffs?|duty|duties|levy|tax|zölle|zoll|steuer"),
    _role("support", _SHARE, "approval|approve|support|supported|favou?r|zustimmung|befürwort\\w+"),
    _role("contained", _SHARE, "contained|containment|eingedämmt", running=True),
    _role("stake", _SHARE, "stake|shareholding|of the shares|of its shares|anteil(?:e)?|beteiligung|halten|hält"),
    _role(
        "burned",
        ("area",),
        "burn(?:ed|t|ing|s)?|swept|flammen|fire|blaze|scorched|charred|destroyed|verbrannt|brannten|feuer|brand",
        running=True,
        alone=True,
    ),
    _role("strength", ("magnitude",), "quake|earthquake|tremor|magnitude|struck|erdbeben|beben|stärke", alone=True),
    _role(
        "sentence",
        ("duration",),
        "sentenced|jailed|prison|jail|imprisonment|behind bars|sentence|verurteilt|haft|gefängnis|freiheitsstrafe|prison|cárcel",
        alone=True,
    ),
    _role("delay", ("duration",), "delay|delays|delayed|late|postponed|verspätung|verspätet|verzögerung|verschoben"),
    _role(
        "duration",
        ("duration",),
        "lasted|lasting|lasts|took|take|takes|closed for|shut for|closed|shut|dauerte|dauern|dauert|gesperrt|brauchten",
    ),
    _role("height", ("length",), "high|height|tall|deep|depth|hoch|höhe|tief|tiefe|level|stand|pegel|wave|waves"),
    _role("size", ("length", "mass"), "long|length|wide|lang|länge|breit|weigh\\w*|weight|wiegt|wog|gewicht|heavy|schwer"),
    _role("spill", ("volume", "mass"), "spill\\w*|leak\\w*|ausgelaufen|liefen|dumped|discharged"),
    _role("seized", ("mass", "count"), "seized|seizure|confiscated|haul|beschlagnahmt|sichergestellt"),
    _role("wind", ("speed",), "winds?|gusts?|böen|sturm|wind", running=False),
    _role(
        "launch",
        ("date",),
        "launch\\w*|releas\\w+|unveil\\w*|published|debut\\w*|introduc\\w+|rolled out|on sale|veröffentlicht\\w*|vorgestellt"
        "|erschien\\w*|herausgebracht|auf den markt|lancé\\w*|lanz\\w+",
    ),
    _role("opening", ("date",), "open|opens|opened|opening|reopen\\w*|inaugurat\\w+|eröffn\\w+|öffnet", alone=True),
    _role("end", ("date",), "end|ends|ended|ending|clos(?:e|es|ed|ing)|expire\\w*|until|by|deadline|endet|endete|schließt|bis|frist"),
    _role("vote day", ("date",), "vote|votes|voting|election|elections|referendum|poll|polls|wahl|abstimmung|gewählt"),
    _role("hearing", ("date",), "hearing|trial|court|appear|verhandlung|prozess|gericht"),
    _role("signing", ("date",), "sign\\w*|unterzeichn\\w+|agreed"),
    _role("death", ("date",), "died|killed|dead|found|starb|getötet"),
    _role("arrival", ("date",), "arriv\\w+|land\\w*|return\\w*|delivery|delivered|ankunft|trifft|lieferung"),
    _role("meeting", ("date",), "meet\\w*|summit|talks|conference|treffen|gipfel|konferenz"),
)
