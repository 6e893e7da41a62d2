"""What stands beside the issues in the outbox: the archive with a search in the page, and the feed of issues.

Both are made of what the manifests say of their issues, so that a thousand issues are quickly listed. Links are
relative, or begin with the public address where there is one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from digest.model import File, Issue, Window
from digest.render.dates import span
from digest.settings import Settings
from digest.text import counted, one_line, visible
from digest.urls import safe
from digest.words import words_of

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTRIES = 50  # of the feed: readers ask for all of it every time


@dataclass(frozen=True, slots=True)
class Shelved:
    """What the archive tells of an issue; `headlines` are what the search in the page looks through."""

    id: str
    number: int
    title: str
    subject: str
    preheader: str
    opens: str
    closes: str
    stories: int
    minutes: int
    headlines: tuple[str, ...]


def shelved(issue: Issue) -> dict[str, Any]:
    """What the manifest says of an issue for the archive."""
    window = issue.window
    headlines = tuple(one_line(story.title) for story in issue.stories)
    made = Shelved(
        issue.id,
        issue.number,
        one_line(issue.title),
        one_line(issue.subject),
        one_line(issue.preheader),
        window.opens.isoformat(),
        window.closes.isoformat(),
        len(issue.stories),
        issue.minutes,
        headlines,
    )
    return asdict(made)


def read(values: Mapping[str, Any]) -> Shelved | None:
    """What `shelved` wrote; None for what is not of its shape."""
    try:
        found = Shelved(**{**values, "headlines": tuple(map(str, values["headlines"]))})
        datetime.fromisoformat(found.closes), datetime.fromisoformat(found.opens)
    except (KeyError, TypeError, ValueError):
        return None
    return found


def archive(settings: Settings, found: Sequence[Shelved]) -> tuple[File, ...]:
    """`index.html` and `feed.xml` for these issues, newest first; the same issues give the same bytes."""
    newest_first = sorted(found, key=lambda one: (datetime.fromisoformat(one.closes), one.number, one.id), reverse=True)
    return (
        File("index.html", "text/html", _page(settings, newest_first).encode()),
        File("feed.xml", "application/atom+xml", _feed(settings, newest_first[:_ENTRIES]).encode()),
    )


def _base(settings: Settings) -> str:
    public = safe(settings.digest.public_url).rstrip("/")
    return f"{public}/" if public else ""


def _text(text: object) -> str:
    return html.escape(_NOT_XML.sub("", visible(str(text))))


def _feed(settings: Settings, found: Sequence[Shelved]) -> str:
    base, authority = _base(settings), settings.mail.sender.partition("@")[2].lower()
    title = _text(settings.digest.title)
    updated = _stamp(found[0].closes) if found else "1970-01-01T00:00:00Z"
    links = f'<link rel="self" type="application/atom+xml" href="{_text(base)}feed.xml"/>\n  <link href="{_text(base)}index.html"/>'
    entries = "".join(_entry(one, base, authority) for one in found)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{settings.digest.language}">\n'
        f"  <id>tag:{authority},2000:digest</id>\n  <title>{title}</title>\n  <updated>{updated}</updated>\n"
        f"  <author><name>{title}</name></author>\n  {links}\n{entries}</feed>\n"
    )


def _entry(one: Shelved, base: str, authority: str) -> str:
    year = one.closes[:4]
    told = "".join(f"<li>{_text(headline)}</li>" for headline in one.headlines)
    content = html.escape(f"<p>{_text(one.preheader)}</p><ul>{told}</ul>")
    return (
        f"  <entry>\n    <id>tag:{authority},{year}:digest/{_text(one.id)}</id>\n    <title>{_text(one.subject)}</title>\n"
        f"    <updated>{_stamp(one.closes)}</updated>\n    <published>{_stamp(one.closes)}</published>\n"
        f'    <link type="text/html" href="{_text(base)}{_text(one.id)}/issue.html"/>\n'
        f'    <summary>{_text(one.preheader)}</summary>\n    <content type="html">{content}</content>\n  </entry>\n'
    )


def _stamp(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_STYLE = """
:root{color-scheme:light dark;--page:#f3f1ec;--card:#fff;--text:#1f2328;--muted:#4a5158;--accent:#b3261e;--link:#0a4f8f;--line:#d8d4ca}
@media (prefers-color-scheme:dark){:root{--page:#111315;--card:#1b1e21;--text:#e8e6e1;--muted:#a9b1b9;--accent:#ff8a80;--link:#8ec5ff;
--line:#3a4046}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:17px/27px Georgia,"Times New Roman",serif}
main{max-width:704px;margin:0 auto;padding:40px 32px 64px;background:var(--card);min-height:100vh}
h1{font-size:32px;line-height:38px;margin:0 0 8px}
h2{font-size:21px;line-height:28px;margin:0 0 4px}
p{margin:0}
a{color:var(--link)}
.meta,label,input,footer{font:14px/22px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--muted)}
form{margin:24px 0 0}
label{display:block;margin-bottom:4px}
input{width:100%;padding:9px 12px;font-size:16px;color:var(--text);background:var(--page);border:1px solid var(--muted);border-radius:4px}
input:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
ol{list-style:none;margin:16px 0 0;padding:0}
li.issue{padding:20px 0;border-bottom:1px solid var(--line)}
.found{margin:8px 0 0;padding-left:20px}
.found li{margin:2px 0}
mark{background:none;color:var(--accent);font-weight:bold}
footer{margin-top:36px}
@media (max-width:480px){main{padding:24px 20px 48px}h1{font-size:28px;line-height:34px}}
@media print{form,footer{display:none}}
"""

# Looks through the words of each issue; every word typed must be there. Text is set as text, never as HTML.
_SCRIPT = """
const field=document.getElementById("search"),told=document.getElementById("told");
const rows=[...document.querySelectorAll("li.issue")].map(row=>({row,lines:[...row.querySelectorAll("[data-line]")],all:row.textContent}));
const plain=text=>text.normalize("NFKD").replace(/\\p{M}/gu,"").toLowerCase();
for(const one of rows)one.plain=plain(one.all);
document.getElementById("form").hidden=false;
function look(){
  const words=plain(field.value).split(/\\s+/).filter(Boolean);let shown=0;
  for(const {row,lines,plain:all} of rows){
    const fits=words.every(word=>all.includes(word));row.hidden=!fits;shown+=fits;
    for(const line of lines)line.hidden=!words.length||!words.some(word=>plain(line.textContent).includes(word));
  }
  told.textContent=words.length?(shown===1?"1 issue":shown+" issues"):"";
}
field.addEventListener("input",look);look();
"""


def _page(settings: Settings, found: Sequence[Shelved]) -> str:
    title, language = _text(settings.digest.title), settings.digest.language
    rows = "".join(_row(one, settings) for one in found)
    count = counted(len(found), "issue")
    listing = f"<ol>{rows}</ol>" if found else "<p>No issue yet.</p>"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<title>{title} – all issues</title>\n<link rel="alternate" type="application/atom+xml" title="{title}" href="feed.xml">\n'
        f'<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p class="meta">{count}</p>\n'
        '<form id="form" role="search" hidden onsubmit="return false"><label for="search">Search headlines</label>'
        '<input id="search" type="search" autocomplete="off"> <p class="meta" id="told" role="status"></p></form>\n'
        f'{listing}\n<footer><a href="feed.xml">Feed of all issues</a></footer>\n</main>\n<script>{_SCRIPT}</script>\n</body>\n</html>\n'
    )


def _row(one: Shelved, settings: Settings) -> str:
    window = Window(datetime.fromisoformat(one.opens), datetime.fromisoformat(one.closes))
    days = span(window, settings.digest.timezone, words_of(settings))
    facts = f"Issue {one.number} · {days} · {counted(one.stories, 'story', 'stories')} · {one.minutes} min"
    headlines = "".join(f"<li data-line hidden>{_text(headline)}</li>" for headline in one.headlines)
    return (
        f'<li class="issue"><h2><a href="{_text(one.id)}/issue.html">{_text(one.subject)}</a></h2>'
        f'<p class="meta">{_text(facts)}</p><p>{_text(one.preheader)}</p><ul class="found">{headlines}</ul></li>\n'
    )
