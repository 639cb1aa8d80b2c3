"""Page grids put together into the table that a reader sees, over page breaks; see `strips`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.grid.agreement import same_columns
from extractors.grid.cells import RowLook, join_lines
from extractors.grid.printed import (
    LEFT_OPEN,
    is_numeric,
    is_unit,
    stands_for_number,
)
from extractors.model import CARDS, Box, Cell

_MAY_GO_ON = re.compile(r"(?:^|\s)(?:a|an|on|at|as|is|are)$")  # as the last words on a page
_BEGINS = re.compile(r"[*†‡]|Notes?\b|Source\b")
_FINISHED = re.compile(r"[.!?:;][)’”'\"]?$")


@dataclass(frozen=True, slots=True)
class Grid:
    """One table as it stands on one page, finished cells on its true grid.

    `xs` and `ys` are column and row borders in points. `alone_above` and `alone_below` say
    that nothing but the page's furniture stands over or under it; `goes_on` that it goes on with
    the table before it, from the foot of a column of text. `looks` tells how each row's
    first words are printed (weight, colour, size, ground), where that is known.
    """

    page: int
    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    header_rows: int
    reader: str
    score: float
    reasons: tuple[str, ...]
    alone_above: bool = False
    alone_below: bool = False
    goes_on: bool = False
    looks: tuple[RowLook, ...] = ()

    @property
    def row_count(self) -> int:
        return len(self.ys) - 1

    @property
    def column_count(self) -> int:
        return len(self.xs) - 1


@dataclass(slots=True)
class Growing:
    """A table while pages are added to it."""

    grids: list[Grid]
    cells: list[Cell]
    row_count: int
    column_count: int
    header_rows: int
    xs: tuple[float, ...]
    repeated_headers: int = 0
    joined_rows: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    looks: dict[int, RowLook] = field(default_factory=dict)


def begin(grid: Grid) -> Growing:
    """A table of one page."""
    growing = Growing(
        [grid], list(grid.cells), grid.row_count, grid.column_count, grid.header_rows, grid.xs
    )
    growing.looks.update(enumerate(grid.looks))
    return growing


def row_texts(cells: Sequence[Cell], row: int) -> tuple[tuple[int, str], ...]:
    """Columns and squeezed texts of the filled cells that begin in a row."""
    return tuple(
        (c.column, re.sub(r"\s", "", c.text).casefold()) for c in cells if c.row == row and c.text
    )


def repeated(table: Growing, grid: Grid) -> int:
    """How many leading rows of the grid repeat the table's heading rows, units under them too."""
    count = _repeated(table, grid)
    while 0 < count < grid.row_count - 1 and _holds_units(grid, count):
        count += 1
    return count


def _holds_units(grid: Grid, row: int) -> bool:
    texts = [c.text for c in grid.cells if c.row == row and c.text]
    return bool(texts) and all(map(is_unit, texts))


def _repeated(table: Growing, grid: Grid) -> int:
    count = 0
    for row in range(min(table.header_rows, grid.row_count)):
        if row_texts(table.grids[0].cells, row) != row_texts(grid.cells, row):
            break
        count += 1
    if count == table.header_rows:
        return count
    heading = _by_column(table.grids[0].cells, range(table.header_rows))
    for rows in range(1, min(7, grid.row_count)):
        again = _by_column(grid.cells, range(rows))
        same = len(again) > 1 and again.keys() == heading.keys()
        # A remark over the headings, or the first banner under them, may be of the first page only.
        if same and all(
            heading[column].endswith(text) or heading[column].startswith(text)
            for column, text in again.items()
        ):
            return rows
    return 0


def _by_column(cells: Sequence[Cell], rows: range) -> dict[int, str]:
    """The squeezed text of some leading rows, by column."""
    found: dict[int, str] = {}
    for cell in sorted(cells, key=lambda c: c.row):
        if cell.row in rows and cell.text:
            squeezed = re.sub(r"\s", "", cell.text).casefold()
            found[cell.column] = found.get(cell.column, "") + squeezed
    return found


def continues(table: Growing, grid: Grid) -> bool:
    """True where the grid is the same table on the next page.

    It must be the next page, with nothing between but page furniture, the same columns, and
    no heading of its own unless that repeats the table's.
    """
    last = table.grids[-1]
    if grid.page == last.page + 1 and last.reader == grid.reader == CARDS:
        alike = grid.column_count == table.column_count and repeated(table, grid) > 0
        # Without a heading of their own, and no other over the rest of the page before.
        return alike and grid.alone_above and last.alone_below
    if grid.page != last.page + 1 or not (last.alone_below and grid.alone_above):
        return False
    # Before the stroke stands how columns were found, after it how rows were: only drawn
    # borders stand at the same place to the point.
    ruled = all("ruled" in g.reader.split("/")[0] for g in (grid, last))
    alike = same_columns(last.xs, grid.xs, 4.0 if ruled else 16.0) or (
        not ruled and _share_stripes(last, grid)
    )
    # Where each page sets its own columns, the same headings over all of them tell.
    named = grid.column_count == last.column_count > 3 and repeated(table, grid) > 0
    if not alike and not named:
        return False
    if grid.header_rows and table.header_rows and not repeated(table, grid):
        return not _own_heading(table, grid)
    return True


def _share_stripes(grid: Grid, other: Grid) -> bool:
    """True where two grids have as many columns, and a free stripe between every two in common.

    Borders read from white space stand in the middle of it, wherever the longest words end.
    """
    if grid.column_count != other.column_count or grid.column_count < 3:
        return False
    seen = 0
    for border in range(1, grid.column_count):
        ours, theirs = _stripe(grid, border), _stripe(other, border)
        if ours is not None and theirs is not None:
            seen += 1
            if max(ours[0], theirs[0]) > min(ours[1], theirs[1]):
                return False
    return seen >= (grid.column_count - 1) / 2


def _stripe(grid: Grid, border: int) -> tuple[float, float] | None:
    """From where to where nothing stands between two columns; None where that is not known."""
    sides = [
        [c.places[0] for c in grid.cells if c.column == column and c.column_span == 1 and c.text]
        for column in (border - 1, border)
    ]
    if not sides[0] or not sides[1] or {p.page for p in sides[0]} != {p.page for p in sides[1]}:
        return None
    left = [p.box.x1 for p in sides[0] if p.box]
    right = [p.box.x0 for p in sides[1] if p.box]
    return (max(left), min(right)) if left and right else None


def _own_heading(table: Growing, grid: Grid) -> bool:
    """True where the next page's heading rows are bold or shaded as headings are."""
    first = [c for c in grid.cells if c.row == 0 and c.text]
    head = [c for c in table.grids[0].cells if c.row == 0 and c.text]
    if not first or len(first) < 2:
        return False
    alike_bold = all(c.bold for c in first) and all(c.bold for c in head)
    alike_shade = all(c.shaded for c in first) and all(c.shaded for c in head)
    return alike_bold or alike_shade


def is_cut_row(table: Growing, body: Sequence[Cell], look: RowLook = None) -> bool:
    """True where the first of the cells' rows goes on with the table's last row.

    Its key column is blank although other rows fill it, or its text runs on in lower case;
    it fills nothing that the last row left blank, save all its amounts, and no number meets a
    number. `look` tells how the first row is printed, where that is known.
    """
    last_row = table.row_count - 1
    last = {c.column: c for c in table.cells if c.row <= last_row < c.row + c.row_span}
    first = {c.column: c for c in body if c.row == 0 and c.text}
    for column, theme in [(n, c) for n, c in first.items() if c.row_span > 1]:
        if column in last and last[column].text == theme.text:
            del first[column]  # printed again on each page, beside all its rows
    if not first or last_row < table.header_rows:
        return False
    if any(c.column_span > 1 for c in first.values()):
        return False
    filled = {column for column, c in last.items() if c.text and c.row == last_row}
    if len(filled) == 1 and table.column_count > 2 and not is_figure(last[min(filled)]):
        return False  # a banner alone at the foot of the page
    rows, often = _filling(table)
    keys = [c for c in range(table.column_count) if often[c] >= 0.85 * max(1, rows)]
    # Beside themes in merged cells the labels do not stand in the first column.
    label = min((c for c in first if often[c] >= 0.6 * rows), default=0)
    themed = 0 not in first and any(c.row_span > 1 for n, c in last.items() if n < label)
    if (0 in first or themed) and label not in filled and not filled & set(first):
        # Short cells stay on the page and the long ones, label and all, go over to the next.
        # Where sums stand a line below their label, such a row is whole.
        figures = any(is_figure(c) for column, c in last.items() if column in filled)
        return (
            figures
            and not any(is_figure(c) for c in first.values())
            and not _has_row_like(table, filled, None)
            and not _is_sum_below_label(table)
        )
    said = {column: c for column, c in last.items() if c.text}
    if not set(first) <= set(said):
        return _ends_in_amounts(table, said, first, keys)
    if len(first) == table.column_count and table.column_count > 1:
        return all(_runs_on(last[c].text, first[c].text) for c in first if not is_figure(first[c]))
    for column, cell in first.items():
        if is_figure(cell) and is_figure(last[column]):
            return False
    blank_keys = [c for c in keys if c not in first]
    if any(_runs_on(last[c].text, cell.text) for c, cell in first.items()):
        return True
    if any(c.bold != last[column].bold or _BEGINS.match(c.text) for column, c in first.items()):
        return False
    if all(c.text == c.text.upper() for c in first.values()) or _has_row_like(
        table, set(first), look
    ):
        return False  # a banner or a label row, such as this table has elsewhere
    return bool(blank_keys) and (0 in blank_keys or len(blank_keys) >= 2)


def _is_sum_below_label(table: Growing) -> bool:
    """True where the last row is figures in bold under a label in bold: a sum and its name."""
    last = table.row_count - 1
    figures = [c for c in table.cells if c.row == last and c.text]
    above = [c for c in table.cells if c.row == last - 1 and c.text]
    return (
        last - 1 >= table.header_rows
        and len(above) == 1
        and not is_figure(above[0])
        and all(c.bold for c in (*above, *figures))
    )


def _ends_in_amounts(
    table: Growing, last: Mapping[int, Cell], first: Mapping[int, Cell], keys: Sequence[int]
) -> bool:
    """True where a row's last lines go over to the next page, and with them its amounts.

    They stand level with the last line; `last` and `first` are the filled cells of both halves,
    `keys` the columns that most rows fill.
    """
    amounts = set(first) - set(last)
    return (
        all(is_figure(first[c]) and c in keys for c in amounts)
        and any(c in last and c not in first for c in keys)
        and all(_runs_on(last[c].text, first[c].text) for c in set(first) - amounts)
        and not _has_row_like(table, set(first), None)
    )


def _has_row_like(table: Growing, columns: set[int], look: RowLook) -> bool:
    """True where another row of the table fills exactly these columns, and looks alike."""
    filled: dict[int, set[int]] = {}
    for cell in table.cells:
        if cell.text and table.header_rows <= cell.row < table.row_count - 1:
            filled.setdefault(cell.row, set()).add(cell.column)
    return any(
        own == columns and (look is None or table.looks.get(row, look) == look)
        for row, own in filled.items()
    )


def _filling(table: Growing) -> tuple[int, list[int]]:
    """How many rows have several cells, and in how many of those each column is filled."""
    filled: dict[int, set[int]] = {}
    for cell in table.cells:
        if cell.text and cell.row >= table.header_rows and cell.column_span == 1:
            for row in range(cell.row, cell.row + cell.row_span):
                filled.setdefault(row, set()).add(cell.column)
    rows = [columns for columns in filled.values() if len(columns) > 1]
    return len(rows), [sum(c in columns for columns in rows) for c in range(table.column_count)]


def is_figure(cell: Cell) -> bool:
    """True where a cell holds a number or what stands for one."""
    squeezed = cell.text.replace(" ", "")
    return is_numeric(squeezed) or stands_for_number(squeezed)


def _runs_on(above: str, below: str) -> bool:
    if _FINISHED.search(above):
        return False
    return below[:1].islower() or bool(LEFT_OPEN.search(above) or _MAY_GO_ON.search(above))


def extend(table: Growing, grid: Grid) -> None:
    """Adds the grid's rows to the table; heading rows that repeat are dropped and counted."""
    skip = repeated(table, grid)
    if skip:
        table.repeated_headers += 1
    body = [replace(c, row=c.row - skip) for c in grid.cells if c.row >= skip]
    rows = grid.row_count - skip
    look = grid.looks[skip] if skip < len(grid.looks) else None
    cut = is_cut_row(table, body, look)
    offset = table.row_count - (1 if cut else 0)
    if cut:
        table.joined_rows.append(table.row_count - 1)
        body = _join_cut_row(table, body)
    else:
        body = _join_merged(table, body)
    table.cells += [replace(c, row=c.row + offset) for c in body]
    for row, own in enumerate(grid.looks[skip:], start=offset):
        table.looks.setdefault(row, own)
    table.row_count = offset + rows
    table.grids.append(grid)


def _join_cut_row(table: Growing, body: Sequence[Cell]) -> list[Cell]:
    last_row = table.row_count - 1
    rest: list[Cell] = []
    for cell in body:
        if cell.row > 0:
            rest.append(cell)
            continue
        for i, above in enumerate(table.cells):
            if above.row <= last_row < above.row + above.row_span and above.column == cell.column:
                again = cell.row_span > 1 and cell.text == above.text
                table.cells[i] = joined_cell(above, replace(cell, text="") if again else cell)
                break
    return rest


def _join_merged(table: Growing, body: Sequence[Cell]) -> list[Cell]:
    """A merged cell whose lower part stands blank on the next page spans on."""
    last_row = table.row_count - 1
    rest: list[Cell] = []
    for cell in body:
        if cell.row == 0 and not cell.text and cell.row_span > 1:
            for i, above in enumerate(table.cells):
                if (
                    above.column == cell.column
                    and above.row_span > 1
                    and above.row + above.row_span - 1 == last_row
                    and above.column_span == cell.column_span
                ):
                    table.cells[i] = replace(
                        above,
                        row_span=above.row_span + cell.row_span,
                        places=above.places + cell.places,
                    )
                    break
            else:
                rest.append(cell)
        else:
            rest.append(cell)
    return rest


def joined_cell(above: Cell, below: Cell) -> Cell:
    """One cell of two halves, in both places."""
    span = above.row_span + below.row_span - 1
    if not below.text:
        return replace(above, row_span=span)
    if not above.text:
        return replace(
            above,
            text=below.text,
            raw=below.raw,
            marks=below.marks,
            places=below.places,
            row_span=span,
            bold=below.bold,
        )
    fresh = below.text.startswith("• ") or (
        "\n• " in above.text
        and _FINISHED.search(above.text) is not None
        and below.text[:1].isupper()
    )
    glue = (lambda a, b: f"{a}\n{b}") if fresh else join_lines
    return replace(
        above,
        text=glue(above.text, below.text),
        raw=glue(above.raw, below.raw),
        marks=above.marks + below.marks,
        places=above.places + below.places,
        row_span=span,
    )
