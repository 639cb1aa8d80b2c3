"""Labels that stand in the middle of the rows they name, where no line shows which rows.

A theme printed once, half way down its block, leaves the cells above and below it empty. The
blocks are found by arithmetic: a label's block ends as far below its middle as it begins
above it, and the next block begins there. Only a column whose blocks so fill all rows, each
ending on a border between rows, is taken to be joined downwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.model import Cell

NEAR = 0.45  # of a row's height: how far a block's end may lie from a border between rows


def join_centred(cells: Sequence[Cell], ys: Sequence[float], header_rows: int) -> tuple[Cell, ...]:
    """The cells, with the first column's centred labels spanning the rows they name."""
    first = {c.row: c for c in cells if c.column == 0}
    if header_rows >= len(ys) - 1 or any(c.row_span > 1 for c in first.values()):
        return tuple(cells)
    blocks = _blocks(first, ys, header_rows, wrapped=False)
    blocks = blocks or _blocks(first, ys, header_rows, wrapped=True)
    # A label in its block's first row is no evidence: that is where labels stand anyhow.
    centred = [label for start, _, label in blocks if label.row > start]
    if not centred:
        return tuple(cells)
    if len(centred) == 1 and blocks[0][2].row == header_rows and _is_level(centred[0], cells):
        return tuple(cells)  # labels at the top of their blocks, one midway by chance
    tall = [(start, stop, label) for start, stop, label in blocks if stop - start > 1]
    covered = {r for start, stop, _ in tall for r in range(start, stop)}
    beside = Counter(c.row for c in cells if c.column and c.text)
    if any(beside[r] == 1 for r in covered) and max(beside.values()) > 1:
        return tuple(cells)  # a banner stands beside no label
    joined = [replace(label, row=start, row_span=stop - start) for start, stop, label in tall]
    kept = [c for c in cells if c.column or c.row not in covered]
    return tuple(sorted([*kept, *joined], key=lambda c: (c.row, c.column)))


def _is_level(label: Cell, cells: Sequence[Cell]) -> bool:
    """Whether a label of one line stands at the height of another cell in its row."""
    tops = [
        c.places[0].box.top
        for c in (label, *cells)
        if c.places
        and c.places[0].box
        and (c is label or (c.row == label.row and c.column and c.text))
    ]
    return any(abs(top - tops[0]) < 1 for top in tops[1:])


def _blocks(
    first: Mapping[int, Cell], ys: Sequence[float], header_rows: int, wrapped: bool
) -> list[tuple[int, int, Cell]]:
    """First row, row after the last, and label of each block; nothing where they leave gaps.

    With `wrapped`, label lines set close below each other are one label over several rows.
    """
    rows = len(ys) - 1
    blocks: list[tuple[int, int, Cell]] = []
    row = header_rows
    while row < rows:
        at = next((r for r in range(row, rows) if r in first and first[r].text), None)
        if at is None:
            return []
        label, last = first[at], at
        while wrapped and last + 1 in first and _goes_on(label, first[last + 1]):
            last += 1
            label = _put_together(label, first[last])
        box = label.places[0].box if label.places else None
        if box is None:
            return []
        end = box.top + box.bottom - ys[row]
        stop = min(range(last + 1, rows + 1), key=lambda r: abs(ys[r] - end))
        height = min(ys[r + 1] - ys[r] for r in range(row, stop))
        if abs(ys[stop] - end) > NEAR * height or any(
            r in first and first[r].text for r in range(last + 1, stop)
        ):
            return []
        blocks.append((row, stop, label))
        row = stop
    return blocks


def _goes_on(label: Cell, below: Cell) -> bool:
    if not below.text or not label.places or not below.places or label.bold != below.bold:
        return False
    if "\n" in label.text or "\n" in below.text:
        return False  # each says two things: a name, and under it whose it is
    if any(ch.isdigit() for ch in below.text) and len(below.text.split()) == 1:
        return False  # each line has a code of its own
    a, b = label.places[-1].box, below.places[0].box
    if a is None or b is None:
        return False
    return b.top - a.bottom < 0.4 * (b.bottom - b.top)


def _put_together(label: Cell, below: Cell) -> Cell:
    a, b = label.places[0], below.places[0]
    box = a.box.union(b.box) if a.box and b.box else a.box
    return replace(
        label,
        text=f"{label.text} {below.text}",
        raw=f"{label.raw} {below.raw}",
        marks=(*label.marks, *below.marks),
        places=(replace(a, box=box),),
    )
