"""Words for one thing: the first of a row stands for all, in the languages that we read.

Rows hold stems as `nouns.stemmed` makes them. Two reports that say `1,850 tractors` and `3,000 Schlepper`
count the same; a word in no row counts as itself.
"""

from __future__ import annotations

_ROWS = (
    "job employee staff worker mitarbeiter mitarbeit beschäftigt position post role redundancy stelle arbeitsplatz arbeitsplätz empleado "
    "salarié emploi trabajador puesto angestellt",
    "home house household property dwelling residence cottage haus häus wohnung logement maison vivienda casa",
    "building gebäud bâtiment edificio structure",
    "protester demonstrator marcher demonstrant teilnehmer manifestant manifestante",
    "child kid kind kinder enfant niño boy girl teenager youngster mädch mädchen jung jungen jugendlich collégien adolescent",
    "firefighter firefighters fireman feuerwehrleute einsatzkräft pompier bombero feuerwehrfrau feuerwehrmänn",
    "passenger passagier fahrgäst fahrgast passager pasajero traveller voyageur viajero",
    "spectator fan zuschauer spectateur espectador",
    "resident inhabitant villager townspeople einwohner bewohner anwohner habitant vecino",
    "student pupil schüler schülerin schülerinn élève alumno étudiant",
    "boat vessel ship schiff boot bateau barco barca navire",
    "flight flug flüg vol vuelo departure abflug abflüg",
    "officer policeman polizist beamt polizeibeamt policier policía",
    "seat sitz mandat siège escaño",
    "vote stimme stimm voix voto ballot",
    "tractor traktor schlepp schlepper treck trecker tracteur",
    "picture painting gemäld gemälde bild canvas canvase artwork tableau tableaux cuadro leinwand toile lienzo",
    "car vehicle auto fahrzeug wagen pkw voiture véhicule coche vehículo automobile",
    "lorry truck lkw lastwag laster camion camión",
    "train zug züg tren",
    "shop store branch branche filial filiale laden läden geschäft magasin tienda outlet",
    "application claim antrag anträg demande solicitud request gesuch asylantrag asylanträg",
    "prescription form rezept ordonnance receta",
    "account record datensatz datensätz konto konten compte cuenta kundendat profile",
    "aftershock nachbeb réplique",
    "cellar basement kell keller cave sótano",
    "camper campeur campista vacationer holidaymaker vacancier tourist tourist urlaub urlauber touriste turista",
    "animal tier bête",
    "cow cattle rind rinder kuh küh vache vaca",
    "tree baum bäum arbre árbol",
    "signature unterschrift firma",
    "ticket eintrittskart karte billet entrada",
    "arrest festnahm arrestation detención",
    "complaint anzeig anzeige plainte denuncia",
    "school schul schule école escuela",
    "hotel hôtel",
    "patient patiente paciente",
    "case fall fäll cas caso infection infektion",
    "drone drohn drohne dron",
    "missile rocket raket rakete misil cohete",
    "lake see seen lac lago",
    "sample probe prob échantillon muestra",
    "bed bett lit cama",
    "page seite página",
    "company firm business firma unternehm unternehmen betrieb entreprise empresa",
    "country nation state staat land länd pays país",
    "runner läufer läuf coureur corredor entrant starter",
    "visitor guest gast gäst gäste besuch besucher visiteur visitante",
    "volunteer freiwillig helfer helf bénévole voluntario",
    "soldier troop soldat militaire soldado",
    "prisoner inmate convict con häftling gefangen insass détenu prisonnier preso recluso",
    "fire blaze brand brände incendie incendio feuer",
    "chip processor prozessor prozessoren puce",
    "courier rider kurier livreur repartidor",
    "transfer payment überweisung virement transferencia",
    "migrant refugee flüchtling geflüchtet migrant réfugié refugiado",
    "tent zelt tente tienda",
    "turbine windrad windräd windkraftanlag éolienne",
    "apartment flat wohneinheit appartement piso",
    "street road straß straße rue calle",
    "container behält",
    "sheep schaf mouton oveja",
    "bird vogel vögel oiseau ave pájaro",
    "fish fisch poisson pez",
    "dose impfdos impfdosis",
    "bottle flasche flasch bouteille botella",
    "coin münz münze pièce moneda",
    "weapon gun firearm waff waffe arme arma",
    "bridge brück brücke pont puente",
    "plane aeroplane airplane flugzeug avion avión jet",
    "customer client kund kunde cliente abonné subscriber user nutzer abonnent policyholder",
    "farm hof höf ferme granja",
    "village dorf dörf pueblo",
    "book buch büch livre libro volume",
    "letter brief lettre carta",
    "call anruf notruf appel llamada",
    "offence crime straftat délit delito",
    "bag sack säck sac bolsa saco",
    "entry submission einsendung",
    "household haushalt foyer hogar",
    "find fund artefact object objekt exponat exhibit objet",
    "bomb blindgänger fliegerbomb",
    "worker arbeit arbeiter ouvrier obrero",
    "member mitglied membre miembro",
    "delegate delegiert délégué delegado",
    "wolf wölf loup lobo",
    "bear bär bären ours oso",
    "hospital krankenhaus krankenhäus klinik hôpital",
    "station bahnhof bahnhöf gare estación",
)
# What stands for human beings, and for those to whom something happened.
PERSONS = frozenset(
    "job protester child firefighter passenger spectator resident student officer camper patient runner visitor volunteer soldier "
    "prisoner courier migrant customer worker member delegate case arrest vote signature ticket man woman victim survivor tote "
    "verletzt evakuiert erkrankt vermisst festgenommen männ frau homme femme hombre mujer muerto herido".split()
)
_CLASS = {word: row.split()[0] for row in _ROWS for word in row.split()}


def class_of(stem: str) -> str:
    """The stem that stands for all words for one thing."""
    return _CLASS.get(stem, stem)
