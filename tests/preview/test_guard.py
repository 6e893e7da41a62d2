"""Only the names of this machine are answered."""

from __future__ import annotations

import pytest

from digest.preview.guard import is_ours


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765", "[::1]", "LOCALHOST:8765"])
def test_ours(host: str) -> None:
    assert is_ours([host])


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8765",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil@localhost",
        "localhost:",
        "localhost:8765:1",
        "localhost\n",
        "0.0.0.0:8765",
        "::1",
        "[::2]",
        "127.0.0.2",
        "localhost ",
    ],
)
def test_not_ours(host: str) -> None:
    assert not is_ours([host])


def test_one_host_exactly() -> None:
    assert not is_ours([])
    assert not is_ours(["localhost", "localhost"])


def test_the_address_that_was_asked_for_is_ours_too() -> None:
    assert is_ours(["192.0.2.7:8765"], "192.0.2.7")
