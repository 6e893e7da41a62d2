"""A story that ran in an earlier issue: what is new, or nothing."""

from __future__ import annotations

from digest.model import Past, Quote
from digest.notes.earlier import updated
from tests.made import FERRY, article, story
from tests.notes.test_adds import NEW

PAST = Past("2026-W46", (article("p1", title="Ferry runs aground"),))


def test_what_was_not_told_then_is_quoted() -> None:
    found = updated(story(article("a1", f"{FERRY} {NEW}")), PAST)
    assert found is not None
    note = found.notes[0]
    assert (note.kind, note.issue, note.line) == ("earlier", "2026-W46", "Update of 2026-W46: Ferry runs aground")
    assert [quote.text for quote in note.quotes] == [NEW]
    assert note.sources == ("Harbour Post",)
    assert found.reasons[-1] == "update: ran in 2026-W46"


def test_nothing_new_is_no_update() -> None:
    assert updated(story(article("a1")), PAST) is None
    assert updated(story(article("a1"), article("a2", source="Tide Weekly")), PAST) is None


def test_another_report_may_bring_what_is_new() -> None:
    found = updated(story(article("a1"), article("a2", NEW, source="Tide Weekly")), PAST)
    assert found is not None
    assert found.notes[0].sources == ("Tide Weekly",)


def test_what_the_summary_shows_is_not_quoted_again() -> None:
    lead = article("a1", NEW)
    found = updated(story(lead), PAST, (Quote.of(lead, 0, len(NEW)),))
    assert found is not None
    assert found.notes[0].quotes == ()
    assert found.notes[0].sources == ("Harbour Post",)
