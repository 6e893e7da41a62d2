"""What only mail has: preheaders, pixels, counters, and links about the mail itself."""

from __future__ import annotations

import pytest

from digest.clean import clean
from digest.clean.html import html_draft
from digest.clean.letter import has_size, is_service, is_shut, is_tiny, plain_letter
from digest.model import Article, Document, Hints
from digest.settings import CleanTable
from digest.urls import direct
from tests.conftest import NOW, ZONE

WEIR = "The weir at Tamsin Lock was lowered on Monday after three days of rain, the harbour office said."


def blocks(markup: str) -> list[str]:
    return [block.text for block in html_draft(markup, mail=True).blocks]


def removed(markup: str) -> list[tuple[str, str]]:
    return [(one.rule, one.text) for one in html_draft(markup, mail=True).removed]


def read(text: str, media: str = "text/html") -> list[Article]:
    document = Document("Letters", "INBOX;UID=7", media, text.encode(), NOW, "utf-8", Hints(title="Weir"), mail=True)
    return list(clean(document, CleanTable(), NOW, ZONE).articles)


@pytest.mark.parametrize(
    ("words", "target", "expected"),
    [
        ("Unsubscribe", "#", True),
        ("Click here to unsubscribe", "#", True),
        ("unsubscribe from all our letters", "#", True),
        ("Manage your email preferences", "#", True),
        ("Update preferences »", "#", True),
        ("View this email in your browser", "#", True),
        ("Read online", "#", True),
        ("Web version", "#", True),
        ("Newsletter abbestellen", "#", True),
        ("Im Browser ansehen", "#", True),
        ("Se désabonner", "#", True),
        ("退订", "#", True),
        ("here", "https://tide.example/unsubscribe?u=1", True),
        ("here", "https://tide.example/unsubscribe.php?u=1", True),
        ("here", "https://tide.example/mail?action=opt-out", True),
        ("here", "https://t.example/c?url=https%3A%2F%2Ftide.example%2Funsubscribe%2F1", True),
        ("here", "https://t.example/c?url=https%253A%252F%252Ftide.example%252Fview-in-browser%252F1", True),
        ("", "https://tide.example/email-preferences", True),
        ("How to unsubscribe from a gym, and why it is hard", "https://tide.example/how-to-unsubscribe-from-a-gym", False),
        ("Read more", "https://tide.example/weir", False),
        ("Voters' preferences are shifting", "https://tide.example/preferences-of-voters", False),
        ("x" * 100, "https://tide.example/unsubscribe", False),
        ("here", "https://[", False),
        ("", "", False),
    ],
)
def test_links_that_serve_the_sending_are_known(words: str, target: str, expected: bool) -> None:
    assert is_service(words, target) is expected


@pytest.mark.parametrize(
    ("style", "shut", "tiny", "size"),
    [
        ("max-height:0", True, False, False),
        ("color:red; MAX-HEIGHT: 0px !important;", True, False, False),
        ("opacity:0", True, False, False),
        ("max-height:0.5em", False, False, False),
        ("max-height:600px", False, False, False),
        ("font-size:0", False, True, False),
        ("font-size: 1px; color:#fff", False, True, False),
        ("font-size:13px", False, False, True),
        ("font: bold 12px serif", False, False, True),
        ("", False, False, False),
    ],
)
def test_styles_that_hide_are_known(style: str, shut: bool, tiny: bool, size: bool) -> None:
    assert (is_shut(style), is_tiny(style), has_size(style)) == (shut, tiny, size)


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">Not to be seen</div>',
        '<div style="max-height:0;overflow:hidden">Not to be seen</div>',
        '<span style="font-size:0px;line-height:0">Not to be seen</span>',
        '<div style="font-size:1px;color:#fff">Not <b>to be</b> seen</div>',
        '<div style="opacity:0"><div style="font-size:12px">Not to be seen</div></div>',
        '<img src="https://t.example/open.gif" width="1" height="1" alt="Not to be seen">',
    ],
)
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    assert blocks(f"<body>{hidden}<p>{WEIR}</p></body>") == [WEIR]


def test_what_was_hidden_is_on_record() -> None:
    assert removed(f'<div style="max-height:0">Three stories inside</div><p>{WEIR}') == [("markup:preheader", "Three stories inside")]


@pytest.mark.parametrize("inner", ['<div style="font-size:14px">{}</div>', '<font size="3">{}</font>'])
def test_a_layout_of_tiny_letters_keeps_what_has_a_size(inner: str) -> None:
    markup = f'<body style="font-size:0"><table><td style="font-size:0px"><div style="font-size:0">{inner.format(WEIR)}</div></td></table>'
    assert blocks(markup) == [WEIR]


def test_tables_of_a_layout_are_read_in_order_and_headings_kept() -> None:
    rows = "".join(f"<tr><td><h2>Head {n}</h2></td><td><table><tr><td><p>Text {n}. {WEIR}</p></td></tr></table></td></tr>" for n in (1, 2))
    assert [text[:7] for text in blocks(f"<table>{rows}</table>")] == ["Head 1", "Text 1.", "Head 2", "Text 2."]


def test_lines_about_the_mail_go_with_their_links() -> None:
    markup = (
        '<p><a href="https://v.example/1">View in browser</a></p>'
        f"<h2>Weir lowered</h2><p>{WEIR}</p>"
        '<p>You asked for this letter. <a href="https://t.example/?url=https%3A%2F%2Ftide.example%2Funsubscribe">Stop it</a>'
        ' or <a href="https://tide.example/p">manage preferences</a></p>'
    )
    assert blocks(markup) == ["Weir lowered", WEIR]


def test_a_story_beside_such_a_link_stays() -> None:
    markup = '<p><b>Weir lowered</b> <a href="https://v.example/1">Read online</a></p>'
    assert blocks(markup) == ["Weir lowered"]
    markup = '<p><a href="https://tide.example/weir">Weir lowered</a> <a href="https://tide.example/unsubscribe">Stop</a></p>'
    assert blocks(markup) == ["Weir lowered"]
    markup = f'<p>{WEIR} {WEIR} {WEIR} <a href="https://tide.example/unsubscribe">Stop</a></p>'
    assert blocks(markup) == [f"{WEIR} {WEIR} {WEIR}"]
    assert blocks(f'Weir <a href="/unsubscribe">Stop</a> {WEIR}') == [f"Weir {WEIR}"]


def test_a_page_that_is_no_mail_keeps_its_links() -> None:
    draft = html_draft(f'<h2><a href="https://a.example/?url=https://b.example/x">Weir</a></h2><p>{WEIR} <a href="#">Read online</a></p>')
    assert [(block.text, block.url) for block in draft.blocks] == [
        ("Weir", "https://a.example/?url=https://b.example/x"),
        (f"{WEIR} Read online", ""),
    ]


def test_a_heading_leads_to_its_page_and_to_no_counter() -> None:
    draft = html_draft(
        '<h2><a href="https://t.example/c?id=1&url=https%3A%2F%2Ftide.example%2Fweir%3Fa%3D1">Weir</a></h2><p>x</p>', mail=True
    )
    assert draft.blocks[0].url == "https://tide.example/weir?a=1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://t.example/c?url=https%3A%2F%2Ftide.example%2Fweir", "https://tide.example/weir"),
        ("https://t.example/c?u=https://tide.example/weir&x=1", "https://tide.example/weir"),
        ("https://t.example/c?id=7&REDIRECT_TO=http%3A%2F%2Ftide.example", "http://tide.example"),
        ("https://t.example/c?target=https%253A%252F%252Ftide.example%252Fweir", "https://tide.example/weir"),
        ("https://a.example/?u=https%3A%2F%2Fb.example%2F%3Fu%3Dhttps%253A%252F%252Ftide.example", "https://tide.example"),
        ("https://t.example/L0/https:%2F%2Ftide.example%2Fweir/1/0100", "https://tide.example/weir"),
        ("https://t.example/c?url=javascript%3Aalert(1)", "https://t.example/c?url=javascript%3Aalert(1)"),
        ("https://t.example/c?url=https%3A%2F%2Fa%40b.example", "https://t.example/c?url=https%3A%2F%2Fa%40b.example"),
        ("https://t.example/c?url=%2Fweir", "https://t.example/c?url=%2Fweir"),
        ("https://tide.example/weir?page=2", "https://tide.example/weir?page=2"),
        ("https://t.example/?" + "a=1&" * 60 + "u=https://b.example", "https://t.example/?" + "a=1&" * 60 + "u=https://b.example"),
        ("https://[", "https://["),
        ("", ""),
    ],
)
def test_a_redirector_is_undone_where_it_names_its_target(url: str, expected: str) -> None:
    assert direct(url) == expected


def test_a_redirector_in_itself_is_undone_only_so_far() -> None:
    loop = "https://a.example/?u=https://a.example/?u=" + "https://a.example/?u=" * 20
    assert direct(loop).startswith("https://a.example/?u=")


def test_a_plain_letter_loses_its_service_lines_and_its_counters() -> None:
    text = (
        "View in browser: https://v.example/1\n\nWeir lowered\nhttps://t.example/c?u=https%3A%2F%2Ftide.example%2Fweir\n\n"
        "Unsubscribe <https://tide.example/u/1>\nhttps://tide.example/unsubscribe?u=1\nRead on (https://tide.example/a) or stop here\n"
    )
    assert plain_letter(text) == "\nWeir lowered\nhttps://tide.example/weir\n\nRead on (https://tide.example/a) or stop here\n"


def test_no_service_link_and_no_counter_reaches_an_article() -> None:
    for text, media in (
        (f'<h2>Weir lowered</h2><p>{WEIR}</p><p><a href="https://x.example/unsubscribe">Unsubscribe</a></p>', "text/html"),
        (f"{WEIR}\n\nUnsubscribe: https://x.example/unsubscribe\n", "text/plain"),
    ):
        (found,) = read(text, media)
        assert found.text.endswith(WEIR)
        assert "nsubscribe" not in f"{found.text} {found.url}"
