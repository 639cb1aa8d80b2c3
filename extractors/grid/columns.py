"""Columns from white space: the stretches of a region that (nearly) no chunk crosses."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extractors.grid.lines import Chunk, Line, chunk_of

Stretch = tuple[float, float]
GUTTER = 1.5  # points: a gap narrower than this is no column gap


def coverage_gaps(
    intervals: Sequence[Stretch], crossings: int, start: float, end: float
) -> list[Stretch]:
    """Stretches between start and end that at most `crossings` intervals cover."""
    events: list[tuple[float, int]] = []
    for x0, x1 in intervals:
        events.append((x0, 1))
        events.append((x1, -1))
    events.sort()
    gaps: list[Stretch] = []
    depth = 0
    opened: float | None = start
    for x, step in events:
        before = depth
        depth += step
        if before <= crossings < depth and opened is not None:
            if x - opened >= GUTTER and opened > start:
                gaps.append((opened, x))
            opened = None
        elif before > crossings >= depth:
            opened = x
    return [(a, b) for a, b in gaps if b < end]


def find_columns(
    lines: Sequence[Line], crossings: int, hard: Sequence[float] = ()
) -> list[Stretch]:
    """The text extents of the columns of some lines, left to right.

    `crossings` is the number of chunks that may cross a gap (banners, spanning headings);
    `hard` are positions of vertical rulings, which divide whatever stands there.
    """
    chunks = [c for line in lines for c in line.chunks]
    if not chunks:
        return []
    start, end = min(c.x0 for c in chunks), max(c.x1 for c in chunks)
    gaps = coverage_gaps([(c.x0, c.x1) for c in chunks], crossings, start, end)
    middles = [_clearest(a, b, lines) if crossings else (a + b) / 2 for a, b in gaps]
    return between(gaps, start, end, hard, middles)


def between(
    gaps: Sequence[Stretch],
    start: float,
    end: float,
    hard: Sequence[float] = (),
    borders: Sequence[float] = (),
) -> list[Stretch]:
    """The stretches from start to end that gaps (at their middles, or `borders`) and the
    vertical rulings `hard` divide."""
    middles = list(borders) or [(a + b) / 2 for a, b in gaps]
    known = list(gaps)
    for x in hard:
        if start + 1 < x < end - 1:
            inside = next((i for i, (a, b) in enumerate(known) if a - 1 <= x <= b + 1), None)
            if inside is None:
                known.append((x, x))
                middles.append(x)
            else:
                middles[inside] = x
    return list(itertools.pairwise([start, *sorted(middles), end]))


def _clearest(left: float, right: float, lines: Sequence[Line]) -> float:
    """Where between two columns the border goes: through as few words as may be, else midway.

    Headings set tight reach over the gap, but the space between two of them lies in it.
    """
    middle = (left + right) / 2
    rows = [
        [w for c in line.chunks for w in c.words]
        for line in lines
        if any(c.x0 < right - 0.5 and c.x1 > left + 0.5 for c in line.chunks)
    ]
    if not rows:
        return middle
    words = [
        (w.box.x0, w.box.x1) for row in rows for w in row if w.box.x0 < right and w.box.x1 > left
    ]
    spaces = {
        round((a.box.x1 + b.box.x0) / 2, 1): min(1.0, (b.box.x0 - a.box.x1) / b.size)
        for row in rows
        for a, b in itertools.pairwise(row)
        if b.box.x0 - a.box.x1 > 0.3 * b.size
    }
    # Midway, where nothing stands; else the widest space, for it is no space between words.
    wide = {middle: 1.0, **{x: gap for x, gap in spaces.items() if left < x < right}}
    return min(
        sorted(wide),
        key=lambda x: (
            sum(a + 0.5 < x < b - 0.5 for a, b in words),
            -round(wide[x], 1),
            abs(x - middle),
        ),
    )


def merge_shy(
    columns: list[Stretch], lines: Sequence[Line], hard: Sequence[float] = ()
) -> list[Stretch]:
    """Columns that never stand beside each other in one line made one.

    An indented label or a heading that stands aside makes no column of its own.
    """
    changed = True
    while changed and len(columns) > 1:
        changed = False
        members = membership(columns, lines)
        for i in range(len(columns) - 1):
            if any(abs(x - columns[i][1]) < 1 for x in hard):
                continue
            together = sum(1 for row in members if i in row and i + 1 in row)
            if together == 0 or (
                together == 1 and sum(1 for row in members if i in row) == 1 == len(members) - 8
            ):
                columns = [*columns[:i], (columns[i][0], columns[i + 1][1]), *columns[i + 2 :]]
                changed = True
                break
    return columns


def membership(columns: Sequence[Stretch], lines: Sequence[Line]) -> list[set[int]]:
    """For each line, the columns in which a chunk stands."""
    return [{column_of(columns, c)[0] for c in line.chunks} for line in lines]


def column_of(columns: Sequence[Stretch], chunk: Chunk) -> tuple[int, int]:
    """First and last column that a chunk stands in; it must reach well into a column."""
    x0, x1 = chunk.x0, chunk.x1
    count = len(columns)
    first = bisect_right(columns, (x0, 1e9)) - 1
    if first < 0:
        first = 0
    last = first
    while last + 1 < count and columns[last + 1][0] < x1:
        last += 1
    if first == last:
        return first, last
    well = 0.35 * chunk.size
    start, end = first, last
    while start <= end and min(x1, columns[start][1]) - max(x0, columns[start][0]) <= well:
        start += 1
    while end > start and min(x1, columns[end][1]) - columns[end][0] <= well:
        end -= 1
    if start <= end:
        return start, end
    best = max(
        range(first, last + 1), key=lambda i: min(x1, columns[i][1]) - max(x0, columns[i][0])
    )
    return best, best


def split_at(columns: Sequence[Stretch], lines: Sequence[Line]) -> list[Line]:
    """Lines whose chunks are cut where a word gap falls on a column border.

    Only in lines that have cells in other columns too, or between numbers, so that a banner
    or a title that happens to have a space there stays whole.
    """
    borders = [x0 for x0, _ in columns[1:]]
    if not borders:
        return list(lines)
    result = []
    for line in lines:
        pieces: list[Chunk] = []
        changed = False
        for chunk in line.chunks:
            inside = (
                len(chunk.words) > 1
                and borders[
                    bisect_right(borders, chunk.x0 + 1) : bisect_left(borders, chunk.x1 - 1)
                ]
            )
            if not inside:
                pieces.append(chunk)
                continue
            groups = [[chunk.words[0]]]
            crowded = len(line.chunks) > 0.5 * len(columns)
            for before, word in itertools.pairwise(chunk.words):
                gap = word.box.x0 - before.box.x1
                cut = (
                    not word.glued
                    and gap > (0.15 if len(line.chunks) > 1 else 0.45) * chunk.size
                    and any(before.box.x1 - 1.0 <= x <= word.box.x0 + 1.0 for x in inside)
                )
                if not cut and crowded and not word.glued and gap > 0.33 * chunk.size:
                    # Headings set close: one word over each of two columns.
                    left = (before.box.x0 + before.box.x1) / 2
                    right = (word.box.x0 + word.box.x1) / 2
                    cut = any(left < x < right for x in inside)
                if cut:
                    groups.append([])
                    changed = True
                groups[-1].append(word)
            pieces += [chunk_of(g) for g in groups]
        result.append(Line(pieces) if changed else line)
    return result
