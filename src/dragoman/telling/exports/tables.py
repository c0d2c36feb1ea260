"""csv, xlsx, parquet: facts as tables."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

from dragoman.telling.exports.table import FACTS, Facts, Record, claims, row

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is run as a formula by spreadsheet programs; it gets an apostrophe before it."""

SHEETS = {
    "events": ("event",),
    "statements": ("statement",),
    "figures": ("figure",),
    "states": ("state",),
    "commitments": ("commitment",),
    "disputes": ("dispute",),
}


def harmless(cell: object) -> object:
    """Words of an article that no spreadsheet will take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RISKY) else cell


def as_csv(facts: Facts, note: str) -> bytes:
    """All facts in one table, UTF-8 with a mark for Excel; the last row, of kind `note`, says what is left out."""
    rows = [row(facts, r) for r in facts.of(*FACTS)]
    out = io.StringIO()
    columns = list(rows[0]) if rows else ["kind", "description"]
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    for one in rows:
        writer.writerow({k: harmless("" if v is None else v) for k, v in one.items()})
    writer.writerow({"kind": "note", "description": note})
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(facts: Facts, note: str) -> bytes:
    """A workbook: claims, a sheet for each kind of fact, actors, articles, and `about` with what is left out."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # The creation day is fixed, so that one case gives one file.
    book.set_properties({"title": "Dragoman case", "created": _EPOCH})
    bold = book.add_format({"bold": True})

    def sheet(name: str, rows: list[Record]) -> None:
        page = book.add_worksheet(name)
        if not rows:
            return
        columns = list(rows[0])
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(rows), len(columns) - 1)
        for c, column in enumerate(columns):
            page.write_string(0, c, column, bold)
            page.set_column(c, c, min(50, max(10, len(column) + 2)))
        for n, one in enumerate(rows, start=1):
            for c, column in enumerate(columns):
                value = one[column]
                if isinstance(value, str):
                    page.write_string(n, c, value[:32_767])  # a cell's limit
                elif value is not None:
                    page.write(n, c, value)

    sheet("claims", claims(facts))
    for name, kinds in SHEETS.items():
        sheet(name, [row(facts, r) for r in facts.of(*kinds)])
    sheet("actors", [_actor(a) for a in facts.of("actor")])
    sheet("articles", [_article(a) for a in facts.of("article")])
    sheet("about", [{"note": note}])
    book.close()
    return out.getvalue()


def as_parquet(facts: Facts, note: str) -> bytes:
    """The rows of `as_csv` with types; what is left out stands in the file's metadata under `dragoman`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [row(facts, r) for r in facts.of(*FACTS)]
    numbers = {"latitude", "longitude", "low", "best", "high", "confidence"}
    whole = {"date_prec", "number_of_reports", "number_of_sources"}

    def type_of(column: str) -> pa.DataType:
        return pa.float64() if column in numbers else pa.int64() if column in whole else pa.string()

    columns = list(rows[0]) if rows else ["kind", "id"]
    schema = pa.schema([(c, type_of(c)) for c in columns], metadata={"dragoman": note})
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), out)
    return out.getvalue()


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
