"""Markdown both ways: the editor's to HTML and text, anyone's text to Markdown. Knows markdown-it and nh3.

The `js-default` preset is used because the others let raw HTML through; nh3 has the last word on
tags and addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from digest.text import one_line, visible
from digest.urls import safe

_PARSER = MarkdownIt("js-default")
_TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "em", "strong", "a", "blockquote", "code", "pre", "hr", "br"}
_PAGE = {"h1", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
_SCHEMES = {"http", "https", "mailto"}

_ALWAYS = re.compile(r"[\\`*\[\]<|~]")
_FULL = re.compile(r"[\\`*_\[\]<>|~#!$^{}:@&]")
# What only some places or neighbours give a meaning: an underscore at a word's edge, an entity, a
# number sign that may close a heading, an address that GitHub would link, a pair of dollar signs.
_SOMETIMES = re.compile(
    r"(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|^>|#(?=\s|$)|(?:^|(?<=\s))#|:(?=//)|(?<=\S)@(?=\S)|(?<!\w)@|\$(?=.*\$)|(?<=\$)\$"
)
_LEADING = re.compile(r"^(?:(\d{1,9})([.)])|([-+=]))")
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ODD = re.compile('[\\s<>"\x00-\x20\x7f-\x9f\ud800-\udfff]')
_RAW_HTML = re.compile(r"<[A-Za-z/!?]")


def to_html(markdown: str) -> str:
    """HTML of an editor's Markdown with nothing in it but plain tags and plain links."""
    return _html(markdown, _TAGS)


def page(markdown: str) -> str:
    """HTML of a page that came as Markdown: as `to_html`, with every level of heading, and its tables."""
    return _html(markdown, _TAGS | _PAGE)


def _html(markdown: str, tags: set[str]) -> str:
    return nh3.clean(
        _PARSER.render(visible(markdown)),
        tags=tags,
        attributes={"a": {"href"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    ).strip()


def to_text(markdown: str) -> list[str]:
    """The paragraphs of an editor's Markdown as plain lines; a link's address follows its words."""
    return [line for token in _PARSER.parse(visible(markdown)) if (line := one_line("".join(_plain(token))))]


def harmless(markdown: str) -> str:
    """An editor's Markdown as it stands, or as escaped text where it has HTML, images or odd links.

    So too where it would swallow what follows, as a code fence that is never closed does.
    """
    markdown = visible(markdown).strip()
    tokens = [child for token in _PARSER.parse(markdown) for child in (token, *(token.children or ()))]
    if any(_is_odd(token) for token in tokens) or not _ends(markdown):
        return "\n\n".join(escape(part) for part in re.split(r"\n\s*\n", markdown) if part.strip())
    return markdown


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """`text` on one line as Markdown that renders to just that text, wherever it is put.

    The few characters that always matter are escaped first; only where that would render as
    something else is every character escaped that could have a meaning.
    """
    text = one_line(text)
    light = _guarded(_SOMETIMES.sub(_backslash, _ALWAYS.sub(_backslash, text)))
    return light if _renders_as(light, text) else _guarded(_FULL.sub(_backslash, text))


def link_target(url: str) -> str:
    """`url` as the target of a Markdown link; nothing where it may not be one."""
    target = _ODD.sub(lambda found: _percent(found.group()), safe(url))
    target = _ENTITY.sub("&amp;", target)
    return f"<{target}>" if re.search(r"[()]", target) else target


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _backslash(found: re.Match[str]) -> str:
    return "\\" + found.group()


def _guarded(text: str) -> str:
    """`text` with what could begin a list, a rule or a bare address escaped as well."""
    text = _LEADING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", text)
    return _WWW.sub(r"\1\\.", text)


def _renders_as(markdown: str, text: str) -> bool:
    """Whether `markdown` gives `text` back as a paragraph, a heading, a list item and a link's words."""
    shapes = (markdown, f"## {markdown}", f"- {markdown}", f"[{markdown}](https://a.example)")
    return all("".join(_words(_PARSER.parse(shape))) == text for shape in shapes)


def _words(tokens: list[Token]) -> Iterator[str]:
    """The text in `tokens`; anything that is not plain text, a link or one block shows as U+FFFC."""
    allowed = {"paragraph", "heading", "bullet_list", "list_item", "link"}
    for token in tokens:
        if token.type == "inline":
            yield from _words(token.children or [])
        elif token.type == "text":
            yield token.content
        elif token.type.rsplit("_", 1)[0] not in allowed:
            yield "\ufffc"


def _plain(token: Token) -> Iterator[str]:
    if token.type in {"fence", "code_block"}:
        yield token.content
    address = ""
    for child in token.children or ():
        if child.type == "link_open":
            address = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            yield f" <{safe(address)}>" if safe(address) else ""
        else:
            yield " " if child.type in {"softbreak", "hardbreak"} else child.content


def _ends(markdown: str) -> bool:
    """Whether a paragraph put after `markdown` is still one."""
    return [token.content for token in _PARSER.parse(f"{markdown}\n\nnext")[-2:]] == ["next", ""]


def _is_odd(token: Token) -> bool:
    """Whether a token could do more than show words or lead to a web page or a mailbox."""
    if token.type == "link_open":
        href = str(token.attrGet("href") or "")
        return not (safe(href) or href.lower().startswith("mailto:"))
    return token.type == "image" or (token.type == "text" and bool(_RAW_HTML.search(token.content)))
