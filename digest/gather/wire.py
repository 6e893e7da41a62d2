"""One answer over HTTP, on a line that is safe to use. The only module that knows httpcore.

Every connection is opened to an address that was judged just before, and every wait on it ends at
one deadline: a server that sends a byte a second, in its head or its body, gains nothing by it.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpcore

from digest.errors import SourceError
from digest.gather.addresses import Resolver, resolved

_CONNECT = 10.0  # seconds for one address; with several, the next may answer
_ADDRESSES = 4  # addresses of one host that are tried


class BusyError(SourceError):
    """No answer now, and perhaps one later: in `wait` seconds, where the server says so."""

    def __init__(self, cause: str, *, where: str = "", fix: str = "", wait: float | None = None) -> None:
        super().__init__(cause, where=where, fix=fix or "nothing, if it is there again at the next run")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer (names of headers in lower case), and its body to come."""

    status: int
    headers: Mapping[str, str]
    body: Iterator[bytes]


@dataclass(slots=True)
class Line(httpcore.NetworkBackend):
    """Opens connections for one fetch, which is over at `until` (of the monotonic clock)."""

    until: float
    resolve: Resolver
    allow_private: bool
    inner: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - ours is the deadline
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """A connection to a judged address of `host`; raises SourceError or what httpcore raises."""
        addresses = resolved(host, port, self.resolve, self.allow_private, left(self.until))
        problem: Exception = httpcore.ConnectError("has no address")
        for address in addresses[:_ADDRESSES]:
            try:
                stream = self.inner.connect_tcp(address, port, min(_CONNECT, left(self.until)), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return _Stream(stream, self.until)
        raise problem

    @contextmanager
    def get(self, url: str, headers: Sequence[tuple[str, str]], context: ssl.SSLContext | None) -> Iterator[Answer]:
        """The answer to a GET, while the block lasts; raises SourceError, BusyError where another try is worth it."""
        known = False
        try:
            with (
                httpcore.ConnectionPool(ssl_context=context, network_backend=self) as pool,
                pool.stream("GET", url, headers=[(name.encode(), value.encode()) for name, value in headers]) as response,
            ):
                known = True
                told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                yield Answer(response.status, told, response.iter_stream())
        except (httpcore.TimeoutException, TimeoutError):
            if left(self.until):
                raise BusyError("cannot be reached: no answer") from None
            raise SourceError("takes too long to answer", fix="raise its timeout, if it is slow but worth it") from None
        except (httpcore.NetworkError, OSError) as error:
            raise _broken(error, known) from None
        except httpcore.ProtocolError as error:
            raise SourceError(f"breaks off or speaks no HTTP: {error}", fix="try again later; else tell those who run it") from None


def _broken(error: Exception, known: bool) -> SourceError:
    """What a broken line is called; `known` where an answer had begun."""
    if any(isinstance(inner, ssl.SSLError) for inner in error.args):
        fix = "look at its certificate in a browser; for an authority of your own, name its file in the environment variable SSL_CERT_FILE"
        return SourceError(f"cannot be trusted: {error}", fix=fix)
    if isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN:
        return SourceError("has a host that nobody knows", fix="mend its address")
    if known:
        return SourceError(f"breaks off: {error}", fix="try again later; if it stays so, tell those who run it")
    return BusyError(f"cannot be reached: {error}", fix="look whether its address is right, if it stays so")


@dataclass(slots=True)
class _Stream(httpcore.NetworkStream):
    """A connection on which nothing waits beyond `until`."""

    inner: httpcore.NetworkStream
    until: float

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self.inner.read(max_bytes, self._left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self.inner.write(buffer, self._left(httpcore.WriteTimeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, self._left(httpcore.ConnectTimeout)), self.until)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)

    def _left(self, error: type[Exception]) -> float:
        seconds = left(self.until)
        if not seconds:
            self.close()
            raise error
        return seconds


def left(until: float) -> float:
    """Seconds until then, never less than none."""
    return max(0.0, until - time.monotonic())
