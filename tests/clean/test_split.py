"""Round-ups to their stories; single articles stay single."""

from __future__ import annotations

import pytest

from digest.clean.records import is_records
from digest.model import Hints
from digest.settings import CleanTable
from tests.clean.made import HTML, MARKDOWN, articles, only

WEIR = (
    "The river board agreed on Monday to lower the weir at Saltreach by a hand’s breadth before the autumn rain. "
    "Farmers upstream had asked for twice as much, and millers downstream for nothing at all."
)
ROPE = (
    "Ropewalk Street will be closed to cars from the first of March, the council decided by nine votes to four. "
    "Traders fear for their takings, and cyclists speak of a beginning that was long overdue."
)
HERON = (
    "A heron has taken up residence on the traffic light in front of the town hall and cannot be moved. "
    "Bird wardens counsel patience, and the police have sent an officer to wave the lorries through."
)
TRAM = (
    "The night tram will run every twenty minutes again after a winter in which it hardly ran at all. "
    "Six drivers were trained in the autumn, and four more are to follow before the summer timetable."
)


def titles(text: str, media: str = "text/plain", *, uri: str = "note.txt", hints: Hints | None = None) -> list[str]:
    return [article.title for article in articles(text, media, uri=uri, hints=hints)]


LABELS = f"""Tide Weekly

News

Weir at Saltreach to be lowered

{WEIR}

News

Ropewalk Street closes to cars

{ROPE}

Wildlife

Heron holds up traffic

{HERON}
"""


def test_labels_above_headings_make_a_round_up() -> None:
    found = articles(LABELS)
    assert [(article.section, article.title) for article in found] == [
        ("News", "Weir at Saltreach to be lowered"),
        ("News", "Ropewalk Street closes to cars"),
        ("Wildlife", "Heron holds up traffic"),
    ]
    assert [article.text for article in found] == [WEIR, ROPE, HERON]
    assert len({article.id for article in found}) == 3


def test_tag_lists_end_stories_and_become_their_tags() -> None:
    text = (
        f"Weir to be lowered\n\n{WEIR}\n\n• Water\n\n• Farming\n\n"
        f"Ropewalk closes\n\n{ROPE}\n\n• Traffic\n\nHeron holds up traffic\n\n{HERON}\n\n• Birds\n"
    )
    found = articles(text)
    assert [(article.title, article.tags) for article in found] == [
        ("Weir to be lowered", ("Water", "Farming")),
        ("Ropewalk closes", ("Traffic",)),
        ("Heron holds up traffic", ("Birds",)),
    ]
    assert all("Water" not in article.text.split() for article in found)


def test_credits_end_stories_that_tag_lists_tell_apart_too() -> None:
    text = (
        f"Weir to be lowered\n\n{WEIR} iho/tlu\n\nRopewalk closes\n\n{ROPE} (tlu)\n\n• Traffic\n\n"
        f"Heron holds up traffic\n\n{HERON}\n\n• Birds\n\nNight tram returns\n\n{TRAM}"
    )
    assert titles(text) == ["Weir to be lowered", "Ropewalk closes", "Heron holds up traffic", "Night tram returns"]


def test_a_byline_is_taken_from_its_story_and_only_from_it() -> None:
    text = LABELS.replace(f"cars\n\n{ROPE}", f"cars\n\nBy Ida Holm and Tor Lund\n\n{ROPE}")
    found = articles(text)
    assert [article.authors for article in found] == [(), ("Ida Holm", "Tor Lund"), ()]
    assert found[1].text == ROPE


def test_what_of_a_round_up_became_no_story_is_on_record() -> None:
    removed = [removal for article in articles(LABELS) for removal in article.removed]
    assert {removal.rule for removal in removed} == {"round-up frame"}
    assert "Tide Weekly" in {removal.text for removal in removed}


def test_a_few_words_of_welcome_are_no_story() -> None:
    welcome = "Dear readers, here is what the week brought us, in three short pieces, as ever."
    assert titles(LABELS.replace("Tide Weekly", f"Tide Weekly\n\n{welcome}")) == [
        "Weir at Saltreach to be lowered",
        "Ropewalk Street closes to cars",
        "Heron holds up traffic",
    ]


def test_a_round_up_stays_whole_where_splitting_is_off() -> None:
    found = only(LABELS, options=CleanTable(split=False))
    assert all(body in found.text for body in (WEIR, ROPE, HERON))


SINGLE = {
    "no heading": f"{WEIR}\n\n{ROPE}\n\n{HERON}",
    "a headline and sub-headings": f"Weir lowered\n\n{WEIR}\n\nWhat farmers say\n\n{ROPE}\n\nWhat millers say\n\n{HERON}",
    "headline, standfirst, sub-headings": f"Weir lowered\n\nA long fight ends.\n\n{WEIR}\n\nThe vote\n\n{ROPE}\n\nThe protest\n\n{HERON}",
    "a date line above": f"17 November 2026\n\nWeir lowered\n\n{WEIR}\n\nWhat farmers say\n\n{ROPE}\n\nWhat next\n\n{HERON}",
    "a label and a headline": f"Local news\n\nWeir lowered\n\n{WEIR}\n\nWhat farmers say\n\n{ROPE}\n\nWhat next\n\n{HERON}",
    "furniture inside": f"Weir lowered\n\n{WEIR}\n\nAdvertisement\n\nThe vote\n\n{ROPE}\n\nAdvertisement\n\nThe row\n\n{HERON}",
    "a list of short points": f"Weir lowered\n\n{WEIR}\n\n• Two hand’s breadths less water\n\n• No dredging\n\nWhat next\n\n{ROPE}",
    "a byline and a credit": f"Weir lowered\n\nBy Ida Holm\n\n{WEIR} (iho)\n\nWhat farmers say\n\n{ROPE}",
    "questions": f"Why is the weir low?\n\n{WEIR}\n\nWho decides?\n\n{ROPE}\n\nWhat does it cost?\n\n{HERON}\n\nAnd then?\n\n{TRAM}",
    "tags at the end only": f"Weir lowered\n\n{WEIR}\n\nThe vote\n\n{ROPE}\n\n• Water\n\n• Farming",
    "a letter": f"Dear readers,\n\n{WEIR}\n\n{ROPE}\n\nYours,\nIda Holm",
}


@pytest.mark.parametrize("text", SINGLE.values(), ids=SINGLE)
def test_a_single_article_stays_single_and_whole(text: str) -> None:
    found = only(text)
    assert all(body in found.text for body in (WEIR, ROPE, HERON) if body in text)


@pytest.mark.parametrize("media", [HTML, MARKDOWN])
def test_a_marked_up_article_with_sub_headings_stays_single(media: str) -> None:
    text = {
        HTML: f"<h1>Weir lowered</h1><p>{WEIR}</p><h2>The vote</h2><p>{ROPE}</p>"
        f"<h2>The protest</h2><p>{HERON}</p><h2>Next</h2><p>{TRAM}</p>",
        MARKDOWN: f"# Weir lowered\n\n{WEIR}\n\n## The vote\n\n{ROPE}\n\n## The protest\n\n{HERON}\n\n## Next\n\n{TRAM}",
    }[media]
    found = only(text, media)
    assert found.title == "Weir lowered"
    assert found.text == "\n\n".join((WEIR, "The vote", ROPE, "The protest", HERON, "Next", TRAM))


def test_questions_below_a_heading_begin_no_story_of_their_own() -> None:
    text = LABELS + f"\nFive questions\n\nWill it hold?\n\nIda Holm (IH): {TRAM} It will, she says, and so do the engineers.\n"
    assert titles(text)[:3] == ["Weir at Saltreach to be lowered", "Ropewalk Street closes to cars", "Heron holds up traffic"]
    assert titles(text)[3:] == ["Five questions"]


def interview(heads: bool) -> str:
    turns = [
        ("Were you surprised by the heron?", f"Ida Holm (IH): {HERON}"),
        ("Will the weir hold?", f"IH: {WEIR}"),
        ("And what of Ropewalk Street?", f"IH: {ROPE}"),
        ("Do you take the tram?", f"Ida Holm: {TRAM}"),
    ]
    lines = [line for question, answer in turns for line in (("Looking ahead",) if heads else ()) + (question, answer)]
    return "\n\n".join(("‘The heron stays’", "Ida Holm runs the river board and knows every weir.", *lines))


@pytest.mark.parametrize("heads", [False, True])
def test_an_interview_stays_single_and_is_known_as_one(heads: bool) -> None:
    found = only(interview(heads))
    assert (found.kind, found.title) == ("interview", "‘The heron stays’")
    assert all(body in found.text for body in (WEIR, ROPE, HERON, TRAM))


MAIL = "<h1>Tide Weekly</h1><p>Good morning.</p>" + "".join(
    f"<h2><a href='https://tide.example/{number}'>{title}</a></h2><p>{body}</p>"
    for number, (title, body) in enumerate([("Weir lowered", WEIR), ("Ropewalk closes", ROPE), ("Heron stays", HERON)])
)


def test_a_mail_of_items_on_one_level_of_heading_is_a_round_up() -> None:
    found = articles(MAIL, HTML, uri="w.eml", hints=Hints(title="Three things"))
    assert [(article.title, article.url) for article in found] == [
        ("Weir lowered", "https://tide.example/0"),
        ("Ropewalk closes", "https://tide.example/1"),
        ("Heron stays", "https://tide.example/2"),
    ]


def test_a_page_of_linked_headings_with_unlike_texts_is_one_too() -> None:
    assert len(articles(MAIL, HTML, uri="w.html")) == 3


def test_a_mail_with_one_story_keeps_its_subject() -> None:
    found = only(f"<p>{WEIR}</p><p>{ROPE}</p>", HTML, uri="w.eml", hints=Hints(title="One thing"))
    assert (found.title, found.text) == ("One thing", f"{WEIR}\n\n{ROPE}")


def record(number: int, body: str) -> str:
    return (
        f"Story {number} https://tide.example/{number}/ https://tide.example/{number}/#comments "
        f"Mon, 1{number} Nov 2026 07:00:00 +0000 https://tide.example/?p={number} {body} "
        f"https://tide.example/{number}/feed/ {number}\n"
    )


FEED = "Tide Weekly https://tide.example news of the river 21311 " + "".join(
    record(number, body) for number, body in enumerate((WEIR, ROPE, HERON), 1)
)


def test_a_feed_flattened_to_text_is_taken_apart() -> None:
    found = articles(FEED)
    assert [(article.title, article.url, article.text) for article in found] == [
        ("Story 1", "https://tide.example/1/", WEIR),
        ("Story 2", "https://tide.example/2/", ROPE),
        ("Story 3", "https://tide.example/3/", HERON),
    ]
    assert [str(article.published) for article in found] == [f"2026-11-1{day} 07:00:00+00:00" for day in (1, 2, 3)]
    assert found[0].removed[0].rule == "feed head"


def test_two_records_are_not_yet_a_feed() -> None:
    assert not is_records(record(1, WEIR) + record(2, ROPE))
    assert is_records(FEED)


def test_a_feed_stays_whole_where_splitting_is_off() -> None:
    assert len(articles(FEED, options=CleanTable(split=False))) == 1


LONG = " ".join(
    f"After {hours} hours of talk the board had heard speaker number {hours + 3} on the price of {hours * 7} sacks, and nobody left."
    for hours in range(2, 30)
)


def test_heads_that_run_in_on_a_flattened_page_are_found_again() -> None:
    lead = f"What to Make of the Weir On Monday, the {WEIR[4:]} {LONG}"
    text = f"{lead} Water and Weather Heron standstill. {HERON} Tram shortage. {TRAM}"
    found = articles(text)
    assert [article.title for article in found] == ["What to Make of the Weir", "Heron standstill", "Tram shortage"]
    assert found[1].section == "Water and Weather"
    assert [article.text for article in found[1:]] == [HERON, TRAM]


SHORT = [
    ("Nobody was hurt.", "It rained.", "They left early."),
    ("Silence again.", "A bitter winter.", "No more flour."),
    ("The board voted.", "Silence followed.", "Police in Saltreach watched."),
    ("Some clapped.", "Two Saltreach millers resigned.", "Rain at last."),
]


@pytest.mark.parametrize("short", SHORT, ids=[short[0] for short in SHORT])
def test_an_article_on_one_line_with_short_sentences_stays_single(short: tuple[str, str, str]) -> None:
    text = f"{WEIR} {LONG} {short[0]} {HERON} {short[1]} {TRAM} {short[2]} {ROPE}"
    assert only(text).text == text


def test_a_head_behind_a_possessive_and_one_in_title_case_are_found() -> None:
    lead = f"What to Make of the Weir On Monday, the {WEIR[4:]} {LONG}"
    tail = f"{TRAM} Every Word of This Head Has One Capital. {ROPE}"
    text = f"{lead} Water and Weather Saltreach’s Heron standstill. {HERON} Tram Bailout. {tail}"
    found = articles(text)
    assert [article.title for article in found] == ["What to Make of the Weir", "Saltreach’s Heron standstill", "Tram Bailout"]
    assert found[-1].text.endswith(f"Every Word of This Head Has One Capital. {ROPE}")


def test_a_title_in_the_text_is_not_said_twice() -> None:
    found = only(f"Weir lowered\n\n{WEIR}", hints=Hints(title="Weir lowered"))
    assert (found.title, found.text) == ("Weir lowered", WEIR)


def test_a_heading_at_the_very_end_is_left_off() -> None:
    assert only(f"<h1>Weir lowered</h1><p>{WEIR}</p><h2>Next</h2>", HTML).text == WEIR


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("记者 林晓川", ("林晓川",)),
        ("文・大谷進", ("大谷進",)),
        ("Автор: Анна Белова", ("Анна Белова",)),
        ("By Ann Colby, Staff Writer", ("Ann Colby",)),
        ("di Piero Lodi | 17 maggio 2026", ("Piero Lodi",)),
        ("By Ida Holm | 12 May 2026 | 9 min read", ("Ida Holm",)),
    ],
)
def test_a_byline_goes_to_its_story_and_is_no_headline(line: str, names: tuple[str, ...]) -> None:
    text = f"<h2>Weir at Saltreach to be lowered</h2><p>{line}</p><p>{WEIR}</p>"
    (found,) = articles(f"<html><body>{text}</body></html>", HTML)
    assert (found.authors, found.text) == (names, WEIR)


def test_a_page_flattened_to_one_line_is_read_by_its_bylines() -> None:
    told = (("Weir is lowered", WEIR), ("Ropewalk closes", ROPE), ("Heron holds up traffic", HERON), ("Night tram is back", TRAM))
    line = "Home News Sport Latest stories " + " Read more Share on X ".join(
        f"{title} By Ida Holm | {day} May 2026 {body}" for day, (title, body) in enumerate(told, 3)
    )
    assert [(found.title, found.text) for found in articles(line + " Read more Share on X Imprint Privacy")] == list(told)


def test_times_of_day_make_a_live_page_that_stays_one() -> None:
    entries = "\n\n".join(
        f"{hour}:15\n{title}\n\n{body}" for hour, (title, body) in enumerate(zip("ABCD", (WEIR, ROPE, HERON, TRAM), strict=True), 10)
    )
    assert only(f"LIVE\n\nStorm at Saltreach, hour by hour\n\n{entries}").title == "Storm at Saltreach, hour by hour"


def test_tag_lines_go_to_the_story_above_them() -> None:
    text = "\n\n".join(
        f"{title}\n\n{body}\n\nTags: {tag}, Saltreach"
        for title, body, tag in (
            ("Weir to be lowered", WEIR, "Rivers"),
            ("Ropewalk Street closes", ROPE, "Traffic"),
            ("Heron stays put", HERON, "Birds"),
        )
    )
    assert [found.tags for found in articles(text)] == [("Rivers", "Saltreach"), ("Traffic", "Saltreach"), ("Birds", "Saltreach")]


def test_a_guide_with_a_list_and_questions_stays_one() -> None:
    steps = "".join(f"<h2>Step {at}: {title}</h2><p>{body}</p>" for at, (title, body) in enumerate((("Weir", WEIR), ("Rope", ROPE)), 1))
    asked = f"<h2>Questions</h2><h3>Why so?</h3><p>{HERON}</p><h3>Since when?</h3><p>{TRAM}</p>"
    page = (
        f"<p>Garden Gate</p><h1>How to lower a weir</h1><p>{WEIR}</p><h2>You need</h2><ul><li>Rope</li><li>Gloves</li></ul>{steps}{asked}"
    )
    assert only(page, HTML).title == "How to lower a weir"


def test_questions_make_an_interview_whatever_stands_around_them() -> None:
    asked = "".join(f"{question}\n\nThat is a long story, and I tell it to nobody but you, on one condition.\n\n" for question in QUESTIONS)
    foot = "Related\n\nThe doorbell man\n\nThe last key factory\n\nComments (12)"
    page = f"Home > Culture\n\nThe lock and its master\n\nBy Carla Winzer\n\n{asked}{foot}"
    found = only(page)
    assert (found.title, found.authors) == ("The lock and its master", ("Carla Winzer",))
    assert "factory" not in found.text


QUESTIONS = (
    "Do you lock your own door?",
    "When did you open your first lock?",
    "The grammar of a lock\n\nWhat do you mean by that?",
    "Do you have an apprentice?",
    "What do you teach her first?",
)


def test_of_the_lines_above_a_text_the_one_that_it_takes_up_is_its_title() -> None:
    text = "Communities in the north send out new bills for the land tax this week, and owners will wonder at some of them."
    assert only(f"Start Local Business Advice Archive\n\nNew land tax: what owners must know\n\nBy Imke Tolle\n\n{text}").title.startswith(
        "New"
    )


def test_a_source_in_brackets_with_its_day_is_no_headline() -> None:
    bodies = ("The weir at Saltreach is lowered before the rain.", "The tram runs at night again.", "Nine hives were sold to the council.")
    heads = ("Weir lowered at Saltreach", "Tram runs at night", "Council buys nine hives")
    text = "\n\n".join(
        f"{head}\n(Daily Anchor, 0{day}.06.2026, p. {day})\n{body} {body[:-1]} once more, said the board."
        for day, (head, body) in enumerate(zip(heads, bodies, strict=True), 1)
    )
    assert set(titles(text)) <= {*heads, heads[0]}


def test_heads_in_an_analysis_on_one_line_begin_no_stories() -> None:
    said = "The slow ships carry grain along the coast, and slow ships burn less oil for each ton of grain than the fast ships did. "
    more = "Owners of slow ships say that the harbour pays for the grain, while crews of slow ships want the harbour to pay for time. "
    heads = ("The Price of Slow Ships ", "What Harbour Crews Want ", "The Grain and the Coast ")
    text = "Why the slow ships won. " + "".join(head + (said + more) * 4 for head in heads)
    assert len(articles(text)) == 1
