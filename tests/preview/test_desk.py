"""A failed build never hides a good one, and there are never two builds at once."""

from __future__ import annotations

import json
import time
from threading import Thread

from digest.errors import DigestError, RenderError
from digest.preview.desk import Desk
from digest.preview.newsroom import Built

from .newsrooms import PAGE, built


class Builds:
    """A build that does what it is told next."""

    def __init__(self, *turns: Built | Exception) -> None:
        self.turns = list(turns)

    def __call__(self) -> Built:
        turn = self.turns.pop(0)
        if isinstance(turn, Exception):
            raise turn
        return turn


def test_before_the_first_build() -> None:
    desk = Desk(Builds(), print)
    assert desk.state() == {"at": None, "seconds": 0.0, "mistake": None, "issue": None}
    assert desk.file("issue.html") is None


def test_a_good_build() -> None:
    said: list[str] = []
    desk = Desk(Builds(built()), said.append)
    assert desk.rebuild()
    state = json.loads(json.dumps(desk.state()))
    assert state["issue"]["subject"] == "A second ferry"
    assert state["issue"]["sender"] == "digest@newsroom.example"
    assert state["files"]["issue.json"] == 3
    assert state["mail_html"] == 0  # the mail of this build holds no HTML
    assert state["failures"] == [{"source": "Gull", "where": "gull.html", "cause": "is binary", "fix": "remove it"}]
    assert [(group["reason"], len(group["articles"])) for group in state["left_out"]] == [("no room", 2), ("old", 1)]
    assert state["mistake"] is None
    short = sum(len(one["findings"]) for one in state["checks"])
    assert said == [f"Built 2026-W47 in 0.0 s: 0 stories, 1 problem, {short} checks not passed"]


def test_the_checks_are_told_form_by_form() -> None:
    desk = Desk(Builds(built(page=PAGE.replace("<body>", "<body><h2>No h1</h2><a href='#lost'>here</a>"))), print)
    desk.rebuild()
    checks = {one["form"]: one for one in desk.state()["checks"]}
    assert list(checks) == ["Mail, its HTML", "Mail, its message and text", "Web page", "Text"]
    page = {one["name"]: one for one in checks["Web page"]["findings"]}
    assert page["one h1, first"]["wrong"] == "there are 0"
    assert page["links lead somewhere"]["wrong"] == "some do not: #lost"
    assert set(page) < set(checks["Web page"]["checks"])
    assert all(one["fix"] for one in page.values())


def test_a_mistake_leaves_the_good_issue_and_goes_when_it_is_mended() -> None:
    said: list[str] = []
    desk = Desk(Builds(built(), RenderError("no 'titel'", where="a.html.j2:3", fix="see README"), built("New")), said.append)
    desk.rebuild()
    at = desk.state()["at"]
    assert not desk.rebuild()
    state = desk.state()
    assert state["mistake"] == {"source": "", "where": "a.html.j2:3", "cause": "no 'titel'", "fix": "see README"}
    assert state["issue"]["title"] == "The Small Paper"
    assert state["at"] == at
    assert desk.file("issue.html") is not None
    assert said[-1] == "Not built: a.html.j2:3: no 'titel'"
    assert desk.rebuild()
    assert desk.state()["mistake"] is None
    assert desk.state()["issue"]["title"] == "New"


def test_an_error_without_a_place_and_with_line_breaks_is_one_line() -> None:
    said: list[str] = []
    assert not Desk(Builds(DigestError("one\ntwo\x1b[2J")), said.append).rebuild()
    assert said[0].startswith("Not built: one two")
    assert "\x1b" not in said[0]


def test_a_fault_of_the_program_is_told_and_ends_nothing() -> None:
    said: list[str] = []
    desk = Desk(Builds(KeyError("x"), built()), said.append)
    assert not desk.rebuild()
    assert desk.state()["mistake"]["cause"] == "KeyError: 'x'"
    assert said[0].startswith("Traceback")
    assert desk.rebuild()


def test_never_two_builds_at_once() -> None:
    at_work: list[int] = []
    most: list[int] = []

    def slow() -> Built:
        at_work.append(1)
        most.append(len(at_work))
        time.sleep(0.02)
        at_work.pop()
        return built()

    desk = Desk(slow, lambda _: None)
    threads = [Thread(target=desk.rebuild) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1, 1, 1, 1]
