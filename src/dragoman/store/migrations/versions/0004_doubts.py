"""What linking leaves to people is kept. Cases are linked anew when they are used next, to find it."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE doubt ( number INTEGER NOT NULL, about VARCHAR NOT NULL, content BLOB NOT NULL, "
        "PRIMARY KEY (number) )"
    )
    op.execute("CREATE INDEX doubt_by_kind ON doubt (about, number)")
    op.execute("DELETE FROM note WHERE key = 'linked'")
