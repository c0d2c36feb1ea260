"""Tables and indexes name records by number; what an outlet prints is listed without what it says.

Cases are linked anew when they are used next, to fill them.
"""

from dragoman.store.migrations import Run

MADE = (
    "CREATE TABLE side (actor VARCHAR NOT NULL, kind VARCHAR NOT NULL, stretch VARCHAR NOT NULL, number INTEGER NOT "
    "NULL, type VARCHAR, status VARCHAR, last VARCHAR, length INTEGER, place VARCHAR, languages VARCHAR, confidence "
    "FLOAT, independent INTEGER, doubtful INTEGER NOT NULL, PRIMARY KEY (actor, kind, stretch, number)) WITHOUT ROWID",
    "CREATE TABLE printed (outlet VARCHAR NOT NULL, kind VARCHAR NOT NULL, stretch VARCHAR NOT NULL, number INTEGER "
    "NOT NULL, PRIMARY KEY (outlet, kind, stretch, number)) WITHOUT ROWID",
    "CREATE TABLE part (storyline INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (storyline, number)) "
    "WITHOUT ROWID",
    "CREATE INDEX record_by_confidence ON record (kind, confidence) WHERE confidence IS NOT NULL",
    "CREATE INDEX record_by_day ON record (kind, stretch, number, type, status, languages, independent, place, "
    "doubtful)",
    "CREATE INDEX record_by_place ON record (kind, place, stretch, number, doubtful) WHERE place IS NOT NULL",
    "CREATE INDEX record_by_status ON record (kind, status, stretch, number, doubtful) WHERE status IS NOT NULL",
    "CREATE INDEX record_by_type ON record (kind, type, stretch, number, status, languages, mode, doubtful) "
    "WHERE type IS NOT NULL",
    "CREATE INDEX record_told_often ON record (kind, stretch, number, independent, doubtful) WHERE independent >= 2",
    "CREATE INDEX record_long ON record (kind, length, stretch, number, last, type, status, place, doubtful) "
    "WHERE length IS NOT NULL",
    "CREATE INDEX record_by_weight ON record (doubtful, weight DESC, number, stretch, last, status, languages, place) "
    "WHERE weight IS NOT NULL",
    "CREATE INDEX record_at_by_weight ON record (place, doubtful, weight DESC, number, stretch, last, length, status, "
    "languages) WHERE weight IS NOT NULL AND place IS NOT NULL",
    "CREATE INDEX record_told ON record (kind, known_from DESC, number, type) WHERE kind = 'figure'",
    "CREATE INDEX record_due ON record (kind, last, status, made, type, stretch, number, doubtful) "
    "WHERE kind = 'commitment'",
)


def upgrade(run: Run) -> None:
    for index in (
        *("by_confidence", "by_day", "by_place", "by_status", "by_type", "told_often", "long", "by_weight"),
        *("at_by_weight", "told", "due"),
    ):
        run(f"DROP INDEX IF EXISTS record_{index}")
    for table in ("side", "printed", "part"):
        run(f"DROP TABLE {table}")
    run("DELETE FROM record")
    for statement in MADE:
        run(statement)
    run("DELETE FROM note WHERE key IN ('linked', 'rules')")
