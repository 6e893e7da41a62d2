"""Which addresses may be links, and which two are one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.urls import canonical, safe

REFUSED = [
    None,
    "",
    "   ",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<b>x</b>",
    "vbscript:x",
    "file:///etc/hosts",
    "ms-word:ofe|u|https://tide.example",
    "ftp://tide.example/",
    "mailto:desk@tide.example",
    "//tide.example/a",
    "/a/b",
    "https:",
    "https://",
    "https:///path",
    "https://user:secret@tide.example/",
    "https://tide.example@evil.example/",
    "https://tide.example\\@evil.example/",
    "https://tide.example:port/",
    "https://tide.example:99999/",
    "https://[::1/",
    "https://ti de.example/",
    "https://ti<de.example/",
    "https://tide\u202e.example/",
    "https://ti\u00adde.example/",
    "https://１２７.0.0.1/",
    "https://tide。example/",
    "https://tide\ufe0f.example/",
    "https://tide.example/" + "a" * 2000,
    "https://tide.example/" + " a" * 900,
]


@pytest.mark.parametrize("url", REFUSED)
def test_safe_refuses_what_is_no_plain_web_address(url: str | None) -> None:
    assert safe(url) == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://tide.example/a?b=c#d", "https://tide.example/a?b=c#d"),
        ("  http://tide.example ", "http://tide.example"),
        ("HTTPS://Tide.example/A", "https://Tide.example/A"),
        ("https://tide.example/a b\"c'<d>", "https://tide.example/a%20b%22c'%3Cd%3E"),
        ("https://tide.example/a\u202eb", "https://tide.example/a%E2%80%AEb"),
        ("https://tide.example/\ud800", "https://tide.example/%3F"),
        ("https://tide.example/ä?q=河", "https://tide.example/ä?q=河"),
        ("https://[::1]:8080/", "https://[::1]:8080/"),
    ],
)
def test_safe_keeps_web_addresses_and_encodes_what_could_break_out(url: str, expected: str) -> None:
    assert safe(url) == expected


PAGE = "tide.example/2026/weir"


@pytest.mark.parametrize(
    "url",
    [
        "https://tide.example/2026/weir",
        "http://tide.example/2026/weir/",
        "https://www.tide.example/2026/weir",
        "https://m.tide.example/2026/weir",
        "https://www.m.tide.example/2026/weir",
        "https://TIDE.example:443/2026/weir",
        "https://amp.tide.example/2026/weir",
        "https://tide.example/2026/weir/amp",
        "https://tide.example/2026/weir/amp/",
        "https://tide.example/2026/weir/amp.html",
        "https://tide.example/2026/weir.amp",
        "https://tide.example/2026/weir?amp=1",
        "https://tide.example/2026/weir?utm_source=x&utm_medium=y&fbclid=z&gclid=1",
        "https://tide.example/2026/weir?ref=home#comments",
    ],
)
def test_canonical_gives_one_page_one_spelling(url: str) -> None:
    assert canonical(url) == PAGE


def test_canonical_keeps_apart_what_differs() -> None:
    urls = [f"https://tide.example/{tail}" for tail in ("a", "A", "a?id=1", "a?id=2", "amp-story", "b")]
    urls += ["https://tide.example:8443/a", "https://m.example/a", "https://other.example/a"]
    assert len({canonical(url) for url in urls}) == len(urls)


def test_canonical_puts_what_is_asked_into_order() -> None:
    assert canonical("https://tide.example/a?b=2&a=1") == canonical("https://tide.example/a?a=1&b=2") == "tide.example/a?a=1&b=2"


def test_canonical_of_a_refused_address_is_nothing() -> None:
    assert canonical("javascript:alert(1)") == ""


URLS = st.builds(
    lambda host, path, query: f"https://{host}/{path}?{query}",
    st.sampled_from(["tide.example", "www.m.tide.example", "[::1]", "tide.example:81", "xn--tde-zma.example", "www.com"]),
    st.text(alphabet=st.sampled_from("ab/.%2F amp河\ud800{}"), max_size=20),
    st.text(alphabet=st.sampled_from("ab=&;utm_%20+河"), max_size=20),
)


@given(URLS | st.text(max_size=40).map(lambda tail: "https://tide.example/" + tail) | st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_safe_and_canonical_are_settled_after_once_and_always_encodable(url: str) -> None:
    once = safe(url)
    once.encode("utf-8")
    assert safe(once) == once
    name = canonical(url)
    assert canonical("https://" + name) == name or not name


@given(st.sampled_from(["/amp", "/", ".amp", "/amp.html", "//", "/amp/"]).flatmap(lambda end: st.lists(st.just(end), max_size=4)))
@settings(max_examples=30, deadline=None)
def test_canonical_takes_off_any_number_of_amp_endings(ends: list[str]) -> None:
    assert canonical("https://tide.example/a" + "".join(ends)) == "tide.example/a"
