"""What the reader sees of a document's tables, for a person in doubt: as text and as pictures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from extractors.model import Table
from pipeline.reading import Reading

_WIDTH = 28


def sketch_tables(reading: Reading, page: int | None = None) -> Iterator[str]:
    """Lines of text: each table's title, how it was read, column roles and rows.

    `page` takes only tables that stand on that page. Long texts are cut with an ellipsis.
    """
    if reading.document is None:
        yield from (problem.message for problem in reading.problems)
        return
    roles = {budget.table: budget.columns for budget in reading.budgets}
    lines = {budget.table: {line.row for line in budget.lines} for budget in reading.budgets}
    totals = {budget.table: {total.row for total in budget.totals} for budget in reading.budgets}
    for table in reading.document.tables:
        pages = sorted(pages_of(table))
        if page is not None and page not in pages:
            continue
        where = f", page {', '.join(map(str, pages))}" if pages else ""
        yield f"table {table.number}{where}: {table.title or '(no title)'}"
        yield f"  read as {table.reader or 'set'}" + (
            f": {'; '.join(table.reasons)}" if table.reasons else ""
        )
        for column in roles.get(table.number, ()):
            heading = " ".join(column.heading.split()) or "(no heading)"
            yield f"  column {column.index}: {column.role} — {heading} ({column.evidence})"
        for row in range(table.row_count):
            kind = " "
            if row < table.header_rows:
                kind = "h"
            elif row in lines.get(table.number, ()):
                kind = "·"
            elif row in totals.get(table.number, ()):
                kind = "Σ"
            yield f"  {kind} {row:>3}  " + " | ".join(_texts(table, row))
        for note in table.notes:
            yield f"  note {note.mark} {note.text}"
        yield ""


def pages_of(table: Table) -> set[int]:
    """The pages that a table stands on; empty for Word."""
    places = (place for cell in table.cells for place in cell.places)
    return {place.page for place in places if place.page is not None}


def _texts(table: Table, row: int) -> Iterator[str]:
    for cell in sorted(table.cells, key=lambda cell: cell.column):
        if cell.row == row:
            text = " ".join((cell.raw or cell.text).split())
            yield text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def draw_tables(
    path: Path, reading: Reading, page: int | None = None
) -> Iterator[tuple[int, bytes]]:
    """Each page of a PDF that has a table, with its cells framed, as (page number, PNG).

    Header cells are blue, cells of budget lines green, totals orange, the rest red.
    """
    from extractors.pdf.picture import BLUE, GREEN, ORANGE, RED, Frame, draw_page

    if reading.document is None:
        return
    frames: dict[int, list[Frame]] = {}
    lines = {(b.table, line.row) for b in reading.budgets for line in b.lines}
    totals = {(b.table, total.row) for b in reading.budgets for total in b.totals}
    for table in reading.document.tables:
        for cell in table.cells:
            at = (table.number, cell.row)
            colour = GREEN if at in lines else ORANGE if at in totals else RED
            if cell.row < table.header_rows:
                colour = BLUE
            for place in cell.places:
                if place.page is not None and place.box is not None:
                    frames.setdefault(place.page, []).append(
                        Frame(place.box, colour, width=0.7, tint=0.06, margin=0.5)
                    )
    for number in sorted(frames):
        if page in (None, number):
            yield number, draw_page(path, number, frames[number])


def sketch_layout(reading: Reading, page: int | None = None) -> Iterator[str]:
    """Lines of a layout file that says what the reader made of each table, to be corrected."""
    if reading.document is None:
        return
    columns = {budget.table: budget.columns for budget in reading.budgets}
    for table in reading.document.tables:
        if page is not None and page not in pages_of(table):
            continue
        yield "[[table]]"
        yield f"number = {table.number}"
        if table.title:
            yield f"title = {json.dumps(table.title, ensure_ascii=False)}"
        for column in columns.get(table.number, ()):
            yield ""
            yield f"[[table.column]]  # {' '.join(column.heading.split()) or '(no heading)'}"
            yield f"index = {column.index}"
            yield f'role = "{column.role}"'
        yield ""
