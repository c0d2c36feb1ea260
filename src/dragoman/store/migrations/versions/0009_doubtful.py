"""Doubtful events are told apart in every table that facts are found and counted by.

Cases are linked anew when they are used next, to fill them.
"""

from dragoman.store.migrations import Run


def upgrade(run: Run) -> None:
    for table in ("side", "printed"):
        run(f"ALTER TABLE {table} ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0")
    run("DROP TABLE cube")
    run(
        "CREATE TABLE cube (actor VARCHAR NOT NULL, kind VARCHAR NOT NULL, type VARCHAR NOT NULL, status VARCHAR NOT "
        "NULL, languages VARCHAR NOT NULL, year VARCHAR NOT NULL, doubtful INTEGER NOT NULL, n INTEGER NOT NULL, "
        "PRIMARY KEY (actor, kind, type, status, languages, year, doubtful)) WITHOUT ROWID"
    )
    run("DELETE FROM note WHERE key IN ('linked', 'rules')")
