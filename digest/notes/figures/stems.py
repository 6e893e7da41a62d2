"""Words of newsrooms that say one thing, reduced to one stem: two reports seldom use the same.

Rows of whole words in the languages that we read, with their irregular forms; a word is in no more than one row. What is
counted has its own rows in `quantities/classes.py`. A word in no row is its own first letters without its ending.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.notes.quantities.classes import class_of
from digest.text import words

ROWS = (
    "pay paid pays payment fee price priced buy bought buying buys purchase acquire acquired acquisition takeover spend spent "
    "zahlen zahlt zahlte bezahlt kaufpreis preis kaufen kauft kaufte gekauft übernahme übernimmt erworben erwirbt ablöse "
    "kostenpunkt payer paie prix acheter achète rachat rachète pagar paga pagó precio compra comprar compró",
    "sell sold sells sale selling verkauft verkaufen verkauf vendu vendre vente vendido vender venta",
    "cost costs costing costed bill budget kosten kostet kostete gekostet baukosten coût coûter coûté coste costo costar",
    "worth value valued values valuation valuing wert bewertet bewertung valeur estimé évalué valor valorado valorada valoración",
    "steal stole stolen steals theft thief thieves loot haul rob robbed robbery raid raided snatched siphoned heist pocketed "
    "embezzled diverted pilfered looted gestohlen stahlen stiehlt beute erbeutet erbeuteten raub überfall diebstahl entwendet "
    "veruntreut volé vol butin dérobé détourné robado robo robaron botín sustraído",
    "demand demanded demands demanding ask asked asks asking want wants wanted seek sought seeking ransom requested fordern fordert "
    "forderte forderung verlangt verlangen lösegeld exige exigent réclame réclament demande rançon piden pide exigen rescate",
    "damage damages loss losses lost destruction schaden schäden sachschaden verlust verluste dégâts dommages pertes daños pérdidas",
    "seize seized seizure confiscated confiscate intercepted impounded beschlagnahmt sichergestellt saisi saisie incautado "
    "incautaron decomisado",
    "cut cuts cutting axe axed axing shed lose losing loses redundant redundancy redundancies layoff layoffs dismiss dismissed "
    "letting streicht streichen gestrichen abbau abbauen baut wegfallen fallen entlassen entlässt kündigt supprimer supprime "
    "suppression licencie licencier despedir despide despidos suprime recorte",
    "employ employs employed employing staff workforce payroll beschäftigt beschäftigte belegschaft emploie salariés effectif "
    "emplea plantilla",
    "create created creates creating hire hires hiring schaffen schafft entstehen einstellen créer crée embaucher crear creará contratar",
    "deep depth beneath below underground underneath under tief tiefe unterhalb unter profondeur profond profundidad bajo",
    "high height tall elevation altitude hoch höhe hohe hoher hohes hohen haut hauteur alto alta altura",
    "long length stretch gash tear torn lang länge lange langer langes langen longueur largo larga longitud",
    "wide width broad across breit breite breiten largeur large ancho anchura",
    "fall fell falls drop dropped drops plunge plunged plummeted slump slid slide slipped tumbled sink sank sunk decline declined "
    "down lower fiel fielen gefallen gesunken stürzte abgestürzt rückgang baisse chute recul cayó caída baja descenso",
    "rise rose risen rises climb climbed jump jumped grow grew grown growth gain gained increase increased up higher surge surged "
    "soared stieg gestiegen steigen steigt anstieg plus wuchs gewachsen zuwachs hausse augmentation augmenté subió subida aumento "
    "creció",
    "fast speed travelling going doing tempo geschwindigkeit fuhr vitesse roulait velocidad circulaba",
    "start started starts begin began begun begins beginning launch launched launches open opened opens opening reopen inaugurated "
    "inauguration liftoff operation operational release released debut unveiled beginnt begann startet starten gestartet eröffnung "
    "eröffnet inbetriebnahme betrieb los ouverture ouvre ouvrir lancement lance début mise apertura abre abrirá inicio comienzo "
    "lanzamiento",
    "build built building erected construct constructed construction completed completion finish finished gebaut erbaut errichtet "
    "fertiggestellt fertig bau baujahr construit achevé construido construcción terminado",
    "found founded founder established gegründet gründung fondé fondée création fundado fundada",
    "end ended ends ending expire finishing close closed closes closing closure shut shuts shutting shutdown endet ende endete "
    "auslaufen schließt schließen geschlossen schließung fermer fermé fermeture cerrar cierra cerrado cierre",
    "enter entered intruder intrusion break broke broken breach breached logged hacked hackers attackers eindringen eingedrungen "
    "einbruch eingebrochen intrus pirates entrés intrusos entraron",
    "jail jailed sentence sentenced prison imprisoned imprisonment bars verurteilt haft gefängnis freiheitsstrafe haftstrafe urteil "
    "condamné peine condenado prisión cárcel pena",
    "contract deal signed sign signing vertrag unterschrieb unterzeichnet contrat signé contrato firmó firma",
    "bid offer offered offers offering tender angebot bietet bieten geboten gebot offre proposé propose oferta ofrece ofrecido",
    "fine fined penalty penalties penalised bußgeld geldstrafe strafe buße amende sanction multa sanción multado",
    "subsidy subsidies subsidised grant grants contribution aid support förderung zuschuss zuschüsse subvention subventions aide "
    "subvención ayuda",
    "loan loans borrow borrowed borrowing debt debts kredit kredite schulden prêt emprunt dette préstamo deuda",
    "profit earnings earned surplus gewinn überschuss bénéfice profits beneficio beneficios ganancia",
    "revenue revenues turnover sales umsatz erlös erlöse ventas ingresos",
    "invest invested investing investment raise raised raising funding round investiert investieren investition investi levé "
    "invertir inversión",
    "compensation award awarded compensate entschädigung schmerzensgeld indemnité indemnización",
    "turnout participation entitled electorate eligible registered wahlbeteiligung wahlberechtigten beteiligung participación",
    "vote voted votes voting ballot ballots poll polls stimmen stimmten gestimmt voix voté votos votaron",
    "favour favor favoured supported supporters yes approve approved approval back backed dafür zustimmung befürworter oui "
    "approuvent apoyo sí apoyan",
    "fire fires blaze blazes flame flames burn burned burnt burning feuer brand brände brannte brannten flammen verbrannt incendie "
    "incendies feu brûlé incendio incendios fuego quemado quemadas",
    "ill illness sick sickened symptoms infected infection infections cases poisoned krank erkrankt infiziert malade malades "
    "intoxiqués enfermo enfermos infectados intoxicados",
    "kill killed kills dead death deaths die died dies toll fatal fatalities bodies body perished tot tote toten getötet starben "
    "gestorben todesopfer leben mort morts tué tués décès muerto muertos murieron fallecidos víctimas",
    "injured injure injuries injuring hurt wounded wounding verletzt verletzte verletzten blessé blessés herido heridos",
    "missing unaccounted vermisst vermisste vermissten disparu disparus desaparecido desaparecidos",
    "rescue rescued saved survivors survived plucked gerettet retteten rettung überlebt secouru sauvé sauvés rescatado rescatados",
    "evacuate evacuated evacuation leave left flee fled displaced homeless shelter evakuiert verlassen räumen flohen geflohen "
    "évacué évacués fui evacuado evacuados desalojados huido",
    "arrest arrested detained detention custody festgenommen festnahme festnahmen verhaftet arrêté interpellé interpellés detenido "
    "detenidos arrestado",
    "trapped stuck stranded cut-off waiting eingeschlossen gestrandet festsitzen bloqué bloqués coincés atrapado atrapados varados",
    "aboard onboard carrying boarded board passengers an-bord bord saßen besetzt bordo",
    "attend attended attendance crowd turned marched march gathered participants protesters demonstrators rally protest "
    "demonstrated demonstriert demonstrierten kundgebung teilnehmer gekommen kamen manifestants manifesté manifestation "
    "manifestantes manifestación asistentes",
    "strike strikes walkout walked stoppage streik streiken streiks warnstreik grève huelga",
    "recall recalled recalling recalls withdraw withdrawing withdrawn called rückruf zurückgerufen zurückrufen ruft rappel rappelé "
    "retirada retirado",
    "hospital hospitals clinic treated treating admitted in-patients krankenhaus klinik behandelt hôpital hospitalisé hospitalizado",
    "flood flooded floods inundated underwater überflutet überschwemmt hochwasser inondé inundado",
    "escape escaped escapes vanished leak leaked leaking spill spilled spilt poured ausgelaufen ausgetreten entwichen déversé fuite "
    "vertido derrame fuga",
    "gust gusts gusted wind winds böen sturm vent rafales viento rachas",
    "kidnapped abducted carried hostages entführt verschleppt geiseln enlevé otages secuestrado rehenes",
    "shot shoot fired downed brought abgeschossen abattu derribado",
    "escaped-prisoners inmates prisoners convicts cons detainees häftlinge insassen gefangene détenus prisonniers presos reclusos",
    "last lasted lasting lasts duration took take takes dauer dauerte dauern dauert durée duró duración",
    "late later delay delayed postponed overdue verspätung verzögerung verschoben retard retardé retraso aplazado",
    "detect detected noticed unnoticed undetected unseen unbemerkt entdeckt inaperçu détecté detectado",
    "affect affected affecting hit concerned impacted betroffen betroffene touché touchés concernés afecta afectados",
    "deliver delivered delivery deliveries handed shipped geliefert ausgeliefert lieferung livré livraison entregado entrega",
    "wage wages pay-rise salary earn earns earning lohn löhne gehalt verdient salaire gagne salario gana sueldo",
    "storm hurricane cyclone typhoon orkan tempête tormenta huracán",
    "quake earthquake tremor magnitude richter beben erdbeben stärke séisme magnitud terremoto sismo",
    "capacity output produce produces producing generate leistung kapazität produziert puissance capacité potencia capacidad",
    "forecast expects expected outlook guidance prognose erwartet prévision prévoit previsión prevé",
    "sample sampled surveyed interviewed respondents questioned befragt umfrage interrogés sondage encuestados encuesta",
    "radius zone perimeter exclusion sperrzone umkreis rayon périmètre radio perímetro",
    "premium aufschlag prämie prime prima",
    "storey storeys floor floors story stories stockwerk stockwerke etage etagen stöckig étage étages planta plantas piso pisos",
    "weigh weighed weighing weight heavy schwer wiegt gewicht wog pèse poids pesa peso",
    "drug drugs cocaine kokain cocaïne cocaína",
    "ship vessel boat ferry freighter tanker schiff fähre frachter boot navire bateau cargo barco buque",
    "plane aircraft jet airliner flugzeug maschine avion avión",
    "car cars vehicle vehicles auto autos wagen fahrzeug fahrzeuge voiture voitures véhicule coche coches vehículo",
    "officer officers police policeman polizei polizist polizisten policier policiers policía policías",
    "firefighter firefighters crews feuerwehr feuerwehrleute einsatzkräfte kräfte pompiers bomberos",
    "couple wife husband ehepaar paar",
    "share shares stock stocks aktie aktien papier action actions acción acciones",
    "customer customers client clients user users kunde kunden nutzer clientes usuarios abonnés",
    "child children kids pupils youngsters kinder schüler enfants élèves niños alumnos",
    "people persons menschen personen personnes gente personas",
    "house houses home homes dwelling dwellings property properties haus häuser wohnung wohnungen maison maisons logement logements "
    "casa casas vivienda viviendas",
    "job jobs post posts position positions stelle stellen arbeitsplatz arbeitsplätze emploi emplois poste postes empleo empleos puestos",
    "chip chips processor processors prozessoren puces",
    "courier couriers rider riders kuriere fahrer livreurs repartidores",
    "soldier soldiers troops soldaten soldats soldados",
    "reservoir reservoirs dam embalse embalses stausee talsperre barrage presa",
)
_ENDINGS = re.compile(r"(?:ings?|edly|ed|ies|es|s|ern|en|er|em|e|n)$")
SYNONYM = "="  # heads the stem of a row, which no word does
_LEFT = 3  # letters that an ending leaves at least
_LENGTH, _LEAST = 6, 3  # letters of a word that count, and that it has at least
_EMPTY = frozenset(
    "the and that this with from for was were had has have been are will would could said says say told according also more than about "
    "after over its their his her they them who which when where there into out not but while other some one two "
    "der die das den dem des und ein eine einer einem einen mit von für auf aus bei nach sich nicht auch als wie ist war sind waren wurde "
    "wurden werden hat haben hatte sagte sagten teilte mitteilte laut zufolge "
    "les des une dans sur pour par est sont été avec selon los las una con por para del más según que "
    "million millions billion thousand millionen milliarden percent per cent prozent monday tuesday wednesday thursday friday saturday "
    "sunday montag dienstag mittwoch donnerstag freitag samstag sonntag".split()
)


def _bare(word: str) -> str:
    """A word without its ending, and without the German `ge` of what was done."""
    if len(word) > _LENGTH and word.startswith("ge") and word.endswith(("t", "en")):
        word = word[2:]
    found = _ENDINGS.search(word)
    if found and found.start() >= _LEFT:
        word = word[: found.start()]
    return word[:-1] if len(word) > _LEFT and word[-1] == word[-2] else word


_ONE = {word: f"{SYNONYM}{number}" for number, row in enumerate(ROWS) for word in row.split()}
_ONE_BARE = {
    _bare(word): f"{SYNONYM}{number}" for number, row in reversed(list(enumerate(ROWS))) for word in row.split() if len(word) > _LEFT
}


@lru_cache(maxsize=1 << 14)  # a word comes again and again
def stem(word: str) -> str:
    """What stands for a case-folded word and for those that say the same; empty for one that says nothing."""
    if len(word) < _LEAST or word[0].isdigit() or word in _EMPTY:
        return ""
    bare = _bare(word)
    return _ONE.get(word) or _ONE_BARE.get(bare) or class_of(bare)[:_LENGTH]


def stems(text: str) -> list[str]:
    """The stems of the words of a text that say something, in order."""
    return [found for word in words(text) if (found := stem(word))]
