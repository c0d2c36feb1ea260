"""The tables of a case. `migrations/` makes them; this module only names them for queries.

What was read (`article`, `set_aside`) and what people decided (`decision`) is the truth of a case.
The rest (`record`, `side`, `known`) is computed from them by linking and replaced as a whole.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

note = Table(
    "note",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""Small facts about the case itself, such as which articles the computed tables were made from."""

article = Table(
    "article",
    metadata,
    Column("id", String, primary_key=True),
    Column("language", String, nullable=False),
    Column("outlet", String),
    Column("content", LargeBinary, nullable=False),  # msgpack of model.Article without its text
    Column("text", Text, nullable=False),
    Column("reading", LargeBinary, nullable=False),  # msgpack of model.Reading
    Column("vector", LargeBinary),  # 512 little-endian float32, of headline and lead
)

article_path = Table(
    "article_path",
    metadata,
    Column("article", String, ForeignKey("article.id"), primary_key=True),
    Column("path", String, primary_key=True),
)
"""Every place where an article was found; one text under two names is one article with two paths."""

set_aside = Table(
    "set_aside",
    metadata,
    Column("path", String, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("hint", Text, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),  # msgpack of model.Decision
    Column("undone", Integer, nullable=False, default=0),
)

record = Table(
    "record",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("type", String),
    Column("status", String),
    Column("first", String),  # first day of its stretch, ISO; null where open or unknown
    Column("last", String),
    Column("known_from", String),
    Column("place", String),
    Column("confidence", Float),
    Column("independent", Integer),
    Column("content", LargeBinary, nullable=False),  # JSON, one line of the export
)

side = Table(
    "side",
    metadata,
    Column("record", String, ForeignKey("record.id"), primary_key=True),
    Column("actor", String, primary_key=True),
    Column("role", String, primary_key=True),  # who, whom, speaker, subject, object, by, to
)

told_in = Table(
    "told_in",
    metadata,
    Column("record", String, ForeignKey("record.id"), primary_key=True),
    Column("article", String, primary_key=True),
)

part = Table(
    "part",
    metadata,
    Column("storyline", String, ForeignKey("record.id"), primary_key=True),
    Column("record", String, primary_key=True),  # an article or an event of the storyline
)

Index("record_by_day", record.c.kind, record.c.first, record.c.id)
Index("record_by_type", record.c.kind, record.c.type, record.c.first)
Index("part_by_record", part.c.record)
Index("side_by_actor", side.c.actor, side.c.record)
Index("told_in_article", told_in.c.article)
