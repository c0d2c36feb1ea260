"""How many events two share is told by their place in time; the lines of a place are found by weight.

Cases are linked anew when they are used next, to count them.
"""

from dragoman.store.migrations import Run


def upgrade(run: Run) -> None:
    run("DROP TABLE pair")
    run(
        "CREATE TABLE pair (a VARCHAR NOT NULL, b VARCHAR NOT NULL, stretch VARCHAR NOT NULL, type VARCHAR NOT NULL, "
        "mode VARCHAR NOT NULL, n INTEGER NOT NULL, denied INTEGER NOT NULL, "
        "PRIMARY KEY (a, b, stretch, type, mode)) WITHOUT ROWID"
    )
    run(
        "CREATE INDEX record_at_by_weight ON record (place, doubtful, weight DESC, id, stretch, last, length, status, "
        "languages) WHERE weight IS NOT NULL AND place IS NOT NULL"
    )
    run("DELETE FROM note WHERE key IN ('linked', 'rules')")
