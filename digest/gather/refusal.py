"""What an answer that is none is called: with what to do about it, and when to come back."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

from digest.errors import SourceError
from digest.gather.wire import Answer, BusyError

_BUSY = frozenset({429, 502, 503, 504})
_FIXES = {
    401: "it wants a password, which digest has none for: take the source out",
    403: "it does not want to be read by programs: look at it in a browser, or take the source out",
    404: "look for its new address and mend url, or take the source out",
    410: "it is gone for good: take the source out",
}


def refusal(answer: Answer) -> SourceError:
    """The error that an answer other than 200 and 304 is; BusyError where another try may bring more."""
    status = answer.status
    if status in _BUSY:
        return BusyError(f"answers {status}: it is too busy", wait=_retry_after(answer))
    return SourceError(f"answers {status}", fix=_FIXES.get(status, "try again later; if it stays so, tell those who run it"))


def _retry_after(answer: Answer) -> float | None:
    """The seconds that a server asks us to wait: a number, or a date, which is counted from the server's own."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - parsedate_to_datetime(answer.headers.get("date", ""))).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
