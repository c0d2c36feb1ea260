"""What linking leaves to people is kept. Cases are linked anew when they are used next, to find it."""

from dragoman.store.migrations import Run


def upgrade(run: Run) -> None:
    run(
        "CREATE TABLE doubt ( number INTEGER NOT NULL, about VARCHAR NOT NULL, content BLOB NOT NULL, "
        "PRIMARY KEY (number) )"
    )
    run("CREATE INDEX doubt_by_kind ON doubt (about, number)")
    run("DELETE FROM note WHERE key = 'linked'")
