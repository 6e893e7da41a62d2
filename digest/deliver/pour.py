"""Sends all but the end of something, and knows whether the other side's system has it.

What is lost before the end was sent surely did nothing; what is lost behind it may have. The system
takes bytes faster than the line does, so the end is held back until everything before it has arrived:
else a line that broke early would look as if it had broken late.
"""

from __future__ import annotations

import fcntl
import select
import socket
import struct
import termios
import time

_BLOCK = 2**16  # bytes sent under one limit of time
_GLANCE = 0.002  # seconds between two looks at what is still on its way
_HUNG_UP = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)


def pour(line: socket.socket, content: bytes, seconds: float) -> None:
    """Send `content` and wait until it arrived, each within `seconds`; raises OSError where the other side is gone or stuck."""
    for at in range(0, len(content), _BLOCK):
        line.settimeout(seconds)
        line.sendall(content[at : at + _BLOCK])
    until = time.monotonic() + seconds
    while not hung_up(line) and _on_its_way(line):
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(_GLANCE)
    if hung_up(line):
        raise ConnectionResetError("hung up before the end")


def hung_up(line: socket.socket) -> bool:
    """Whether the other side has closed the line."""
    watch = select.poll()
    watch.register(line.fileno(), _HUNG_UP)
    return any(event & _HUNG_UP for _, event in watch.poll(0))


def _on_its_way(line: socket.socket) -> int:
    """How many bytes the other side's system has not acknowledged; 0 where this system does not tell."""
    try:
        told: bytes = fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, b"\0" * 4)
    except OSError:
        return 0
    return int(struct.unpack("i", told)[0])
