"""HTML to blocks. The only module that knows selectolax.

The parser is lenient and never recursive, so broken markup does not stop it; its time grows with the
square of the nesting, so tags nested absurdly deep are left out before it sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from digest.clean.draft import RULE, Block, Draft, Form, is_head_like, people
from digest.clean.letter import has_size, is_about, is_service, is_shut, is_tiny
from digest.model import Removal
from digest.text import one_line
from digest.urls import direct, safe

_NEVER = "script,style,noscript,template,svg,math,iframe,object,embed,head title,select,button,input,textarea"
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—-]\s+(?:(?!\s[|–—-]\s).){1,40}$")  # ` | Harbour Post` behind the title of a page
# Programs wrap whole pages in a <form>, and call them `has-comments`: what holds most of the words is the page.
_MOST, _SPARED = 0.6, 20
_ALWAYS = frozenset({"consent", "hidden", "nav", "dialog"})  # taken out however long
_FURNITURE = "nav,footer,aside,form,figcaption,dialog"
# Words in a class or id that say what an element is; each is a rule by its own name.
_NAMED = (
    ("unsubscribe", r"unsubscribe"),
    ("consent", r"cookie|consent|gdpr"),
    ("subscribe", r"subscri|newsletter-?(box|form|signup|promo)|signup|sign-up|paywall"),
    ("share", r"share|social"),
    ("related", r"related|read-?more|recommend|most-?read|trending|outbrain|taboola|teaser-list"),
    ("comments", r"comment"),
    ("advert", r"advert|\bad-|-ad\b|sponsor|promo"),
    ("navigation", r"breadcrumb|navbar|menu|skip-link|masthead-nav"),
)
_NAMES = tuple((rule, re.compile(words, re.IGNORECASE)) for rule, words in _NAMED)
_BLOCKS = frozenset(
    "address article blockquote body center dd div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table "
    "tbody td tfoot th thead tr ul caption".split()
)
_BOLD = re.compile(
    r"font-weight\s*:\s*(?:bold|[6-9]00)|font\s*:[^;]{0,40}\bbold\b|font-size\s*:\s*(?:2\d|3\d|4\d)(?:\.\d+)?px", re.IGNORECASE
)
_DEEPEST = 200  # ancestors looked at for one text
_NESTED = 1000  # open tags beyond which more of them are left out
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*+>")
# Tags that open no level of their own, and those whose content must not turn into text.
_UNCOUNTED = frozenset("br hr img input meta link wbr area base col source track p li td th tr dt dd option tbody thead tfoot".split())
_UNCOUNTED |= frozenset("script style textarea title noscript template svg math iframe object embed select button".split())
_MENU = 3  # links with nothing between them that are a menu
_LINKS = 300  # links of a mail whose surroundings are looked at; newsletters have up to 150
_META_NAMES = ("property", "name", "itemprop")
_META = {
    "title": ("property=og:title", "name=twitter:title"),
    "published": ("property=article:published_time", "name=date", "itemprop=datePublished"),
    "author": ("name=author", "property=article:author"),
    "section": ("property=article:section",),
    "url": ("property=og:url",),
}


def html_draft(markup: str, mail: bool = False) -> Draft:
    """What a page or the HTML part of a `mail` says, in blocks, with the facts of its head."""
    tree = LexborHTMLParser(_shallow(markup))
    said = _said(tree)
    facts = {name: next((said[one] for one in places if one in said), "") for name, places in _META.items()}
    named = tree.css_first("head title")
    page_title = one_line(named.text(deep=True)) if named else ""
    canonical = tree.css_first('link[rel="canonical"]')
    url = safe((canonical.attributes.get("href") if canonical else "") or facts["url"])
    language = tree.css_first("html[lang]")
    unread = tuple(_unread(tree)) if mail else ()
    removed = (*unread, *_strip(tree))
    root = _root(tree)
    blocks = tuple(_Blocks(url, mail).of(root)) if root else ()
    return Draft(
        blocks,
        title=facts["title"] or _heading(blocks, page_title),
        url=url,
        published=facts["published"] or _time(tree),
        section=facts["section"],
        language=(language.attributes.get("lang") or "" if language else "").split("-")[0].lower(),
        authors=people(facts["author"]),
        tags=tuple(one_line(node.attributes.get("content") or "") for node in tree.css('meta[property="article:tag"]')),
        removed=removed,
        markup=True,
    )


def _shallow(markup: str) -> str:
    """The markup without the tags that are nested too deep; their words stay."""
    depth = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth
        if found[2].lower() in _UNCOUNTED:
            return found.group()
        before, depth = depth, max(0, depth - 1) if found[1] else depth + 1
        return "" if max(before, depth) > _NESTED else found.group()

    return _TAG.sub(kept, markup) if markup.count("<") > _NESTED else markup


def _said(tree: LexborHTMLParser) -> dict[str, str]:
    """What the page says of itself in its `<meta>`, by the name that it gives it; the first that says something."""
    said: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        found = node.attributes
        content = one_line(found.get("content") or "")
        for name in _META_NAMES:
            if content and found.get(name):
                said.setdefault(f"{name}={found[name]}", content)
    return said


def _time(tree: LexborHTMLParser) -> str:
    node = tree.css_first("time[datetime]")
    return one_line(node.attributes.get("datetime") or "") if node else ""


def _heading(blocks: tuple[Block, ...], page_title: str) -> str:
    """The main heading; where a page has no heading at all, the title in its head without the site's name."""
    if any(block.form is Form.HEADING for block in blocks):
        return next((block.text for block in blocks if block.level == 1), "")
    return _SITE.sub("", page_title)


def _strip(tree: LexborHTMLParser) -> Iterator[Removal]:
    """Take out what is never text, then the furniture that its tag, class or id gives away."""
    for node in tree.css(_NEVER):
        node.decompose()
    whole = _length(tree.body) * _MOST if tree.body else 0
    spared = 0
    for node, rule in _furniture(tree):
        if node.parent is None:
            continue
        if rule not in _ALWAYS and spared < _SPARED and _length(node) > whole:
            spared += 1
            continue
        text = one_line(node.text(deep=True, separator=" "))
        node.decompose()
        if text:
            yield Removal(f"markup:{rule}", text[:500])


def _unread(tree: LexborHTMLParser) -> Iterator[Removal]:
    """Take out what a mail has and no reader is meant to see or follow: preheaders, and links about the mail itself."""
    styled = [(node, node.attributes.get("style") or "") for node in tree.css("[style]")]
    seen = _with_ancestors([node for node, style in styled if has_size(style)] + tree.css("font[size]"))
    for node, style in styled:
        if node.tag not in {"html", "body"} and (is_shut(style) or (is_tiny(style) and node.mem_id not in seen)):
            yield from _taken(node, "preheader")
    for number, node in enumerate(tree.css("a")):
        if node.parent is not None and is_service(node.text(deep=True), node.attributes.get("href") or ""):
            yield from _taken(_around(node) if number < _LINKS else node, "unsubscribe")


def _with_ancestors(nodes: list[LexborNode]) -> set[int]:
    """These nodes and all above them, by their places in memory."""
    found: set[int] = set()
    for node in nodes:
        here: LexborNode | None = node
        while here is not None and here.mem_id not in found:
            found.add(here.mem_id)
            here = here.parent
    return found


def _around(node: LexborNode) -> LexborNode:
    """The block in which a service link stands, where it is about nothing else; else the link alone."""
    here = node.parent
    for _ in range(_DEEPEST):
        if here is None or here.tag in {"body", "html"}:
            break
        if here.tag in _BLOCKS:
            others = [link for link in here.css("a") if not is_service(link.text(deep=True), link.attributes.get("href") or "")]
            headed = here.css_first("h1,h2,h3,h4,h5,h6,b,strong") is not None
            return node if headed or any(map(_length, others)) or not is_about(here.text(deep=True)) else here
        here = here.parent
    return node


def _taken(node: LexborNode, rule: str) -> Iterator[Removal]:
    if node.parent is None:  # went with the one around it
        return
    text = one_line(node.text(deep=True, separator=" "))
    node.decompose()
    if text:
        yield Removal(f"markup:{rule}", text[:500])


def _length(node: LexborNode) -> int:
    return len(one_line(node.text(deep=True)))


def _furniture(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    """The elements that are furniture by tag or name, with the rule that says so."""
    for node in tree.css(_FURNITURE):
        yield node, node.tag or ""
    for node in tree.css("[class],[id],[hidden],[style]"):
        attributes = node.attributes
        if node.tag in {"html", "body", "article", "main"}:
            continue
        if "hidden" in attributes or _UNSEEN.search(attributes.get("style") or ""):
            yield node, "hidden"
            continue
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        rule = next((rule for rule, words in _NAMES if words.search(named)), "")
        if rule:
            yield node, rule


def _is_set_bold(node: LexborNode) -> bool:
    """Letters that a style makes bold, or as large as a headline: letters have few other means."""
    return bool(_BOLD.search(node.attributes.get("style") or ""))


def _root(tree: LexborHTMLParser) -> LexborNode | None:
    """The one `<article>`, else `<main>`, else the body; several articles are a round-up: their parent."""
    articles = [node for node in tree.css("article") if len(node.text(deep=True)) > 200]
    if len(articles) == 1:
        return articles[0]
    return tree.css_first("main") or tree.body


@dataclass(slots=True)
class _Blocks:
    """Collects the text below a node into blocks: a new one wherever the block-level parent changes."""

    base: str
    mail: bool = False
    parts: list[str] = field(default_factory=list)
    parent: LexborNode | None = None
    link: str = ""
    bold: bool = True
    lead: int = 0  # parts at the head that are bold, or in one link
    led: bool = True
    entries: list[int] = field(default_factory=list)  # parts that are links

    def of(self, root: LexborNode) -> Iterator[Block]:
        for node in root.traverse(include_text=True):
            if node.tag in {"br", "hr", "img"} or node.tag in _BLOCKS:
                yield from self._flush()
                if node.tag == "hr":
                    yield Block(Form.CUT, "", RULE)
            elif node.tag == "-text" and (text := node.text(deep=False)):
                parent = self._enter(node)
                if parent is None or self.parent is None or parent.mem_id != self.parent.mem_id:
                    yield from self._flush()
                    self.parent = parent
                    self._enter(node)
                self.parts.append(text)
                self._count(node)
                if self.led:
                    self.lead = len(self.parts)
        yield from self._flush()

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """The block-level ancestor of a text; on the way up, is it bold, and where does it link?"""
        here, bold, linked = node.parent, False, False
        for _ in range(_DEEPEST):
            bold = bold or (here is not None and (here.tag in {"b", "strong"} or _is_set_bold(here)))
            if here is None or here.tag in _BLOCKS:
                break
            linked = linked or here.tag == "a"
            if here.tag == "a" and not self.link:
                self.link = self._target(here)
            here = here.parent
        if node.text(deep=False).strip():
            self.bold = self.bold and bold
            self.led = self.led and (bold or linked)
        return here

    def _count(self, node: LexborNode) -> None:
        """Mark where another link begins: entries of a menu have no sign between them but a space."""
        if node.parent is not None and node.parent.tag == "a" and node.text(deep=False).strip():
            self.entries.append(len(self.parts) - 1)

    def _target(self, node: LexborNode) -> str:
        try:
            target = safe(urljoin(self.base, node.attributes.get("href") or ""))
            return direct(target) if self.mail else target
        except ValueError:
            return ""

    def _flush(self) -> Iterator[Block]:
        if len(self.entries) >= _MENU and not any(part.strip() for at, part in enumerate(self.parts) if at not in self.entries):
            self.parts = [f"{part} | " if at in self.entries[:-1] else part for at, part in enumerate(self.parts)]
        text = one_line("".join(self.parts))
        lead = one_line("".join(self.parts[: self.lead]))
        tag = self.parent.tag if self.parent is not None and self.parent.tag else ""
        if text:
            if re.fullmatch("h[1-6]", tag):
                yield Block(Form.HEADING, text, int(tag[1]), self.link)
            elif tag == "li":
                yield Block(Form.ITEM, text, url=self.link, lead=lead)
            elif self.bold and is_head_like(text):
                yield Block(Form.HEADING, text, 6, self.link)
            else:
                yield Block(Form.TEXT, text, url=self.link if lead else "", lead=lead)
        self.parts, self.parent, self.link, self.bold, self.lead, self.led = [], None, "", True, 0, True
        self.entries = []
