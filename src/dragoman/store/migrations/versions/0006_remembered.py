"""What linking need not work out again is kept from one run to the next."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE remembered ( what VARCHAR NOT NULL, rules VARCHAR NOT NULL, content BLOB NOT NULL, "
        "PRIMARY KEY (what) )"
    )
