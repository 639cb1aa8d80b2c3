"""The last rows of a table alone at the head of a page, too few to be found by themselves."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from extractors.grid.carried import HEAD, carried_column, flush
from extractors.grid.cells import finished_cell, row_looks
from extractors.grid.columns import split_at
from extractors.grid.compose import compose, set_in_columns
from extractors.grid.draft import completed
from extractors.grid.joins import Grid
from extractors.grid.lines import Line, page_lines
from extractors.grid.rows import divisions, place_chunks, row_breaks
from extractors.grid.rulings import read_rulings
from extractors.grid.spaces import zebra_edges
from extractors.grid.themes import beside_themes
from extractors.model import Box, Page


def rest_of_table(page: Page, xs: Sequence[float]) -> Grid | None:
    """The rows at the head of the page that stand in the columns of a table that reached the
    foot of the page before, or None.

    `xs` are that table's column borders. At least one row has a figure in its column; all
    stand together, and nothing reaches over a border but a label from the first column.
    """
    lines = page_lines(w for w in page.words if w.angle == 0)
    if not lines or lines[0].top > HEAD * page.height:
        return None
    rulings = read_rulings(page)
    heights = [r.at for r in rulings.across if r.end - r.start > 0.6 * (xs[-1] - xs[0])]
    lines = _together(lines, heights)
    columns = flush(list(itertools.pairwise(xs)), lines)
    lines = split_at(columns, lines)
    taken: list[Line] = []
    last = 0
    for line, below in itertools.zip_longest(lines, lines[1:]):
        over = taken and below is not None and _stands_over(line, below, columns)
        if not over and not _fits(line, columns, first=not taken):
            break
        taken.append(line)
        if len(line.chunks) > 1 or carried_column(columns, line.chunks[0])[0] > 0:
            last = len(taken)
    taken = taken[:last]
    figures = [c for line in taken for c in line.chunks if c.kind == "number"]
    if not any(carried_column(columns, c)[0] > 0 for c in figures):
        return None
    columns = _made_room(columns, taken)
    bands = zebra_edges(page, Box(xs[0], taken[0].top, xs[-1], taken[-1].bottom))
    labelled = [carried_column(columns, line.chunks[0])[0] == 0 for line in taken]
    start = labelled.index(True) if any(labelled) else 0
    rows = sum(any(c.kind == "number" for c in line.chunks) for line in taken)
    above = [c for line in taken[:start] for c in line.chunks if c.kind == "number"]
    several = len({carried_column(columns, c)[0] for c in above}) < len(above)
    if sum(labelled) < 0.5 * rows or several:  # themes in the first column, and their rows go on
        placed = beside_themes(place_chunks(taken, columns))
        breaks = divisions(taken, placed, len(columns), heights, bands, (0.0,))[0]
    else:
        # What stands before the first label is the end of the row that the page cut.
        breaks = [start + at for at in row_breaks(taken[start:], columns, heights, bands)]
        breaks = [0, *breaks] if start else breaks
    frame = Box(xs[0], taken[0].top, xs[-1], taken[-1].bottom)
    draft = compose(set_in_columns(taken, columns, frame=frame), breaks, "rest")
    cells = tuple(finished_cell(c, page.number, page.fills) for c in completed(draft))
    said = "rows at the head of a page in the columns of the table that ends the page before"
    return Grid(
        page.number,
        draft.box,
        tuple(draft.xs),
        tuple(draft.ys),
        cells,
        0,
        "rest",
        1.0,
        (said,),
        looks=row_looks(draft.cells, draft.rows, page.fills),
    )


def _fits(line: Line, columns: Sequence[tuple[float, float]], first: bool) -> bool:
    if line.x0 < columns[0][0] - 6 or line.x1 > columns[-1][1] + 6:
        return False
    places = [carried_column(columns, c) for c in line.chunks]
    if len(places) < 2 and (places[0][0] != places[0][1] or (first and places[0][0] == 0)):
        return False  # a title, or the page's own head; a row cut by the page's end goes on
    apart = all(before[1] < after[0] for before, after in itertools.pairwise(places))
    return apart and all(p[0] == p[1] for p in places[1:])


def _stands_over(line: Line, below: Line, columns: Sequence[tuple[float, float]]) -> bool:
    """True for a label that is wider than its column, its figures a line below it."""
    return (
        len(line.chunks) == 1
        and abs(line.x0 - columns[0][0]) < 3
        and line.x1 < columns[-1][0]
        and below.top - line.bottom < line.size
        and all(c.kind in ("number", "blank") and c.x0 > columns[0][1] for c in below.chunks)
    )


def _together(lines: Sequence[Line], heights: Sequence[float]) -> list[Line]:
    """The first lines, as far as no gap of two lines parts them, or of three with a rule in it."""
    kept = list(lines[:1])
    for line in lines[1:]:
        ruled = any(kept[-1].bottom - 2 < y < line.top + 2 for y in heights)
        if line.top - kept[-1].bottom > (3 if ruled else 2) * line.size:
            break
        kept.append(line)
    return kept


def _made_room(
    columns: Sequence[tuple[float, float]], lines: Sequence[Line]
) -> list[tuple[float, float]]:
    """The columns with their left borders moved before the sums that reach over them."""
    starts = [x0 for x0, _ in columns]
    for line in lines:
        for chunk in line.chunks:
            column = carried_column(columns, chunk)[0]
            if chunk.kind == "number" and column:
                starts[column] = min(starts[column], chunk.x0 - 1)
    return list(itertools.pairwise([*starts, columns[-1][1]]))
