"""Seams: by name, by `module:Name`, or with a message."""

from __future__ import annotations

import json

import pytest

from digest.errors import SettingsError
from digest.plugins import find

REGISTRY = {"folder": 1, "feed": 2}


def test_a_name_of_the_registry_is_found() -> None:
    assert find("folder", REGISTRY, "sources[1].kind") == 1


def test_a_stranger_is_let_in_by_module_and_name() -> None:
    assert find("json:loads", {"none": object()}, "kind") is json.loads


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("foldr", ["`sources[1].kind` is 'foldr'; did you mean 'folder'?", "allowed: folder, feed"]),
        ("zzz", ["`sources[1].kind` is 'zzz'\n"]),
        ("no_such_module_here:Thing", ["No module named 'no_such_module_here'"]),
        ("json:Nothing", ["has no attribute 'Nothing'"]),
        (":Thing", ["Empty module name"]),
        (".relative:Thing", ["package"]),
    ],
)
def test_what_is_not_there_is_named_with_its_key(kind: str, told: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        find(kind, REGISTRY, "sources[1].kind")
    for part in told:
        assert part in str(caught.value)
