"""Articles and decisions keep a digest of what they hold, so that damage is found row by row."""

from alembic import op

from dragoman.store.whole import digest

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("ALTER TABLE article ADD COLUMN digest BLOB")
    op.execute("ALTER TABLE decision ADD COLUMN digest BLOB")
    run = op.get_bind().exec_driver_sql
    for table, key, columns in (
        ("article", "id", "id, language, outlet, content, text, reading, vector"),
        ("decision", "number", "number, content, undone"),
    ):
        names = list(run(f"SELECT {key} FROM {table}").scalars())
        for name in names:
            row = run(f"SELECT {columns} FROM {table} WHERE {key} = ?", (name,)).one()
            run(f"UPDATE {table} SET digest = ? WHERE {key} = ?", (digest(*row), name))
