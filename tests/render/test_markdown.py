"""Markdown both ways: what goes in as text comes out as that text, and nothing the editor writes can run."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from digest.markdown import escape, harmless, link_target, to_html, to_text
from digest.text import one_line

PARSERS = (MarkdownIt("commonmark"), MarkdownIt("js-default"))
MARKS = st.text(st.sampled_from("\\`*_[]<>|~#!$^{}:@&-+=1.) aw\té中ا\n\u202e'\"/;(x"), max_size=24)


@given(MARKS | st.text(max_size=40))
@example("1. not a list")
@example("C# and F #")
@example("&amp; &copy; AT&T")
@example("http://a.example www.b.example c@d.example")
@example("snake_case _edge_ __init__")
@example("***")
@example("| a | b |")
@example("$x$ and $5")
@example("- item")
def test_text_survives_wherever_it_is_put(text: str) -> None:
    expected = one_line(text)
    written = escape(text)
    assert "\n" not in written
    for parser in PARSERS:
        for shape, tag in ((f"{written}", "p"), (f"### {written}", "h3"), (f"- {written}", "li"), (f"[{written}](https://a.example)", "a")):
            page = HTMLParser(parser.render(shape))
            found = page.css_first(tag)
            assert one_line(found.text() if found else "") == expected, shape
            assert {node.tag for node in page.css("body *")} <= {"p", "h3", "ul", "li", "a"}, shape


def test_what_the_light_set_would_lose_is_escaped_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.markdown._ALWAYS", re.compile("(?!)"))
    escape.cache_clear()
    assert escape("a *b* `c` & d") == "a \\*b\\* \\`c\\` \\& d"
    escape.cache_clear()


def test_plain_words_stay_as_they_are() -> None:
    assert (
        escape("Tin rose 3.5 % (a record), said Ms. O’Neill – at last: yes!")
        == "Tin rose 3.5 % (a record), said Ms. O’Neill – at last: yes!"
    )
    assert escape("snake_case & R&D") == "snake_case & R&D"
    assert escape("1986. A year") == "1986\\. A year"
    assert escape("- x") == "\\- x"


@given(st.text(st.sampled_from("ab/?&=;()\\<> \"'%é中\x00\ud800#copy"), max_size=30))
def test_a_link_target_is_one_link(tail: str) -> None:
    target = link_target(f"https://a.example/{tail}")
    tokens = MarkdownIt("commonmark").parseInline(f"[x]({target}) after")[0].children or []
    assert [token.type for token in tokens] == ["link_open", "text", "link_close", "text"]
    assert str(tokens[0].attrGet("href")).startswith("https://a.example/")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "", "//a.example", "file:///etc/passwd", "smb://a/b"])
def test_no_other_scheme_is_a_target(url: str) -> None:
    assert link_target(url) == ""


def test_spaces_and_half_letters_are_percent_encoded() -> None:
    assert link_target("https://a.example/a b\u00a0c\ud800") == "https://a.example/a%20b%C2%A0c%3F"


def test_parentheses_are_wrapped_and_entities_kept_literal() -> None:
    assert link_target("https://a.example/x_(y)") == "<https://a.example/x_(y)>"
    assert link_target("https://a.example/?a=1&copy;=2") == "https://a.example/?a=1&amp;copy;=2"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](smb://a/b)",
        "![x](https://a.example/pixel.png)",
        '<a href="https://a.example" onclick="x()">y</a>',
        "[x](data:text/html;base64,AAAA)",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_the_editors_html_is_text_and_odd_links_lead_nowhere(source: str) -> None:
    page = HTMLParser(to_html(source))
    assert not page.css("script, img, [onclick], [onerror]")
    assert all(str(link.attributes["href"]).startswith(("http:", "https:", "mailto:")) for link in page.css("a[href]"))
    again = HTMLParser(PARSERS[1].render(harmless(source)))
    assert not again.css("script, img, a")


def test_the_editors_markdown_is_set() -> None:
    page = to_html("## Head\n\nA *word* and a [link](https://a.example).\n\n- one\n- two")
    assert "<h2>Head</h2>" in page
    assert "<em>word</em>" in page
    assert 'href="https://a.example"' in page
    assert page.count("<li>") == 2
    assert harmless("A *word* [mail](mailto:a@b.example)") == "A *word* [mail](mailto:a@b.example)"


def test_a_fence_that_is_never_closed_swallows_nothing() -> None:
    assert "\\`" in harmless("```\nx")
    assert harmless("```text\nx\n```") == "```text\nx\n```"


def test_plain_paragraphs_keep_words_and_addresses() -> None:
    assert to_text("A *word*\nand [link](https://a.example), [odd](javascript:x).\n\n    code\n\nEnd") == [
        "A word and link <https://a.example>, [odd](javascript:x).",
        "code",
        "End",
    ]
