"""The tables of the store, and the number of their shape."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA = 2

meta = MetaData()
about = Table("about", meta, Column("key", String, primary_key=True), Column("value", String, nullable=False))
articles = Table(
    "articles",
    meta,
    Column("id", String, primary_key=True),
    Column("sha", String, nullable=False),
    Column("first_seen", String, nullable=False, index=True),
    Column("issue", String, ForeignKey("issues.id"), index=True),
)
revisions = Table(
    "revisions",
    meta,
    Column("article", String, ForeignKey("articles.id"), primary_key=True),
    Column("sha", String, primary_key=True),
    Column("payload", Text, nullable=False),
)
issues = Table(
    "issues",
    meta,
    Column("id", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("opens", String, nullable=False),
    Column("closes", String, nullable=False),
    Column("frame", Text, nullable=False),
    Column("stage", String, nullable=False),
    Column("entered", String, nullable=False),  # when it came to this stage
    Column("planned", Integer, nullable=False),  # 1: closed by the calendar, 0: by hand
    Column("until", String),  # when a draft goes out by itself
    Column("remark", Text, nullable=False),  # why it was skipped or is held
)
contents = Table(
    "contents",
    meta,
    Column("issue", String, ForeignKey("issues.id"), primary_key=True),
    Column("article", String, primary_key=True),
    Column("sha", String, nullable=False),
)
handovers = Table(
    "handovers",
    meta,
    Column("issue", String, ForeignKey("issues.id"), primary_key=True),
    Column("delivery", String, primary_key=True),
    Column("recipient", String, primary_key=True),
    Column("standing", String, nullable=False),
    Column("at", String, nullable=False),
    Column("first", String),
    Column("tries", Integer, nullable=False),
    Column("due", String),
    Column("detail", Text, nullable=False),
)
sources = Table(
    "sources",
    meta,
    Column("name", String, primary_key=True),
    Column("last_success", String),
    Column("last_new", String),
    Column("failures", Integer, nullable=False),
    Column("cause", Text, nullable=False),
)
state = Table("state", meta, Column("name", String, primary_key=True), Column("value", Text, nullable=False))
kept = Table("kept", meta, Column("name", String, primary_key=True), Column("content", LargeBinary, nullable=False))
