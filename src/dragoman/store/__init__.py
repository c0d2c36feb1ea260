"""Case <-> SQL: one SQLite file holds everything read, found and decided.

Invariant: `article`, `set_aside` and `decision` are written as things happen, each in a transaction of
its own, and never computed; all other tables are a pure function of them and are replaced in one
transaction. So a process that is killed at any moment leaves a case that opens and continues.
"""

from dragoman.store.case_file import CaseFile, Stored
from dragoman.store.errors import CaseError
from dragoman.store.rows import KINDS

__all__ = ["KINDS", "CaseError", "CaseFile", "Stored"]
