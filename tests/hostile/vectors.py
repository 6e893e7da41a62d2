"""Texts that mean harm, written for this project: made of what they do, where they do it, and how they hide it.

`vectors(base)` gives the same ones in the same order each time. `base` is an address at which any request is counted.
A script that runs sets `__ran` in the page; a template that is evaluated prints PRODUCT.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Iterator
from itertools import product
from urllib.parse import quote

PRODUCT = str(1337 * 7331)

_RUN = "top.__ran=1"
# Where a script may hide in HTML: `§` is the script, `¤` the address that counts.
_MARKUP = """
<script>§</script>|<script src=¤></script>|</title><script>§</script>|</style><script>§</script>|</textarea><script>§</script>
</noscript><script>§</script>|</xmp><script>§</script>|</iframe><script>§</script>|</select><script>§</script>|--><script>§</script>
--!><script>§</script>|]]><script>§</script>|<![CDATA[<script>§</script>]]>|<![endif]--><script>§</script>|<!--[if mso]><script>§</script>
<!--[if !mso]><!--><script>§</script>|"><script>§</script>|'><script>§</script>|`><script>§</script>|</p></td></tr></table><script>§</script>
<img src=x onerror=§>|<img src=¤>|<img srcset=¤>|<img src="x" onerror="§">|<image href=¤>|<image src=x onerror=§>|<svg onload=§>
<svg><script>§</script></svg>|<svg><image href=¤ /></svg>|<svg><use href=¤#x /></svg>|<svg><a href="javascript:§"><text y=9>x</text></a></svg>
<svg><animate onbegin=§ attributeName=x dur=1s>|<svg><style><img src=x onerror=§></style></svg>|<svg><foreignObject><img src=x onerror=§>
<math><mtext><table><mglyph><style><img src=x onerror=§>|<math href="javascript:§">x</math>|<math><annotation-xml encoding="text/html"><img src=x onerror=§>
<iframe srcdoc="<script>§</script>"></iframe>|<iframe src="javascript:§"></iframe>|<iframe src=¤></iframe>|<frameset onload=§>|<frame src=¤>
<object data=¤></object>|<object data="javascript:§"></object>|<embed src=¤>|<embed src="javascript:§">|<applet code=¤></applet>
<video src=¤></video>|<video poster=¤></video>|<video><source onerror=§></video>|<audio src=¤ autoplay></audio>|<audio src=x onerror=§>
<track src=¤>|<link rel=stylesheet href=¤>|<link rel=preload as=image href=¤>|<link rel=prefetch href=¤>|<link rel=dns-prefetch href=¤>
<meta http-equiv=refresh content="0;url=¤">|<meta http-equiv=refresh content="0;url=javascript:§">|<meta name=referrer content=unsafe-url>
<base href=¤>|<base target=_top href="javascript:§//">|<body onload=§>|<body background=¤>|<html onmouseover=§>|<table background=¤>
<td background=¤>|<input type=image src=¤>|<input autofocus onfocus=§>|<textarea autofocus onfocus=§>|<select autofocus onfocus=§>
<keygen autofocus onfocus=§>|<button formaction="javascript:§">x</button>|<form action="javascript:§"><input type=submit>
<form id=x></form><button form=x formaction=¤>x</button>|<isindex action=¤ type=image>|<details open ontoggle=§>|<details ontoggle=§><summary>x
<marquee onstart=§>x</marquee>|<marquee loop=1 width=0 onfinish=§>|<dialog open onclose=§>x|<div popover onbeforetoggle=§>x
<a href="javascript:§">x</a>|<a href=¤ ping=¤>x</a>|<a onclick=§>x</a>|<a href="data:text/html,<script>§</script>">x</a>|<area href="javascript:§">
<template><script>§</script></template>|<template shadowrootmode=open><img src=x onerror=§></template>|<slot onslotchange=§>
<style>@import url(¤);</style>|<style>*{background:url(¤)!important}</style>|<style>*{display:none!important}</style>
<div style="background:url(¤)">x|<div style="position:fixed;inset:0;background:#fff">over all</div>|<div style="display:none">
<div style="width:expression(§)">|<div style="behavior:url(¤)">|<div style="-moz-binding:url(¤)">|<p style="font-size:9999px">x
<plaintext>|<xmp>|<listing>|<noembed>|<noscript>|<noframes>|<title>|<textarea>|<style>|<script>|<iframe>|<select>|<option>|<button>|<table>
<!--|<!-- x|<!|<?|<?php echo 1?>|<?xml version="1.0"?>|<?xml-stylesheet href="¤"?>|<!DOCTYPE x SYSTEM "¤">|<!ENTITY x SYSTEM "¤">|<![CDATA[
</html>|</body>|</table>|</td></tr>|</a>|</h3>|</p>|</div></div></div>|</details>|<details>|<summary>|<hr><hr>|<br>|<x-custom onclick=§>
" onmouseover="§|' onmouseover='§|" autofocus onfocus="§|" style="position:fixed;inset:0" onclick="§|"/onload="§|x" onerror="§" y="
""".strip()
_ADDRESSES = """
javascript:§|JaVaScRiPt:§|java\tscript:§|java\nscript:§|java\rscript:§|\x01javascript:§|\x20javascript:§|javascript\t:§|javascript&colon;§
&#106;avascript:§|&#x6A;avascript:§|&#0000106avascript:§|javascript&#58;§|javascript:%74op.__ran=1|javascript://x%0a§|javascript://¤/%0a§
jav&Tab;ascript:§|jav&NewLine;ascript:§|\u200bjavascript:§|\ufeffjavascript:§|\u2028javascript:§|ｊavascript:§|javascript：§|vbscript:§|livescript:§
mocha:§|data:text/html,<script>§</script>|data:text/html;base64,D|data:image/svg+xml,<svg onload=§>|DATA:text/html,x|data:,x|blob:¤|filesystem:¤
view-source:¤|file:///etc/passwd|file://host/share|smb://host/share|\\\\host\\share|search-ms:query=x|ms-word:ofe|u|¤|ms-msdt:/id|ssh://-oProxy
tel:+1|sms:+1|mailto:a@b.example?bcc=c@d.example|mailto:x@y.example%0d%0aBcc:z@y.example|intent://x#Intent;end|itms-services://?x|about:blank
chrome://version|feed:¤|jar:¤!/x|wyciwyg://x|ws://127.0.0.1/|ftp://x.example/|gopher://x.example/|//x.example/|///x.example/|/\\x.example/|\\/x
http:x.example|http:/x.example|http:\\\\x.example|http:///x.example|http://|https://|http://[|http://[::1|http://[::1]:99999/|http://x.example:abc/
http://user:pass@x.example/|http://x.example@y.example/|http://x.example\\@y.example/|http://x.example%2f@y.example/|http://x.example#@y.example/
http://x.example/"onmouseover="§|http://x.example/'onmouseover='§|http://x.example/><script>§</script>|http://x.example/`§`|http://x.example/ §
http://x.example/)[x](javascript:§)|http://x.example/>)<script>§</script>|http://x.example/\n\n<script>§</script>|http://x.example/\x00|http://x.example/\ud800
http://x.example/\u202egnp.exe|http://x.example/&lt;script&gt;|http://x.example/&quot;onclick=§|http://x.example/{{1337*7331}}|http://x.example/%0d%0aSet-Cookie:x
http://xn--/|http://xn--a.example/|http://пример.example/|http://ex\u0430mple.example/|http://x。example/|http://x\u00adexample/|http://１２７.0.0.1/
http://0x7f.1/|http://2130706433/|http://x.example/?u=javascript:§|http://x.example/?url=data:text/html,§|http://x.example/(((((|http://x.example/)))))
""".strip()
_MARKDOWN = """
[x](javascript:§)|[x](<javascript:§>)|[x]( javascript:§)|[x](JAVASCRIPT:§)|[x](java&#115;cript:§)|[x](data:text/html;base64,D)|[x](vbscript:§)|[x][r]\n\n[r]: javascript:§
![x](¤)|![x](¤ "t")|![x][r]\n\n[r]: ¤|[![x](¤)](javascript:§)|<javascript:§>|<¤>|<data:text/html,§>|<img src=x onerror=§>|<script>§</script>
[x](¤ "onmouseover=§")|[x](¤ 'a" onclick="§')|[x]: javascript:§|[x]: <javascript:§> 'y'|[^1]: §|[^1]|*|**|***|_|__|~~|`|``|```|~~~|    code
# head|## head|x\n===|x\n---|---|***|___|- item|+ item|* item|1. item|1) item|99999999999. item|> quote|>>>>>> deep|- - - - - deep|\\|\\\\|\\*|\\[x](¤)
|a|b|\n|-|-|\n|<¤|x>|[ ] task|- [x] task|:::note|$$x$$|$x$|==x==|^x^|~x~|{#id .class onclick=§}|{: onclick=§}|@user|#123|www.x.example|x@y.example
&lt;script&gt;§&lt;/script&gt;|&#60;script&#62;§&#60;/script&#62;|&amp;lt;script&amp;gt;|&copy;|&#0;|&#x110000;|&#xd800;|&nbsp;|&notanentity;|<!-- x|<?x|<![CDATA[x|</td>
```html\n<script>§</script>\n```|```\nopen fence|~~~\nopen fence|<details>\n\nx|<div>\n\n*x*|[x](<>)|[](¤)|[ ](¤)|[x](\\)|![](javascript:§)|[a](b)[c](javascript:§)
""".strip()
_TEMPLATES = """
{{ 1337*7331 }}|{{1337*7331}}|{{- 1337*7331 -}}|{{{ 1337*7331 }}}|${1337*7331}|#{1337*7331}|<%= 1337*7331 %>|{% print(1337*7331) %}|{%- set x=1337*7331 -%}{{x}}|{# comment
{% raw %}|{% endraw %}|{% endblock %}|{% endfor %}|{% endif %}|{% extends "x" %}|{% include "/etc/passwd" %}|{% import "os" as o %}|# for x in y|## {{ 1337*7331 }}|{{
}}|{%|%}|#}|{{ issue }}|{{ self.__init__.__globals__ }}|{{ ''.__class__.__mro__ }}|{{ config }}|{{ cycler.__init__ }}|{{ lipsum }}|{{ range(9**9)|list }}|{{ undefined_name }}
%(x)s|%s|%n%n%n|{0}|{n}|{title}|{0.__class__}|$(id)|`id`|$x|[[1337*7331]]|@(1337*7331)|{php}1337*7331{/php}|#set($x=1337*7331)$x|<#assign x=1337*7331>${x}|{{=1337*7331}}
""".strip()
_HEADERS = """
x\r\nBcc: victim@x.example|x\nBcc: victim@x.example|x\rBcc: victim@x.example|x\u2028Bcc: victim@x.example|x\u2029Subject: other|x\x85Subject: other|x\x0bSubject: other|x\x0cTo: y@x.example
x\x1cBcc: y@x.example|x\x1dBcc: y@x.example|x\x1eBcc: y@x.example|x\r\n\r\n<script>§</script>|x\r\n--=_|--=_|--|-- |.|\r\n.\r\n|From x|From: y@x.example|x\n From y|>From z|x%0d%0aBcc: y@x.example
=?utf-8?q?x=0d=0aBcc:_y@x.example?=|=?utf-8?b?PHNjcmlwdD4=?=|=?x|=?utf-8?q?=3Cscript=3E?= §|?=|=?utf-8?q?a?= =?utf-8?q?b?=|=3Cscript=3E|x\tfolded|a, b@x.example|"a" <b@x.example>|(comment)|;;;|<>|x\x00y
""".strip()
_SIGNS = [
    *"\u202a \u202b \u202c \u202d \u202e \u2066 \u2067 \u2068 \u2069 \u200b \u200c \u200d \u200e \u200f \u061c \u2060 \u2061 \u2064 \ufeff \u00ad \u180e".split(),
    *"\u206a \u206f \ufff9 \ufffa \ufffb \ufffc \u115f \u1160 \u3164 \uffa0 \u2800 \u034f \u17b4 \u2062 \ufe0f \ufe0e \ufffd \ufffe \uffff \ufdd0 \U0001fffe".split(),
    *"\ud800 \udbff \udc00 \udfff \ud83d \ude00 \U000e0041 \U000e007f \U000e0100 \U0001d173 \ue000 \U0010fffd \u0300 \u0489 \u20dd \u20e3 \u0e49".split(),
    "\x00", "\x07", "\x08", "\x09", "\x0a", "\x0b", "\x0c", "\x0d", "\x0e", "\x1a", "\x1b", "\x1c", "\x1f", "\x7f", "\x80", "\x85", "\x9b", "\x9d", "\x9f",
    "\u2028", "\u2029", "\u00a0", "\u2003", "\u3000", "\u1680", "\u202f", "\u205f",
]  # fmt: skip
_PLACES = [
    "{}",
    "{}x",
    "x{}",
    "a{}b",
    "a {} b",
    "{}abc{}",
    "שלום {} abc",
    "abc {} سلام",
    "{}{}{}{}",
    "<{}script>§</{}script>",
    "java{}script:§",
    "<img src=x one{}rror=§>",
]
_TERMINAL = """
\x1b[31mred|\x1b[2§\x1b[H|\x1b]0;title\x07|\x1b]8;;¤\x07x\x1b]8;;\x07|\x1bP+q\x1b\\|\x1b[6n|\x1bc|\x9b31m|\x9d0;x\x9c|\x1b]52;c;eA==\x07|\x1b[?1049h|\x08\x08\x08over|a\rb|\x07\x07|\x0e\x0f|\x1b[8mhidden|\x1b_x\x1b\\|\x1b[20;1H|\x1b(0|\x7f\x7f
""".strip()
_WORLD = """
👩‍👩‍👧‍👦 family|🏳️‍🌈🏳️‍⚧️ flags|🏴󠁧󠁢󠁳󠁣󠁴󠁿 subdivision|🇩🇪🇺🇳🇩 half a flag|👍🏿👍🏻 skins|1️⃣#️⃣ keycaps|❤️‍🔥|می‌خواهم بروم|क्‍ष त्र ज्ञ|శ్రీ శ్రీ‌ శ్రీ|ශ්‍රී ලංකා|மிகப்பெரிய|ကျွန်ုပ်တို့|ភាសាខ្មែរ|བོད་སྐད་|ไทยไม่มีช่องว่าง|中文没有空格的很长的一句话
日本語の「引用」|한국어 문장|עברית (abc) עברית|العربية «اقتباس» 123|اردو میں خبر|Zażółć gęślą jaźń|İstanbul ıI|ǆ ǅ Ǆ ﬁ ﬂ ß ẞ|ﷺ ﷽|𝕱𝖗𝖆𝖐𝖙𝖚𝖗|𐍈 𝒳 🂡|꧁꧂|﴿x﴾|⁅x⁆|①②③|½ ⅓|１２３|ＡＢＣ|‟x‟|«x»|„x“|‚x‘|「x」|¿x?|… ‥ ⋯|—–‑-−|′″|ªº|™®©
""".strip()


def _row(table: str) -> list[str]:
    """The pieces of a table, which stand in lines and between bars; a line that begins with a bar is one piece."""
    return [piece for line in table.split("\n") for piece in ([line] if line.startswith("|") else line.split("|")) if piece]


# How a text hides what it is, or is taken for another.
_HIDES: tuple[Callable[[str], str], ...] = (
    str,
    html.escape,
    lambda text: "".join(f"&#{ord(letter)};" for letter in text),
    lambda text: "".join(f"&#x{ord(letter):x}" for letter in text),
    lambda text: quote(text, safe="", errors="replace"),
    lambda text: re.sub(r"</?\w+", lambda tag: tag.group().upper(), text),
    lambda text: text.replace("<", "<\x00").replace("script", "scr\x00ipt"),
    lambda text: text.replace("<", "\uff1c").replace(">", "\uff1e"),
    lambda text: text.replace("<", "<<").replace(">", ">>"),
    lambda text: "A headline about the sea " + text + " and one about the land",
    lambda text: f"*[{text}](https://x.example)*",
    lambda text: '"' + text + "'",
)  # fmt: skip


def _linked(text: str) -> str:
    return f"[read on]({text})"


_WAYS: tuple[Callable[[str], str], ...] = (str, html.escape, _linked)


def vectors(base: str) -> tuple[str, ...]:
    """All of them, each once."""
    return tuple(dict.fromkeys(_made(base)))


def _made(base: str) -> Iterator[str]:
    coded = base64.b64encode(f"<script>{_RUN}</script>".encode()).decode()

    def filled(text: str) -> str:
        return text.replace("§", _RUN).replace("¤", base).replace("base64,D", f"base64,{coded}")

    yield from (hide(filled(piece)) for piece, hide in product(_row(_MARKUP), _HIDES))
    yield from (shape(filled(piece)) for piece, shape in product(_row(_ADDRESSES), (_plain, _linked, _tagged)))
    yield from (filled(piece) for piece in (*_row(_MARKDOWN), *_row(_TERMINAL), *_row(_WORLD)))
    yield from (hide(piece) for piece, hide in product(_row(_TEMPLATES), _WAYS))
    yield from (hide(filled(piece)) for piece, hide in product(_HEADERS.split("|"), (_plain, _answered)))
    yield from (filled(place.replace("{}", sign)) for place, sign in product(_PLACES, _SIGNS))
    yield from map(filled, _large())


def _plain(text: str) -> str:
    return text


def _answered(text: str) -> str:
    return f"Re: {text}"


def _tagged(text: str) -> str:
    return f'<a href="{text}">read on</a>'


def _large() -> Iterator[str]:
    """Deep, long and piled up."""
    yield from (f"<{tag}>" * 300 + "x" for tag in ("b", "div", "table", "a href=¤", "font", "p", "svg", "blockquote", "ul><li", "details"))
    yield from (
        mark * 400
        for mark in ("[", "]", "![", "*", "_*", "`", "> ", "- ", "(", "<!--", "{{", "&", "&amp;", "\\", "|", "http://", "<a href=")
    )
    yield from ("W" * length for length in (80, 300, 2000, 100_000))
    yield from (
        "河" * 3000,
        "ا" * 3000,
        "👩‍👩‍👧" * 500,
        "z" + "\u0335\u0301" * 500,
        "ก" + "้" * 500,
        "word " * 50_000,
        "\n" * 5000,
        "\u202e" * 5000 + "x",
        " " * 5000,
    )
    yield "a" * 1_000_000
    yield "<b>" * 100_000
