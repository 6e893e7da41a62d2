"""Full texts of entries: the linked page is fetched and its article taken out, in the sandbox."""

from __future__ import annotations

import json
import re

from digest.errors import DocumentError
from digest.gather.fetch import Client
from digest.sandbox import Sandbox

PAGES = 50  # pages of one feed that are fetched in one run; the rest comes in the next
# trafilatura and what it needs have 170 MiB of address space before they see a page.
READER = Sandbox("digest.gather.page_parse:article", seconds=20, memory=500 * 2**20)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def full_text(client: Client, url: str) -> str:
    """The markup of the article at `url`; raises DigestError where there is none to be had."""
    found = client.get(url)
    if "html" not in found.media_type.lower():
        raise DocumentError(f"is no web page but {found.media_type or 'of no kind'}", where=url, fix="nothing: the feed's text stands in")
    said = _CHARSET.search(found.media_type)
    head = json.dumps({"charset": said[1] if said else None}).encode()
    text = READER.run(head + b"\n" + found.content)
    if not isinstance(text, str) or not text.strip():
        raise DocumentError("holds no article that can be made out", where=url, fix="nothing: the feed's text stands in")
    return text
