"""Labels that stand in the middle of the rows they name, where no line shows which rows.

A theme printed once, half way down its block, leaves the cells above and below it empty. The
blocks are found by arithmetic: a label's block ends as far below its middle as it begins
above it, and the next block begins there. Only a column whose blocks so fill all rows, each
ending on a border between rows, is taken to be joined downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.model import Cell

NEAR = 0.45  # of a row's height: how far a block's end may lie from a border between rows


def join_centred(cells: Sequence[Cell], ys: Sequence[float], header_rows: int) -> tuple[Cell, ...]:
    """The cells, with the first column's centred labels spanning the rows they name."""
    rows = len(ys) - 1
    first = {c.row: c for c in cells if c.column == 0}
    if header_rows >= rows or any(c.row_span > 1 for c in first.values()):
        return tuple(cells)
    blocks: list[tuple[int, int, Cell]] = []
    row = header_rows
    while row < rows:
        at = next((r for r in range(row, rows) if r in first and first[r].text), None)
        box = first[at].places[0].box if at is not None and first[at].places else None
        if at is None or box is None:
            return tuple(cells)
        end = box.top + box.bottom - ys[row]
        stop = min(range(at + 1, rows + 1), key=lambda r: abs(ys[r] - end))
        height = min(ys[r + 1] - ys[r] for r in range(row, stop))
        if abs(ys[stop] - end) > NEAR * height or any(
            r in first and first[r].text for r in range(at + 1, stop)
        ):
            return tuple(cells)
        blocks.append((row, stop, first[at]))
        row = stop
    # A label in its block's first row is no evidence: that is where labels stand anyhow.
    if len(blocks) < 2 or not any(label.row > start for start, _, label in blocks):
        return tuple(cells)
    joined = {
        id(label): replace(label, row=start, row_span=stop - start)
        for start, stop, label in blocks
        if stop - start > 1
    }
    covered = {r for start, stop, _ in blocks if stop - start > 1 for r in range(start, stop)}
    kept = [
        joined.get(id(c), c)
        for c in cells
        if id(c) in joined or not (c.column == 0 and c.row in covered)
    ]
    return tuple(sorted(kept, key=lambda c: (c.row, c.column)))
