"""Nothing is silently empty: what was read but gave nothing leaves an issue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Document, Place, PrintedBudget, Problem, Table

# A figure as money is printed: with a pound sign, thousands separated, or four digits and more.
_MONEY = re.compile(r"£\s*\d|\d{1,3}(,\d{3})+(?!\d)|(?<!\d)\d{5,}(?!\d)")


def find_gaps(document: Document, budgets: tuple[PrintedBudget, ...]) -> Iterator[Problem]:
    """One problem per table without a line, and one for a document without a figure.

    A page with text that gave nothing is told by the reader, which has seen the page.
    """
    with_lines = {budget.table for budget in budgets if budget.lines}
    for table in document.tables:
        if table.number not in with_lines and table.parent is None:
            yield _table_without_line(table)
    if not any(line.amounts for budget in budgets for line in budget.lines):
        yield _document_without_figure(document)


def _figures(table: Table) -> int:
    return sum(1 for cell in table.cells if _MONEY.search(cell.text))


def _table_without_line(table: Table) -> Problem:
    figures = _figures(table)
    name = f"table {table.number}" + (f" ({table.title})" if table.title else "")
    message = (
        f"{name} has {figures} cells with figures but gave no budget line; its cells are kept. "
        "If it is a budget, say in a layout file which columns hold what (`spendtrail tables`)"
        if figures
        else f"{name} has no figures and gave no budget line; its cells are kept"
    )
    first = next((cell.places[0] for cell in table.cells if cell.places), Place())
    return Problem(
        "table-without-line",
        "warning" if figures else "info",
        message,
        printed=table.title,
        place=Place(first.page, None, first.paragraph),
        table=table.number,
    )


def _document_without_figure(document: Document) -> Problem:
    figures = sum(_figures(table) for table in document.tables)
    return Problem(
        "document-without-figure",
        "warning" if figures or not document.passages else "info",
        f"{document.file} gave no budget line"
        + (f", though {figures} cells of its tables hold figures" if figures else "")
        + ("; its text is kept" if document.passages else "; nothing was read from it"),
    )
