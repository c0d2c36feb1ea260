"""Figures are found by the day on which they were first told, promises by how they stand, lines by their days.

Cases are linked anew when they are used next, to fill these.
"""

from dragoman.store.migrations import Run


def upgrade(run: Run) -> None:
    run("CREATE INDEX record_told ON record (kind, known_from DESC, id, type) WHERE kind = 'figure'")
    run(
        "CREATE INDEX record_lines ON record (stretch, last, length, doubtful, status, languages) "
        "WHERE weight IS NOT NULL"
    )
    run("DELETE FROM note WHERE key IN ('linked', 'rules')")
