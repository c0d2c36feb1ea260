"""Entries, the lines of the chronology, have a weight by which the first are found, and may be doubtful.

Cases are linked anew when they are used next, to make them.
"""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("ALTER TABLE record ADD COLUMN weight FLOAT")
    op.execute("ALTER TABLE record ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0")
    op.execute(
        "CREATE INDEX record_by_weight ON record (doubtful, weight DESC, id, stretch, last, status, languages, place, "
        "number) WHERE weight IS NOT NULL"
    )
    op.execute("DELETE FROM note WHERE key IN ('linked', 'rules')")
