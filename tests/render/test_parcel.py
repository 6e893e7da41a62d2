"""The whole parcel: complete, harmless, the same every time, and within what mail programs take."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from digest.model import Article, Coverage, Failure, Issue, LeftOut, Member, Note, Relation, Section, Story
from digest.render import parcel
from digest.render.plain import COLUMNS, width
from digest.text import one_line

from . import made_up

NAMES = ["issue.html", "issue.md", "issue.txt", "issue.eml", "issue.json"]


def files(issue: Issue, tmp_path: Path, **how: Any) -> dict[str, str]:
    return {file.name: file.content.decode() for file in parcel(issue, made_up.settings(tmp_path, **how)).files}


def words(text: str) -> str:
    """`text` without white space and quote bars, to look for words that were wrapped."""
    return re.sub(r"\s+", "", re.sub(r"^  \| ", "", text, flags=re.MULTILINE))


def test_five_files_in_order_twice_the_same(tmp_path: Path) -> None:
    first, second = (parcel(made_up.full(), made_up.settings(tmp_path)) for _ in range(2))
    assert [file.name for file in first.files] == NAMES
    assert first == second
    assert first.issue == "2026-W47"
    assert all(file.content.endswith(b"\n") for file in first.files)


def test_nothing_shown_is_missing_in_any_form(tmp_path: Path) -> None:
    issue = made_up.full()
    made = files(issue, tmp_path)
    page = LexborHTMLParser(made["issue.html"])
    links = {str(link.attributes.get("href")) for link in page.css("a[href]")}
    seen = {
        "issue.html": words(page.body.text() + " ".join(str(link.attributes.get("title")) for link in page.css("a")) if page.body else ""),
        "issue.md": words(LexborHTMLParser(MarkdownIt("commonmark").render(made["issue.md"])).text()),
        "issue.txt": words(made["issue.txt"]),
    }
    members = [member for story in issue.stories for member in story.members]
    for name, text in seen.items():
        upper = text.casefold()
        for member in members:
            if name != "issue.html" or member.relation is not Relation.COPY:
                assert words(member.article.title) in text or member.relation is Relation.COPY, (name, member.article.title)
            assert words(member.article.source) in text, (name, member.article.source)
            assert not member.article.url or member.article.url in (links if name == "issue.html" else made[name])
        for story in issue.stories:
            assert not story.summary or words(story.summary.text) in text, (name, story.title)
            for note in story.notes:
                assert all(words(quote.text) in text for quote in note.quotes), (name, note.line)
        for section in issue.sections:
            assert words(section.title).casefold() in upper
        for row in issue.coverage:
            assert words(row.source) in text
        assert words("the feed ends in the middle of an entry") in text
        assert words("+4 more in issue.json") in text


def test_quotes_stand_in_quotation_marks_and_are_spans(tmp_path: Path) -> None:
    issue = made_up.full()
    page = LexborHTMLParser(files(issue, tmp_path)["issue.html"])
    text = one_line(page.body.text()) if page.body else ""
    everything = [one_line(article.text) for article in issue.articles.values()]
    found = re.findall(r"“([^”]*)”", text)
    assert len(found) >= 6
    assert all(any(quote in whole for whole in everything) for quote in found)


def test_the_page_is_built_as_readers_need_it(tmp_path: Path) -> None:
    html = files(made_up.full(), tmp_path)["issue.html"]
    page = LexborHTMLParser(html)
    assert html.startswith("<!DOCTYPE html>\n<html lang=")
    levels = [int(str(node.tag)[1]) for node in page.css("h1, h2, h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(table.attributes.get("role") == "presentation" for table in page.css("table"))
    assert page.css_first('h3[lang="ar"][dir="rtl"]')
    assert page.css_first('h3[lang="zh"]')
    assert page.css_first("bdi")
    assert not page.css("link, script, img, iframe, form")
    targets = {str(node.attributes["id"]) for node in page.css("[id]")}
    assert len(targets) == len(page.css("[id]"))
    assert {str(link.attributes["href"]) for link in page.css('a[href^="#"]')} <= {f"#{target}" for target in targets}
    sheet = Path("templates/default/head.css")
    assert (Path(__file__).parents[2] / sheet).read_text("utf-8") in html


def test_an_empty_issue_is_a_whole_one(tmp_path: Path) -> None:
    made = files(made_up.empty(), tmp_path)
    for name in NAMES[:3]:
        assert "Nothing new reached this issue." in made[name]
        assert "0 stories" in made[name]
        assert "In this issue" not in made[name]


def test_text_lines_fit_save_addresses(tmp_path: Path) -> None:
    text = files(made_up.full(), tmp_path)["issue.txt"]
    assert all(width(line) <= COLUMNS or "https://" in line for line in text.split("\n"))
    assert text.count("\n-- \n") == 1
    assert "&amp;" not in text
    numbers = [int(found) for found in re.findall(r"^\[(\d+)\]", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(found) for found in re.findall(r" ?\[(\d+)\]", text)} == set(numbers)


def test_markdown_is_tidy(tmp_path: Path) -> None:
    for issue in (made_up.full(), made_up.empty()):
        text = files(issue, tmp_path)["issue.md"]
        assert not re.search(r"\n{3}|[ \t]\n|\t", text)
        assert text.startswith("# ")
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        headings = re.findall(r"^#+ .*$", text, re.MULTILINE)
        assert len(headings) == len(set(headings))
        assert all(f"\n\n{heading}\n\n" in f"\n\n{text}" for heading in headings)


def test_a_full_week_fits_into_gmail(tmp_path: Path) -> None:
    issue = made_up.full()
    ones = [story for story in issue.sections[0].stories for _ in range(3)] + [
        one for section in issue.sections[1:4] for one in section.stories
    ] * 3
    stories = tuple(replace(one, id=f"s{at}") for at, one in enumerate(ones[:24]))
    big = replace(issue, sections=(replace(issue.sections[1], stories=stories), issue.sections[4]))
    made = files(big, tmp_path)
    assert len(made["issue.html"].encode()) < 102_000
    style = re.search(r"<style>\n(.*?)</style>\n</head>", made["issue.html"], re.DOTALL)
    assert style is not None
    assert len(style[1]) < 16_000


VECTORS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></script><svg onload=alert(1)>",
    "<!-- -- --><!--[if mso]><b>",
    "[x](javascript:alert(1)) ![y](https://evil.example/p.png)",
    "`</td></table>` ***\n# head\n\n---\n> quote\n- list",
    "{{ 7*7 }}{% include '/etc/passwd' %}{# x",
    "\u202etxt.exe\u2066 \u2028line\u0000\u001b[31m\ud800",
    "<b>" * 300,
    "Bcc: all@victims.example\r\n\r\n.\r\n",
    "]]>*/}</style><a href=javascript:alert(1)>",
]


def poisoned(vector: str) -> Issue:
    """An issue in which every text from outside holds `vector`, with canaries as its neighbours."""

    def spoil(article: Article) -> Article:
        return replace(
            article,
            title=f"CANARY{article.id} {vector}",
            source=f"{vector}",
            text=f"{vector} said.",
            url=f"javascript:alert('{vector}')",
            authors=(vector,),
            tags=(vector,),
            section=vector,
            language=vector,
        )

    def story(one: Story) -> Story:
        members = tuple(Member(spoil(member.article), member.relation, member.copy_of) for member in one.members)
        lead = members[0].article
        quotes = tuple(made_up.span(member.article, member.article.text) for member in members)
        notes = (
            Note("copies", (vector,), f"Also by {vector}"),
            Note("adds", (vector,), "", quotes),
            Note(vector, (vector,), vector, quotes),
        )
        return replace(
            one, title=lead.title, lead=lead, members=members, outlets=(vector, "x"), summary=quotes[0], notes=notes, reasons=(vector,)
        )

    full = made_up.full()
    sections = tuple(Section(part.name, f"{vector} {part.title}", part.form, tuple(map(story, part.stories))) for part in full.sections)
    shown = {member.article.id: member.article for part in sections for one in part.stories for member in one.members}
    left = tuple(LeftOut(spoil(one.article), vector) for one in full.left_out[:5])
    return replace(
        full,
        title=f"Digest {vector}",
        subject=vector,
        preheader=vector,
        foreword=vector,
        sections=sections,
        left_out=left,
        failures=(Failure(vector, vector, vector, vector),),
        coverage=(Coverage(vector, 3, 1, "ok"), Coverage(vector, 0, 0, "silent"), Coverage(vector, 0, 0, "failed")),
        articles=shown | {one.article.id: one.article for one in left},
    )


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_in_every_field_does_nothing(vector: str, tmp_path: Path) -> None:
    issue = poisoned(vector)
    made = files(issue, tmp_path)
    harmless = LexborHTMLParser(files(poisoned("plain"), tmp_path)["issue.html"])
    page = LexborHTMLParser(made["issue.html"])
    rendered = LexborHTMLParser(MarkdownIt("js-default").render(made["issue.md"]))
    for tree in (page, rendered):
        assert not tree.css("script, svg, img, iframe, object, [onerror], [onload], [onmouseover]")
        assert all(re.match(r"https?:|#", str(link.attributes["href"])) for link in tree.css("a[href]"))
    for tag in ("table", "tr", "td", "h2", "h3", "style", "head", "body"):
        assert len(page.css(tag)) == len(harmless.css(tag)), tag
    for member in (member for one in issue.stories for member in one.members if member.relation is Relation.LEAD):
        canary = member.article.title.split(" ")[0]
        assert page.body is not None
        assert canary in page.body.text()
        assert rendered.body is not None
        assert canary in rendered.body.text()
        assert canary in made["issue.txt"]
    assert not re.search("[\u0000-\u0008\u001b\u2028\u202a-\u202e\u2066-\u2069]", made["issue.html"] + made["issue.md"] + made["issue.txt"])
    assert all(width(line) <= COLUMNS for line in made["issue.txt"].split("\n") if "http" not in line)
