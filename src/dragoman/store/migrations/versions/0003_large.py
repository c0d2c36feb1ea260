"""Large cases: records in order of time with what they are found by, counts kept, a version instead of a digest.

The computed tables are dropped, not converted: the case is linked anew when it is used next.
"""

from dragoman.store.migrations import Run

DROPPED = ("part", "told_in", "side", "record", "record_words")

MADE = (
    """
    CREATE TABLE record ( number INTEGER NOT NULL, id VARCHAR NOT NULL, kind VARCHAR NOT NULL, type
        VARCHAR, mode VARCHAR, status VARCHAR, first VARCHAR, last VARCHAR, stretch VARCHAR NOT NULL,
        length INTEGER, made VARCHAR, known_from VARCHAR, place VARCHAR, languages VARCHAR NOT NULL,
        confidence FLOAT, independent INTEGER, name TEXT, content BLOB NOT NULL, PRIMARY KEY (number),
        UNIQUE (id) )
    """,
    """
    CREATE INDEX record_by_confidence ON record (kind, confidence, id) WHERE confidence IS NOT NULL
    """,
    """
    CREATE INDEX record_by_day ON record (kind, stretch, id, type, status, languages, independent,
        place)
    """,
    """
    CREATE INDEX record_by_place ON record (kind, place, stretch, id) WHERE place IS NOT NULL
    """,
    """
    CREATE INDEX record_by_status ON record (kind, status, stretch, id)
    """,
    """
    CREATE INDEX record_by_type ON record (kind, type, stretch, id, status, languages)
    """,
    """
    CREATE INDEX record_due ON record (kind, last, status, made) WHERE kind = 'commitment'
    """,
    """
    CREATE INDEX record_long ON record (kind, length, stretch, id, last, type, status, place) WHERE
        length IS NOT NULL
    """,
    """
    CREATE INDEX record_told_often ON record (kind, stretch, id, independent) WHERE independent >= 2
    """,
    """
    CREATE TABLE side ( actor VARCHAR NOT NULL, kind VARCHAR NOT NULL, stretch VARCHAR NOT NULL, id
        VARCHAR NOT NULL, number INTEGER NOT NULL, type VARCHAR, status VARCHAR, last VARCHAR, length
        INTEGER, place VARCHAR, languages VARCHAR, confidence FLOAT, independent INTEGER, PRIMARY KEY
        (actor, kind, stretch, id) ) WITHOUT ROWID
    """,
    """
    CREATE TABLE printed ( outlet VARCHAR NOT NULL, kind VARCHAR NOT NULL, stretch VARCHAR NOT NULL, id
        VARCHAR NOT NULL, number INTEGER NOT NULL, type VARCHAR, status VARCHAR, last VARCHAR, length
        INTEGER, place VARCHAR, languages VARCHAR, confidence FLOAT, independent INTEGER, PRIMARY KEY
        (outlet, kind, stretch, id) ) WITHOUT ROWID
    """,
    """
    CREATE TABLE told_in ( article VARCHAR NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (article,
        number) ) WITHOUT ROWID
    """,
    """
    CREATE TABLE part ( storyline VARCHAR NOT NULL, record VARCHAR NOT NULL, PRIMARY KEY (storyline,
        record) ) WITHOUT ROWID
    """,
    """
    CREATE TABLE form ( form VARCHAR NOT NULL, kind VARCHAR NOT NULL, id VARCHAR NOT NULL, PRIMARY KEY
        (form, kind, id) ) WITHOUT ROWID
    """,
    """
    CREATE TABLE cube ( actor VARCHAR NOT NULL, kind VARCHAR NOT NULL, type VARCHAR NOT NULL, status
        VARCHAR NOT NULL, languages VARCHAR NOT NULL, year VARCHAR NOT NULL, n INTEGER NOT NULL, PRIMARY
        KEY (actor, kind, type, status, languages, year) ) WITHOUT ROWID
    """,
    """
    CREATE TABLE busy ( actor VARCHAR NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (actor) ) WITHOUT ROWID
    """,
    """
    CREATE INDEX busy_by_number ON busy (n)
    """,
    """
    CREATE TABLE pair ( a VARCHAR NOT NULL, b VARCHAR NOT NULL, type VARCHAR NOT NULL, mode VARCHAR NOT
        NULL, n INTEGER NOT NULL, denied INTEGER NOT NULL, PRIMARY KEY (a, b, type, mode) ) WITHOUT
        ROWID
    """,
    """
    CREATE TABLE company ( actor VARCHAR NOT NULL, fewer INTEGER NOT NULL, other VARCHAR NOT NULL,
        PRIMARY KEY (actor, fewer, other) ) WITHOUT ROWID
    """,
    """
    CREATE TABLE spot ( place VARCHAR NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (place) ) WITHOUT ROWID
    """,
    """
    CREATE VIRTUAL TABLE record_words USING fts5(words, content='', tokenize = 'unicode61')
    """,
)


def upgrade(run: Run) -> None:
    for table in DROPPED:
        run(f"DROP TABLE {table}")
    for statement in MADE:
        run(statement)
    run("DELETE FROM note WHERE key = 'linked'")
