"""Styles inline: learnt from the sheet alone, fetching nothing."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path
from typing import Any

import cssutils  # type: ignore[import-untyped]
import pytest
from premailer import Premailer  # type: ignore[import-untyped]

from digest.errors import RenderError
from digest.render import inline, parcel

from . import made_up


def test_classes_give_their_declarations_in_the_order_of_the_sheet() -> None:
    sheet = ".b { color: #123456; margin: 0; }\n.a { color: #654321; font: bold 15px/22px 'Segoe UI', serif; }"
    assert inline.style(sheet, "a b", "x.css") == "color:#654321;margin:0;font:bold 15px/22px 'Segoe UI',serif"
    assert inline.style(sheet, "c", "x.css") == ""
    assert inline.names(sheet) == {"a", "b"}


def test_importance_is_kept() -> None:
    assert "!important" in inline.style(".a { color: red !important; }", "a", "x.css")


@pytest.mark.parametrize(
    "sheet",
    ["@import url(file:///etc/passwd);", "@IMPORT 'http://a.example/x.css';", "@ import 'x';", "@\\69mport 'x';", "@i\\6dport 'x';"],
)
def test_a_sheet_may_not_import(sheet: str) -> None:
    with pytest.raises(RenderError, match="may not @import") as caught:
        inline.style(sheet, "a", "style.css")
    assert caught.value.where == "style.css"


def test_nothing_that_a_sheet_names_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(urllib.request, "urlopen", lambda *args, **_: asked.append(args))
    monkeypatch.setattr(inline, "_IMPORT", re.compile("(?!)"))
    sheet = '@import "http://a.example/x.css";\n.fetched { color: red; background: url(http://a.example/y.png); }'
    assert "red" in inline.style(sheet, "fetched", "style.css")
    assert asked == []
    assert inline.fetch_nothing("http://a.example") == ("utf-8", b"")


@pytest.mark.parametrize("sheet", ["</style><script>", "<!-- x -->"])
def test_a_sheet_may_not_end_its_element(sheet: str) -> None:
    with pytest.raises(RenderError, match="may not hold markup"):
        inline.checked(sheet, "head.css")


def test_a_broken_sheet_is_named() -> None:
    with pytest.raises(RenderError, match="is no style sheet") as caught:
        inline.style(".a { color: ; } }", "a", "broken.css")
    assert caught.value.where == "broken.css"


def test_a_class_is_a_word() -> None:
    with pytest.raises(RenderError, match="no class names"):
        inline.style(".a { color: red; }", 'a"><script>', "x.css")


def test_a_page_that_premailer_changes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Premailer, "transform", lambda *_, **__: "<html><p></p></html>")
    with pytest.raises(RenderError, match="more than the styles"):
        inline.style(".changed { color: red; }", "changed", "x.css")


def test_no_content_passes_through_premailer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[str] = []
    parse = cssutils.CSSParser.parseString

    def transform(self: Any, *args: Any, **how: Any) -> Any:
        seen.append(self.html)
        return original(self, *args, **how)

    def parse_string(self: Any, text: str, *args: Any, **how: Any) -> Any:
        seen.append(text)
        return parse(self, text, *args, **how)

    original = Premailer.transform
    monkeypatch.setattr(Premailer, "transform", transform)
    monkeypatch.setattr(cssutils.CSSParser, "parseString", parse_string)
    inline.style.cache_clear()
    inline._parsed.cache_clear()
    parcel(made_up.full(), made_up.settings(tmp_path))
    assert seen
    assert not any(word in text for text in seen for word in ("Alder", "Harbour Post", "Weekly"))
    before = len(seen)
    parcel(made_up.full(), made_up.settings(tmp_path))
    assert len(seen) == before, "each combination of classes is learnt once"
