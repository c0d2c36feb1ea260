"""Facts as a Python program takes them: as lists, or as frames of pandas and polars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.model.lines import Record
from dragoman.telling.asked import Asked


class Rows(list[Record]):
    """Facts as in the export, and as a flat table with names written out (see `exports.table.row`)."""

    def __init__(self, records: Iterable[Record], case: Asked) -> None:
        super().__init__(records)
        self._case = case

    def rows(self) -> list[Record]:
        """One flat row a fact, in the columns of the csv export."""
        from dragoman.telling.exports import Stored as Source
        from dragoman.telling.exports.table import Facts, row

        with self._case.asking() as connection:
            known = Facts(Source(connection))
            return [row(known, record) for record in self]

    def to_pandas(self) -> Any:
        """A pandas DataFrame of `rows`; pandas must be installed."""
        import pandas

        return pandas.DataFrame(self.rows())

    def to_polars(self) -> Any:
        """A polars DataFrame of `rows`; polars must be installed."""
        import polars

        return polars.DataFrame(self.rows(), infer_schema_length=None)
