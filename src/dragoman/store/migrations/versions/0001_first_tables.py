"""First tables: what was read, what was decided, what was computed from both."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "note", sa.Column("key", sa.String, primary_key=True), sa.Column("value", sa.Text, nullable=False)
    )
    op.create_table(
        "article",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("outlet", sa.String),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reading", sa.LargeBinary, nullable=False),
        sa.Column("vector", sa.LargeBinary),
    )
    op.create_table(
        "article_path",
        sa.Column("article", sa.String, sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("path", sa.String, primary_key=True),
    )
    op.create_table(
        "set_aside",
        sa.Column("path", sa.String, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("hint", sa.Text, nullable=False),
    )
    op.create_table(
        "decision",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("undone", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("type", sa.String),
        sa.Column("status", sa.String),
        sa.Column("first", sa.String),
        sa.Column("last", sa.String),
        sa.Column("known_from", sa.String),
        sa.Column("place", sa.String),
        sa.Column("confidence", sa.Float),
        sa.Column("independent", sa.Integer),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "side",
        sa.Column("record", sa.String, sa.ForeignKey("record.id"), primary_key=True),
        sa.Column("actor", sa.String, primary_key=True),
        sa.Column("role", sa.String, primary_key=True),
    )
    op.create_table(
        "told_in",
        sa.Column("record", sa.String, sa.ForeignKey("record.id"), primary_key=True),
        sa.Column("article", sa.String, primary_key=True),
    )
    op.create_table(
        "part",
        sa.Column("storyline", sa.String, sa.ForeignKey("record.id"), primary_key=True),
        sa.Column("record", sa.String, primary_key=True),
    )
    op.create_index("record_by_day", "record", ["kind", "first", "id"])
    op.create_index("record_by_type", "record", ["kind", "type", "first"])
    op.create_index("part_by_record", "part", ["record"])
    op.create_index("side_by_actor", "side", ["actor", "record"])
    op.create_index("told_in_article", "told_in", ["article"])
