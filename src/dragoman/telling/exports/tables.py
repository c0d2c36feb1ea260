"""csv, xlsx, parquet: facts as tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dragoman.model.lines import Record
from dragoman.telling.exports.pieces import harmless, xml_text
from dragoman.telling.exports.table import FACTS, Facts, claims, row

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

PIECE = 1 << 18
"""Bytes written at once, about."""

SHEET = 1_048_575
"""Rows of a sheet below its head, as many as spreadsheet programs read."""

GROUP = 10_000
"""Rows of a row group."""

SHEETS = {
    "events": ("event",),
    "statements": ("statement",),
    "figures": ("figure",),
    "states": ("state",),
    "commitments": ("commitment",),
    "disputes": ("dispute",),
}


def as_csv(facts: Facts, note: str) -> Iterator[bytes]:
    """All facts in one table, UTF-8 with a mark for Excel; the last row, of kind `note`, says what is left out."""
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for record in facts.of(*FACTS):
        one = row(facts, record)
        if writer is None:
            writer = _csv(out, list(one))
            yield b"\xef\xbb\xbf"
        writer.writerow({k: harmless("" if v is None else v) for k, v in one.items()})
        if out.tell() > PIECE:
            yield _taken(out)
    if writer is None:
        writer = _csv(out, ["kind", "description"])
        yield b"\xef\xbb\xbf"
    writer.writerow({"kind": "note", "description": note})
    yield _taken(out)


def _csv(out: io.StringIO, columns: list[str]) -> csv.DictWriter[str]:
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    return writer


def _taken(out: io.StringIO) -> bytes:
    written = out.getvalue().encode()
    out.seek(0)
    out.truncate()
    return written


def as_xlsx(facts: Facts, note: str) -> Iterator[bytes]:
    """A workbook: claims, a sheet for each kind of fact, actors, articles, and `about` with what is left out.

    Rows beyond what a sheet can hold go on in a second sheet of the name.
    """
    import xlsxwriter

    with TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / "case.xlsx"
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "tmpdir": folder,
        }
        book = xlsxwriter.Workbook(path, options)
        # The creation day is fixed, so that one case gives one file.
        book.set_properties({"title": "Dragoman case", "created": _EPOCH})
        bold = book.add_format({"bold": True})
        _sheet(book, bold, "claims", claims(facts))
        for name, kinds in SHEETS.items():
            _sheet(book, bold, name, (row(facts, r) for r in facts.of(*kinds)))
        _sheet(book, bold, "actors", (_actor(a) for a in facts.actors_named()))
        _sheet(book, bold, "articles", (_article(a) for a in facts.sources_cited()))
        _sheet(book, bold, "about", iter([{"note": note}]))
        book.close()
        yield from _file(path)


def _sheet(book: Any, bold: Any, name: str, rows: Iterator[Record]) -> None:
    number = 1
    some = list(islice(rows, 1))
    while some or number == 1:
        page = book.add_worksheet(name if number == 1 else f"{name} {number}")
        if not some:
            return
        columns = list(some[0])
        page.freeze_panes(1, 0)
        for c, column in enumerate(columns):
            page.set_column(c, c, min(50, max(10, len(column) + 2)))
            page.write_string(0, c, column, bold)
        last = 0
        for n, one in enumerate(chain(some, islice(rows, SHEET - 1)), start=1):
            last = n
            for c, column in enumerate(columns):
                value = one[column]
                if isinstance(value, str):
                    page.write_string(n, c, xml_text(value)[:32_767])  # a cell's limit
                elif value is not None:
                    page.write(n, c, value)
        page.autofilter(0, 0, last, len(columns) - 1)
        some = list(islice(rows, 1))
        number += 1


def as_parquet(facts: Facts, note: str) -> Iterator[bytes]:
    """The rows of `as_csv` with types; what is left out stands in the file's metadata under `dragoman`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    numbers = {"latitude", "longitude", "low", "best", "high", "confidence"}
    whole = {"date_prec", "number_of_reports", "number_of_sources"}

    def type_of(column: str) -> pa.DataType:
        return pa.float64() if column in numbers else pa.int64() if column in whole else pa.string()

    rows = (row(facts, r) for r in facts.of(*FACTS))
    some = list(islice(rows, GROUP))
    columns = list(some[0]) if some else ["kind", "id"]
    schema = pa.schema([(c, type_of(c)) for c in columns], metadata={"dragoman": note})
    with TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / "case.parquet"
        with pq.ParquetWriter(path, schema) as writer:
            while some:
                writer.write_table(pa.Table.from_pylist(some, schema=schema))
                some = list(islice(rows, GROUP))
        yield from _file(path)


def _file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _actor(actor: Record) -> Record:
    return {
        "id": actor["id"],
        "name": actor["name"],
        "type": actor["type"],
        "country": actor["country"],
        "forms": "; ".join(actor["forms"]),
        "mentions": len(actor["mentions"]),
    }


def _article(article: Record) -> Record:
    published = article["published"] or {}
    return {
        "id": article["id"],
        "path": article["path"],
        "url": article["url"],
        "title": article["title"],
        "outlet": article["outlet"],
        "wire": article["wire"],
        "language": article["language"],
        "published_start": published.get("start"),
        "published_end": published.get("end"),
        "published_basis": published.get("basis"),
        "missing_share": article["missing_share"],
        "copies_of": article["copies_of"],
    }
