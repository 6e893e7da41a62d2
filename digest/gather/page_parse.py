"""A web page to the article in it. Runs in the sandbox only; the only module that knows trafilatura.

What comes in is a line of JSON ({"charset": what the server said}) and then the page; what goes out is
the article's markup, or nothing.
"""

from __future__ import annotations

import json

from trafilatura import extract

from digest.decode import text_of


def article(request: bytes) -> str:
    """The article's headings, paragraphs and lists as HTML; nothing where the page has none."""
    head, _, content = request.partition(b"\n")
    page = text_of(content, json.loads(head)["charset"])
    return extract(page, output_format="html", include_comments=False, include_images=False) or ""
