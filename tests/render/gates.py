"""The gates that a mail must pass, as the package has them, and what they rest on.

What only a browser can tell is in `test_browser.py`.
"""

from __future__ import annotations

from typing import Any

from digest.render.checks.check import Check
from digest.render.checks.mail import HTML, MESSAGE, Mail

GATES: dict[str, Check[Mail]] = {check.name: check for check in (*HTML, *MESSAGE)}
CLIENTS = (
    "apple-mail:macos apple-mail:ios gmail:desktop-webmail gmail:ios gmail:android gmail:mobile-webmail outlook:windows "
    "outlook:windows-mail outlook:macos outlook:outlook-com outlook:ios outlook:android yahoo:desktop-webmail yahoo:ios yahoo:android "
    "aol:desktop-webmail aol:ios aol:android samsung-email:android thunderbird:macos protonmail:desktop-webmail protonmail:ios "
    "protonmail:android fastmail:desktop-webmail hey:desktop-webmail gmx:desktop-webmail web-de:desktop-webmail t-online-de:desktop-webmail"
).split()
_CLIENTS = [tuple(client.split(":")) for client in CLIENTS]


def findings(mail: Mail) -> list[str]:
    """What the gates find, in words."""
    return [f"{found.name}: {found.wrong}" for check in GATES.values() if (found := check.of(mail))]


def counted(data: list[dict[str, Any]]) -> dict[str, int]:
    """In how many of `CLIENTS` each feature does not work, by the data of caniemail.com: what the newest version tested makes of it."""
    found = {}
    for one in data:
        tested = [one["stats"].get(family, {}).get(platform, {"": "u"}) for family, platform in _CLIENTS]
        found[one["slug"]] = sum(list(versions.values())[-1].startswith("n") for versions in tested)
    return found
