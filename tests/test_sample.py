"""The sample week: the first thing that a visitor reads, and what it promises in sample/README.md."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.rooms import ISSUE, Room, run, stories, titles

ROOT = Path(__file__).resolve().parents[1]
FORMS = ["issue.html", "issue.md", "issue.txt"]
AGENCY = "North Peninsula Agency"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """The sample's own settings and inbox, with store and outbox of their own."""
    root = tmp_path_factory.mktemp("sample")
    text = (ROOT / "sample" / "digest.toml").read_text(encoding="utf-8")
    for key, place in (("store", "var/sample.sqlite3"), ("outbox", "outbox"), ("templates", ROOT / "templates")):
        text = re.sub(rf'^{key} = ".*"$', f'{key} = "{place}"', text, flags=re.MULTILINE)
    (root / "digest.toml").write_text(text.replace('path = "inbox"', f'path = "{ROOT / "sample" / "inbox"}"'), encoding="utf-8")
    room = Room(root)
    told = room.run("build")
    assert told.exit_code == 0
    (root / "told.txt").write_text(told.stdout, encoding="utf-8")
    return room


@pytest.fixture(scope="module")
def record(sample: Room) -> dict[str, Any]:
    return sample.record()


def shown(page: str) -> str:
    """The words of a page, without tags and Markdown's backslashes."""
    return " ".join(html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)).replace("\\", "").split())


def together(record: dict[str, Any], left: str, right: str) -> bool:
    """Whether two reports, named by words of their headlines, stand in one story; both must be there."""
    everything = [article["title"] for article in record["articles"].values()]
    for words in (left, right):
        assert [title for title in everything if words in title], f"no report is called {words!r}"
    found = [[member["title"] for member in story["members"]] for story in stories(record)]
    return any(any(left in title for title in members) and any(right in title for title in members) for members in found)


def test_the_issue_is_the_same_in_any_year(sample: Room, record: dict[str, Any]) -> None:
    assert record["id"] == ISSUE
    assert record["closes"] == "2026-11-22T18:00:00+01:00"
    assert sample.run("verify", ISSUE).exit_code == 0


def test_the_week_has_at_least_60_documents_of_at_least_8_outlets(record: dict[str, Any]) -> None:
    assert len({article["document"] for article in record["articles"].values()}) >= 60
    assert len({article["source"] for article in record["articles"].values()}) >= 8
    suffixes = {Path(article["document"].partition("#")[0]).suffix for article in record["articles"].values()}
    assert suffixes == {".txt", ".md", ".html", ".json", ".jsonl", ".eml"}
    assert {"en", "de", "fr", "zh", "ar"} <= {article["language"] for article in record["articles"].values()}


def test_the_loss_of_the_ferry_leads_the_issue(record: dict[str, Any]) -> None:
    lead = record["sections"][0]
    assert (lead["name"], lead["form"], len(lead["stories"])) == ("lead", "lead", 1)
    (story,) = lead["stories"]
    assert "ferry" in story["title"].lower()
    assert "Skerra Maid" in record["articles"][story["lead"]]["text"]
    assert len(story["outlets"]) >= 4
    assert story["origins"] < len(story["outlets"])


def test_the_copies_of_the_agency_are_folded_as_copies(record: dict[str, Any]) -> None:
    members = stories(record)[0]["members"]
    (original,) = (member for member in members if member["source"] == AGENCY and member["title"].startswith("At least 12 die"))
    assert not original["copy_of"]
    copies = {member["source"]: member for member in members if member["relation"] == "copy"}
    assert set(copies) == {"Varnholt Courier", "Crown Ledger", "Upper Tamsin Weekly", "Daily Gull"}
    assert {member["copy_of"] for member in copies.values()} == {original["article"]}
    assert copies["Daily Gull"]["title"] == "SIX MINUTES TO SAVE THE SKERRA MAID"


@pytest.mark.parametrize("form", FORMS)
def test_the_copies_are_told_as_carried_and_not_as_reports(sample: Room, form: str) -> None:
    assert re.search(r"lso carried by .{0,200}Upper Tamsin Weekly", shown(sample.page(form)))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("adopts 12th sanctions package", "proposes 13th sanctions package"),
        ("Twelve dead as Skerra ferry", "engine-room fire on Brannick ferry"),
        ("Twelve dead as Skerra ferry", "Blaze on second ferry"),
        ("Fire destroys wool warehouse", "Fire damages Grain Board silo"),
        ("wins the derby", "Corvane Town beat Brannick City"),
        ("Tidewise 2.1", "Tidewise 2.2"),
        ("Amberline third-quarter revenue", "Tessaly Micro third-quarter revenue"),
        ("Twelve dead as Skerra ferry", "Tamsin peaks at 5.84 metres"),
    ],
)
def test_look_alikes_stay_apart(record: dict[str, Any], left: str, right: str) -> None:
    assert not together(record, left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Twelve dead as Skerra ferry", "At least 12 die"),
        ("Twelve dead as Skerra ferry", "19 DEAD"),
        ("Twelve dead as Skerra ferry", "Live: Skerra Maid"),
        ("National Bank cuts key rate to 3.75", "A cut with a clenched fist"),
        ("Amberline unveils Heron", "We drove Amberline’s Heron"),
        ("Trains to run again", "Rail talks collapse"),
        ("Marram Prize with a lighthouse", "wins the Marram Prize"),
        ("wins the derby", "Leaders Union beaten"),
        ("Blaze on second ferry", "engine-room fire on Brannick ferry"),
    ],
)
def test_reports_of_one_event_stand_together(record: dict[str, Any], left: str, right: str) -> None:
    assert together(record, left, right)


def test_the_damaged_file_and_the_broken_line_are_named_and_nothing_else_is(sample: Room, record: dict[str, Any]) -> None:
    assert {failure["where"]: failure["cause"].split(":")[0] for failure in record["failures"]} == {
        "Daily Gull/2026-11-19-damaged.html": "is binary, not text",
        "Lumen Wire/2026-11-22-briefs.jsonl#4": "is not JSON",
    }
    told = (sample.root / "told.txt").read_text(encoding="utf-8")
    for failure in record["failures"]:
        assert failure["where"] in told
        assert all(failure["where"] in shown(sample.page(form)).replace("- ", "-") for form in FORMS[:1])


JUNK = (
    "{{",
    "subpage.title",
    "IMPORTANT:",
    "Make this 4 times longer",
    "We use cookies",
    "cookie",
    "Accept all",
    "Subscribe",
    "Sign up",
    "Read more",
    "Click here",
    "Unsubscribe",
    "Advertisement",
    "Share this",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("junk", JUNK)
def test_no_boilerplate_shows(sample: Room, form: str, junk: str) -> None:
    assert junk.casefold() not in shown(sample.page(form)).casefold()


def test_no_boilerplate_is_in_the_text_of_an_article(record: dict[str, Any]) -> None:
    for article in record["articles"].values():
        found = [junk for junk in JUNK if junk.casefold() in article["text"].casefold()]
        assert not found, article["document"]


def test_the_headline_without_a_text_shows(record: dict[str, Any]) -> None:
    (found,) = (article for article in record["articles"].values() if not article["text"])
    assert found["source"] == AGENCY
    assert found["title"] in titles(record)


def test_text_from_right_to_left_has_its_direction(sample: Room, record: dict[str, Any]) -> None:
    (title,) = (title for title in titles(record) if "سكيرا" in title)
    page = sample.page("issue.html")
    assert re.search(rf'dir="rtl"[^>]*>(?:\s|<[^>]+>)*{re.escape(html.escape(title))}', page)


def test_the_mail_of_six_things_is_six_reports(record: dict[str, Any]) -> None:
    mail = [article for article in record["articles"].values() if article["document"] == "Morning Lantern/2026-11-20-six-things.eml"]
    items = (
        "count is over",
        "first cut or the last",
        "toothbrush talks",
        "library that comes by boat",
        "Heron, in plain",
        "typewriter doctor",
    )
    assert len(mail) == len(items)
    assert all(sum(words in article["title"] for article in mail) == 1 for words in items)
    assert all(len(article["text"].split()) > 30 for article in mail)


def test_every_quote_is_a_span_of_the_text_it_is_attributed_to(record: dict[str, Any]) -> None:
    quotes = [quote for story in stories(record) for note in story["notes"] for quote in note["quotes"]]
    quotes += [story["summary"] for story in stories(record) if story["summary"]]
    assert len(quotes) > 40
    for quote in quotes:
        assert record["articles"][quote["article"]]["text"][quote["start"] : quote["end"]] == quote["text"]


def test_the_record_is_as_its_schema_says(record: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "docs" / "issue.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(record)


def test_every_report_is_shown_or_left_out_with_a_reason(record: dict[str, Any]) -> None:
    members = [member["article"] for story in stories(record) for member in story["members"]]
    left = [one["article"] for one in record["left_out"]]
    assert sorted(members + left) == sorted(record["articles"])
    assert all(one["reason"] for one in record["left_out"])


def test_a_summary_never_only_says_the_headline_again(record: dict[str, Any]) -> None:
    assert not [
        story["title"] for story in stories(record) if story["summary"] and story["summary"]["text"].strip() == story["title"].strip()
    ]


def test_the_opinion_is_marked_and_never_leads_a_story_that_others_report(record: dict[str, Any]) -> None:
    kinds = {article["title"]: article["kind"] for article in record["articles"].values()}
    assert kinds["Opinion: Mrs Lindqvar has cut too late, and too little"] == "opinion"
    for story in stories(record):
        if len(story["members"]) > 1:
            assert record["articles"][story["lead"]]["kind"] not in {"opinion", "editorial"}


def test_a_firm_s_results_are_neither_its_battery_nor_a_rival_s_results(record: dict[str, Any]) -> None:
    told = [{member["title"] for member in story["members"]} for story in stories(record)]
    for story in told:
        results = {title for title in story if "third-quarter revenue" in title}
        assert len(results) <= 1
        assert not results or not any("Heron" in title for title in story)


def test_explain_tells_of_every_story_of_the_sample(sample: Room, record: dict[str, Any]) -> None:
    told = sample.run("explain", ISSUE, "ferry").stdout
    assert "copy of North Peninsula Agency: Daily Gull" in told
    assert all(story["id"] in sample.run("explain", ISSUE).stdout for story in stories(record))


def test_articles_shows_what_was_taken_out_of_the_whale(sample: Room) -> None:
    told = run("articles", str(ROOT / "sample" / "inbox" / "Daily Gull" / "2026-11-20-whale-saltreach.html"), "--json")
    (found,) = json.loads(told.stdout)
    assert found["removed"]
    assert "{{" not in found["text"]
    assert sample.root.exists()
