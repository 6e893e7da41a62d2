"""Languages and directions."""

from __future__ import annotations

import pytest

from digest.render.speech import direction, isolated, spoken, turned


@pytest.mark.parametrize(
    ("language", "around", "expected"),
    [
        ("de", "en", ' lang="de"'),
        ("ar", "en", ' lang="ar" dir="rtl"'),
        ("en", "ar", ' lang="en" dir="ltr"'),
        ("fa-IR", "ar", ' lang="fa-IR"'),
        ("EN", "en", ""),
        ("", "en", ""),
        ('de" onclick="x', "en", ""),
    ],
)
def test_what_differs_is_said(language: str, around: str, expected: str) -> None:
    assert spoken(language, around) == expected


def test_directions() -> None:
    assert [direction(language) for language in ("he", "ur-PK", "pa-Arab", "pa", "zh")] == ["rtl", "rtl", "rtl", "ltr", "ltr"]


def test_names_are_isolated_where_due() -> None:
    assert isolated("A & B", "en") == "A &amp; B"
    assert isolated("صوت <القرية>", "en") == "<bdi>صوت &lt;القرية&gt;</bdi>"
    assert isolated("صوت", "en", mail=True) == '<span dir="rtl">صوت</span>'
    assert isolated("Harbour Post", "ar", mail=True, alone=True) == "Harbour Post"
    assert isolated("Harbour Post (2)", "ar", mail=True, alone=True) == '<span dir="ltr">Harbour Post (2)</span>'
    assert (turned("Star صوت", "ar"), turned("صوت", "ar"), turned("12", "ar")) == (' dir="ltr"', "", "")
