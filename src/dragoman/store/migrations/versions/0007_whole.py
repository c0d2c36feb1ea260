"""Articles and decisions keep a digest of what they hold, so that damage is found row by row."""

from dragoman.store.migrations import Run
from dragoman.store.whole import digest


def upgrade(run: Run) -> None:
    run("ALTER TABLE article ADD COLUMN digest BLOB")
    run("ALTER TABLE decision ADD COLUMN digest BLOB")
    for table, key, columns in (
        ("article", "id", "id, language, outlet, content, text, reading, vector"),
        ("decision", "number", "number, content, undone"),
    ):
        names = list(run(f"SELECT {key} FROM {table}").scalars())
        for name in names:
            row = run(f"SELECT {columns} FROM {table} WHERE {key} = ?", (name,)).one()
            run(f"UPDATE {table} SET digest = ? WHERE {key} = ?", (digest(*row), name))
