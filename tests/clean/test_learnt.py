"""What recurs over an outlet's documents is furniture; what copies share is not."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.clean import Cleaned, finished, furniture_of, opened, taught
from digest.clean.learnt import KEPT, REMEMBERED, Counts, learnt
from digest.model import Document, Hints
from digest.settings import CleanTable
from tests.conftest import NOW, ZONE

FOOT = "The Saltreach Courier is printed on the old press in Mill Lane since 1881."
NOUNS = "weir ferry tram heron bell lock bridge market school orchard harbour quarry".split()


def report(noun: str, foot: str = FOOT) -> str:
    lines = [
        f"The {noun} of Saltreach was inspected on day {day} by {day + 2} people who wrote down what {noun} number {day} needed."
        for day in range(4)
    ]
    return (
        f"About the {noun}\n\n"
        + "\n\n".join(f"{line} Nobody but the {noun} keeper of year {at} knew." for at, line in enumerate(lines))
        + f"\n\n{foot}"
    )


def documents(texts: Sequence[str], outlet: str = "Courier") -> list[Document]:
    return [
        Document("inbox", f"{at}.txt", "text/plain", text.encode(), NOW, "utf-8", Hints(outlet=outlet)) for at, text in enumerate(texts)
    ]


def run(found: Sequence[Document], state: dict[str, object] | None = None) -> tuple[list[Cleaned], dict[str, object]]:
    read = [opened(one) for one in found]
    lessons = taught(state or {}, read)
    return [finished(one, CleanTable(), NOW, ZONE, furniture_of(lessons, one.outlet)) for one in read], lessons


def test_a_sentence_of_every_document_goes_and_is_on_record() -> None:
    cleaned, _ = run(documents([report(noun) for noun in NOUNS[:4]]))
    for one in cleaned:
        (article,) = one.articles
        assert FOOT not in article.text
        assert ("learnt", FOOT) in [(removal.rule, removal.text) for removal in article.removed]


def test_two_documents_teach_nothing_and_neither_does_another_outlet() -> None:
    cleaned, _ = run(documents([report(noun) for noun in NOUNS[:2]]) + documents([report(noun) for noun in NOUNS[2:4]], "Herald"))
    assert all(FOOT in one.articles[0].text for one in cleaned)


def test_it_is_learnt_over_the_weeks() -> None:
    _, state = run(documents([report(noun) for noun in NOUNS[:2]]))
    (later,), _ = run(documents([report(NOUNS[5])]), json.loads(json.dumps(state)))
    assert FOOT not in later.articles[0].text


def test_the_same_documents_again_teach_nothing_new() -> None:
    found = documents([report(noun) for noun in NOUNS[:2]])
    _, once = run(found)
    _, twice = run(found, once)
    assert once == twice


def test_the_order_of_the_files_does_not_matter() -> None:
    found = documents([report(noun) for noun in NOUNS])
    shuffled = found[5:] + found[:5][::-1]
    assert run(found)[1] == run(shuffled)[1]
    texts = {one.articles[0].document: one.articles[0].text for one in run(shuffled)[0]}
    assert texts == {one.articles[0].document: one.articles[0].text for one in run(found)[0]}


def test_copies_of_one_text_lose_nothing_and_teach_nothing() -> None:
    text = report("weir", "")
    cleaned, _ = run(documents([text, text + "\n\nMore to follow.", text.replace("day 1", "day one"), report("tram", "")]))
    assert all(len(one.articles[0].text.split()) > 60 for one in cleaned)
    assert not any(removal.rule == "learnt" for one in cleaned for removal in one.articles[0].removed)


def test_labels_headings_bylines_and_dates_are_never_learnt() -> None:
    texts = [f"In brief\n\nBy Ida Holm\n\n17 November 2026\n\n{report(noun, '')}" for noun in NOUNS[:5]]
    cleaned, _ = run(documents(texts))
    assert all(one.articles[0].authors == ("Ida Holm",) for one in cleaned)
    assert not any(removal.rule == "learnt" for one in cleaned for removal in one.articles[0].removed)


def test_what_is_kept_has_a_limit() -> None:
    counts = Counts()
    for week in range(12):
        read = [opened(one) for one in documents([report(f"n{week}x{number}") for number in range(60)])]
        counts = learnt(counts, [(one.fingerprint, one.draft) for one in read])
    assert counts.documents <= REMEMBERED
    assert len(counts.lines) <= KEPT
    assert len(counts.seen) <= 4 * REMEMBERED


@settings(deadline=None)  # the language model loads once
@given(st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=120), max_size=8))
def test_any_documents_are_cleaned_with_what_they_teach(texts: list[str]) -> None:
    read = [opened(one) for one in documents([f"About it\n\nThe board met: {text} and more words." for text in texts])]
    lessons = taught({}, read)
    assert json.loads(json.dumps(lessons)) == lessons
    for one in read:
        assert finished(one, CleanTable(), NOW, ZONE, furniture_of(lessons, one.outlet)).articles
