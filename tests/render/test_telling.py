"""Who told a story, and what is quoted of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from digest.model import Article, Issue, Kind, Note, Quote, Relation, Story, Value
from digest.render import telling
from digest.words import Words, words_of

from . import made_up

ENGLISH = words_of(made_up.settings(Path()))
LEAD = made_up.article(1, "Harbour Post", "Lead", "One two three.")


def told(*members: tuple[str, Relation], notes: tuple[Note, ...] = ()) -> Story:
    """A story with a lead and these other outlets."""
    others = [(made_up.article(10 + at, outlet, f"T{at}", f"Text {at}."), relation) for at, (outlet, relation) in enumerate(members)]
    return made_up.story([(LEAD, Relation.LEAD), *others], "One two three.", notes)


def about(story: Story) -> Issue:
    """An issue that knows the articles of a story."""
    return replace(made_up.empty(), articles={member.article.id: member.article for member in story.members})


def shown(pieces: list[telling.Piece]) -> list[tuple[str, str | None]]:
    return [(piece.text, piece.article.id if piece.article else None) for piece in pieces]


def test_a_second_report_of_an_outlet_has_its_own_label() -> None:
    story = told(("Star", Relation.REPORT), ("Star", Relation.REPORT), ("Copycat", Relation.COPY))
    assert [label.name for label in telling.reports(story)] == ["Star", "Star (2)"]
    assert [label.name for label in telling.copies(story)] == ["Copycat"]
    assert [label.name for label in telling.others(story)] == ["Star", "Star (2)", "Copycat"]


def test_copies_are_folded_into_one_line_for_each_text() -> None:
    story = told(("A", Relation.COPY), ("A B", Relation.COPY), ("Star", Relation.REPORT), ("C", Relation.COPY))
    star = story.members[3].article.id
    members = (*story.members[:4], replace(story.members[4], copy_of=star))
    assert [shown(line) for line in telling.folded(replace(story, members=members), ENGLISH)] == [
        [("Same text in ", None), ("A", "a010"), (", ", None), ("A B", "a011")],
        [("The report of ", None), ("Star", None), (" was also carried by ", None), ("C", "a013")],
    ]
    assert telling.folded(told(), ENGLISH) == []
    assert telling.notes(replace(story, notes=(Note("copies", ("A",), "x"),))) == []


def test_a_notes_outlets_are_linked_to_what_is_quoted() -> None:
    story = told(("Star", Relation.REPORT), ("Star", Relation.REPORT))
    second = story.members[2].article
    note = Note("adds", ("Star",), "Star adds", (made_up.span(second, "Text 1."),))
    issue = about(story)
    assert shown(telling.line(story, note, issue, ENGLISH)) == [("Star (2)", second.id), (" adds", None)]
    assert shown(telling.line(story, note, issue, Words("de", {"adds": "Es ergänzt {name}"}))) == [
        ("Es ergänzt ", None), ("Star (2)", second.id),
    ]  # fmt: skip
    assert [(said.text, said.named) for said in telling.said(story, note, issue, ENGLISH)] == [("Text 1.", True)]
    own = replace(note, kind="mine", line="Star: “Text 1.”")
    assert shown(telling.line(story, own, issue, ENGLISH)) == [("Star", second.id), (": “Text 1.”", None)]
    assert telling.said(story, own, issue, ENGLISH) == []
    assert telling.line(story, replace(own, line=" \n"), issue, ENGLISH) == []
    assert [said.named for said in telling.said(story, replace(own, line=""), issue, ENGLISH)] == [False]


def test_figures_are_rows_of_value_and_outlets() -> None:
    story = told(("Star", Relation.REPORT), ("Gull", Relation.REPORT))
    one, two, three = (member.article for member in story.members)
    values = tuple(Value(text, found.source, Quote.of(found, 0, 4)) for text, found in (("19", one), ("17", two), ("19", three)))
    note = Note("differ", ("Star",), "", (), "dead", values)
    issue = about(story)
    assert [(row.text, [label.name for label in row.labels]) for row in telling.rows(note, issue)] == [
        ("19", ["Harbour Post", "Gull"]), ("17", ["Star"]),
    ]  # fmt: skip
    assert shown(telling.line(story, note, issue, ENGLISH)) == [("Figures differ: dead", None)]
    assert len(telling.said(replace(story, summary=None), note, issue, ENGLISH)) == 3
    assert telling.rows(replace(note, kind="adds"), issue) == []


def test_what_a_note_counts_is_put_into_the_issues_language() -> None:
    story, german = told(), Words("de", {"differ": "Abweichend", "colon": ": ", "comma": ", ", "role_took_part": "Teilnehmer"})
    value = Value("19", LEAD.source, Quote.of(LEAD, 0, 4))
    for subject, told_as in (("Took part", "Teilnehmer"), ("Pilgrims, took part", "Pilgrims, Teilnehmer"), ("Pilgrims", "Pilgrims")):
        note = Note("differ", (), "", (), subject, (value,))
        assert shown(telling.line(story, note, about(story), german)) == [(f"Abweichend: {told_as}", None)]


def test_what_was_shown_before_is_not_proved_again() -> None:
    story = told(("Star", Relation.REPORT))
    first, second = (
        Note("adds", ("Star",), "", (Quote.of(LEAD, 0, 9),)),
        Note("differ", (), "", (Quote.of(LEAD, 2, 6), Quote.of(LEAD, 2, 12))),
    )
    story = replace(story, notes=(first, second), summary=None)
    assert [said.text for said in telling.said(story, second, about(story), ENGLISH)] == [LEAD.text[2:12]]
    story = replace(story, summary=Quote.of(LEAD, 0, 14))
    assert telling.said(story, second, about(story), ENGLISH) == []
    assert len(telling.said(story, first, about(story), ENGLISH)) == 1


def test_another_report_of_the_leads_outlet_has_a_number_too() -> None:
    assert [label.name for label in telling.others(told((LEAD.source, Relation.REPORT)))] == [f"{LEAD.source} (2)"]


def test_a_tag_does_not_repeat_the_kind() -> None:
    assert telling.tags(replace(LEAD, tags=("Opinion", "bank"), kind=Kind.OPINION)) == ["bank"]


def test_a_story_of_an_earlier_issue_leads_there() -> None:
    story = told()
    (before, piece) = telling.line(story, Note("earlier", (), "", issue="2026-W46"), about(story), ENGLISH)
    assert (before.text, piece.text, piece.issue) == ("Continues a story of issue ", "2026-W46", "2026-W46")


def test_the_week_is_shown_where_three_reports_are_dated_in_it() -> None:
    story = told(("Star", Relation.REPORT), ("Gull", Relation.REPORT))
    found = telling.week(story, about(story))
    assert (len(found), sum(day.count for day in found)) == (7, 3)
    assert telling.week(told(("Star", Relation.REPORT)), about(story)) == []


def test_an_anchor_is_a_plain_name_and_tags_stand_once() -> None:
    assert telling.anchor(replace(told(), id='s"><b>é 1')) == "story-s-b-1"
    assert telling.tags(replace(LEAD, tags=("a", " a\n", "", "b", "c", "d", "e"))) == ["a", "b", "c", "d"]


def test_a_summary_of_another_report_is_told_apart() -> None:
    story = told(("Star", Relation.REPORT))
    star: Article = story.members[1].article
    issue = about(story)
    assert (found := telling.summary(story, issue, ENGLISH)) is not None
    assert found.named
    other = telling.summary(replace(story, summary=made_up.span(star, "Text 0.")), issue, ENGLISH)
    assert other is not None
    assert not other.named
    assert telling.summary(replace(story, summary=None), issue, ENGLISH) is None


def test_an_outlets_copy_of_its_own_text_is_not_told() -> None:
    story = told(("Star", Relation.REPORT), ("Star", Relation.COPY), ("B", Relation.COPY))
    original = story.members[1].article.id
    members = [replace(member, copy_of=original) if member.relation is Relation.COPY else member for member in story.members]
    (line,) = telling.folded(replace(story, members=tuple(members)), ENGLISH)
    assert "".join(piece.text for piece in line) == "The report of Star was also carried by B"
