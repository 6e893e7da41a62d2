"""Edited copies are found; two texts from one template, and follow-ups that quote background, are not."""

from __future__ import annotations

from itertools import combinations

import pytest

from digest.group.near import NearEngine, candidates
from digest.group.tokens import tokens
from digest.model import Article, Link, LinkKind
from digest.text import sentences
from tests.group.made import FERRY_RIVAL, GULLWING, HARBOUR, TARNMILL, grouped, joined, linked
from tests.made import FERRY, WEIR, article

PARTS = [HARBOUR[start:end] for start, end in sentences(HARBOUR)]
EDITS = {
    "trimmed at its end": " ".join(PARTS[:5]),
    "trimmed at its head": " ".join(PARTS[3:]),
    "one sentence out of two": " ".join(PARTS[::2]),
    "other words": HARBOUR.replace("voted", "decided")
    .replace("threatened", "warned that they meant")
    .replace("fear for", "worry about")
    .replace("Chairwoman", "Its head"),
    "a paragraph put in": " ".join(PARTS[:4])
    + "\n\nOur reporter was in the hall. The mood was calm, and coffee was served to all who had come.\n\n"
    + " ".join(PARTS[4:]),
    "a dateline before it": "PORT ELLERY (Northwire) — " + HARBOUR,
    "a note behind it": HARBOUR + " This report first stood in the morning edition. Write to our newsroom with hints and corrections.",
}


def near(*articles: Article) -> list[Link]:
    return linked(NearEngine(), *articles)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_copy_is_linked_whatever_its_headline(edit: str) -> None:
    (link,) = near(article("a1", HARBOUR, title="Port Ellery to dredge its basin"), article("a2", edit, title="Night work on the quays"))
    assert (link.left, link.right, link.kind, link.engine) == ("a1", "a2", LinkKind.COPY, "near")
    assert 0.45 <= link.score <= 1


def test_the_link_says_what_it_rests_on() -> None:
    (link,) = near(
        article("a1", HARBOUR, title="Basin to be dredged"), article("a2", EDITS["trimmed at its end"], title="Basin to be dredged")
    )
    assert dict(link.signals) == {"contained": 1.0, "in order": 1.0, "names and figures": 1.0}
    assert [name for name, _ in link.signals] == sorted(dict(link.signals))


NOT_COPIES = {
    "quarterly results of two firms in one template": (GULLWING, TARNMILL),
    "rival reports of one event": (FERRY, FERRY_RIVAL),
    "two events": (FERRY, WEIR),
    "a follow-up that quotes the background": (
        HARBOUR,
        "The dredgers never came. On Tuesday the shipyard at Corran told the harbour office that both vessels had been chartered to a "
        "wind farm in the north until April. Shipyard director Emil Tarn spoke of a misunderstanding and offered two barges with cranes "
        "at the same price. Skippers who had waited on the quay since dawn went home. The mayor has called all sides to a meeting in the "
        "town hall on Friday morning and wants to hear from the county as well. " + PARTS[2],
    ),
    "too few words to tell": ("The ferry will not sail today.", "The ferry will not sail today."),
    "nothing at all": ("", ""),
}


@pytest.mark.parametrize(("left", "right"), NOT_COPIES.values(), ids=NOT_COPIES)
def test_what_is_no_copy_is_not_linked(left: str, right: str) -> None:
    assert not any(link.score for link in near(article("a1", left, title="One"), article("a2", right, title="Two")))


def test_titles_that_count_differently_veto_a_copy() -> None:
    assert (
        near(article("a1", HARBOUR, title="Council adopts 12th package"), article("a2", HARBOUR, title="Council adopts 13th package")) == []
    )


def test_sentences_in_another_order_are_a_copy_words_in_another_order_are_none() -> None:
    (link,) = near(article("a1", HARBOUR), article("a2", " ".join(reversed(PARTS))))
    assert dict(link.signals)["in order"] < 0.5
    assert near(article("a1", HARBOUR), article("a2", " ".join(reversed(HARBOUR.split())))) == []


def test_two_texts_of_one_template_are_vetoed() -> None:
    (link,) = near(article("a1", GULLWING), article("a2", TARNMILL))
    assert link.score == 0
    assert joined(article("a1", GULLWING, title="Firm lifts forecast"), article("a2", TARNMILL, title="Firm lifts forecast")) == []


def test_a_text_of_many_papers_is_one_text_however_many_they_are() -> None:
    papers = [article(f"a{number:03}", f"{HARBOUR} Paper {number}, page {number}.") for number in range(150)]
    (found,) = grouped(papers)
    assert len(found.copies) == 149


def test_short_reports_with_one_footer_are_not_copies() -> None:
    footer = "Write to our newsroom with hints and corrections, or call the number on the last page of the printed edition at any hour."
    assert (
        near(
            *(
                article(f"a{number:02}", f"{' '.join(f'{word}{number}' for word in 'rain fell on the roof'.split())}. {footer}")
                for number in range(31)
            )
        )
        == []
    )


def test_many_shingles_are_met_in_portions_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article(f"a{number}", text) for number, text in enumerate((HARBOUR, *EDITS.values(), FERRY, WEIR, GULLWING))]
    whole = near(*articles)
    monkeypatch.setattr("digest.group.near.PORTION", 10)
    assert near(*articles) == whole


def test_pairs_that_meet_are_those_of_a_comparison_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.group.near.PROPOSED", 0.3)
    texts = tokens(article(f"a{number}", text) for number, text in enumerate((HARBOUR, *EDITS.values(), FERRY, FERRY_RIVAL, WEIR)))
    sets = [set(texts.shingles.row(at).tolist()) for at in range(len(texts))]
    expected = {
        (one, two): len(sets[one] & sets[two]) / min(len(sets[one]), len(sets[two])) for one, two in combinations(range(len(sets)), 2)
    }
    left, right, contained = candidates(texts)
    found = {(int(one), int(two)): float(share) for one, two, share in zip(left, right, contained, strict=True)}
    assert found == pytest.approx({pair: share for pair, share in expected.items() if share >= 0.3})
