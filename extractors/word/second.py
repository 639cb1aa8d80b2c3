"""A second reading of a Word file's tables, by python-docx's own grid; for the judge's verdicts."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import BadZipFile

from docx import Document as open_document
from docx.opc.exceptions import OpcError
from docx.table import Table as DocxTable
from docx.table import _Cell
from lxml import etree

from extractors.word.package import open_package, read_bytes

Grid = list[list[str]]


def second_reading(path: Path) -> dict[int, Grid]:
    """Each table's texts by row and column, for every row as the file stores it.

    Numbers count tables as `read` does: in body order from 1, nested ones after the table
    they stand in. python-docx repeats a joined cell in every place that it covers; columns
    are the file's own grid columns, which may be more than `read` keeps. A file that
    python-docx cannot open has no second reading: the answer is empty.
    Raises UnreadableDocument as `read` does.
    """
    data = read_bytes(path, path.name)
    open_package(data, path.name)  # sizes and entities are judged before anything else opens it
    try:
        document = open_document(io.BytesIO(data))
        grids: dict[int, Grid] = {}
        for table in document.tables:
            _read(table, grids)
    except (OpcError, KeyError, ValueError, IndexError, BadZipFile, etree.XMLSyntaxError):
        return {}
    return grids


def _read(table: DocxTable, grids: dict[int, Grid]) -> None:
    number = len(grids) + 1
    grids[number] = []
    seen: set[object] = set()
    for row in table.rows:
        before = [""] * row.grid_cols_before
        cells = row.cells
        after = [""] * row.grid_cols_after
        grids[number].append([*before, *(_text(cell) for cell in cells), *after])
        for cell in cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                for nested in cell.tables:
                    _read(nested, grids)


def _text(cell: _Cell) -> str:
    return "\n".join(filter(None, (" ".join(p.text.split()) for p in cell.paragraphs)))
