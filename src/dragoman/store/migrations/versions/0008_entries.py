"""Entries, the lines of the chronology, have a weight by which the first are found, and may be doubtful.

Cases are linked anew when they are used next, to make them.
"""

from dragoman.store.migrations import Run


def upgrade(run: Run) -> None:
    run("ALTER TABLE record ADD COLUMN weight FLOAT")
    run("ALTER TABLE record ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0")
    run(
        "CREATE INDEX record_by_weight ON record (doubtful, weight DESC, id, stretch, last, status, languages, place, "
        "number) WHERE weight IS NOT NULL"
    )
    run("DELETE FROM note WHERE key IN ('linked', 'rules')")
