"""Pure helpers on addresses: which may be shown as links, and which two are one."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_LONGEST = 2000
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_hs\w+|ref|ref_src|cmpid|ito|s_cid|spm|smid|partner|output|outputtype)",
    re.IGNORECASE,
)
# Where a redirector carries its target: in a parameter of one of these names, or escaped in its path.
_TARGETS = re.compile(
    r"(?:u|q|l|r|to|url|uri|link|href|target|goto|go|dest|destination|out|a?murl|redir|redirect|redirect_?to|redirect_?ur[il]|return_?url"
    r"|target_?url|original_?url|link_?url|click_?url|page_?url|dest_?url|lurl|rurl|next|continue|p1|upn_url)",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"/(https?(?::|%3A)(?:%2F){2}[^/?#\s]+)", re.IGNORECASE)
_HOPS = 5
_MOBILE = re.compile(r"^(www|m|mobile|amp)\.", re.IGNORECASE)
_AMP = re.compile(r"(/amp|\.amp|/amp\.html)/?$", re.IGNORECASE)


def safe(url: str | None) -> str:
    """`url` if it may be a link (http or https, a host, no tricks), percent-encoded; else nothing."""
    url = (url or "").strip()
    if not url or len(url) > _LONGEST:
        return ""
    try:
        parts = urlsplit(url)
        hostname, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not hostname or "@" in parts.netloc or _UNSAFE.search(parts.netloc):
        return ""
    if not hostname.isascii() and _is_disguised(hostname):
        return ""
    made = _UNSAFE.sub(lambda found: quote(found.group(), safe="", errors="replace"), urlunsplit(parts))
    return made if len(made) <= _LONGEST else ""


def _is_disguised(host: str) -> bool:
    """Whether a host is another one than it shows: letters that stand for others (`１２７`), dots that are none, signs without a width."""
    odd = unicodedata.normalize("NFKC", host) != unicodedata.normalize("NFC", host) or "\u3002" in host
    return odd or any(unicodedata.category(letter) in {"Cf", "Cn", "Co", "Zs"} or "\ufe00" <= letter <= "\ufe0f" for letter in host)


def direct(url: str) -> str:
    """Where a redirector's link leads, as far as it says so itself; any other address as it is. Nothing is fetched."""
    for _ in range(_HOPS):
        target = _carried(url)
        if not target:
            break
        url = target
    return url


def _carried(url: str) -> str:
    """The address that `url` carries in a parameter or escaped in its path, if there is one."""
    try:
        parts = urlsplit(url)
        held = [value for key, value in parse_qsl(parts.query, max_num_fields=50) if _TARGETS.fullmatch(key)]
    except ValueError:
        return ""
    escaped = _ESCAPED.search(parts.path)
    held.extend([escaped[1]] if escaped else [])
    for value in held:
        for candidate in (value, unquote(value)):
            if re.match("https?://", candidate, re.IGNORECASE) and (made := safe(candidate)):
                return made
    return ""


def canonical(url: str) -> str:
    """One spelling for the addresses of one page: no tracking, AMP, mobile host, fragment or scheme."""
    url = safe(url)
    if not url:
        return ""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    while (shorter := _MOBILE.sub("", host)) != host and "." in shorter:
        host = shorter
    host = f"[{host}]" if ":" in host else host
    path = parts.path.rstrip("/")
    while (shorter := _AMP.sub("", path).rstrip("/")) != path:
        path = shorter
    query = urlencode(sorted((key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(key) and key != "amp"))
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    return f"{host}{port}{path}{'?' + query if query else ''}"
