"""The second, independent reading of a document's figures, made only where a sum is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractors.model import Document, PrintedBudget
from pipeline.meaning import interpret
from pipeline.sums import judge

# Verdicts that a second reading can decide.
OPEN = {"cannot_tell", "misread", "publisher"}
SecondText = tuple[int, int, int, str]  # table, row, column, text


def read_again(
    path: Path, document: Document, budgets: tuple[PrintedBudget, ...]
) -> tuple[SecondText, ...]:
    """The figures of the tables in which a sum does not close, as another engine reads them."""
    judgement = judge(interpret(document, budgets, ""), document, budgets)
    doubtful = {total.table_number for total in judgement.totals if total.verdict in OPEN}
    doubtful |= {check.table_number for check in judgement.checks if check.verdict in OPEN}
    budgets = tuple(budget for budget in budgets if budget.table in doubtful)
    if not budgets:
        return ()
    cells = {
        _in_table(budget, row, amount.column)
        for budget in budgets
        for row, amounts in [
            *((line.row, line.amounts) for line in budget.lines),
            *((total.row, total.amounts) for total in budget.totals),
        ]
        if row is not None
        for amount in amounts
    }
    cells |= {
        _in_table(budget, number.row, number.column)
        for budget in budgets
        for number in budget.numbers
    }
    read = _read_pdf if document.format == "pdf" else _read_word
    return tuple(sorted(read(path, document, cells)))


def _in_table(budget: PrintedBudget, row: int, column: int) -> tuple[int, int, int]:
    """Where a figure stands in the table itself, which the budget may have turned."""
    return (budget.table, column, row) if budget.turned else (budget.table, row, column)


def _read_word(
    path: Path, document: Document, cells: set[tuple[int, int, int]]
) -> Iterator[SecondText]:
    from extractors.word.second import second_reading

    grids = second_reading(path)
    for table, row, column in cells:
        grid = grids.get(table, [])
        if row < len(grid) and column < len(grid[row]):
            yield table, row, column, grid[row][column]


def _read_pdf(
    path: Path, document: Document, cells: set[tuple[int, int, int]]
) -> Iterator[SecondText]:
    from extractors.pdf.second import read_boxes

    places = {
        (table.number, cell.row, cell.column): cell.places
        for table in document.tables
        for cell in table.cells
    }
    wanted = [(cell, place) for cell in sorted(cells) for place in places.get(cell, ())[:1]]
    texts = read_boxes(path, [place for _, place in wanted])
    for (cell, _), text in zip(wanted, texts, strict=True):
        if text:  # a scan has no second reading of this kind
            yield (*cell, text)
