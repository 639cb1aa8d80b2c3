"""Columns from white space: the stretches of a region that (nearly) no chunk crosses."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from extractors.grid.lines import Chunk, Line, chunk_of
from extractors.model import Word

Stretch = tuple[float, float]
FLUSH = 0.7  # points by which the first words of cells in one column may differ
GUTTER = 1.5  # points: a gap narrower than this is no column gap


def coverage_gaps(
    intervals: Sequence[Stretch], crossings: int, start: float, end: float
) -> list[Stretch]:
    """Stretches between start and end that at most `crossings` intervals cover."""
    return _gaps(_events(intervals), crossings, start, end)


def _events(intervals: Iterable[Stretch]) -> list[tuple[float, int]]:
    """Where an interval begins (1) or ends (-1), from left to right."""
    events: list[tuple[float, int]] = []
    for x0, x1 in intervals:
        events.append((x0, 1))
        events.append((x1, -1))
    events.sort()
    return events


def _gaps(
    events: Sequence[tuple[float, int]], crossings: int, start: float, end: float
) -> list[Stretch]:
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
    lines: Sequence[Line], allowances: Sequence[int], hard: Sequence[float] = ()
) -> Iterator[list[Stretch]]:
    """For each allowance the text extents of the columns of some lines, left to right.

    An allowance is the number of chunks that may cross a gap (banners, spanning headings);
    `hard` are positions of vertical rulings, which divide whatever stands there.
    """
    chunks = [(c.x0, c.x1) for line in lines for c in line.chunks]
    if not chunks:
        yield from ([] for _ in allowances)
        return
    start, end = min([a for a, _ in chunks]), max([b for _, b in chunks])
    events = _events(chunks)
    clearest: dict[Stretch, float] = {}
    for crossings in allowances:
        gaps = _gaps(events, crossings, start, end)
        if crossings:
            for gap in gaps:
                if gap not in clearest:
                    clearest[gap] = _clearest(*gap, lines)
            middles = [clearest[gap] for gap in gaps]
        else:
            middles = [(a + b) / 2 for a, b in gaps]
        yield between(gaps, start, end, hard, middles)


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
    low, high = left + 0.5, right - 0.5
    crossing = []
    for line in lines:
        for chunk in line.chunks:
            if chunk.x0 < high and chunk.x1 > low:
                crossing.append(line)
                break
    if not crossing:
        return middle
    words: list[Stretch] = []
    spaces: dict[float, float] = {}
    for line in crossing:
        before: Word | None = None
        for word in (w for c in line.chunks for w in c.words):
            x0, x1 = word.box.x0, word.box.x1
            if x0 < right and x1 > left:
                words.append((x0, x1))
            if before is not None and x0 > left and before.box.x1 < right:
                space = x0 - before.box.x1
                if space > 0.3 * word.size:
                    spaces[round((before.box.x1 + x0) / 2, 1)] = min(1.0, space / word.size)
            before = word
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
        together = [0] * len(columns)
        for row in members:
            for i in row:
                if i + 1 in row:
                    together[i] += 1
        for i in range(len(columns) - 1):
            if together[i] > 1 or any(abs(x - columns[i][1]) < 1 for x in hard):
                continue
            if together[i] == 0 or (sum(1 for row in members if i in row) == 1 == len(members) - 8):
                columns = [*columns[:i], (columns[i][0], columns[i + 1][1]), *columns[i + 2 :]]
                changed = True
                break
    return columns


def membership(columns: Sequence[Stretch], lines: Sequence[Line]) -> list[set[int]]:
    """For each line, the columns in which a chunk stands."""
    ends = column_ends(columns, [c for line in lines for c in line.chunks])
    return [{next(ends)[0] for _ in line.chunks} for line in lines]


def column_ends(columns: Sequence[Stretch], chunks: Iterable[Chunk]) -> Iterator[tuple[int, int]]:
    """For each chunk what `column_of` says of it."""
    starts = [x0 for x0, _ in columns]
    starts[0] = float("-inf")
    starts.append(float("inf"))
    for chunk in chunks:
        after = bisect_right(starts, chunk.x0)
        # Most chunks end before the next column begins.
        alone = starts[after] >= chunk.x1
        yield (after - 1, after - 1) if alone else column_of(columns, chunk)


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


def cut_flush(lines: Sequence[Line]) -> list[Line]:
    """Lines of a run whose chunks are cut where words begin flush with those of other lines.

    A cell that fills its column leaves no gap before the next one, but its first word begins
    where the cells above and below begin.
    """
    tabular = [line for line in lines if len(line.chunks) > 1]
    lefts = sorted(c.x0 for line in tabular for c in line.chunks[1:] if c.kind == "text")
    flush: list[float] = []
    while lefts:
        own = [x for x in lefts if x - lefts[0] < FLUSH]
        if len(own) >= max(4, 0.3 * len(tabular)):
            flush.append(sum(own) / len(own))
        lefts = lefts[len(own) :]
    return [_cut_flush(line, flush) if len(line.chunks) > 1 else line for line in lines]


def _cut_flush(line: Line, flush: Sequence[float]) -> Line:
    pieces: list[list[Word]] = []
    for chunk in line.chunks:
        pieces.append([chunk.words[0]])
        for word in chunk.words[1:]:
            begins = any(abs(word.box.x0 - x) < FLUSH for x in flush)
            if chunk.kind == "text" and begins and not word.glued:
                pieces.append([])
            pieces[-1].append(word)
    return Line([chunk_of(p) for p in pieces]) if len(pieces) > len(line.chunks) else line


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
