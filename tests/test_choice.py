"""Arithmetic chooses among readings, but never against a grid that the publisher has drawn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors import read
from extractors.model import Document, Table
from pipeline.choice import DRAWN, choose_reading

PDF = Path(__file__).parent.parent / "raw_docs" / "commissioning-framework-2017-18.pdf"


@pytest.fixture(scope="module")
def document() -> Document:
    return read(PDF, PDF.name)


@pytest.fixture
def budget_table(document: Document) -> Table:
    return next(table for table in document.tables if "Budget" in (table.title or ""))


def without_row(table: Table, row: int) -> Table:
    """The table as a reading sees it that loses one row."""
    return replace(table, cells=tuple(cell for cell in table.cells if cell.row != row))


def test_a_drawn_grid_says_so(budget_table: Table) -> None:
    assert DRAWN in budget_table.reasons


def test_a_reading_that_closes_is_kept_and_no_other_is_asked_for(
    document: Document, budget_table: Table
) -> None:
    def others() -> Table:
        raise AssertionError("nobody should ask")

    chosen, budget = choose_reading(document, budget_table, iter(others, None))
    assert chosen is budget_table
    assert len(budget.lines) == 42


def test_where_sums_do_not_close_the_reading_that_closes_them_wins(
    document: Document, budget_table: Table
) -> None:
    worse = replace(without_row(budget_table, 10), reasons=("by white space",), reader="space")
    better = replace(budget_table, reasons=("by rules",))
    chosen, budget = choose_reading(document, worse, [worse, better])
    assert len(budget.lines) == 42
    assert "because its sums close better" in chosen.reasons[-1]


def test_a_reading_that_loses_the_total_which_does_not_close_does_not_win(
    document: Document, budget_table: Table
) -> None:
    _, budget = choose_reading(document, budget_table, [])
    total = budget.totals[0].row
    cells = tuple(
        replace(cell, text="1,448,999", raw="1,448,999")
        if cell.row == total and cell.text == "1,448,239"
        else cell
        for cell in budget_table.cells
    )
    slip = replace(budget_table, cells=cells, reasons=("by white space",))
    chosen, _ = choose_reading(document, slip, [without_row(slip, total)])
    assert chosen is slip


def test_a_drawn_grid_is_not_exchanged(document: Document, budget_table: Table) -> None:
    worse = without_row(budget_table, 10)
    chosen, _ = choose_reading(document, worse, [budget_table])
    assert chosen is worse


def never() -> Table:
    raise AssertionError("nobody should ask")


def test_other_libraries_are_not_asked_where_more_sums_close_than_fail(
    document: Document, budget_table: Table
) -> None:
    shown = next(cell for cell in budget_table.cells if cell.text == "1,448,239")
    cells = tuple(
        replace(cell, text="1,448,999") if cell is shown else cell for cell in budget_table.cells
    )
    first = replace(budget_table, cells=cells, reasons=("by white space",))
    chosen, budget = choose_reading(document, first, [], iter(never, None))
    assert chosen is first
    assert len(budget.totals) > 2


def test_a_reading_that_tears_rows_and_finds_no_figure_more_does_not_win(
    document: Document, budget_table: Table
) -> None:
    row = 10
    # A number in words is left over in the first reading, and lost in the second.
    first = replace(
        budget_table,
        reasons=("by white space",),
        cells=tuple(
            replace(c, text=f"{c.text} £5,000", raw=f"{c.raw} £5,000")
            if (c.row, c.column) == (row, 0)
            else c
            for c in budget_table.cells
        ),
    )
    torn = [
        replace(c, row=c.row + 1) if c.row > row or (c.row == row and c.column > 1) else c
        for c in budget_table.cells
    ]
    names = [c for c in budget_table.cells if c.row == row and c.column < 2]
    torn += [replace(c, row=row + 1, text="of the county", raw="of the county") for c in names]
    second = replace(first, row_count=first.row_count + 1, cells=tuple(torn), reader="lines")
    chosen, _ = choose_reading(document, first, [second])
    assert chosen is first
