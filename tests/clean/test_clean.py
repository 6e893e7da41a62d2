"""The steps together: what goes in is lost only on record, what comes out is clean."""

from __future__ import annotations

import unicodedata

import pytest

from digest.errors import DocumentError
from digest.model import Article, Document, Hints
from digest.settings import CleanTable
from tests.clean.made import HTML, MARKDOWN, PLAIN, articles, cleaned, only
from tests.conftest import NOW, ZONE

BODY = "The weir at Saltreach was lowered on Monday by a hand’s breadth, and nobody on the river is pleased with it."
MORE = "Farmers upstream had asked for twice as much, and millers downstream for nothing at all, said the board."


def assert_clean(article: Article) -> None:
    """Paragraphs of single-spaced, visible text, an empty line between two of them."""
    for paragraph in article.text.split("\n\n") if article.text else []:
        assert paragraph == " ".join(paragraph.split()) != ""
    assert not [character for character in article.text if unicodedata.category(character) in {"Cc", "Cs"} and character != "\n"]
    assert article.title == " ".join(article.title.split()) != ""


@pytest.mark.parametrize("media", [PLAIN, HTML, MARKDOWN])
def test_every_text_is_single_spaced_and_visible(media: str) -> None:
    mess = f"Weir\t lowered\r\n\r\n{BODY.replace(' ', '  ')}\x01\u202e\x1b[31m\r\n\r\n\r\n\u200b{MORE}\u2028\x85end\u00a0of it.\f"
    for article in articles(mess, media, hints=Hints(title="A\x07 \u202etitle")):
        assert_clean(article)
        assert "nobody on the river" in article.text


def test_text_is_composed() -> None:
    assert only("Cafe\u0301 by the weir, open again since Monday.", hints=Hints(title="C")).text.startswith("Café")


def test_lines_wrapped_at_a_column_are_joined() -> None:
    wrapped = (
        "The weir at Saltreach was lowered on Monday by a hand’s\n"
        "breadth before the autumn rain, and nobody on the river\n"
        "is pleased with it, least of all the three old millers.\n"
    )
    assert only(wrapped).text == " ".join(wrapped.split())


def test_short_lines_stay_apart() -> None:
    assert only("Weir lowered\nBy Ida Holm\n" + BODY).authors == ("Ida Holm",)


def test_markdown_is_read_as_its_reader_sees_it() -> None:
    points = "- One point that is rather long for a tag.\n- Another point, just as long."
    text = f"# Weir *lowered*\n\n{BODY}\n\n{points}\n\n<script>alert(1)</script>\n\n{MORE}"
    found = only(text, MARKDOWN)
    assert found.title == "Weir lowered"
    assert found.text.startswith(BODY)
    assert "One point that is rather long for a tag.\n\nAnother point" in found.text


def test_what_was_removed_is_on_record_with_its_rule() -> None:
    page = f"<h1>Weir lowered</h1><nav>Home Port</nav><p>{BODY}</p><p>Advertisement</p><p>We use cookies here.</p><p>{MORE}</p>"
    found = only(page, HTML)
    assert found.text == f"{BODY}\n\n{MORE}"
    assert [(removal.rule, removal.text) for removal in found.removed] == [
        ("markup:nav", "Home Port"),
        ("advert", "Advertisement"),
        ("consent", "We use cookies here."),
    ]


def test_every_word_is_in_an_article_or_on_record() -> None:
    page = f"<h1>Weir lowered</h1><p>{BODY}</p><p>Share this article</p><p>{{{{ slot }}}}</p><p>{MORE}</p><p>{BODY}</p>"
    found = only(page, HTML)
    kept = " ".join((found.title, found.text, *(removal.text for removal in found.removed)))
    assert set("Weir lowered Share this article {{ slot }}".split()) | set(BODY.split()) | set(MORE.split()) <= set(kept.split())


@pytest.mark.parametrize("text", ["Advertisement\n\nShare this article", "<p> </p>", " \n "])
def test_a_document_of_furniture_alone_is_named(text: str) -> None:
    with pytest.raises(DocumentError, match="holds no text once furniture is taken out") as caught:
        cleaned(text, HTML if "<" in text else PLAIN)
    assert caught.value.where == "note.txt"


def test_a_document_that_is_no_text_is_named() -> None:
    from digest.clean import clean  # noqa: PLC0415 - the helpers take text only

    with pytest.raises(DocumentError, match="binary") as caught:
        clean(Document("inbox", "a.txt", PLAIN, b"\x7fELF\0\0\0\1", NOW), CleanTable(), NOW, ZONE)
    assert caught.value.where == "a.txt"


def test_the_space_that_a_link_left_before_a_comma_is_closed() -> None:
    text = "Gauge read twice\n\nThe index fell in a single day , and rose again . The fee is .5 crowns ; nobody asked ... why."
    assert only(text).text == "The index fell in a single day, and rose again. The fee is .5 crowns ; nobody asked ... why."
