"""A second reading of a Word file's tables, by python-docx's own grid; for the judge's verdicts."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import BadZipFile

from docx import Document as open_document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from docx.table import Table as DocxTable
from docx.table import _Cell
from lxml import etree

from extractors.word.legacy import converted
from extractors.word.package import open_package, read_bytes
from extractors.word.schema import Element, w
from extractors.word.settle import settle
from extractors.word.tables import column_edges, read_grid

Grid = list[list[str]]


def second_text(path: Path) -> str:
    """All text of a Word file's body by python-docx's own elements, one paragraph to a line;
    empty where python-docx cannot open it. Raises UnreadableDocument as `read` does."""
    document = _opened(path)
    body = document.element.body if document is not None else ()
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(w("t")))
        for child in body
        for paragraph in child.iter(w("p"))
    )


def second_reading(path: Path) -> dict[int, Grid]:
    """Each table's texts by row and column, numbered and placed on columns as `read` does.

    The file is opened, its text put together and its joined cells resolved by python-docx; a
    joined cell's text stands in every place that it covers. Footnote marks, bullets and form
    fields are not told apart here. A file that python-docx cannot open has no second
    reading: the answer is empty. Raises UnreadableDocument as `read` does.
    """
    document = _opened(path)
    if document is None:
        return {}
    try:
        return {
            number: _grid(DocxTable(table, document))
            for number, table in enumerate(_in_reading_order(document.element.body), start=1)
        }
    except _FAULTS:
        return {}


_FAULTS = (
    OpcError,
    XmlchemyError,
    KeyError,
    ValueError,
    IndexError,
    BadZipFile,
    etree.XMLSyntaxError,
)


def _opened(path: Path) -> DocxDocument | None:
    """The file as python-docx has it, with its tracked changes accepted; None where it cannot."""
    data = read_bytes(path, path.name)
    if not data.startswith(b"PK"):
        data = converted(data, path.name)
    open_package(data, path.name)  # sizes and entities are judged before anything else opens it
    try:
        document = open_document(io.BytesIO(data))
        body = document.element.body
        if body is None:
            return None
        settle(body, numbered=False)
        _accept_changes(body)
    except _FAULTS:
        return None
    return document


def _in_reading_order(container: Element) -> list[Element]:
    """Tables as `read` numbers them: those of a cell's text boxes after the whole table."""
    ordered: list[Element] = []
    for table in container.iter(w("tbl")):
        if table in ordered:
            continue
        boxes = list(table.iter(w("txbxContent")))
        boxed = {inner for box in boxes for inner in box.iter(w("tbl"))}
        ordered.extend(inner for inner in table.iter(w("tbl")) if inner not in boxed)
        for box in boxes:
            ordered.extend(inner for inner in _in_reading_order(box) if inner not in ordered)
    return ordered


def _accept_changes(body: Element) -> None:
    for element in list(body.iter(w("del"), w("moveFrom"))):
        parent = element.getparent()
        if parent is None:
            continue
        if parent.tag == w("trPr"):
            row = parent.getparent()
            table = None if row is None else row.getparent()
            if row is not None and table is not None:
                table.remove(row)
        elif parent.tag != w("rPr"):
            parent.remove(element)
    for element in list(body.iter(w("ins"), w("moveTo"))):
        parent = element.getparent()
        if parent is not None and len(element):
            at = parent.index(element)
            parent[at : at + 1] = list(element)


def _grid(table: DocxTable) -> Grid:
    raw = read_grid(table._tbl)
    filled = {
        cell.element
        for row in raw.rows
        for cell in row.cells
        if next(cell.element.iter(w("tbl")), None) is not None
        or any((text.text or "").strip() for text in cell.element.iter(w("t")))
    }
    columns = column_edges(raw, filled)
    shown = {row.element for row in raw.rows}
    count = max(columns.values(), default=0)
    # python-docx counts the file's own grid columns; where several are one column here, the
    # last of them lies inside every cell that begins there.
    edges = {column: edge for edge, column in sorted(columns.items())}
    grid: Grid = []
    for row in table.rows:
        if row._tr in shown:
            texts = [""] * row.grid_cols_before + [_text(cell) for cell in row.cells]
            places = (edges[column] for column in range(count))
            grid.append([texts[edge] if edge < len(texts) else "" for edge in places])
    return grid


def _text(cell: _Cell) -> str:
    return "\n".join(filter(None, (" ".join(p.text.split()) for p in cell.paragraphs)))
