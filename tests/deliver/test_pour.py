"""All but the end of something: it arrived, or the other side is gone or stuck."""

from __future__ import annotations

import fcntl
import socket
import threading
from collections.abc import Iterator

import pytest

from digest.deliver.pour import hung_up, pour

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    here, there = socket.socketpair()
    yield here, there
    here.close()
    there.close()


def test_it_returns_once_the_other_side_has_it(pair: Pair) -> None:
    here, there = pair
    taken: list[bytes] = []

    def read() -> None:
        while sum(map(len, taken)) < 1_000_000:
            taken.append(there.recv(65536))

    reader = threading.Thread(target=read)
    reader.start()
    pour(here, b"x" * 1_000_000, 10)
    reader.join()
    assert sum(map(len, taken)) == 1_000_000
    assert not hung_up(here)


def test_what_the_system_took_but_nobody_reads_has_not_arrived(pair: Pair) -> None:
    here, _ = pair
    with pytest.raises(TimeoutError):
        pour(here, b"x" * 1000, 0.1)


def test_who_hangs_up_over_what_is_on_its_way_is_gone(pair: Pair) -> None:
    here, there = pair
    threading.Timer(0.1, there.close).start()
    with pytest.raises(ConnectionResetError, match="hung up before the end"):
        pour(here, b"x" * 1000, 10)
    assert hung_up(here)


def test_a_system_that_does_not_tell_is_taken_at_its_word(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def untold(*_: object) -> bytes:
        raise OSError

    monkeypatch.setattr(fcntl, "ioctl", untold)
    pour(pair[0], b"x" * 1000, 10)
