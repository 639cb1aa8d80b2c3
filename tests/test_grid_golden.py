"""The shipped PDFs' tables, laid out so that a person can compare them with the page.

`pytest --renew-golden tests/test_grid_golden.py` writes them anew; look at the difference.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from extractors.grid import GridTable, read_tables
from extractors.pdf.layer import read_pages

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
NAMES = [
    "commissioning-framework-2017-18",
    "commissioning-framework-2020-21",
    "consultation-responses-2014",
    "panel-report-commissioning-2014-06-09",
]


@cache
def tables(name: str) -> tuple[GridTable, ...]:
    return tuple(read_tables(read_pages(ROOT / "raw_docs" / f"{name}.pdf")))


def laid_out(table: GridTable, number: int) -> str:
    """The table as text: a line per row, cells between bars, spans in brackets."""
    pages = ", ".join(str(r.page) for r in table.regions)
    lines = [
        f"## Table {number}: page {pages}; {table.row_count} rows, {table.column_count} columns, "
        f"{table.header_rows} heading rows, {table.repeated_headers} repeated"
    ]
    for row in range(table.row_count):
        texts = []
        for cell in (c for c in table.cells if c.row == row):
            span = f"[{cell.row_span}x{cell.column_span}] "
            single = cell.row_span == cell.column_span == 1
            texts.append(("" if single else span) + cell.raw.replace("\n", " / "))
        joined = "  (joined over the page break)" if row in table.joined_rows else ""
        lines.append(" | ".join(texts).rstrip() + joined)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_tables_read_as_they_did(name: str, pytestconfig: pytest.Config) -> None:
    text = "\n".join(laid_out(t, i) for i, t in enumerate(tables(name), start=1))
    path = GOLDEN / f"{name}.tables.txt"
    if pytestconfig.getoption("--renew-golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_goldens_are_compared_unless_asked_otherwise(pytestconfig: pytest.Config) -> None:
    assert not pytestconfig.getoption("--renew-golden"), "compare first, renew on purpose"


FACTS = {
    # name: (rows, columns, heading rows, repeated headings, rows joined over a page break)
    ("commissioning-framework-2017-18", 52): (5, 1, 0, 1),
    ("commissioning-framework-2020-21", 54): (8, 1, 4, 0),
    ("consultation-responses-2014", 53): (3, 1, 0, 2),
    ("panel-report-commissioning-2014-06-09", 5): (2, 0, 0, 0),
}


@pytest.mark.parametrize(("name", "rows"), FACTS)
def test_the_largest_tables_of_the_shipped_documents(name: str, rows: int) -> None:
    table = max(tables(name), key=lambda t: t.row_count)
    assert table.row_count == rows
    found = (
        table.column_count,
        table.header_rows,
        table.repeated_headers,
        len(table.joined_rows),
    )
    assert found == FACTS[name, rows]


def test_a_row_cut_by_a_page_break_has_both_places() -> None:
    table = max(tables("commissioning-framework-2017-18"), key=lambda t: t.row_count)
    cell = next(c for c in table.cells if "split in the same way" in c.text)
    assert cell.text.startswith("Districts, Boroughs and Leicester City councils")
    assert [p.page for p in cell.places] == [9, 10]


def test_banners_span_the_table() -> None:
    table = max(tables("commissioning-framework-2020-21"), key=lambda t: t.row_count)
    banners = [c.text for c in table.cells if c.column_span == 8]
    assert banners == ["VICTIMS", "VULNERABLE", "PREVENTION", "CROSS CUTTING"]
