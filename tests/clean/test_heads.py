"""What stands above a story: kicker, title, byline, stamp, an item's number."""

from __future__ import annotations

import pytest

from tests.clean.made import HTML, articles, only

BODY = "The lock keeper opened the upper gate at six and let the first four barges through before the mist had lifted."


@pytest.mark.parametrize(
    "stamp",
    [
        "Published 18 November 2026, 15:30",
        "Updated 10.45am, 17 November 2026",
        "Publié le 18 novembre 2026 à 18h20",
        "Aktualisiert am 18. November 2026",
    ],
)
def test_kicker_and_stamp_leave_the_text_and_stay_on_record(stamp: str) -> None:
    found = only(f"<article><p>World</p><h1>Lock opens early</h1><p>{stamp}</p><p>{BODY}</p></article>", HTML)
    assert (found.title, found.text, found.section) == ("Lock opens early", BODY, "World")
    assert [removal.text for removal in found.removed if removal.rule == "stamp"] == ["World", stamp]


@pytest.mark.parametrize("opening", ["Published poets met in Varnholt.", "Updated rules apply from Monday."])
def test_a_sentence_that_begins_like_a_stamp_stays(opening: str) -> None:
    assert only(f"<article><h1>Lock opens early</h1><p>{opening}</p><p>{BODY}</p></article>", HTML).text.startswith(opening)


def test_items_of_a_round_up_lose_their_numbers_and_years_do_not() -> None:
    themes = (("1. Locks", "gate barge mist tow"), ("2) Barges", "winch chain hull oar"), ("1926 remembered", "year war flood crowd"))
    items = "".join(f"<h2>{title}</h2><p>{_seen(theme)}</p>" for title, theme in themes)
    assert [found.title for found in articles(items, HTML, uri="mail.eml")] == ["Locks", "Barges", "1926 remembered"]


def _seen(theme: str) -> str:
    return " ".join(f"The {word} was seen again at the {number}th lock." for number in range(3, 7) for word in theme.split())
