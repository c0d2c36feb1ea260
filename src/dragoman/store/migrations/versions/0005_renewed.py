"""Each record keeps a digest of what it says, so that only what changed is written again.

Old records have none: they are all written anew when the case is linked next.
"""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute("ALTER TABLE record ADD COLUMN digest INTEGER NOT NULL DEFAULT 0")
