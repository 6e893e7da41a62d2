"""digest.toml: what is right is typed, what is wrong is named with its fix."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from digest.errors import SettingsError, UsageError
from digest.settings import Settings, adhoc, load, load_edits, moment, nearest, size, span

SOURCE = '[[sources]]\nname = "Inbox"\npath = "inbox"\n'


def written(folder: Path, text: str, name: str = "digest.toml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def loaded(folder: Path, text: str) -> Settings:
    return load(written(folder, text + SOURCE))


MISTAKES = [
    ('[digest]\ntitel = "x"\n', ["unknown key `digest.titel`", "did you mean 'title'?", "allowed here: title, language"]),
    ("[diget]\n", ["unknown key `diget`", "did you mean 'digest'?"]),
    ("zzz = 1\n", ["unknown key `zzz` (allowed here: digest, paths, sources"]),
    ('[outlets."Tide Weekly"]\nwieght = 2.0\n', ["unknown key `outlets.Tide Weekly.wieght`; did you mean 'weight'?"]),
    ('[[sources]]\nname = "a"\npath = "b"\nlangage = "en"\n', ["unknown key `sources[1].langage`; did you mean 'language'?"]),
    ("[digest]\ntitle = 5\n", ["`digest.title` is 5, which does not fit", "valid string"]),
    ('[clean]\nsplit = "yes"\n', ["`clean.split` is 'yes'", "valid boolean"]),
    ("digest = 3\n", ["`digest` is 3, which must be a table: [digest]"]),
    ("outlets = 3\n", ["`outlets` is 3, which must be a table: [outlets]"]),
    (
        '[digest]\ntimezone = "Europe/Berlni"\n',
        ["`digest.timezone` is 'Europe/Berlni', which is no IANA time zone; did you mean 'Europe/Berlin'"],
    ),
    ('[digest]\ntimezone = "../../etc/passwd"\n', ["is no IANA time zone"]),
    ('[digest]\nperiod = "weakly"\n', ["`digest.period` is 'weakly'", "did you mean 'weekly'?", "'daily', 'weekly', 'monthly'"]),
    ('[digest]\nmax_age = "ten days"\n', ["`digest.max_age` is 'ten days', which must be a length of time"]),
    ("[digest]\nmax_age = 10\n", ["must be a length of time such as"]),
    ('[digest]\nmax_age = "99999999999999 weeks"\n', ["no calendar goes so far"]),
    ("[digest]\nas_of = 2026-11-22T18:00:00\n", ["must be a moment with an offset"]),
    ('[digest]\nas_of = "yesterday"\n', ["must be a moment with an offset"]),
    ("[digest]\nas_of = 2026-11-22\n", ["must be a moment with an offset"]),
    ('[digest]\npublic_url = "javascript:alert(1)"\n', ["`digest.public_url`", "should match pattern"]),
    ('[mail]\nsender = "The Desk <desk@tide.example>"\n', ["`mail.sender`"]),
    ('[[sources]]\nname = "a"\nmax_file_size = "big"\n', ["`sources[1].max_file_size` is 'big', which must be a size"]),
    ('[[sources]]\nname = "a"\nmax_file_size = true\n', ["must be a size such as"]),
    ('[[sources]]\nname = "a"\nmax_file_size = "0 B"\n', ["greater than 0"]),
    ('[[sources]]\npath = "a"\n', ["`sources[1].name` is missing", "add sources[1].name = …"]),
    ('[clean]\ndrop = ["(open"]\n', ["`clean.drop[1]` is '(open', which is no regular expression"]),
    ('[clean]\ndrop = ["a{99999999999}"]\n', ["is no regular expression"]),
    ('[clean]\ndrop = ["x*"]\n', ["must not match empty text"]),
    ("[group]\nmax_size = 1\n", ["`group.max_size` is 1", "greater than or equal to 2"]),
    ('[[sections]]\nname = "A B"\ntitle = "x"\n', ["`sections[1].name`"]),
    ('[[sources]]\nname = "Inbox"\n', ["two [[sources]] have the name 'Inbox'", "give each its own"]),
    ('[[sections]]\nname = "a"\ntitle = "A"\n[[sections]]\nname = "a"\ntitle = "B"\n', ["two [[sections]] have the name 'a'"]),
    ('[[deliver]]\nname = "a"\n[[deliver]]\nname = "a"\n', ["two [[deliver]] have the name 'a'"]),
    ('root = "/"\n', ["unknown key `root`"]),
    ('[mail]\nunsubscribe = "https://x.example/' + "ü" * 100 + '"\n', ["`mail.unsubscribe` is", "must be shorter: 600 signs"]),
    ('[mail]\nsender = "größe@x.example"\n', ["`mail.sender` is"]),
    ('[mail]\nsender = "a\\u0000b@x.example"\n', ["`mail.sender` is"]),
    ('[[deliver]]\nname = "p"\ntls = "maybe"\n', ["`deliver[1].tls` is 'maybe'", "'starttls'"]),
    ('[[deliver]]\nname = "p"\nport = 99999\n', ["`deliver[1].port` is 99999"]),
    ('[[deliver]]\nname = "p"\nunsubscribe = "mailto:a@b.example"\n', ["`deliver[1].unsubscribe` is"]),
    ('[[deliver]]\nname = "p"\ntimeout = "0 seconds"\n', ["`deliver[1].timeout` is"]),
    ('file = "/"\n', ["unknown key `file`"]),
    ("[digest]\ntitle = nobody\n", ["is not TOML", "line 2", "text values stand in quotes"]),
    ('[digest]\ntitle = "a"\ntitle = "b"\n', ["is not TOML", "line 3"]),
    ("a = " + "9" * 5000 + "\n", ["is not TOML"]),
    ("a = " + "[" * 5000 + "\n", ["is not TOML"]),
    ('[paths]\nstore = "~nobody-of-that-name/x"\n', ["is no path"]),
    ('[paths]\noutbox = "a\\u0000b"\n', ["is no path"]),
    ('[paths]\nstore = "postgresql://ada:pw@db/digest"\n', ["`paths.store` is postgresql://…, but", "no other database", "name a file"]),
    ('[paths]\nedits = ""\n', ["`paths.edits` is '', which is not a folder"]),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES, ids=[text[:40] for text, _ in MISTAKES])
def test_a_mistake_is_named_with_its_key_and_what_to_do(tmp_path: Path, text: str, told: list[str]) -> None:
    file = written(tmp_path, text + SOURCE)
    with pytest.raises(SettingsError) as caught:
        load(file)
    assert caught.value.where == str(file)
    assert caught.value.fix
    assert caught.value.exit_code == 2
    for part in told:
        assert part in str(caught.value)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, '[digest]\ntitel = "x"\nperiod = "weakly"\n')
    assert "digest.titel" in caught.value.cause
    assert "digest.period" in caught.value.cause


def test_settings_without_a_source_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="`sources` is missing"):
        load(written(tmp_path, '[digest]\ntitle = "x"\n'))
    with pytest.raises(SettingsError, match="at least 1 item"):
        load(written(tmp_path, "sources = []\n"))


@pytest.mark.parametrize(("key", "folder"), [("outbox", False), ("templates", False), ("edits", False), ("store", True)])
def test_a_path_to_the_wrong_kind_of_thing_is_refused(tmp_path: Path, key: str, folder: bool) -> None:
    place = tmp_path / "thing"
    place.mkdir() if folder else place.write_text("x")
    with pytest.raises(SettingsError, match=f"`paths.{key}` is 'thing', which is not a {'file' if folder else 'folder'}"):
        loaded(tmp_path, f'[paths]\n{key} = "thing"\n')


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="digest init") as caught:
        load(tmp_path / "none.toml")
    assert caught.value.cause == "there is no such file"


def test_a_folder_and_a_binary_file_cannot_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "digest.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    for place in (tmp_path, binary):
        with pytest.raises(SettingsError, match="cannot be read"):
            load(place)


def test_the_newsroom_is_the_folder_of_the_file_or_the_one_above_config(tmp_path: Path) -> None:
    assert loaded(tmp_path, "").root == tmp_path.resolve()
    inside = load(written(tmp_path, SOURCE, "config/digest.toml"))
    assert inside.root == tmp_path.resolve()
    assert inside.path("../x") == tmp_path.resolve().parent / "x"
    assert inside.path("/x/../y") == Path("/y")
    assert inside.path("~/x") == Path.home() / "x"


def test_values_arrive_typed_and_cannot_be_changed(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        '[digest]\ntimezone = "Europe/Berlin"\nmax_age = "36h"\nas_of = 2026-11-22T18:00:00+01:00\n[clean]\ndrop = ["^AD"]\n',
    )
    assert found.zone() == ZoneInfo("Europe/Berlin")
    assert found.digest.max_age == timedelta(hours=36)
    assert found.digest.as_of == datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert found.clean.drop == ["^AD"]
    with pytest.raises(ValidationError, match="frozen"):
        found.digest.title = "Other"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("10 days", 10), ("1 day", 1), ("36h", 1.5), ("2 weeks", 14), ("2w", 14), ("90m", 0.0625), ("86400 seconds", 1), ("5d", 5)],
)
def test_lengths_of_time(text: str, expected: float) -> None:
    assert span(text) == timedelta(days=expected)
    assert span(timedelta(1)) == timedelta(1)


@pytest.mark.parametrize(("text", "expected"), [("15 MiB", 15 * 2**20), ("500 KB", 500_000), ("7B", 7), ("1 GiB", 2**30), (12, 12)])
def test_sizes(text: str | int, expected: int) -> None:
    assert size(text) == expected


def test_a_moment_is_taken_as_text_too() -> None:
    assert moment("2026-11-22T18:00:00+01:00") == datetime(2026, 11, 22, 17, tzinfo=UTC)


def test_nearest_is_silent_where_nothing_is_near() -> None:
    assert nearest("zzzz", ["title"]) == ""


def test_the_fingerprint_is_of_what_shapes_an_issue_and_not_of_places(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    base = loaded(here, "").fingerprint()
    assert loaded(there, "").fingerprint() == base
    assert loaded(here, '[paths]\noutbox = "out"\nstore = "s.db"\n').fingerprint() == base
    assert loaded(here, "[digest]\nas_of = 2026-11-22T18:00:00Z\n").fingerprint() == base
    assert loaded(here, '[[deliver]]\nname = "shelf"\npath = "/srv/shelf"\n').fingerprint() == base
    assert load(written(here, SOURCE.replace('"inbox"', '"/srv/inbox"'))).fingerprint() == base
    assert loaded(here, '[digest]\ntitle = "Other"\n').fingerprint() != base
    assert load(written(here, SOURCE.replace("Inbox", "Other"))).fingerprint() != base


def test_the_editors_decisions_are_read_where_there_are_any(tmp_path: Path) -> None:
    found = loaded(tmp_path, "")
    assert load_edits(found, "2026-W47").foreword == ""
    written(tmp_path, 'foreword = "Rain, mostly."\n', "config/edits/2026-W47.toml")
    assert load_edits(found, "2026-W47").foreword == "Rain, mostly."
    file = written(tmp_path, 'forword = "Rain."\n', "config/edits/2026-W48.toml")
    with pytest.raises(SettingsError, match="did you mean 'foreword'") as caught:
        load_edits(found, "2026-W48")
    assert caught.value.where == str(file)


def test_files_and_folders_named_on_the_spot_are_sources_of_their_own(tmp_path: Path) -> None:
    written(tmp_path, "x", "a/note [1].txt")
    written(tmp_path, "x", "b/note [1].md")
    found = adhoc([tmp_path / "a" / "note [1].txt", tmp_path / "b" / "note [1].md", tmp_path / "b"]).sources
    assert [(source.name, Path(source.path).name) for source in found] == [
        ("note [1]", "note [1].txt"),
        ("note [1] 2", "note [1].md"),
        ("b", "b"),
    ]
    assert fnmatchcase("note [1].txt", found[0].include[0])
    assert found[2].include == ["*"]
    with pytest.raises(UsageError, match="there is no such file or folder"):
        adhoc([tmp_path / "none"])


@pytest.mark.parametrize(("table", "key"), [("deliver", "password"), ("deliver", "secret"), ("sources", "password")])
def test_a_secret_in_the_settings_is_refused_and_not_repeated(tmp_path: Path, table: str, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, f'[[{table}]]\nname = "post"\n{key} = "herring"\n')
    assert f"{key}`: a secret never stands in the settings (name what holds it: {key}_env or {key}_file)" in caught.value.cause
    assert "herring" not in str(caught.value)
