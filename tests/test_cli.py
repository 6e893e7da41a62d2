"""The commands: what they print, what they exit with, and that a mistake in the settings changes nothing."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from digest import __version__, preview
from digest.cli import main
from tests.rooms import AS_OF, BEES, FIRE, HEAD, ISSUE, Room, listing, process, run, stories

COMMANDS = (
    """articles build check evaluate explain gather group hold init preview release schedule send status store verify windows""".split()
)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room.made(tmp_path / "room").with_reports()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Room:
    room = Room.made(tmp_path_factory.mktemp("built") / "room").with_reports()
    room.file("Moor Mail/broken.json", "{")
    assert room.built().exit_code == 0
    return room


def test_the_commands_are_those_that_work() -> None:
    assert sorted(main.commands) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help_with_an_example(command: str, flag: str) -> None:
    told = run(command, flag)
    assert told.exit_code == 0
    assert f"Example: digest {command}" in told.stdout
    assert "Usage: " in told.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_does(command: str) -> None:
    options = [one for one in main.commands[command].params if isinstance(one, click.Option)]
    assert all(option.help for option in options)


def test_help_lists_every_command_and_the_version_is_told() -> None:
    told = run("--help")
    assert all(re.search(rf"^  {command} ", told.stdout, re.MULTILINE) for command in COMMANDS)
    assert run("--version").stdout == f"digest, version {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("biuld",),
        ("build", "--dryrun"),
        ("explain",),
        ("articles",),
        ("group",),
        ("verify",),
        ("init",),
        ("preview", "--port", "0"),
        ("group", "none.jsonl"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...]) -> None:
    told = run(*arguments)
    assert told.exit_code == 2
    assert told.stdout == ""
    assert "Error: " in told.stderr


def test_build_says_where_the_issue_is_and_what_to_do_next(room: Room) -> None:
    told = room.built()
    assert told.exit_code == 0
    assert f"Issue {ISSUE}: " in told.stdout
    assert "4 reports from 2 sources, 3 stories" in told.stdout
    assert f"{room.outbox / ISSUE}/issue.html" in told.stdout
    assert f"digest explain {ISSUE}" in told.stdout
    assert told.stderr.splitlines() == ["Gathering …", "Grouping …", "Writing notes …"]


def test_build_json_is_json_and_nothing_else(built: Room) -> None:
    told = built.built("--json")
    found = json.loads(told.stdout)
    assert told.stderr == ""
    assert set(found) == {"issue", "place", "subject", "stories", "articles", "left_out", "delivered", "failures"}
    assert (found["issue"], found["stories"], found["articles"], found["left_out"]) == (ISSUE, 3, 4, 0)
    assert found["place"] == str(built.outbox / ISSUE)
    assert found["failures"][0]["where"] == "Moor Mail/broken.json"
    dry = json.loads(built.built("--json", "--dry-run").stdout)
    assert dry == found | {"place": None}


def test_build_puts_the_issue_up_in_the_folder_named(room: Room, tmp_path: Path) -> None:
    told = room.built("--outbox", str(tmp_path / "elsewhere"))
    assert told.exit_code == 0
    assert (tmp_path / "elsewhere" / ISSUE / "issue.html").exists()
    assert not room.outbox.exists()


def test_a_delivery_is_told_in_json_too(tmp_path: Path) -> None:
    room = Room.made(tmp_path / "room", '\n[[deliver]]\nname = "shelf"\npath = "shelf"\n').with_reports()
    assert json.loads(room.built("--json").stdout)["delivered"] == ["shelf: shelf"]


@pytest.mark.parametrize("as_of", ["yesterday", "", "0001-01-01", "9999-12-31T23:59:59-10:00", "2026-13-01"])
def test_a_moment_that_is_none_exits_with_2_and_writes_nothing(room: Room, as_of: str) -> None:
    before = listing(room.root)
    told = room.built(as_of=as_of)
    assert told.exit_code == 2
    assert f"--as-of is {as_of!r}" in told.stderr
    assert "give a moment such as" in told.stderr
    for command in (["gather"], ["articles", str(room.root / "inbox")]):
        assert run(*command, "--as-of", as_of, *(["--config", str(room.config)] if command == ["gather"] else [])).exit_code == 2
    assert listing(room.root) == before


def test_a_moment_without_an_offset_is_in_the_newsrooms_zone(room: Room) -> None:
    room.built(as_of="2026-11-22T18:00:00")
    assert room.record()["closes"] == AS_OF


def test_the_moment_is_that_of_the_settings_or_else_now(tmp_path: Path) -> None:
    fixed = Room.made(tmp_path / "fixed", head=f'{HEAD}as_of = "{AS_OF}"\n').with_reports()
    assert json.loads(fixed.run("build", "--json").stdout)["issue"] == ISSUE
    free = Room.made(tmp_path / "free").with_reports()
    told = json.loads(free.run("build", "--json").stdout)
    assert re.fullmatch(r"\d{4}-W\d\d", told["issue"])


def test_gather_tells_what_it_found_and_a_later_build_uses_it(room: Room) -> None:
    room.file("Moor Mail/broken.json", "{")
    told = room.run("gather", "--as-of", AS_OF)
    assert told.exit_code == 0
    assert "4 documents: 4 articles, 4 new, 0 changed" in told.stdout
    assert "Moor Mail/broken.json is not JSON" in told.stdout
    assert "coverage footer" not in told.stdout
    assert not room.outbox.exists()
    for path in (room.root / "inbox").rglob("*.json"):
        path.unlink()
    room.built()
    assert len(room.record()["articles"]) == 4


def test_gather_json(room: Room) -> None:
    told = json.loads(room.run("gather", "--as-of", AS_OF, "--json").stdout)
    assert told == {"documents": 4, "articles": 4, "new": 4, "changed": 0, "failures": [], "passed": 0}


def test_status_before_the_first_build_and_after(room: Room) -> None:
    before = room.run("status")
    assert before.exit_code == 0
    assert "No issue yet: `digest build` makes the first." in before.stdout
    assert "0 articles waiting for the next issue" in before.stdout
    assert not (room.root / "var").exists()
    room.run("gather", "--as-of", AS_OF)
    assert "4 articles waiting for the next issue" in room.run("status").stdout
    room.built()
    after = room.run("status").stdout
    assert re.search(rf"^{ISSUE}  2026-11-22 18:00  4 +5 +0 +published$", after, re.MULTILINE)
    assert "0 articles waiting" in after
    assert re.search(r"^Inbox +2026-11-22 +2026-11-22 +(\d+ days? +)?0$", after, re.MULTILINE)


def test_status_json(built: Room) -> None:
    found = json.loads(built.run("status", "--json").stdout)
    assert set(found) == {"issues", "waiting", "sources", "windows", "missed", "next", "troubles", "service"}
    (issue,) = found["issues"]
    assert set(issue) == {"id", "opens", "closes", "stage", "files", "articles", "receipts", "handovers"}
    assert issue["files"] == ["issue.eml", "issue.html", "issue.json", "issue.md", "issue.txt"]
    assert issue["articles"] == sorted(built.record()["articles"])
    (source,) = found["sources"]
    assert set(source) == {"name", "last_success", "last_new", "failures", "cause", "silent_days"}


def test_status_names_an_issue_whose_files_are_gone(room: Room) -> None:
    room.built("--outbox", str(room.root / "elsewhere"))
    assert json.loads(room.run("status", "--json").stdout)["issues"][0]["files"] == []


def test_explain_tells_the_whole_issue(built: Room) -> None:
    told = built.run("explain", ISSUE)
    assert told.exit_code == 0
    for number, story in enumerate(stories(built.record()), 1):
        assert f"{number}. {story['title']}  [{story['id']}]" in told.stdout
        assert all(reason in told.stdout for reason in story["reasons"])


def test_explain_tells_one_story_by_number_id_and_words(built: Room) -> None:
    lead = stories(built.record())[0]
    found = {built.run("explain", ISSUE, name).stdout for name in ("1", lead["id"], "GANNET quay")}
    (told,) = found
    assert told.startswith(f"1. {lead['title']}")
    assert "   Members:\n     lead: " in told
    assert "same_story" in told
    assert "by story: " in told


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((ISSUE, "zeppelin"), 2, "no story of this issue is called 'zeppelin'"),
        ((ISSUE, "99"), 2, "name its number, its id or words of its headline"),
        (("2025-W01",), 1, f"there is no issue '2025-W01'\n  issues here: {ISSUE}"),
        (("../outbox/2026-W47",), 1, "there is no issue"),
    ],
)
def test_explain_of_what_is_not_there(built: Room, arguments: tuple[str, ...], code: int, words: str) -> None:
    told = built.run("explain", *arguments)
    assert told.exit_code == code
    assert told.stdout == ""
    assert words in told.stderr


def test_verify_exits_with_0_where_the_bytes_are_the_same_and_1_where_not(room: Room) -> None:
    room.built()
    told = room.run("verify", ISSUE)
    assert (told.exit_code, told.stdout) == (0, f"{ISSUE}: the same bytes, file by file\n")
    before = listing(room.root)
    with (room.outbox / ISSUE / "issue.eml").open("ab") as stream:
        stream.write(b"x")
    told = room.run("verify", ISSUE)
    assert told.exit_code == 1
    assert f"{ISSUE}: issue.eml: differs from byte {len(before['outbox/2026-W47/issue.eml'])} on" in told.stdout
    told = room.run("verify", "2020-W01")
    assert told.exit_code == 1
    assert f"issues in the ledger: {ISSUE}" in told.stderr


def test_check_tells_what_falls_short_and_exits_with_1(built: Room) -> None:
    told = built.run("check", ISSUE)
    assert told.exit_code == 1
    assert re.search(r"^Web page \(issue.html\): (\d+) of \1 checks passed$", told.stdout, re.MULTILINE)
    assert "  view in browser: no link does — set `digest.public_url`, where the outbox stands on the web\n" in told.stdout
    found = json.loads(built.run("check", ISSUE, "--json").stdout)
    assert [set(one) for one in found] == [{"form", "file", "checks", "findings"}] * 4
    assert {finding["name"] for one in found for finding in one["findings"]} <= set(re.findall(r"^  ([^:]+): ", told.stdout, re.MULTILINE))
    assert built.run("check", "2025-W01").exit_code == 1


def test_check_exits_with_0_where_nothing_falls_short(tmp_path: Path) -> None:
    more = '\n[mail]\nunsubscribe = "https://quay.example/u"\n'
    room = Room.made(tmp_path / "room", more, head=f'{HEAD}public_url = "https://quay.example"\n').with_reports()
    room.built()
    told = room.run("check", ISSUE)
    assert told.exit_code == 0, told.stdout
    assert len(told.stdout.splitlines()) == 4


def test_articles_tells_how_documents_were_cleaned(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<h1>Whale at the pier</h1><p>A whale came to the pier at noon and left at four.</p><p>We use cookies to improve your visit.</p>"
    )
    told = run("articles", str(page), "--as-of", AS_OF)
    assert told.exit_code == 0
    assert "Whale at the pier" in told.stdout
    assert "A whale came to the pier at noon" in told.stdout
    assert "− " in told.stdout
    assert told.stdout.endswith("1 article\n")


CONTRACT = {"id", "document", "source", "title", "text", "kind", "section", "tags", "authors", "published", "language", "removed"}


def test_articles_json_is_the_contract(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<h1>Whale at the pier</h1><p>A whale came to the pier at noon and left at four.</p><p>We use cookies to improve your visit.</p>"
    )
    (tmp_path / "cut.json").write_text("{")
    told = run("articles", str(page), str(tmp_path / "cut.json"), "--json")
    assert told.exit_code == 0
    (found,) = json.loads(told.stdout)
    assert set(found) == CONTRACT | {"url"}
    assert found["document"] == "page.html"
    assert found["removed"]
    assert all(set(removal) == {"rule", "text"} for removal in found["removed"])
    assert "cookies" not in found["text"]
    assert told.stderr.startswith("digest: cut.json is not JSON")


def test_articles_takes_folders_and_names_what_is_not_there(room: Room) -> None:
    before = listing(room.root)
    assert len(json.loads(run("articles", str(room.root / "inbox"), "--json").stdout)) == 4
    told = run("articles", str(room.root / "nowhere"))
    assert told.exit_code == 2
    assert "there is no such file or folder" in told.stderr
    assert listing(room.root) == before


@pytest.mark.parametrize("empty", [True, False])
def test_init_lays_out_a_newsroom_that_builds(tmp_path: Path, empty: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("init", "my room", *(["--empty"] if empty else []))
    assert told.exit_code == 0
    assert "made my room/config/digest.toml" in told.stdout
    assert "Next: cd 'my room' && digest build" in told.stdout
    monkeypatch.chdir(tmp_path / "my room")
    assert run("build").exit_code == 0
    (issue,) = (entry for entry in (tmp_path / "my room" / "outbox").iterdir() if entry.is_dir())
    assert bool(json.loads((issue / "issue.json").read_bytes())["sections"]) is not empty
    assert (issue.name == ISSUE) or empty
    assert run("verify", issue.name).exit_code == 0


def test_init_refuses_a_newsroom_that_is_there(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "a"), "--empty").exit_code == 0
    before = listing(tmp_path)
    told = run("init", str(tmp_path / "a"))
    assert told.exit_code == 1
    assert "there is a newsroom here already" in told.stderr
    assert listing(tmp_path) == before


def test_preview_serves_the_settings_that_were_named(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    monkeypatch.setattr(preview, "serve", lambda file, now, port, say: called.append((file, now().tzinfo, port, callable(say))))
    assert room.run("preview", "--port", "9123").exit_code == 0
    assert called == [(room.config, room.settings().zone(), 9123, True)]


def test_preview_opens_a_browser_where_it_is_asked_to(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(preview, "serve", lambda *_, **__: None)
    monkeypatch.setattr("click.launch", opened.append)
    assert room.run("preview", "--port", "9123", "--open").exit_code == 0
    assert opened == ["http://127.0.0.1:9123/"]


def test_the_settings_are_found_in_this_folder(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(room.root)
    assert run("build", "--as-of", AS_OF, "--dry-run").exit_code == 0
    monkeypatch.chdir(room.root / "inbox")
    told = run("build")
    assert told.exit_code == 2
    assert "config/digest.toml: there is no such file" in told.stderr
    assert "digest init DIR" in told.stderr


# What is wrong in the settings, and what the answer must say beside the file.
MISTAKES = {
    "a wrong key": ("[digest]\ntitel = 'x'\n", ["`digest.titel`", "did you mean 'title'?", "allowed here: title, language"]),
    "a wrong table": ("[pahts]\n", ["`pahts`", "did you mean 'paths'?", "allowed here: digest, paths"]),
    "a wrong type": ("[digest]\ntitle = 5\n", ["`digest.title` is 5", "string"]),
    "a wrong zone": (
        "[digest]\ntimezone = 'Europe/Berln'\n",
        ["`digest.timezone` is 'Europe/Berln'", "IANA", "did you mean 'Europe/Berlin'?"],
    ),
    "a wrong path": ("[paths]\noutbox = 'digest.toml'\n", ["`paths.outbox` is 'digest.toml'", "not a folder", "name a folder"]),
    "a wrong theme": ("[digest]\ntheme = 'defualt'\n", ["`digest.theme`", "'defualt'", "did you mean 'default'?"]),
    "a wrong engine": (
        "[group]\nengines = ['exact', 'neer']\n",
        ["`group.engines` is 'neer'", "did you mean 'near'?", "allowed: exact, near, story"],
    ),
    "a wrong noter": ("[notes]\nnoters = ['copys']\n", ["`notes.noters` is 'copys'", "did you mean 'copies'?", "allowed: copies, figures"]),
    "a wrong source": (
        "[[sources]]\nname = 'b'\nkind = 'foldr'\npath = 'x'\n",
        ["`sources[2].kind` is 'foldr'", "did you mean 'folder'?", "allowed: folder"],
    ),
    "a stranger that is none": ("[[sources]]\nname = 'b'\nkind = 'json:loads'\n", ["`sources[2].kind` is 'json:loads'", "no source"]),
    "a source without a path": ("[[sources]]\nname = 'b'\n", ["'b' has no `path`", 'path = "inbox"']),
    "a wrong delivery": ("[[deliver]]\nname = 'd'\nkind = 'dir'\npath = 'x'\n", ["`deliver[1].kind` is 'dir'", "allowed: directory"]),
    "a delivery without a path": ("[[deliver]]\nname = 'd'\n", ["'d' has no `path`"]),
    "a wrong length of time": ("[digest]\nmax_age = '10 fortnights'\n", ["`digest.max_age` is '10 fortnights'", '"10 days"']),
    "no TOML": ("[digest\n", ["is not TOML", "line"]),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_settings_exits_with_2_and_writes_nothing(tmp_path: Path, mistake: str) -> None:
    text, words = MISTAKES[mistake]
    head = "" if text.startswith("[digest") else HEAD
    room = Room.made(tmp_path / "room", "\n" + text, head=head).with_reports()
    before = listing(room.root)
    for command in (["build", "--as-of", AS_OF], ["gather"], ["status"], ["explain", ISSUE], ["verify", ISSUE], ["preview"]):
        told = room.run(*command)
        assert told.exit_code == 2, command
        assert told.stdout == ""
        assert str(room.config) in told.stderr
        for part in words:
            assert part in told.stderr
    assert listing(room.root) == before


def test_a_mistake_in_the_edits_exits_with_2_and_consumes_nothing(room: Room) -> None:
    edits = room.root / "config" / "edits" / f"{ISSUE}.toml"
    edits.parent.mkdir(parents=True)
    edits.write_text('forword = "x"\n')
    told = room.built()
    assert told.exit_code == 2
    assert str(edits) in told.stderr
    assert "did you mean 'foreword'?" in told.stderr
    assert not room.outbox.exists()
    assert not (room.root / "var").exists()


ROWS: list[dict[str, object]] = [
    {"id": "b", "title": "Rope store burns on Gannet Quay", "text": FIRE},
    {"id": "ü", "title": "Honey runs out", "text": BEES, "published": "2026-11-19"},
    {"id": "a", "title": "Blaze!", "text": FIRE, "source": "X", "lang": "en"},
]


def lines(rows: list[dict[str, object]]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"


def test_group_answers_in_the_order_of_its_input(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(lines(ROWS), encoding="utf-8")
    told = run("group", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.jsonl"))
    assert (told.exit_code, told.output) == (0, "")
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in found] == ["b", "ü", "a"]
    assert [row["story"] for row in found] == ["s1", "s2", "s1"]
    assert all(set(row) == {"id", "story", "copy_of"} for row in found)
    assert sorted((row["copy_of"] or "") for row in found) in (["", "", "a"], ["", "", "b"])


def test_group_reads_standard_input_and_writes_standard_output() -> None:
    told = run("group", "-", stdin=lines(ROWS).encode())
    assert told.exit_code == 0
    assert [json.loads(line)["id"] for line in told.stdout.splitlines()] == ["b", "ü", "a"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (b'{"id": "c", "title": ', "is not JSON"),
        (b'{"title": "No id"}', "has no id"),
        (b'{"id": "c"}', "neither title nor text"),
        (b'["c"]', "has no id"),
        (b'{"id": "a", "title": "Again"}', "the id 'a' stands there twice"),
        (b'{"id": "c", "title": "\xff"}', "is not UTF-8"),
        (b'{"id": "c", "title": "x", "text": ["y"]}', "neither title nor text"),
    ],
)
def test_group_names_the_line_of_a_bad_row_and_writes_nothing(tmp_path: Path, row: bytes, words: str) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'{"id": "a", "title": "One"}\n\n' + row + b"\n")
    told = run("group", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.jsonl"))
    assert told.exit_code == 1
    assert f"{tmp_path / 'in.jsonl'}:3: " in told.stderr
    assert words in told.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_group_names_a_file_that_it_cannot_write(tmp_path: Path) -> None:
    told = run("group", "-", "-o", str(tmp_path / "none" / "out.jsonl"), stdin=lines(ROWS))
    assert told.exit_code == 2
    assert "cannot be written: No such file or directory" in told.stderr


def test_the_program_runs_in_a_process_of_its_own_without_a_warning(room: Room) -> None:
    done = process("build", "--as-of", AS_OF, "--json", cwd=room.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["issue"] == ISSUE
    assert process("verify", ISSUE, cwd=room.root).stdout == f"{ISSUE}: the same bytes, file by file\n"
    assert process("verify", "2020-W01", cwd=room.root).returncode == 1
    assert process("verify", cwd=room.root).returncode == 2


def test_a_terminal_that_shows_ascii_alone_gets_every_line(built: Room) -> None:
    done = process("explain", ISSUE, cwd=built.root, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The lead \\xb7 2 reports" in done.stdout
    done = process("articles", str(built.root / "inbox"), "--json", cwd=built.root, PYTHONIOENCODING="ascii")
    assert len(json.loads(done.stdout)) == 4


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    done = process("--help", cwd=tmp_path, PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line}
    assert "click" in loaded
    assert not loaded & {
        "sqlalchemy",
        "pydantic",
        "jinja2",
        "rich",
        "premailer",
        "lxml",
        "starlette",
        "uvicorn",
        "digest.pipeline",
        "digest.settings",
    }


def test_an_error_that_nobody_expected_stays_loud(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Iterator[None]:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("digest.pipeline.gather", broken)
    with pytest.raises(ZeroDivisionError, match="a bug"):
        room.built()


def test_a_stream_that_is_no_file_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    main.main(["--version"], standalone_mode=False)
    assert stream.getvalue().endswith(f"{__version__}\n")


def test_a_theme_of_ones_own_is_started_in_the_newsroom_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room.made(tmp_path / "room")
    monkeypatch.chdir(room.root)
    told = run("init", "--theme-from", "report", "evening")
    assert told.exit_code == 0
    assert 'theme = "evening"' in told.stdout
    assert (room.root / "templates" / "evening" / "style.css").is_file()
    (tmp_path / "bare").mkdir()
    monkeypatch.chdir(tmp_path / "bare")
    assert run("init", "--theme-from", "default", "mine").exit_code == 0
    assert (tmp_path / "bare" / "templates" / "mine" / "issue.html.j2").is_file()
