"""Headings left at the foot of the page before their table.

Where a page breaks right under the headings, nothing of the table but these stands on the first
page, too little to be read as one. They are put over the table when it is found to begin without.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from extractors.grid.cells import finished_cell
from extractors.grid.draft import DraftCell, box_around
from extractors.grid.joins import Grid
from extractors.grid.lines import Line, holds_figures
from extractors.grid.printed import is_year
from extractors.model import Word

DEEPEST = 3  # lines of headings at most
LEAST = 3  # columns that they must name


def with_headings_before(grid: Grid, page: int, lines: Sequence[Line]) -> Grid:
    """The table with the headings, and the banner under them, that end the page before.

    `page` is the number of that page, `lines` its last lines of running text. The table is given
    back as it is where it has headings, or where the lines do not name its columns in bold.
    """
    if grid.header_rows or grid.column_count < LEAST or grid.page != page + 1:
        return grid
    bold = [i for i, line in enumerate(lines) if _is_bold(line)]
    tail = lines[bold[0] :] if bold and bold == list(range(bold[0], len(lines))) else []
    named_in = [i for i, line in enumerate(tail) if len(line.chunks) > 1]
    if not named_in or named_in[-1] >= DEEPEST:
        return grid
    heads, banners = tail[: named_in[-1] + 1], tail[named_in[-1] + 1 :]
    if len(banners) > 1:
        return grid
    named: dict[int, list[Word]] = {}
    for line in heads:
        for chunk in line.chunks:
            at = bisect_right(grid.xs, (chunk.x0 + chunk.x1) / 2) - 1
            if not 0 <= at < grid.column_count:
                return grid
            named.setdefault(at, []).extend(chunk.words)
    years = any(is_year(w.text) for own in named.values() for w in own)
    if len(named) < LEAST or not years:
        return grid
    rows = [named, *({0: list(line.chunks[0].words)} for line in banners)]
    cells = [
        finished_cell(DraftCell(r, c, 1, 1, box_around(words), words), page, ())
        for r, row in enumerate(rows)
        for c, words in sorted(row.items())
    ]
    moved = [replace(cell, row=cell.row + len(rows)) for cell in grid.cells]
    top = [grid.ys[0] - 0.01 * n for n in range(len(rows), 0, -1)]  # they have no height here
    return replace(
        grid,
        ys=(*top, *grid.ys),
        cells=(*cells, *moved),
        header_rows=1,
        reasons=(*grid.reasons, f"headings at the foot of page {page}"),
        looks=(*[None] * len(rows), *grid.looks) if grid.looks else (),
    )


def _is_bold(line: Line) -> bool:
    """Whether a line is set in bold and holds no figure but years."""
    return all(w.bold for c in line.chunks for w in c.words) and not holds_figures(line)
