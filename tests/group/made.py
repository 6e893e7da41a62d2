"""Longer made-up reports and what engines and `join` make of articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digest.group import Claims, Engine, group
from digest.group.tokens import tokens
from digest.model import Article, Group, Link, LinkKind
from digest.settings import GroupTable

HARBOUR = (
    "The harbour board of Port Ellery voted on Monday to dredge the eastern basin before the herring fleet returns in March. "
    "Chairwoman Petra Vane said that two dredgers had been hired from the shipyard at Corran and would work at night. "
    "The basin has silted up since the storm of October 2024, and boats that draw more than 3.5 metres can no longer turn in it. "
    "Fishermen had threatened to land their catch at Marrow instead, which would have cost the town 140 jobs on the quays. "
    "The board will pay 6.2 million crowns for the work, of which the county gives half. "
    "A second vote is due in February, when the tenders for the new breakwater are opened. "
    "Mussel farmers fear for their beds downstream and want the mud to be taken out to sea. "
    "The dredgers will stop during the spring tides, when the current in the basin is too strong for them. "
    "A marine biologist of the Corran station will measure the water every morning and may halt the work."
)
FERRY_RIVAL = (
    "Rescuers brought 81 people ashore from the ferry Morning Star after she struck a sandbank outside Port Ellery on Tuesday night. "
    "Nobody was hurt, a spokeswoman of the coastguard told reporters on the quay. "
    "Ines Albrook, who commanded the Morning Star, blamed a broken rudder. "
    "The island of Little Skerry depends on the ferry and will be supplied by a chartered boat, Brightwater Lines announced. "
    "Divers are to examine the hull once the tide allows it."
)
FERRY_ELSEWHERE = (
    "A ferry with 120 passengers collided with a pier at Lake Ondra on Saturday morning in thick fog. "
    "Six passengers were treated for bruises at the clinic of Ondra, doctors said. "
    "Skipper Jon Maddle had sailed on the lake for thirty years without an accident. "
    "The Ondra Queen was towed to the yard, where her bow will be straightened. "
    "Lake traffic resumed in the afternoon when the fog had lifted."
)
FIRE_MARROW = (
    "A fire destroyed the roof of the old grain store in Marrow in the night to Friday. "
    "Sixty firefighters kept the flames from the mill next door, commander Ruta Hollis said. "
    "The grain store was built in 1871 and was to become the library of Marrow. "
    "Police are looking for two youths who were seen on Mill Lane shortly before the alarm."
)
FIRE_CORRAN = (
    "A fire broke out in a paint workshop at the Corran shipyard on Thursday afternoon and was put out within an hour. "
    "Two welders breathed in smoke, the yard's director Emil Tarn said. "
    "Work on the icebreaker Snow Goose will pause until the wiring of the workshop has been tested. "
    "Insurers put the damage at 900,000 crowns."
)
RESULTS = (
    "{firm} said on Thursday that revenue in the third quarter rose to {revenue} million crowns from {before} million a year earlier. "
    "Operating profit came to {profit} million crowns and the margin reached {margin} percent. "
    "The company, which employs {staff} people, raised its forecast for the full year to {forecast} million crowns of revenue. "
    "The board will propose a dividend of {dividend} crowns a share at the general meeting. "
    "Shares in the company rose {rise} percent in early trading on the exchange."
)
GULLWING = RESULTS.format(
    firm="Gullwing Foods", revenue=412, before=377, profit=51, margin=12.4, staff=2300, forecast=1650, dividend=1.8, rise=3.1
)
TARNMILL = RESULTS.format(
    firm="Tarnmill Paper", revenue=98, before=104, profit=7, margin=7.1, staff=640, forecast=395, dividend=0.4, rise=5.6
)


def joined(*articles: Article, options: GroupTable | None = None) -> list[set[str]]:
    """The groups of more than one article, as sets of ids."""
    return [{one.id for one in found.articles} for found in grouped(articles, options) if len(found.articles) > 1]


def grouped(articles: Iterable[Article], options: GroupTable | None = None) -> tuple[Group, ...]:
    """Every group."""
    return group(articles, options or GroupTable())


def linked(engine: Engine, *articles: Article) -> list[Link]:
    """What one engine claims of the articles."""
    texts = tokens(articles)
    found = engine.links(texts)
    return [found.link(at, texts.articles) for at in range(len(found))] if isinstance(found, Claims) else list(found)


def same(left: str, right: str, score: float) -> Link:
    """A link between two reports of one story."""
    return Link(left, right, LinkKind.SAME_STORY, score, "made")


def copy(left: str, right: str, score: float = 1.0) -> Link:
    """A link between two copies of one text."""
    return Link(left, right, LinkKind.COPY, score, "made")


def sets(groups: Sequence[Group]) -> list[list[str]]:
    """The ids of each group, in their order."""
    return [[one.id for one in found.articles] for found in groups]
