"""Which hosts may be connected to: names are resolved here, and every address is judged.

What is judged is the address that is then connected to, so neither a redirect, an odd notation
(`0x7f.1`, `2130706433`) nor a name that changes its address between two look-ups gets around it.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable

from digest.errors import SourceError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

_CLOSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments; the metadata of one large cloud among them
        "168.63.129.16/32",  # the wire server of another
        "192.88.99.0/24",  # old relays into IPv6
        "64:ff9b:1::/48",  # local translation of addresses
        "2001::/23",
        "2001:db8::/32",
        "5f00::/16",
        "fec0::/10",
    )
)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


def is_public(text: str) -> bool:
    """Whether an address is one of the open network: not loopback, private, link-local, multicast, reserved …"""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(address)
    if inner is not None:
        return is_public(str(inner))
    closed = any(address in network for network in _CLOSED if network.version == address.version)
    return address.is_global and not (closed or address.is_multicast or address.is_reserved or address.is_unspecified)


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """The older address that a newer one only wraps."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _TRANSLATED or 1 < int(address) < 2**32:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo


def lookup(host: str, port: int) -> list[str]:
    """The addresses of `host`, as the system has them; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def resolved(host: str, port: int, resolve: Resolver, allow_private: bool, seconds: float) -> list[str]:
    """The addresses to connect to, each judged; raises SourceError, TimeoutError or OSError.

    One that is not public refuses the host: there is no reason for a public host to have one.
    """
    found = _in_time(lambda: resolve(host, port), seconds)
    inside = [address for address in found if not is_public(address)]
    if inside and not allow_private:
        raise SourceError(
            f"leads to {inside[0]}, an address inside a network",
            fix="if it is your own server and you trust it, set allow_private = true for this source",
        )
    return found


def _in_time(work: Callable[[], list[str]], seconds: float) -> list[str]:
    """`work()` in a thread that is left alone when it takes too long: a look-up cannot be stopped."""
    done: list[list[str] | Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except (OSError, UnicodeError) as error:
            done.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    if not done:
        raise TimeoutError("its name is not answered for")
    if isinstance(done[0], UnicodeError):
        raise OSError("is no name of a host")
    if isinstance(done[0], Exception):
        raise done[0]
    return done[0]
