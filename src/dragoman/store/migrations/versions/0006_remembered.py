"""What linking need not work out again is kept from one run to the next."""

from dragoman.store.migrations import Run


def upgrade(run: Run) -> None:
    run(
        "CREATE TABLE remembered ( what VARCHAR NOT NULL, rules VARCHAR NOT NULL, content BLOB NOT NULL, "
        "PRIMARY KEY (what) )"
    )
