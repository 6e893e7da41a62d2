"""Templates: nothing raw by omission, and mistakes that say where they are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from digest.errors import RenderError
from digest.render.forms import HTML, MARKDOWN, TEXT, Form
from digest.render.templates import Template
from digest.render.themes import theme_of

from . import made_up

HOSTILE = "<b>*x*</b> & \u202e[y](http://a.example)"


def rendered(tmp_path: Path, form: Form, source: str, title: str = HOSTILE) -> str:
    """What `source` makes as the template of a form, over an issue of that title."""
    home = tmp_path / "templates" / "default"
    home.mkdir(parents=True, exist_ok=True)
    (home / form.file).write_text(source, "utf-8")
    issue = replace(made_up.full(), title=title)
    return Template(form, made_up.settings(tmp_path)).render(issue)[0].content.decode()


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (HTML, "&lt;b&gt;*x*&lt;/b&gt; &amp; [y](http://a.example)"),
        (MARKDOWN, "\\<b>\\*x\\*\\</b> & \\[y\\](http\\://a.example)\n"),
        (TEXT, "<b>*x*</b> & [y](http://a.example)\n"),
    ],
)
@pytest.mark.parametrize(
    "source",
    [
        "{{ issue.title }}",
        "{{ issue.title|e }}",
        "{{ issue.title|escape }}",
        "{{ [issue.title]|join('-') }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(issue.title) }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ [m(issue.title)]|join(', ') }}",
        "{% set x %}{{ issue.title }}{% endset %}{{ x }}",
    ],
)
def test_every_way_to_print_escapes_once(tmp_path: Path, form: Form, expected: str, source: str) -> None:
    assert rendered(tmp_path, form, source) == expected


def test_what_content_says_is_never_a_template(tmp_path: Path) -> None:
    assert rendered(tmp_path, TEXT, "{{ issue.title }}", "{{ 7 * 7 }}{% raw %}") == "{{ 7 * 7 }}{% raw %}\n"


@pytest.mark.parametrize(
    ("source", "told", "line"),
    [
        ("\n\n{{ issue.titel }}", "has no attribute 'titel'", 3),
        ("\n{{ nothing }}", "'nothing' is undefined", 2),
        ("\n\n\n{% if %}", "Expected an expression", 4),
        ("{{ issue.title ~ 'x' }}", "`~` does not know", 1),
        ("\n{{ issue.title|safe }}", "No filter named 'safe'", 2),
        ("\n{{ issue.title + 1 }}", "str", 2),
        ("\n{{ summary(issue.sections[4].stories[1]) }}", "is None", 2),
    ],
)
@pytest.mark.parametrize("form", [HTML, MARKDOWN, TEXT])
def test_a_mistake_names_file_and_line(tmp_path: Path, form: Form, source: str, told: str, line: int) -> None:
    with pytest.raises(RenderError) as caught:
        rendered(tmp_path, form, source)
    assert told in caught.value.cause
    assert caught.value.where == f"{tmp_path / 'templates' / 'default' / form.file}:{line}"
    assert "README" in caught.value.fix


def test_a_missing_include_names_itself(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="gone"):
        rendered(tmp_path, TEXT, "{% include 'gone.j2' %}")


def test_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    rendered(tmp_path, TEXT, "x")
    (tmp_path / "templates" / "default" / TEXT.file).write_bytes(b"\xff\xfe{{")
    with pytest.raises(RenderError, match="no UTF-8"):
        Template(TEXT, made_up.settings(tmp_path)).render(made_up.full())


def test_a_misspelt_class_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"no class 'titel'; did you mean 'title'\?"):
        rendered(tmp_path, HTML, '{{ css("titel") }}')
    assert rendered(tmp_path, HTML, '{{ css("body page") }}').startswith('class="page" style="margin:0;')


def test_every_word_that_a_template_may_use_is_documented(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "templates" / "README.md").read_text("utf-8")
    settings = made_up.settings(tmp_path)
    words = Template(HTML, settings)._names(theme_of(settings), made_up.full())
    assert [word for word in words if not re.search(rf"`[^`]*\b{word}\b", readme)] == []


def test_a_bug_of_ours_stays_loud(tmp_path: Path) -> None:
    broken = replace(made_up.full(), articles={})
    with pytest.raises(KeyError):
        Template(HTML, made_up.settings(tmp_path)).render(broken)
