"""Who may ask, and the headers that every answer carries.

A page elsewhere can point a name of its own at 127.0.0.1 and read what answers there. It cannot
choose the Host header, so only the names of this machine are answered.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::[0-9]{1,5})?", re.IGNORECASE)

# For the files: nothing runs and nothing is fetched, in the preview's frame or alone.
STRICT = "default-src 'none'; style-src 'unsafe-inline'; img-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

HEADERS = (
    ("Content-Security-Policy", STRICT),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)


def page_policy(style: str, script: str) -> str:
    """The policy of the preview's own page: this style, this script, and this server alone."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; connect-src 'self'; frame-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def is_ours(hosts: Iterable[str], also: str = "") -> bool:
    """Whether the Host headers of a request are one, and name this machine (or `also`)."""
    found = list(hosts)
    match = _HOST.fullmatch(found[0]) if len(found) == 1 else None
    return match is not None and match[1].lower() in _LOCAL | {also}


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
