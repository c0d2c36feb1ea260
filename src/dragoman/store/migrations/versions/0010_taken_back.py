"""A decision that was taken back keeps by whom, and when."""

from dragoman.store.migrations import Run


def upgrade(run: Run) -> None:
    for column in ("undone_by", "undone_when"):
        run(f"ALTER TABLE decision ADD COLUMN {column} VARCHAR")
