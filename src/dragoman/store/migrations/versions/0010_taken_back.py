"""A decision that was taken back keeps by whom, and when."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    for column in ("undone_by", "undone_when"):
        op.execute(f"ALTER TABLE decision ADD COLUMN {column} VARCHAR")
