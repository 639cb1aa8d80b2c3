"""Strips of a wide table: columns that go on beside the others, on the next page or below."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from extractors.grid.agreement import same_columns
from extractors.grid.joins import Grid, is_figure, row_texts
from extractors.grid.printed import is_year

LEAST = 6  # row borders that two grids do not share by chance


def is_strip(grid: Grid, other: Grid) -> bool:
    """True where `other` continues the columns of `grid`: level rows, and no labels of its
    own or the same again under other headings, or words of its own beside figures where `grid`
    has words alone."""
    if not levelled(grid, other):
        return False
    level = _level_rows(grid, other)[max(1, other.header_rows) :]
    if len(set(level)) < len(level):
        return False  # two rows of figures would come into one
    if row_texts(grid.cells, 0) == row_texts(other.cells, 0):
        return False  # the same headings: the next rows of the same columns
    if not other.header_rows and same_columns(grid.xs, other.xs, 8.0):
        return False
    again = labels_again(grid, other)
    if again:
        return any(not is_figure(c) for c in grid.cells if c.column < again and c.text)
    body = [c for c in other.cells if c.row >= max(1, other.header_rows) and c.text]
    if not body or not _has_labels(grid):
        return False
    if _has_the_figures(grid, other):
        return True
    first = [c for c in body if c.column == 0]
    return sum(is_figure(c) for c in first) > 0.8 * len(first) if first else False


def _has_the_figures(grid: Grid, other: Grid) -> bool:
    """True where the rows of two drawn grids are the same down to the foot, one holds words alone,
    and the other the figures of its rows, some of them without a word beside them.

    A title over the headings may be printed on the first strip alone.
    """
    if not all("ruled" in g.reader.split("/")[0] for g in (grid, other)):
        return False
    shared = grid.ys[-len(other.ys) :]
    if not LEAST <= len(other.ys) == len(shared) or len(grid.ys) - len(shared) > 3:
        return False
    if any(abs(y - z) > 1 for y, z in zip(shared, other.ys, strict=True)):
        return False
    rows = [[c for c in other.cells if c.row == row and c.text] for row in range(other.row_count)]
    figures = [row for row in rows if any(map(is_figure, row))]
    bare = sum(all(map(is_figure, row)) for row in figures)
    return (
        not any(is_figure(c) for c in grid.cells if c.text and c.row >= grid.header_rows)
        and len(figures) > 0.6 * other.row_count
        and bare > 0
    )


def levelled(grid: Grid, other: Grid) -> bool:
    """True where the rows of `other` stand at the heights of rows of `grid`.

    It may have fewer: banners are printed on the first strip alone.
    """
    few = max(1, grid.row_count // 10)
    if not 0.6 * grid.row_count <= other.row_count <= grid.row_count + few or grid.row_count < 4:
        return False
    if other.row_count >= grid.row_count - few:
        level = sum(any(abs(y - z) < 5 for z in grid.ys) for y in other.ys)
        if level >= 0.85 * len(other.ys):
            return True
    ours, theirs = _middles(grid), _middles(other)
    level = sum(any(abs(y - z) < 3 for z in ours) for y in theirs)
    return level >= 0.85 * len(theirs)


def labels_again(grid: Grid, other: Grid) -> int:
    """How many leading columns of `other` print again what those of `grid` say.

    A note under the one may not be printed again under the other.
    """
    count = 0
    for column in range(min(grid.column_count, other.column_count) - 1):
        ours, theirs = _column_texts(grid, column), _column_texts(other, column)
        same = sum(1 for row, text in theirs.items() if ours.get(row) == text)
        few = max(1, len(theirs) // 10)
        if len(theirs) < 3 or abs(len(ours) - len(theirs)) > few or same < 0.95 * len(theirs):
            break
        count += 1
    return count


def _column_texts(grid: Grid, column: int) -> dict[int, str]:
    return {
        c.row: c.text
        for c in grid.cells
        if c.column == column and c.text and c.row >= grid.header_rows
    }


def _has_labels(grid: Grid) -> bool:
    """True where a column of the grid holds words, be its first one a running number."""
    for column in range(grid.column_count):
        texts = [
            c
            for c in grid.cells
            if c.column == column and c.row >= max(1, grid.header_rows) and c.text
        ]
        if texts and sum(is_figure(c) for c in texts) < 0.2 * len(texts):
            return True
    return False


def _level_rows(grid: Grid, other: Grid) -> list[int]:
    """For each row of `other` the row of `grid` that it stands level with.

    A drawn row is where its borders are, one read from white space where its words stand; so is a
    row as tall as several, as where the banner over the next one is printed on the first strip.
    """
    drawn = all("ruled" in g.reader.split("/")[0] for g in (grid, other))
    ours, theirs = _middles(grid, drawn), _middles(other, drawn)
    level = [_nearest(ours, middle) for middle in theirs]
    tall = [
        row
        for row, (top, bottom) in enumerate(itertools.pairwise(other.ys))
        if drawn and sum(top < y < bottom for y in ours) > 1
    ]
    if tall:
        ours, theirs = _middles(grid), _middles(other)
    for row in tall:
        level[row] = _nearest(ours, theirs[row])
    return level


def _middles(grid: Grid, drawn: bool = False) -> list[float]:
    """The middle of each row's words, in points from the top, or of its borders if `drawn`."""
    rows: dict[int, list[float]] = {}
    for cell in () if drawn else grid.cells:
        box = cell.places[0].box
        if cell.text and cell.row_span == 1 and box:
            rows.setdefault(cell.row, []).append((box.top + box.bottom) / 2)
    return [
        sum(rows[row]) / len(rows[row]) if row in rows else (top + bottom) / 2
        for row, (top, bottom) in enumerate(itertools.pairwise(grid.ys))
    ]


def _nearest(heights: Sequence[float], height: float) -> int:
    away = [abs(y - height) for y in heights]
    return away.index(min(away))


def widen(grid: Grid, other: Grid) -> Grid:
    """One grid of two strips side by side; the second's rows are put level with the first's."""
    rows = dict(enumerate(_level_rows(grid, other)))
    again = labels_again(grid, other)
    shift = grid.xs[-1] - other.xs[again]
    cells = list(grid.cells)
    for cell in other.cells:
        if cell.column + cell.column_span <= again:
            continue
        if cell.column < again and cell.text:  # a banner goes on over the new columns
            known = [
                i for i, c in enumerate(cells) if (c.row, c.text) == (rows[cell.row], cell.text)
            ]
            if known and cells[known[0]].column + cells[known[0]].column_span == grid.column_count:
                wider = cells[known[0]].column_span + cell.column + cell.column_span - again
                cells[known[0]] = replace(cells[known[0]], column_span=wider)
                continue
        start = max(cell.column, again)
        cells.append(
            replace(
                cell,
                row=rows[cell.row],
                column=start - again + grid.column_count,
                column_span=cell.column + cell.column_span - start,
            )
        )
    unique = {(c.row, c.column): c for c in sorted(cells, key=lambda c: bool(c.text))}
    whole = tuple(sorted(unique.values(), key=lambda c: (c.row, c.column)))
    headings = max(grid.header_rows, other.header_rows)
    # A total in bold at the head of a page names no column: its figures stand on the other strip.
    figures = any(is_figure(c) for c in whole if c.row < headings and not is_year(c.text))
    return replace(
        grid,
        xs=(*grid.xs, *(x + shift for x in other.xs[again + 1 :])),
        cells=whole,
        header_rows=0 if figures else headings,
        reasons=(*grid.reasons, f"columns continued on page {other.page}"),
    )
