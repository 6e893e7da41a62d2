"""Pages and mails in HTML, good and broken."""

from __future__ import annotations

import time

import pytest

from digest.clean.html import html_draft
from digest.model import Hints
from tests.clean.made import HTML, only

BODY = "The weir at Saltreach was lowered on Monday by a hand’s breadth, and nobody on the river is pleased with it."
MORE = "Farmers upstream had asked for twice as much, and millers downstream for nothing at all, said the board."


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("rule", "markup"),
    [
        ("nav", "<nav><a href=/>Home</a><a href=/x>Port</a></nav>"),
        ("footer", "<footer>Imprint and contact</footer>"),
        ("aside", "<aside><h2>Elsewhere</h2><p>Ropes are back</p></aside>"),
        ("form", "<form>Search the archive</form>"),
        ("figcaption", "<figure><img src=a.jpg alt=weir><figcaption>The weir at dusk</figcaption></figure>"),
        ("dialog", "<dialog open>Allow alerts?</dialog>"),
        ("consent", "<div class='cookie-wall'>We and 214 partners store things</div>"),
        ("consent", "<div id='gdpr'>Choices</div>"),
        ("subscribe", "<div class='newsletter-box'>Every morning at six</div>"),
        ("share", "<ul class='social'><li>Chirp</li></ul>"),
        ("related", "<div class='most-read'>Ropes are back</div>"),
        ("comments", "<section id='comments'>First!</section>"),
        ("advert", "<div class='ad-slot sponsor'>Ropes, cheap</div>"),
        ("navigation", "<div class='breadcrumb'>Home / Port</div>"),
        ("unsubscribe", "<table><tr><td class='unsubscribe-line'>Leave us</td></tr></table>"),
        ("hidden", "<p hidden>Seen by nobody</p>"),
        ("hidden", "<div style='font-size:0; display: none'>Preheader</div>"),
        ("hidden", "<span style='visibility:hidden'>Counter</span>"),
    ],
)
def test_furniture_is_known_by_its_tag_or_name_and_kept_on_record(rule: str, markup: str) -> None:
    found = only(page(f"<h1>Weir lowered</h1><p>{BODY}</p>{markup}<p>{MORE}</p>"), HTML)
    assert found.text == f"{BODY}\n\n{MORE}"
    assert f"markup:{rule}" in {removal.rule for removal in found.removed}


@pytest.mark.parametrize("markup", "script style noscript template svg math iframe object textarea button select".split())
def test_what_is_never_text_is_gone_without_a_word(markup: str) -> None:
    found = only(page(f"<h1>Weir lowered</h1><p>{BODY}</p><{markup}>x1</{markup}>"), HTML)
    assert found.text == BODY
    assert found.removed == ()


@pytest.mark.parametrize(
    "wrap",
    [
        "<form id='aspnetForm'>{}</form>",
        "<div class='single-post has-comments'>{}</div>",
        "<div id='article-shareable'>{}</div>",
        "<main class='social'>{}</main>",
        "<article class='promo'>{}</article>",
    ],
)
def test_an_element_that_holds_the_page_is_the_page_whatever_it_is_called(wrap: str) -> None:
    assert only(page(wrap.format(f"<h1>Weir lowered</h1><p>{BODY}</p><p>{MORE}</p>")), HTML).text == f"{BODY}\n\n{MORE}"


def test_hostile_names_cannot_hide_furniture_for_ever() -> None:
    nested = "<div class=comment>" * 60 + f"<p>{BODY}</p>" + "</div>" * 60
    draft = html_draft(page(nested))
    assert draft.blocks == ()
    assert [removal.rule for removal in draft.removed] == ["markup:comments"]


def test_the_one_article_of_a_page_is_taken_and_the_rest_is_left() -> None:
    long = f"<p>{BODY}</p><p>{MORE}</p>"
    found = only(page(f"<div>Top bar words</div><article><h1>Weir lowered</h1>{long}</article><div>Bottom words</div>"), HTML)
    assert found.text == f"{BODY}\n\n{MORE}"


def test_several_articles_on_a_page_are_all_read() -> None:
    one, two = f"<article><h2>Weir</h2><p>{BODY} {BODY}</p></article>", f"<article><h2>Ropes</h2><p>{MORE} {MORE}</p></article>"
    draft = html_draft(page(f"<main>{one}{two}</main><p>outside</p>"))
    texts = [block.text for block in draft.blocks]
    assert texts == ["Weir", f"{BODY} {BODY}", "Ropes", f"{MORE} {MORE}"]


def test_the_facts_of_a_page_stand_in_its_head() -> None:
    head = """<title>Weir | Tide Weekly</title>
    <meta property="og:title" content="Weir lowered"><meta name="author" content="Ida Holm and Tor Lund">
    <meta property="article:published_time" content="2026-11-17T14:30:00+01:00"><meta property="article:section" content="Local">
    <meta property="article:tag" content="Water"><meta property="article:tag" content="Mills">
    <link rel="canonical" href="https://tide.example/weir">"""
    found = only(page(f"<h1>Another headline</h1><p>{BODY}</p>", head).replace("<html>", '<html lang="en-GB">'), HTML)
    assert (found.title, found.url, found.section, found.language) == ("Weir lowered", "https://tide.example/weir", "Local", "en")
    assert (found.authors, found.tags) == (("Ida Holm", "Tor Lund"), ("Water", "Mills"))
    assert str(found.published) == "2026-11-17 14:30:00+01:00"


def test_a_profile_address_is_no_author() -> None:
    assert only(page(f"<p>{BODY}</p>", "<meta property='article:author' content='https://tide.example/ida'>"), HTML).authors == ()


def test_a_hostile_canonical_address_is_no_address() -> None:
    head = "<link rel=canonical href='javascript:alert(1)'><meta property='og:url' content='data:x'>"
    assert only(page(f"<h1>Weir</h1><p>{BODY}</p>", head), HTML).url == ""


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        (f"<title>Weir lowered | Tide Weekly</title><p>{BODY}</p>", "Weir lowered"),
        (f"<title>Weir lowered - in part - Tide Weekly</title><p>{BODY}</p>", "Weir lowered - in part"),
        (f"<title>Weir lowered</title><p>{BODY}</p>", "Weir lowered"),
        (f"<title>Tide Weekly</title><h1>Weir lowered</h1><p>{BODY}</p>", "Weir lowered"),
        (f"<title>Tide Weekly</title><h2>Weir lowered</h2><p>{BODY}</p>", "Weir lowered"),
        (f"<title>Tide Weekly</title><p><b>Weir lowered</b></p><p>{BODY}</p>", "Weir lowered"),
        (f"<meta name='twitter:title' content='Weir lowered'><h1>Other</h1><p>{BODY}</p>", "Weir lowered"),
    ],
)
def test_the_title_is_the_best_that_a_page_offers(markup: str, title: str) -> None:
    assert only(markup, HTML).title == title


def test_the_time_of_a_page_is_its_date() -> None:
    assert str(only(f"<time datetime='2026-11-17T09:00Z'>today</time><p>{BODY}</p>", HTML).published) == "2026-11-17 09:00:00+00:00"


def test_lists_tables_and_breaks_are_blocks_of_their_own() -> None:
    markup = (
        f"<h1>Weir</h1><p>{BODY}</p><ul><li>One point that is rather longer than a tag.</li><li>Another point of the same length.</li></ul>"
        f"<table><tr><td>Left cell.</td><td>Right cell.</td></tr></table><p>Line one.<br>Line two.</p>"
        f"<pre>kept\n  together.</pre><p>{MORE}</p>"
    )
    texts = only(markup, HTML).text.split("\n\n")
    assert texts[1:-1] == [
        "One point that is rather longer than a tag.",
        "Another point of the same length.",
        "Left cell.",
        "Right cell.",
        "Line one.",
        "Line two.",
        "kept together.",
    ]


def test_inline_markup_does_not_break_a_sentence() -> None:
    markup = "<p>The <b>weir</b> at <a href='https://tide.example/s'>Salt<i>reach</i></a> was lowered on Monday.</p>"
    assert only(markup, HTML, hints=Hints(title="Weir")).text == "The weir at Saltreach was lowered on Monday."


def test_a_bold_line_is_a_heading_and_a_bold_sentence_is_not() -> None:
    draft = html_draft(f"<p><strong>What farmers say</strong></p><p><b>{BODY}</b></p><p><b>Half</b> bold line</p>")
    assert [(block.form.value, block.level) for block in draft.blocks] == [("heading", 6), ("text", 0), ("text", 0)]


def test_the_link_of_a_heading_is_made_whole_and_a_hostile_one_is_dropped() -> None:
    head = "<link rel=canonical href='https://tide.example/week/'>"
    links = ["a.html", "/b", "https://other.example/c", "javascript:alert(1)", "http://[broken", ""]
    draft = html_draft(page("".join(f"<h2><a href='{link}'>Heading</a></h2><p>{BODY}</p>" for link in links), head))
    assert [block.url for block in draft.blocks if block.level == 2] == [
        "https://tide.example/week/a.html",
        "https://tide.example/b",
        "https://other.example/c",
        "",
        "",
        "https://tide.example/week/",
    ]


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{BODY}<p>{MORE}",
        f"<div><p>{BODY}</div></p></span><b><p>{MORE}</b>",
        f"<!-- {'x' * 50} --><p>{BODY}</p><!-- --!><p>{MORE}</p>",
        f"<?xml version='1.0'?><p>{BODY}</p>\n<p>{MORE}</p></html></html>",
        f"<p>{BODY}</p>&nbsp;&#0;&#x110000;<p>{MORE}</p><img src='",
    ],
)
def test_broken_markup_gives_its_words(markup: str) -> None:
    text = only(markup, HTML, hints=Hints(title="Weir")).text
    assert BODY in text
    assert MORE in text


@pytest.mark.parametrize("tag", ["div", "b", "span class=comment", "blockquote", "table><tr><td", "p", "li", "a href=x", "form", "font"])
def test_fifty_thousand_nested_tags_take_a_moment(tag: str) -> None:
    markup = f"<h1>Weir</h1><p>{BODY}</p>" + f"<{tag}>" * 50_000 + "deep" + f"<p>{MORE}</p>"
    began = time.process_time()
    html_draft(markup)
    assert time.process_time() - began < 3


def test_what_stands_behind_tags_nested_too_deep_is_read_as_it_would_be_without_them() -> None:
    deep = "<div>" * 5000 + f"<p>{BODY}</p><script>x1</script>" + "</div>" * 5000
    texts = [(block.form.value, block.text) for block in html_draft(f"<h1>Weir</h1>{deep}<h2>Next</h2><p>{MORE}</p>").blocks]
    assert texts == [("heading", "Weir"), ("text", BODY), ("heading", "Next"), ("text", MORE)]


def test_an_empty_page_holds_nothing() -> None:
    assert html_draft("").blocks == ()
    assert html_draft("<!-- -->").blocks == ()
