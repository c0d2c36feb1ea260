"""Each record keeps a digest of what it says, so that only what changed is written again.

Old records have none: they are all written anew when the case is linked next.
"""

from dragoman.store.migrations import Run


def upgrade(run: Run) -> None:
    run("ALTER TABLE record ADD COLUMN digest INTEGER NOT NULL DEFAULT 0")
