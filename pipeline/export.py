"""The views as files that other programs open: CSV, Parquet, a workbook, and `datapackage.json`.

Every file is made from the promised views of the database and described from the one list of
`pipeline.views`. The same database gives the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pipeline.changes import open_read_only
from pipeline.sightings import write_whole
from pipeline.views import VIEWS, View, ViewColumn

FieldType = Literal["integer", "number", "money", "string"]

# A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NOT_DATA = frozenset({"runs"})  # knows the clock; the rest follows from the documents
NOTED_ROWS = 20_000  # a workbook with more notes than that opens slowly
WORKBOOK_DATE = datetime(2000, 1, 1)  # a workbook must carry a date; ours says nothing


def export(database: Path, folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """Writes the chosen formats into `folder`; the files written come back, in order.

    Raises FileNotFoundError where there is no database, KeyError for a format not in FORMATS.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    with closing(open_read_only(database)) as connection:
        for name in formats:
            written += FORMATS[name](connection, folder)
    return written


def data_views() -> tuple[View, ...]:
    """The views that are exported."""
    return tuple(view for view in VIEWS if view.name not in NOT_DATA)


def field_types(connection: sqlite3.Connection, view: View) -> dict[str, FieldType]:
    """The type of each column of a view: as its table declares it; pounds are `money`."""
    declared = {
        row[1]: row[2].upper() for row in connection.execute(f'PRAGMA table_info("{view.name}")')
    }
    return {column.name: _type(column, declared[column.name]) for column in view.columns}


def _type(column: ViewColumn, declared: str) -> FieldType:
    if "/ 100.0" in column.sql:
        return "money"
    if column.sql == "NULL":  # a receipt's place in a view whose rows stand on no single page
        return "integer" if column.name == "page" else "number"
    if "unit_pence" in column.sql or declared.startswith("INT"):
        return "integer"
    return "number" if declared == "REAL" else "string"


def rows_of(connection: sqlite3.Connection, view: View) -> tuple[list[str], list[tuple[Any, ...]]]:
    """A view's column names and rows; money as Decimal pounds with two places."""
    types = field_types(connection, view)
    found = connection.execute(f'SELECT * FROM "{view.name}"')
    names = [entry[0] for entry in found.description]
    money = [types[name] == "money" for name in names]
    cents = Decimal("0.01")
    rows = [
        tuple(
            Decimal(str(value)).quantize(cents) if is_money and value is not None else value
            for value, is_money in zip(row, money, strict=True)
        )
        for row in found
    ]
    return names, rows


def safe_text(value: object) -> object:
    """A value that no spreadsheet runs: text that begins like a formula gets a leading `'`."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def write_csv(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """One CSV file a view (RFC 4180, UTF-8), and `datapackage.json` that describes them."""
    written = []
    for view in data_views():
        names, rows = rows_of(connection, view)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(names)
        writer.writerows([safe_text(value) for value in row] for row in rows)
        path = folder / f"{view.name}.csv"
        write_whole(path, text.getvalue().encode())
        written.append(path)
    package = folder / "datapackage.json"
    described = json.dumps(describe(connection, written), ensure_ascii=False, indent=1)
    write_whole(package, described.encode() + b"\n")
    return [*written, package]


def describe(connection: sqlite3.Connection, files: list[Path]) -> dict[str, Any]:
    """A Frictionless Data Package (version 1) for CSV files made of the views."""
    by_name = {view.name: view for view in VIEWS}
    names = {"money": "number"}
    resources = []
    for path in files:
        view = by_name[path.stem]
        body = path.read_bytes()
        fields = [
            {"name": c.name, "type": names.get(kind, kind), "description": c.meaning}
            for c, kind in zip(view.columns, field_types(connection, view).values(), strict=True)
        ]
        resources.append(
            {
                "name": view.name.replace("_", "-"),
                "path": path.name,
                "profile": "tabular-data-resource",
                "title": view.row_is,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(body),
                "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    return {
        "name": "spendtrail",
        "title": "Spending of public bodies, read from their published documents",
        "description": (
            "Money in pounds. A text that begins with = + - @ has an apostrophe before it, "
            "so that no spreadsheet runs it."
        ),
        "profile": "tabular-data-package",
        "resources": resources,
    }


def write_parquet(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """One Parquet file a view; money as decimal(18, 2) pounds, so that sums are exact."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "money": pa.decimal128(18, 2),
        "string": pa.string(),
    }
    written = []
    for view in data_views():
        names, rows = rows_of(connection, view)
        types = field_types(connection, view)
        meanings = {column.name: column.meaning for column in view.columns}
        schema = pa.schema(
            [
                pa.field(name, arrow[types[name]], metadata={"description": meanings[name]})
                for name in names
            ]
        )
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
        arrays = [pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)]
        path = folder / f"{view.name}.parquet"
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path)
        written.append(path)
    return written


def write_workbook(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """`spendtrail.xlsx`: a contents sheet and a sheet a view, with the receipt as a note."""
    import xlsxwriter

    path = folder / "spendtrail.xlsx"
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"title": "Spendtrail", "created": WORKBOOK_DATE})
        bold = book.add_format({"bold": True, "bottom": 1})
        pounds = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        contents = book.add_worksheet("Contents")
        contents.write_row(0, 0, ["sheet", "a row is", "column", "meaning"], bold)
        contents.set_column(0, 2, 24)
        contents.set_column(3, 3, 90, wrapped)
        line = 1
        for view in data_views():
            names, rows = rows_of(connection, view)
            _sheet(book.add_worksheet(view.name[:31]), names, rows, bold, pounds)
            for column in view.columns:
                contents.write_row(line, 0, [view.name, view.row_is, column.name, column.meaning])
                line += 1
        contents.freeze_panes(1, 0)
    return [path]


def _sheet(
    sheet: Any, names: list[str], rows: list[tuple[Any, ...]], bold: Any, pounds: Any
) -> None:
    sheet.write_row(0, 0, names, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)
    for column, name in enumerate(names):
        longest = max((len(str(row[column])) for row in rows[:500] if row[column]), default=0)
        sheet.set_column(column, column, min(max(longest, len(name)) + 2, 48))
    noted = names.index("amount") if "amount" in names and len(rows) <= NOTED_ROWS else None
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                sheet.write_number(number, column, float(value), pounds)
            elif isinstance(value, str):
                sheet.write_string(number, column, value[:32_767])  # a cell holds no more
            elif value is not None:
                sheet.write_number(number, column, value)
        if noted is not None and row[noted] is not None:
            sheet.write_comment(number, noted, receipt(dict(zip(names, row, strict=True))))


def receipt(row: dict[str, Any]) -> str:
    """A row's receipt in words: document, page, place, printed text."""
    parts = [str(row["document"])]
    if row.get("page"):
        parts.append(f"page {row['page']}")
    if row.get("table_number"):
        parts.append(f"table {row['table_number']}, row {row['row']}, column {row['column']}")
    if row.get("amount_printed"):
        parts.append(f"printed “{row['amount_printed']}”")
    return ", ".join(parts)


def write_history(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """A row per service and a column per year, as printed and in the prices of one year.

    The second file is in the prices of the last year that the GDP deflator knows.
    """
    from normalizers.deflators import deflators
    from pipeline.years import wide_table

    connection.row_factory = sqlite3.Row
    try:
        base = max(deflators())
        tables = {
            "history.csv": wide_table(connection),
            f"history-in-prices-of-{base}.csv": wide_table(connection, base),
        }
    finally:
        connection.row_factory = None
    written = []
    for name, table in tables.items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(table[0])
        # Figures are digits already and stay as they are; a cut of money begins with a minus.
        writer.writerows([*map(safe_text, row[:3]), *row[3:]] for row in table[1:])
        write_whole(folder / name, text.getvalue().encode())
        written.append(folder / name)
    return written


def write_360giving(connection: sqlite3.Connection, folder: Path) -> list[Path]:
    """Grant-funded lines in the 360Giving standard, see `pipeline.grants360`."""
    from pipeline.grants360 import write_grants

    return write_grants(connection, folder)


FORMATS: dict[str, Callable[[sqlite3.Connection, Path], list[Path]]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_workbook,
    "history": write_history,
    "360giving": write_360giving,
}
