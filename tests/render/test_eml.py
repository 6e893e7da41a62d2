"""issue.eml reads back as what was put in, whatever a title holds."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from digest.model import Issue
from digest.render.eml import Eml
from digest.render.forms import HTML, TEXT
from digest.render.templates import Template
from digest.settings import MailTable, Settings
from digest.text import cut

from . import made_up

LONG = "https://digest.example/unsubscribe?list=" + "x" * 150


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def mail(issue: Issue, settings: Settings) -> bytes:
    return Eml(settings).render(issue)[0].content


def test_both_parts_read_back_as_the_files(tmp_path: Path) -> None:
    settings = made_up.settings(tmp_path)
    message = read(mail(made_up.full(), settings))
    assert message.get_content_type() == "multipart/alternative"
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    for part, template in zip(parts, (Template(TEXT, settings), Template(HTML, settings, mail=True)), strict=True):
        payload = part.get_payload(decode=True)
        assert isinstance(payload, bytes)
        assert payload.replace(b"\r\n", b"\n") == template.render(made_up.full())[0].content
        assert part["Content-Transfer-Encoding"] == "quoted-printable"


def test_a_long_issues_text_tells_what_its_html_does_and_names_the_rest(tmp_path: Path) -> None:
    message = read(mail(made_up.many(120), made_up.settings(tmp_path, public_url="https://digest.example")))
    text, page = (str(part.get_content()) for part in message.iter_parts())
    rest = text.replace("\r\n", "\n").split("MORE ON THE WEB\n")[1].split("\n\n")
    assert rest[1].count("\n* ") + 1 == 120 - page.count("<h3")
    assert rest[2] == "https://digest.example/2026-W47/issue.html"  # one address for all
    assert "more stories." in page
    assert "more stories." not in text


def test_lines_are_short_ascii_and_end_in_crlf(tmp_path: Path) -> None:
    content = mail(made_up.full(), made_up.settings(tmp_path, unsubscribe=LONG))
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert content.isascii()
    head, _, body = content.partition(b"\r\n\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert max(map(len, head.split(b"\r\n"))) <= 998


def test_the_head_says_who_when_and_which_list(tmp_path: Path) -> None:
    message = read(mail(made_up.full(), made_up.settings(tmp_path, unsubscribe=LONG)))
    assert message["From"] == "The Weekly Digest <digest@newsroom.example>"
    assert message["To"] == "readers@newsroom.example"
    assert message["Subject"] == made_up.full().subject
    assert message["Date"] == "Mon, 23 Nov 2026 00:00:00 +0100"
    assert message["Message-ID"].startswith("<2026-W47.")
    assert message["Message-ID"].endswith("@newsroom.example>")
    assert message["List-Id"] == "<digest.newsroom.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_list_address_is_never_an_encoded_word(tmp_path: Path) -> None:
    content = mail(made_up.full(), made_up.settings(tmp_path, unsubscribe=LONG + "&ü=ß"))
    lines = [line for line in content.split(b"\r\n") if line.startswith(b"List-")]
    assert len(lines) == 3
    assert not any(b"=?" in line for line in lines)
    assert f"List-Unsubscribe: <{LONG}&%C3%BC=%C3%9F>".encode() in lines


def test_without_an_address_there_is_no_way_out_promised(tmp_path: Path) -> None:
    assert b"List-Unsubscribe" not in mail(made_up.full(), made_up.settings(tmp_path))
    plain = mail(made_up.full(), made_up.settings(tmp_path, unsubscribe="http://digest.example/u"))
    assert b"List-Unsubscribe: <http://digest.example/u>" in plain
    assert b"One-Click" not in plain


def test_a_mail_address_stands_beside_the_way_out_on_the_web(tmp_path: Path) -> None:
    plain = made_up.settings(tmp_path, unsubscribe="https://digest.example/out")
    both = plain.model_copy(update={"mail": MailTable(unsubscribe="https://digest.example/out", unsubscribe_mailto="out@digest.example")})
    assert b"\r\nList-Unsubscribe: <https://digest.example/out>, <mailto:out@digest.example>\r\n" in mail(made_up.full(), both)
    alone = plain.model_copy(update={"mail": MailTable(unsubscribe_mailto="out@digest.example")})
    assert b"\r\nList-Unsubscribe: <mailto:out@digest.example>\r\n" in mail(made_up.full(), alone)
    assert b"One-Click" not in mail(made_up.full(), alone)


def test_the_longest_way_out_keeps_to_the_length_of_a_line(tmp_path: Path) -> None:
    longest = MailTable(unsubscribe="https://digest.example/" + "x" * 577, unsubscribe_mailto="o" * 64 + "@" + "d" * 182 + ".example")
    settings = made_up.settings(tmp_path).model_copy(update={"mail": longest})
    assert max(map(len, mail(made_up.full(), settings).split(b"\r\n"))) <= 998


@pytest.mark.parametrize("title", ["河岸周报" * 20, "صحيفة الرصيف " * 6, "Ærø & Søn"])
def test_a_senders_name_outside_ascii_is_in_encoded_words_of_lawful_length(title: str, tmp_path: Path) -> None:
    content = mail(replace(made_up.full(), title=title), made_up.settings(tmp_path))
    assert all(len(word) <= 75 for word in re.findall(rb"=\?[^ ?]+\?[bq]\?[^ ?]*\?=", content.partition(b"\r\n\r\n")[0]))
    (address,) = read(content)["From"].addresses
    assert address.addr_spec == "digest@newsroom.example"
    assert address.display_name.replace(" ", "") == cut(title, 40).replace(" ", "")


@pytest.mark.parametrize(
    "subject",
    [
        "Hello\r\nBcc: all@victims.example",
        "Hello\u2028Bcc: all@victims.example\x85X: y\x0bZ: z",
        "\ud800 half",
        "=?utf-8?q?Bcc=3A?=",
        "Ä" * 400,
        "",
        "\x00",
    ],
)
def test_a_hostile_subject_or_title_adds_no_header(subject: str, tmp_path: Path) -> None:
    issue = replace(made_up.full(), subject=subject, title=subject or "x")
    content = mail(issue, made_up.settings(tmp_path))
    message = read(content)
    assert sorted(message.keys()) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "List-Id", "Auto-Submitted", "MIME-Version", "Content-Type"]
    )
    assert message["To"] == "readers@newsroom.example"
    assert len(list(message.iter_parts())) == 2


def test_same_issue_same_bytes_other_issue_other_id(tmp_path: Path) -> None:
    settings = made_up.settings(tmp_path)
    assert mail(made_up.full(), settings) == mail(made_up.full(), settings)
    other = replace(made_up.full(), foreword="Another week.")
    assert read(mail(other, settings))["Message-ID"] != read(mail(made_up.full(), settings))["Message-ID"]


def test_links_into_the_issue_lead_to_its_public_page(tmp_path: Path) -> None:
    settings = made_up.settings(tmp_path, public_url="https://digest.example/weekly/")
    part = list(read(mail(made_up.full(), settings)).iter_parts())[1]
    page = LexborHTMLParser(part.get_content())
    assert page.css_first('a[href="https://digest.example/weekly/2026-W47/issue.html#section-1"]')
    web = LexborHTMLParser(Template(HTML, settings).render(made_up.full())[0].content)
    assert web.css_first('a[href="#section-1"]')
    assert web.css_first('a[href="https://digest.example/weekly/2026-W47/issue.html"]')
