"""A reading of one table on one page that is not yet chosen: rows, columns, words in cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.grid.printed import is_numeric, is_year
from extractors.model import Box, Word


@dataclass(slots=True, eq=False)
class DraftCell:
    """One cell of a draft with the words printed in it.

    `box` is None where the cell fills its rows and columns: see `completed`.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box | None
    words: list[Word]


@dataclass(slots=True, eq=False)
class Draft:
    """A candidate grid. `xs` and `ys` are the borders of columns and rows, in points.

    `cells` may leave out those without words, where no line is drawn round them.
    `reader` names how it was made; `ruled_rows` and `ruled_columns` give the share of inner
    borders that a drawn line or an edge of shading stands on.
    """

    reader: str
    xs: list[float]
    ys: list[float]
    cells: list[DraftCell]
    ruled_rows: float = 0.0
    ruled_columns: float = 0.0
    facts: dict[str, float] = field(default_factory=dict)
    score: float = 0.0

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def box_around(words: Sequence[Word]) -> Box:
    """The smallest box that holds the words, at least one."""
    boxes = [w.box for w in words]
    return Box(
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )


def within(words: Sequence[Word], box: Box) -> list[Word]:
    """The words whose middle lies in the box, or a point off it."""
    return [w for w in words if box.holds_middle(w.box, 1.0)]


def text_of(cell: DraftCell) -> str:
    """The words of a cell with single spaces."""
    return " ".join(w.text for w in cell.words)


def holds_figure(cell: DraftCell) -> bool:
    """True where all that a cell holds is one figure, a year excepted."""
    text = "".join(w.text for w in cell.words)
    return is_numeric(text) and not is_year(text)


def completed(draft: Draft) -> list[DraftCell]:
    """All cells of a draft with their boxes, those without words too, row by row."""
    if any(cell.box for cell in draft.cells):
        return draft.cells  # drawn
    known = {(cell.row, cell.column): cell for cell in draft.cells}
    covered = {
        (row, cell.column)
        for cell in draft.cells
        for row in range(cell.row + 1, cell.row + cell.row_span)
    }
    cells = []
    columns = draft.columns
    for row, top in enumerate(draft.ys[:-1]):
        column = 0
        while column < columns:
            if (row, column) in covered:
                column += 1
                continue
            cell = known.get((row, column))
            down, over = (cell.row_span, cell.column_span) if cell else (1, 1)
            box = Box(draft.xs[column], top, draft.xs[column + over], draft.ys[row + down])
            cells.append(DraftCell(row, column, down, over, box, cell.words if cell else []))
            column += over
    return cells
