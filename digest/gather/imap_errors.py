"""What goes wrong with an IMAP server, in the words of a person who edits the settings."""

from __future__ import annotations

import imaplib
import socket
import ssl
from dataclasses import dataclass

from digest.errors import SourceError
from digest.text import cut

# What imaplib raises for a connection that failed, and for answers that no server should give.
BROKEN = (imaplib.IMAP4.error, OSError, EOFError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Server:
    """Where the mails are. `seconds` limit one wait, `session` all of them, `largest` one answer in bytes."""

    host: str
    user: str
    port: int = 993
    starttls: bool = False
    allow_private: bool = False
    seconds: float = 30.0
    session: float = 300.0
    largest: int = 15 * 2**20

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def unreached(error: Exception, server: Server) -> SourceError:
    """Why there is no session, in the words of a person who edits the settings."""
    if isinstance(error, ssl.SSLCertVerificationError):
        cause = f"shows a certificate that is not valid: {error.verify_message}"
        fix = "`host` must be the name in the certificate; for an authority of your own, name its file in SSL_CERT_FILE"
    elif isinstance(error, ssl.SSLError):
        cause = f"speaks no TLS there: {error.reason or error}"
        fix = "port 993 has TLS from the start; for port 143 set starttls = true"
    elif isinstance(error, socket.gaierror):
        cause, fix = "is a name that leads nowhere", "mend `host`, and look whether this machine is on the network"
    elif isinstance(error, TimeoutError):
        cause = f"did not answer in {server.seconds:g} seconds"
        fix = "mend `host` and `port`; with port 143, set starttls = true; else try again later"
    else:
        cause, fix = f"cannot be reached: {said(error)}", "mend `host`, `port` and `starttls`, or try again later"
    return SourceError(cause, where=str(server), fix=fix)


def refused(error: Exception, server: Server) -> SourceError:
    """The server does not let the user in."""
    return SourceError(
        f"does not let {server.user!r} in: {said(error)}",
        where=str(server),
        fix="check `user` and what `password_env` or `password_file` names; many providers want an app password",
    )


def lost(error: Exception, server: Server, late: bool) -> SourceError:
    """Why a session ended before its end."""
    if late:
        cause = f"took more than {server.session:g} seconds in all"
    elif isinstance(error, TimeoutError):
        cause = f"did not answer in {server.seconds:g} seconds"
    elif isinstance(error, imaplib.IMAP4.abort | OSError | EOFError):
        cause = f"broke off the connection: {said(error)}"
    else:
        cause = f"gave an answer that is none: {said(error)}"
    return SourceError(cause, where=str(server), fix="what came before was taken; the rest comes at the next run")


def said(error: Exception) -> str:
    """What a server or the system said, which may be anything."""
    words = error.args[0] if error.args else ""
    if isinstance(error, OSError):
        words = error.strerror or words
    return cut(words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words), 200)
