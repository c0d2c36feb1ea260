"""The indexes by which lists are read say what is doubtful: else each row of the table was looked at to leave it out.

The index of promises says all that the board counts, and what somebody is called is found by who it is: their record
may be long.
"""

from dragoman.store.migrations import Run

INDEXES = {
    "record_by_day": "(kind, stretch, id, type, status, languages, independent, place, doubtful)",
    "record_by_type": "(kind, type, stretch, id, status, languages, mode, doubtful) WHERE type IS NOT NULL",
    "record_by_status": "(kind, status, stretch, id, doubtful) WHERE status IS NOT NULL",
    "record_by_place": "(kind, place, stretch, id, doubtful) WHERE place IS NOT NULL",
    "record_told_often": "(kind, stretch, id, independent, doubtful) WHERE independent >= 2",
    "record_long": "(kind, length, stretch, id, last, type, status, place, doubtful) WHERE length IS NOT NULL",
    "record_due": "(kind, last, status, made, type, stretch, id, doubtful) WHERE kind = 'commitment'",
}


def upgrade(run: Run) -> None:
    for name, columns in INDEXES.items():
        run(f"DROP INDEX IF EXISTS {name}")
        run(f"CREATE INDEX {name} ON record {columns}")
    run("CREATE INDEX form_by_id ON form (id)")
