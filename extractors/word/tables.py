"""A Word table on its true grid: spans resolved, sliver columns closed, rows as accepted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.word.lines import Line
from extractors.word.numbering import BULLET
from extractors.word.schema import Element, child, is_on, local, value, w, whole
from extractors.word.settle import CHECKED, UNCHECKED

SPAN_LIMIT = 1000  # Word itself stops at 63 columns; a fuzzed file does not
SLIVER = 150  # twentieths of a point: a column under 2.6 mm holds no letter, only a dragged edge
HEADER_ROWS = 3
HEADER_LETTERS = 150
HeaderCell = tuple[int, int, str, bool, bool]  # column, row span, text, bold, shaded
_WHITE = {"auto", "ffffff", "none", ""}
_AMOUNT = re.compile(r"[£€$(\-–−+]*\s*[£€$]?\s*\d[\d,. ]*\)?\s*(?:%|k|m|bn|cr)?", re.IGNORECASE)
_YEARISH = re.compile(r"(?:19|20)\d\d(?:\s*[/\-–]\s*\d{2,4})?|\d\d\s*[/\-–]\s*\d\d|(?:19|20)\d\d")


@dataclass(slots=True)
class RawCell:
    """One `w:tc` placed on the grid; `start` and `end` are grid edges, before slivers close."""

    element: Element
    start: int
    end: int
    continues: bool = False
    rows: int = 1
    lines: list[Line] = field(default_factory=list)
    parts: list[Line | int] = field(default_factory=list)  # lines and numbers of nested tables
    shaded: bool = False
    covered: list[Element] = field(default_factory=list)  # continuing cells, not shown by Word


@dataclass(slots=True)
class RawRow:
    """One accepted row; `header` as flagged, `inserted` while its insertion is still tracked."""

    element: Element
    cells: list[RawCell]
    header: bool = False
    inserted: bool = False


@dataclass(slots=True)
class RawTable:
    """A table's rows before its text is read, with the rows that are not shown set apart."""

    element: Element
    rows: list[RawRow]
    deleted: list[Element]
    hidden: list[Element]
    widths: list[int]


def read_grid(table: Element) -> RawTable:
    """Rows and cells of a settled `w:tbl`, with column spans, merges and left-out grid columns."""
    raw = RawTable(table, [], [], [], _grid_widths(table))
    for element in table.iterchildren(w("tr"), w("ins"), w("del"), w("moveFrom"), w("moveTo")):
        for row in [element] if element.tag == w("tr") else list(element.iter(w("tr"))):
            properties = child(row, "trPr")
            if _flag(properties, "del") or local(element) in ("del", "moveFrom"):
                raw.deleted.append(row)
            elif _on(properties, "hidden"):
                raw.hidden.append(row)
            else:
                inserted = _flag(properties, "ins") or local(element) == "ins"
                raw.rows.append(
                    RawRow(row, _row_cells(row), _on(properties, "tblHeader"), inserted)
                )
    _merge_down(raw.rows)
    return raw


def _flag(properties: Element | None, name: str) -> bool:
    return child(properties, name) is not None


def _on(properties: Element | None, name: str) -> bool:
    element = child(properties, name)
    return element is not None and is_on(element)


def _grid_widths(table: Element) -> list[int]:
    columns = table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")
    return [whole(value(column, "w")) or 0 for column in columns]


def _span(properties: Element | None, name: str, least: int) -> int:
    number = whole(value(child(properties, name)))
    return min(max(least if number is None else number, least), SPAN_LIMIT)


def _row_cells(row: Element) -> list[RawCell]:
    edge = _span(child(row, "trPr"), "gridBefore", 0)
    cells: list[RawCell] = []
    for element in row.iter(w("tc")):
        if next(element.iterancestors(w("tr")), None) is not row:
            continue  # a cell of a nested table
        properties = child(element, "tcPr")
        if _flag(properties, "cellDel"):
            continue
        span = _span(properties, "gridSpan", 1)
        across = value(child(properties, "hMerge")) if _flag(properties, "hMerge") else "none"
        if across in (None, "continue") and cells:
            cells[-1].end = edge + span
        else:
            down = child(properties, "vMerge")
            goes_on = down is not None and value(down) != "restart"
            cells.append(RawCell(element, edge, edge + span, goes_on, shaded=_shaded(properties)))
        edge += span
    return cells


def _shaded(properties: Element | None) -> bool:
    shading = child(properties, "shd")
    fill = (value(shading, "fill") or "").lower()
    return fill not in _WHITE or (value(shading) or "clear") not in ("clear", "nil")


def _merge_down(rows: list[RawRow]) -> None:
    """Give each restarting cell the rows that go on below it, and drop those from the rows."""
    open_above: dict[int, RawCell] = {}
    for row in rows:
        kept: list[RawCell] = []
        now_open: dict[int, RawCell] = {}
        for cell in row.cells:
            above = open_above.get(cell.start) if cell.continues else None
            if above is not None and above.end == cell.end:
                above.rows += 1
                now_open[cell.start] = above
                above.covered.append(cell.element)
            else:
                kept.append(cell)
                now_open[cell.start] = cell
        row.cells = kept
        open_above = now_open


def column_edges(raw: RawTable, filled: set[Element]) -> dict[int, int]:
    """For each grid edge in use the number of the column that begins there.

    Edges that no cell uses are closed, and so are slivers: two edges nearer than 2.6 mm are
    one, unless a cell with content (`filled`) stands between them.
    """
    edges = sorted({edge for row in raw.rows for c in row.cells for edge in (c.start, c.end)})
    positions = [0]
    for width in raw.widths:
        positions.append(positions[-1] + max(width, 0))
    between = {(c.start, c.end) for row in raw.rows for c in row.cells if c.element in filled}
    columns: dict[int, int] = {}
    anchor: int | None = None
    count = -1
    for edge in edges:
        sliver = (
            anchor is not None
            and edge < len(positions)
            and all(raw.widths[anchor:edge])  # a column without a stated width is no sliver
            and positions[edge] - positions[anchor] < SLIVER
            and not any(anchor <= start and end <= edge for start, end in between)
        )
        if not sliver:
            anchor = edge
            count += 1
        columns[edge] = count
    if edges and count == 0:  # a table of one sliver is still a table
        columns = {edge: at for at, edge in enumerate(edges)}
    return columns


def cell_text(lines: list[Line]) -> tuple[str, str]:
    """The text and raw text of a cell: a line per paragraph, list items with bullet or number."""
    texts, raws = [], []
    for line in lines:
        label = "" if line.label is None else f"{line.label.text} "
        # A number stands in the cell even where nothing is written after it; a bullet says nothing.
        alone = line.label is not None and not line.label.bullet
        text, raw = _spaced(line.text), _spaced(line.raw)
        if text or alone:
            texts.append(_bulleted(label + text).strip())
        if raw or alone:
            raws.append(_bulleted(label + raw).strip())
    return "\n".join(texts), "\n".join(raws)


def _spaced(text: str) -> str:
    return "\n".join(filter(None, (" ".join(part.split()) for part in text.split("\n"))))


def _bulleted(text: str) -> str:
    """A bullet typed by hand as the bullet that lists have."""
    return re.sub(r"^(?:[•·▪◦‣●○➢]|o(?= [A-Z]))\s*(?=\w|[£(“‘\"'])", f"{BULLET} ", text)


def is_amount(text: str) -> bool:
    """Whether a cell holds a bare figure, and not a year."""
    text = text.strip()
    return bool(_AMOUNT.fullmatch(text)) and not _YEARISH.fullmatch(text)


def header_row_count(rows: list[list[HeaderCell]], flagged: int) -> int:
    """How many leading rows name columns.

    Rows flagged as repeating headers count, unless all are; else leading rows that stand out
    in bold or shading as the body does not, or words above columns of figures. A single cell
    above such a row is a title inside the table, and counts with it.
    """
    total = len(rows)
    if total < 2:
        return 0
    if 0 < flagged < total:
        return flagged
    count = 0
    begin = 1 if len(rows[0]) == 1 and rows[0][0][2] and len(rows[1]) > 1 else 0
    for at in range(begin, min(begin + HEADER_ROWS, total - 1)):
        if not _names_columns(rows, at):
            break
        count = at + 1
    if count == 0:
        return 0
    # A name joined downwards stands beside the second line of a header of two.
    joined = max(at + cell[1] for at in range(count) for cell in rows[at])
    below = [cell for row in rows[count:joined] for cell in row if cell[2]]
    if joined < total and joined <= HEADER_ROWS and not any(is_amount(c[2]) for c in below):
        return joined
    return count


def _names_columns(rows: list[list[HeaderCell]], at: int) -> bool:
    filled = [cell for cell in rows[at] if cell[2]]
    if len(filled) < 2 or any(cell[1] > HEADER_ROWS for cell in filled):
        return False
    if any(is_amount(cell[2]) or len(cell[2]) > HEADER_LETTERS for cell in filled):
        return False
    if any(sign in cell[2] for cell in filled for sign in (CHECKED, UNCHECKED)):
        return False
    body = [cell for row in rows[at + 1 :] for cell in row if cell[2]]
    if not body:
        return False
    plain = sum(not (cell[3] or cell[4]) for cell in body)
    if all(cell[3] or cell[4] for cell in filled) and plain * 2 > len(body):
        return True
    below: dict[int, list[str]] = {}
    for cell in body:
        below.setdefault(cell[0], []).append(cell[2])
    for cell in filled:
        texts = below.get(cell[0], [])
        if texts and sum(map(is_amount, texts)) * 2 > len(texts):
            return True
    return False
