"""Nothing is silently empty: what was read but gave nothing leaves an issue."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby

from extractors.budget.shapes import shape
from extractors.model import Document, Passage, Place, Problem, Table

ROWS = 3  # lines of text laid out like a table that are told
# A figure as money is printed: with a pound sign, thousands separated, or five digits and more.
_MONEY = re.compile(r"£\s*\d|\d{1,3}(,\d{3})+(?!\d)|(?<!\d)\d{5,}(?!\d)|\d\.\d{2,3}(?!\d)")


def find_gaps(
    document: Document,
    *,
    lines_of: Collection[int | None],
    used: Collection[int | None],
    told: Collection[int | None],
) -> Iterator[Problem]:
    """One problem per table without a line, per run of text that is laid out like one, and one for
    a document without a figure.

    `lines_of` are the tables that gave budget lines (None for lines in running text), `used`
    those whose figures serve elsewhere (checks, restatements, comments), `told` the passages that
    gave awards or their totals. A page with text that gave nothing is told by the reader, which
    has seen the page.
    """
    for table in document.tables:
        if table.number not in lines_of and table.parent is None:
            yield _table_without_line(table, table.number in used)
    yield from _laid_out_without_line(document, told)
    if not lines_of:
        figures = sum(_figures(table) for table in document.tables if table.number not in used)
        yield _document_without_figure(document, figures)


def _laid_out_without_line(document: Document, told: Collection[int | None]) -> Iterator[Problem]:
    """Lines of running text with several sums each, columns apart: a table that was not found."""
    running = (p for p in document.passages if p.kind in {"paragraph", "list_item", "text_box"})
    for laid, run in groupby(running, key=_is_laid_out):
        passages = list(run)
        if not laid or len(passages) < ROWS or any(p.order in told for p in passages):
            continue
        first = passages[0]
        yield Problem(
            "text-without-line",
            "warning",
            f"{len(passages)} lines of text hold several sums each, columns apart, but gave no "
            "budget line; look at the page. Their sums are among the amounts of the narrative",
            printed=first.text,
            place=first.places[0] if first.places else Place(),
        )


def _is_laid_out(passage: Passage) -> bool:
    parts = passage.text.split("\t")
    return sum(bool(_MONEY.search(p)) and shape(p.strip()) == "figure" for p in parts) > 1


def _figures(table: Table) -> int:
    return sum(
        1
        for cell in table.cells
        if _MONEY.search(cell.text)
        and shape(cell.text) == "figure"
        and cell.row >= table.header_rows
    )


def _table_without_line(table: Table, used: bool) -> Problem:
    figures = _figures(table)
    name = f"table {table.number}" + (f" ({table.title})" if table.title else "")
    if used:
        message = f"{name} gave no budget line; its rows serve as checks, comments or terms"
    elif figures:
        message = (
            f"{name} has {figures} cells with figures but gave no budget line; its cells are "
            "kept. If it is a budget, say in a layout file what its columns hold "
            f"(`spendtrail tables` shows the table as it was read)"
        )
    else:
        message = f"{name} has no figures and gave no budget line; its cells are kept"
    first = next((cell.places[0] for cell in table.cells if cell.places), Place())
    return Problem(
        "table-without-line",
        "warning" if figures and not used else "info",
        message,
        printed=table.title,
        place=Place(first.page, None, first.paragraph),
        table=table.number,
    )


def _document_without_figure(document: Document, figures: int) -> Problem:
    return Problem(
        "document-without-figure",
        "warning" if figures or not document.passages else "info",
        f"{document.file} gave no budget line"
        + (f", though {figures} cells of its tables hold figures" if figures else "")
        + ("; its text is kept" if document.passages else "; nothing was read from it"),
    )
