"""First tables: what was read, what was decided, what was computed from both."""

from dragoman.store.migrations import Run

MADE = (
    """
    CREATE TABLE note ( key VARCHAR NOT NULL, value TEXT NOT NULL, PRIMARY KEY (key) )
    """,
    """
    CREATE TABLE article ( id VARCHAR NOT NULL, language VARCHAR NOT NULL, outlet VARCHAR, content BLOB
        NOT NULL, text TEXT NOT NULL, reading BLOB NOT NULL, vector BLOB, PRIMARY KEY (id) )
    """,
    """
    CREATE TABLE article_path ( article VARCHAR NOT NULL, path VARCHAR NOT NULL, PRIMARY KEY (article,
        path), FOREIGN KEY(article) REFERENCES article (id) )
    """,
    """
    CREATE TABLE set_aside ( path VARCHAR NOT NULL, reason TEXT NOT NULL, hint TEXT NOT NULL, PRIMARY
        KEY (path) )
    """,
    """
    CREATE TABLE decision ( number INTEGER NOT NULL, content BLOB NOT NULL, undone INTEGER DEFAULT '0'
        NOT NULL, PRIMARY KEY (number) )
    """,
    """
    CREATE TABLE record ( id VARCHAR NOT NULL, kind VARCHAR NOT NULL, type VARCHAR, status VARCHAR,
        first VARCHAR, last VARCHAR, known_from VARCHAR, place VARCHAR, confidence FLOAT, independent
        INTEGER, content BLOB NOT NULL, PRIMARY KEY (id) )
    """,
    """
    CREATE TABLE side ( record VARCHAR NOT NULL, actor VARCHAR NOT NULL, role VARCHAR NOT NULL, PRIMARY
        KEY (record, actor, role), FOREIGN KEY(record) REFERENCES record (id) )
    """,
    """
    CREATE TABLE told_in ( record VARCHAR NOT NULL, article VARCHAR NOT NULL, PRIMARY KEY (record,
        article), FOREIGN KEY(record) REFERENCES record (id) )
    """,
    """
    CREATE TABLE part ( storyline VARCHAR NOT NULL, record VARCHAR NOT NULL, PRIMARY KEY (storyline,
        record), FOREIGN KEY(storyline) REFERENCES record (id) )
    """,
    """
    CREATE INDEX record_by_day ON record (kind, first, id)
    """,
    """
    CREATE INDEX record_by_type ON record (kind, type, first)
    """,
    """
    CREATE INDEX part_by_record ON part (record)
    """,
    """
    CREATE INDEX side_by_actor ON side (actor, record)
    """,
    """
    CREATE INDEX told_in_article ON told_in (article)
    """,
)


def upgrade(run: Run) -> None:
    for statement in MADE:
        run(statement)
