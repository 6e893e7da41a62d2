"""What happened to what is counted: the roles by which figures of two reports are laid side by side.

One row a role: its name, as it heads a note; the dimensions that it takes; the words that give it,
English and German first. A figure has the role whose words stand nearest to it in its own clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from digest.notes.quantities.heads import Words


@dataclass(frozen=True, slots=True)
class Role:
    """`running`: a series that later reports bring up to date. `alone`: nothing more is needed to align two figures."""

    name: str
    dimensions: tuple[str, ...]
    words: Words
    running: bool = False
    alone: bool = False


_COUNT = ("count",)
_MONEY = ("money",)
_SHARE = ("percent", "points")


def _role(name: str, dimensions: tuple[str, ...], words: str, *, running: bool = False, alone: bool = False) -> Role:
    return Role(name, dimensions, Words.of(words), running, alone)


ROLES = (
    _role(
        "killed",
        _COUNT,
        "lost (?:his|her) life|succumbed|umgekommen|kamen um|kam um|tödlich verunglückt|das leben verloren|"
        "ihr leben verloren|péri|trouvé la mort|morts?|fallecid[oa]s?|murió|perecieron|cadáveres|"
        "lives (?:snuffed|cut short)|tot|"
        "killed|killing|kills|kill|dead|died|die|dies|dying|deaths?|death toll|toll|fatalities|fatality|lost their lives"
        "|loss of life|lives (?:were |was |had been |have been )?lost|lost (?:[\\w-]+ ){0,2}lives|the lives of|lives of"
        "|bodies|body|perished|drowned|fatally|casualties|claim(?:s|ed|ing)? (?:[\\w-]+ ){1,3}lives"
        "|getötet(?:e[nrs]?)?|gekeult(?:e[nrs]?)?|culled|abattu(?:e?s)?|sacrificad[oa]s"
        "|töte(?:n|t|te|ten)|tote[nrs]?|todesopfern?|totenzahl|todeszahl|starben|stirbt|sterben|gestorben|ums leben"
        "|ertranken|ertrunken|toter|leichen"
        "|mort(?:e?s)?|tués?|tuées?|décès|victimes|perdu la vie|coûté la vie|víctimas mortales|vidas|perdieron la vida|muertos"
        "|muertas|fallecidos|fallecieron|murieron|死亡|遇难|丧生|身亡",
        running=True,
        alone=True,
    ),
    _role(
        "injured",
        _COUNT,
        "verwundet|verletzung(?:en)?|lesionad[oa]s|"
        "injured|injuring|injures|injuries|injury|wounded|wounding|hurt|hurting|verletzt|verletzte[nr]?|verletzten|blessés?"
        "|blessées?|heridos|heridas"
        "|受伤|伤者",
        running=True,
        alone=True,
    ),
    _role(
        "treated in hospital",
        _COUNT,
        "(?:we|clinics?|hospitals?|doctors) (?:have |has )?received|"
        "admitted|clinics?|klinikum|klinikums|hospitalisée?s?|hôpital|hôpitaux|hospitalizad[oa]s|"
        "ingresad[oa]s|"
        "tak(?:en|ing) to (?:the )?hospital|rushed to (?:the )?hospital|"
        "hospitalised|hospitalized|in hospital|to hospital|"
        "(?:in|at|to|by) (?:the |a |two |three |several |local |nearby )?hospitals?|treated|"
        "krankenhaus|krankenhäuser|klinik(?:en)?|behandelt",
        running=True,
    ),
    _role(
        "missing",
        _COUNT,
        "no trace|no word|not been found|yet to be found|still being sought|being looked for|"
        "being searched for|not accounted for|names (?:were|are) left|jede spur|wird (?:noch )?gesucht|"
        "werden (?:noch )?gesucht|fehlen noch|introuvables?|sans nouvelles|recherchés?|"
        "missing|unaccounted for|vermisst|vermisste[nr]?|disparus?|desaparecid[oa]s|失踪|失联",
        running=True,
        alone=True,
    ),
    _role(
        "rescued",
        _COUNT,
        "befreit|in sicherheit gebracht worden|hauled|winched|"
        "brought ashore|picked up|pulled (?:out|from)|lifted to safety|freed|lebend geborgen|sauvés?|sauvées?|"
        "salvad[oa]s|a salvo|"
        "survivors?|survived|überlebende[n]?|überlebten|rescued|rescuing|saved|pulled alive|taken off|plucked|gerettet|rettete[n]?"
        "|retten|secourues?|rescatad[oa]s|获救",
        running=True,
        alone=True,
    ),
    _role(
        "evacuated",
        _COUNT,
        "had to leave|have to leave|told to leave|ordered (?:out|to leave)|out of their homes|"
        "moved out|brought to safety|taken to safety|cleared from|moved to safety|"
        "(?:dû|durent) (?:partir|quitter)|verlassen|mussten (?:ihre \\w+ )?räumen|mises? à l'abri|"
        "desalojad[oa]s|abandonar|"
        "evacuated|evacuating|evacuations?|evacuees|evakuiert|evakuierte[n]?|in sicherheit|évacuée?s?|evacuad[oa]s"
        "|leave their homes|left their homes|flee|fled|forced from their homes|sleep elsewhere|ihre häuser verlassen"
        "|ihre wohnungen verlassen",
        running=True,
        alone=True,
    ),
    _role(
        "displaced",
        _COUNT,
        "displaced|homeless|lost their homes|without (?:a )?homes?|sans abri|sin hogar|obdachlos",
        running=True,
        alone=True,
    ),
    _role(
        "arrested",
        _COUNT,
        "led away|taken away|in gewahrsam|garde à vue|gardes à vue|abgeführt|"
        "arrested|arresting|arrests?|detained|detaining|detentions?|in custody|festgenommen|festnahmen?|verhaftet|verhaftungen"
        "|arrêtée?s?|interpellée?s?"
        "|detenid[oa]s|被捕|逮捕",
        running=True,
        alone=True,
    ),
    _role("charged", _COUNT, "charged|indicted|angeklagt"),
    _role("aftershocks", _COUNT, "aftershocks?|nachbeben|répliques?|réplicas?", running=True, alone=True),
    _role(
        "aboard",
        _COUNT,
        "passenger list|passagierliste|manifest lists?|passengers and crew|aboard the|occupants|boarded|saßen|insassen|"
        "on board|aboard|carrying|carried|an bord|à bord|a bordo",
        alone=True,
    ),
    _role(
        "infected",
        _COUNT,
        "ill|sick|krank|krankmeldungen|malades?|enferm[oa]s?|poisoned|vergiftet\\w*|intoxicad[oa]s|"
        "intoxiquée?s?|angesteckt|"
        "tested positive|"
        "infected|infections?|confirmed cases|cases|sickened|fell ill|fallen ill|infiziert|infektionen|erkrankt(?:e[n]?)?|contagios",
        running=True,
    ),
    _role(
        "without power",
        _COUNT,
        "electricity failed|power (?:was |is |were |remained )?(?:still )?out|sin suministro|ohne elektrizität|"
        "in the dark|outages?|stromausfall|coupures?|privés de courant|apagón|sin electricidad|im dunkeln|"
        "privés d'électricité|sans courant|without light|stromlos|without power|without electricity|lost power|power cuts?"
        "|blackout|ohne strom|sans électricité|sin luz",
        running=True,
        alone=True,
    ),
    _role(
        "jobs cut",
        _COUNT,
        "supprimés?|supresión|suprimid[oa]s|kündig\\w+|gekündigt|notice to|let go|loses?|wegfallen|fallen weg|"
        "job cuts|jobs? (?:will |would |are |to |at )*(?:be )?(?:cut|lost|go|axed|shed)|"
        "cut(?! off| short| through)|cuts|cutting|axe|axed|axing|shed"
        "|shedding|lay off|laid off|laying off|layoffs|redundan(?:t|cies|cy)|lose their jobs"
        "|stellen (?:ab)?|streicht|streichen|gestrichen|entlassen|abbau(?:en)?|supprim\\w+|despid\\w+",
    ),
    _role(
        "jobs created",
        _COUNT,
        "new jobs|embauch\\w*|contrat\\w+|crear\\w*|créer|créés|neue stellen|neuen stellen|eingestellt|"
        "einstellen|"
        "permanent jobs|lasting jobs|dauerhafte\\w*|create|creates|creating|created|hire|hires|hiring|schaffen|geschaffen|entstehen",
    ),
    _role(
        "destroyed",
        _COUNT,
        "gone(?! up| down| to| on| into| through| over| from)|"
        "razed|burnt out|burned out|in ashes|reduced to|niedergebrannt|détruite?s?|destruid[oa]s|"
        "calcinad[oa]s|"
        "destroyed|destroying|burned down|burnt down|flattened|zerstört|abgebrannt",
        running=True,
    ),
    _role("damaged", _COUNT, "beschädigt\\w*|endommagée?s?|dañad[oa]s|damaged|damaging|beschädigt", running=True),
    _role("flooded", _COUNT, "flooded|under water|inundated|überflutet|überschwemmt", running=True),
    _role(
        "took part",
        ("count", "percent"),
        "joined in|downed tools|stopped work|walkout|strikers?|streikend\\w*|streik|legten die arbeit nieder|"
        "arbeit niedergelegt|die arbeit nieder|débrayé|grévistes?|gréviste|suivi le mouvement|"
        "suit le mouvement|huelguistas|en paro|rally|rallies|demonstration|demonstrations|kundgebung|defilé|"
        "défilé|défilent|manifesté|marcharon|manifestaron|manifestación|cortège|gezählt|turned up|"
        "kamen zu|heads|köpfe|participants|runners|läufer|läuferinnen|at the start|"
        "am start|"
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
        "examined|sampled|samples|tested|subjects|untersucht\\w*|étudiés?|analysés?|encuestad[oa]s|interrogée?s?|"
        "followed|enrolled|recruited|participants|volunteers|surveyed|interviewed|respondents|polled|took part in the study"
        "|probanden|befragt(?:e[n]?)?|teilnehmende[n]?",
        alone=True,
    ),
    _role("votes for", _COUNT, "in favou?r|voted for|votes for|votes to|dafür|ja-stimmen|stimmten für"),
    _role("votes against", _COUNT, "against|dagegen|nein-stimmen|stimmten gegen"),
    _role(
        "cancelled",
        _COUNT,
        "struck off|called off|grounded|did not take off|fallen aus|fiel aus|suprimid[oa]s|cancelad[oa]s|"
        "supprimés?|annulée?s?|entfielen|entfallen|"
        "cancelled|canceled|cancelling|cancell?ations?|scrapped|gestrichen|ausgefallen|fielen aus|annulés?",
        running=True,
        alone=True,
    ),
    _role("affected", _COUNT, "affected|affecting|affects|betroffen|impacted"),
    _role(
        "stranded",
        _COUNT,
        "marooned|snowed in|eingeschneit|steckten fest|festgesessen|saßen fest|bloquée?s?|atrapad[oa]s|"
        "varad[oa]s|"
        "stranded|trapped|stuck|eingeschlossen|gestrandet",
        running=True,
        alone=True,
    ),
    _role(
        "cost",
        _MONEY,
        "costs?|costing|price tag|to build|to train|to develop|to make|train(?:ed|ing)?|built|developed|spent|spend|spending|bill"
        "|budget|kosten|kostet(?:e)?|kostete|gekostet|coût|coûté|costó|cuesta",
    ),
    _role(
        "damage",
        _MONEY,
        "repairs?|sinistre|schadenssumme|"
        "damages?|losses|destruction|schäden|schaden|sachschaden|schadenshöhe|dégâts|dommages|daños|insured",
        alone=True,
    ),
    _role(
        "fine", _MONEY, "fined?|fines|fining|penalty|penalties|settlement|settle|settled|geldstrafe|strafe|bußgeld|amende|multa", alone=True
    ),
    _role(
        "value",
        _MONEY,
        "net worth|(?:company|firm|business|group)(?: \\w+)? (?:worth|valued)|börsenwert|unternehmenswert|market value|vermögen",
    ),
    _role(
        "deal",
        _MONEY,
        "transfer fee|ablöse\\w*|hammer|fetched|fetches|ersteiger\\w*|zuschlag|auction\\w*|"
        "versteiger\\w*|adjugé\\w*|enchères|subasta\\w*|"
        "agreed price|biet\\w+|gebot|angebot|rach(?:at|ète\\w*|eté)|comprar?|compra|venta|offre|offers?|"
        "offered|acquisition|"
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
    _role(
        "revenue",
        _MONEY,
        "ventes|erlös|umsätzen|facturación|took in|revenues?|sales|turnover|takings|umsatz|umsätze|erlöse|chiffre d'affaires|ingresos",
    ),
    _role(
        "profit",
        _MONEY,
        "surplus|überschuss|gains?|verdient\\w*|verdiente|profits?|earnings|earned|net income|gewinn|überschuss|bénéfice|beneficio",
    ),
    _role(
        "loss",
        _MONEY,
        "verlor(?:en)?|verliert|a perdu|perdió|loss|lost|losing|fell|dropped|plunged|wiped|wiping|verlust(?:e)?|fehlbetrag|vernichtet",
    ),
    _role(
        "stolen",
        _COUNT,
        "raid|robb\\w+|stahlen|stehlen|geklaut|disparu|desaparecido|"
        "stolen|stole|made off with|"
        "taken(?! to| ill| into| in| aboard| on| out| part| place| over| up| off| (?:[\\w-]+ ){0,2}samples)|"
        "took(?! part| place| over| off| up| to| in| (?:[\\w-]+ ){0,2}samples)|"
        "vanished|disappeared|gestohlen|mitgenommen|verschwunden|entwendet"
        "|erbeutet|volée?s?|dérobée?s?"
        "|robad[oa]s|sustraíd[oa]s",
    ),
    _role("visited", _COUNT, "visitors?|guests?|visited|besuch\\w*|gäste|visiteurs|visitantes"),
    _role(
        "unemployed", _COUNT, "out of work|unemployed|jobless|arbeitslose[nr]?|arbeitslosigkeit|ohne arbeit|chômeurs|parados", alone=True
    ),
    _role("load", ("mass",), "load|freight|cargo|payload|carr(?:y|ies|ied)|fracht|ladung|nutzlast|chargement|carga", alone=True),
    _role(
        "waste",
        ("mass",),
        "waste|rubbish|garbage|refuse|litter|müll|abfall|abfälle|déchets|ordures|residuos|basura",
        running=True,
        alone=True,
    ),
    _role(
        "undetected",
        ("duration",),
        "in (?:its|the|their) (?:network|systems?)|unseen|undetected|unnoticed|unbemerkt|im netz|inaperçus?",
        alone=True,
    ),
    _role("deficit", _MONEY, "deficit|shortfall|budget gap|hole in|defizit|haushaltsloch|finanzloch|déficit|trou", alone=True),
    _role("compensation", _MONEY, "compensation|compensate|entschädigung|schmerzensgeld|indemn\\w+", alone=True),
    _role("overboard", _COUNT, "overboard|over board|über bord|par-dessus bord|por la borda", alone=True),
    _role("signed", _COUNT, "signatures?|signed|unterschriften|unterschrieben|unterzeichnet|signé|signatures|firmas|firmaron", alone=True),
    _role("sold", _COUNT, "sold|verkauft|abgesetzt|vendue?s?|vendid[oa]s|sales of"),
    _role("closed", _COUNT, "closed|close|closing|shut|geschlossen|schließ\\w+|dicht|ferm\\w+|cerrad\\w+|cerrar\\w*"),
    _role(
        "temperature",
        ("temperature",),
        "reached|measured|recorded|record|thermometer|gemessen|höchstwert|rekord|temperatur\\w*|température|temperatura|climbed to",
        alone=True,
    ),
    _role("output", ("power",), "output|capacity|leistung|puissance|potencia|produces?|generates?", alone=True),
    _role(
        "speed",
        ("speed",),
        "travelling|speeding|going at|fuhr|tempo|geschwindigkeit|roulait|velocidad|circulaba|per hour on the",
        alone=True,
    ),
    _role("debt", _MONEY, "debts?|owes?|owed|liabilities|schulden|dette|deuda"),
    _role("stolen", _MONEY, "stolen|stole|theft|heist|embezzled|loot|gestohlen|erbeutet(?:e[n]?)?|beute|geraubt", alone=True),
    _role("ransom", _MONEY, "ransom|demands?|demanding|demanded|lösegeld|rançon|rescate", alone=True),
    _role("bail", _MONEY, "bail|kaution", alone=True),
    _role("price", _MONEY, "prices?|priced|ticket|fare|fares|per share|shares|preis(?:e)?|closed at|trading at"),
    _role(
        "fell",
        _SHARE,
        "shrank|shrunk|slipped|slips|eased|schrumpf\\w*|nachgegeben|ging(?:en)? zurück|rutscht\\w*|recul\\w*|"
        "cul[ée]\\w*|perd\\w*|bajó|bajaron|"
        "fell|fall|falls|fallen|falling|drop|drops|dropped|dropping|plunge\\w*|slump\\w*|slid|slide|decline\\w*|down|lower|lost"
        "|tumbl\\w+|sank|sink|shed|decrease\\w*|reduc\\w+|cut|cuts|sank|sinken|gesunken|fiel|fielen|gefallen|verlor(?:en)?"
        "|einbruch|brach(?:en)? ein|minus|gaben nach|rückgang|baisse\\w*|chut\\w+|caída|cayó",
    ),
    _role(
        "rose",
        _SHARE,
        "went up|advance\\w*|put on|added|kletter\\w*|progress\\w*|augment\\w*|"
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
        "cast (?:their )?(?:ballots|votes)|participation|took part in the vote|beteiligung|stimmabgabe|"
        "participación|taux de participation|polling stations?|"
        "turnout|of those entitled|of those eligible|of eligible voters|of registered voters|went to the polls|wahlbeteiligung"
        "|wahlberechtigten|participation",
        alone=True,
    ),
    _role("vote", _SHARE, "of the votes?|of votes|vote share|voted|votes|der stimmen|stimmenanteil|des voix|de los votos"),
    _role("tariff", _SHARE, "tariffs?|duty|duties|levy|tax|zölle|zoll|steuer"),
    _role(
        "support",
        _SHARE,
        "yes|in favour|supporters|approved|backed|back|ja|mit ja|oui|sí|a favor|dafür|befürworter|"
        "approval|approve|support|supported|favou?r|zustimmung|befürwort\\w+",
    ),
    _role("contained", _SHARE, "contained|containment|eingedämmt", running=True),
    _role("stake", _SHARE, "stake|shareholding|of the shares|of its shares|anteil(?:e)?|beteiligung|halten|hält"),
    _role(
        "burned",
        ("area",),
        "hectares|parcouru|brûlé\\w*|quemad\\w*|arrasad\\w*|incendie|feu|fuego|incendio|détruit|"
        "vernichtet\\w*|"
        "burn(?:ed|t|ing|s)?|swept|flammen|fire|blaze|scorched|charred|destroyed|verbrannt|brannten|feuer|brand",
        running=True,
        alone=True,
    ),
    _role("strength", ("magnitude",), "quake|earthquake|tremor|magnitude|struck|erdbeben|beben|stärke", alone=True),
    _role(
        "sentence",
        ("duration",),
        "serve|suspended|condamn\\w*|condenad\\w*|ans ferme|bewährung|muss ins gefängnis|"
        "sentenced|jailed|prison|jail|imprisonment|behind bars|sentence|verurteilt|haft|gefängnis|freiheitsstrafe|prison|cárcel",
        alone=True,
    ),
    _role("delay", ("duration",), "retard|retraso|delay|delays|delayed|late|postponed|verspätung|verspätet|verzögerung|verschoben"),
    _role(
        "duration",
        ("duration",),
        "lasted|lasting|lasts|took|take|takes|closed for|shut for|closed|shut|dauerte|dauern|dauert|gesperrt|brauchten",
    ),
    _role("height", ("length",), "pegelstand|hauteur|altura|high|height|tall|deep|depth|hoch|höhe|tief|tiefe|level|stand|pegel|wave|waves"),
    _role("size", ("length", "mass"), "long|length|wide|lang|länge|breit|weigh\\w*|weight|wiegt|wog|gewicht|heavy|schwer"),
    _role(
        "spill",
        ("volume", "mass"),
        "escaped|poured|auslief\\w*|déversé\\w*|vertid\\w+|derram\\w+|spilt|flossen|gelangten|"
        "spill\\w*|leak\\w*|ausgelaufen|liefen|dumped|discharged",
    ),
    _role(
        "seized",
        ("mass", "count"),
        "saisie?s?|incautad\\w+|decomis\\w+|aprehend\\w+|seized|seizure|confiscated|haul|beschlagnahmt|sichergestellt",
    ),
    _role("wind", ("speed",), "vents?|viento|rafales?|rachas?|windspitzen|orkanböen|winds?|gusts?|böen|sturm|wind", running=False),
    _role(
        "launch",
        ("date",),
        "lift-off|liftoff|take off|takes off|set out|start|starts|starten|startet|abheben|départ|lancement|"
        "lanzamiento|despeg\\w*|blast off|"
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
