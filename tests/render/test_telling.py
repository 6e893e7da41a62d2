"""Who told a story, and what is quoted of them."""

from __future__ import annotations

from dataclasses import replace

from digest.model import Article, Note, Relation, Story
from digest.render import telling

from . import made_up

LEAD = made_up.article(1, "Harbour Post", "Lead", "One two three.")


def told(*members: tuple[str, Relation], notes: tuple[Note, ...] = ()) -> Story:
    """A story with a lead and these other outlets."""
    others = [(made_up.article(10 + at, outlet, f"T{at}", f"Text {at}."), relation) for at, (outlet, relation) in enumerate(members)]
    return made_up.story([(LEAD, Relation.LEAD), *others], "One two three.", notes)


def shown(pieces: list[telling.Piece]) -> list[tuple[str, str | None]]:
    return [(piece.text, piece.article.id if piece.article else None) for piece in pieces]


def test_a_second_report_of_an_outlet_has_its_own_label() -> None:
    story = told(("Star", Relation.REPORT), ("Star", Relation.REPORT), ("Copycat", Relation.COPY))
    assert [label.name for label in telling.reports(story)] == ["Star", "Star (2)"]
    assert [label.name for label in telling.copies(story)] == ["Copycat"]
    assert [label.name for label in telling.others(story)] == ["Star", "Star (2)", "Copycat"]


def test_copies_are_linked_where_the_note_names_them() -> None:
    note = Note("copies", ("A", "A B"), "Also carried by A B and A")
    story = told(("A", Relation.COPY), ("A B", Relation.COPY), notes=(note,))
    assert [shown(line) for line in telling.folded(story)] == [
        [("Also carried by ", None), ("A B", "a011"), (" and ", None), ("A", "a010")]
    ]
    assert telling.notes(story) == []


def test_a_copy_that_no_note_names_is_added() -> None:
    story = told(("A", Relation.COPY), ("B", Relation.COPY), notes=(Note("copies", ("A",), "Also carried by A (+1)"),))
    assert "".join(piece.text for piece in telling.folded(story)[0]) == "Also carried by A (+1); the same text at B"
    bare = told(("A", Relation.COPY), ("B", Relation.COPY))
    assert "".join(piece.text for piece in telling.folded(bare)[0]) == "The same text at A, B"
    assert telling.folded(told()) == []


def test_a_notes_outlets_are_linked_to_what_is_quoted() -> None:
    story = told(("Star", Relation.REPORT), ("Star", Relation.REPORT))
    second = story.members[2].article
    note = Note("adds", ("Star",), "Star adds", (made_up.span(second, "Text 1."),))
    issue = replace(made_up.empty(), articles={member.article.id: member.article for member in story.members})
    assert shown(telling.line(story, note, issue)) == [("Star", second.id), (" adds", None)]
    assert telling.line(story, replace(note, line=" \n"), issue) == []
    assert [(said.text, said.named) for said in telling.said(note, issue)] == [("Text 1.", True)]
    assert telling.said(replace(note, line="Star: “Text 1.”"), issue) == []
    assert [said.named for said in telling.said(replace(note, line=""), issue)] == [False]


def test_a_summary_of_another_report_is_told_apart() -> None:
    story = told(("Star", Relation.REPORT))
    star: Article = story.members[1].article
    issue = replace(made_up.empty(), articles={member.article.id: member.article for member in story.members})
    assert (found := telling.summary(story, issue)) is not None
    assert found.named
    other = telling.summary(replace(story, summary=made_up.span(star, "Text 0.")), issue)
    assert other is not None
    assert not other.named
    assert telling.summary(replace(story, summary=None), issue) is None


def test_an_outlets_copy_of_its_own_text_is_not_told() -> None:
    story = told(("Star", Relation.REPORT), ("Star", Relation.COPY), ("B", Relation.COPY))
    original = story.members[1].article.id
    members = [replace(member, copy_of=original) if member.relation is Relation.COPY else member for member in story.members]
    assert "".join(piece.text for piece in telling.folded(replace(story, members=tuple(members)))[0]) == "The same text at B"
