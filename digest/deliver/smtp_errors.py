"""What goes wrong with a mail server, in the words of a person who edits the settings."""

from __future__ import annotations

import smtplib
import socket
import ssl

from digest.errors import DeliveryError
from digest.text import cut

# What smtplib and the line below it raise; smtplib's own errors are OSErrors too.
BROKEN = (OSError, smtplib.SMTPException, ValueError)


def said(code: int, words: bytes, secret: str = "") -> str:
    """A server's answer, which may be anything, on one line; a secret that it repeats is not told on."""
    text = words.decode("utf-8", "replace")
    if secret:
        text = text.replace(secret, "…")
    return cut(f"{code} {text}" if code > 0 else f"an answer that is none: {text}", 200)


def how(error: Exception, seconds: float) -> str:
    """How a line was lost."""
    if isinstance(error, TimeoutError):
        return f"no answer in {seconds:g} seconds"
    if isinstance(error, OSError) and error.strerror and not isinstance(error, ssl.SSLError):
        return cut(error.strerror, 200)
    return cut(str(error) or type(error).__name__, 200)


def unreached(error: Exception, where: str, seconds: float) -> DeliveryError:
    """Why there is no line at all."""
    if isinstance(error, ssl.SSLCertVerificationError):
        cause = f"shows a certificate that is not valid: {error.verify_message}"
        fix = "`host` must be the name in the certificate; for an authority of your own, name its file in `ca_file`"
    elif isinstance(error, ssl.SSLError):
        cause = f"speaks no TLS there: {error.reason or 'the line broke'}"
        fix = 'port 465 wants tls = "implicit", port 587 tls = "starttls"'
    elif isinstance(error, socket.gaierror):
        cause, fix = "is a name that leads nowhere", "mend `host`, and look whether this machine is on the network"
    elif isinstance(error, TimeoutError):
        cause = f"did not answer in {seconds:g} seconds"
        fix = 'mend `host`, `port` and `tls` (port 465 wants tls = "implicit"), or wait'
    else:
        cause, fix = f"cannot be reached: {how(error, seconds)}", "mend `host`, `port` and `tls`, or wait"
    return DeliveryError(cause, where=where, fix=fix)
