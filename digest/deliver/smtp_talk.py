"""One mail over an open line, and what became of it: where the talk broke off decides.

MAIL FROM → RCPT TO → DATA → all but the final dot  |  the dot → the answer
lost here: surely nothing arrived, LATER            |  lost here: UNKNOWN (RFC 1047)
"""

from __future__ import annotations

from digest.deliver.smtp_client import Client
from digest.deliver.smtp_errors import BROKEN, how, said
from digest.deliver.smtp_letter import stuffed
from digest.model import Reply, Standing

# "Log in first", and the ways in which that fails (RFC 4954, 6): of the set-up, at whatever step they are said.
_LOG_IN = frozenset({530, 534, 535, 538})
_PATIENCE = 5  # times a step's limit for the last answer: RFC 5321, 4.5.3.2 gives it 10 minutes and most others 2


def handed_over(client: Client, sender: str, recipient: str, letter: bytes) -> Reply:
    """What the server made of one letter to one address; the line is closed where nothing more can be said on it."""
    reply = _talk(client, sender, recipient, letter)
    if client.spent:
        client.close()
    return reply


def _talk(client: Client, sender: str, recipient: str, letter: bytes) -> Reply:
    wide = not recipient.isascii()
    if wide and not client.has_extn("smtputf8"):
        return Reply(Standing.REFUSED, f"{client.server} takes no addresses with letters outside ASCII (SMTPUTF8)")
    seconds = client.server.seconds
    try:
        early = _before(client, sender, recipient, letter, wide)
    except BROKEN as error:
        client.close()
        return Reply(Standing.LATER, f"the line was lost before the end of the mail: {how(error, seconds)}")
    if early:
        return early
    try:
        client.send(b".\r\n")
        code, words = client.getreply(_PATIENCE * seconds)
    except BROKEN as error:
        client.close()
        return Reply(Standing.UNKNOWN, f"the line was lost behind the end of the mail: {how(error, _PATIENCE * seconds)}")
    if 200 <= code < 300:
        return Reply(Standing.TAKEN, said(code, words))
    if code < 0:
        return Reply(Standing.UNKNOWN, f"behind the end of the mail came {said(code, words)}")
    return _refusal(client, code, words)


def _before(client: Client, sender: str, recipient: str, letter: bytes, wide: bool) -> Reply | None:
    """Everything up to the final dot; a reply where the server stopped it."""
    client.command_encoding = "utf-8" if wide else "ascii"
    size = f" SIZE={len(letter)}" if client.has_extn("size") else ""
    code, words = client.docmd(f"MAIL FROM:<{sender}>{size}{' SMTPUTF8' if wide else ''}")
    if code >= 500:
        return Reply(Standing.LATER, f"the server takes nothing from {sender}: {said(code, words)}; mend [mail] sender, or ask who runs it")
    if code != 250:
        return _refusal(client, code, words)
    code, words = client.docmd(f"RCPT TO:<{recipient}>")
    if not 250 <= code <= 252:
        return _refusal(client, code, words)
    code, words = client.docmd("DATA")
    if code != 354:
        return _refusal(client, code, words)
    client.pour(stuffed(letter))
    return None


def _refusal(client: Client, code: int, words: bytes) -> Reply:
    """An answer that is not the one hoped for: 5xx is final for this recipient, unless it asks to log in; all else is for later."""
    if code == 421 or not 400 <= code < 600:
        client.spent = True
    if code in _LOG_IN:
        return Reply(Standing.LATER, f"{said(code, words)}; set `user` and `password_env`, or mend them")
    return Reply(Standing.REFUSED if code >= 500 else Standing.LATER, said(code, words))
