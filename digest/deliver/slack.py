"""The issue as a message for Slack and what is like it: title, the first stories, links.

Slack's own marks (`*`, `_`, `~`) have no escape, so they are switched off for the whole text; `& < >`,
which make links and mentions (`<!channel>`), have one, and it holds in either mode.
"""

from __future__ import annotations

import json
from typing import Any

from digest.text import counted, cut
from digest.urls import safe

_STORIES = 10


def message(record: bytes, page: str = "") -> bytes:
    """The text made of issue.json, as the body of a request; `page` is where the issue can be read."""
    issue = json.loads(record)
    stories = [story for section in issue["sections"] for story in section["stories"]]
    lines = [_linked(issue["title"], page), _escaped(issue["subject"]), "", *map(_line, stories[:_STORIES])]
    if len(stories) > _STORIES:
        lines += ["", _linked(f"and {counted(len(stories) - _STORIES, 'more story', 'more stories')}", page)]
    told = {"text": "\n".join(lines).strip(), "mrkdwn": False, "unfurl_links": False}
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def _line(story: dict[str, Any]) -> str:
    outlets = story["outlets"]
    told_by = cut(outlets[0], 60) if len(outlets) == 1 else counted(len(outlets), "outlet")
    return f"• {_linked(story['title'], story['members'][0]['url'])} ({_escaped(told_by)})"


def _linked(text: str, url: str) -> str:
    """A link in Slack's way, or the bare text where the address may be none; `safe` leaves no `|` or `>` in it."""
    address = safe(url)
    return f"<{_escaped(address)}|{_escaped(text)}>" if address else _escaped(text)


def _escaped(text: str) -> str:
    """On one line, with the three signs escaped that Slack reads."""
    return cut(text, 2000).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
