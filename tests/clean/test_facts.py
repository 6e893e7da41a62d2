"""Title, date, kind, language and identity of an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.clean import clean
from digest.clean.dates import is_future, own_date, parsed
from digest.model import Article, Document, Hints, Kind
from digest.settings import CleanTable
from tests.clean.made import HTML, articles, cleaned, only
from tests.conftest import NOW, ZONE

URL = "https://tide.example/weir"
SAID = Hints(title="Weir")
BODY = "The weir at Saltreach was lowered on Monday by a hand’s breadth, and nobody on the river is pleased with it."


def at(*parts: int) -> datetime:
    year, month, day, *clock = parts
    hour, minute = clock or (0, 0)
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


DATES = [
    ("2026-11-17", at(2026, 11, 17)),
    ("2026-11-17T14:30", at(2026, 11, 17, 14, 30)),
    ("2026-11-17 14:30:00", at(2026, 11, 17, 14, 30)),
    ("2026-11-17T14:30:00Z", at(2026, 11, 17, 15, 30)),
    ("2026-11-17T14:30:00+01:00", at(2026, 11, 17, 14, 30)),
    ("Tue, 17 Nov 2026 14:30:00 +0100", at(2026, 11, 17, 14, 30)),
    ("17 Nov 2026 14:30:00 GMT", at(2026, 11, 17, 15, 30)),
    ("November 17, 2026", at(2026, 11, 17)),
    ("Nov. 17, 2026, 2:30 PM", at(2026, 11, 17, 14, 30)),
    ("November 17th 2026 at 12:05 a.m.", at(2026, 11, 17, 0, 5)),
    ("Published on 17 November 2026", at(2026, 11, 17)),
    ("3rd of March 2026", at(2026, 3, 3)),
    ("17. November 2026", at(2026, 11, 17)),
    ("Dienstag, 17. November 2026, 14.30 Uhr", at(2026, 11, 17, 14, 30)),
    ("3. März 2026 um 9:05", at(2026, 3, 3, 9, 5)),
    ("1er mars 2026", at(2026, 3, 1)),
    ("le 17 novembre 2026 à 9h30", at(2026, 11, 17, 9, 30)),
    ("18 août 2026", at(2026, 8, 18)),
    ("17 de noviembre de 2026", at(2026, 11, 17)),
    ("2026年11月17日", at(2026, 11, 17)),
    ("2026年3月7日 星期六", at(2026, 3, 7)),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates_are_read_as_people_and_programs_write_them(text: str, expected: datetime) -> None:
    assert parsed(text, ZONE) == expected


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "17", "2026-13-45", "31 February 2026", "17 November", "0001-01-01T00:00:00", "1 Jan 0001", "x" * 9999],
)
def test_what_names_no_possible_day_is_no_date(text: str) -> None:
    assert parsed(text, ZONE) is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["17 November 2026"], at(2026, 11, 17)),
        (["Weir lowered", "By Ida Holm, November 17, 2026"], at(2026, 11, 17)),
        (["SALTREACH, 17 November 2026 (Tide) — The weir was lowered."], at(2026, 11, 17)),
        (["SALTREACH, 17 November 2026 - The weir was lowered."], at(2026, 11, 17)),
        (["16 November 2026", "Updated 17 November 2026, 14:30"], at(2026, 11, 17, 14, 30)),
        (["Filed 17 November 2026, 14:30, and 2026-11-18 09:00"], at(2026, 11, 17, 14, 30)),
        (["On 3 March 1987 the bridge fell into the river, and nobody has rebuilt it since."], None),
        (["The summit on 3 March 2027 will decide the matter for good and all."], None),
        (["It opened on 3 March 1987."], None),
        ([], None),
    ],
)
def test_a_text_dates_itself_in_a_line_of_its_own_and_never_in_mid_sentence(lines: list[str], expected: datetime | None) -> None:
    assert own_date(lines, ZONE) == expected


def test_a_day_of_grace_lies_before_the_future() -> None:
    assert not is_future(NOW + timedelta(days=1), NOW)
    assert is_future(NOW + timedelta(days=1, seconds=1), NOW)


def test_the_source_knows_the_date_best() -> None:
    assert only(f"16 November 2026\n\n{BODY}", hints=Hints(title="W", published="2026-11-17T08:00")).published == at(2026, 11, 17, 8, 0)
    assert only(f"16 November 2026\n\n{BODY}", hints=Hints(title="W", published="soon")).published == at(2026, 11, 16)


def test_a_bare_day_gives_way_to_the_moment_that_the_page_says_of_that_day() -> None:
    page = f"<meta property='article:published_time' content='2026-11-17T14:30:00+01:00'><h1>W</h1><p>{BODY}</p>"
    assert only(page, HTML, hints=Hints(published="2026-11-17")).published == at(2026, 11, 17, 14, 30)
    assert only(page, HTML, hints=Hints(published="2026-11-16")).published == at(2026, 11, 16)


def test_a_date_in_the_scripts_of_a_page_is_not_its_date() -> None:
    page = f"<script>\nvar built = '2026-01-02T10:00';\n</script>\n<!-- 2026-01-03 10:00 --><h1>Weir</h1><p>{BODY}</p>"
    assert only(page, HTML).published is None


def test_a_date_in_the_future_is_no_date_and_is_told() -> None:
    found = cleaned(BODY, hints=Hints(title="Weir", published="2027-03-01"))
    assert found.articles[0].published is None
    assert [(failure.where, failure.cause) for failure in found.failures] == [
        ("note.txt", "is dated 2027-03-01, in the future; taken as undated")
    ]


def test_a_missing_title_is_told_and_the_first_words_stand_in() -> None:
    found = cleaned(BODY)
    assert found.articles[0].title.startswith("The weir at Saltreach was lowered on Monday")
    assert len(found.articles[0].title) <= 90
    assert [failure.cause for failure in found.failures] == ["has no title; its first words stand in"]


def test_a_title_alone_is_an_article() -> None:
    found = only("Weir lowered", hints=Hints(title="Weir lowered"))
    assert (found.title, found.text) == ("Weir lowered", "")


def test_a_title_of_any_length_is_cut() -> None:
    assert len(only(BODY, hints=Hints(title="weir " * 500)).title) <= 300


KINDS = [
    (Hints(title="Live: the flood, hour by hour"), Kind.LIVE),
    (Hints(title="Die Flut im Liveticker"), Kind.LIVE),
    (Hints(title="Interview with the heron warden"), Kind.INTERVIEW),
    (Hints(title="专访：河流管理者"), Kind.INTERVIEW),
    (Hints(title="Leitartikel: Das Wehr"), Kind.EDITORIAL),
    (Hints(title="Opinion: let the river run"), Kind.OPINION),
    (Hints(title="Kommentar: Das Wehr"), Kind.OPINION),
    (Hints(title="The weir, explained"), Kind.EXPLAINER),
    (Hints(title="Was wir wissen"), Kind.EXPLAINER),
    (Hints(title="The weir", section="Opinion"), Kind.OPINION),
    (Hints(title="Opinion: the weir", kind="Article"), Kind.ARTICLE),
    (Hints(title="The weir", kind="brief"), Kind.BRIEF),
    (Hints(title="The weir", kind="no such kind"), Kind.ARTICLE),
    (Hints(title="Sunday long read: the woman who reads the gauge"), Kind.FEATURE),
    (Hints(title="The woman who reads the gauge | The long read"), Kind.FEATURE),
    (Hints(title="Reportage: Eine Nacht am Wehr"), Kind.FEATURE),
    (Hints(title="The weir", section="Features"), Kind.FEATURE),
    (Hints(title="The weir", section="Live music"), Kind.ARTICLE),
    (Hints(title="The river will not wait (opinion)"), Kind.OPINION),
    (Hints(title="Le barrage – Tribune"), Kind.OPINION),
    (Hints(title="La presa, en directo – minuto a minuto"), Kind.LIVE),
    (Hints(title="Entrevista con la guarda del río"), Kind.INTERVIEW),
    (Hints(title="【评论】河流"), Kind.OPINION),
    (Hints(title="Opposition leader resigns over the weir"), Kind.ARTICLE),
    (Hints(title="Rebel leader: we will not leave"), Kind.ARTICLE),
    (Hints(title="Ministry would not comment on the weir"), Kind.ARTICLE),
    (Hints(title="Opinion polls put Harrow ahead"), Kind.ARTICLE),
    (Hints(title="A column of smoke over the port"), Kind.ARTICLE),
    (Hints(title="Chicago Tribune staff walk out"), Kind.ARTICLE),
    (Hints(title="Minister defends interview on the weir"), Kind.ARTICLE),
    (Hints(title="Portrait of a lady stolen in Pell"), Kind.ARTICLE),
    (Hints(title="Camera feature draws inquiry"), Kind.ARTICLE),
    (Hints(title="Regierung im Gespräch mit Rebellen"), Kind.ARTICLE),
    (Hints(title="Columns of smoke over the port"), Kind.ARTICLE),
    (Hints(title="Water levels delivered"), Kind.ARTICLE),
]


@pytest.mark.parametrize(("hints", "kind"), KINDS, ids=[hints.title or "" for hints, _ in KINDS])
def test_the_kind_is_said_or_read_from_section_and_title(hints: Hints, kind: Kind) -> None:
    assert only(BODY, hints=hints).kind is kind


def test_a_letter_to_the_readers_is_an_editorial() -> None:
    assert only(f"Dear readers,\n\n{BODY}", hints=Hints(title="This week")).kind is Kind.EDITORIAL


LANGUAGES = [
    ("en", BODY),
    ("de", "Das Wehr am Fluss wurde am Montag um eine Handbreit abgesenkt, und niemand ist damit zufrieden."),
    ("fr", "Le barrage de la rivière a été abaissé lundi d’une largeur de main, et personne n’en est satisfait."),
    ("zh", "河流管理委员会周一决定在秋雨到来之前把堰坝降低一掌，但没有人对此感到满意。"),
    ("ar", "قرر مجلس إدارة النهر يوم الاثنين خفض السد قبل أمطار الخريف، ولم يرض أحد عن ذلك."),
]


@pytest.mark.parametrize(("language", "text"), LANGUAGES)
def test_the_language_is_read_from_the_text(language: str, text: str) -> None:
    assert only(text).language == language


@pytest.mark.parametrize(("said", "language"), [("de-AT", "de"), ("EN_gb", "en"), ("not a language!", "en"), ("fil", "fil")])
def test_the_language_that_was_said_is_taken_where_it_can_be_one(said: str, language: str) -> None:
    assert only(BODY, hints=Hints(title="Weir", language=said)).language == language


def test_three_words_have_no_language() -> None:
    assert only("Weir lowered", hints=Hints(title="W")).language == ""


def test_authors_tags_and_section_are_single_lines_and_bounded() -> None:
    hints = Hints(title="W", authors=(" Ida\nHolm ", " "), tags=(*[f"t{n}" for n in range(20)],), section="Lo\ncal")
    found = only(BODY, hints=hints)
    assert (found.authors, found.section, len(found.tags)) == (("Ida Holm",), "Lo cal", 12)
    assert only(BODY, hints=Hints(title="W", tags=("a", "a", "", "b"))).tags == ("a", "b")


def test_an_article_knows_its_outlet_its_feed_and_its_document() -> None:
    found = only(BODY, uri="week.jsonl#7", hints=Hints(outlet="Tide\nWeekly", title="W"))
    assert (found.source, found.feed, found.document, found.first_seen) == ("Tide Weekly", "inbox", "week.jsonl#7", NOW)
    assert only(BODY).source == "inbox"


def identity(said: Hints = SAID, text: str = BODY, uri: str = "a.txt", source: str = "inbox", now: datetime = NOW) -> str:
    document = Document(source, uri, "text/plain", text.encode(), now, "utf-8", said)
    return clean(document, CleanTable(), now, ZONE).articles[0].id


def test_identity_survives_a_changed_title_text_date_and_time_of_day() -> None:
    for said in (replace(SAID, id="7"), replace(SAID, url=URL), SAID):
        first = identity(said)
        assert identity(said, f"{BODY} Corrected.") == first
        assert identity(replace(said, title="Weir lowered, at last")) == first
        assert identity(replace(said, published="2026-11-18")) == first
        assert identity(said, now=NOW + timedelta(days=1)) == first


def test_identity_follows_the_id_then_the_address_then_the_place() -> None:
    seven, eight, linked = replace(SAID, id="7"), replace(SAID, id="8"), replace(SAID, url=URL)
    assert identity(replace(seven, url=URL)) == identity(replace(seven, url="https://tide.example/other"), uri="b.txt")
    assert identity(linked) == identity(replace(SAID, url="http://www.tide.example/weir/amp?utm_source=x"), uri="b.txt")
    assert len({identity(), identity(uri="b.txt"), identity(seven), identity(eight), identity(linked), identity(source="other")}) == 6
    assert identity(replace(SAID, url="javascript:alert(1)")) == identity()


def test_stories_of_one_document_have_identities_of_their_own() -> None:
    parts = "\n\n".join(f"News\n\nHeadline number {number}\n\n{BODY} {number}" for number in range(3))
    found: tuple[Article, ...] = articles(parts, hints=Hints(id="7"))
    assert len({article.id for article in found}) == len(found) == 3


def test_moments_are_aware_in_the_zone_of_the_newsroom_or_their_own() -> None:
    assert only(BODY, hints=Hints(title="W", published="2026-11-17 08:00")).published == datetime(2026, 11, 17, 7, tzinfo=UTC)
