"""What holds of issue.eml: its HTML in mail programs, the message around it, and the text part. Pure."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage, Message
from functools import cached_property

from digest.render.checks import html, text
from digest.render.checks.check import Check, named, unless
from digest.render.checks.clients import unsupported
from digest.render.checks.html import Html
from digest.render.checks.tree import Element
from digest.text import one_line

CLIP = 102_000  # bytes of HTML after which Gmail hides the rest
MOST_LACKING = 14  # features times clients of 28 that lack them
_WORD = re.compile(r"\w")
_TEMPLATE = "mend it in the theme's issue.html.j2"
_PUBLIC = "set `digest.public_url`, where the outbox stands on the web"
_UNSUBSCRIBE = "set `mail.unsubscribe` to an https address that stops the mails"


@dataclass(frozen=True)
class Mail:
    """An issue.eml, and its parts as a client sees them."""

    content: bytes

    @cached_property
    def message(self) -> EmailMessage:
        """The message as the standard library reads it."""
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @cached_property
    def parts(self) -> list[Message]:
        """The parts, in order."""
        return list(self.message.iter_parts()) if self.message.is_multipart() else []

    def part(self, number: int) -> str:
        """The words of a part; nothing where there is none."""
        payload = self.parts[number].get_payload(decode=True) if number < len(self.parts) else b""
        return payload.decode("utf-8", "replace").replace("\r\n", "\n") if isinstance(payload, bytes) else ""

    @cached_property
    def text(self) -> str:
        """The text part."""
        return self.part(0)

    @cached_property
    def page(self) -> Html:
        """The HTML part."""
        return Html(self.part(1))

    @property
    def html(self) -> str:
        """The HTML part as it is written."""
        return self.page.source

    @cached_property
    def preheader(self) -> Element:
        """The hidden words that inboxes show behind the subject: the first thing in the body."""
        body = self.page.one("body")
        return next((one for one in self.page.all("div") if one.parent is body), Element("div", {}, None, None, [], 0))

    @property
    def head(self) -> list[bytes]:
        """The lines of the header."""
        return self.content.partition(b"\r\n\r\n")[0].split(b"\r\n")


def _padded(mail: Mail) -> list[str]:
    found = mail.page.all("p", "h1", "h2", "h3", "div")
    return [f"<{one.tag}>" for one in found if re.search(r"padding:[^;]*[1-9]", one.get("style"))]


def _media(mail: Mail) -> list[str]:
    return [line for line in re.findall(r"^ {2}(\.[^\n]*)$", mail.page.sheet, re.MULTILINE) if " !important" not in line]


def _hidden(mail: Mail) -> bool:
    told = dict(mail.preheader.declared())
    return told.get("display") == "none" and told.get("mso-hide") == "all"


def _preheader(mail: Mail) -> str:
    length = len(one_line(mail.preheader.text))
    return unless(40 <= length <= 140, f"it has {length}")


def _no_pages(mail: Mail) -> list[str]:
    return [href for one in mail.page.all("a") if not re.match(r"https?://[^/\s]+", href := one.get("href"))]


def _way_out(mail: Mail) -> bool:
    told = re.findall(r"<(https?:[^>]+)>", str(mail.message["List-Unsubscribe"] or ""))
    return any(one.get("href") in told for one in mail.page.all("a"))


def _lacking(mail: Mail) -> str:
    found = unsupported(mail.page.elements)
    most = sorted(found.items(), key=lambda pair: -pair[1])
    total = sum(found.values())
    return named((f"{slug} in {count}" for slug, count in most), f"{total} in 28 mail programs") if total > MOST_LACKING else ""


def _nested(mail: Mail) -> bool:
    return re.search(r"@media[^{]*\{[^@]*@media[^{]*\{[^}]*\}\s*\}\s*\}", mail.page.sheet) is not None


def _ghosts(mail: Mail) -> bool:
    return '<!--[if mso]><table role="presentation"' in mail.html and "</table><![endif]-->" in mail.html


def _one_click(mail: Mail) -> str:
    """RFC 8058: an https address that is no encoded word, and the header that allows one click."""
    line = next((line for line in mail.head if line.startswith(b"List-Unsubscribe:")), b"")
    if b"<https://" not in line or b"=?" in line:
        return "the header names no https address"
    return unless(mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", "List-Unsubscribe-Post is missing")


def _apart(mail: Mail) -> str:
    """How many times more words the text has: SpamAssassin (MPART_ALT_DIFF_COUNT) counts each once, addresses too, and takes 3 for spam."""
    body = mail.page.one("body")
    shown = {word for piece in body.pieces for word in piece.split() if _WORD.search(word)}
    told = {word for word in mail.text.split() if _WORD.search(word)}
    return unless(len(told) <= 3 * max(1, len(shown)), f"the text has {len(told)} different words, the HTML {len(shown)}")


def _without(mail: Mail) -> list[str]:
    return [name for name in ("From", "To", "Subject", "Date", "Message-ID", "List-Id") if not mail.message[name]]


def _subject(mail: Mail) -> str:
    length = len(str(mail.message["Subject"] or ""))
    return unless(1 <= length <= 60, f"it has {length}")


def _same(mail: Mail, name: str) -> str:
    return unless(mail.page.wrapper.get(name) == mail.page.one("html").get(name) != "", "it is not that of the page")


_OURS = "a fault in the program, where the issue stands as it was built"
_SIZE = "take out stories, or shorten the theme's issue.html.j2"
_STYLES = "mend it in the theme's style.css"
_HEAD = "mend it in the theme's head.css"
_HTML: tuple[Check[Mail], ...] = (
    Check("under Gmail's clip", lambda mail: unless((size := len(mail.html.encode())) < CLIP, f"it has {size / 1000:.1f} kB"), _SIZE),
    Check(
        "style blocks under 16 kB", lambda mail: unless((size := len(mail.page.sheet.encode())) < 16_000, f"{size / 1000:.1f} kB"), _HEAD
    ),
    Check(
        "style in the head alone", lambda mail: unless(not any(_in_body(one) for one in mail.page.all("style")), "some is not"), _TEMPLATE
    ),
    Check("language on a wrapper", lambda mail: _same(mail, "lang"), _TEMPLATE),
    Check("direction on a wrapper", lambda mail: _same(mail, "dir"), _TEMPLATE),
    Check(
        "an article for screen readers",
        lambda mail: unless(mail.page.wrapper.get("aria-roledescription") == "email", "there is none"),
        _TEMPLATE,
    ),
    Check("media rules win over inline styles", lambda mail: named(_media(mail), "some are no !important ones"), _HEAD),
    Check("no nested media", lambda mail: unless(not _nested(mail), "there are some"), _HEAD),
    Check("ghost tables for Outlook", lambda mail: unless(_ghosts(mail), "there are none"), _TEMPLATE),
    Check("padding on cells alone", lambda mail: named(_padded(mail), "Outlook shows none elsewhere"), _STYLES),
    Check("preheader hidden", lambda mail: unless(_hidden(mail), "the first words of the body are seen"), _STYLES),
    Check("preheader of 40 to 140 characters", _preheader, _OURS),
    Check(
        "preheader is not the title",
        lambda mail: unless((title := mail.page.one("h1").text) not in mail.preheader.text or not title, "it holds it"),
        _TEMPLATE,
    ),
    Check("links lead to web pages", lambda mail: named(_no_pages(mail), "some do not"), _TEMPLATE),
    Check("a way out in the mail", lambda mail: unless(_way_out(mail), "no link unsubscribes"), _UNSUBSCRIBE),
    Check(
        "view in browser",
        lambda mail: unless(any(one.get("href").endswith("/issue.html") for one in mail.page.all("a")), "no link does"),
        _PUBLIC,
    ),
    Check("few features that clients lack", _lacking, "leave them out of the theme's style.css and issue.html.j2"),
)
_MESSAGE: tuple[Check[Mail], ...] = (
    Check(
        "text first, HTML last",
        lambda mail: unless([one.get_content_type() for one in mail.parts] == ["text/plain", "text/html"], "it is not so"),
        _OURS,
    ),
    Check("text and HTML say the same", _apart, f"{_PUBLIC}: then what has no room shares one address"),
    Check("headers are there", lambda mail: named(_without(mail), "some are missing"), "set `mail.sender` and `mail.recipient`"),
    Check("a subject of at most 60 characters", _subject, _OURS),
    Check("one click unsubscribes", _one_click, _UNSUBSCRIBE),
    Check("no defects", lambda mail: named((type(one).__name__ for one in mail.message.defects), "there are some"), _OURS),
)


def _in_body(one: Element) -> bool:
    return any(above.tag == "body" for above in one.above())


def _of_page(check: Check[Html]) -> Check[Mail]:
    return Check(check.name, lambda mail: check.wrong(mail.page), check.fix)


def _of_text(check: Check[text.Text]) -> Check[Mail]:
    return Check(check.name, lambda mail: check.wrong(text.Text(mail.text, mail.page, mail=True)), check.fix)


HTML: tuple[Check[Mail], ...] = (*_HTML, *map(_of_page, html.CHECKS))
MESSAGE: tuple[Check[Mail], ...] = (*_MESSAGE, *map(_of_text, text.CHECKS))
