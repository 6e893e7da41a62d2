"""A made-up issue with every field filled, and one with nothing in it. All names and news are fiction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.model import (
    Article,
    Coverage,
    Failure,
    Issue,
    Kind,
    LeftOut,
    Link,
    LinkKind,
    Member,
    Miss,
    Note,
    Quote,
    Relation,
    Removal,
    Section,
    Story,
    Value,
    Window,
)
from digest.settings import DigestTable, MailTable, Settings, SourceTable

OPENS = datetime(2026, 11, 15, 23, tzinfo=UTC)
CLOSES = datetime(2026, 11, 22, 23, tzinfo=UTC)
FILLER = " The council will meet again on Thursday, and the minutes will be open to all." * 18


def settings(
    root: Path,
    *,
    theme: str = "default",
    public_url: str = "",
    unsubscribe: str = "",
    title: str = "The Weekly Digest",
    language: str = "en",
) -> Settings:
    """Settings of a newsroom in `root` that has no templates of its own unless they are put there."""
    return Settings(
        root=root,
        file=root / "digest.toml",
        digest=DigestTable.model_validate({"title": title, "theme": theme, "public_url": public_url, "language": language}),
        sources=[SourceTable(name="inbox", path="inbox")],
        mail=MailTable(unsubscribe=unsubscribe),
    )


def article(
    number: int, source: str, title: str, text: str, *, language: str = "en", kind: Kind = Kind.ARTICLE, url: str | None = None
) -> Article:
    """One report; its address follows from its number unless one is given."""
    return Article(
        id=f"a{number:03}",
        source=source,
        feed="inbox",
        document=f"{source}/week.jsonl#{number}",
        title=title,
        text=text,
        first_seen=OPENS + timedelta(hours=3 * number),
        url=f"https://news.example/{number}" if url is None else url,
        published=OPENS + timedelta(hours=3 * number) if number % 7 else None,
        authors=("Ada Fairwind",),
        tags=("harbour", "week"),
        section="world",
        language=language,
        kind=kind,
        removed=(Removal("banner", "We value your privacy"),),
    )


def span(found: Article, words: str) -> Quote:
    """The quote of `words` in an article."""
    start = found.text.index(words)
    return Quote.of(found, start, start + len(words))


def story(members: list[tuple[Article, Relation]], summary: str, notes: tuple[Note, ...] = (), origins: int | None = None) -> Story:
    """A story told by `members`, the first of them its lead."""
    lead = members[0][0]
    outlets = tuple(dict.fromkeys(one.source for one, _ in members))
    links = tuple(
        Link(min(lead.id, one.id), max(lead.id, one.id), LinkKind.SAME_STORY, 0.91, "story", (("names", 0.8), ("words", 0.9)))
        for one, _ in members[1:]
    )
    return Story(
        id=f"s-{lead.id}",
        title=lead.title,
        lead=lead,
        members=tuple(Member(one, relation, lead.id if relation is Relation.COPY else None) for one, relation in members),
        outlets=outlets,
        origins=len(outlets) if origins is None else origins,
        summary=span(lead, summary) if summary else None,
        notes=notes,
        links=links,
        reasons=("told by most outlets",),
        near_misses=tuple(Miss(link, "too weak: 0.30 of 0.44") for link in links[:1]),
    )


LEAD, REPORT, COPY = Relation.LEAD, Relation.REPORT, Relation.COPY

_BRIDGE = (
    "The Alder Bridge was closed to all traffic on Tuesday after divers found a crack as long as a bus in its second pier. "
    "Engineers said that the bridge carries 41,000 vehicles a day and will stay shut for at least five weeks. "
    "Ferries began to run across the sound within three hours, free of charge, and schools on the east bank closed early."
)
_STAR = "Divers had warned of the damage in March, two people who saw their report said.\nThe ministry did not answer three letters."
_HAFEN = "Die Sperrung trifft vor allem den Hafen. Nach Angaben der Reederei bleiben täglich rund 600 Container am Ostufer stehen."
_QARYA = "قال مهندسون إن الجسر سيبقى مغلقا خمسة أسابيع على الأقل. وبدأت العبارات العمل خلال ثلاث ساعات."
_RIVER = "检修人员周二在第二座桥墩发现裂缝，大桥随即全面封闭。工程师表示，封闭至少持续五周。"


def full() -> Issue:
    """Lead, full sections, brief, copies, notes of known and unknown kinds, four languages, failures."""
    sections = (_lead(), _world(), _business(), _science(), _brief())
    shown = {member.article.id: member.article for section in sections for one in section.stories for member in one.members}
    left = tuple(
        LeftOut(
            article(600 + at, "Parish Notes", f"Autumn fair, day {at + 1}: stalls and prizes", "The fair goes on."),
            "below the count of stories",
        )
        for at in range(33)
    )
    left = (
        *left[:2],
        LeftOut(article(700, "Blatt am Sund", "Wohin am Wochenende", "Tipps.", language="de", url=""), "a list of tips"),
        *left[2:],
    )
    everything = shown | {one.article.id: one.article for one in left}
    return Issue(
        id="2026-W47",
        number=47,
        title="The Weekly Digest",
        language="en",
        timezone="Europe/Berlin",
        window=Window(OPENS, CLOSES),
        sections=sections,
        subject="Alder Bridge shut, tin at a record, a comet’s second tail",
        preheader="A crack shuts the sound’s only bridge; who knew, and since when.",
        foreword=(
            "A week of things that were thought solid. The bridge is the story that every desk told, and *not one* told whole; "
            "read the [diver’s report](https://sound.example/report) itself."
        ),
        words=1480,
        minutes=7,
        left_out=left,
        failures=(
            Failure(
                "Gull Radio",
                "inbox/gull.xml line 40",
                "the feed ends in the middle of an entry",
                "Ask the sender for it again, or drop line 40",
            ),
        ),
        coverage=(
            Coverage("Harbour Post", 42, 6, "ok"),
            Coverage("Morning Star of the Sound", 31, 4, "ok"),
            Coverage("Blatt am Sund", 18, 2, "ok"),
            Coverage("The Ledger & Tide", 12, 3, "ok"),
            Coverage("صوت القرية", 6, 1, "ok"),
            Coverage("江岸日报", 5, 1, "ok"),
            Coverage("Parish Notes", 33, 0, "ok"),
            Coverage("Lighthouse Quarterly", 0, 0, "silent"),
            Coverage("Gull Radio", 0, 0, "failed"),
        ),
        articles=dict(sorted(everything.items())),
    )


def empty() -> Issue:
    """An issue of a week in which nothing came."""
    bare = {"sections": (), "left_out": (), "failures": (), "coverage": (), "articles": {}, "foreword": "", "words": 0, "minutes": 0}
    return replace(full(), **bare, subject="A quiet week", preheader="Nothing came in this week: no report from any of the sources.")  # type: ignore[arg-type]


def _lead() -> Section:
    lead = article(1, "Harbour Post", "Crack in a pier shuts the Alder Bridge for five weeks", _BRIDGE + FILLER)
    star = article(2, "Morning Star of the Sound", "Divers warned of bridge in March", _STAR + FILLER)
    hafen = article(3, "Blatt am Sund", "Brücke gesperrt: 600 Container stehen still", _HAFEN, language="de")
    qarya = article(4, "صوت القرية", "إغلاق الجسر خمسة أسابيع", _QARYA, language="ar")
    river = article(5, "江岸日报", "大桥因裂缝封闭五周", _RIVER, language="zh")
    wire = article(6, "The Ledger & Tide", "Crack in a pier shuts the Alder Bridge", _BRIDGE)
    second = article(
        8, "Morning Star of the Sound", "East bank counts the cost", "Shops on the east bank lost a third of their trade." + FILLER
    )
    notes = (
        Note("copies", ("The Ledger & Tide",), "Also carried by The Ledger & Tide, nearly word for word", ()),
        Note(
            "adds",
            (star.source,),
            f"{star.source} adds",
            (span(star, _STAR[: _STAR.index("\n") + 1] + "The ministry did not answer three letters."),),
        ),
        Note("adds", (hafen.source,), f"{hafen.source} adds", (span(hafen, _HAFEN[_HAFEN.index("Nach") :]),)),
        Note("adds", (qarya.source,), "", (span(qarya, _QARYA[: _QARYA.index(".") + 1]),)),
    )
    members = [(lead, LEAD), (wire, COPY), (star, REPORT), (hafen, REPORT), (qarya, REPORT), (river, REPORT), (second, REPORT)]
    return Section("lead", "The lead", "lead", (story(members, _BRIDGE, notes, origins=5),))


def _world() -> Section:
    vote = article(
        10,
        "Morning Star of the Sound",
        "Islands vote to share one harbour master",
        "Three islands voted on Sunday to place their harbours under one master, ending a quarrel of forty years. Turnout was 71 per cent."
        + FILLER,
    )
    rival = article(
        11, "Harbour Post", "Harbour vote passes narrowly", "The measure passed with 52 per cent. Turnout was 68 per cent." + FILLER
    )
    figures = Note(
        "differ", (vote.source, rival.source), "Turnout: 71 per cent in Morning Star of the Sound, 68 per cent in Harbour Post",
        (span(vote, "Turnout was 71 per cent."), span(rival, "Turnout was 68 per cent.")), "turnout",
        (
            Value("71 per cent", vote.source, span(vote, "Turnout was 71 per cent.")),
            Value("68 per cent", rival.source, span(rival, "Turnout was 68 per cent.")),
        ),
    )  # fmt: skip
    ferry = article(
        12,
        "Blatt am Sund",
        "Fähre nach Norden fährt wieder bei Nacht",
        "Nach elf Jahren fährt die Nachtfähre wieder. Die erste Fahrt war nach neun Minuten ausgebucht.",
        language="de",
    )
    market = article(
        13, "صوت القرية", "سوق السمك يفتح أبوابه بعد الترميم", "فتح سوق السمك أبوابه يوم الأربعاء بعد عامين من الترميم.", language="ar"
    )
    return Section(
        "world", "Around the sound", "full",
        (
            story([(vote, LEAD), (rival, REPORT)], vote.text[: vote.text.index(" Turnout")], (figures,)),
            story([(ferry, LEAD)], ferry.text),
            story([(market, LEAD)], market.text),
        ),
    )  # fmt: skip


def _business() -> Section:
    tin = article(
        20,
        "The Ledger & Tide",
        "Tin reaches a record as two smelters close for winter",
        "Tin rose to 48,200 crowns a tonne on Friday, the highest price since records began in 1911. "
        "Two smelters said that they would not light their furnaces before spring." + FILLER,
    )
    copy = article(21, "Harbour Post", "Tin at a record", tin.text)
    opinion = article(
        22,
        "Harbour Post",
        "Opinion: let the old cannery go",
        "Nobody has canned a fish there since the war. Let it go, and build homes." + FILLER,
        kind=Kind.OPINION,
        url="",
    )
    river = article(
        23,
        "江岸日报",
        "造船厂获得十二艘渡轮订单",
        "造船厂周四宣布获得十二艘渡轮订单，首艘将于明年秋季交付。工厂将增聘三百名工人。",
        language="zh",
    )
    return Section(
        "business", "Trade & work", "full",
        (
            story([(tin, LEAD), (copy, COPY)], tin.text[: tin.text.index(" The council")], origins=1),
            story([(opinion, LEAD)], "Nobody has canned a fish there since the war."),
            story([(river, LEAD)], river.text),
        ),
    )  # fmt: skip


def _science() -> Section:
    comet = article(
        30,
        "Lantern Review",
        "A comet grows a second tail, and three observatories disagree on why",
        "The comet that has hung over the western sky since October has grown a second, bluer tail. "
        "Jets of carbon monoxide are one answer; a collision is another." + FILLER,
        kind=Kind.EXPLAINER,
    )
    rival = article(
        31, "Morning Star of the Sound", "Second tail puzzles stargazers", "It can be seen without a glass until Thursday." + FILLER
    )
    adds = Note(
        "adds",
        (rival.source,),
        f"{rival.source}: “It can be seen without a glass until Thursday.”",
        (span(rival, "It can be seen without a glass until Thursday."),),
    )
    earlier = Note("earlier", (comet.source,), "Continues a story of issue 2026-W46", issue="2026-W46")
    opposed = Note(
        "opposed",
        (comet.source, rival.source),
        "Reports contradict each other",
        (span(comet, "a collision is another."), span(rival, "It can be seen without a glass until Thursday.")),
    )
    own = Note("weather", (rival.source,), f"{rival.source} saw clouds over it")
    members = [(comet, LEAD), (rival, REPORT)]
    return Section("science", "Science", "full", (story(members, comet.text[: comet.text.index(" The c")], (adds, earlier, opposed, own)),))


def _brief() -> Section:
    titles = (
        ("Harbour Post", "Lighthouse keeper, 91, hands over the keys"),
        ("The Ledger & Tide", "Bank of the Sound holds its rate at 2.5 per cent"),
        ("Morning Star of the Sound", "Storm takes the roof of the old fish hall"),
        ("Blatt am Sund", "Museum zeigt Seekarten aus vier Jahrhunderten"),
        ("Lantern Review", "A moss thought lost is found on a school wall"),
    )
    briefs = [
        article(40 + at, outlet, title, "It happened on Monday.", language="de" if outlet == "Blatt am Sund" else "en")
        for at, (outlet, title) in enumerate(titles)
    ]
    other = article(50, "Morning Star of the Sound", "Keeper of the light retires", "She kept it for 60 years.")
    stories = [story([(briefs[0], LEAD), (other, REPORT)], ""), *(story([(one, LEAD)], "") for one in briefs[1:])]
    return Section("brief", "In brief", "brief", tuple(stories))


_WORDS = (
    "harbour council bridge ferry tin smelter comet moss pier turnout island engineer record winter school market storm museum keeper "
    "chart cannery furnace tariff reef cable signal orchard quarry ledger lantern"
).split()
_FOREIGN = {
    "de": ("Fähre nach Norden fährt wieder bei Nacht", _HAFEN),
    "ar": ("إغلاق الجسر خمسة أسابيع", _QARYA),
    "zh": ("大桥因裂缝封闭五周", _RIVER),
}


def one() -> Issue:
    """An issue of a single story, told by a single outlet."""
    whole = full()
    only = whole.sections[1].stories[1]
    return replace(
        whole,
        sections=(Section("lead", "The lead", "lead", (only,)),),
        left_out=(),
        failures=(),
        coverage=(Coverage(only.lead.source, 1, 1, "ok"),),
        articles={only.lead.id: only.lead},
        minutes=1,
    )


def many(count: int = 300) -> Issue:
    """An issue of so many stories: every third told by several outlets, every seventh in another language, long addresses."""
    stories = [_told(number) for number in range(count)]
    sections = [Section("lead", "The lead", "lead", (stories[0],))]
    sections += [Section(f"desk-{at}", f"Desk {at + 1}", "full", tuple(stories[1 + at : count * 4 // 5 : 8])) for at in range(8)]
    sections.append(Section("brief", "In brief", "brief", tuple(stories[count * 4 // 5 :])))
    shown = {member.article.id: member.article for found in stories for member in found.members}
    outlets = sorted({found.source for found in shown.values()})
    return replace(
        full(),
        sections=tuple(section for section in sections if section.stories),
        articles=shown,
        left_out=(),
        coverage=tuple(Coverage(name, 40 - at, 20, "ok") for at, name in enumerate(outlets)),
    )


def _told(number: int) -> Story:
    """The story of that number; the same each time."""
    pick = [_WORDS[(number * 7 + step * (3 + number % 5)) % len(_WORDS)] for step in range(60)]
    title = f"{' '.join(pick[:8]).capitalize()} {number}"
    texts = [
        f"{' '.join(pick[at : at + 24]).capitalize()}, said no. {number}.{at}. {' '.join(pick[::-1][:12]).capitalize()}." for at in range(6)
    ]
    told = 1 + (number % 5 if number % 3 == 0 else 0)
    members: list[tuple[Article, Relation]] = []
    for at in range(told):
        language = ("de", "ar", "zh")[number % 3] if number % 7 == 5 and at == 0 else "en"
        head, text = _FOREIGN[language] if language != "en" else (title if not at else f"{title}, part {at}", texts[at % 6])
        found = article(
            10_000 + number * 10 + at, f"The {_WORDS[(number + at * 4) % 23].capitalize()} Gazette", head, text, language=language
        )
        url = f"https://news.example/2026/11/{number % 28 + 1:02}/{'-'.join(pick[:8])}-{number}{at}.html?ref=week"
        relation = LEAD if not at else COPY if at % 4 == 3 else REPORT
        members.append((replace(found, url=url, published=OPENS + timedelta(hours=(number * 5 + at * 9) % 160)), relation))
    adds = tuple(
        Note("adds", (found.source,), f"{found.source} adds", (span(found, found.text),))
        for found, relation in members[1:4]
        if relation is REPORT
    )
    return story(members, members[0][0].text, adds)
