"""What stands around a draft grid, and the rulings that cross it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from extractors.grid.draft import Draft
from extractors.grid.lines import Line
from extractors.grid.rulings import Ruling


def neighbours(draft: Draft, lines: Sequence[Line]) -> tuple[float, float]:
    """How near text stands above and below within the draft's width: 1 touching, 0 far."""
    box = draft.box
    up = down = 60.0
    x0, x1, top, bottom = box.x0, box.x1, box.top, box.bottom
    for line in lines:
        middle = line.middle
        if top <= middle <= bottom or line.x1 < x0 or line.x0 > x1:
            continue
        if middle < top:
            up = min(up, max(0.0, top - line.bottom))
        else:
            down = min(down, max(0.0, line.top - bottom))
    return 1 / (1 + up / 6), 1 / (1 + down / 6)


def crossed(draft: Draft, rules: Sequence[Ruling]) -> float:
    """The share of long rulings inside the draft on which no row border stands."""
    box = draft.box
    width = box.x1 - box.x0
    inside = crossed = 0
    for at, start, end, _ in rules:
        if (
            box.top + 2 < at < box.bottom - 2
            and min(end, box.x1) - max(start, box.x0) > 0.5 * width
        ):
            inside += 1
            if not any(abs(at - y) < 4 for y in draft.ys):
                crossed += 1
    return crossed / inside if inside else 0.0


def crossed_columns(draft: Draft, down: Sequence[Ruling]) -> float:
    """The share of vertical rulings inside the draft on which no column border stands."""
    box = draft.box
    inside = crossed = 0.0
    for at, start, end, _ in down:
        shared = min(end, box.bottom) - max(start, box.top)
        if box.x0 + 3 < at < box.x1 - 3 and shared > 8:
            inside += shared
            if not any(abs(at - x) < 5 for x in draft.xs):
                crossed += shared
    return crossed / inside if inside else 0.0


def rows_beyond(draft: Draft, lines: Sequence[Line]) -> tuple[float, float]:
    """The share of the columns that the nearest line above, and below, has a chunk in.

    Counted only where that line stands within two lines of the draft, has several chunks and
    none that crosses a column border: a heading or row that the draft leaves out. Lines that
    share its height belong to it, as in a row of centred cells.
    """
    box = draft.box
    above: list[Line] = []
    below: list[Line] = []
    for line in lines:
        if line.x1 < box.x0 or line.x0 > box.x1:
            continue
        if line.middle < box.top:
            above = [*above, line] if above and _level(above[-1], line) else [line]
        elif line.middle > box.bottom:
            if below and not _level(below[-1], line):
                break
            below.append(line)
    shares = []
    for near, gap in (
        (above, box.top - above[-1].bottom if above else 99.0),
        (below, below[0].top - box.bottom if below else 99.0),
    ):
        share = 0.0
        if near and gap < 2 * near[0].size:
            inside = [
                c for line in near for c in line.chunks if c.x1 > box.x0 - 2 and c.x0 < box.x1 + 2
            ]
            columns = {bisect_right(draft.xs, (c.x0 + c.x1) / 2) for c in inside}
            crossing = sum(1 for c in inside for x in draft.xs[1:-1] if c.x0 + 2 < x < c.x1 - 2)
            if len(columns) > 1 and not crossing:
                share = len(columns) / draft.columns
        shares.append(share)
    return shares[0], shares[1]


def _level(above: Line, line: Line) -> bool:
    return line.top < above.bottom - 0.15 * line.size


def beside(draft: Draft, lines: Sequence[Line]) -> tuple[float, int]:
    """The share of lines level with the draft that have text left or right of it; and the
    number of words whose chunk begins inside it."""
    box = draft.box
    level = beside = inside = 0
    left, right = box.x0 + 1, box.x1 - 1
    for line in lines:
        if not box.top < line.middle < box.bottom:
            continue
        level += 1
        outside = False
        for chunk in line.chunks:
            if chunk.x1 < left or chunk.x0 > right:
                outside = True
            else:
                inside += len(chunk.words)
        beside += outside
    return beside / max(1, level), inside
