"""issue.json keeps its contract."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from digest.model import Issue
from digest.render.record import Record

from . import made_up

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "issue.schema.json").read_text("utf-8"))


def written(issue: Issue) -> Any:
    return json.loads(Record().render(issue)[0].content)


@pytest.mark.parametrize("issue", [made_up.full(), made_up.empty()])
def test_the_record_fits_its_schema(issue: Issue) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(written(issue))) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record.pop("subject"),
        lambda record: record.update(extra=1),
        lambda record: record["sections"][0].update(form="wide"),
        lambda record: record["sections"][0]["stories"][0].update(origins="5"),
        lambda record: record["articles"]["a001"].pop("text"),
        lambda record: record["coverage"][0].update(status="fine"),
        lambda record: record.update(opens="yesterday"),
    ],
)
def test_the_schema_is_strict(spoil: Any) -> None:
    record = written(made_up.full())
    spoil(record)
    assert list(Draft202012Validator(SCHEMA).iter_errors(record))


def test_every_quote_is_a_span() -> None:
    record = written(made_up.full())
    stories = [story for section in record["sections"] for story in section["stories"]]
    quotes = [quote for story in stories for note in story["notes"] for quote in note["quotes"]]
    quotes += [story["summary"] for story in stories if story["summary"]]
    assert len(quotes) > 10
    assert all(record["articles"][quote["article"]]["text"][quote["start"] : quote["end"]] == quote["text"] for quote in quotes)


def test_every_article_named_is_there() -> None:
    record = written(made_up.full())
    named = [member["article"] for section in record["sections"] for story in section["stories"] for member in story["members"]]
    named += [left["article"] for left in record["left_out"]]
    assert set(named) == set(record["articles"])
    assert record["articles"]["a001"]["removed"] == [{"rule": "banner", "text": "We value your privacy"}]
    assert record["sections"][0]["stories"][0]["links"][0]["signals"] == {"names": 0.8, "words": 0.9}


def test_bytes_are_sorted_readable_and_whole() -> None:
    content = Record().render(made_up.full())[0].content
    assert content == Record().render(made_up.full())[0].content
    assert content.endswith(b"}\n")
    assert "江岸日报".encode() in content
    keys = [line for line in content.decode().split("\n") if line.startswith(' "')]
    assert keys == sorted(keys)


def test_a_lone_surrogate_keeps_every_span() -> None:
    issue = made_up.full()
    article = replace(issue.articles["a020"], text="\ud800" + issue.articles["a020"].text[1:])
    record = written(replace(issue, articles={**issue.articles, "a020": article}))
    assert record["articles"]["a020"]["text"][0] == "\ufffd"
    assert len(record["articles"]["a020"]["text"]) == len(article.text)
