"""Deliveries by kind, and the one that copies an issue to a folder."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from digest.deliver import Delivery, deliveries
from digest.deliver.directory import DirectoryDelivery
from digest.errors import DeliveryError, SettingsError
from digest.model import Parcel, Reply, Standing
from digest.settings import DeliverTable, Settings
from tests.made import parcel, settings


class PostboxDelivery:
    """Keeps what it is handed, in memory."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kept: list[tuple[str, str]] = []

    @classmethod
    def from_settings(cls, table: DeliverTable, settings: Settings) -> PostboxDelivery:
        return cls(f"{table.name} in {settings.root.name}")

    def recipients(self) -> tuple[str, ...]:
        return ("ada", "ines")

    @property
    def repeatable(self) -> bool:
        return False

    def deliver(self, parcel: Parcel, recipient: str) -> Reply:
        self.kept.append((parcel.issue, recipient))
        return Reply(Standing.TAKEN)


def made(root: Path, *tables: DeliverTable) -> tuple[Delivery, ...]:
    return deliveries(settings(root, deliver=tables))


def test_without_deliveries_nothing_leaves(tmp_path: Path) -> None:
    assert made(tmp_path) == ()


def test_a_directory_is_taken_from_the_newsrooms_folder(tmp_path: Path) -> None:
    (inside, outside) = made(tmp_path, DeliverTable(name="web", path="www/digest"), DeliverTable(name="share", path="/srv/digest"))
    assert inside == DirectoryDelivery("web", tmp_path / "www" / "digest")
    assert outside == DirectoryDelivery("share", Path("/srv/digest"))
    assert inside.recipients() == ("digest",)


def test_an_issue_is_copied_whole_and_again_in_place_of_itself(tmp_path: Path) -> None:
    (web,) = made(tmp_path, DeliverTable(name="web", path="www"))
    web.deliver(parcel(issue_html="first", issue_txt="first"), "www")
    web.deliver(parcel(issue_html="second"), "www")
    place = tmp_path / "www" / "2026-W47"
    assert {entry.name: entry.read_text() for entry in place.iterdir()} == {"issue.html": "second"}
    assert [entry.name for entry in place.parent.iterdir()] == ["2026-W47"]


def test_a_folder_that_cannot_be_written_is_an_error_of_the_delivery(tmp_path: Path) -> None:
    (tmp_path / "www").write_text("a file")
    (web,) = made(tmp_path, DeliverTable(name="web", path="www"))
    with pytest.raises(DeliveryError, match=r"cannot be written: .*exists") as caught:
        web.deliver(parcel(issue_html="page"), "www")
    assert caught.value.where == str(tmp_path / "www")
    assert "mend `path`" in caught.value.fix


def test_an_issue_whose_name_leads_elsewhere_is_not_delivered(tmp_path: Path) -> None:
    (web,) = made(tmp_path, DeliverTable(name="web", path="www"))
    with pytest.raises(DeliveryError, match="is no name for a folder"):
        web.deliver(parcel("../x", issue_html="page"), "www")
    assert list(tmp_path.iterdir()) == []


def test_a_directory_without_a_path_is_refused_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="the delivery 'web' has no `path`") as caught:
        made(tmp_path, DeliverTable(name="web"))
    assert caught.value.where == str(tmp_path / "digest.toml")
    assert caught.value.fix.startswith("add path")


def test_a_kind_that_there_is_not_is_named_with_its_place_and_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"`deliver\[2\].kind` is 'directry'; did you mean 'directory'\?") as caught:
        made(tmp_path, DeliverTable(name="web", path="www"), DeliverTable(name="two", kind="directry"))
    assert caught.value.where == str(tmp_path / "digest.toml")


def test_a_stranger_plugs_in_by_module_and_name(tmp_path: Path) -> None:
    (post,) = made(tmp_path, DeliverTable(name="post", kind="tests.deliver.test_deliver:PostboxDelivery"))
    assert isinstance(post, PostboxDelivery)
    assert post.name == f"post in {tmp_path.name}"
    for recipient in post.recipients():
        post.deliver(parcel(issue_html="page"), recipient)
    assert post.kept == [("2026-W47", "ada"), ("2026-W47", "ines")]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (DeliverTable(name="a", kind="smtp", host="x", path="www"), r"`deliver\[1\].path` means nothing to the kind 'smtp'"),
        (
            DeliverTable(name="a", kind="webhook", url="https://x.example", recipients=["a@b.example"]),
            r"`deliver\[1\].recipients` means nothing",
        ),
        (DeliverTable(name="a", path="www", timeout=timedelta(minutes=1)), r"`deliver\[1\].timeout` means nothing to the kind 'directory'"),
    ],
)
def test_a_key_of_another_kind_is_a_mistake(tmp_path: Path, table: DeliverTable, words: str) -> None:
    with pytest.raises(SettingsError, match=words) as caught:
        made(tmp_path, table)
    assert "allowed here: at_least_once, " in caught.value.fix
    assert caught.value.where == str(tmp_path / "digest.toml")


def test_a_list_of_readers_that_is_wrong_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "readers.txt").write_text("ada at quay\n")
    with pytest.raises(SettingsError, match="line 1: 'ada at quay' is no mail address") as caught:
        made(tmp_path, DeliverTable(name="post", kind="smtp", host="localhost", recipients_file="readers.txt"))
    assert caught.value.where == str(tmp_path / "readers.txt")
